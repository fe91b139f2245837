//! The line of time above the rows.

use yew::{AttrValue, Callback, Html, KeyboardEvent, Properties, classes, component, html};

use super::motion::Picture;
use super::track::percent;
use super::view::View;
use crate::time::Instant;
use crate::ui::format;
use crate::ui::parts::{Shape, small_icon};

/// Round times between two labels, in seconds.
#[rustfmt::skip]
const STEPS: [i64; 19] = [
    2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 259_200, 604_800,
];

/// Labels closer to now's than that, in thousandths of a per cent, make way for it.
const CLOSE: i64 = 14_000;

/// Labels closer to the ends than that would be cut off.
const EDGE: i64 = 4_500;

#[derive(Properties, PartialEq)]
pub(super) struct AxisProps {
    pub(super) picture: Picture,
    pub(super) now: Instant,
    pub(super) on_view: Callback<View>,
}

/// The head of the picture: round times, and now. Arrows move it, + and − change how much there is.
#[component]
pub(super) fn Axis(props: &AxisProps) -> Html {
    let AxisProps { picture, now, .. } = *props;
    let window = picture.view.window(picture.fit, now);
    let follows = picture.view.start.is_none();
    let on_view = props.on_view.clone();
    let onkeydown = move |event: KeyboardEvent| {
        let view = match event.key().as_str() {
            "ArrowLeft" => window.moved(-window.span / 10),
            "ArrowRight" => window.moved(window.span / 10),
            "PageDown" => window.moved(-window.span),
            "PageUp" => window.moved(window.span),
            "+" | "=" => zoomed(picture, now, 50),
            "-" => zoomed(picture, now, 200),
            "Home" | "End" => followed(picture.view),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        on_view.emit(view);
    };
    let onfollow = props.on_view.reform(move |_| followed(picture.view));
    let end = Instant::from_millis(window.start.saturating_add(window.span));
    let minute = |at: Instant| format::time_of_day(at).get(..5).unwrap_or("").to_owned();
    let told = [
        minute(Instant::from_millis(window.start)).as_str(),
        " to ",
        &minute(end),
        if follows { ", follows now" } else { "" },
    ]
    .concat();
    let at = window.place(now.as_millis());
    let seen = (0..=100_000).contains(&at);
    html! {
        <div class="axis" role="row" aria-rowindex="1">
            <span role="columnheader">{ "Session" }</span>
            <span class="c-track" role="columnheader" aria-label="Time line">
                <div
                    class="ticks num" role="slider" tabindex="0" aria-label="Time shown" aria-valuemin="0" aria-valuemax="100"
                    aria-valuenow={(at / 1000).clamp(0, 100).to_string()} aria-valuetext={told} {onkeydown}
                >
                    <div class="ticks__line" aria-hidden="true">
                        <svg class="bars" width="100%" height="100%">
                            { for ticks(picture, now).into_iter().map(|(at, label)| html! {
                                // Not by the label: the time of day comes again.
                                <text key={at.to_string()} x={percent(picture.base.place(at))} y="1.125rem" text-anchor="middle">{ label.clone() }</text>
                            }) }
                        </svg>
                    </div>
                    <time class={classes!("ticks__now", (!seen).then_some("gone"))} datetime={now.to_string()} aria-hidden="true">
                        { format::time_of_day(now) }
                    </time>
                </div>
                if !follows {
                    <button class="btn btn--sm follow" type="button" title="Let the time line follow now" onclick={onfollow}>
                        { small_icon(Shape::Skip) }{ "Follow" }
                    </button>
                }
            </span>
            <span class="state" role="columnheader">{ "State" }</span>
            <span role="columnheader"><span class="vh">{ "Actions" }</span></span>
        </div>
    }
}

/// Closer or farther, around now if that is followed, around the middle if not.
fn zoomed(picture: Picture, now: Instant, percent: i64) -> View {
    let Picture { view, fit, .. } = picture;
    let zoomed = view.window(fit, now).zoomed(percent, 500);
    View {
        span: Some(zoomed.span),
        start: view.start.map(|_| zoomed.start),
    }
}

fn followed(view: View) -> View {
    View {
        start: None,
        ..view
    }
}

/// The round step for a span, in milliseconds: four or five are in sight.
pub(super) fn step(span: i64) -> i64 {
    let fits = |seconds: &&i64| **seconds * 5_000 >= span;
    STEPS.iter().find(fits).map_or(span / 5, |step| step * 1000)
}

/// Round times, from a window before what is in sight to one after: until the next
/// rendering it moves.
fn ticks(picture: Picture, now: Instant) -> Vec<(i64, AttrValue)> {
    let Picture {
        view, fit, step, ..
    } = picture;
    let window = view.window(fit, now);
    let from = (window.start - window.span).div_euclid(step);
    let until = (window.start + window.span * 2).div_euclid(step);
    let now = window.place(now.as_millis());
    let tick = |count: i64| {
        let at = count * step;
        let place = window.place(at);
        let cut = (-EDGE..EDGE).contains(&place) || (-EDGE..EDGE).contains(&(place - 100_000));
        let near = (place - now).abs() < CLOSE && (0..=100_000).contains(&now);
        (!near && !cut).then(|| (at, label(at, step)))
    };
    (from..=until).filter_map(tick).collect()
}

/// The time of day, with seconds where steps are shorter than a minute, or the day.
fn label(at: i64, step: i64) -> AttrValue {
    const DAY: i64 = 86_400_000;
    let moment = Instant::from_millis(at);
    if at.rem_euclid(DAY) == 0 && step >= 3_600_000 {
        let date = format::date(moment);
        let mut words = date.split(' ').skip(1);
        let (day, month) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        return [day, " ", month].concat().into();
    }
    let length = if step < 60_000 { 8 } else { 5 };
    let time = format::time_of_day(moment);
    time.get(..length).unwrap_or(&time).to_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sessions::view::{Fit, Window};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn steps_are_round_and_few() {
        for (span, seconds) in [
            (60_000, 15),
            (900_000, 300),
            (3_600_000, 900),
            (86_400_000, 21_600),
        ] {
            assert_eq!(step(span), seconds * 1000);
        }
    }

    #[wasm_bindgen_test]
    fn labels_make_way_for_now() {
        let now = Instant::from_millis(1_749_736_982_000);
        let view = View::choose(1);
        let fit = view.fit(Fit { span: 1, lead: 1 });
        let picture = Picture {
            view,
            fit,
            base: Window {
                start: now.as_millis(),
                span: fit.span,
            },
            step: step(fit.span),
        };
        let labels: Vec<_> = ticks(picture, now)
            .into_iter()
            .map(|(_, label)| label)
            .collect();
        assert!(labels.contains(&"14:30".into()) && labels.contains(&"13:45".into()));
        assert!(!labels.contains(&"14:00".into()), "{labels:?}");
    }
}
