//! The top bar: what this is, and the way back to the start.

use yew::{Callback, Html, classes, html};

use super::parts::{Shape, icon, small_icon};

/// Name, badge, API and *Reset*. The badge says whether something leaves the tab.
pub(super) fn top_bar(leaves: bool, on_reset: &Callback<()>) -> Html {
    let (shape, network) = if leaves {
        (Shape::Warn, " · sends real POSTs")
    } else {
        (Shape::Tab, " · runs in this tab · no network")
    };
    html! {
        <div class="topbar">
            <p class="brand">
                <svg viewBox="0 0 20 20" aria-hidden="true">
                    <rect width="20" height="20" rx="5" />
                    <path d="M5 14v-2M8.3 14v-4.2M11.7 14V7.6M15 14V5.2" />
                </svg>
                { "QoD Sandbox" }
            </p>
            <span class={classes!("badge", leaves.then_some("badge--warn"))}>
                { small_icon(shape) }
                <span>{ "Mock backend" }<span class="wide">{ network }</span></span>
            </span>
            <span class="version mono">{ "QoD v0.10.1" }</span>
            <span class="grow" />
            <button
                class="btn btn--ghost" type="button" onclick={on_reset.reform(|_| ())}
                title="Back to the start: sessions, notifications and answers go"
            >
                { icon(Shape::Reset) }{ "Reset" }
            </button>
        </div>
    }
}
