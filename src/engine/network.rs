//! What the operator's network does to sessions: as planned from the start, or on the spot.

use core::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What the network is going to do to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkPlan {
    /// What becomes of the request.
    pub answer: NetworkAnswer,
    /// How long after granting it the network terminates the session, if ever.
    pub terminate_after: Option<Duration>,
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
            terminate_after: None,
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
