//! The domain: devices, flows, profiles, sessions, and what time and the network do to them.
//!
//! The engine decides, at a time that it is given. It reads no clock and draws no lots: identifiers
//! and plans are handed in. It knows nothing of JSON, HTTP or any version of the API.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::time::Instant;
use conflict::ConflictIndex;
use derived::flow_of;
use registry::Registry;
use sessions::Sessions;

mod change;
mod conflict;
mod derived;
mod device;
mod flow;
mod network;
mod operator;
mod profile;
mod refusal;
mod registry;
mod session;
mod sessions;
mod written;

pub use device::{Device, DeviceIpv4, DeviceKey, Identifier, PhoneNumber};
pub use flow::{
    ApplicationServer, Flow, PortRange, PortsSpec, parse_ipv4_network, parse_ipv6_network,
};
pub use network::{NetworkAct, NetworkAnswer, NetworkPlan, Share, Termination};
pub use operator::{ConflictPolicy, Operator, RegistryMode, Retention};
pub use profile::{
    Catalogue, Profile, ProfileName, ProfileStatus, Quantity, Rate, RateUnit, Rates, TimeUnit,
};
pub use refusal::Refusal;
pub use registry::{KnownDevice, KnownDeviceId, Unidentified};
pub use session::{
    Answer, Cause, Change, ClientId, Created, Remark, Session, SessionId, SessionRequest, State,
    Status, StatusInfo, TimerKind, Webhook,
};
pub use written::Written;

/// The longest time that a session may still have ahead of it, in seconds.
pub const MAX_REMAINING: u64 = 86_400;

/// All sessions of the operator, and their deadlines.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Engine {
    operator: Arc<Operator>,
    registry: Registry,
    sessions: Sessions,
    #[serde(skip)]
    conflicts: ConflictIndex,
    #[serde(skip)]
    deadlines: BTreeSet<(Instant, TimerKind, u64, SessionId)>,
    created: u64,
    events: VecDeque<Event>,
}

/// Something that happened to a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The session as it is since then.
    pub session: Arc<Session>,
    /// What happened.
    pub change: Change,
}

/// All that a new session needs.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Its identifier, never used before.
    pub id: SessionId,
    /// Whose it is.
    pub owner: ClientId,
    /// Its address, as its owner knows it.
    pub url: Arc<str>,
    /// What is asked for.
    pub request: SessionRequest,
    /// What the operator remarks on it.
    pub remarks: Vec<Remark>,
    /// What the network is going to do.
    pub plan: NetworkPlan,
}

impl Engine {
    /// No sessions yet, and the operator's rules.
    pub fn new(operator: Arc<Operator>) -> Self {
        Self {
            operator,
            ..Self::default()
        }
    }

    /// Changes the webhooks of all sessions.
    pub fn change_webhooks(&mut self, mut change: impl FnMut(&mut Webhook)) {
        for session in self.sessions.values_mut() {
            if session.request.webhook.is_some() {
                let created = &mut Arc::make_mut(session).created;
                let webhook = &mut Arc::make_mut(created).request.webhook;
                webhook.as_mut().map(&mut change);
            }
        }
    }

    /// Changes the operator's rules; what is decided already stays.
    pub fn set_operator(&mut self, operator: Arc<Operator>) {
        self.operator = operator;
    }

    /// The profiles on offer.
    pub fn catalogue(&self) -> &Catalogue {
        &self.operator.profiles
    }

    /// The devices that the operator knows.
    pub fn devices(&self) -> impl ExactSizeIterator<Item = &Arc<KnownDevice>> {
        self.registry.iter()
    }

    /// Whether the operator could serve a device: it knows it, or all are welcome.
    pub fn knows(&self, device: &Device) -> bool {
        self.registry.identify(&self.operator, device).is_ok()
    }

    /// The id that the next device will have.
    pub const fn next_device_id(&self) -> KnownDeviceId {
        self.registry.next_id()
    }

    /// Adds a device to those that the operator knows: its identifiers belong together.
    ///
    /// # Errors
    /// An identifier belongs to another device.
    pub fn add_device(
        &mut self,
        device: Device,
        unsupported: bool,
    ) -> Result<KnownDeviceId, Refusal> {
        self.registry.add(device, unsupported)
    }

    /// Takes a device out of those that the operator knows.
    ///
    /// # Errors
    /// There is none of that id.
    pub fn remove_device(&mut self, id: KnownDeviceId) -> Result<(), Refusal> {
        self.registry.remove(id)
    }

    /// The live session of that id.
    pub fn session(&self, id: SessionId) -> Result<&Arc<Session>, Refusal> {
        self.sessions.get(id).ok_or(Refusal::SessionUnknown(id))
    }

    /// All live sessions, by id.
    pub fn sessions(&self) -> impl ExactSizeIterator<Item = &Arc<Session>> {
        self.sessions.values()
    }

    /// Creates a session that starts at `now`, to the second.
    ///
    /// # Errors
    /// In this order: the profile is unknown or not active, or does not allow the duration; the
    /// device is unknown, inconsistent or cannot be served; another live session is in the way.
    pub fn create(&mut self, now: Instant, new: NewSession) -> Result<Arc<Session>, Refusal> {
        let mut request = new.request;
        // One name for all sessions of a profile.
        request.profile = self.check(&request)?;
        let state = State::requested(now, new.plan);
        let change = Change::new(now, Cause::Created, Status::Requested, None);
        let mut history = Vec::with_capacity(3);
        history.push(change);
        let session = Arc::new(Session {
            duration: request.duration.as_secs(),
            created: Arc::new(Created {
                id: new.id,
                sequence: self.created,
                owner: new.owner,
                url: new.url,
                request,
                started_at: now.floor_to_second(),
                remarks: new.remarks,
            }),
            state,
            history,
        });
        self.created += 1;
        let (request, flow_of) = (&session.request, |id| flow_of(&self.sessions, id));
        (self.conflicts).insert(session.id, &request.device, &request.flow, &flow_of);
        self.sessions.insert(session.clone());
        self.happened([None, None], &session, change);
        self.answer_at_once(now, new.id, new.plan);
        self.session(new.id).cloned()
    }

    /// Lets a session last longer by `additional` seconds, as far as the largest remaining time
    /// allows: asking too much is no error.
    ///
    /// # Errors
    /// The session is unknown, or not available.
    pub fn extend(
        &mut self,
        now: Instant,
        id: SessionId,
        additional: u64,
    ) -> Result<Arc<Session>, Refusal> {
        let session = self.session(id)?;
        let State::Available { .. } = session.state else {
            return Err(Refusal::SessionInactive(id, session.status()));
        };
        let profile = self.catalogue().profile(&session.request.profile);
        let longest = profile
            .and_then(|profile| profile.max_duration)
            .map_or(MAX_REMAINING, |max| max.duration().as_secs())
            .min(MAX_REMAINING);
        let elapsed = now.since(session.started_at).as_secs();
        let remaining = session.duration.saturating_sub(elapsed);
        let extended = (remaining.saturating_add(additional)).min(longest.max(remaining));
        let both = (session.state, elapsed.saturating_add(extended));
        self.change_both(now, id, Cause::Extended, both)
    }

    /// Releases a session.
    ///
    /// # Errors
    /// The session is unknown.
    pub fn delete(&mut self, now: Instant, id: SessionId) -> Result<(), Refusal> {
        self.change(now, id, Cause::Deleted, State::Released { at: now })
            .map(drop)
    }

    /// Lets the network do something to a session.
    ///
    /// # Errors
    /// The session is unknown, or not in a state in which that can happen.
    pub fn network(
        &mut self,
        now: Instant,
        id: SessionId,
        act: NetworkAct,
    ) -> Result<Arc<Session>, Refusal> {
        let session = self.session(id)?;
        let releases_at = now.after(self.operator.retention.duration());
        let (cause, state) = match (act, session.state) {
            (NetworkAct::Grant, State::Requested { terminate, .. }) => {
                let terminates_at = terminate.map(|termination| match termination {
                    Termination::After(delay) => now.after(delay),
                    Termination::At(share) => session
                        .started_at
                        .after(share.of(session.duration))
                        .max(now),
                });
                (Cause::Granted, State::Available { terminates_at })
            }
            (NetworkAct::Refuse, State::Requested { .. }) => {
                (Cause::Refused, State::Unavailable { releases_at })
            }
            (NetworkAct::Terminate, State::Available { .. }) => {
                (Cause::Terminated, State::Unavailable { releases_at })
            }
            _ => return Err(Refusal::NotPossible(id, session.status(), act)),
        };
        self.change(now, id, cause, state)
    }

    /// The earliest deadline: when, and what then happens to which session.
    pub fn poll_timeout(&self) -> Option<(Instant, TimerKind, SessionId)> {
        self.deadlines().next()
    }

    /// All deadlines, in their order.
    pub fn deadlines(&self) -> impl Iterator<Item = (Instant, TimerKind, SessionId)> {
        let deadlines = self.deadlines.iter();
        deadlines.map(|(at, kind, _, id)| (*at, *kind, *id))
    }

    /// Lets the earliest deadline happen, at its own time, if that is not later than `now`.
    /// Early or without a deadline it does nothing.
    pub fn handle_timeout(&mut self, now: Instant) -> bool {
        let Some((at, kind, id)) = self.poll_timeout().filter(|(at, ..)| *at <= now) else {
            return false;
        };
        let released = State::Released { at };
        let outcome = match kind {
            TimerKind::Expire => self.change(at, id, Cause::Expired, released),
            TimerKind::Grant => self.network(at, id, NetworkAct::Grant),
            TimerKind::Refuse => self.network(at, id, NetworkAct::Refuse),
            TimerKind::Terminate => self.network(at, id, NetworkAct::Terminate),
            TimerKind::Release => self.change(at, id, Cause::Released, released),
        };
        // A deadline stands exactly as long as the state that it belongs to.
        debug_assert!(outcome.is_ok(), "{kind:?} of {id}: {outcome:?}");
        true
    }

    /// What happened since the last call, oldest first.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    fn check(&self, request: &SessionRequest) -> Result<ProfileName, Refusal> {
        let profile = (self.catalogue().profile(&request.profile))
            .ok_or_else(|| Refusal::ProfileUnknown(request.profile.clone()))?;
        if profile.status != ProfileStatus::Active {
            let name = profile.name.clone();
            return Err(Refusal::ProfileNotActive(name, profile.status));
        }
        if !profile.allows(request.duration) {
            return Err(Refusal::DurationOutOfRange(Box::new(profile.clone())));
        }
        let keys = self.registry.identify(&self.operator, &request.device)?;
        let policy = self.operator.conflicts;
        let in_the_way = match policy {
            ConflictPolicy::Strict => self.conflicts.any(&keys),
            ConflictPolicy::Flow => self.conflicts.find(&keys, &request.flow, |id| {
                flow_of(&self.sessions, id).is_some_and(|other| other.overlaps(&request.flow))
            }),
        };
        match in_the_way {
            Some(other) => Err(Refusal::Conflict(other, policy)),
            None => Ok(profile.name.clone()),
        }
    }

    fn answer_at_once(&mut self, now: Instant, id: SessionId, plan: NetworkPlan) {
        let act = match plan.answer {
            NetworkAnswer::Grant(Duration::ZERO) => NetworkAct::Grant,
            NetworkAnswer::Refuse(Duration::ZERO) => NetworkAct::Refuse,
            NetworkAnswer::Grant(_) | NetworkAnswer::Refuse(_) | NetworkAnswer::Never => return,
        };
        let outcome = self.network(now, id, act);
        debug_assert!(outcome.is_ok(), "{outcome:?}");
    }

    fn change(
        &mut self,
        now: Instant,
        id: SessionId,
        cause: Cause,
        state: State,
    ) -> Result<Arc<Session>, Refusal> {
        let duration = self.session(id)?.duration;
        self.change_both(now, id, cause, (state, duration))
    }

    /// Puts a session into a state, with the deadlines that belong to it, and says so.
    fn change_both(
        &mut self,
        now: Instant,
        id: SessionId,
        cause: Cause,
        (state, duration): (State, u64),
    ) -> Result<Arc<Session>, Refusal> {
        let shared = (self.sessions.get_mut(id)).ok_or(Refusal::SessionUnknown(id))?;
        let session = Arc::make_mut(shared);
        let before = session.timer_pair();
        let change = Change::new(now, cause, session.status(), session.status_info());
        session.state = state;
        session.duration = duration;
        session.history.push(change);
        let session = shared.clone();
        if session.released_at().is_some() {
            self.sessions.remove(id);
            let request = &session.request;
            (self.conflicts).remove(id, &request.device, &request.flow);
        }
        self.happened(before, &session, change);
        Ok(session)
    }

    /// Has the deadlines of a session stand that belong to it, and says what happened.
    fn happened(
        &mut self,
        before: [Option<(Instant, TimerKind)>; 2],
        session: &Arc<Session>,
        change: Change,
    ) {
        let after = session.timer_pair();
        let entry = |(at, kind)| (at, kind, session.sequence, session.id);
        // Most stay, the end of the duration.
        for timer in before.iter().filter(|timer| !after.contains(timer)) {
            timer.map(|timer| self.deadlines.remove(&entry(timer)));
        }
        for timer in after.iter().filter(|timer| !before.contains(timer)) {
            timer.map(|timer| self.deadlines.insert(entry(timer)));
        }
        self.events.push_back(Event {
            session: session.clone(),
            change,
        });
    }
}
