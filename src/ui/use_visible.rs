//! Which rows of a long list are in sight: only these are rendered.

use std::rc::Rc;

use web_sys::Element;
use yew::{NodeRef, hook, use_state_eq};

use super::listener::{Hears, Listener};
use super::use_effect::use_effect_with;

/// From how many rows on a list is rendered in parts.
const LONG: usize = 200;

/// How many rows more than are in sight are rendered, above and below.
const EXTRA: usize = 10;

/// How many are rendered before it is known which are in sight.
const FIRST: usize = 60;

/// A stretch of rows, and the room that those above and below it take, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Visible {
    pub(super) from: usize,
    pub(super) until: usize,
    pub(super) above: f64,
    pub(super) below: f64,
}

/// The rows in sight of a list of `count`, each `height` CSS pixels high; one may be higher by the
/// pixels given with its place. `list` is the list's element; what scrolls is the nearest element
/// around it of the class `scroll`, or the page.
#[hook]
pub(super) fn use_visible(
    list: &NodeRef,
    count: usize,
    height: f64,
    open: Option<(usize, f64)>,
) -> Visible {
    // The first row in sight, and how many are.
    let window = use_state_eq(|| (0_usize, FIRST));
    let long = count > LONG;
    use_effect_with((long, height, open), {
        let (list, window) = (list.clone(), window.setter());
        move |(long, height, open)| {
            let (height, open) = (*height, *open);
            let watch = list.cast::<Element>().filter(|_| *long).map(|list| {
                let watched = list.clone();
                let look = move || {
                    if let Some(seen) = seen(&watched, height, open) {
                        window.set(seen);
                    }
                };
                look();
                watch(&list, look)
            });
            move || drop(watch)
        }
    });
    if !long {
        return Visible {
            from: 0,
            until: count,
            above: 0.0,
            below: 0.0,
        };
    }
    let (first, many) = *window;
    let from = first.saturating_sub(EXTRA).min(count);
    let until = (first + many + EXTRA).min(count);
    let room = |from: usize, until: usize| {
        let opened = open.filter(|(place, _)| (from..until).contains(place));
        pixels(until - from) * height + opened.map_or(0.0, |(_, extra)| extra)
    };
    Visible {
        from,
        until,
        above: room(0, from),
        below: room(until, count),
    }
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
const fn pixels(rows: usize) -> f64 {
    rows as f64
}

/// The first row in sight, in steps, and how many are.
fn seen(list: &Element, height: f64, open: Option<(usize, f64)>) -> Option<(usize, usize)> {
    let rect = list.get_bounding_client_rect();
    let window = list.owner_document()?.document_element()?;
    let (mut top, mut bottom) = (0.0_f64, f64::from(window.client_height()));
    if let Ok(Some(scroller)) = list.closest(".scroll") {
        let clip = scroller.get_bounding_client_rect();
        (top, bottom) = (top.max(clip.top()), bottom.min(clip.bottom()));
    }
    let row = |y: f64| {
        let y = y - rect.top();
        let y = match open {
            Some((place, extra)) if y > (pixels(place) + 1.0) * height => {
                (y - extra).max((pixels(place) + 1.0) * height)
            }
            _ => y,
        };
        whole(y / height)
    };
    let first = row(top) / EXTRA * EXTRA;
    let last = row(bottom).max(first);
    Some((first, (last - first).next_multiple_of(EXTRA)))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what fits"
)]
const fn whole(rows: f64) -> usize {
    rows.clamp(0.0, 1e9) as usize
}

/// Calls back when something scrolls or the window changes, while what is returned is there.
/// Scrolling does not bubble, nor leave a shadow tree: both trees are listened to, on the way down.
fn watch(list: &Element, look: impl Fn() + 'static) -> [Option<Listener>; 3] {
    let look = Rc::new(look);
    let heard = || {
        let look = look.clone();
        move |_| look()
    };
    let tree = list.get_root_node();
    [
        Some(Listener::new(&tree, "scroll", Hears::Capturing, heard())),
        Listener::of_window("scroll", heard()),
        Listener::of_window("resize", heard()),
    ]
}
