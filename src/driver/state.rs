//! How a live sandbox starts, how its clock stands, and what its listeners hear.

use std::time::Duration;

use super::clock::{ClockMode, Paused, Speed};
use crate::engine::SessionId;
use crate::sandbox::{Deadline, Options, Output, Run, Settings};
use crate::time::Instant;

/// How a sandbox starts, with its clock.
#[derive(Clone, Debug)]
pub struct DriverOptions {
    /// All identifiers and all chance come from it.
    pub seed: u64,
    /// The sandbox's time at the start; the wall's if not given.
    pub start_at: Option<Instant>,
    /// What moves the clock.
    pub clock: ClockMode,
    /// How fast.
    pub speed: Speed,
    /// The settings at the start.
    pub settings: Settings,
}

/// Something that listeners hear.
#[derive(Clone, Debug)]
pub enum Notice {
    /// Something happened in the sandbox.
    Happened(Output),
    /// A setting changed, or a receiver or a fault came or went.
    Settings,
    /// The history broke off: what was under way is of no interest any more, and another run goes on.
    Broken(Run),
    /// The clock was paused, resumed, advanced, changed or set back to the start.
    Clock(ClockState),
}

/// How the clock stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockState {
    /// The sandbox's time.
    pub now: Instant,
    /// What moves it.
    pub mode: ClockMode,
    /// Whether it is paused.
    pub paused: Paused,
    /// How fast it runs.
    pub speed: Speed,
    /// What happens next by itself.
    pub next: Option<NextEvent>,
    /// The oldest moment to which time can be set back.
    pub horizon: Instant,
    /// The moment at which the branch ends that can be returned to, if time was set back.
    pub other: Option<Instant>,
    /// Whether this is an earlier moment of that branch, with nothing done since.
    pub viewing: bool,
    /// How much later on the wall than due something happened just now, where that is worth telling.
    pub late: Option<Duration>,
}

/// What happens next by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextEvent {
    /// When.
    pub at: Instant,
    /// What.
    pub kind: Deadline,
    /// To which session, if to one.
    pub session: Option<SessionId>,
}

impl DriverOptions {
    pub(super) fn start(&self, wall: i64) -> Options {
        Options {
            seed: self.seed,
            start_at: self.start_at.unwrap_or(Instant::from_millis(wall)),
            settings: self.settings.clone(),
        }
    }
}
