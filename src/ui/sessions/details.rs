//! All about one session.

use std::rc::Rc;
use std::time::Duration;

use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::perspectives::Perspectives;
use super::row_menu::{answers, delete, extend, get};
use crate::api;
use crate::api::secret::masked_url;
use crate::engine::{Cause, Change, Session, State, TimerKind};
use crate::sandbox::{Deadline, Perspective};
use crate::time::Instant;
use crate::ui::act::Act;
use crate::ui::layout::role;
use crate::ui::parts::{Shape, copy, icon, small_icon};
use crate::ui::shared::Shared;
use crate::ui::{describe, format};

/// Of a long history, so many of the last steps are shown.
const STEPS: usize = 40;

#[derive(Properties, PartialEq)]
pub(super) struct DetailsProps {
    pub(super) session: Shared<Session>,
    pub(super) now: Instant,
    /// What clients have been able to see of it.
    pub(super) perspectives: Rc<Option<Vec<Perspective>>>,
    /// Whether there is the room of a page.
    pub(super) fill: bool,
    pub(super) on_act: Callback<Act>,
}

/// Identifier, the client's calls, flow, times, history, messages, and who could see what.
#[component]
pub(super) fn Details(props: &DetailsProps) -> Html {
    let DetailsProps {
        session, on_act, ..
    } = props;
    let id = session.id.to_string();
    let hints = answers(session);
    let inactive = !matches!(session.state, State::Available { .. });
    let button = |label: &'static str, class, title, disabled, act: Callback<()>| {
        let onclick = act.reform(|_| ());
        html! { <button {class} type="button" {title} {disabled} {onclick}>{ label }</button> }
    };
    let skipped = session.history.len().saturating_sub(STEPS);
    html! {
        <section class="details" role={role(props.fill)} aria-labelledby="h-details">
            <div class="details__head">
                <h3 id="h-details" class="trunc" title={id.clone()}>{ &id }</h3>
                { copy("Copy session id", id.clone().into()) }
                <span class="grow" />
                { button("Get", "btn btn--sm", hints.0, false, get(session, on_act)) }
                { button("Extend…", "btn btn--sm", if inactive { "Only an AVAILABLE session can be extended" } else { hints.1 }, inactive, extend(session, on_act)) }
                { button("Delete", "btn btn--sm btn--danger", hints.2, false, delete(session, on_act)) }
            </div>
            <div class="details__grid">
                { flow(session) }
                { times(session) }
                <ol class="history" aria-label="State history">
                    if skipped > 0 {
                        <li key="skipped"><span />{ skipped }{ " earlier" }</li>
                    }
                    { for session.history.iter().enumerate().skip(skipped).map(|(place, change)| html! {
                        <li key={place}>{ step(session, change) }</li>
                    }) }
                    { for planned(session, props.now) }
                </ol>
                { for messages(session) }
            </div>
            <Perspectives perspectives={props.perspectives.clone()} webhook={session.request.webhook.is_some()} />
        </section>
    }
}

fn flow(session: &Session) -> Html {
    let request = &session.request;
    let profile = request.profile.to_string();
    let node = |shape, name: String, ports: String| {
        html! {
            <div class="node">
                { icon(shape) }
                <bdi class="node__name trunc" title={name.clone()}>{ name }</bdi>
                <small class="trunc" title={ports.clone()}>{ ports }</small>
            </div>
        }
    };
    let ports = describe::ports(request.flow.device_ports.as_deref());
    let ports = ports.replacen("all ports", "all device ports", 1);
    html! {
        <>
            { node(Shape::Phone, describe::device(&request.device), ports) }
            <div class="flow__via" role="group" aria-label={"to, with profile ".to_owned() + &profile}>
                <span class="tag" title={profile.clone()}><bdi class="trunc">{ &profile }</bdi></span>{ icon(Shape::Arrow) }
            </div>
            { node(Shape::Server, describe::server(&request.flow.server), describe::ports(request.flow.server_ports.as_deref())) }
        </>
    }
}

fn times(session: &Session) -> Html {
    let row = |name: &'static str, text: String, exact: String| {
        html! { <><dt>{ name }</dt><dd class="num">{ text }{ " " }<small class="mono">{ exact }</small></dd></> }
    };
    let moment = |name, at: Instant| {
        row(
            name,
            format::time_of_day(at),
            at.epoch_seconds().to_string(),
        )
    };
    let webhook = session.request.webhook.as_ref();
    let webhook = webhook.map(|webhook| AttrValue::from(masked_url(&webhook.url).to_string()));
    let duration = Duration::from_secs(session.duration);
    html! {
        <dl class="kv">
            { moment("startedAt", session.started_at) }
            { moment("expiresAt", session.expires_at()) }
            { row("duration", format::duration(duration), session.duration.to_string()) }
            <dt>{ "webhook" }</dt>
            <dd class="trunc" title={webhook.clone()}>
                if let Some(webhook) = webhook {
                    <bdi>{ webhook }</bdi>
                } else {
                    <span class="muted">{ "none" }</span>
                }
            </dd>
        </dl>
    }
}

/// A step of its life.
fn step(session: &Session, change: &Change) -> Html {
    let released =
        session.released_at() == Some(change.at) && session.history.last() == Some(change);
    let (tone, label) = if released {
        describe::state(session)
    } else {
        describe::status(change.status)
    };
    let begun = session.history.first().map_or(change.at, |first| first.at);
    let what = match (change.info, change.cause) {
        (Some(info), _) if change.notifies => describe::status_info(info).to_owned(),
        (_, Cause::Created) => "201".to_owned(),
        (_, Cause::Granted) if change.at > begun => {
            "granted after ".to_owned() + &format::duration(change.at.since(begun))
        }
        (_, cause) => describe::cause(cause).to_owned(),
    };
    html! {
        <>
            <span class={tone.class()}>{ icon(tone.shape()) }</span>
            <b class={tone.class()}>{ label }</b>
            <time datetime={change.at.to_string()}>{ format::time_of_day(change.at) }</time>
            <small>{ what }if !change.notifies { { ", no notification" } }</small>
        </>
    }
}

/// What is going to happen by itself.
fn planned(session: &Session, now: Instant) -> Vec<Html> {
    let row = |(at, kind): &(Instant, TimerKind)| {
        let (what, tidings) = describe::next(Deadline::Session(*kind));
        html! {
            <li key={what} class="plan">
                <span class="end">{ icon(Shape::Wait) }</span>
                <b class="end">{ what }</b>
                <time datetime={at.to_string()}>{ format::time_of_day(*at) }</time>
                <small class="num">{ "in " }{ format::duration(at.since(now)) }{ ", " }{ tidings }</small>
            </li>
        }
    };
    // Two at most: no need to sort.
    let first = session.timers().min();
    let last = session
        .timers()
        .max()
        .filter(|last| Some(last) != first.as_ref());
    first.iter().chain(&last).map(row).collect()
}

fn messages(session: &Session) -> Vec<Html> {
    let message = |message: api::wire::Message| {
        let (word, class, shape) = match message.severity {
            api::wire::Severity::Info => ("INFO", "code-s end", Shape::Bulb),
            api::wire::Severity::Warning => ("WARNING", "code-s wait", Shape::Warn),
        };
        html! {
            <p class="msg"><span {class}>{ small_icon(shape) }{ word }</span><bdi>{ message.description }</bdi></p>
        }
    };
    let info = api::session_info_at(session, session.status(), session.duration);
    info.messages.into_iter().map(message).collect()
}
