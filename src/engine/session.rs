//! A session: what it is about, the state that it is in, and how it came there.

use core::fmt;
use core::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::device::Device;
use super::flow::Flow;
use super::network::{NetworkAnswer, NetworkPlan, Termination};
use super::profile::ProfileName;
use crate::time::Instant;

/// A session's identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionId(Uuid);

/// The client that a session belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientId(Arc<str>);

/// Where a client wants to hear of its session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    /// The URL, verbatim.
    pub url: Arc<str>,
    /// What the receiver wants to see as a bearer token, 20 to 256 characters.
    pub token: Option<Arc<str>>,
}

/// What a client asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRequest {
    /// The device.
    pub device: Device,
    /// Which of its traffic.
    pub flow: Flow,
    /// With what quality.
    pub profile: ProfileName,
    /// For how long, 1 to 86,400 s.
    pub duration: Duration,
    /// Where events go.
    pub webhook: Option<Webhook>,
}

/// A session, live or released. It also has what it was created with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What never changes; all versions of a session share it.
    pub created: Arc<Created>,
    /// The whole duration, in seconds; extensions may take it past a day.
    pub duration: u64,
    /// Where it stands.
    pub state: State,
    /// How it came there, oldest first.
    pub history: Vec<Change>,
}

/// What a session is from its creation on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Its identifier.
    pub id: SessionId,
    /// Its place in the order of creation.
    pub sequence: u64,
    /// Whose it is.
    pub owner: ClientId,
    /// Its address, as its owner knows it.
    pub url: Arc<str>,
    /// What was asked for.
    pub request: SessionRequest,
    /// The start, a whole second.
    pub started_at: Instant,
    /// What the operator remarks on it.
    pub remarks: Vec<Remark>,
}

/// The life of a session (see also `QosStatus` of the specification).
///
/// | from | trigger | to | notifies |
/// | --- | --- | --- | --- |
/// | – | created | `Requested` | – |
/// | – | created, the network grants at once | `Available` | AVAILABLE |
/// | – | created, the network refuses at once | `Unavailable` | UNAVAILABLE, NETWORK_TERMINATED |
/// | `Requested` | the network grants | `Available` | AVAILABLE |
/// | `Requested` | the network refuses | `Unavailable` | UNAVAILABLE, NETWORK_TERMINATED |
/// | `Available` | the network terminates | `Unavailable` | UNAVAILABLE, NETWORK_TERMINATED |
/// | `Requested`, `Available` | the duration ends | `Released` | UNAVAILABLE, DURATION_EXPIRED |
/// | `Unavailable` | 360 s after its event | `Released` | – |
/// | `Available` | deleted | `Released` | UNAVAILABLE, DELETE_REQUESTED |
/// | `Requested`, `Unavailable` | deleted | `Released` | – |
/// | `Available` | extended | `Available` | – |
///
/// Nothing else changes a state: `Unavailable` never becomes `Available` again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Asked for; the network has not answered.
    Requested {
        /// When it will, and how.
        answer: Option<(Instant, Answer)>,
        /// When it will terminate what it grants.
        terminate: Option<Termination>,
    },
    /// Granted.
    Available {
        /// When the network will terminate it.
        terminates_at: Option<Instant>,
    },
    /// Refused or terminated by the network; kept for clients that poll.
    Unavailable {
        /// When it is released.
        releases_at: Instant,
    },
    /// Gone.
    Released {
        /// Since when.
        at: Instant,
    },
}

/// How the network answers a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// It grants it.
    Grant,
    /// It refuses it.
    Refuse,
}

/// A session's status as clients see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Asked for.
    Requested,
    /// Granted.
    Available,
    /// Not, or no longer.
    Unavailable,
}

/// Why a session is not available.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StatusInfo {
    /// Its time is over.
    DurationExpired,
    /// The network refused it or took it back.
    NetworkTerminated,
    /// Its client deleted it.
    DeleteRequested,
}

/// What made a session change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cause {
    /// A client created it.
    Created,
    /// The network granted it.
    Granted,
    /// The network refused it.
    Refused,
    /// The network terminated it.
    Terminated,
    /// Its client extended it.
    Extended,
    /// Its duration ended.
    Expired,
    /// Its client deleted it.
    Deleted,
    /// The operator let go of it after keeping it for clients that poll.
    Released,
}

/// One step of a session's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When it happened.
    pub at: Instant,
    /// Why.
    pub cause: Cause,
    /// The status from then on.
    pub status: Status,
    /// Why that, if it is not available.
    pub info: Option<StatusInfo>,
    /// Whether clients are notified.
    pub notifies: bool,
}

/// What the operator remarks on a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remark {
    /// The webhook's URL has a scheme that no notification can be sent to.
    WebhookSchemeNotHttp,
}

/// A deadline of a session, in the order in which those of one instant are met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TimerKind {
    /// The duration ends.
    Expire,
    /// The network grants the request.
    Grant,
    /// The network refuses the request.
    Refuse,
    /// The network terminates the session.
    Terminate,
    /// The operator lets go of the session.
    Release,
}

impl SessionId {
    /// An identifier of these random bits.
    pub fn from_random(bits: u128) -> Self {
        Self(uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid())
    }

    /// Parses a UUID in its hyphenated form, in either case.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == uuid::fmt::Hyphenated::LENGTH)
            .then(|| Uuid::try_parse(text).ok().map(Self))?
    }

    /// 32 random bits.
    pub(super) fn first_bits(self) -> u32 {
        self.0.as_fields().0
    }

    pub(super) const fn nil() -> Self {
        Self(Uuid::nil())
    }

    pub(super) const fn max() -> Self {
        Self(Uuid::max())
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ClientId {
    /// The client of that name.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Session {
    type Target = Created;

    fn deref(&self) -> &Created {
        &self.created
    }
}

/// What is kept of a session, in this order.
type Kept<R, H, M> = (
    (SessionId, u64, ClientId, Arc<str>),
    (R, Instant, u64, State),
    (H, M),
);

impl Serialize for Session {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Created {
            id,
            sequence,
            owner,
            url,
            request,
            started_at,
            remarks,
        } = &*self.created;
        let kept: Kept<_, _, _> = (
            (*id, *sequence, owner.clone(), url.clone()),
            (request, *started_at, self.duration, self.state),
            (&self.history, remarks),
        );
        kept.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Session {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (
            (id, sequence, owner, url),
            (request, started_at, duration, state),
            (history, remarks),
        ) = Kept::deserialize(deserializer)?;
        Ok(Self {
            created: Arc::new(Created {
                id,
                sequence,
                owner,
                url,
                request,
                started_at,
                remarks,
            }),
            duration,
            state,
            history,
        })
    }
}

impl Created {
    /// When it ends by itself if it lasts so many seconds: a whole second.
    pub fn ends_after(&self, duration: u64) -> Instant {
        self.started_at.after(Duration::from_secs(duration))
    }
}

impl Session {
    /// When it ends by itself: `started_at` and `duration` later, a whole second.
    pub fn expires_at(&self) -> Instant {
        self.ends_after(self.duration)
    }

    /// Its status as clients see it.
    pub const fn status(&self) -> Status {
        match self.state {
            State::Requested { .. } => Status::Requested,
            State::Available { .. } => Status::Available,
            State::Unavailable { .. } | State::Released { .. } => Status::Unavailable,
        }
    }

    /// Why it is not available, if that is so.
    pub fn status_info(&self) -> Option<StatusInfo> {
        self.history.last().and_then(|change| change.info)
    }

    /// When it was released, if it was.
    pub const fn released_at(&self) -> Option<Instant> {
        match self.state {
            State::Released { at } => Some(at),
            State::Requested { .. } | State::Available { .. } | State::Unavailable { .. } => None,
        }
    }

    /// What will happen to it by itself.
    pub fn timers(&self) -> impl Iterator<Item = (Instant, TimerKind)> {
        self.timer_pair().into_iter().flatten()
    }

    pub(super) fn timer_pair(&self) -> [Option<(Instant, TimerKind)>; 2] {
        let expire = Some((self.expires_at(), TimerKind::Expire));
        match self.state {
            State::Requested { answer, .. } => [expire, answer.map(Answer::timer)],
            State::Available { terminates_at } => {
                [expire, terminates_at.map(|at| (at, TimerKind::Terminate))]
            }
            State::Unavailable { releases_at } => [Some((releases_at, TimerKind::Release)), None],
            State::Released { .. } => [None, None],
        }
    }
}

impl Answer {
    const fn timer((at, answer): (Instant, Self)) -> (Instant, TimerKind) {
        match answer {
            Self::Grant => (at, TimerKind::Grant),
            Self::Refuse => (at, TimerKind::Refuse),
        }
    }
}

impl State {
    /// A fresh request at `now`, for which the network has this plan.
    pub(super) fn requested(now: Instant, plan: NetworkPlan) -> Self {
        let answer = match plan.answer {
            NetworkAnswer::Grant(delay) => Some((now.after(delay), Answer::Grant)),
            NetworkAnswer::Refuse(delay) => Some((now.after(delay), Answer::Refuse)),
            NetworkAnswer::Never => None,
        };
        Self::Requested {
            answer,
            terminate: plan.terminate,
        }
    }
}
