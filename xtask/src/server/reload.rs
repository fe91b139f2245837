//! Pages that load themselves again when the folder has changed.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use tiny_http::Request;

/// Where pages listen.
pub(super) const EVENTS: &str = "/__reload";
pub(super) const SCRIPT_PATH: &str = "/__reload.js";

/// Appended to every page: a script of its own file, as the policy asks for.
pub(super) const TAG: &str = "\n<script src=\"/__reload.js\"></script>\n";

/// A server that was started anew has most likely something new to show, too.
pub(super) const SCRIPT: &str = r#"const events = new EventSource("/__reload");
let lost = false;
events.addEventListener("reload", () => location.reload());
events.addEventListener("error", () => { lost = true; });
events.addEventListener("open", () => { if (lost) location.reload(); });
"#;

const HEAD: &str = "HTTP/1.1 200 OK\r\n\
    Content-Type: text/event-stream\r\nCache-Control: no-store\r\n\
    Connection: close\r\n\r\n: listening\n\n";

/// The open pages.
#[derive(Default)]
pub(crate) struct Reload {
    pages: Mutex<Vec<Box<dyn Write + Send>>>,
}

impl Reload {
    /// Tells all open pages to load again; forgets those that are gone.
    pub(crate) fn tell(&self) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.retain_mut(|page| send(page.as_mut(), "event: reload\ndata:\n\n"));
    }

    /// Keeps the connection of a page open; its worker is free again at once.
    pub(super) fn subscribe(&self, request: Request) {
        let mut page = request.into_writer();
        // A page that has been answered is in the list: it misses nothing from then on.
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if send(page.as_mut(), HEAD) {
            pages.push(page);
        }
    }
}

fn send(page: &mut dyn Write, text: &str) -> bool {
    page.write_all(text.as_bytes())
        .and_then(|()| page.flush())
        .is_ok()
}
