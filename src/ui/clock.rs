//! The sandbox's clock: always the dark strip. Time, speed, what comes next, and the way back.

use std::rc::Rc;
use std::time::Duration;

use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::act::{Act, doing};
use super::layout::role;
use super::page::Page;
use super::parts::{Item, Line, Menu, Shape, icon, segmented, small_icon};
use super::shared::List;
use super::{describe, format};
use crate::driver::{ClockMode, ClockState, NextEvent, Paused, Speed};
use crate::engine::Session;
use crate::time::Instant;
use scrubber::Scrubber;

mod marks;
mod scrubber;

pub(super) use marks::{mark_after, mark_before};

/// The speeds to choose from, by the keys 1 to 5.
pub(super) const SPEEDS: [u32; 5] = [1, 10, 60, 600, 3_600];

const SPEED_NAMES: [&str; 5] = ["1×", "10×", "60×", "600×", "3600×"];

/// Those of a figure in a document.
const FEW_SPEEDS: [u32; 3] = [1, 60, 3_600];

const FEW_SPEED_NAMES: [&str; 3] = ["1×", "60×", "3600×"];

const JUMPS: [(u64, &str); 3] = [(60, "+1 m"), (600, "+10 m"), (3_600, "+1 h")];

#[derive(Properties, PartialEq)]
pub(super) struct ClockBarProps {
    pub(super) clock: ClockState,
    pub(super) wall: Instant,
    /// What happens next by itself.
    pub(super) ahead: Rc<[NextEvent]>,
    /// All sessions, also those that came after the moment on show.
    pub(super) sessions: List<Session>,
    pub(super) page: Page,
    /// Whether there is the room of a page.
    pub(super) fill: bool,
    pub(super) on_act: Callback<Act>,
}

/// The strip.
#[component]
pub(super) fn ClockBar(props: &ClockBarProps) -> Html {
    let ClockBarProps { clock, on_act, .. } = props;
    let real = clock.mode == ClockMode::Real;
    html! {
        <section class="clock" part="clock" role={role(props.fill)} aria-labelledby="h-clock">
            <h2 id="h-clock" class="vh">{ "Sandbox clock" }</h2>
            <div class="clock__main">
                if real {
                    { play_button(clock, on_act) }
                }
                { reading(props) }
                { detour(clock, on_act) }
                if real && props.fill {
                    { wall_chip(clock, props.wall, on_act) }
                    <span class="grow" />
                }
                if real {
                    <div class="clock__group g-speed">
                        <span class="clock__label" aria-hidden="true">{ "Speed" }</span>
                        { speeds(clock.speed, props.fill, on_act) }
                    </div>
                }
                if props.fill {
                    { jumps(on_act) }
                }
                { next_button(props) }
            </div>
            if props.fill {
            <Scrubber clock={clock.clone()} ahead={props.ahead.clone()} sessions={props.sessions.clone()} on_act={on_act.clone()} />
            }
        </section>
    }
}

fn reading(props: &ClockBarProps) -> Html {
    let clock = &props.clock;
    #[allow(clippy::cast_precision_loss, reason = "dates are far below 2^53")]
    let local = props.page.local_time(clock.now.as_millis() as f64);
    html! {
        <div class="clock__read">
            <time class="clock__time num" datetime={clock.now.to_string()}>
                { format::time_of_day(clock.now) }<small>{ "UTC" }</small>
            </time>
            <span class="clock__sub num">
                { running(clock) }
                <span>{ format::date(clock.now) }</span>
                if let Some(local) = local {
                    <span class="clock__local" title="The same moment in your time zone">{ local }</span>
                }
            </span>
        </div>
    }
}

fn running(clock: &ClockState) -> Html {
    match clock.mode {
        _ if clock.viewing => html! {
            <span class="past">{ small_icon(Shape::Rewind) }{ "Viewing the past" }</span>
        },
        ClockMode::Manual => html! { <span>{ "Manual" }</span> },
        ClockMode::Real if clock.paused != Paused::No => html! {
            <span class="halt">{ small_icon(Shape::Pause) }{ "Paused" }</span>
        },
        ClockMode::Real => html! {
            <span class="run">
                { small_icon(Shape::Play) }{ "Running " }{ clock.speed.factor() }{ "×" }
            </span>
        },
    }
}

/// Where the clock has left its way, and the way back.
fn detour(clock: &ClockState, on_act: &Callback<Act>) -> Html {
    let button = |label: AttrValue, act: Act| {
        let onclick = doing(on_act, act);
        html! { <button class="btn btn--sm" type="button" {onclick}>{ label }</button> }
    };
    match (clock.paused, clock.other) {
        (Paused::Jump(missed), _) => html! {
            <div class="clock__group detour" role="group" aria-label="The clock jumped">
                <span class="clock__sub">{ format::duration(missed) }{ " went by at once" }</span>
                { button("Catch up".into(), Act::CatchUp(missed)) }
                { button("Go on from here".into(), Act::Run) }
            </div>
        },
        (Paused::No | Paused::Yes, Some(present)) => html! {
            <div class="clock__group detour" role="group" aria-label="Time was set back">
                { button(("Return to ".to_owned() + &format::time_of_day(present)).into(), Act::Return) }
            </div>
        },
        (Paused::No | Paused::Yes, None) => Html::default(),
    }
}

/// The wall's time, and how far the sandbox's is from it: behind, it can catch up.
fn wall_chip(clock: &ClockState, wall: Instant, on_act: &Callback<Act>) -> Html {
    const LITTLE: Duration = Duration::from_secs(2);
    let (ahead, behind) = (clock.now.since(wall), wall.since(clock.now));
    let apart = if ahead >= LITTLE {
        format!("clock is {} ahead", format::duration(ahead))
    } else if behind >= LITTLE {
        format!("clock is {} behind", format::duration(behind))
    } else {
        "the clock shows it".to_owned()
    };
    let text = html! {
        <>
            { icon(Shape::Clock) }
            <span class="num">{ "Real time " }{ format::time_of_day(wall) }</span>
            <small class="num">{ apart }</small>
        </>
    };
    if behind >= LITTLE && clock.other.is_none() {
        let onclick = doing(on_act, Act::Advance(behind));
        html! { <button class="realchip" type="button" title="Let pass what is missing" {onclick}>{ text }</button> }
    } else {
        html! { <p class="realchip">{ text }</p> }
    }
}

fn play_button(clock: &ClockState, on_act: &Callback<Act>) -> Html {
    let (label, shape, act) = if clock.paused == Paused::No {
        ("Pause", Shape::Pause, Act::Pause)
    } else if clock.viewing {
        ("Run from here", Shape::Play, Act::Run)
    } else {
        ("Run", Shape::Play, Act::Run)
    };
    let onclick = doing(on_act, act);
    html! {
        <button class="playbtn" type="button" aria-label={label} title={label} aria-keyshortcuts="Space" {onclick}>
            { icon(shape) }
        </button>
    }
}

fn speeds(speed: Speed, fill: bool, on_act: &Callback<Act>) -> Html {
    let (factors, names): (&'static [u32], &[&'static str]) = if fill {
        (&SPEEDS, &SPEED_NAMES)
    } else {
        (&FEW_SPEEDS, &FEW_SPEED_NAMES)
    };
    let onselect = on_act.reform(|place: usize| {
        let speed = factors.get(place).copied().and_then(Speed::new);
        Act::Speed(speed.unwrap_or(Speed::REAL))
    });
    let checked = factors.iter().position(|factor| *factor == speed.factor());
    segmented("Speed", "speed", names, checked, &onselect)
}

fn jumps(on_act: &Callback<Act>) -> Html {
    let act = |seconds| Act::Advance(Duration::from_secs(seconds));
    let jump = |(seconds, label): (u64, &'static str)| {
        let onclick = on_act.reform(move |_| act(seconds));
        html! { <button key={label} class="btn btn--sm" type="button" {onclick}>{ label }</button> }
    };
    let item = |(seconds, label): (u64, &'static str)| {
        Line::Item(Item::new(label, on_act.reform(move |()| act(seconds))))
    };
    html! {
        <>
            <div class="clock__group g-jump" role="group" aria-label="Jump ahead">
                <span class="clock__label" aria-hidden="true">{ "Jump" }</span>
                { for JUMPS.map(jump) }
            </div>
            <div class="clock__group g-jumpmenu">
                <Menu class="btn btn--sm" name="Jump ahead" lines={JUMPS.map(item).to_vec()}>{ "Jump" }{ small_icon(Shape::Chevron) }</Menu>
            </div>
        </>
    }
}

fn next_button(props: &ClockBarProps) -> Html {
    let now = props.clock.now;
    let onclick = doing(&props.on_act, Act::Next);
    let mut ahead = props.ahead.iter();
    let head = ahead.next().map(|next| {
        let tidings = describe::next(next.kind).1;
        ("Next event: ".to_owned() + &event(next, now, true), tidings)
    });
    let disabled = head.is_none();
    let (head, tidings) = head.unwrap_or_else(|| ("Next event".to_owned(), "Nothing scheduled"));
    let then = ahead
        .next()
        .map(|next| "then ".to_owned() + &event(next, now, false));
    html! {
        <button class="nextbtn" type="button" aria-keyshortcuts="n" {disabled} {onclick}>
            { icon(Shape::Skip) }
            <span><b class="num trunc">{ head }</b><small class="num trunc">{ then.unwrap_or_else(|| tidings.to_owned()) }</small></span>
            <kbd aria-hidden="true">{ "N" }</kbd>
        </button>
    }
}

/// `a41f… released in 2 m 49 s`
fn event(next: &NextEvent, now: Instant, precise: bool) -> String {
    let what = describe::next(next.kind).0;
    let session = next.session.map(|id| format::shorter_id(id) + " ");
    let time = next.at.since(now);
    let time = if precise {
        format::precise(time)
    } else {
        format::rough(time)
    };
    [&session.unwrap_or_default(), what, " in ", &time].concat()
}
