//! From JSON to commands of the engine: what comes out cannot hold a bad value.

mod device;
mod flow;
mod webhook;

use std::time::Duration;

use serde_json::Value;

use super::hint;
use super::json::{Member, Offences, Path};
use super::patch;
use super::refusal::{Breach, Offence, Refusal};
use super::stray::{self, Shape};
use crate::engine::{Flow, ProfileName, Remark, SessionId, SessionRequest};

pub(super) use device::device;

/// What a body asks for, and what it says besides that is ignored.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<T> {
    /// What it asks for.
    pub command: T,
    /// Members that no schema has.
    pub ignored: Vec<Offence>,
}

/// `CreateSession`: what is asked for, and what the operator remarks on it.
///
/// # Errors
/// Every breach of the schema, in the order of the specification.
pub(crate) fn create_session(
    body: &Value,
) -> Result<Parsed<(SessionRequest, Vec<Remark>)>, Refusal> {
    const SCHEMA: &str = "#/components/schemas/CreateSession";
    parsed(body, &stray::CREATE_SESSION, |root, out| {
        root.object(out, SCHEMA)?;
        let device = required(root, "device", SCHEMA, out).and_then(|member| device(&member, out));
        let server = required(root, "applicationServer", SCHEMA, out)
            .and_then(|member| flow::application_server(&member, out));
        let device_ports = root
            .get("devicePorts")
            .map(|member| flow::ports(&member, out));
        let server_ports = root
            .get("applicationServerPorts")
            .map(|member| flow::ports(&member, out));
        let profile =
            required(root, "qosProfile", SCHEMA, out).and_then(|member| profile_name(&member, out));
        let webhook = root
            .get("webhook")
            .map(|member| webhook::webhook(&member, out));
        let duration = root
            .get("duration")
            .map(|member| seconds(&member, 86_400, SCHEMA, out));
        let (webhook, remark) = webhook.unwrap_or_default().unzip();
        Some((
            SessionRequest {
                device: device?,
                flow: Flow {
                    server: server?,
                    device_ports: given(device_ports)?.map(Box::new),
                    server_ports: given(server_ports)?.map(Box::new),
                },
                profile: profile?,
                duration: Duration::from_secs(duration.unwrap_or(Some(86_400))?),
                webhook,
            },
            remark.flatten().into_iter().collect(),
        ))
    })
}

/// `ExtendSessionDuration`: the additional time in seconds.
///
/// # Errors
/// The breach of the schema.
pub(crate) fn extend_session(body: &Value) -> Result<Parsed<u64>, Refusal> {
    const SCHEMA: &str = "#/components/schemas/ExtendSessionDuration";
    parsed(body, &stray::EXTEND_SESSION_DURATION, |root, out| {
        root.object(out, SCHEMA)?;
        let member = required(root, "requestedAdditionalDuration", SCHEMA, out)?;
        seconds(&member, 86_399, SCHEMA, out)
    })
}

/// `SessionId`: a UUID.
///
/// # Errors
/// It is none.
pub(crate) fn session_id(text: &str) -> Result<SessionId, Refusal> {
    let rule = ("must be a UUID", "#/components/schemas/SessionId");
    parameter("path", "sessionId", text, |member, out| {
        member.parsed(out, rule, SessionId::parse)
    })
}

/// `QosProfileName`, as a path parameter.
///
/// # Errors
/// It is none.
pub(crate) fn qos_profile_name(text: &str) -> Result<ProfileName, Refusal> {
    parameter("path", "name", text, profile_name)
}

/// A parameter of the path or the query.
pub(super) fn parameter<T>(
    place: &'static str,
    name: &'static str,
    text: &str,
    read: impl FnOnce(&Member<'_>, &mut Offences) -> Option<T>,
) -> Result<T, Refusal> {
    let member = Member {
        value: &Value::from(text),
        path: Path::Parameter(place, name),
    };
    let mut offences = Offences::default();
    let read = read(&member, &mut offences);
    offences.finish(read)
}

fn parsed<T>(
    body: &Value,
    shape: &'static Shape,
    read: impl FnOnce(&Member<'_>, &mut Offences) -> Option<T>,
) -> Result<Parsed<T>, Refusal> {
    let root = Member {
        value: body,
        path: Path::Root,
    };
    let mut offences = Offences::beside(stray::strays(&root, shape));
    let read = read(&root, &mut offences);
    let mut parsed = offences.finish_with_strays(read);
    let offences = match &mut parsed {
        Ok(parsed) => &mut parsed.ignored,
        Err(Refusal::Schema(offences)) => offences,
        Err(_) => return parsed,
    };
    for offence in offences {
        patch::fit(&mut offence.patch, body);
    }
    parsed
}

fn profile_name(member: &Member<'_>, out: &mut Offences) -> Option<ProfileName> {
    let rule = (
        "must be 3 to 256 letters, digits, _, . and -",
        "#/components/schemas/QosProfileName",
    );
    member.parsed(out, rule, ProfileName::parse)
}

fn seconds(
    member: &Member<'_>,
    most: i64,
    schema: &'static str,
    out: &mut Offences,
) -> Option<u64> {
    let seconds = member.integer(out, schema)?;
    if (1..=most).contains(&seconds) {
        return u64::try_from(seconds).ok();
    }
    out.breach(member, &format!("must be 1 to {most} seconds"), schema);
    out.suggest(hint::milliseconds(seconds, most));
    None
}

fn required<'b>(
    parent: &'b Member<'b>,
    name: &'b str,
    schema: &'static str,
    out: &mut Offences,
) -> Option<Member<'b>> {
    let member = parent.get(name);
    if member.is_none() {
        out.missing(&parent.path, name, schema);
    }
    member
}

fn insufficient(member: &Member<'_>, rule: &str, schema: &'static str, out: &mut Offences) {
    out.add(Breach::Insufficient, member, rule, schema);
}

/// An optional member: absent is fine, unreadable is not.
fn given<T>(member: Option<Option<T>>) -> Option<Option<T>> {
    match member {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}
