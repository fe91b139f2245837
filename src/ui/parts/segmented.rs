//! One of a few, side by side.

use yew::{AttrValue, Callback, Html, Properties, component, html};

#[derive(Properties, PartialEq)]
pub(in crate::ui) struct SegmentedProps {
    /// What is chosen.
    pub(in crate::ui) label: AttrValue,
    /// Unique in the console.
    pub(in crate::ui) name: AttrValue,
    pub(in crate::ui) options: Vec<AttrValue>,
    pub(in crate::ui) checked: Option<usize>,
    pub(in crate::ui) onselect: Callback<usize>,
}

/// Radio buttons in a row: one tab stop, arrows move.
#[component]
pub(in crate::ui) fn Segmented(props: &SegmentedProps) -> Html {
    let option = |(place, label): (usize, &AttrValue)| {
        let onchange = props.onselect.reform(move |_| place);
        let checked = props.checked == Some(place);
        html! {
            <label key={place}>
                <input type="radio" name={&props.name} {checked} {onchange} />
                { label }
            </label>
        }
    };
    html! {
        <div class="seg" role="radiogroup" aria-label={&props.label}>
            { for props.options.iter().enumerate().map(option) }
        </div>
    }
}
