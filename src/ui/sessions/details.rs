//! All about one session.

use yew::{Callback, Html, html};

use super::actions::session_actions;
use crate::api;
use crate::engine::{Change, Session};
use crate::time::Instant;
use crate::ui::act::Act;
use crate::ui::parts::{Shape, copy, icon, small_icon};
use crate::ui::shared::Shared;
use crate::ui::{describe, format};

/// Identifier, actions, flow, times, history and messages.
pub(super) fn session_details(
    session: &Shared<Session>,
    now: Instant,
    on_act: &Callback<Act>,
) -> Html {
    let id = session.id.to_string();
    let label = "Session ".to_owned() + &format::short_id(session.id);
    html! {
        <div class="details" role="group" aria-label={label}>
            <p class="details__id"><code class="mono">{ &id }</code>{ copy("Copy session id", id.clone().into()) }</p>
            { session_actions(session, on_act) }
            { flow(session) }
            <div class="details__grid">
                { times(session) }
                <ol class="history" aria-label="History">
                    { for session.history.iter().enumerate().map(|(place, change)| html! {
                        <li key={place}>{ step(session, change) }</li>
                    }) }
                    { for planned(session, now) }
                </ol>
            </div>
            { for messages(session) }
        </div>
    }
}

fn flow(session: &Session) -> Html {
    let request = &session.request;
    let profile = request.profile.to_string();
    html! {
        <div class="flow">
            <div class="node">
                { icon(Shape::Phone) }
                <b class="trunc">{ describe::device(&request.device) }</b>
                <small class="trunc">{ describe::ports(request.flow.device_ports.as_ref()) }</small>
            </div>
            <div class="flow__via"><span class="tag">{ profile }</span>{ icon(Shape::Arrow) }</div>
            <div class="node">
                { icon(Shape::Server) }
                <b class="trunc">{ describe::server(&request.flow.server) }</b>
                <small class="trunc">{ describe::ports(request.flow.server_ports.as_ref()) }</small>
            </div>
        </div>
    }
}

fn times(session: &Session) -> Html {
    let moment = |at: Instant| {
        html! {
            <dd class="num">{ format::time_of_day(at) }{ " " }<small class="mono">{ at.epoch_seconds() }</small></dd>
        }
    };
    let webhook = session
        .request
        .webhook
        .as_ref()
        .map(|webhook| webhook.url.to_string());
    let duration = std::time::Duration::from_secs(session.duration);
    html! {
        <dl class="kv">
            <dt>{ "startedAt" }</dt>{ moment(session.started_at) }
            <dt>{ "expiresAt" }</dt>{ moment(session.expires_at()) }
            <dt>{ "duration" }</dt>
            <dd class="num">{ format::duration(duration) }{ " " }<small class="mono">{ session.duration }</small></dd>
            <dt>{ "webhook" }</dt>
            <dd class="trunc" title={webhook.clone()}>
                { webhook.map_or_else(|| html! { <span class="muted">{ "none" }</span> }, Html::from) }
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
    let what = match change.info {
        Some(info) if change.notifies => describe::status_info(info),
        _ => describe::cause(change.cause),
    };
    html! {
        <>
            <span class={tone.class()}>{ icon(tone.shape()) }</span>
            <b class={tone.class()}>{ label }</b>
            <time class="num" datetime={change.at.to_string()}>{ format::time_of_day(change.at) }</time>
            <small>{ what }if !change.notifies { { ", not notified" } }</small>
        </>
    }
}

/// What is going to happen by itself.
fn planned(session: &Session, now: Instant) -> Vec<Html> {
    let row = |(at, kind): &(Instant, _)| {
        html! {
            <li key={describe::timer(*kind)} class="plan">
                <span class="end">{ icon(Shape::Wait) }</span>
                <b class="end">{ describe::timer(*kind) }</b>
                <time class="num" datetime={at.to_string()}>{ format::time_of_day(*at) }</time>
                <small class="num">{ "in " }{ format::duration(at.since(now)) }</small>
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
        html! {
            <p class="msg">
                <span class="code-s wait">{ small_icon(Shape::Warn) }{ severity(message.severity) }</span>
                { message.description }
            </p>
        }
    };
    api::session_info(session)
        .messages
        .into_iter()
        .map(message)
        .collect()
}

const fn severity(severity: api::wire::Severity) -> &'static str {
    match severity {
        api::wire::Severity::Info => "INFO",
        api::wire::Severity::Warning => "WARNING",
    }
}
