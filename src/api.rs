//! CAMARA QoD v0.10.1 on the wire: routes, schemas, errors.
//!
//! In: a [`Route`], then JSON to the engine's types (`create_session` …). Out: the
//! specification's types ([`wire`]), and refusals through one table to `ErrorInfo`. No state, and
//! no time passing.

mod accept;
mod catalogue;
mod dialect;
mod error;
mod explain;
mod hint;
mod json;
pub(crate) mod oauth;
mod parse;
mod patch;
mod refusal;
mod registry;
mod render;
mod route;
pub(crate) mod secret;
mod stray;
pub(crate) mod uri;
mod value;
mod view;
pub mod wire;

pub use catalogue::catalogue;
pub use dialect::Dialect;
pub use explain::{Explanation, ExplanationRecord};
pub use patch::{Patch, patched};
pub use refusal::{Breach, Injected, InjectedError, Offence, Refusal, Token};
pub use registry::DeviceView;
pub use route::{Access, Action, Operation, Route};
pub use view::{Cause, HistoryEntry, SessionView};

pub use oauth::Endpoint;
pub use secret::{Secret, Veil};

pub(crate) use error::error_response;
pub(crate) use explain::{explanations, find_patches};
pub(crate) use parse::{create_session, extend_session, qos_profile_name, session_id};
pub(crate) use render::{cloud_event, session_info_at};
pub(crate) use value::value_of;

// What the doors of a browser use, and they alone.
#[doc(hidden)]
pub use {
    error::{code_of, error_info},
    parse::Parsed,
    registry::{device_body, device_view, identifier, identifier_name, known_device},
    render::qos_profile,
    value::{member, object, value_text},
};

use serde_json::Value;

use crate::engine::{Catalogue, ProfileStatus};
use crate::http::Request;

/// Sees whether the client takes an answer in JSON.
///
/// # Errors
/// Its `Accept` excludes that.
pub(crate) fn acceptable(request: &Request) -> Result<(), Refusal> {
    match request.headers.first("accept") {
        Some(accept) if !accept::takes_json(accept) => {
            Err(Refusal::NotAcceptable(accept.to_owned()))
        }
        Some(_) | None => Ok(()),
    }
}

/// The body of a request as JSON.
///
/// # Errors
/// In this order: it is larger than `limit` bytes, declared to be something else, or not JSON.
pub(crate) fn json_body(request: &Request, limit: usize) -> Result<Value, Refusal> {
    if request.body.len() > limit {
        return Err(Refusal::BodyTooLarge { limit });
    }
    if let Some(content_type) = request.headers.first("content-type") {
        let media_type = content_type.split(';').next().unwrap_or("").trim();
        if !media_type.is_empty() && !is_json(media_type) {
            return Err(Refusal::UnsupportedMediaType(content_type.to_owned()));
        }
    }
    serde_json::from_slice(&request.body).map_err(|error| Refusal::NotJson {
        why: error.to_string(),
        suggestion: hint::json(&request.body),
    })
}

/// The profiles that `GET /qos-profiles` is to list, by its query.
///
/// # Errors
/// `status` is none of the enumeration, or nothing matches.
pub(crate) fn search_profiles(
    dialect: Dialect,
    catalogue: &Catalogue,
    route: &Route,
) -> Result<Vec<wire::ProfileBody>, Refusal> {
    let name = route.query("name");
    let status = match route.query("status") {
        None => None,
        Some(text) => Some(profile_status(&text)?),
    };
    let found: Vec<_> = catalogue
        .iter()
        .filter(|profile| {
            name.as_ref()
                .is_none_or(|name| profile.name.as_str() == name)
        })
        .filter(|profile| status.is_none_or(|status| profile.status == status))
        .filter_map(|profile| dialect.profile(profile))
        .collect();
    if found.is_empty() {
        return Err(Refusal::ProfilesNotFound);
    }
    Ok(found)
}

fn profile_status(text: &str) -> Result<ProfileStatus, Refusal> {
    const RULE: (&str, &str) = (
        "must be ACTIVE, INACTIVE or DEPRECATED",
        "#/components/schemas/QosProfileStatusEnum",
    );
    parse::parameter("query", "status", text, |member, out| {
        member.parsed_or(out, RULE, catalogue::profile_status, |given| {
            hint::upper_case(given, &["ACTIVE", "INACTIVE", "DEPRECATED"])
        })
    })
}

/// Reads configuration from JSON text with `read`.
///
/// # Errors
/// The first thing that is wrong with it, in words.
pub fn from_text<T>(
    json: &str,
    read: impl FnOnce(&Value) -> Result<T, Vec<Offence>>,
) -> Result<T, String> {
    let value = serde_json::from_str(json).map_err(|error| format!("not JSON: {error}"))?;
    read(&value).map_err(|offences| {
        let explanation = offences.first().map(Explanation::from);
        explanation.map_or_else(String::new, |Explanation { rule, seen, .. }| match seen {
            Some(seen) => format!("{rule}; got {}", value_text(&seen)),
            None => rule,
        })
    })
}

/// Bytes that are no text, as base64.
pub fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(bytes)
}

/// `application/json`, or anything that is JSON by its suffix (RFC 6839).
fn is_json(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    media_type == "application/json"
        || (media_type.starts_with("application/") && media_type.ends_with("+json"))
}
