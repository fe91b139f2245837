//! Where there is no notification to show.

use yew::{AttrValue, Callback, Html, html};

use crate::ui::act::{Act, doing};
use crate::ui::receiver_field::Choice;

/// None at all; with a receiver for those to come, where there is another.
pub(super) fn empty(receiver: Choice, on_act: &Callback<Act>) -> Html {
    let tab = Choice::Status(204);
    let onclick = doing(on_act, Act::Receive(tab));
    html! {
        <div class="empty">
            <svg class="empty__art empty__art--sm" viewBox="0 0 224 72" fill="none" stroke="currentColor" aria-hidden="true">
                <path
                    stroke-opacity=".6" stroke-dasharray="3 3"
                    d="M6.5 14.5h60a6 6 0 0 1 6 6v32a6 6 0 0 1-6 6h-60a6 6 0 0 1-6-6v-32a6 6 0 0 1 6-6zm151 0h60a6 6 0 0 1 6 6v32a6 6 0 0 1-6 6h-60a6 6 0 0 1-6-6v-32a6 6 0 0 1 6-6z"
                />
                <path class="empty__ink" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" d="M84 36h56M132 29l8 7-8 7" />
                <path stroke-opacity=".6" d="M14 30h36M14 40h24M165 30h36M165 40h24" />
            </svg>
            <h3>{ "No notifications yet" }</h3>
            <p>{ "A session with a webhook sends one each time its qosStatus becomes AVAILABLE or UNAVAILABLE." }</p>
            if receiver == tab {
                <p class="muted">{ "This tab is the webhook: it answers 204." }</p>
            } else {
                <div class="row"><button class="btn" type="button" {onclick}>{ "Use this tab as the webhook" }</button></div>
            }
        </div>
    }
}

/// None that matches the filter.
pub(super) fn nothing(filter: &AttrValue, on_act: &Callback<Act>) -> Html {
    html! {
        <p class="note" role="status">
            { "Nothing matches “" }<bdi>{ filter }</bdi>{ "”. " }
            <button class="link" type="button" onclick={doing(on_act, Act::Filter(AttrValue::default()))}>{ "Clear filter" }</button>
        </p>
    }
}
