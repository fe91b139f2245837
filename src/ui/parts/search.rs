//! A field that narrows a list.

use web_sys::{HtmlInputElement, InputEvent};
use yew::{AttrValue, Callback, Html, TargetCast as _, html};

use super::icon::{Shape, small_icon};

/// What a field for searching shows.
pub(in crate::ui) struct Search {
    /// Unique in the console.
    pub(in crate::ui) id: &'static str,
    /// Its name.
    pub(in crate::ui) label: &'static str,
    pub(in crate::ui) placeholder: &'static str,
    pub(in crate::ui) value: AttrValue,
    /// The key that leads to it, if there is one.
    pub(in crate::ui) key: &'static str,
    pub(in crate::ui) oninput: Callback<AttrValue>,
}

/// A text to search for; Escape empties it, as in every field of that kind.
pub(in crate::ui) fn search(search: Search) -> Html {
    let Search {
        id,
        label,
        placeholder,
        value,
        key,
        ..
    } = search;
    let oninput = search.oninput.reform(|event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        AttrValue::from(input.value())
    });
    html! {
        <span class="affix search">
            <span class="prefix">{ small_icon(Shape::Search) }</span>
            <input
                class="input" type="search" {id} {value} {placeholder} {oninput} aria-label={label}
                aria-keyshortcuts={(!key.is_empty()).then_some(key)} autocomplete="off" autocapitalize="off" spellcheck="false"
            />
            if !key.is_empty() {
                <span class="suffix"><kbd>{ key }</kbd></span>
            }
        </span>
    }
}
