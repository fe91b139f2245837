//! Why the operator declines.

use super::device::Identifier;
use super::network::NetworkAct;
use super::operator::ConflictPolicy;
use super::profile::{Profile, ProfileName, ProfileStatus};
use super::registry::{KnownDeviceId, Unidentified};
use super::session::{SessionId, Status};

/// Why the operator does not do what it is asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No profile has that name.
    #[error("no QoS profile is called {0}")]
    ProfileUnknown(ProfileName),
    /// The profile is not for new sessions.
    #[error("the QoS profile {0} is not active")]
    ProfileNotActive(ProfileName, ProfileStatus),
    /// The profile cannot be had for so short or long a time.
    #[error("the QoS profile {} does not allow that duration", .0.name)]
    DurationOutOfRange(Box<Profile>),
    /// None of the identifiers leads to a device.
    #[error("the device is unknown")]
    DeviceUnknown(Unidentified),
    /// The identifiers do not belong to one device: the first leads to a known one, the second to
    /// another, or to none.
    #[error("the identifiers do not belong to one device")]
    DeviceInconsistent(
        (Identifier, KnownDeviceId),
        (Identifier, Option<KnownDeviceId>),
    ),
    /// The network cannot serve that device.
    #[error("{0} cannot be served")]
    DeviceUnsupported(KnownDeviceId),
    /// Another session of the same device is in the way, by the operator's policy.
    #[error("session {0} of the same device is in the way")]
    Conflict(SessionId, ConflictPolicy),
    /// No such session, or no longer.
    #[error("no session has the id {0}")]
    SessionUnknown(SessionId),
    /// The session is not available.
    #[error("session {0} is not available")]
    SessionInactive(SessionId, Status),
    /// The network cannot do that to a session in that state.
    #[error("session {0} is {1:?}: the network cannot {2} it")]
    NotPossible(SessionId, Status, NetworkAct),
    /// The identifier belongs to another device of the registry.
    #[error("the {0:?} belongs to {1}")]
    IdentifierTaken(Identifier, KnownDeviceId),
    /// No such device in the registry.
    #[error("the registry has no {0}")]
    NotRegistered(KnownDeviceId),
}
