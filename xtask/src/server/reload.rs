//! Pages that load themselves again when the folder has changed.

use std::sync::{Mutex, PoisonError};

use http_body_util::Either;
use http_body_util::channel::{Channel, Sender};
use hyper::Response;
use hyper::body::{Bytes, Frame};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};

use super::answer::Body;

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

/// How much may be on its way to a page. One that takes nothing for so long is forgotten; its script
/// then finds the connection lost, and loads the page again all the same.
const UNREAD: usize = 8;

/// The open pages.
#[derive(Default)]
pub(crate) struct Reload {
    pages: Mutex<Vec<Sender<Bytes>>>,
}

impl Reload {
    /// Tells all open pages to load again; forgets those that are gone.
    pub(crate) fn tell(&self) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.retain_mut(|page| send(page, "event: reload\ndata:\n\n"));
    }

    /// An answer without an end, for a page to listen to.
    pub(super) fn subscribe(&self) -> Response<Body> {
        let (mut page, events) = Channel::new(UNREAD);
        // A page that has been answered is in the list: it misses nothing from then on.
        if send(&mut page, ": listening\n\n") {
            let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
            pages.push(page);
        }
        let mut response = Response::new(Either::Right(events));
        let headers = [
            (CONTENT_TYPE, "text/event-stream"),
            (CACHE_CONTROL, "no-store"),
        ];
        let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
        response.headers_mut().extend(headers);
        response
    }
}

fn send(page: &mut Sender<Bytes>, text: &'static str) -> bool {
    page.try_send(Frame::data(Bytes::from_static(text.as_bytes())))
        .is_ok()
}
