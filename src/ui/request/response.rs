//! The answer to the last request made here.

use yew::{Callback, Html, NodeRef, Properties, component, html, use_state};

use std::rc::Rc;

use crate::api::secret::{masked_body, masked_header, masked_url};
use crate::sandbox::Exchange;
use crate::ui::act::Act;
use crate::ui::explain::explain;
use crate::ui::format;
use crate::ui::parts::{copy, json, small_icon, status_chip, tone_of};
use crate::ui::shared::Shared;

#[derive(Properties, PartialEq)]
pub(super) struct ResponseProps {
    pub(super) node: NodeRef,
    pub(super) shown: Option<Shared<Exchange>>,
    /// The last ones, newest first, and how long they took.
    pub(super) answers: Rc<[(Shared<Exchange>, Option<f64>)]>,
    pub(super) on_act: Callback<Act>,
}

/// Status, explanation, headers and body.
#[component]
pub(super) fn Response(props: &ResponseProps) -> Html {
    let ResponseProps { node, shown, .. } = props;
    html! {
        <section class="pane response" aria-labelledby="h-response" tabindex="-1" ref={node}>
            <div class="head rule">
                <h2 id="h-response">{ "Response" }</h2>
                <p class="reqline mono">{ shown.as_deref().map(call) }</p>
                { earlier(props) }
            </div>
            if let Some(exchange) = shown {
                <Answer key={exchange.id} exchange={exchange.clone()} />
            } else {
                <div class="empty">
                    <h3>{ "No answer yet" }</h3>
                    <p>{ "Send the request as it stands: the sandbox answers at once, and grants the session after 2 s." }</p>
                </div>
            }
        </section>
    }
}

/// Buttons for the answers that are not on show.
fn earlier(props: &ResponseProps) -> Html {
    let others: Vec<_> = props
        .answers
        .iter()
        .map(|(answer, _)| answer)
        .filter(|answer| Some(*answer) != props.shown.as_ref())
        .collect();
    if others.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <span class="vh" id="earlier">{ "Recent answers" }</span>
            <ul class="earlier" aria-labelledby="earlier">
                { for others.into_iter().map(|answer| {
                    let (answer, status) = (answer.clone(), answer.response.status);
                    let tone = tone_of(status);
                    let title = line(&answer);
                    let key = answer.id;
                    let onclick = props.on_act.reform(move |_| Act::Show(answer.clone()));
                    html! {
                        <li {key}>
                            <button class={["link code-s ", tone.class()].concat()} type="button" {title} {onclick}>
                                { small_icon(tone.shape()) }{ status }
                            </button>
                        </li>
                    }
                }) }
            </ul>
        </>
    }
}

/// `POST /sessions`
fn line(exchange: &Exchange) -> String {
    [
        &exchange.request.method,
        " ",
        format::path(&exchange.request),
    ]
    .concat()
}

fn call(exchange: &Exchange) -> Html {
    let method = &exchange.request.method;
    html! {
        <>
            <span class={["verb ", &method.to_ascii_lowercase()].concat()}>{ method }</span>
            <span class="trunc" title={masked_url(&exchange.request.url).into_owned()}>
                { format::path(&exchange.request) }
            </span>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct AnswerProps {
    exchange: Shared<Exchange>,
}

#[component]
fn Answer(props: &AnswerProps) -> Html {
    let open = use_state(|| false);
    let exchange = &props.exchange;
    let response = &exchange.response;
    let body = masked_body(&response.body).into_owned();
    let headers = response.headers.iter().count();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    html! {
            <div class="answer">
    <div class="resline">
                    { status_chip(response.status) }
                    if headers > 0 {
                        <button class="link" type="button" aria-expanded={open.to_string()} onclick={toggle}>
                            { headers }{ if headers == 1 { " header" } else { " headers" } }
                        </button>
                    }
                    <span class="grow" />
                    <time class="num" datetime={exchange.at.to_string()}>{ format::time_of_day(exchange.at) }</time>
                    if !response.body.is_empty() {
                        { copy("Copy response", body.clone().into()) }
                    }
                </div>
                if *open {
                    <dl class="hdrs">
                        { for response.headers.iter().map(|(name, value)| html! {
                            <div><dt>{ name }{ ":" }</dt><dd>{ masked_header(name, value).into_owned() }</dd></div>
                        }) }
                    </dl>
                }
                { explain(exchange) }
                if response.body.is_empty() {
                    <p class="nobody muted">{ "No body" }</p>
                } else {
                    { json("Response body", &body) }
                }
            </div>
        }
}
