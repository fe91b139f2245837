//! The two editions of v0.10 that the sandbox speaks, and all that tells them apart.

use serde::{Deserialize, Serialize};

use super::route::Access;

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
}
