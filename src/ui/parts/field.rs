//! A labelled text field.

use web_sys::HtmlInputElement;
use yew::{AttrValue, Callback, Html, InputEvent, Properties, TargetCast as _, component, html};

#[derive(Properties, PartialEq)]
pub(in crate::ui) struct FieldProps {
    /// Unique in the console.
    pub(in crate::ui) id: AttrValue,
    pub(in crate::ui) label: AttrValue,
    pub(in crate::ui) value: AttrValue,
    pub(in crate::ui) oninput: Callback<String>,
    /// The constraint.
    pub(in crate::ui) hint: AttrValue,
    /// Marked as optional.
    #[prop_or_default]
    pub(in crate::ui) optional: bool,
    #[prop_or_default]
    pub(in crate::ui) placeholder: AttrValue,
    /// What stands inside the field, behind the value.
    #[prop_or_default]
    pub(in crate::ui) suffix: AttrValue,
    /// What stands opposite the label.
    #[prop_or_default]
    pub(in crate::ui) children: Html,
}

/// A label, an input and a hint.
#[component]
pub(in crate::ui) fn Field(props: &FieldProps) -> Html {
    let FieldProps {
        id,
        value,
        placeholder,
        ..
    } = props;
    let hint_id = id.to_string() + "-hint";
    let oninput = props
        .oninput
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    html! {
        <div class="field">
            <div class="field__top">
                <label for={id}>{ &props.label }</label>
                if props.optional {
                    <span class="opt">{ "optional" }</span>
                }
                { props.children.clone() }
            </div>
            <span class="affix">
                <input
                    class="input mono"
                    {id}
                    {value}
                    {placeholder}
                    {oninput}
                    aria-describedby={hint_id.clone()}
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                />
                if !props.suffix.is_empty() {
                    <span class="suffix">{ &props.suffix }</span>
                }
            </span>
            <p class="hint" id={hint_id}>{ &props.hint }</p>
        </div>
    }
}
