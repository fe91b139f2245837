//! The two editions of v0.10 that the sandbox speaks, and all that tells them apart.
//!
//! | | `camara` | `telefonica` |
//! | --- | --- | --- |
//! | code of a refused token | UNAUTHENTICATED | UNAUTHORIZED |
//! | code of a missing scope, of another client's session | PERMISSION_DENIED | FORBIDDEN |
//! | code of 503 | UNAVAILABLE | SERVICE_UNAVAILABLE |
//! | code of a breach of the schema | INVALID_ARGUMENT | INVALID_INPUT, but for create and extend |
//! | a profile in an answer | `QosProfile` | its name |
//! | profiles in answers | all | QOS_E, QOS_S, QOS_M, QOS_L |
//! | scopes | one for each kind of access, or the portal's | the portal's, or `qod` |
//! | a device identifier that ends in 9 | a device like any other | a conflict |

use serde::{Deserialize, Serialize};

use super::refusal::{InjectedError, Refusal};
use super::render::qos_profile;
use super::route::{Access, Operation};
use super::wire;
use crate::engine::{Device, Identifier, PhoneNumber, Profile};

/// Whose edition of the API is served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// CAMARA QoD v0.10.1.
    #[default]
    Camara,
    /// The edition of the Telefónica Open Gateway portal.
    Telefonica,
}

/// The portal's scope, which covers every operation.
const PORTAL_SCOPE: &str = "dpv:RequestedServiceProvision#qod";

/// The profiles that the portal's edition enumerates.
const PORTAL_PROFILES: [&str; 4] = ["QOS_E", "QOS_S", "QOS_M", "QOS_L"];

impl Dialect {
    /// The scopes any of which permits `access`; none where every valid token does.
    pub const fn scopes(self, access: Access) -> &'static [&'static str] {
        match (self, access) {
            (Self::Camara, Access::Write) => &["qod-sessions-write", PORTAL_SCOPE],
            (Self::Camara, Access::Read) => &["qod-sessions-read", PORTAL_SCOPE],
            (Self::Camara, Access::Delete) => &["qod-sessions-delete", PORTAL_SCOPE],
            (Self::Camara, Access::Profiles) => &[],
            (Self::Telefonica, _) => &[PORTAL_SCOPE, "qod"],
        }
    }

    /// The code of a refusal, where it is not that of the table of errors.
    pub(super) fn code(
        self,
        operation: Option<Operation>,
        refusal: &Refusal,
    ) -> Option<&'static str> {
        if matches!(self, Self::Camara) {
            return None;
        }
        match (operation, refusal) {
            (_, Refusal::Unauthenticated(_)) => Some("UNAUTHORIZED"),
            (_, Refusal::ScopeMissing(_) | Refusal::NotTheOwner(_)) => Some("FORBIDDEN"),
            (_, Refusal::Injected(injected)) => match injected.error {
                InjectedError::Status(401, _) => Some("UNAUTHORIZED"),
                InjectedError::Status(403, _) => Some("FORBIDDEN"),
                InjectedError::Status(503, _) => Some("SERVICE_UNAVAILABLE"),
                InjectedError::Status(..)
                | InjectedError::DeviceUnknown
                | InjectedError::DeviceInconsistent => None,
            },
            // Create and extend have a 400 of their own; the others share one.
            (Some(Operation::CreateSession | Operation::ExtendQosSessionDuration), _) => None,
            (_, Refusal::Schema(_)) => Some("INVALID_INPUT"),
            _ => None,
        }
    }

    /// A profile as answers show it; nothing where they hide it.
    pub fn profile(self, profile: &Profile) -> Option<wire::ProfileBody> {
        match self {
            Self::Camara => Some(wire::ProfileBody::Described(Box::new(qos_profile(profile)))),
            Self::Telefonica => PORTAL_PROFILES
                .contains(&profile.name.as_str())
                .then(|| wire::ProfileBody::Named(profile.name.to_string())),
        }
    }

    /// Looks for an identifier that stands for an outcome, in the order phone number, network
    /// access identifier, IPv4, IPv6.
    ///
    /// # Errors
    /// In the portal's edition, one that ends in 9 is a conflict.
    pub fn test_value(self, device: &Device) -> Result<(), Refusal> {
        if self == Self::Camara {
            return Ok(());
        }
        let last = |text: &str| text.chars().next_back();
        let identifiers = [
            (
                Identifier::PhoneNumber,
                (device.phone_number.as_ref()).and_then(|number| last(PhoneNumber::as_str(number))),
            ),
            (
                Identifier::NetworkAccessIdentifier,
                (device.network_access_identifier.as_ref())
                    .and_then(|nai| last(nai.split('@').next()?)),
            ),
            (
                Identifier::Ipv4Address,
                (device.ipv4_address.as_ref())
                    .and_then(|ipv4| last(&ipv4.public_address.to_string())),
            ),
            (
                Identifier::Ipv6Address,
                (device.ipv6_address.as_ref()).and_then(|ipv6| last(&ipv6.to_string())),
            ),
        ];
        match identifiers.iter().find(|(_, last)| *last == Some('9')) {
            Some((identifier, _)) => Err(Refusal::TestValue(*identifier)),
            None => Ok(()),
        }
    }
}
