//! The picture under a hand: dragged, scrolled sideways, zoomed with the wheel.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, PointerEvent, WheelEvent};
use yew::{Callback, NodeRef, hook, use_mut_ref};

use super::motion::Picture;
use super::view::{View, Window};
use crate::time::Instant;
use crate::ui::listener::{Hears, Listener};
use crate::ui::use_effect::use_effect_with;

/// So many pixels are a drag; less is a press.
const DRAG: i32 = 4;

/// A drag that goes on: where it began, and what was shown then.
#[derive(Clone, Copy)]
struct Drag {
    x: i32,
    window: Window,
    width: i32,
    moved: bool,
}

/// What a pointer does to the picture.
pub(super) struct Handlers {
    pub(super) onpointerdown: Callback<PointerEvent>,
    pub(super) onpointermove: Callback<PointerEvent>,
    pub(super) onpointerup: Callback<PointerEvent>,
}

/// Has the tracks of `list` dragged and scrolled: `on_view` gets what is to be shown then.
#[hook]
pub(super) fn use_gestures(
    list: &NodeRef,
    picture: Picture,
    now: Instant,
    on_view: &Callback<View>,
) -> Handlers {
    let drag = Rc::new(Cell::new(None::<Drag>));
    let drag = use_mut_ref(|| drag).borrow().clone();
    let latest = use_mut_ref(|| (picture, now));
    *latest.borrow_mut() = (picture, now);
    use_effect_with(list.clone(), {
        let (latest, on_view) = (latest, on_view.clone());
        move |list| {
            let list = list.cast::<Element>();
            let listener = list.map(|list| {
                Listener::new(&list, "wheel", Hears::Active, move |event| {
                    let event: WheelEvent = event.unchecked_into();
                    let (picture, now) = *latest.borrow();
                    if let Some(view) = wheeled(&event, picture, now) {
                        event.prevent_default();
                        on_view.emit(view);
                    }
                })
            });
            move || drop(listener)
        }
    });
    let onpointerdown = {
        let drag = drag.clone();
        move |event: PointerEvent| {
            let track = track(event.target()).filter(|_| event.button() == 0);
            drag.set(track.map(|track| Drag {
                x: event.client_x(),
                window: picture.view.window(picture.fit, now),
                width: track.client_width().max(1),
                moved: false,
            }));
        }
    };
    let onpointermove = {
        let (drag, list, on_view) = (drag.clone(), list.clone(), on_view.clone());
        move |event: PointerEvent| {
            let Some(mut from) = drag.get() else {
                return;
            };
            let by = event.client_x() - from.x;
            if !from.moved && by.abs() >= DRAG {
                from.moved = true;
                drag.set(Some(from));
                if let Some(list) = list.cast::<Element>() {
                    // From here on a release is no press on a row.
                    let _ = list.set_pointer_capture(event.pointer_id());
                }
            }
            if from.moved {
                let by = i64::from(by) * from.window.span / i64::from(from.width);
                on_view.emit(from.window.moved(-by));
            }
        }
    };
    Handlers {
        onpointerdown: onpointerdown.into(),
        onpointermove: onpointermove.into(),
        onpointerup: Callback::from(move |_| drag.set(None)),
    }
}

/// What the wheel asks for: with Ctrl another span, sideways or with Shift another start; anything
/// else scrolls the list.
fn wheeled(event: &WheelEvent, picture: Picture, now: Instant) -> Option<View> {
    let track = track(event.target())?;
    let window = picture.view.window(picture.fit, now);
    let rect = track.get_bounding_client_rect();
    let part = |pixels: f64| thousandths(pixels / rect.width().max(1.0));
    if event.ctrl_key() {
        let percent = if event.delta_y() > 0.0 { 125 } else { 80 };
        let place = part(f64::from(event.client_x()) - rect.left());
        let zoomed = window.zoomed(percent, place);
        return Some(View {
            span: Some(zoomed.span),
            start: picture.view.start.map(|_| zoomed.start),
        });
    }
    let sideways = if event.shift_key() && event.delta_x() == 0.0 {
        event.delta_y()
    } else {
        event.delta_x()
    };
    (sideways.abs() > event.delta_y().abs() || event.shift_key())
        .then(|| window.moved(window.span / 1000 * part(sideways)))
}

#[allow(clippy::cast_possible_truncation, reason = "clamped")]
fn thousandths(part: f64) -> i64 {
    (part * 1000.0).clamp(-10_000.0, 10_000.0) as i64
}

/// The track, or the axis, in which something happened.
fn track(target: Option<web_sys::EventTarget>) -> Option<Element> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest(".track, .ticks").ok()?
}
