//! Hooks that keep a snapshot of the backend up to date.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::{Interval, Timeout};
use yew::{UseReducerHandle, hook, use_effect_with, use_reducer};

use super::state::{Action, Backend, Snapshot};
use crate::driver::{ClockMode, Driver, Paused};

/// Wall milliseconds from the first change to the refresh that shows it, with all that follow in
/// between: a frame.
const REFRESH: u32 = 16;

/// Wall milliseconds between two looks at a clock that runs: numbers change no more often.
const TICK: u32 = 250;

/// The same at the wall's own speed: no number changes more often than once a second, but for tenths
/// of a second before an event.
const SLOW_TICK: u32 = 1_000;

/// A snapshot of the backend, up to date while the component lives.
#[hook]
pub(super) fn use_sandbox(driver: &Driver) -> UseReducerHandle<Snapshot> {
    let snapshot = use_reducer(|| Snapshot::from(Backend::of(driver)));
    let dispatcher = snapshot.dispatcher();
    let watched = driver.clone();
    use_effect_with((), move |()| {
        let pending: Rc<RefCell<Option<Timeout>>> = Rc::default();
        let waiting = pending.clone();
        // What happened since the first rendering.
        dispatcher.dispatch(Action::Refresh(Backend::of(&watched)));
        let seen = watched.clone();
        let subscription = watched.subscribe(move |_| {
            let (dispatcher, driver, done) = (dispatcher.clone(), seen.clone(), waiting.clone());
            waiting.borrow_mut().get_or_insert_with(|| {
                Timeout::new(REFRESH, move || {
                    done.take();
                    dispatcher.dispatch(Action::Refresh(Backend::of(&driver)));
                })
            });
        });
        move || {
            drop(subscription);
            pending.take();
        }
    });
    use_tick(driver, &snapshot);
    snapshot
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
                dispatcher.dispatch(Action::Tick(driver.now(), driver.wall()));
            })
        });
        move || drop(interval)
    });
}
