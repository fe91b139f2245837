//! The console: what a person sees of a sandbox and does to it.
//!
//! It shows snapshots of the backend, and acts on it through the driver alone. `app` ties it
//! together: the panes get plain values and callbacks, and know nothing of the driver.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;
use yew::{AppHandle, Renderer};

use crate::js::Backend;
use app::{App, AppProps};

mod announcer;
mod app;
mod attempts;
mod clock_bar;
mod describe;
mod draft;
mod examples;
mod explain;
mod format;
mod network_switch;
mod notification_item;
mod notifications;
mod parts;
mod profile_field;
mod receiver_field;
mod request_form;
mod request_pane;
mod response;
mod session_actions;
mod session_details;
mod session_row;
mod sessions;
mod shared;
mod state;
mod top_bar;
mod use_sandbox;

/// A console on show.
#[wasm_bindgen]
pub struct Console(AppHandle<App>);

/// Shows a sandbox's console in an element, whose content goes.
#[wasm_bindgen]
pub fn mount(host: Element, backend: &Backend) -> Console {
    let driver = backend.driver().clone();
    Console(Renderer::<App>::with_root_and_props(host, AppProps { driver }).render())
}

#[wasm_bindgen]
impl Console {
    /// Takes it away, with all that it listens to.
    pub fn unmount(self) {
        self.0.destroy();
    }
}

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
