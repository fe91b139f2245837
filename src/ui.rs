//! The console: what a person sees of a sandbox and does to it.
//!
//! It shows snapshots of the backend (`state`), and acts on it by the driver alone: panes get plain
//! values and say what a person does (`act`); `doer` does it. `app` ties it together.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{AbortSignal, Element};
use yew::{AppHandle, Renderer};

use crate::js::Backend;
use app::{App, AppProps};
use listener::live_with;
use page::PageObject;

mod act;
mod announcer;
mod app;
mod clock;
mod describe;
mod doer;
mod explain;
mod format;
mod keys;
mod listener;
mod matching;
mod notifications;
mod over;
mod page;
mod parts;
mod receiver_field;
mod receivers;
mod request;
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
mod use_drop;
mod use_effect;
mod use_failures;
mod use_place;
mod use_sandbox;
mod use_still;
mod use_visible;

/// A console on show.
#[wasm_bindgen]
pub struct Console(AppHandle<App>);

/// Shows a sandbox's console in an element, whose content goes; to `fill` a page of its own, or as a
/// figure in a document. It hears nothing any more once `life` is aborted.
#[wasm_bindgen]
pub fn mount(
    host: Element,
    backend: &Backend,
    page: Option<PageObject>,
    fill: bool,
    life: Option<AbortSignal>,
) -> Console {
    live_with(life);
    let props = AppProps {
        driver: backend.driver().clone(),
        page: page.map(Into::into).unwrap_or_default(),
        fill,
    };
    Console(Renderer::<App>::with_root_and_props(host, props).render())
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
