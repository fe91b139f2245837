//! What a person types.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::{InputEvent, TargetCast as _};

/// What is in an input now.
pub(in crate::ui) fn typed(event: &InputEvent) -> String {
    event.target_unchecked_into::<HtmlInputElement>().value()
}

/// The same of a field of several lines.
pub(in crate::ui) fn typed_text(event: &InputEvent) -> String {
    event.target_unchecked_into::<HtmlTextAreaElement>().value()
}
