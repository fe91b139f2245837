//! Refusals: why a request is not done, before anyone thinks of status codes.

use serde_json::Value;

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
    /// The operator declines.
    Engine(engine::Refusal),
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
