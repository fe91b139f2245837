//! The answer to the last request made here, and the request as code.

use std::rc::Rc;

use yew::{AttrValue, Callback, Html, Properties, component, html, use_state};

use super::code::Code;
use super::editor::culprit;
use super::fields::{Place, fields};
use super::form::{Change, Form};
use super::text::place;
use crate::api::secret::{masked_body, masked_header, masked_url};
use crate::api::{Explanation, Operation, Patch, Route, patched};
use crate::http::Request;
use crate::sandbox::Exchange;
use crate::ui::act::{Act, doing};
use crate::ui::explain::{Remedies, explain_with};
use crate::ui::format;
use crate::ui::layout::role;
use crate::ui::page::Page;
use crate::ui::parts::{
    Line, Menu, Tone, chip, copy, json, small_icon, status_chip, tabs, tone_of,
};
use crate::ui::shared::Shared;
use crate::ui::use_effect::use_effect_with;

#[derive(Properties, PartialEq)]
pub(super) struct ResponseProps {
    /// Whether there is the room of a page.
    pub(super) fill: bool,
    pub(super) shown: Option<Shared<Exchange>>,
    /// The last ones, newest first, and how long they took.
    pub(super) answers: Rc<[(Shared<Exchange>, Option<f64>)]>,
    pub(super) form: Rc<Form>,
    pub(super) operation: Operation,
    /// What the form stands for, with its credentials.
    pub(super) request: Rc<Request>,
    /// What may be tried.
    pub(super) examples: Vec<Line>,
    pub(super) page: Page,
    pub(super) on_patch: Callback<Vec<Patch>>,
    pub(super) on_change: Callback<Change>,
    pub(super) on_act: Callback<Act>,
}

/// Status, explanation, headers and body; code beside it, or below where there is room.
#[component]
pub(super) fn Response(props: &ResponseProps) -> Html {
    let tab = use_state(|| 0_usize);
    use_effect_with(props.shown.clone(), {
        let tab = tab.setter();
        move |shown| {
            if shown.is_some() {
                tab.set(0);
            }
        }
    });
    let onselect = {
        let tab = tab.setter();
        Callback::from(move |chosen| tab.set(chosen))
    };
    let on_language = props.on_change.reform(Change::Language);
    let panel = |place: usize| {
        let here = *tab == place;
        (
            here.then_some("outcome-panel"),
            if here { "outcome" } else { "outcome off" },
        )
    };
    let ((answer_id, answer_class), (code_id, code_class)) = (panel(0), panel(1));
    html! {
        <section class="pane response" part="response" role={role(props.fill)} aria-label="Response" tabindex="-1">
            <div class="head rule">
                { tabs("Outcome", "outcome", "tabs", &["Response", "Code"], *tab, &onselect) }
                <span class="grow" />
                { earlier(props) }
            </div>
            <div class={answer_class} role="tabpanel" id={answer_id} aria-label="Response">
                if let Some(exchange) = &props.shown {
                    { answer(props, exchange) }
                } else {
                    <div class="empty">
                        <h3>{ "No answer yet" }</h3>
                        <p>{ "Send the request as it stands: the sandbox answers at once." }</p>
                        <Menu class="link" name="Examples" lines={props.examples.clone()}>{ "Or choose an example" }</Menu>
                    </div>
                }
            </div>
            <div class={code_class} role="tabpanel" id={code_id} aria-label="Code">
                <Code request={props.request.clone()} language={props.form.language} {on_language} page={props.page.clone()} />
            </div>
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
            <span class="muted small" id="earlier">{ "Earlier" }</span>
            <ul class="earlier" aria-labelledby="earlier">
                { for others.into_iter().map(|answer| {
                    let (answer, status) = (answer.clone(), answer.status());
                    let tone = tone_of(status);
                    let title = line(&answer);
                    let key = answer.id;
                    let onclick = doing(&props.on_act, Act::Show(answer));
                    html! {
                        <li {key}>
                            <button class={["link code-s ", tone.class()].concat()} type="button" {title} {onclick}>
                                { small_icon(tone.shape()) }{ if status == 0 { "none".to_owned() } else { status.to_string() } }
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
    let url = masked_url(&exchange.request.url);
    [&exchange.request.method, " ", url.as_ref()].concat()
}

fn answer(props: &ResponseProps, exchange: &Shared<Exchange>) -> Html {
    let took = props.answers.iter().find(|(answer, _)| answer == exchange);
    let took = took.and_then(|(_, took)| *took);
    let routed = Route::of(&exchange.request).ok();
    let operation = routed.and_then(|route| route.action.operation());
    let body = props
        .form
        .body(props.operation)
        .filter(|_| operation == Some(props.operation));
    let fits = |patch: &[Patch]| {
        let value = body.and_then(|body| body.value().ok());
        value.is_some_and(|value| patched(value, patch).is_some_and(|after| after != *value))
    };
    let json = props.form.json;
    let shown = fields(props.operation, &props.form);
    let way = |explanation: &Explanation| {
        let pointer = culprit(explanation);
        let field = |pointer: &str| shown.iter().find(|field| field.place_within(pointer));
        let (first, ..) = place(body.filter(|body| body.value().is_ok())?.text(), pointer)
            .filter(|_| !pointer.is_empty())?;
        Some(match field(pointer).filter(|_| !json) {
            Some(field) => (
                "Go to ".to_owned() + field.label,
                AttrValue::from(pointer.to_owned()),
            ),
            None => (
                "Go to line ".to_owned() + &(first + 1).to_string(),
                pointer.to_owned().into(),
            ),
        })
    };
    let has_field: Vec<_> = shown.clone();
    let on_go = props.on_change.reform(move |pointer: AttrValue| {
        let field = has_field.iter().any(|field| field.place_within(&pointer));
        Change::Go(pointer, json || !field)
    });
    let remedies = Remedies {
        fits: &fits,
        on_patch: &props.on_patch,
        way: &way,
        on_go: &on_go,
    };
    html! {
        <div key={exchange.id} class="answer">
            <Head exchange={exchange.clone()} other={exchange.request.url != props.request.url || operation != Some(props.operation)} {took} />
            { explain_with(exchange, &remedies) }
            { content(exchange) }
        </div>
    }
}

fn content(exchange: &Exchange) -> Html {
    if exchange.is_lost() {
        return html! { <p class="nobody muted">{ "A fault made the connection fail: nothing was done, and no answer comes." }</p> };
    }
    if exchange.response().body.is_empty() {
        return html! { <p class="nobody muted">{ "No body" }</p> };
    }
    json("Response body", &masked_body(&exchange.response().body))
}

#[derive(Properties, PartialEq)]
struct HeadProps {
    exchange: Shared<Exchange>,
    /// It is not of the request that is in the form.
    other: bool,
    took: Option<f64>,
}

/// Status, time and headers.
#[component]
fn Head(props: &HeadProps) -> Html {
    let open = use_state(|| false);
    let HeadProps { exchange, took, .. } = props;
    let response = &exchange.response();
    let headers = response.headers.iter().count();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    let (method, path) = (&exchange.request.method, format::path(&exchange.request));
    html! {
        <>
            <div class="resline">
                { if exchange.is_lost() { chip(Tone::Bad, "No answer".into()) } else { status_chip(response.status) } }
                if let Some(took) = took {
                    <span class="num">{ format::took(*took) }</span>
                }
                if headers > 0 {
                    <button class="link" type="button" aria-expanded={open.to_string()} onclick={toggle}>
                        { headers }{ if headers == 1 { " header" } else { " headers" } }
                    </button>
                }
                <span class="grow" />
                <time class="num" datetime={exchange.at.to_string()}>{ format::time_of_day(exchange.at) }</time>
                if !response.body.is_empty() {
                    { copy("Copy response", masked_body(&response.body).into_owned().into()) }
                }
            </div>
            if props.other || !exchange.delay.is_zero() {
                <p class="reqline mono">
                    <span class={["verb ", &method.to_ascii_lowercase()].concat()}>{ method }</span>
                    <span class="trunc" title={masked_url(&exchange.request.url).into_owned()}>{ path }</span>
                    if !exchange.delay.is_zero() {
                        <span class="badge badge--warn">{ "comes " }{ format::precise(exchange.delay) }{ " later" }</span>
                    }
                </p>
            }
            if *open {
                <dl class="hdrs">
                    { for response.headers.iter().map(|(name, value)| html! {
                        <div><dt>{ name }{ ":" }</dt><dd>{ masked_header(name, value).into_owned() }</dd></div>
                    }) }
                </dl>
            }
        </>
    }
}

impl super::fields::Field {
    /// Whether it is for that member, or for what is in it.
    pub(super) fn place_within(&self, pointer: &str) -> bool {
        let Place::Body(place) = self.place else {
            return false;
        };
        let starts = |text: &str, with: &str| {
            text.strip_prefix(with)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        starts(place, pointer) || starts(pointer, place)
    }
}
