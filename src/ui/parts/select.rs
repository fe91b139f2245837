//! A choice from a list.

use web_sys::HtmlSelectElement;
use yew::{
    AttrValue, Callback, Event, Html, Properties, TargetCast as _, component, html, use_node_ref,
};

use crate::ui::use_effect::use_effect_with;

#[derive(Properties, PartialEq)]
pub(in crate::ui) struct SelectProps {
    /// Values and what is shown for them.
    pub(in crate::ui) options: Vec<(AttrValue, AttrValue)>,
    pub(in crate::ui) value: AttrValue,
    pub(in crate::ui) onselect: Callback<AttrValue>,
    #[prop_or_default]
    pub(in crate::ui) id: Option<AttrValue>,
    /// Its name, where no label stands beside it.
    #[prop_or_default]
    pub(in crate::ui) label: Option<AttrValue>,
    #[prop_or_default]
    pub(in crate::ui) describedby: Option<AttrValue>,
    pub(in crate::ui) class: &'static str,
}

/// A list of options, one of them chosen.
#[component]
pub(in crate::ui) fn Select(props: &SelectProps) -> Html {
    let select = use_node_ref();
    // Not by `selected`: once a person has chosen, browsers ignore the attribute.
    use_effect_with((props.value.clone(), props.options.clone()), {
        let select = select.clone();
        move |(value, _)| {
            if let Some(select) = select.cast::<HtmlSelectElement>() {
                select.set_value(value);
            }
        }
    });
    let value = props.value.clone();
    let onchange = props.onselect.reform(move |event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        let chosen = AttrValue::from(select.value());
        // It shows what it is told to show.
        select.set_value(&value);
        chosen
    });
    let option = |(value, label): &(AttrValue, AttrValue)| {
        html! { <option key={value.to_string()} {value}>{ label }</option> }
    };
    html! {
        <select
            ref={select}
            class={props.class}
            id={props.id.clone()}
            aria-label={props.label.clone()}
            aria-describedby={props.describedby.clone()}
            {onchange}
        >
            { for props.options.iter().map(option) }
        </select>
    }
}
