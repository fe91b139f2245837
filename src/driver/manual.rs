//! A clock that stands until it is advanced, for tests: shared by whoever holds a clone of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use crate::time::Instant;

/// A clock that stands until it is advanced. Clones are handles on the same one.
///
/// ```
/// # use std::time::Duration;
/// use qod_sandbox::driver::ManualClock;
/// use qod_sandbox::Instant;
///
/// let clock = ManualClock::new(Instant::from_millis(0));
/// let same = clock.clone();
/// assert_eq!(clock.advance(Duration::from_secs(2)), Instant::from_millis(2_000));
/// assert_eq!(same.now(), Instant::from_millis(2_000));
/// ```
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that stands at `at`.
    pub fn new(at: Instant) -> Self {
        Self(Arc::new(AtomicI64::new(at.as_millis())))
    }

    /// Where it stands.
    pub fn now(&self) -> Instant {
        Instant::from_millis(self.0.load(Ordering::SeqCst))
    }

    /// Sets it forward by `by`, to the millisecond and not past [`Instant::MAX`]; where it stands
    /// then.
    pub fn advance(&self, by: Duration) -> Instant {
        let later = |at| Instant::from_millis(at).after(by).min(Instant::MAX);
        let set = |at| Some(later(at).as_millis());
        let before = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, set);
        later(before.unwrap_or_else(|at| at))
    }
}
