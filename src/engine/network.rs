//! What the operator's network does to sessions: as planned from the start, or on the spot.

use core::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What the network is going to do to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkPlan {
    /// What becomes of the request.
    pub answer: NetworkAnswer,
    /// When the network terminates what it granted, if ever.
    pub terminate: Option<Termination>,
}

/// When the network terminates a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Termination {
    /// So long after it was granted.
    After(Duration),
    /// After a share of its duration, as it is when it is granted; at once if that is over by then.
    At(Share),
}

/// A share of a duration, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share(u32);

impl Share {
    /// A share in millionths; nothing if it is more than all.
    pub fn new(millionths: u32) -> Option<Self> {
        (millionths <= 1_000_000).then_some(Self(millionths))
    }

    /// The share in millionths.
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// That much of so many seconds, to the millisecond.
    pub(super) fn of(self, seconds: u64) -> Duration {
        Duration::from_millis(seconds.saturating_mul(self.0.into()) / 1_000)
    }
}

/// What becomes of a request for quality. A delay of zero stands for "at once": the response to
/// the create request tells already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NetworkAnswer {
    /// It is granted after this time.
    Grant(Duration),
    /// It is refused after this time.
    Refuse(Duration),
    /// The network never answers.
    Never,
}

/// Something that the network does on the spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NetworkAct {
    /// Grants what was requested.
    Grant,
    /// Refuses what was requested.
    Refuse,
    /// Takes back what was granted.
    Terminate,
}

/// Granted after two seconds, and kept.
impl Default for NetworkPlan {
    fn default() -> Self {
        Self {
            answer: NetworkAnswer::Grant(Duration::from_secs(2)),
            terminate: None,
        }
    }
}

impl fmt::Display for NetworkAct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Grant => "grant",
            Self::Refuse => "refuse",
            Self::Terminate => "terminate",
        })
    }
}
