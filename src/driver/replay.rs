//! Playing a run again in a live sandbox, with nobody listening, and nothing leaving it.

use super::clock::{Clock, ClockMode, Speed};
use super::live::{Driver, wall_clock};
use crate::sandbox::{DeliveryId, Input, Options, Receivers, Reception, Sandbox, Unreadable};
use crate::time::Instant;

/// What a sandbox was before a replay began.
pub(super) struct Before {
    sandbox: Sandbox,
    clock: Clock,
}

impl Driver {
    /// Whether something was done here that another run would take the place of.
    pub fn is_touched(&self) -> bool {
        self.with(|live, now| {
            let fresh = Sandbox::new(&live.options.start(now.as_millis()));
            live.sandbox.has_more_than(&fresh)
        })
    }

    /// Begins a replay in a sandbox with these options, or, from a snapshot, in the middle of a run.
    ///
    /// # Errors
    /// The snapshot cannot be read: nothing has changed.
    pub fn begin_replay(&self, options: &Options, start: Option<&str>) -> Result<(), Unreadable> {
        // What has happened until now is told first.
        self.with(|_, _| ());
        self.flush();
        let mut sandbox = Sandbox::new(options);
        if let Some(start) = start {
            sandbox.restore::<()>(start)?;
        }
        let mut live = self.0.borrow_mut();
        live.timer = None;
        let at = sandbox.now();
        let clock = Clock::new(ClockMode::Manual, Speed::REAL, wall_clock(), at);
        sandbox.in_the_run_after(&live.sandbox);
        let before = Before {
            sandbox: std::mem::replace(&mut live.sandbox, sandbox),
            clock: std::mem::replace(&mut live.clock, clock),
        };
        live.before_replay = Some(Box::new(before));
        Ok(())
    }

    /// Lets time pass until the next input of the run.
    pub fn replay_to(&self, at: Instant) {
        self.with(|live, _| {
            live.clock.advance(wall_clock(), at);
            live.sandbox.handle_timeout(at);
        });
    }

    /// What came of a delivery, in the run.
    pub fn replay_received(&self, id: DeliveryId, reception: Reception) {
        self.with(|live, now| {
            let run = live.sandbox.run();
            // One that the run does not have is dropped.
            let _ = live
                .sandbox
                .handle(now, Input::Received(run, id, reception));
        });
    }

    /// Exactly these receivers are there, in the run.
    pub fn replay_receivers(&self, receivers: Receivers) {
        self.with(|live, now| live.sandbox.keep_receivers(now, receivers));
    }

    /// Ends a replay: this is the sandbox now, with the receivers that were there before, if any. A clock
    /// that runs goes on from the end of the run. Real POSTs are off, whatever the run says and whatever
    /// was before: its webhooks are those of whoever made it.
    pub fn end_replay(&self) {
        self.finish(|live, before| {
            let now = live.sandbox.now();
            let (speed, paused) = (before.clock.speed(), !before.clock.runs());
            live.clock = before.clock;
            let stands = paused && live.clock.mode() == ClockMode::Real;
            live.clock.restore(wall_clock(), now, speed, stands);
            let receivers = before.sandbox.all_receivers();
            if !receivers.is_empty() {
                let receivers = receivers.counted_as(live.sandbox.all_receivers());
                live.sandbox.keep_receivers(now, receivers);
            }
            live.may_post = false;
            live.stay_in_the_page();
            while live.sandbox.poll_output().is_some() {}
            live.tell_break();
        });
    }

    /// Ends a replay that cannot be: the sandbox is what it was.
    pub fn abort_replay(&self) {
        self.finish(|live, before| {
            live.sandbox = before.sandbox;
            live.clock = before.clock;
        });
    }

    fn finish(&self, finish: impl FnOnce(&mut super::live::Live, Before)) {
        {
            let mut live = self.0.borrow_mut();
            let Some(before) = live.before_replay.take() else {
                return;
            };
            while live.sandbox.poll_output().is_some() {}
            finish(&mut live, *before);
            let now = live.sandbox.now();
            live.tell_clock(now);
        }
        self.wake();
    }
}
