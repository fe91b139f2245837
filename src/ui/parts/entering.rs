//! Enter in a text field, which sends a form.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;
use yew::{Callback, KeyboardEvent, TargetCast as _};

/// Has a form sent by Enter in its fields. The browser's own way is not at hand everywhere: in a frame
/// that may do nothing but run scripts, no form is ever submitted.
pub(in crate::ui) fn entering(send: &Callback<()>) -> Callback<KeyboardEvent> {
    let send = send.clone();
    Callback::from(move |event: KeyboardEvent| {
        let plain = event.key() == "Enter" && !event.ctrl_key() && !event.meta_key();
        let plain = plain && !event.is_composing() && !event.default_prevented();
        let field = event
            .target_dyn_into::<HtmlInputElement>()
            .or_else(|| event.composed_path().get(0).dyn_into().ok());
        if plain && field.is_some() {
            event.prevent_default();
            send.emit(());
        }
    })
}
