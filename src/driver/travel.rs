//! Breaks in the history of a live sandbox: back to the start, to an earlier moment, and to the other branch.

use super::clock::Clock;
use super::live::{Driver, Live, wall_clock};
use super::state::Notice;
use crate::sandbox::{Destination, NoWayBack, Sandbox};
use crate::time::Instant;

/// A sandbox and its clock at one moment.
pub struct Mark {
    sandbox: Sandbox,
    clock: Clock,
    may_post: bool,
}

impl Driver {
    /// Back to the start with the same options; listeners stay.
    pub fn reset(&self) {
        // What has happened until now is told first.
        self.with(|_, _| ());
        self.flush();
        {
            let mut live = self.0.borrow_mut();
            let wall = wall_clock();
            let start = live.options.start(wall);
            let options = live.options.clone();
            live.sandbox.reset(&start);
            live.may_post = live.posts();
            live.clock = Clock::new(options.clock, options.speed, wall, start.start_at);
            live.notices.clear();
            live.tell_break();
            live.tell_clock(start.start_at);
        }
        self.arm();
    }

    /// Sets the clock back to an earlier moment, at which everything is as it was, and stops it.
    ///
    /// # Errors
    /// The moment lies ahead, or before the oldest that is kept.
    pub fn rewind(&self, to: Instant) -> Result<(), NoWayBack> {
        self.travel(|sandbox| sandbox.rewind(to))
    }

    /// Goes to the end of the branch that was left when time was set back, and stops the clock.
    ///
    /// # Errors
    /// There is none.
    pub fn return_to_other(&self) -> Result<(), NoWayBack> {
        self.travel(Sandbox::return_to_other)
    }

    /// This sandbox as it is now, to come back to it with [`Driver::undo`].
    pub fn mark(&self) -> Mark {
        self.with(|live, _| Mark {
            sandbox: live.sandbox.clone(),
            clock: live.clock.clone(),
            may_post: live.may_post,
        })
    }

    /// Everything is as it was at a mark. A clock that ran then goes on from there.
    pub fn undo(&self, mark: &Mark) {
        // What has happened until now is told first.
        self.with(|_, _| ());
        self.flush();
        {
            let mut live = self.0.borrow_mut();
            let mut sandbox = mark.sandbox.clone();
            sandbox.in_the_run_after(&live.sandbox);
            let receivers = live.sandbox.all_receivers().clone();
            let now = sandbox.now();
            if receivers != *sandbox.all_receivers() {
                let receivers = receivers.counted_as(sandbox.all_receivers());
                sandbox.keep_receivers(now, receivers);
            }
            live.sandbox = sandbox;
            live.may_post = mark.may_post;
            live.clock = mark.clock.clone();
            let (speed, paused) = (live.clock.speed(), !live.clock.runs());
            live.clock.restore(wall_clock(), now, speed, paused);
            live.timer = None;
            live.tell_break();
            live.tell_clock(now);
        }
        self.wake();
    }

    fn travel(
        &self,
        act: impl FnOnce(&mut Sandbox) -> Result<(), NoWayBack>,
    ) -> Result<(), NoWayBack> {
        // What has happened until now is told first.
        self.with(|_, _| ());
        self.flush();
        {
            let mut live = self.0.borrow_mut();
            act(&mut live.sandbox)?;
            // What came back may be of a run that was opened.
            live.stay_in_the_page();
            let now = live.sandbox.now();
            live.clock.set(wall_clock(), now);
            live.timer = None;
            live.tell_break();
            live.tell_clock(now);
        }
        self.flush();
        Ok(())
    }
}

impl Live {
    pub(super) fn tell_break(&mut self) {
        let run = self.sandbox.run();
        self.tell(Notice::Broken(run));
    }

    /// Whether notifications leave the page as it is now.
    pub(super) fn posts(&self) -> bool {
        self.sandbox.settings().delivery.to == Destination::Network
    }

    /// Switches real POSTs off where nobody here has agreed to them.
    pub(super) fn stay_in_the_page(&mut self) {
        if !self.may_post {
            self.sandbox.stay_in_the_page();
        }
    }
}
