//! Explanations: what a refusal means for people. They never enter the specification's body.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::hint;
use super::parse::{self, Parsed};
use super::patch::Patch;
use super::refusal::{Offence, Refusal, Token};
use super::route::{Operation, Route};
use super::secret::masked_value;
use super::value::value_text;
use crate::engine::{self, Catalogue, ConflictPolicy, Identifier, Unidentified};
use crate::http::Request;

/// One thing that is wrong with a request, and what to do about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// The offending member of the body (RFC 6901), empty for the request as a whole.
    pub pointer: String,
    /// The rule.
    pub rule: String,
    /// What breaks it.
    #[serde(with = "as_text")]
    pub seen: Option<Value>,
    /// Where the rule stands.
    pub reference: String,
    /// What to do instead.
    pub suggestion: Option<String>,
    /// The same for a program. It is not kept in snapshots.
    #[serde(skip)]
    pub patch: Vec<Patch>,
}

/// An explanation as the records show it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplanationRecord {
    /// The offending member of the body (RFC 6901), empty for the request as a whole.
    pub pointer: String,
    /// The rule.
    pub rule: String,
    /// What breaks it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Value>,
    /// Where the rule stands.
    pub reference: String,
    /// What to do instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// The same as a JSON Patch (RFC 6902) of the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub patch: Vec<Patch>,
}

impl From<&Explanation> for ExplanationRecord {
    fn from(explanation: &Explanation) -> Self {
        let Explanation {
            pointer,
            rule,
            seen,
            reference,
            suggestion,
            patch,
        } = explanation.clone();
        Self {
            pointer,
            rule,
            seen,
            reference,
            suggestion,
            patch,
        }
    }
}

/// A JSON value as its text: formats that do not describe themselves have no other place for it.
mod as_text {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};
    use serde_json::Value;

    use super::value_text;

    #[allow(clippy::ref_option, reason = "the shape that serde asks for")]
    pub(super) fn serialize<S: Serializer>(
        value: &Option<Value>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let text = value.as_ref().map(value_text);
        text.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Value>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }
}

/// Everything that is wrong with the request, in order; `catalogue` has the profiles on offer.
#[rustfmt::skip]
pub(crate) fn explanations(refusal: &Refusal, catalogue: &Catalogue) -> Vec<Explanation> {
    use engine::Refusal as Engine;
    const GUIDELINE: &str = "CAMARA API design guidelines 0.2.0, error responses";
    let one = |pointer: &str, rule: String, reference: &str, suggestion: Option<&str>| vec![Explanation {
        pointer: pointer.to_owned(),
        rule,
        seen: None,
        reference: reference.to_owned(),
        suggestion: suggestion.map(str::to_owned),
        patch: Vec::new(),
    }];
    match refusal {
        Refusal::UnknownRoute { path } => one("", format!("{path} is no resource of QoD v0"), "#/paths",
            Some("the API's resources are /qod/v0/sessions and /qod/v0/qos-profiles, after any origin and prefix")),
        Refusal::MethodNotAllowed { method, allow } => one("", format!("{method} is not defined here, only {}", allow.join(", ")), "#/paths", None),
        Refusal::Unauthenticated(token) => one("", token_rule(*token), "#/security",
            Some("send the header `Authorization: Bearer mock_sandbox_access_token`, or a token from {apiRoot}/token")),
        Refusal::ScopeMissing(scopes) => one("", format!("the access token needs the scope {}", scopes.join(" or ")), "#/components/securitySchemes",
            Some("ask for a token with that scope; one of client credentials without any scope may do all")),
        Refusal::NotAcceptable(accept) => one("", format!("answers are application/json, which `Accept: {accept}` excludes"), GUIDELINE,
            Some("send `Accept: application/json`, or none")),
        Refusal::TooManyRequests { retry_after } => one("", format!("the next request is answered in {retry_after} s"), GUIDELINE, None),
        Refusal::NotTheOwner(id) => one("", format!("session {id} was created by another client"), "#/components/responses/Generic403", None),
        Refusal::BodyTooLarge { limit } => one("", format!("a body may have {limit} bytes at the most"), GUIDELINE, None),
        Refusal::UnsupportedMediaType(seen) => one("", format!("a body must be application/json, not {seen}"), GUIDELINE, None),
        Refusal::NotJson { why, suggestion } => one("", format!("the body must be JSON: {why}"), "#/components/responses/Generic400", *suggestion),
        Refusal::Schema(offences) => offences.iter().map(Explanation::from).collect(),
        Refusal::TestValue(identifier) => one("/device", format!("injected: in the telefonica dialect, {} that ends in 9 is a conflict", member(*identifier)),
            "the portal's mock rules", Some("use another last character")),
        Refusal::UnknownScenario { names, .. } => one("", "the header x-qod-scenario names a scenario of the catalogue".to_owned(), "",
            Some(&format!("one of {}", names.join(", ")))),
        Refusal::Injected(injected) => one("", format!("injected: {} wants it", injected.by), "", None),
        Refusal::ProfilesNotFound => one("", "an empty search is answered by 404".to_owned(), "#/components/responses/QosProfilesNotFound404", None),
        Refusal::ProfileNotFound(name) => one("", format!("no profile is called {name}"), "#/components/responses/QosProfileNotFound404",
            Some("GET /qos-profiles lists the names")),
        Refusal::Engine(refusal @ (Engine::ProfileUnknown(name) | Engine::ProfileNotActive(name, _))) =>
        {
            let suggestion = hint::profile(name, catalogue);
            let mut explained = one("/qosProfile", refusal.to_string(), "#/components/schemas/QosProfileName", Some(&suggestion));
            explained.iter_mut().for_each(|one| one.patch = hint::profile_patch(&suggestion));
            explained
        }
        Refusal::Engine(Engine::DurationOutOfRange(profile)) => one("/duration", bounds(profile), "#/components/schemas/QosProfile", None),
        Refusal::Engine(Engine::DeviceUnknown(why)) => one("/device", unidentified(why), "#/components/schemas/Device", None),
        Refusal::Engine(Engine::DeviceInconsistent((one_of, id), (other, other_id))) => one("/device", format!("{} belongs to {id}, {} to {}",
            member(*one_of), member(*other), other_id.map_or("no device that the operator knows".to_owned(), |id| id.to_string())),
            "#/components/schemas/Device", Some("give identifiers of one device, or one identifier only")),
        Refusal::Engine(Engine::DeviceUnsupported(id)) => one("/device", format!("the network cannot serve {id}"), "#/components/responses/Generic501", None),
        Refusal::Engine(Engine::Conflict(id, ConflictPolicy::Flow)) => one("", format!("the flow overlaps that of session {id}, of the same device"),
            "#/paths/~1sessions/post", Some("delete that session first, or ask for other servers or ports")),
        Refusal::Engine(Engine::Conflict(id, ConflictPolicy::Strict)) => one("", format!("the device has session {id}, and this operator allows one for each device"),
            "#/paths/~1sessions/post", Some("delete that session first")),
        Refusal::Engine(Engine::SessionUnknown(id)) => one("", format!("there is no session {id}, or no longer: it was deleted, expired or released"),
            "#/components/responses/SessionNotFound404", None),
        Refusal::Engine(refusal @ Engine::SessionInactive(..)) => one("", refusal.to_string(), "#/paths/~1sessions~1{sessionId}~1extend/post",
            Some("only an AVAILABLE session can be extended")),
        Refusal::Engine(Engine::IdentifierTaken(identifier, id)) => one("", format!("{} belongs to {id}", member(*identifier)), "", None),
        Refusal::Engine(refusal @ (Engine::NotPossible(..) | Engine::NotRegistered(_))) => one("", refusal.to_string(), "", None),
    }
}

/// Finds the patches of explanations that were kept without, in the request that they explain.
pub(crate) fn find_patches(request: &Request, explanations: &mut [Explanation]) {
    let in_body = |one: &Explanation| one.suggestion.is_some() && !one.pointer.is_empty();
    if !explanations.iter().any(in_body) {
        return;
    }
    let operation = Route::of(request)
        .ok()
        .and_then(|route| route.action.operation());
    let Ok(body) = serde_json::from_slice(&request.body) else {
        return;
    };
    let offences = match operation {
        Some(Operation::CreateSession) => offences(parse::create_session(&body)),
        Some(Operation::ExtendQosSessionDuration) => offences(parse::extend_session(&body)),
        _ => Vec::new(),
    };
    let found: Vec<_> = offences.iter().map(Explanation::from).collect();
    for explanation in explanations {
        let same = |other: &&Explanation| {
            other.pointer == explanation.pointer && other.rule == explanation.rule
        };
        explanation.patch = match (found.iter().find(same), &explanation.suggestion) {
            (Some(found), _) => found.patch.clone(),
            (None, Some(suggestion)) if explanation.pointer == "/qosProfile" => {
                hint::profile_patch(suggestion)
            }
            (None, _) => Vec::new(),
        };
    }
}

fn offences<T>(parsed: Result<Parsed<T>, Refusal>) -> Vec<Offence> {
    match parsed {
        Ok(parsed) => parsed.ignored,
        Err(Refusal::Schema(offences)) => offences,
        Err(_) => Vec::new(),
    }
}

/// Secrets are masked: what explains is for records and people.
impl From<&Offence> for Explanation {
    fn from(offence: &Offence) -> Self {
        let name = offence.pointer.rsplit('/').next().unwrap_or_default();
        let seen = (offence.seen.as_ref()).map(|seen| (seen, masked_value(name, seen)));
        // A suggestion may say what was seen in another way.
        let tells = seen.as_ref().is_some_and(|(given, shown)| *given != shown);
        Self {
            pointer: offence.pointer.clone(),
            rule: format!("{} {}", offence.subject, offence.rule),
            reference: offence.reference.to_owned(),
            suggestion: (offence.suggestion.clone())
                .filter(|text| !tells || !text.starts_with("write ")),
            seen: seen.map(|(_, shown)| brief(&shown)),
            // Nor may what is written in its place.
            patch: if tells {
                Vec::new()
            } else {
                offence.patch.clone()
            },
        }
    }
}

/// A value, or the beginning of one that nobody wants to read in full.
fn brief(value: &Value) -> Value {
    const MOST: usize = 500;
    let text = match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => return value.clone(),
        Value::String(text) => Cow::Borrowed(text),
        Value::Array(_) | Value::Object(_) => Cow::Owned(value_text(value)),
    };
    match text.char_indices().nth(MOST) {
        None => value.clone(),
        Some((end, _)) => Value::String(format!("{}…", text.get(..end).unwrap_or_default())),
    }
}

fn token_rule(token: Token) -> String {
    match token {
        Token::Missing => "the request has no Authorization header".to_owned(),
        Token::Malformed => {
            "the Authorization header is not of the form `Bearer <token>`".to_owned()
        }
        Token::Unknown => "the access token was not issued by this sandbox".to_owned(),
        Token::Expired(at) => format!("the access token expired at {at}, on the sandbox's clock"),
    }
}

fn unidentified(why: &Unidentified) -> String {
    match why {
        Unidentified::NotRegistered => {
            "the operator knows no device with these identifiers, and serves no others".to_owned()
        }
        Unidentified::NotTaken(taken) => {
            let taken: Vec<_> = taken.iter().map(|kind| member(*kind)).collect();
            format!("this operator takes only {}", taken.join(", "))
        }
    }
}

/// The member of `Device` that holds an identifier.
const fn member(identifier: Identifier) -> &'static str {
    match identifier {
        Identifier::PhoneNumber => "phoneNumber",
        Identifier::NetworkAccessIdentifier => "networkAccessIdentifier",
        Identifier::Ipv4Address => "ipv4Address",
        Identifier::Ipv6Address => "ipv6Address",
    }
}

fn bounds(profile: &engine::Profile) -> String {
    let bound = |quantity: Option<engine::Quantity>, none: &str| {
        quantity.map_or(none.to_owned(), |quantity| {
            format!("{} {:?}", quantity.value, quantity.unit).to_ascii_lowercase()
        })
    };
    let (min, max) = (
        bound(profile.min_duration, "any"),
        bound(profile.max_duration, "any"),
    );
    format!(
        "{} can be had for {min} to {max}; without `duration`, 86400 seconds are asked for",
        profile.name
    )
}
