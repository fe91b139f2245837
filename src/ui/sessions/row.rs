//! A session at a glance.

use yew::{AttrValue, Callback, Html, Properties, classes, component, html};

use crate::engine::{Session, SessionId, Status};
use crate::time::Instant;
use crate::ui::parts::{Shape, chip, small_icon};
use crate::ui::shared::Shared;
use crate::ui::{describe, format};

#[derive(Properties, PartialEq)]
pub(super) struct SessionRowProps {
    pub(super) session: Shared<Session>,
    /// What comes next, and when: with what stands before and after the time.
    pub(super) before: AttrValue,
    pub(super) time: AttrValue,
    pub(super) after: AttrValue,
    /// How much of its life is over, in thousandths.
    pub(super) progress: u32,
    pub(super) open: bool,
    pub(super) on_select: Callback<SessionId>,
}

/// Identifier, profile, device, life and state.
#[component]
pub(super) fn SessionRow(props: &SessionRowProps) -> Html {
    let session = &props.session;
    let id = session.id;
    let (tone, label) = describe::state(session);
    html! {
        <button
            class="sess__row" type="button" aria-expanded={props.open.to_string()}
            onclick={props.on_select.reform(move |_| id)}
        >
            <span class="sid">
                <span class="l1"><b class="mono">{ format::short_id(id) }</b><span class="tag">{ session.request.profile.to_string() }</span></span>
                <span class="l2">{ small_icon(Shape::Phone) }<span class="trunc">{ describe::device(&session.request.device) }</span></span>
            </span>
            { life(session, props.progress) }
            <span class="state">
                { chip(tone, label.into()) }
                <span class="l2 num">{ &props.before }<b>{ &props.time }</b>{ &props.after }</span>
            </span>
            <span class="turn">{ small_icon(Shape::Chevron) }</span>
        </button>
    }
}

/// The session's life as a bar: what happened, what is planned, and the moment between.
fn life(session: &Session, progress: u32) -> Html {
    let start = session
        .history
        .first()
        .map_or(session.started_at, |change| change.at);
    let end = session
        .timers()
        .map(|(at, _)| at)
        .max()
        .or(session.released_at())
        .unwrap_or(start);
    let whole = end.since(start).as_millis().max(1);
    let place = |at: Instant| {
        let part = at.since(start).as_millis() * 1000 / whole;
        u32::try_from(part.min(1000)).unwrap_or(1000)
    };
    let over = session.released_at().is_some();
    let ends = session
        .history
        .iter()
        .skip(1)
        .map(|change| place(change.at))
        .chain([progress]);
    let parts = session.history.iter().zip(ends).map(|(change, until)| {
        let from = place(change.at);
        part(change.status, over, false, from, until)
    });
    html! {
        <svg class="life" viewBox="0 0 1000 12" preserveAspectRatio="none" shape-rendering="crispEdges" aria-hidden="true">
            { for parts }
            if !over {
                { part(session.status(), false, true, progress, 1000) }
                <path class="life__now" d={["M", &progress.to_string(), " -4V16"].concat()} />
            }
        </svg>
    }
}

fn part(status: Status, over: bool, planned: bool, from: u32, until: u32) -> Html {
    let tone = if over {
        "end"
    } else {
        describe::status(status).0.class()
    };
    let width = until.saturating_sub(from).to_string();
    html! {
        <rect class={classes!("bar", tone, planned.then_some("plan"))} x={from.to_string()} y="0" {width} height="12" />
    }
}
