//! The end of a long list.

use yew::{Html, UseStateHandle, html};

/// How many rows of a list are rendered at first, and then with each press.
pub(in crate::ui) const PAGE: usize = 200;

/// A button for more, where there is more than is shown.
pub(in crate::ui) fn more(shown: &UseStateHandle<usize>, total: usize) -> Html {
    let hidden = total.saturating_sub(**shown);
    if hidden == 0 {
        return Html::default();
    }
    let (shown, next) = (shown.setter(), **shown + PAGE);
    let onclick = move |_| shown.set(next);
    html! {
        <p class="more">
            <button class="btn btn--sm" type="button" {onclick}>{ "Show more" }</button>
            <span class="count num">{ hidden }{ " older" }</span>
        </p>
    }
}
