//! A session's life as a picture.
//!
//! Rows are drawn against a base, not against now: as time passes the whole drawing is shifted, and
//! what goes on is cut off at now, both by custom properties that `motion` sets. So a row is
//! rendered again only when its session or the scale changes.

use yew::{AttrValue, Html, Properties, component, html};

use super::life::{self, Life, Part, Pin};
use super::view::Window;
use crate::engine::Session;
use crate::time::Instant;
use crate::ui::describe;
use crate::ui::parts::{Shape, Tone, small_icon};
use crate::ui::shared::Shared;

/// Beyond so many windows from its base nothing is drawn at its own place.
const FAR: i64 = 64 * 100_000;

/// Bars are at least so many pixels wide; narrower than that in thousandths of a per cent, and it
/// may be that they are not.
const THIN: &str = "4";
const NARROW: i64 = 2_000;

#[derive(Properties, PartialEq)]
pub(super) struct TrackProps {
    pub(super) session: Shared<Session>,
    /// What it is drawn against.
    pub(super) base: Window,
    /// Whether the bar goes on before, and after, what is in sight.
    pub(super) edges: (bool, bool),
}

/// The bars, with what happened above them.
#[component]
pub(super) fn Track(props: &TrackProps) -> Html {
    let Life {
        past,
        current,
        planned,
        pins,
    } = life::life(&props.session);
    let base = props.base;
    let tone = describe::state(&props.session).0.class();
    let edge = |side: &'static str, there: bool| {
        html! {
            if there {
                <span class={["off ", side, " ", tone].concat()}>{ small_icon(Shape::Chevron) }</span>
            }
        }
    };
    let label = life::sentence(&props.session);
    html! {
        <div class="track" role="img" aria-label={label}>
            <svg class="bars" width="100%" height="12" aria-hidden="true">
                { for planned.iter().chain(&current).map(|part| bar(part, base, true)) }
                { for past.iter().rev().map(|part| bar(part, base, false)) }
            </svg>
            if let Some(part) = current {
                <svg class="bars bars--now" width="100%" height="12" aria-hidden="true">{ bar(&part, base, false) }</svg>
            }
            if !pins.is_empty() {
                <svg class="bars bars--pins" width="100%" height="12" aria-hidden="true">{ for pins.iter().filter_map(|one| pin(one, base)) }</svg>
            }
            { edge("off--start", props.edges.0) }
            { edge("off--end", props.edges.1) }
        </div>
    }
}

/// Whether a session's bar goes over the edges of what is in sight.
pub(super) fn edges(session: &Session, window: Window) -> (bool, bool) {
    let (start, end) = life::extent(session);
    let end_of_window = window.start.saturating_add(window.span);
    (
        start.as_millis() < window.start,
        end.as_millis() > end_of_window,
    )
}

fn bar(part: &Part, base: Window, plan: bool) -> Html {
    let place = |at: Instant| base.place(at.as_millis()).clamp(-FAR, FAR);
    let (from, until) = (place(part.from), place(part.until));
    let width = (until - from).max(0);
    let x = percent(from);
    html! {
        <>
            { rect(part.tone, plan, &x, percent(width)) }
            if width < NARROW {
                { rect(part.tone, plan, &x, THIN.into()) }
            }
        </>
    }
}

/// A bar as in the key.
pub(super) fn swatch(tone: Tone, plan: bool) -> Html {
    let bar = rect(tone, plan, &AttrValue::from("0"), "100%".into());
    html! { <svg class="swatch" width="20" height="12" aria-hidden="true">{ bar }</svg> }
}

fn rect(tone: Tone, plan: bool, x: &AttrValue, width: AttrValue) -> Html {
    let class = ["bar ", tone.class(), if plan { " plan" } else { "" }].concat();
    // Hatched by reference: a style sheet's would look for it beside the style sheet.
    let fill = match tone {
        Tone::Wait if !plan => Some("url(#hatch-wait)"),
        Tone::Bad if !plan => Some("url(#hatch-bad)"),
        Tone::Wait | Tone::Bad | Tone::Ok | Tone::End => None,
    };
    html! { <rect {class} {fill} {x} y=".5" {width} height="11" /> }
}

fn pin(pin: &Pin, base: Window) -> Option<Html> {
    let place = base.place(pin.at.as_millis());
    (-FAR..FAR).contains(&place).then(|| {
        html! {
            <svg x={percent(place)} overflow="visible">
                <g class={pin.class}><circle r="7" /><path class="i" d={pin.shape.path()} transform="translate(-4.5 -4.5) scale(.5625)" /></g>
            </svg>
        }
    })
}

/// `34.9%` of thousandths of a per cent.
pub(super) fn percent(thousandths: i64) -> AttrValue {
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, rest) = (thousandths.abs() / 1000, thousandths.abs() % 1000);
    let text = format!("{sign}{whole}.{rest:03}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    [text, "%"].concat().into()
}

/// The hatches, once for all bars.
pub(super) fn hatches() -> Html {
    let hatch = |tone: Tone, turn: &'static str| {
        let class = tone.class();
        html! {
            <pattern id={["hatch-", class].concat()} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform={turn}>
                <rect class={["gap-", class].concat()} width="6" height="6" /><rect class={["line-", class].concat()} width="2.5" height="6" />
            </pattern>
        }
    };
    html! {
        <svg class="hatches" width="0" height="0" aria-hidden="true">
            <defs>{ hatch(Tone::Wait, "rotate(45)") }{ hatch(Tone::Bad, "rotate(-45)") }</defs>
        </svg>
    }
}
