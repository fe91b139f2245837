//! Refusals: why a request is not done, before anyone thinks of status codes.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::patch::Patch;
use crate::engine;
use crate::time::Instant;

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The path is none of the API's.
    UnknownRoute {
        /// The path.
        path: String,
    },
    /// The path does not take the method.
    MethodNotAllowed {
        /// The method.
        method: String,
        /// The methods that it takes.
        allow: Vec<&'static str>,
    },
    /// No valid token.
    Unauthenticated(Token),
    /// The token has none of the scopes that would permit the operation.
    ScopeMissing(&'static [&'static str]),
    /// The session belongs to another client.
    NotTheOwner(engine::SessionId),
    /// The client takes no answer in JSON, but this.
    NotAcceptable(String),
    /// There were too many requests.
    TooManyRequests {
        /// Seconds until the next one is answered.
        retry_after: u64,
    },
    /// The body is too large.
    BodyTooLarge {
        /// Bytes allowed.
        limit: usize,
    },
    /// The body is declared to be something else than JSON.
    UnsupportedMediaType(String),
    /// The body is not JSON.
    NotJson {
        /// What the parser says, with line and column.
        why: String,
        /// What may have been meant.
        suggestion: Option<&'static str>,
    },
    /// A parameter or the body breaks its schema, in at least one place.
    Schema(Vec<Offence>),
    /// No profile matches the search.
    ProfilesNotFound,
    /// No profile has that name.
    ProfileNotFound(String),
    /// This identifier of the device stands for a conflict, in the portal's edition.
    TestValue(engine::Identifier),
    /// There is no scenario of that name.
    UnknownScenario {
        /// What was asked for.
        name: String,
        /// What there is.
        names: Vec<&'static str>,
    },
    /// Someone wants the request to fail.
    Injected(Box<Injected>),
    /// The operator declines.
    Engine(engine::Refusal),
}

/// An error that is answered because someone wants it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Injected {
    /// What is answered.
    pub error: InjectedError,
    /// Who wants it: `scenario unavailable`, `a fault`.
    pub by: String,
}

/// What an injected error looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InjectedError {
    /// The operator cannot identify the device.
    DeviceUnknown,
    /// The identifiers belong to different devices.
    DeviceInconsistent,
    /// A status, with the code that belongs to it or another.
    Status(u16, Option<String>),
}

impl InjectedError {
    /// The code that it is given, if it is another than belongs to it.
    pub(super) fn code(&self) -> Option<&str> {
        match self {
            Self::Status(_, code) => code.as_deref(),
            Self::DeviceUnknown | Self::DeviceInconsistent => None,
        }
    }
}

impl Injected {
    /// The error of a scenario of that name, if it stands for one.
    pub fn scenario(name: &str) -> Option<Self> {
        let status = |status| InjectedError::Status(status, None);
        let error = match name {
            "device-unknown" => InjectedError::DeviceUnknown,
            "device-inconsistent" => InjectedError::DeviceInconsistent,
            "not-implemented" => status(501),
            "conflict" => status(409),
            "unauthenticated" => status(401),
            "permission-denied" => status(403),
            "too-many-requests" => status(429),
            "internal-error" => status(500),
            "unavailable" => status(503),
            _ => return None,
        };
        let by = format!("scenario {name}");
        Some(Self { error, by })
    }

    /// The connection fails: there is no answer, whatever this says.
    pub fn lost() -> Self {
        Self {
            error: InjectedError::Status(503, None),
            by: "a fault of the network".to_owned(),
        }
    }

    /// Whether only a request for a session can run into it.
    pub const fn is_about_devices(&self) -> bool {
        match self.error {
            InjectedError::DeviceUnknown | InjectedError::DeviceInconsistent => true,
            InjectedError::Status(status, _) => matches!(status, 409 | 501),
        }
    }
}

/// What is wrong with a request's authorization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// No `Authorization` header.
    Missing,
    /// Not of the form `Bearer <token>`.
    Malformed,
    /// A token that was never issued.
    Unknown,
    /// A token that was valid until then.
    Expired(Instant),
}

/// A breach of a schema, at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Offence {
    /// What kind.
    pub breach: Breach,
    /// What breaks the rule, in words: a member, or a parameter.
    pub subject: String,
    /// The member, dotted: `devicePorts.ranges[0].from`.
    pub path: String,
    /// The member, as a JSON pointer (RFC 6901) into the body; empty for a parameter.
    pub pointer: String,
    /// The rule that is broken.
    pub rule: String,
    /// The value that breaks it, if there is one.
    pub seen: Option<Value>,
    /// The section of the specification.
    pub reference: &'static str,
    /// What to do instead, where that can be worked out.
    pub suggestion: Option<String>,
    /// The same for a program, where it can be done.
    pub patch: Vec<Patch>,
}

/// Kinds of breaches, as far as the specification tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breach {
    /// A required member is absent.
    Missing,
    /// An object has none of the members of which it needs one.
    Insufficient,
    /// A port outside 0 to 65535.
    PortValue,
    /// A range of ports that is none.
    PortRanges,
    /// No breach: a member that no schema has.
    Ignored,
    /// Anything else.
    Other,
}

impl From<engine::Refusal> for Refusal {
    fn from(refusal: engine::Refusal) -> Self {
        Self::Engine(refusal)
    }
}

impl From<Offence> for Refusal {
    fn from(offence: Offence) -> Self {
        Self::Schema(vec![offence])
    }
}
