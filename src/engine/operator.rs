//! What differs from operator to operator, within what the specification allows.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::device::Identifier;
use super::profile::Catalogue;

/// An operator's rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// The profiles on offer.
    pub profiles: Catalogue,
    /// The identifiers by which it can find a device; others are not looked at.
    pub identifiers: Vec<Identifier>,
    /// Whether it serves devices that are not in its registry.
    pub registry: RegistryMode,
    /// Which sessions of a device are in each other's way.
    pub conflicts: ConflictPolicy,
    /// How long it keeps a session that the network refused or terminated.
    pub retention: Retention,
}

/// Whether devices outside the registry are served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegistryMode {
    /// They are, under the identifiers that a client gives.
    #[default]
    Open,
    /// They are unknown.
    Closed,
}

/// Which sessions of a device are in each other's way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConflictPolicy {
    /// Those with overlapping flows.
    #[default]
    Flow,
    /// All: a device has one session.
    Strict,
}

/// How long a session that the network refused or terminated is kept for clients that poll: at
/// least 360 s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention(Duration);

impl Retention {
    /// A retention; nothing if it is shorter than the specification promises.
    pub fn new(duration: Duration) -> Option<Self> {
        (duration >= Self::default().0).then_some(Self(duration))
    }

    /// How long.
    pub const fn duration(self) -> Duration {
        self.0
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self(Duration::from_secs(360))
    }
}

/// An operator that takes every identifier, and serves every device.
impl Default for Operator {
    fn default() -> Self {
        Self {
            profiles: Catalogue::default(),
            identifiers: Identifier::ALL.to_vec(),
            registry: RegistryMode::default(),
            conflicts: ConflictPolicy::default(),
            retention: Retention::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_kept_for_360_seconds_at_least() {
        let retention = |seconds| Retention::new(Duration::from_secs(seconds));
        assert_eq!(retention(359), None);
        assert_eq!(retention(360), Some(Retention::default()));
        assert_eq!(retention(361).unwrap().duration().as_secs(), 361);
    }
}
