//! A storm of deadlines in slices, so that the page goes on in between.

use super::live::{Driver, Live, stopwatch, wall_clock};
use super::state::Notice;
use crate::sandbox::{Fired, Output};
use crate::time::Instant;

/// How many deadlines the first slice has. All that they cause is told after it.
const FIRST: usize = 100;

/// How many milliseconds there are from one slice to the next, about: with what listeners, handlers
/// and the page do in between. Browsers call a task long from 50 on.
const ROUND: f64 = 20.0;

/// How many deadlines a slice can have.
const LEAST: usize = 10;
const MOST: usize = 10_000;

/// How many deadlines a delivery counts for: its receiver makes a request and a response of it.
const DELIVERY: usize = 20;

/// After how many deadlines the deliveries among them are counted.
const COUNTED: usize = 50;

/// A part of what is due.
#[derive(Clone, Copy)]
pub(super) struct Slice {
    count: usize,
    /// When it was begun, on the stopwatch.
    begun: f64,
}

impl Slice {
    /// The next part, as long as the last one lets expect.
    fn after(last: Option<Self>) -> Self {
        let begun = stopwatch();
        let count = last.map_or(FIRST, |last| {
            let round = (begun - last.begun).max(1.0);
            // At most twice as many, for a round may have been short by chance.
            let factor = (ROUND / round).min(2.0);
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_precision_loss,
                clippy::cast_sign_loss,
                reason = "a few thousand"
            )]
            let count = (last.count as f64 * factor) as usize;
            count.clamp(LEAST, MOST)
        });
        Self { count, begun }
    }
}

impl Driver {
    /// Looks at the sandbox as far as it has come, while a storm of deadlines is worked off in
    /// slices. Whoever looks without this, or does something, has the rest of it happen at once.
    pub fn leisurely<T>(&self, look: impl FnOnce(&Self) -> T) -> T {
        let before = std::mem::replace(&mut self.0.borrow_mut().leisurely, true);
        let seen = look(self);
        self.0.borrow_mut().leisurely = before;
        seen
    }

    /// Sets the clock forward towards `to`, to the next deadline, and lets a slice of what is due
    /// then happen: what was met, and whether that was all until `to`. Listeners hear of it before
    /// this returns.
    pub fn advance_some(&self, to: Instant) -> (Vec<Fired>, bool) {
        let mut fired = Vec::new();
        let done = {
            let mut live = self.0.borrow_mut();
            let done = live.advance_some(to, &mut fired);
            let now = live.sandbox.now();
            live.tell_clock(now);
            live.timer = None;
            done
        };
        self.flush();
        self.arm();
        (fired, done)
    }
}

impl Live {
    /// Lets the next slice of what is due happen, and then of what came in meanwhile.
    pub(super) fn catch_up_slice(&mut self, now: Instant) {
        let slice = Slice::after(self.backlog);
        self.backlog = Some(slice);
        let mut fired = Vec::new();
        if self.do_slice(now, slice.count, &mut fired) {
            self.take_held(now, slice.count, &mut fired);
        }
    }

    /// So much of what is due, or less where much of it is delivered; whether that was all.
    fn do_slice(&mut self, now: Instant, count: usize, fired: &mut Vec<Fired>) -> bool {
        let mut left = count;
        while left > 0 {
            let told = self.notices.len();
            if self.catch_up_some(now, left.min(COUNTED), fired) {
                return true;
            }
            let is_delivery =
                |notice: &&Notice| matches!(notice, Notice::Happened(Output::Deliver(_)));
            let delivered = self.notices.iter().skip(told).filter(is_delivery).count();
            left = left.saturating_sub(COUNTED + delivered * DELIVERY);
        }
        false
    }

    /// Begins with what is due; the timer, which is due too, goes on.
    pub(super) fn catch_up_leisurely(&mut self, now: Instant) {
        if self.backlog.is_none() {
            self.catch_up_slice(now);
        }
    }

    /// How far the sandbox has come, for who looks at it leisurely; for anybody else it is `now`.
    pub(super) fn come_to(&self, now: Instant) -> Instant {
        if self.leisurely && self.backlog.is_some() {
            self.sandbox.now()
        } else {
            now
        }
    }

    /// What came in from outside meanwhile comes after what was due before: so much of it now. The
    /// backlog ends with it.
    pub(super) fn take_held(&mut self, now: Instant, count: usize, fired: &mut Vec<Fired>) {
        for _ in 0..count {
            let Some(input) = self.held.pop_front() else {
                break;
            };
            // What is of no interest any more is dropped, not declined.
            let _ = self.sandbox.handle(now, input);
        }
        self.collect(fired);
        if self.held.is_empty() {
            self.backlog = None;
        }
    }

    fn advance_some(&mut self, to: Instant, fired: &mut Vec<Fired>) -> bool {
        let slice = Slice::after(self.backlog);
        let due = self.sandbox.poll_timeout().map(|(at, ..)| at);
        let due = due.filter(|at| *at <= to);
        // What came in belongs to the moment that the sandbox has come to.
        if self.held.is_empty() {
            self.clock.advance(wall_clock(), due.unwrap_or(to));
        }
        let now = self.look();
        self.backlog = Some(slice);
        let done = self.do_slice(now, slice.count, fired);
        if done {
            self.take_held(now, slice.count, fired);
        }
        done && due.is_none() && self.backlog.is_none()
    }
}
