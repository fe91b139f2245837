//! The helping hand: requests and acts that do a step, whatever there was before.

use std::time::Duration;

use super::scene::{Kind, Scene};
use crate::api;
use crate::engine::{Device, NetworkAct, Session, State};
use crate::http::Request;
use crate::ui::act::Act;

const WEBHOOK: &str = r#""qosProfile":"QOS_E","webhook":{"notificationUrl":"https://application-server.com/notifications","notificationAuthToken":"c8974e592c2fa383d4a3960714"},"duration":3600}"#;

/// A session of a device that has none, which follows a scenario whatever is chosen for others.
pub(super) fn create(scene: &Scene<'_>, scenario: &str) -> Act {
    Act::Send(request(&device(scene), 443, scenario))
}

/// A device by a port of the sample's address that no session was created with.
fn device(scene: &Scene<'_>) -> String {
    let next = scene.all.first().map_or(0, |session| session.sequence);
    let port = (40_001 + next % 20_000).to_string();
    [
        r#"{"ipv4Address":{"publicAddress":"203.0.113.25","publicPort":"#,
        &port,
        "}}",
    ]
    .concat()
}

/// The sample's request for a device and a port of the server.
fn request(device: &str, port: u64, scenario: &str) -> Request {
    let port = port.to_string();
    let body = [
        r#"{"device":"#,
        device,
        r#","applicationServer":{"ipv4Address":"198.51.100.10"},"applicationServerPorts":{"ports":["#,
        &port,
        "]},",
        WEBHOOK,
    ]
    .concat();
    Request::new("POST", &(Request::BASE.to_owned() + "/qod/v0/sessions"))
        .header("Content-Type", "application/json")
        .header("x-qod-scenario", scenario)
        .body(body)
}

/// The newest live session's device again, at another port of the server: nothing overlaps. Where
/// a device has one session, or the first has all ports, another device.
pub(super) fn beside(scene: &Scene<'_>) -> Act {
    let live = scene.live();
    let has_ports = |session: &&Session| session.request.flow.server_ports.is_some();
    let strict = scene.config.settings.operator.conflicts == crate::engine::ConflictPolicy::Strict;
    let same = live.filter(has_ports).filter(|_| !strict);
    let device = same.map_or_else(
        || device(scene),
        |session| api::device_body(&session.request.device).to_string(),
    );
    let next = scene.all.first().map_or(0, |session| session.sequence);
    Act::Send(request(&device, 8_443 + next % 1_000, "granted-at-once"))
}

/// Something done to the newest live session; without one, one is asked for first.
pub(super) fn with_live(scene: &Scene<'_>, acts: impl Fn(&Session) -> Vec<Act>) -> Vec<Act> {
    (scene.live()).map_or_else(|| vec![create(scene, "granted-at-once")], acts)
}

/// A request about a session.
pub(super) fn call(method: &str, session: &Session) -> Act {
    Act::Send(Request::new(method, &session.url))
}

/// The network grants a session: when it is going to, or now.
pub(super) fn grant(scene: &Scene<'_>) -> Vec<Act> {
    with_live(scene, |session| match session.state {
        State::Requested {
            answer: Some((at, _)),
            ..
        } => {
            vec![Act::Advance(at.since(scene.clock.now))]
        }
        State::Requested { answer: None, .. } => {
            vec![Act::Network(session.id, NetworkAct::Grant)]
        }
        State::Available { .. } | State::Unavailable { .. } | State::Released { .. } => {
            vec![create(scene, "granted-at-once")]
        }
    })
}

/// The network takes a session back.
pub(super) fn terminate(scene: &Scene<'_>) -> Vec<Act> {
    with_live(scene, |session| {
        let act = |act| Act::Network(session.id, act);
        match session.state {
            State::Requested { .. } => vec![act(NetworkAct::Refuse)],
            State::Available { .. } => vec![act(NetworkAct::Terminate)],
            State::Unavailable { .. } | State::Released { .. } => {
                vec![create(scene, "granted-at-once")]
            }
        }
    })
}

/// Time passes until what the network took back is gone.
pub(super) fn release(scene: &Scene<'_>) -> Vec<Act> {
    let Some(session) = scene.kept() else {
        return terminate(scene);
    };
    let at = session.timers().map(|(at, _)| at).max();
    let left = at.map_or(Duration::ZERO, |at| at.since(scene.clock.now));
    vec![Act::Advance(left)]
}

/// The very request of the newest create that had that status, once more.
pub(super) fn again(scene: &Scene<'_>, status: u16) -> Vec<Act> {
    let made = scene.exchange(Kind::Create, status);
    let request = made.map(|exchange| Request::clone(&exchange.request));
    vec![request.map_or_else(|| create(scene, "granted-at-once"), Act::Send)]
}

/// All live sessions of the oldest one's device are deleted, and the request that they were in the
/// way of is made once more.
pub(super) fn make_room(scene: &Scene<'_>) -> Vec<Act> {
    let oldest = scene.sessions.iter().rev();
    let device: Option<&Device> = (oldest.map(|session| &session.request.device)).next();
    let mut acts: Vec<Act> = (scene.all.iter())
        .filter(|session| session.released_at().is_none())
        .filter(|session| Some(&session.request.device) == device)
        .map(|session| call("DELETE", session))
        .collect();
    acts.extend(again(scene, 409));
    acts
}
