//! The sandbox's clock: always the dark strip.

use std::time::Duration;

use yew::{Callback, Html, Properties, component, html};

use super::parts::{Icon, Segmented, Shape};
use super::{describe, format};
use crate::driver::{ClockMode, ClockState, NextEvent, Speed};
use crate::time::Instant;

const SPEEDS: [u32; 5] = [1, 10, 60, 600, 3_600];

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
                <PlayButton paused={clock.paused} on_clock={on_clock.clone()} />
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
            <span class="grow" />
            if !manual {
                <div class="clock__group g-speed">
                    <span class="clock__label" aria-hidden="true">{ "Speed" }</span>
                    <Speeds speed={clock.speed.factor()} on_clock={on_clock.clone()} />
                </div>
            }
            <div class="clock__group g-jump" role="group" aria-label="Jump ahead">
                <span class="clock__label" aria-hidden="true">{ "Jump" }</span>
                { for JUMPS.map(jump) }
            </div>
            <Next next={clock.next} now={clock.now} onclick={on_clock.reform(|()| ClockAct::Next)} />
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct PlayProps {
    paused: bool,
    on_clock: Callback<ClockAct>,
}

#[component]
fn PlayButton(props: &PlayProps) -> Html {
    let paused = props.paused;
    let act = move |_| {
        if paused {
            ClockAct::Run
        } else {
            ClockAct::Pause
        }
    };
    let (label, shape) = if paused {
        ("Run", Shape::Play)
    } else {
        ("Pause", Shape::Pause)
    };
    html! {
        <button class="playbtn" type="button" aria-label={label} title={label} onclick={props.on_clock.reform(act)}>
            <Icon {shape} />
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct SpeedsProps {
    speed: u32,
    on_clock: Callback<ClockAct>,
}

#[component]
fn Speeds(props: &SpeedsProps) -> Html {
    let on_clock = props.on_clock.clone();
    let onselect = Callback::from(move |place: usize| {
        let speed = SPEEDS.get(place).copied().and_then(Speed::new);
        on_clock.emit(ClockAct::Speed(speed.unwrap_or(Speed::REAL)));
    });
    html! {
        <Segmented
            label="Speed" name="speed" {onselect}
            options={SPEEDS.map(|speed| (speed.to_string() + "×").into()).to_vec()}
            checked={SPEEDS.iter().position(|speed| *speed == props.speed)}
        />
    }
}

#[derive(Properties, PartialEq)]
struct NextProps {
    next: Option<NextEvent>,
    now: Instant,
    onclick: Callback<()>,
}

#[component]
fn Next(props: &NextProps) -> Html {
    let onclick = props.onclick.reform(|_| ());
    let (head, body) = match props.next {
        Some(next) => (
            "Next event in ".to_owned() + &format::precise(next.at.since(props.now)),
            [
                &format::shorter_id(next.session),
                " ",
                describe::deadline(next.kind),
                ", ",
                describe::tidings(next.kind),
            ]
            .concat(),
        ),
        None => ("Next event".to_owned(), "Nothing scheduled".to_owned()),
    };
    html! {
        <button class="nextbtn" type="button" disabled={props.next.is_none()} {onclick}>
            <Icon shape={Shape::Skip} />
            <span><b class="num">{ head }</b><small class="trunc">{ body }</small></span>
        </button>
    }
}

fn running(clock: &ClockState) -> Html {
    match clock.mode {
        ClockMode::Manual => html! { <span>{ "Manual" }</span> },
        ClockMode::Real if clock.paused => html! {
            <span class="halt"><Icon shape={Shape::Pause} small=true />{ "Paused" }</span>
        },
        ClockMode::Real => html! {
            <span class="run">
                <Icon shape={Shape::Play} small=true />{ "Running " }{ clock.speed.factor() }{ "×" }
            </span>
        },
    }
}
