//! A request and its answer in full.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::{Callback, Html, Properties, component, html, use_node_ref};

use super::message::message;
use super::small_button;
use crate::api::secret::{masked_body, masked_url};
use crate::engine::SessionId;
use crate::sandbox::Exchange;
use crate::ui::act::Act;
use crate::ui::explain::explain;
use crate::ui::format;
use crate::ui::parts::{Shape, chip, status_chip, tone_of};
use crate::ui::shared::Shared;
use crate::ui::snippet::recorded;
use crate::ui::state::created;
use crate::ui::use_effect::use_effect;

#[derive(Properties, PartialEq)]
pub(super) struct OpenedProps {
    pub(super) exchange: Shared<Exchange>,
    /// Gets its height, in CSS pixels.
    pub(super) on_height: Callback<f64>,
    pub(super) on_act: Callback<Act>,
}

/// Both messages, why it was refused, what it ran into, and what can be done with it.
#[component]
pub(super) fn Opened(props: &OpenedProps) -> Html {
    let node = use_node_ref();
    use_effect({
        let (node, on_height) = (node.clone(), props.on_height.clone());
        move || {
            if let Some(node) = node.cast::<HtmlElement>() {
                on_height.emit(node.offset_height().into());
            }
        }
    });
    let exchange = &props.exchange;
    let (request, response) = (&exchange.request, &exchange.response());
    let first = html! {
        <><b class={["verb ", &request.method.to_ascii_lowercase()].concat()}>{ &request.method }</b>{ " " }<bdi>{ masked_url(&request.url).into_owned() }</bdi></>
    };
    let answer = if exchange.is_lost() {
        chip(tone_of(0), "Connection failed".into())
    } else {
        status_chip(response.status)
    };
    html! {
        <tr class="log__open" ref={node}>
            <td colspan="6">
                <div class="exchange">
                    { actions(props) }
                    { ran_into(exchange) }
                    { explain(exchange) }
                    <div class="exchange__both">
                        { message(first, &request.headers, "Request body", &String::from_utf8_lossy(&request.body)) }
                        { message(answer, &response.headers, "Answer's body", &response.body) }
                    </div>
                </div>
            </td>
        </tr>
    }
}

fn actions(props: &OpenedProps) -> Html {
    let OpenedProps {
        exchange, on_act, ..
    } = props;
    let request = (*exchange.request).clone();
    let kept = Rc::new(request.clone());
    let mut acts = vec![
        ("Send again", Act::Send(request), Some(Shape::Retry)),
        ("Edit", Act::Edit(kept.clone()), None),
        (
            "Copy as cURL",
            Act::CopyCurl(Rc::new(recorded(&kept))),
            Some(Shape::Copy),
        ),
    ];
    let response = exchange.response();
    let body = masked_body(&response.body);
    if !body.is_empty() {
        let copy = Act::Copy(body.into_owned().into(), "Response".into());
        acts.push(("Copy response", copy, Some(Shape::Copy)));
    }
    if let Some(session) = session(exchange) {
        acts.push((
            "Show session",
            Act::Select(Some(session)),
            Some(Shape::Rows),
        ));
    }
    html! {
        <div class="exchange__acts">
            { for acts.into_iter().map(|(label, act, shape)| small_button(on_act, label, act, shape)) }
        </div>
    }
}

/// The session that it was about, and found.
fn session(exchange: &Exchange) -> Option<SessionId> {
    if exchange.status() >= 400 {
        return None;
    }
    let path = format::path(&exchange.request).strip_prefix("/sessions/");
    let id = path.and_then(|path| path.split(['/', '?']).next());
    created(exchange).or_else(|| SessionId::parse(id?))
}

/// The scenario that it followed, what went wrong on demand, and how late the answer came.
fn ran_into(exchange: &Exchange) -> Html {
    let delay = exchange.delay_millis();
    let facts = [
        (
            "Scenario",
            exchange.scenario.as_ref().map(ToString::to_string),
        ),
        ("Fault", exchange.fault.map(|fault| fault.to_string())),
        (
            "Answered late by",
            (delay > 0).then(|| delay.to_string() + " ms"),
        ),
    ];
    let facts = facts.into_iter().filter_map(|(name, value)| {
        value.map(|value| html! { <div key={name}><dt>{ name }</dt><dd class="mono">{ value }</dd></div> })
    });
    html! { <dl class="exchange__facts">{ for facts }</dl> }
}
