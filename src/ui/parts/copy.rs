//! A button that copies.

use wasm_bindgen::JsValue;
use yew::{AttrValue, Html, html};

use super::icon::{Shape, icon};

/// Copies a text; not there where the page may not use the clipboard.
pub(in crate::ui) fn copy(label: &'static str, text: AttrValue) -> Html {
    let Some(navigator) = navigator() else {
        return Html::default();
    };
    let onclick = move |_| {
        // A refusal is the browser's to explain.
        let _ = navigator.clipboard().write_text(&text);
    };
    html! {
        <button class="btn btn--ghost btn--sm btn--icon" type="button" title={label} aria-label={label} {onclick}>
            { icon(Shape::Copy) }
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
