//! The end of a long list.

use yew::{Callback, Html, Properties, component, html};

/// How many rows of a list are rendered at first, and then with each press.
pub(in crate::ui) const PAGE: usize = 200;

#[derive(Properties, PartialEq)]
pub(in crate::ui) struct MoreProps {
    pub(in crate::ui) shown: usize,
    pub(in crate::ui) total: usize,
    pub(in crate::ui) onclick: Callback<()>,
}

/// A button for more, where there is more.
#[component]
pub(in crate::ui) fn More(props: &MoreProps) -> Html {
    let hidden = props.total.saturating_sub(props.shown);
    if hidden == 0 {
        return Html::default();
    }
    let onclick = props.onclick.reform(|_| ());
    html! {
        <p class="more">
            <button class="btn btn--sm" type="button" {onclick}>{ "Show more" }</button>
            <span class="count num">{ hidden }{ " older" }</span>
        </p>
    }
}
