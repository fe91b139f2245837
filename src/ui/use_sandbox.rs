//! Hooks that keep a snapshot of the backend up to date.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::{Interval, Timeout};
use yew::{UseReducerHandle, hook, use_reducer};

use super::state::{Action, Backend, Snapshot};
use super::use_effect::use_effect_with;
use crate::api::Operation;
use crate::driver::{ClockMode, Driver, Paused};

/// Wall milliseconds from the first change to the refresh that shows it, with all that follow in
/// between: a frame.
const REFRESH: u32 = 16;

/// Wall milliseconds from one refresh to the next, while much happens by itself: more often nobody
/// can read it. What a person does is shown at once.
const PAUSE: u32 = 50;

/// The same where there is very much to look through.
const LONG_PAUSE: u32 = 200;

/// So many sessions and notifications are very much.
const MUCH: usize = 2_000;

/// Wall milliseconds between two looks at a clock that runs: numbers change no more often.
const TICK: u32 = 250;

/// The same at the wall's own speed: no number changes more often than once a second, but for tenths
/// of a second before an event.
const SLOW_TICK: u32 = 1_000;

/// A snapshot of the backend, up to date while the component lives.
#[hook]
pub(super) fn use_sandbox(driver: &Driver, operation: Operation) -> UseReducerHandle<Snapshot> {
    let snapshot = use_reducer(|| Snapshot {
        operation,
        ..Backend::of(driver).into()
    });
    let dispatcher = snapshot.dispatcher();
    let watched = driver.clone();
    use_effect_with((), move |()| {
        // What happened since the first rendering.
        dispatcher.dispatch(Action::Refresh(Backend::of(&watched)));
        let pace = Rc::new(Pace {
            refresh: {
                let driver = watched.clone();
                Box::new(move || {
                    let backend = Backend::of(&driver);
                    let pause = if backend.len() > MUCH {
                        LONG_PAUSE
                    } else {
                        PAUSE
                    };
                    dispatcher.dispatch(Action::Refresh(backend));
                    pause
                })
            },
            timer: RefCell::default(),
            more: Cell::default(),
        });
        let subscription = watched.subscribe({
            let pace = pace.clone();
            move |_| pace.changed()
        });
        move || {
            drop(subscription);
            pace.timer.take();
        }
    });
    use_tick(driver, &snapshot);
    snapshot
}

/// Refreshes, and not too often.
struct Pace {
    /// Says how long to wait until the next.
    refresh: Box<dyn Fn() -> u32>,
    /// Runs from the first change to its refresh, and on until there may be another.
    timer: RefCell<Option<Timeout>>,
    /// Whether something changed meanwhile.
    more: Cell<bool>,
}

impl Pace {
    fn changed(self: &Rc<Self>) {
        if self.timer.borrow().is_some() {
            self.more.set(true);
        } else {
            self.wait(REFRESH, Self::show);
        }
    }

    fn show(self: &Rc<Self>) {
        self.more.set(false);
        let pause = (self.refresh)();
        self.wait(pause, |pace| {
            pace.timer.take();
            if pace.more.get() {
                pace.show();
            }
        });
    }

    fn wait(self: &Rc<Self>, millis: u32, then: impl FnOnce(&Rc<Self>) + 'static) {
        let weak = Rc::downgrade(self);
        let timeout = Timeout::new(millis, move || {
            if let Some(pace) = weak.upgrade() {
                then(&pace);
            }
        });
        self.timer.replace(Some(timeout));
    }
}

/// Looks at the clock while it runs.
#[hook]
fn use_tick(driver: &Driver, snapshot: &UseReducerHandle<Snapshot>) {
    let clock = &snapshot.clock;
    let runs = clock.mode == ClockMode::Real && clock.paused == Paused::No;
    let soon = clock
        .next
        .is_some_and(|next| next.at.since(clock.now).as_secs() < 10);
    let tick = if clock.speed.factor() == 1 && !soon {
        SLOW_TICK
    } else {
        TICK
    };
    let dispatcher = snapshot.dispatcher();
    let driver = driver.clone();
    use_effect_with(runs.then_some(tick), move |tick| {
        let interval = tick.map(|tick| {
            Interval::new(tick, move || {
                let now = driver.leisurely(Driver::now);
                // Whoever looks may find that the wall jumped: that is asked about.
                driver.flush();
                dispatcher.dispatch(Action::Tick(now, driver.wall()));
            })
        });
        move || drop(interval)
    });
}
