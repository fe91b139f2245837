//! The sandbox's clock: always the dark strip.

use std::time::Duration;

use yew::{Callback, Html, Properties, component, html};

use super::parts::{Shape, icon, segmented, small_icon};
use super::{describe, format};
use crate::driver::{ClockMode, ClockState, Paused, Speed};

const SPEEDS: [u32; 5] = [1, 10, 60, 600, 3_600];

const SPEED_NAMES: [&str; 5] = ["1×", "10×", "60×", "600×", "3600×"];

const JUMPS: [(u64, &str); 3] = [(60, "+1 m"), (600, "+10 m"), (3_600, "+1 h")];

#[derive(Properties, PartialEq)]
pub(super) struct ClockBarProps {
    pub(super) clock: ClockState,
    pub(super) on_clock: Callback<ClockAct>,
}

/// What a person does to the clock.
pub(super) enum ClockAct {
    Pause,
    Run,
    Speed(Speed),
    Next,
    Advance(Duration),
    /// Lets pass what was slept through.
    CatchUp(Duration),
    /// To the branch that was left when time was set back.
    Return,
}

/// Time, speed, and the way to the next event.
#[component]
pub(super) fn ClockBar(props: &ClockBarProps) -> Html {
    let ClockBarProps { clock, on_clock } = props;
    let manual = clock.mode == ClockMode::Manual;
    let jump = |(seconds, label): (u64, &'static str)| {
        let by = Duration::from_secs(seconds);
        let onclick = on_clock.reform(move |_| ClockAct::Advance(by));
        html! { <button key={label} class="btn btn--sm" type="button" {onclick}>{ label }</button> }
    };
    html! {
        <section class="clock" aria-labelledby="h-clock">
            <h2 id="h-clock" class="vh">{ "Sandbox clock" }</h2>
            if !manual {
                { play_button(clock.paused != Paused::No, on_clock) }
            }
            <div class="clock__read">
                <time class="clock__time num" datetime={clock.now.to_string()}>
                    { format::time_of_day(clock.now) }<small>{ "UTC" }</small>
                </time>
                <span class="clock__sub num">
                    { running(clock) }
                    <span>{ format::date(clock.now) }</span>
                </span>
            </div>
            { detour(clock, on_clock) }
            <span class="grow" />
            if !manual {
                <div class="clock__group g-speed">
                    <span class="clock__label" aria-hidden="true">{ "Speed" }</span>
                    { speeds(clock.speed, on_clock) }
                </div>
            }
            <div class="clock__group g-jump" role="group" aria-label="Jump ahead">
                <span class="clock__label" aria-hidden="true">{ "Jump" }</span>
                { for JUMPS.map(jump) }
            </div>
            { next_button(clock, on_clock) }
        </section>
    }
}

/// Where the clock has left its way, and the way back.
fn detour(clock: &ClockState, on_clock: &Callback<ClockAct>) -> Html {
    let button = |label: &'static str, act: fn(Duration) -> ClockAct, by: Duration| {
        let onclick = on_clock.reform(move |_| act(by));
        html! { <button class="btn btn--sm" type="button" {onclick}>{ label }</button> }
    };
    match (clock.paused, clock.other) {
        (Paused::Jump(missed), _) => html! {
            <div class="clock__group" role="group" aria-label="The clock jumped">
                <span class="clock__sub">{ "This device slept for " }{ format::duration(missed) }</span>
                { button("Catch up", ClockAct::CatchUp, missed) }
                { button("Go on from here", |_| ClockAct::Run, missed) }
            </div>
        },
        (Paused::No | Paused::Yes, Some(present)) => html! {
            <div class="clock__group" role="group" aria-label="Time was set back">
                { button("Return to the present", |_| ClockAct::Return, Duration::ZERO) }
                <span class="clock__sub num">{ format::time_of_day(present) }</span>
            </div>
        },
        (Paused::No | Paused::Yes, None) => Html::default(),
    }
}

fn play_button(paused: bool, on_clock: &Callback<ClockAct>) -> Html {
    let (label, shape) = if paused {
        ("Run", Shape::Play)
    } else {
        ("Pause", Shape::Pause)
    };
    let act = move |_| {
        if paused {
            ClockAct::Run
        } else {
            ClockAct::Pause
        }
    };
    html! {
        <button class="playbtn" type="button" aria-label={label} title={label} onclick={on_clock.reform(act)}>
            { icon(shape) }
        </button>
    }
}

fn speeds(speed: Speed, on_clock: &Callback<ClockAct>) -> Html {
    let onselect = on_clock.reform(|place: usize| {
        let speed = SPEEDS.get(place).copied().and_then(Speed::new);
        ClockAct::Speed(speed.unwrap_or(Speed::REAL))
    });
    let checked = SPEEDS.iter().position(|factor| *factor == speed.factor());
    segmented("Speed", "speed", &SPEED_NAMES, checked, &onselect)
}

fn next_button(clock: &ClockState, on_clock: &Callback<ClockAct>) -> Html {
    let onclick = on_clock.reform(|_| ClockAct::Next);
    let (head, body) = match clock.next {
        Some(next) => {
            let (what, tidings) = describe::next(next.kind);
            (
                "Next event in ".to_owned() + &format::precise(next.at.since(clock.now)),
                match next.session {
                    Some(session) => {
                        [&format::shorter_id(session), " ", what, ", ", tidings].concat()
                    }
                    None => [what, ", ", tidings].concat(),
                },
            )
        }
        None => ("Next event".to_owned(), "Nothing scheduled".to_owned()),
    };
    html! {
        <button class="nextbtn" type="button" disabled={clock.next.is_none()} {onclick}>
            { icon(Shape::Skip) }
            <span><b class="num">{ head }</b><small class="trunc">{ body }</small></span>
        </button>
    }
}

fn running(clock: &ClockState) -> Html {
    match clock.mode {
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
