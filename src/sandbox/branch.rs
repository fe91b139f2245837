//! Time backwards: any earlier moment that the journal reaches, and on from there.

use std::mem;

use super::delivery::{DeliveryPolicy, Destination, Run};
use super::journal::Journal;
use super::{Sandbox, Setting, State};
use crate::time::Instant;

/// A stretch of history that can be returned to.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    state: State,
    journal: Journal,
}

/// Why time cannot be set back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoWayBack {
    /// It has not come yet.
    #[error("{0} lies ahead: the sandbox's time is {1}")]
    Ahead(Instant, Instant),
    /// It is too long ago.
    #[error("{0} lies before {1}, the oldest moment that is kept")]
    TooLongAgo(Instant, Instant),
    /// No other branch is kept.
    #[error("there is nothing to return to: time was not set back")]
    NoOther,
}

impl Sandbox {
    /// Everything is as it was at an earlier moment, in a branch of its own: what is still under way
    /// is dropped when it comes. Receivers stay. The branch that is left is kept, unless it only
    /// repeats the one that is kept already.
    ///
    /// # Errors
    /// The moment lies ahead, or before [`Sandbox::horizon`].
    pub fn rewind(&mut self, moment: Instant) -> Result<(), NoWayBack> {
        if moment > self.state.now {
            return Err(NoWayBack::Ahead(moment, self.state.now));
        }
        let too_long_ago = NoWayBack::TooLongAgo(moment, self.horizon());
        let journal = self.journal.until(moment).ok_or(too_long_ago)?;
        let Some(last) = journal.last() else {
            return Err(too_long_ago);
        };
        let mut past = Self::from(last.start.resumed());
        for entry in &last.entries {
            past.play(entry.at, entry.input());
        }
        past.handle_timeout(moment);
        self.leave_for(Branch {
            state: past.state,
            journal,
        });
        Ok(())
    }

    /// Everything is as it was when time was set back; what has happened since can be returned to.
    ///
    /// # Errors
    /// Time was not set back.
    pub fn return_to_other(&mut self) -> Result<(), NoWayBack> {
        let other = self.other.take().ok_or(NoWayBack::NoOther)?;
        self.leave_for(*other);
        // It is the beginning of no other.
        self.touched = true;
        Ok(())
    }

    /// The oldest moment to which time can be set back.
    pub fn horizon(&self) -> Instant {
        self.journal
            .start()
            .map_or(self.state.now, |start| start.now)
    }

    /// The moment at which the other branch ends, if one is kept.
    pub fn other_end(&self) -> Option<Instant> {
        self.other.as_ref().map(|other| other.state.now)
    }

    /// Whether this is the other branch at an earlier moment, with nothing done since.
    pub const fn repeats_other(&self) -> bool {
        self.other.is_some() && !self.touched
    }

    /// The run that this is.
    pub const fn run(&self) -> Run {
        self.state.run
    }

    /// Makes this the run after that of a sandbox in whose place it steps: what is under way there
    /// is of no interest here.
    pub fn in_the_run_after(&mut self, other: &Self) {
        self.state.run = other.state.run.next();
    }

    /// Switches real POSTs off from now on, which is no step away from what is looked at.
    pub fn stay_in_the_page(&mut self) {
        let delivery = self.state.settings.delivery;
        if delivery.to == Destination::Network {
            let touched = self.touched;
            let to = Destination::Receivers;
            let policy = DeliveryPolicy { to, ..delivery };
            self.configure(self.state.now, Setting::Delivery(policy));
            self.touched = touched;
        }
    }

    fn leave_for(&mut self, branch: Branch) {
        let run = self.state.run.next();
        let receivers = self.state.receivers.clone();
        let left = Branch {
            state: mem::replace(&mut self.state, branch.state),
            journal: mem::replace(&mut self.journal, branch.journal),
        };
        if mem::take(&mut self.touched) {
            self.other = Some(Box::new(left));
        }
        self.state.run = run;
        self.outputs.clear();
        let receivers = receivers.counted_as(&self.state.receivers);
        if receivers != self.state.receivers {
            self.keep_receivers(self.state.now, receivers);
        }
        self.touched = false;
    }
}
