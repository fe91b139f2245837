//! Listening to what is not the console's own elements, or to events that Yew does not know.

use std::cell::RefCell;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{AbortSignal, AddEventListenerOptions, Event, EventTarget};

thread_local! {
    /// Aborts when this instance of the wasm dies: what it listens to must not call it any more.
    static LIFE: RefCell<Option<AbortSignal>> = const { RefCell::new(None) };
}

/// Has all listeners from now on end with `life`.
pub(super) fn live_with(life: Option<AbortSignal>) {
    LIFE.with(|place| place.replace(life));
}

/// How a listener hears.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hears {
    /// On the way up.
    Bubbling,
    /// On the way down: also what does not bubble.
    Capturing,
    /// And may prevent what the platform would do.
    Active,
}

/// Listens until it is dropped.
pub(super) struct Listener {
    target: EventTarget,
    event: &'static str,
    hears: Hears,
    closure: Closure<dyn Fn(Event)>,
}

impl Listener {
    pub(super) fn new(
        target: &EventTarget,
        event: &'static str,
        hears: Hears,
        act: impl Fn(Event) + 'static,
    ) -> Self {
        let closure = Closure::<dyn Fn(Event)>::new(act);
        let options = AddEventListenerOptions::new();
        options.set_capture(hears == Hears::Capturing);
        if hears == Hears::Active {
            options.set_passive(false);
        }
        LIFE.with_borrow(|life| {
            if let Some(life) = life {
                options.set_signal(life);
            }
        });
        let listener = closure.as_ref().unchecked_ref();
        // Listening cannot be refused.
        let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
            event, listener, &options,
        );
        Self {
            target: target.clone(),
            event,
            hears,
            closure,
        }
    }

    /// Listens to the window, where there is one.
    pub(super) fn of_window(event: &'static str, act: impl Fn(Event) + 'static) -> Option<Self> {
        let window = web_sys::window()?;
        Some(Self::new(&window, event, Hears::Capturing, act))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let listener = self.closure.as_ref().unchecked_ref();
        let capture = self.hears == Hears::Capturing;
        // One that is gone already is no trouble.
        let _ = self
            .target
            .remove_event_listener_with_callback_and_bool(self.event, listener, capture);
    }
}
