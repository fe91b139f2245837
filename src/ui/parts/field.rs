//! A labelled text field.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::{AttrValue, Callback, Html, InputEvent, TargetCast as _, html};

/// What a field shows.
#[derive(Default)]
pub(in crate::ui) struct Field {
    /// Unique in the console.
    pub(in crate::ui) id: &'static str,
    pub(in crate::ui) label: &'static str,
    pub(in crate::ui) value: AttrValue,
    pub(in crate::ui) oninput: Callback<String>,
    /// The constraint.
    pub(in crate::ui) hint: &'static str,
    /// Marked as optional.
    pub(in crate::ui) optional: bool,
    pub(in crate::ui) placeholder: &'static str,
    /// What stands inside the field, behind the value.
    pub(in crate::ui) suffix: AttrValue,
    /// What stands opposite the label.
    pub(in crate::ui) beside: Html,
}

/// A label, an input and a hint.
pub(in crate::ui) fn field(field: Field) -> Html {
    let Field {
        id,
        label,
        value,
        hint,
        placeholder,
        suffix,
        beside,
        ..
    } = field;
    let hint_id = id.to_owned() + "-hint";
    let oninput = field.oninput.reform(|event| typed(&event));
    html! {
        <div class="field">
            <div class="field__top">
                <label for={id}>{ label }</label>
                if field.optional {
                    <span class="opt">{ "optional" }</span>
                }
                { beside }
            </div>
            <span class="affix">
                <input
                    class="input mono" {id} {value} {placeholder} {oninput} aria-describedby={hint_id.clone()}
                    autocomplete="off" autocapitalize="off" spellcheck="false"
                />
                <span class="suffix">{ suffix }</span>
            </span>
            <p class="hint" id={hint_id}>{ hint }</p>
        </div>
    }
}

/// What is in an input now.
pub(in crate::ui) fn typed(event: &InputEvent) -> String {
    event.target_unchecked_into::<HtmlInputElement>().value()
}

/// The same of a field of several lines.
pub(in crate::ui) fn typed_text(event: &InputEvent) -> String {
    event.target_unchecked_into::<HtmlTextAreaElement>().value()
}
