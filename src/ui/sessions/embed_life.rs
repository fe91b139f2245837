//! In a document: one session as a line, and what happened to it as one line each.

use yew::{Callback, Html, Properties, component, html, use_node_ref};

use super::motion::{Motion, Picture, use_motion};
use super::track::{Track, hatches};
use super::view::{Fit, View, Window};
use super::{life, runs};
use crate::driver::ClockState;
use crate::engine::{Change, Session};
use crate::sandbox::{Notification, Outcome};
use crate::time::{Instant, millis};
use crate::ui::act::{Act, doing};
use crate::ui::parts::{Shape, Tone, chip, small_icon};
use crate::ui::shared::{List, Shared};
use crate::ui::{describe, format};

/// How many events have a line.
const EVENTS: usize = 12;

#[derive(Properties, PartialEq)]
pub(super) struct EmbedLifeProps {
    pub(super) session: Shared<Session>,
    pub(super) notifications: List<Notification>,
    pub(super) clock: ClockState,
    /// The sandbox's time, between two of the clock's ticks too.
    pub(super) now: Callback<(), Instant>,
    pub(super) on_act: Callback<Act>,
}

/// The line is as long as the session's whole life.
#[component]
pub(super) fn EmbedLife(props: &EmbedLifeProps) -> Html {
    let EmbedLifeProps { session, clock, .. } = props;
    let line = use_node_ref();
    let (start, end) = life::extent(session);
    let whole = Window {
        start: start.as_millis(),
        span: i64::try_from(millis(end.since(start)))
            .unwrap_or(i64::MAX)
            .max(1_000),
    };
    let picture = Picture {
        view: View {
            span: Some(whole.span),
            start: Some(whole.start),
        },
        fit: Fit {
            span: whole.span,
            lead: 0,
        },
        base: whole,
        step: whole.span,
    };
    let motion = if runs(clock) {
        Motion::of(clock.speed.factor(), whole.span)
    } else {
        Motion::Still
    };
    use_motion(&line, picture, motion, &props.now);
    let (tone, label) = describe::state(session);
    let (before, time, after) = describe::outlook(session, clock.now);
    let event = |(place, change): (usize, &Change)| {
        html! { <li key={place}>{ event(props, change) }</li> }
    };
    html! {
        <>
            { hatches() }
            <div ref={line} class="life">
                <span class="l1"><b class="mono">{ format::short_id(session.id) }</b><span class="tag"><bdi class="trunc">{ session.request.profile.to_string() }</bdi></span></span>
                <Track session={session.clone()} base={whole} edges={(false, false)} />
                <span class="state">{ chip(tone, label.into()) }<span class="l2 num">{ before }<b>{ time }</b>{ after }</span></span>
            </div>
            <ol class="feed" aria-label="What happened, newest first">
                { for session.history.iter().enumerate().rev().take(EVENTS).map(event) }
            </ol>
        </>
    }
}

/// What happened, and what the webhook heard of it.
fn event(props: &EmbedLifeProps, change: &Change) -> Html {
    let told = props.notifications.iter().find(|one| {
        let message = &one.message;
        message.session == props.session.id
            && (message.at, message.status) == (change.at, change.status)
    });
    let told = told.filter(|_| change.notifies);
    let icon = if told.is_some() {
        Shape::Bell
    } else {
        Shape::Arrow
    };
    let view = told.map(|told| {
        let id = told.message.id.to_string();
        let onclick = doing(&props.on_act, Act::Read(Some(id.into())));
        html! { <button class="link" type="button" {onclick}>{ "View event" }</button> }
    });
    html! {
        <>
            { small_icon(icon) }
            <time datetime={change.at.to_string()}>{ format::time_of_day(change.at) }</time>
            <span class="feed__what">
                <b>{ describe::status(change.status).1 }</b>{ ", " }
                { change.info.filter(|_| change.notifies).map_or_else(|| describe::cause(change.cause), describe::status_info) }
            </span>
            <span class="grow" />
            { outcome(told) }{ view }
        </>
    }
}

fn outcome(told: Option<&Shared<Notification>>) -> Html {
    let Some(told) = told else {
        return html! { <span class="muted">{ "no notification" }</span> };
    };
    let Some(last) = told.deliveries.last() else {
        return html! { <span class="muted">{ "no webhook" }</span> };
    };
    let (tone, shape, words) = match last.outcome {
        Outcome::Pending => (Tone::Wait, Shape::Wait, "sending"),
        Outcome::Delivered => (Tone::Ok, Shape::Tick, "delivered"),
        Outcome::Refused => (Tone::Bad, Shape::Stop, "refused"),
        Outcome::Failed => (Tone::Bad, Shape::Stop, "failed"),
        Outcome::Timeout => (Tone::Bad, Shape::Stop, "timed out"),
        Outcome::NoReceiver => (Tone::End, Shape::Off, "no receiver"),
    };
    html! {
        <span class={["code-s ", tone.class()].concat()}>{ small_icon(shape) }{ last.status }{ last.status.map(|_| " ") }{ words }</span>
    }
}
