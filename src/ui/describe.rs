//! Devices, servers, states and deadlines in a person's words.

use crate::engine::{
    ApplicationServer, Cause, Device, NetworkAct, PortsSpec, Session, State, Status, StatusInfo,
    TimerKind,
};
use crate::sandbox::Deadline;
use crate::time::Instant;

use super::format;
use super::parts::Tone;

/// A device by its first identifier.
pub(super) fn device(device: &Device) -> String {
    if let Some(number) = &device.phone_number {
        number.as_str().to_owned()
    } else if let Some(name) = &device.network_access_identifier {
        name.to_string()
    } else if let Some(ipv4) = &device.ipv4_address {
        let address = ipv4.public_address;
        (ipv4.public_port).map_or_else(|| address.to_string(), |port| format!("{address}:{port}"))
    } else {
        (device.ipv6_address.as_ref()).map_or_else(String::new, ToString::to_string)
    }
}

/// A server by its networks.
pub(super) fn server(server: &ApplicationServer) -> String {
    let ipv4 = server.ipv4.iter().map(ToString::to_string);
    let ipv6 = server.ipv6.iter().map(ToString::to_string);
    ipv4.chain(ipv6).collect::<Vec<_>>().join(", ")
}

/// `ports 443, 5000-5010`, or `all ports`.
pub(super) fn ports(spec: Option<&PortsSpec>) -> String {
    let Some(spec) = spec else {
        return "all ports".to_owned();
    };
    let ports = spec.ports.iter().flatten().map(ToString::to_string);
    let ranges = spec.ranges.iter().flatten();
    let ranges = ranges.map(|range| format!("{}-{}", range.from, range.to));
    let all: Vec<_> = ports.chain(ranges).collect();
    let word = if all.len() == 1 { "port " } else { "ports " };
    word.to_owned() + &all.join(", ")
}

/// How a session stands.
pub(super) fn state(session: &Session) -> (Tone, &'static str) {
    match session.history.last() {
        Some(change) if session.released_at().is_some() => (Tone::End, ending(change.cause)),
        _ => status(session.status()),
    }
}

/// A status of the API.
pub(super) const fn status(status: Status) -> (Tone, &'static str) {
    match status {
        Status::Requested => (Tone::Wait, "REQUESTED"),
        Status::Available => (Tone::Ok, "AVAILABLE"),
        Status::Unavailable => (Tone::Bad, "UNAVAILABLE"),
    }
}

const fn ending(cause: Cause) -> &'static str {
    match cause {
        Cause::Deleted => "Deleted",
        Cause::Expired => "Expired",
        Cause::Created
        | Cause::Granted
        | Cause::Refused
        | Cause::Terminated
        | Cause::Extended
        | Cause::Released => "Released",
    }
}

/// Why a session is not available, as the API says it.
pub(super) const fn status_info(info: StatusInfo) -> &'static str {
    match info {
        StatusInfo::DurationExpired => "DURATION_EXPIRED",
        StatusInfo::NetworkTerminated => "NETWORK_TERMINATED",
        StatusInfo::DeleteRequested => "DELETE_REQUESTED",
    }
}

/// What made a session change.
pub(super) const fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Created => "created",
        Cause::Granted => "granted",
        Cause::Refused => "refused",
        Cause::Terminated => "terminated",
        Cause::Extended => "extended",
        Cause::Expired => "expired",
        Cause::Deleted => "deleted",
        Cause::Released => "released",
    }
}

/// What the network does by an act, where the session's state allows it.
///
/// # Errors
/// It does not: why.
pub(super) const fn network_act(
    session: &Session,
    act: NetworkAct,
) -> Result<&'static str, &'static str> {
    match (act, session.state) {
        (_, State::Released { .. }) => Err("The session is gone"),
        (NetworkAct::Grant, State::Requested { .. }) => Ok("The webhook hears AVAILABLE"),
        (NetworkAct::Refuse, State::Requested { .. })
        | (NetworkAct::Terminate, State::Available { .. }) => Ok("NETWORK_TERMINATED, held 360 s"),
        (NetworkAct::Grant | NetworkAct::Refuse, _) => Err("Only while it is REQUESTED"),
        (NetworkAct::Terminate, _) => Err("Only while it is AVAILABLE"),
    }
}

/// What happens next by itself, and what clients hear of it.
pub(super) const fn next(deadline: Deadline) -> (&'static str, &'static str) {
    match deadline {
        Deadline::Session(kind) => (timer(kind), tidings(kind)),
        Deadline::Delivery => ("notification", "sent"),
        Deadline::Timeout => ("delivery", "times out"),
        Deadline::Answer => ("the answer to a request", "late"),
    }
}

/// What a deadline of a session brings.
pub(super) const fn timer(kind: TimerKind) -> &'static str {
    match kind {
        TimerKind::Expire => "expires",
        TimerKind::Grant => "granted",
        TimerKind::Refuse => "refused",
        TimerKind::Terminate => "terminated",
        TimerKind::Release => "released",
    }
}

const fn tidings(kind: TimerKind) -> &'static str {
    match kind {
        TimerKind::Grant => "AVAILABLE",
        TimerKind::Refuse | TimerKind::Terminate => "NETWORK_TERMINATED",
        TimerKind::Expire => "DURATION_EXPIRED",
        TimerKind::Release => "no notification",
    }
}

/// What comes next for a session and in how long, or how long ago it ended: a duration, and what
/// stands before and after it.
pub(super) fn outlook(session: &Session, now: Instant) -> (String, String, &'static str) {
    if let Some(at) = session.released_at() {
        return (String::new(), format::duration(now.since(at)), " ago");
    }
    if let State::Requested { answer: None, .. } = session.state {
        let waiting = format::duration(now.since(session.started_at));
        return ("waiting ".to_owned(), waiting, "");
    }
    let (at, kind) = session.timers().min().unwrap_or((now, TimerKind::Expire));
    let what = timer(kind).to_owned() + " in ";
    (what, format::duration(at.since(now)), "")
}
