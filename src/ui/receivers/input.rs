//! An input that takes a value when it is left, or says what it would take.

use web_sys::{Event, HtmlInputElement, InputEvent};
use yew::{
    AttrValue, Callback, Html, Properties, TargetCast as _, component, html, use_state,
    use_state_eq,
};

use crate::ui::parts::{Shape, small_icon, typed as typed_in};

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
    // What was typed stays until it is taken, whatever happens around it.
    let typed = use_state(|| None::<AttrValue>);
    let invalid = use_state_eq(|| false);
    let oninput = {
        let typed = typed.setter();
        move |event: InputEvent| typed.set(Some(typed_in(&event).into()))
    };
    let onchange = {
        let (typed, invalid, take) = (typed.setter(), invalid.setter(), props.take.clone());
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let taken = take.emit(input.value().trim().to_owned());
            invalid.set(!taken);
            if taken {
                typed.set(None);
            }
        }
    };
    let invalid = *invalid;
    let value = (*typed).clone().unwrap_or_else(|| props.value.clone());
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
                    class="input mono" id={props.id} {value} {oninput} {onchange} inputmode={props.mode}
                    aria-invalid={invalid.then_some("true")} aria-describedby={hint.clone()}
                    autocomplete="off" autocapitalize="off" spellcheck="false"
                />
                <span class="suffix">{ props.suffix }</span>
            </span>
            <p class={if invalid { "hint bad" } else { "hint" }} id={hint}>
                if invalid {
                    { small_icon(Shape::Stop) }{ " Not taken: " }
                }
                { props.hint }
            </p>
        </div>
    }
}
