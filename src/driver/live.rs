//! A sandbox that lives in a page, a worker or Node: wall time, one timer, and listeners.

use std::cell::{RefCell, RefMut};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::wasm_bindgen;

use super::clock::{Clock, Speed};
use super::listen::Listeners;
use super::replay::Before;
use super::slice::Slice;
use super::state::{ClockState, DriverOptions, NextEvent, Notice};
use crate::sandbox::{
    Destination, Dispatch, Fired, Input, Output, ReceiverId, Reception, Sandbox, To,
};
use crate::time::Instant;

/// A sandbox and its clock. Clones are handles on the same one.
///
/// Whatever a call causes is kept until [`Driver::flush`] tells the listeners; [`Driver::advance`]
/// and [`Driver::next`] tell them before they return, and the timer does by itself.
#[derive(Clone)]
pub struct Driver(pub(super) Rc<RefCell<Live>>);

pub(super) struct Live {
    pub(super) options: DriverOptions,
    pub(super) sandbox: Sandbox,
    pub(super) clock: Clock,
    /// The timer, and the deadline that it is armed for.
    pub(super) timer: Option<(Instant, Timeout)>,
    /// What happened, as far as it concerns a listener.
    pub(super) notices: Vec<Notice>,
    pub(super) listeners: Listeners,
    router: Option<Rc<Router>>,
    /// What is due is more than what is done at once: the rest follows in slices.
    pub(super) backlog: Option<Slice>,
    /// What came in from outside meanwhile.
    pub(super) held: VecDeque<Input>,
    /// Whoever looks takes the sandbox as far as it has come.
    pub(super) leisurely: bool,
    /// How many milliseconds of the wall the last answers took, by the number of their exchange.
    pub(super) took: VecDeque<(u64, f64)>,
    /// What this was before the replay that is going on. Nobody hears of that.
    pub(super) before_replay: Option<Box<Before>>,
    /// Someone here has switched real POSTs on: a run that was played does not count.
    pub(super) may_post: bool,
}

/// Of how many answers it is known how long they took.
const TOOK: usize = 1_000;

/// How many deadlines are met before what they caused is looked through: most of it may concern nobody.
const SOME: usize = 100;

/// Says which of the receivers with a pattern is there for a URL. It must not call the driver.
pub type Router = dyn Fn(&str) -> Option<ReceiverId>;

impl Driver {
    /// Starts a sandbox.
    pub fn new(options: DriverOptions) -> Self {
        let wall = wall_clock();
        let start = options.start(wall);
        let may_post = start.settings.delivery.to == Destination::Network;
        Self(Rc::new(RefCell::new(Live {
            may_post,
            sandbox: Sandbox::new(&start),
            clock: Clock::new(options.clock, options.speed, wall, start.start_at),
            options,
            timer: None,
            notices: Vec::new(),
            listeners: Listeners::default(),
            router: None,
            backlog: None,
            held: VecDeque::new(),
            leisurely: false,
            took: VecDeque::new(),
            before_replay: None,
        })))
    }

    /// Has `router` asked from now on; without one, no pattern matches.
    pub fn route_with(&self, router: impl Fn(&str) -> Option<ReceiverId> + 'static) {
        self.0.borrow_mut().router = Some(Rc::new(router));
    }

    /// The sandbox's time.
    pub fn now(&self) -> Instant {
        let mut live = self.0.borrow_mut();
        let now = live.look();
        live.come_to(now)
    }

    /// The wall's time.
    pub fn wall(&self) -> Instant {
        Instant::from_millis(wall_clock())
    }

    /// How the clock stands.
    pub fn clock(&self) -> ClockState {
        self.with(|live, now| live.clock_state(now))
    }

    /// Sets the clock forward by `by`; see [`Driver::advance_to`].
    pub fn advance(&self, by: Duration) -> Vec<Fired> {
        self.advance_to(self.now().after(by))
    }

    /// Sets the clock forward to `to` and lets everything happen that is due by then, in order.
    /// Listeners hear of it before this returns. An earlier time than now counts as now.
    pub fn advance_to(&self, to: Instant) -> Vec<Fired> {
        let fired = {
            let mut live = self.0.borrow_mut();
            live.clock.advance(wall_clock(), to);
            let now = live.clock.now(wall_clock());
            let fired = live.catch_up(now);
            live.tell_clock(now);
            // Armed for a deadline that has come nearer, or has been met.
            live.timer = None;
            fired
        };
        self.flush();
        self.arm();
        fired
    }

    /// Sets the clock forward to the next deadline, and lets it happen.
    pub fn next(&self) -> Vec<Fired> {
        let next = self.with(|live, _| live.sandbox.poll_timeout());
        next.map(|(at, ..)| self.advance_to(at)).unwrap_or_default()
    }

    /// Stops the clock.
    pub fn pause(&self) {
        self.change_clock(Clock::pause);
    }

    /// Lets the clock run on from where it stands. A manual clock stands all the same.
    pub fn resume(&self) {
        self.change_clock(Clock::resume);
    }

    /// Changes the clock's speed, from now on.
    pub fn set_speed(&self, speed: Speed) {
        self.change_clock(|clock, wall| clock.set_speed(wall, speed));
    }

    /// Catches up with the wall, and does something with the sandbox at that time.
    pub(super) fn with<T>(&self, act: impl FnOnce(&mut Live, Instant) -> T) -> T {
        let (mut live, now) = self.caught_up();
        let done = act(&mut live, now);
        live.collect_rest();
        done
    }

    /// Not in each of the many that are with it.
    #[inline(never)]
    fn caught_up(&self) -> (RefMut<'_, Live>, Instant) {
        let mut live = self.0.borrow_mut();
        let now = live.look();
        if live.leisurely {
            live.catch_up_leisurely(now);
        } else {
            live.catch_up(now);
        }
        let now = live.come_to(now);
        (live, now)
    }

    fn change_clock(&self, change: impl FnOnce(&mut Clock, i64)) {
        self.with(|live, now| {
            change(&mut live.clock, wall_clock());
            live.tell_clock(now);
            live.timer = None;
        });
        self.arm();
    }
}

impl Live {
    /// Looks at the clock, and tells where that made it pause.
    pub(super) fn look(&mut self) -> Instant {
        let before = self.clock.paused();
        let now = self.clock.now(wall_clock());
        if self.clock.paused() != before {
            self.timer = None;
            self.tell_clock(now);
        }
        now
    }

    /// Lets everything happen that is due, and says which deadlines were met.
    pub(super) fn catch_up(&mut self, now: Instant) -> Vec<Fired> {
        let mut fired = Vec::new();
        self.catch_up_some(now, usize::MAX, &mut fired);
        self.take_held(now, usize::MAX, &mut fired);
        fired
    }

    /// The same for the first so many deadlines: whether those were all.
    pub(super) fn catch_up_some(
        &mut self,
        now: Instant,
        count: usize,
        fired: &mut Vec<Fired>,
    ) -> bool {
        let mut left = count;
        if self.sandbox.has_patterns() {
            // Deadline by deadline: what a router says falls into its place.
            while left > 0 && self.is_due(now) {
                self.sandbox.handle_some(now, 1);
                self.collect(fired);
                left -= 1;
            }
        }
        loop {
            let some = left.min(SOME);
            let done = self.sandbox.handle_some(now, some);
            self.collect(fired);
            left -= some;
            if done || left == 0 {
                return done;
            }
        }
    }

    fn is_due(&self, now: Instant) -> bool {
        (self.sandbox.poll_timeout()).is_some_and(|(at, ..)| at <= now)
    }

    #[inline(never)]
    fn collect_rest(&mut self) {
        self.collect(&mut Vec::new());
    }

    pub(super) fn collect(&mut self, fired: &mut Vec<Fired>) {
        while let Some(output) = self.sandbox.poll_output() {
            if self.before_replay.is_some() {
                continue;
            }
            match output {
                Output::Fired(deadline) => fired.push(deadline),
                Output::Deliver(dispatch) if dispatch.to == To::Unrouted => self.route(&dispatch),
                output @ (Output::Exchange(_)
                | Output::Session(..)
                | Output::Notification(_)
                | Output::Delivery(..)
                | Output::Deliver(_)
                | Output::Abandon(..)
                | Output::Answered(_)) => self.keep(Notice::Happened(output)),
            }
        }
    }

    fn route(&mut self, dispatch: &Dispatch) {
        let router = self.router.as_deref();
        let receiver = router.and_then(|router| router(&dispatch.request.url));
        let reception = receiver.map_or(Reception::NoReceiver, Reception::Routed);
        let input = Input::Received(dispatch.run, dispatch.id, reception);
        // It has just been asked for: it is not declined.
        let _ = self.sandbox.handle(self.sandbox.now(), input);
    }

    pub(super) fn note_took(&mut self, exchange: u64, took: f64) {
        if self.took.len() == TOOK {
            self.took.pop_front();
        }
        self.took.push_back((exchange, took));
    }

    pub(super) fn tell_clock(&mut self, now: Instant) {
        let state = self.clock_state(now);
        self.tell(Notice::Clock(state));
    }

    pub(super) fn clock_state(&self, now: Instant) -> ClockState {
        let next = self.sandbox.poll_timeout();
        ClockState {
            horizon: self.sandbox.horizon(),
            other: self.sandbox.other_end(),
            viewing: self.sandbox.repeats_other(),
            late: None,
            now,
            mode: self.clock.mode(),
            paused: self.clock.paused(),
            speed: self.clock.speed(),
            next: next.map(|(at, kind, session)| NextEvent { at, kind, session }),
        }
    }
}

/// Milliseconds since an unknown moment, with the parts of one that the platform gives: to measure how
/// long something takes.
#[allow(clippy::disallowed_methods, reason = "this is the driver")]
pub(super) fn stopwatch() -> f64 {
    PERFORMANCE.with(|performance| {
        performance
            .as_ref()
            .map_or_else(js_sys::Date::now, Performance::now)
    })
}

#[wasm_bindgen]
extern "C" {
    type Performance;
    #[wasm_bindgen(thread_local_v2, js_name = performance)]
    static PERFORMANCE: Option<Performance>;
    #[wasm_bindgen(method)]
    fn now(this: &Performance) -> f64;
}

/// Milliseconds since the Unix epoch, as the machine has it. The only clock that decides anything.
#[allow(clippy::disallowed_methods, reason = "this is the driver")]
#[allow(
    clippy::cast_possible_truncation,
    reason = "dates are whole milliseconds"
)]
pub(super) fn wall_clock() -> i64 {
    js_sys::Date::now() as i64
}
