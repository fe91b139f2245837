//! The picture moves with time: by four custom properties on the list, with no row rendered again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::HtmlElement;
use yew::{Callback, NodeRef, hook, use_mut_ref};

use super::track::percent;
use super::view::{Fit, View, Window};
use crate::time::Instant;
use crate::ui::use_effect::{use_effect, use_effect_with};

/// Everything that says where things are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) view: View,
    pub(super) fit: Fit,
    /// What rows are drawn against.
    pub(super) base: Window,
    /// Between two lines of the grid, in milliseconds.
    pub(super) step: i64,
}

/// In thousandths of a per cent, what is seen of a move: half a pixel or so. Each one costs a look at the
/// style of all rows.
const SEEN: i64 = 150;

/// What moves the picture between two renderings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Motion {
    /// Nothing: it would not be seen.
    Still,
    /// Every frame in which a move would be seen.
    Smooth,
}

impl Motion {
    /// Whether a clock of that speed moves a picture of that span by more than a pixel or so between
    /// two of its ticks.
    pub(super) fn of(speed: u32, span: i64) -> Self {
        if i64::from(speed) * 200_000 >= span {
            Self::Smooth
        } else {
            Self::Still
        }
    }
}

/// Keeps the picture where it belongs; `now` tells the sandbox's time. Who wants reduced motion
/// gets steps of a second.
#[hook]
pub(super) fn use_motion(
    list: &NodeRef,
    picture: Picture,
    motion: Motion,
    now: &Callback<(), Instant>,
) {
    let latest = use_mut_ref(|| picture);
    let placed = use_mut_ref(|| None::<Picture>);
    *latest.borrow_mut() = picture;
    let place = {
        let (list, now) = (list.clone(), now.clone());
        move |picture: &Picture| {
            if let Some(list) = list.cast::<HtmlElement>() {
                picture.place(&list, now.emit(()));
            }
        }
    };
    use_effect({
        let place = place.clone();
        move || {
            // The interval's steps are all that moves where motion is reduced.
            let same = placed.replace(Some(picture)) == Some(picture);
            if !(same && motion == Motion::Smooth) {
                place(&picture);
            }
        }
    });
    let now = now.clone();
    use_effect_with(motion, move |motion| {
        let drawn = Cell::new(None);
        let step = move || {
            let picture = *latest.borrow();
            let at = picture.base.place(now.emit(()).as_millis());
            let moved =
                |(before, then): (Picture, i64)| before != picture || (at - then).abs() >= SEEN;
            if drawn.get().is_none_or(moved) {
                drawn.set(Some((picture, at)));
                place(&picture);
            }
        };
        let (mut frames, mut interval) = (None, None);
        match motion {
            Motion::Still => {}
            Motion::Smooth if reduced() => interval = Some(Interval::new(1_000, step)),
            Motion::Smooth => frames = Some(Frames::new(step)),
        }
        move || drop((frames, interval))
    });
}

impl Picture {
    fn place(&self, list: &HtmlElement, now: Instant) {
        let now = now.as_millis();
        let window = self.view.window(self.fit, Instant::from_millis(now));
        let Window { start, span } = window;
        let step = self.step.min(span / 2).max(1);
        let first = (step - start.rem_euclid(step)) % step;
        let style = list.style();
        let set = |name: &str, thousandths: i64| {
            // A percentage is taken.
            let _ = style.set_property(name, &percent(thousandths));
        };
        set("--now", window.place(now).clamp(-100_000, 200_000));
        set("--shift", window.place(self.base.start));
        set("--past", self.base.place(now));
        set("--g0", first.saturating_mul(100_000) / (span - step).max(1));
        set("--gw", step.saturating_mul(100_000) / span);
    }
}

fn reduced() -> bool {
    let query = "(prefers-reduced-motion: reduce)";
    let found = web_sys::window().map(|window| window.match_media(query));
    matches!(found, Some(Ok(Some(list))) if list.matches())
}

/// What calls itself back; nothing once it is over.
type Again = RefCell<Option<Closure<dyn FnMut()>>>;

/// Calls back on every frame until it is dropped.
struct Frames {
    next: Rc<Cell<i32>>,
    closure: Rc<Again>,
}

impl Frames {
    fn new(step: impl Fn() + 'static) -> Self {
        let frames = Self {
            next: Rc::default(),
            closure: Rc::default(),
        };
        let (next, closure) = (frames.next.clone(), frames.closure.clone());
        *frames.closure.borrow_mut() = Some(Closure::new(move || {
            step();
            request(&next, &closure);
        }));
        request(&frames.next, &frames.closure);
        frames
    }
}

fn request(next: &Cell<i32>, closure: &Again) {
    if let (Some(window), Some(closure)) = (web_sys::window(), &*closure.borrow()) {
        let frame = window.request_animation_frame(closure.as_ref().unchecked_ref());
        next.set(frame.unwrap_or(0));
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            // What is not asked for any more cannot be refused.
            let _ = window.cancel_animation_frame(self.next.get());
        }
        // It holds itself.
        drop(self.closure.take());
    }
}
