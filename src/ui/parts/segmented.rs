//! One of a few, side by side.

use yew::{Callback, Html, html};

/// Radio buttons in a row: one tab stop, arrows move. `label` says what is chosen; `name` is unique
/// in the console.
pub(in crate::ui) fn segmented(
    label: &'static str,
    name: &'static str,
    options: &[&'static str],
    checked: Option<usize>,
    onselect: &Callback<usize>,
) -> Html {
    let option = |(place, label): (usize, &&'static str)| {
        let onchange = onselect.reform(move |_| place);
        let checked = checked == Some(place);
        html! {
            <label key={place}><input type="radio" {name} {checked} {onchange} />{ *label }</label>
        }
    };
    html! {
        <div class="seg" role="radiogroup" aria-label={label}>
            { for options.iter().enumerate().map(option) }
        </div>
    }
}
