//! A button that copies.

use wasm_bindgen::JsValue;
use yew::{AttrValue, Html, Properties, component, html, use_callback};

use super::icon::{Icon, Shape};

#[derive(Properties, PartialEq)]
pub(in crate::ui) struct CopyProps {
    /// What it does: "Copy session id".
    pub(in crate::ui) label: AttrValue,
    pub(in crate::ui) text: AttrValue,
}

/// Copies a text; not there where the page may not use the clipboard.
#[component]
pub(in crate::ui) fn Copy(props: &CopyProps) -> Html {
    let onclick = use_callback(props.text.clone(), |_, text: &AttrValue| {
        if let Some(navigator) = navigator() {
            // A refusal is the browser's to explain.
            let _ = navigator.clipboard().write_text(text);
        }
    });
    if navigator().is_none() {
        return Html::default();
    }
    html! {
        <button
            class="btn btn--ghost btn--sm btn--icon"
            type="button"
            title={&props.label}
            aria-label={&props.label}
            {onclick}
        >
            <Icon shape={Shape::Copy} />
        </button>
    }
}

/// The navigator, if it has a clipboard: only secure pages get one.
fn navigator() -> Option<web_sys::Navigator> {
    let navigator = web_sys::window()?.navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    clipboard
        .is_ok_and(|clipboard| clipboard.is_object())
        .then_some(navigator)
}
