//! The naive operator: lists that are walked from end to end, values as they came in, and the rules one by one.

use std::collections::BTreeSet;

use qod_sandbox::engine::NetworkAct;
use serde_json::{Value, json};

use crate::dates::date_time;
use crate::flows::{keys, known, overlaps, whole};
use crate::rules::{
    Body, DAY, Expected, Outcome, PROFILES, breach, breaches, error, profile, test_value, uuid,
};

/// Why a request is refused is an answer, too.
type Refused = Expected;

/// What the network is going to do; times in milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Plan {
    /// When it answers, and whether it grants; never, if nothing.
    pub(crate) answer: Option<(i64, bool)>,
    pub(crate) terminate: Option<Terminate>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Terminate {
    After(i64),
    Halfway,
}

#[derive(Clone, Copy, Debug)]
enum State {
    Requested(Plan),
    Available { terminates: Option<i64> },
    Unavailable { released: i64 },
}

#[derive(Clone, Debug)]
struct Session {
    /// Its place in the order of creation.
    number: usize,
    id: String,
    owner: String,
    request: Value,
    devices: Vec<String>,
    /// In seconds, as the answers say it.
    started: i64,
    duration: i64,
    state: State,
}

/// An operator, and all that it has told its clients' webhooks, without the ids of the events.
#[derive(Clone, Debug, Default)]
pub(crate) struct Operator {
    pub(crate) plan: Plan,
    pub(crate) strict: bool,
    pub(crate) closed: bool,
    pub(crate) retention: i64,
    pub(crate) told: Vec<Value>,
    now: i64,
    sessions: Vec<Session>,
    created: usize,
}

impl Operator {
    /// As every operator is at first.
    pub(crate) fn new() -> Self {
        Self {
            plan: Plan {
                answer: Some((2_000, true)),
                terminate: None,
            },
            retention: 360_000,
            ..Self::default()
        }
    }

    /// How many sessions are live.
    pub(crate) fn live(&self) -> usize {
        self.sessions.len()
    }

    /// When something happens next by itself.
    pub(crate) fn next(&self) -> Option<i64> {
        self.due().map(|(at, ..)| at)
    }

    /// Lets time pass: one thing after the other.
    pub(crate) fn pass(&mut self, now: i64) {
        while let Some((at, kind, number)) = self.due().filter(|(at, ..)| *at <= now) {
            self.now = at;
            match kind {
                Due::Expires => {
                    self.tell(number, "UNAVAILABLE", Some("DURATION_EXPIRED"));
                    self.release(number);
                }
                Due::IsReleased => self.release(number),
                Due::IsGranted => assert!(self.act(number, NetworkAct::Grant)),
                Due::IsRefused => assert!(self.act(number, NetworkAct::Refuse)),
                Due::IsTerminated => assert!(self.act(number, NetworkAct::Terminate)),
            }
        }
        self.now = now;
    }

    /// The network does something to the session of that id; whether it can.
    pub(crate) fn network(&mut self, id: &str, act: NetworkAct) -> bool {
        let number = self.sessions.iter().find(|session| session.id == id);
        number
            .map(|session| session.number)
            .is_some_and(|number| self.act(number, act))
    }

    /// A request for a session by `owner` at `root`. The answer's session has no id yet: see [`Self::named`].
    pub(crate) fn create(&mut self, owner: &str, request: &Value) -> Result<Expected, Refused> {
        breaches(request)?;
        let plan = match test_value(&request["device"]) {
            Some(Outcome::Plan(plan)) => plan,
            Some(Outcome::Error(status, code, message)) => {
                return Err(error(status, code, message));
            }
            None => self.plan,
        };
        let duration = request.get("duration").map_or(DAY, whole);
        profile(request["qosProfile"].as_str().unwrap(), duration)?;
        let devices = self.identify(&request["device"])?;
        let in_the_way = |session: &&Session| {
            session.devices.iter().any(|key| devices.contains(key))
                && (self.strict || overlaps(&session.request, request))
        };
        if self.sessions.iter().find(in_the_way).is_some() {
            let message = "Another session is created for the same device";
            return Err(error(409, "CONFLICT", message));
        }
        let number = self.created;
        self.created += 1;
        self.sessions.push(Session {
            number,
            id: String::new(),
            owner: owner.to_owned(),
            request: request.clone(),
            devices,
            started: self.now.div_euclid(1_000),
            duration,
            state: State::Requested(plan),
        });
        Ok(Expected {
            status: 201,
            body: Body::New,
        })
    }

    /// The last session that was created has this id: what was answered; what it told at once comes after.
    pub(crate) fn named(&mut self, id: &str) -> Value {
        let session = self.sessions.last_mut().unwrap();
        session.id = id.to_owned();
        let number = session.number;
        if let State::Requested(Plan {
            answer: Some((0, grants)),
            ..
        }) = session.state
        {
            let act = if grants {
                NetworkAct::Grant
            } else {
                NetworkAct::Refuse
            };
            assert!(self.act(number, act));
        } else if let State::Requested(plan) = &mut session.state {
            // From now on by the clock.
            plan.answer = plan
                .answer
                .map(|(after, grants)| (self.now + after, grants));
        }
        info(self.sessions.last().unwrap())
    }

    pub(crate) fn get(&self, owner: &str, id: &str) -> Result<Expected, Refused> {
        let session = self.owned(owner, id)?;
        Ok(Expected {
            status: 200,
            body: Body::Is(info(session)),
        })
    }

    pub(crate) fn delete(&mut self, owner: &str, id: &str) -> Result<Expected, Refused> {
        let session = self.owned(owner, id)?;
        let number = session.number;
        if let State::Available { .. } = session.state {
            self.tell(number, "UNAVAILABLE", Some("DELETE_REQUESTED"));
        }
        self.release(number);
        Ok(Expected {
            status: 204,
            body: Body::Empty,
        })
    }

    pub(crate) fn extend(
        &mut self,
        owner: &str,
        id: &str,
        request: &Value,
    ) -> Result<Expected, Refused> {
        uuid(id)?;
        match request.get("requestedAdditionalDuration") {
            Some(seconds)
                if seconds
                    .as_f64()
                    .is_some_and(|n| (1.0..DAY as f64).contains(&n)) => {}
            _ => return Err(breach("requestedAdditionalDuration")),
        }
        let now = self.now;
        let session = self.owned(owner, id)?;
        let State::Available { .. } = session.state else {
            let message = "The target session is inactive";
            return Err(error(400, "INVALID_ARGUMENT", message));
        };
        let name = session.request["qosProfile"].as_str().unwrap();
        let longest = PROFILES
            .iter()
            .find(|(known, ..)| *known == name)
            .unwrap()
            .2;
        let (number, elapsed) = (session.number, now.div_euclid(1_000) - session.started);
        let remaining = session.duration - elapsed;
        let more = remaining + whole(&request["requestedAdditionalDuration"]);
        // What is asked for beyond the maximum is cut off; nothing that was granted is.
        let extended = more.min(longest.min(DAY).max(remaining));
        let session = self.session(number);
        session.duration = elapsed + extended;
        Ok(Expected {
            status: 200,
            body: Body::Is(info(session)),
        })
    }

    fn owned(&self, owner: &str, id: &str) -> Result<&Session, Refused> {
        uuid(id)?;
        let session = self.sessions.iter().find(|session| session.id == id);
        let session =
            session.ok_or_else(|| error(404, "NOT_FOUND", "Session Id does not exist"))?;
        if session.owner != owner {
            return Err(error(
                403,
                "PERMISSION_DENIED",
                "Operation not allowed: ...",
            ));
        }
        Ok(session)
    }

    /// Every name under which the device may be known.
    fn identify(&self, device: &Value) -> Result<Vec<String>, Refused> {
        let mut own = keys(device);
        let owner = |key: &String| (101..=103).find(|number| known(*number).contains(key));
        let owners: BTreeSet<u32> = own.iter().filter_map(owner).collect();
        // Identifier by identifier: whether one is nobody's.
        let members = device.as_object().unwrap().iter();
        let mut identifiers = members.map(|(member, value)| keys(&json!({ member: value })));
        let stranger = identifiers.any(|keys| keys.iter().find_map(owner).is_none());
        let owner = owners.first().copied();
        if owners.len() > 1 || self.closed && stranger && owner.is_some() {
            let message = "Multiple inconsistent parameters specified: device";
            return Err(error(400, "INVALID_ARGUMENT", message));
        }
        match owner {
            Some(103) => {
                let message = "Service not implemented for the specified user device";
                Err(error(501, "NOT_IMPLEMENTED", message))
            }
            Some(number) => {
                own.extend(known(number));
                Ok(own)
            }
            None if self.closed => {
                let message = "Unable to identify device from specified parameters: device";
                Err(error(400, "INVALID_ARGUMENT", message))
            }
            None => Ok(own),
        }
    }

    fn due(&self) -> Option<(i64, Due, usize)> {
        let due = self.sessions.iter().flat_map(|session| {
            let expires = ((session.started + session.duration) * 1_000, Due::Expires);
            let (first, second) = match session.state {
                State::Requested(Plan {
                    answer: Some((at, true)),
                    ..
                }) => (expires, Some((at, Due::IsGranted))),
                State::Requested(Plan {
                    answer: Some((at, false)),
                    ..
                }) => (expires, Some((at, Due::IsRefused))),
                State::Requested(_) => (expires, None),
                State::Available { terminates } => {
                    (expires, terminates.map(|at| (at, Due::IsTerminated)))
                }
                State::Unavailable { released } => ((released, Due::IsReleased), None),
            };
            let both = [Some(first), second].into_iter().flatten();
            both.map(|(at, kind)| (at, kind, session.number))
        });
        due.min()
    }

    fn session(&mut self, number: usize) -> &mut Session {
        let mut sessions = self.sessions.iter_mut();
        sessions.find(|session| session.number == number).unwrap()
    }

    fn act(&mut self, number: usize, act: NetworkAct) -> bool {
        let (now, retention) = (self.now, self.retention);
        let session = self.session(number);
        let available = match (session.state, act) {
            (State::Requested(plan), NetworkAct::Grant) => {
                let terminates = plan.terminate.map(|terminate| match terminate {
                    Terminate::After(delay) => now + delay,
                    Terminate::Halfway => now.max(session.started * 1_000 + session.duration * 500),
                });
                session.state = State::Available { terminates };
                true
            }
            (State::Requested(_), NetworkAct::Refuse)
            | (State::Available { .. }, NetworkAct::Terminate) => {
                let released = now + retention;
                session.state = State::Unavailable { released };
                false
            }
            _ => return false,
        };
        if available {
            self.tell(number, "AVAILABLE", None);
        } else {
            self.tell(number, "UNAVAILABLE", Some("NETWORK_TERMINATED"));
        }
        true
    }

    fn release(&mut self, number: usize) {
        self.sessions.retain(|session| session.number != number);
    }

    fn tell(&mut self, number: usize, status: &str, info: Option<&str>) {
        let now = self.now;
        let id = self.session(number).id.clone();
        let mut data = json!({ "sessionId": id, "qosStatus": status });
        if let Some(info) = info {
            data["statusInfo"] = info.into();
        }
        self.told.push(json!({
            "source": format!("{}/sessions/{id}", super::ROOT),
            "specversion": "1.0",
            "type": "org.camaraproject.qod.v0.qos-status-changed",
            "time": date_time(now),
            "datacontenttype": "application/json",
            "data": data,
        }));
    }
}

/// What happens by itself, in the order of one instant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Expires,
    IsGranted,
    IsRefused,
    IsTerminated,
    IsReleased,
}

/// What a client sees of a session.
fn info(session: &Session) -> Value {
    let mut info = session.request.clone();
    let status = match session.state {
        State::Requested(_) => "REQUESTED",
        State::Available { .. } => "AVAILABLE",
        State::Unavailable { .. } => "UNAVAILABLE",
    };
    info["sessionId"] = session.id.as_str().into();
    info["duration"] = session.duration.into();
    info["startedAt"] = session.started.into();
    info["expiresAt"] = (session.started + session.duration).into();
    info["qosStatus"] = status.into();
    info
}
