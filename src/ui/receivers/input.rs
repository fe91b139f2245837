//! An input that takes a value when it is left, or says what it would take.

use web_sys::{Event, HtmlInputElement};
use yew::{AttrValue, Callback, Html, Properties, TargetCast as _, component, html, use_state};

use crate::ui::parts::{Shape, small_icon};

#[derive(Properties, PartialEq)]
pub(super) struct InputProps {
    /// Unique in the console.
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    /// What it takes, also said where it takes a value not.
    pub(super) hint: &'static str,
    /// What stands inside the field, behind the value.
    #[prop_or_default]
    pub(super) suffix: &'static str,
    pub(super) value: AttrValue,
    #[prop_or_default]
    pub(super) optional: bool,
    /// Which keyboard suits it.
    #[prop_or("text")]
    pub(super) mode: &'static str,
    /// Takes what was typed, or does not.
    pub(super) take: Callback<String, bool>,
}

/// A label, an input and a hint.
#[component]
pub(super) fn Input(props: &InputProps) -> Html {
    let invalid = use_state(|| false);
    let onchange = {
        let (invalid, take) = (invalid.setter(), props.take.clone());
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            invalid.set(!take.emit(input.value().trim().to_owned()));
        }
    };
    let hint = [props.id, "-hint"].concat();
    html! {
        <div class="field">
            <div class="field__top">
                <label for={props.id}>{ props.label }</label>
                if props.optional {
                    <span class="opt">{ "optional" }</span>
                }
            </div>
            <span class="affix">
                <input
                    class="input mono" id={props.id} value={&props.value} {onchange} inputmode={props.mode}
                    aria-invalid={invalid.then_some("true")} aria-describedby={hint.clone()}
                    autocomplete="off" autocapitalize="off" spellcheck="false"
                />
                <span class="suffix">{ props.suffix }</span>
            </span>
            <p class={if *invalid { "hint bad" } else { "hint" }} id={hint}>
                if *invalid {
                    { small_icon(Shape::Stop) }{ " Not taken: " }
                }
                { props.hint }
            </p>
        </div>
    }
}
