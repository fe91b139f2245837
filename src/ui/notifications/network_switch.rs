//! Before real POSTs are made: where they will go.

use std::collections::BinaryHeap;

use web_sys::HtmlElement;
use yew::{
    AttrValue, Callback, Html, KeyboardEvent, MouseEvent, Properties, component, html, use_node_ref,
};

use crate::api::secret::masked_url;
use crate::engine::Session;
use crate::ui::parts::{Shape, icon};
use crate::ui::shared::List;
use crate::ui::use_effect::use_effect_with;

/// How many URLs are named.
const FEW: usize = 8;

#[derive(Properties, PartialEq)]
pub(super) struct NetworkSwitchProps {
    pub(super) sessions: List<Session>,
    /// True for yes.
    pub(super) on_answer: Callback<bool>,
}

/// Asks whether notifications may leave the tab, and says where they will go.
#[component]
pub(super) fn NetworkSwitch(props: &NetworkSwitchProps) -> Html {
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| {
            if let Some(panel) = node.cast::<HtmlElement>() {
                // Where it cannot have the focus, it is still the next thing to read.
                let _ = panel.focus();
            }
        }
    });
    let answer = |yes: bool| props.on_answer.reform(move |_: MouseEvent| yes);
    let onkeydown = {
        let on_answer = props.on_answer.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                on_answer.emit(false);
            }
        })
    };
    let urls = urls(&props.sessions);
    let more = urls.len().saturating_sub(FEW);
    html! {
        <div class="callout callout--warn" role="group" aria-labelledby="h-network" tabindex="-1" ref={node} {onkeydown}>
            { icon(Shape::Warn) }
            <div class="ask">
                <h3 id="h-network">{ "Let notifications leave this tab?" }</h3>
                if urls.is_empty() {
                    <p>{ "Each will be a real POST, with its token, to the webhook of its session. No live session has one yet." }</p>
                } else {
                    <p>{ "Each will be a real POST, with its token, to:" }</p>
                    <ul class="mono">
                        { for urls.iter().take(FEW).map(|url| html! { <li key={url.to_string()}>{ url }</li> }) }
                    </ul>
                    if more > 0 {
                        <p>{ "and " }{ more }{ " more." }</p>
                    }
                    <p>{ "And to the webhooks of sessions to come." }</p>
                }
                <p class="ask__acts">
                    <button class="btn btn--sm btn--danger" type="button" onclick={answer(true)}>{ "Send real POSTs" }</button>
                    <button class="btn btn--sm" type="button" onclick={answer(false)}>{ "Stay in the tab" }</button>
                </p>
            </div>
        </div>
    }
}

/// The webhooks of live sessions, each once.
fn urls(sessions: &[crate::ui::shared::Shared<Session>]) -> Vec<AttrValue> {
    let live = sessions
        .iter()
        .filter(|session| session.released_at().is_none());
    let urls: BinaryHeap<_> = live
        .filter_map(|session| session.request.webhook.as_ref())
        .map(|webhook| masked_url(&webhook.url).into_owned())
        .collect();
    let mut urls = urls.into_sorted_vec();
    urls.dedup();
    urls.into_iter().map(AttrValue::from).collect()
}
