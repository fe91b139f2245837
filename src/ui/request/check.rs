//! What the backend would say of the fields as they are. It hinders nobody from asking it.

use super::fields::{Field, Place};
use super::form::{Form, Param};
use crate::api::{
    Breach, Offence, Operation, Parsed, Refusal, create_session, error_info, extend_session,
    qos_profile_name, session_id,
};
use crate::engine::{self, ProfileStatus, SessionRequest};
use crate::ui::format;
use crate::ui::state::Config;

/// Something that is wrong with a field.
#[derive(Debug, PartialEq)]
pub(super) struct Complaint {
    place: Wrong,
    /// What to do; nothing where the field knows that.
    what: Option<String>,
    /// The answer to it.
    answer: String,
}

#[derive(Debug, PartialEq)]
enum Wrong {
    /// A member of the body, or what is in it.
    Body(String),
    Param(Param),
}

/// All that is wrong.
pub(super) fn complaints(
    form: &Form,
    operation: Operation,
    session: &str,
    config: &Config,
) -> Vec<Complaint> {
    let mut found = Vec::new();
    let mut complain = |place: Wrong, what: Option<String>, refusal: &Refusal| {
        let info = error_info(config.settings.dialect, Some(operation), refusal);
        let answer = [
            "The mock will answer ",
            &info.status.to_string(),
            " ",
            &info.code,
            ".",
        ]
        .concat();
        found.push(Complaint {
            place,
            what,
            answer,
        });
    };
    let mut required = |param: Param, text: &str, refusal: Option<Refusal>| {
        if text.is_empty() {
            let path = String::new();
            complain(
                Wrong::Param(param),
                Some("Required.".to_owned()),
                &Refusal::UnknownRoute { path },
            );
        } else if let Some(refusal) = refusal {
            complain(Wrong::Param(param), None, &refusal);
        }
    };
    match operation {
        Operation::CreateSession
        | Operation::ExtendQosSessionDuration
        | Operation::GetQosProfiles => {}
        Operation::GetSession | Operation::DeleteSession => {
            required(Param::SessionId, session, session_id(session).err());
        }
        Operation::GetQosProfile => {
            let name = form.param(Param::Profile);
            required(Param::Profile, name, qos_profile_name(name).err());
        }
    }
    if operation == Operation::ExtendQosSessionDuration {
        required(Param::SessionId, session, session_id(session).err());
    }
    let Some(Ok(body)) = form.body(operation).map(super::body::Body::value) else {
        return found;
    };
    let refusals = if operation == Operation::CreateSession {
        match create_session(body) {
            Ok(parsed) => declined(&parsed, config),
            Err(refusal) => each(refusal),
        }
    } else {
        extend_session(body).err().map_or_else(Vec::new, each)
    };
    for (pointer, what, refusal) in refusals {
        complain(Wrong::Body(pointer), what, &refusal);
    }
    found
}

/// A refusal's breaches, as refusals of their own.
fn each(refusal: Refusal) -> Vec<(String, Option<String>, Refusal)> {
    let Refusal::Schema(offences) = refusal else {
        return Vec::new();
    };
    let real = offences
        .into_iter()
        .filter(|offence| offence.breach != Breach::Ignored);
    real.map(|offence| (offence.pointer.clone(), advice(&offence), offence.into()))
        .collect()
}

fn advice(offence: &Offence) -> Option<String> {
    match (&offence.suggestion, offence.breach) {
        (Some(suggestion), _) => Some(format::sentence(suggestion).replace('`', "")),
        (None, Breach::Missing) => Some("Required.".to_owned()),
        (None, Breach::Insufficient) => Some("Give at least one.".to_owned()),
        (None, _) if offence.rule.starts_with("needs ") => Some(format::sentence(&offence.rule)),
        (None, _) => None,
    }
}

/// What the operator says of a request that is well formed.
fn declined(
    parsed: &Parsed<(SessionRequest, Vec<engine::Remark>)>,
    config: &Config,
) -> Vec<(String, Option<String>, Refusal)> {
    let (request, _) = &parsed.command;
    let name = request.profile.clone();
    let (member, what, refusal) = match config.catalogue.profile(&name) {
        None => (
            "/qosProfile",
            "The operator has no such profile.",
            engine::Refusal::ProfileUnknown(name),
        ),
        Some(profile) if profile.status != ProfileStatus::Active => {
            let refusal = engine::Refusal::ProfileNotActive(name, profile.status);
            ("/qosProfile", "Use an active profile.", refusal)
        }
        Some(profile) if !profile.allows(request.duration) => {
            let refusal = engine::Refusal::DurationOutOfRange(Box::new(profile.clone()));
            ("/duration", "The profile is not had for so long.", refusal)
        }
        Some(_) => return Vec::new(),
    };
    vec![(member.to_owned(), Some(what.to_owned()), refusal.into())]
}

/// What a field says is wrong with it: one that is for a member, for what is in it, or the first for
/// the object around it.
pub(super) fn complaint(field: &Field, fields: &[Field], all: &[Complaint]) -> Option<String> {
    let found = all.iter().find(|complaint| match (&complaint.place, field.place) {
        (Wrong::Param(param), Place::Param(place)) => *param == place,
        (Wrong::Body(pointer), Place::Body(place)) => {
            let is_of = |place: &str| within(pointer, place);
            let first = || {
                let around = |field: &&Field| matches!(field.place, Place::Body(place) if within(place, pointer));
                fields.iter().find(around).is_some_and(|first| first.id == field.id)
            };
            is_of(place) || first()
        }
        (Wrong::Param(_), Place::Body(_)) | (Wrong::Body(_), Place::Param(_)) => false,
    })?;
    let what = found.what.as_deref().unwrap_or(field.fix);
    Some([what, " ", &found.answer].concat())
}

/// Whether a member is another one, or is in it.
fn within(pointer: &str, other: &str) -> bool {
    pointer
        .strip_prefix(other)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
