//! The console: what a person sees of a sandbox and does to it.
//!
//! It shows snapshots of the backend (`state`), and acts on it by the driver alone: panes get plain
//! values and say what a person does (`act`); `doer` does it. `app` ties it together.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{AbortSignal, Element};

use crate::api::Operation;
use crate::driver::Driver;
use crate::http::Headers;
use crate::http::Request;
use crate::js::Backend;
use act::Act;
use app::AppProps;
use layout::Layout;
use listener::live_with;
use page::PageObject;
use remote::Remote;
use root::Root;
use shared::Shared;

mod act;
mod announcer;
mod app;
mod clock;
mod describe;
mod doer;
mod explain;
mod format;
mod keys;
mod layout;
mod listener;
mod matching;
mod notifications;
mod offer;
mod over;
mod page;
mod parts;
mod receiver_field;
mod receivers;
mod remote;
mod request;
mod root;
mod section_bar;
mod sessions;
mod settings;
mod shared;
mod snippet;
mod state;
mod stories;
mod toasts;
mod top_bar;
mod traffic;
mod use_effect;
mod use_failures;
mod use_place;
mod use_runs;
mod use_sandbox;
mod use_still;
mod use_visible;

/// A console on show.
#[wasm_bindgen]
pub struct Console {
    root: Root,
    driver: Driver,
    remote: Remote,
}

/// Shows parts of a sandbox's console at the end of an element: those that `view` names,
/// with the form of that `operation` (the empty text leaves the choice); to `fill` a page of its own,
/// or as a figure in a document. It hears nothing any more once `life` is
/// aborted.
///
/// # Errors
/// There is no such part, or no such operation: the message lists those that there are.
#[wasm_bindgen]
pub fn mount(
    within: &Element,
    backend: &Backend,
    page: Option<PageObject>,
    fill: bool,
    view: &str,
    operation: &str,
    life: Option<AbortSignal>,
) -> Result<Console, JsValue> {
    let layout = Layout::read(view, fill).map_err(|error| JsValue::from_str(&error))?;
    let operation = operation_of(operation)?;
    live_with(life);
    let (driver, remote) = (backend.driver().clone(), Remote::default());
    let props = AppProps {
        driver: driver.clone(),
        page: page.map(Into::into).unwrap_or_default(),
        remote: remote.clone(),
        layout,
        operation,
    };
    let root = Root::show(within, props).ok_or("there is no document")?;
    Ok(Console {
        root,
        driver,
        remote,
    })
}

fn operation_of(name: &str) -> Result<Operation, JsValue> {
    if name.is_empty() {
        return Ok(Operation::CreateSession);
    }
    let found = Operation::ALL.into_iter().find(|one| one.id() == name);
    found.ok_or_else(|| {
        let all = Operation::ALL.map(Operation::id).join(", ");
        let error = format!("operation: there is no {name:?}; the operations are {all}");
        JsValue::from_str(&error)
    })
}

#[wasm_bindgen]
impl Console {
    /// Shows an answer, whoever asked, with the request in the form; whether it is kept.
    pub fn show(&self, exchange: u32) -> bool {
        let id = u64::from(exchange);
        let traffic = self.driver.traffic();
        let Some(exchange) = traffic.into_iter().find(|one| one.id == id) else {
            return false;
        };
        self.remote
            .send(Act::Edit(Rc::new((*exchange.request).clone())));
        self.remote.send(Act::Show(Shared::from(exchange)));
        true
    }

    /// Puts a request into the form; `headers` are lines.
    pub fn edit(&self, method: &str, url: &str, headers: &str, body: &str) {
        let mut request = Request::new(method, url).body(body);
        request.headers = Headers::from_lines(headers);
        self.remote.send(Act::Edit(Rc::new(request)));
    }

    /// Says that something failed which nobody has done in it.
    pub fn warn(&self, text: &str) {
        self.remote.send(Act::Warn(text.to_owned().into()));
    }

    /// Takes it away, with all that it listens to.
    pub fn unmount(self) {
        self.root.clear();
    }
}

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
