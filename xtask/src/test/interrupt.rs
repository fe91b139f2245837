//! Ctrl-C, heard instead of obeyed: what runs below gets it too and ends, and what was found is still told.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use anyhow::Result;
use tokio::runtime;

pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// From now on.
    pub(super) fn watch() -> Result<Self> {
        let came = Arc::new(AtomicBool::new(false));
        let tell = Arc::clone(&came);
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        thread::Builder::new()
            .name("interrupt".to_owned())
            .spawn(move || {
                if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
                    tell.store(true, Ordering::Relaxed);
                }
            })?;
        Ok(Self(came))
    }

    pub(super) fn came(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
