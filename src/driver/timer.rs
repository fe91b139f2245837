//! The one timer: armed for the earliest deadline, and late where a page slept.

use std::rc::Rc;
use std::time::Duration;

use gloo_timers::callback::Timeout;

use super::live::{Driver, Live};
use super::state::{ClockState, Notice};
use crate::time::Instant;

/// From when on it is told that something happened late. Timers of hidden pages are that late.
const LATE: Duration = Duration::from_secs(1);

impl Driver {
    /// Arms the timer for the earliest deadline, unless it is already.
    pub(super) fn arm(&self) {
        let mut live = self.0.borrow_mut();
        let deadline = if live.backlog.is_some() {
            // The rest of what is due, or of what came in.
            Some(live.sandbox.now())
        } else {
            live.sandbox.poll_timeout().map(|(at, ..)| at)
        };
        let Some(deadline) = deadline else {
            live.timer = None;
            return;
        };
        if (live.timer.as_ref()).is_some_and(|(armed_for, _)| *armed_for == deadline) {
            return;
        }
        live.timer = live.clock.delay(deadline).map(|delay| {
            let weak = Rc::downgrade(&self.0);
            let wake = move || {
                if let Some(live) = weak.upgrade() {
                    Self(live).wake();
                }
            };
            (deadline, Timeout::new(delay, wake))
        });
    }

    /// Catches up with the wall, in slices if much is due, and goes on from there: when the timer fires, and when a page is
    /// shown again whose timers had slept.
    pub fn wake(&self) {
        {
            let mut live = self.0.borrow_mut();
            live.timer = None;
            let goes_on = live.backlog.is_some();
            let due = live.sandbox.poll_timeout().map(|(at, ..)| at);
            let now = live.look();
            let late = due.and_then(|due| live.lateness(due, now));
            let late = late.filter(|_| !goes_on);
            live.catch_up_slice(now);
            if late.is_some() {
                let state = live.clock_state(now);
                live.tell(Notice::Clock(ClockState { late, ..state }));
            }
        }
        self.flush();
        self.arm();
    }
}

impl Live {
    /// How much later on the wall than it was due something happens now, from a second on.
    fn lateness(&self, due: Instant, now: Instant) -> Option<Duration> {
        let late = now.since(due) / self.clock.speed().factor();
        (late >= LATE).then_some(late)
    }
}
