//! Tabs: one tab stop, arrows move.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::{Callback, Html, KeyboardEvent, TargetCast as _, html};

/// Tabs in a row for panels with the id `{name}-panel`. `label` says what is chosen.
pub(in crate::ui) fn tabs(
    label: &'static str,
    name: &'static str,
    class: &'static str,
    titles: &[&'static str],
    selected: usize,
    onselect: &Callback<usize>,
) -> Html {
    let count = titles.len();
    let onkeydown = {
        let onselect = onselect.clone();
        move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowRight" => (selected + 1) % count,
                "ArrowLeft" => (selected + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            focus(&event, next);
            onselect.emit(next);
        }
    };
    let tab = |(place, title): (usize, &&'static str)| {
        let chosen = place == selected;
        html! {
            <button
                key={place} role="tab" type="button" aria-selected={chosen.to_string()}
                aria-controls={chosen.then(|| name.to_owned() + "-panel")} tabindex={if chosen { "0" } else { "-1" }}
                onclick={onselect.reform(move |_| place)}
            >
                { *title }
            </button>
        }
    };
    html! {
        <div {class} role="tablist" aria-label={label} {onkeydown}>
            { for titles.iter().enumerate().map(tab) }
        </div>
    }
}

fn focus(event: &KeyboardEvent, place: usize) {
    let list = event
        .target_dyn_into::<Element>()
        .and_then(|tab| tab.parent_element());
    let place = u32::try_from(place).ok();
    let tab = list
        .zip(place)
        .and_then(|(list, place)| list.children().item(place));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        // A tab can have the focus.
        let _ = tab.focus();
    }
}
