//! The line of time: what happened, to be gone back to; and what lies ahead, in its order.

use std::rc::Rc;
use std::time::Duration;

use web_sys::{Element, HtmlInputElement};
use yew::{
    Callback, Html, InputEvent, KeyboardEvent, NodeRef, Properties, TargetCast as _, component,
    hook, html, use_memo, use_node_ref, use_state_eq,
};

use super::marks::{Cluster, Mark, clusters};
use crate::driver::{ClockState, NextEvent};
use crate::engine::{Session, TimerKind};
use crate::sandbox::Deadline;
use crate::time::Instant;
use crate::ui::act::Act;
use crate::ui::format;
use crate::ui::listener::Listener;
use crate::ui::shared::List;
use crate::ui::use_effect::use_effect_with;

/// Marks closer than that many CSS pixels are one.
const CLOSE: i32 = 8;

/// How wide the line is taken to be before it is known.
const WIDTH: i32 = 900;

/// How much of what lies ahead is named.
const AHEAD: usize = 3;

#[derive(Properties, PartialEq)]
pub(super) struct ScrubberProps {
    pub(super) clock: ClockState,
    pub(super) ahead: Rc<[NextEvent]>,
    pub(super) sessions: List<Session>,
    pub(super) on_act: Callback<Act>,
}

/// The past as a line to drag along, the planned events behind it.
#[component]
pub(super) fn Scrubber(props: &ScrubberProps) -> Html {
    let clock = &props.clock;
    let line = use_node_ref();
    let (start, end) = (
        clock.horizon,
        clock.other.map_or(clock.now, |other| other.max(clock.now)),
    );
    let width = use_width(&line);
    let places = usize::try_from((width / CLOSE).max(1)).unwrap_or(1);
    let marks = use_memo(
        (props.sessions.clone(), start, end, places),
        |(sessions, start, end, places)| clusters(sessions, *start, *end, *places),
    );
    let whole = end.since(start).as_secs();
    let at = if clock.now >= end {
        whole
    } else {
        clock.now.since(start).as_secs()
    };
    let go = move |seconds: u64| {
        Act::Rewind(if seconds >= whole {
            end
        } else {
            start.after(Duration::from_secs(seconds))
        })
    };
    let oninput = props.on_act.reform(move |event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        go(input.value().parse().unwrap_or(whole))
    });
    // Page keys go by minutes; the platform would go by tenths of the whole.
    let on_act = props.on_act.clone();
    let onkeydown = move |event: KeyboardEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let at: u64 = input.value().parse().unwrap_or(whole);
        let seconds = match event.key().as_str() {
            "PageUp" => at.saturating_add(60).min(whole),
            "PageDown" => at.saturating_sub(60),
            _ => return,
        };
        event.prevent_default();
        // At once: the next key counts from there.
        input.set_value(&seconds.to_string());
        on_act.emit(go(seconds));
    };
    let live = if clock.viewing { "" } else { ", live" };
    html! {
        <div class="scrub">
            <time class="num" datetime={start.to_string()}>{ format::time_of_day(start) }</time>
            <div class="scrub__past" ref={line}>
                <svg class="scrub__line" width="100%" height="100%" aria-hidden="true">
                    <rect class="scrub__rail" x="0" y="50%" width="100%" height="4" rx="2" />
                    { for marks.iter().map(mark) }
                </svg>
                <input
                    type="range" min="0" max={whole.max(1).to_string()} step="1" value={at.max(u64::from(whole == 0)).to_string()} aria-label="Rewind the run"
                    aria-valuetext={format::time_of_day(clock.now) + live} disabled={whole == 0} {oninput} {onkeydown}
                />
            </div>
            <ol class="scrub__ahead" aria-label="Scheduled events">
                { for props.ahead.iter().take(AHEAD).enumerate().map(|(place, next)| planned(place, next, clock.now)) }
            </ol>
        </div>
    }
}

/// How wide an element is, in CSS pixels: looked at once, and when the window changes.
#[hook]
fn use_width(element: &NodeRef) -> i32 {
    let width = use_state_eq(|| WIDTH);
    let (element, setter) = (element.clone(), width.setter());
    use_effect_with((), move |()| {
        let look = move || {
            if let Some(element) = element.cast::<Element>() {
                setter.set(element.client_width());
            }
        };
        look();
        let listener = Listener::of_window("resize", move |_| look());
        move || drop(listener)
    });
    *width
}

fn mark(cluster: &Cluster) -> Html {
    let many = (cluster.count > 1).then(|| cluster.count.min(99).to_string());
    let place = format::number(cluster.place) + "%";
    html! {
        <svg key={place.clone()} x={place} y="50%" overflow="visible">
            <path class={["ev ", cluster.mark.class()].concat()} transform="translate(-5 -5)" d={cluster.mark.path()} />
            if let Some(many) = many {
                <text class="scrub__count" y="-6" text-anchor="middle">{ many }</text>
            }
        </svg>
    }
}

fn planned(place: usize, next: &NextEvent, now: Instant) -> Html {
    let mark = match next.kind {
        Deadline::Session(TimerKind::Grant) => Mark::Available,
        Deadline::Session(TimerKind::Refuse | TimerKind::Terminate) => Mark::Unavailable,
        Deadline::Session(TimerKind::Expire | TimerKind::Release) => Mark::Ended,
        Deadline::Delivery | Deadline::Timeout | Deadline::Answer => Mark::Requested,
    };
    let what = next
        .session
        .map_or_else(|| "answer".to_owned(), format::shorter_id);
    html! {
        <li key={place}>
            <svg class={["ev plan ", mark.class()].concat()} viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><path d={mark.path()} /></svg>
            { what }{ " " }<span class="num">{ format::rough(next.at.since(now)) }</span>
        </li>
    }
}
