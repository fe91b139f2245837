//! The end of a long list.

use yew::{Html, UseStateHandle, html};

/// How many rows of a list are rendered at first, and then with each press.
pub(in crate::ui) const PAGE: usize = 200;

/// A button for more, where there is more than is shown; and how many older ones are gone for good.
pub(in crate::ui) fn more(shown: &UseStateHandle<usize>, total: usize, dropped: u64) -> Html {
    let hidden = total.saturating_sub(**shown);
    if hidden == 0 {
        return match dropped {
            0 => Html::default(),
            dropped => html! {
                <p class="more"><span class="count num">{ dropped }{ " older ones are not kept" }</span></p>
            },
        };
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
