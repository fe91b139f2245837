//! What has happened since a story began: what its checks and its helping hand look at.

use yew::AttrValue;

use crate::driver::ClockState;
use crate::engine::{Session, SessionId, State, Status, StatusInfo};
use crate::sandbox::{Exchange, Notification, NotificationId, Outcome};
use crate::ui::format;
use crate::ui::shared::{List, Shared};
use crate::ui::state::Config;

/// The newest records at the beginning of a story.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Since {
    session: Option<SessionId>,
    exchange: Option<u64>,
    notification: Option<NotificationId>,
}

impl Since {
    pub(super) fn now(
        sessions: &List<Session>,
        notifications: &List<Notification>,
        traffic: &List<Exchange>,
    ) -> Self {
        let notification = notifications.first();
        Self {
            session: sessions.first().map(|session| session.id),
            exchange: traffic.first().map(|exchange| exchange.id),
            notification: notification.map(|notification| notification.message.id),
        }
    }
}

/// The records that are newer, newest first, and what is on show.
pub(super) struct Scene<'a> {
    /// Also those from before.
    pub(super) all: &'a [Shared<Session>],
    pub(super) sessions: &'a [Shared<Session>],
    pub(super) notifications: &'a [Shared<Notification>],
    pub(super) traffic: &'a [Shared<Exchange>],
    pub(super) clock: &'a ClockState,
    pub(super) config: &'a Config,
    /// The notification that is open.
    pub(super) read: Option<&'a AttrValue>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        since: &Since,
        (sessions, notifications, traffic): (
            &'a List<Session>,
            &'a List<Notification>,
            &'a List<Exchange>,
        ),
        clock: &'a ClockState,
        config: &'a Config,
        read: Option<&'a AttrValue>,
    ) -> Self {
        Self {
            all: sessions,
            sessions: fresh(sessions, |session| Some(session.id) == since.session),
            notifications: fresh(notifications, |notification| {
                Some(notification.message.id) == since.notification
            }),
            traffic: fresh(traffic, |exchange| Some(exchange.id) == since.exchange),
            clock,
            config,
            read,
        }
    }

    /// The newest session that is not gone.
    pub(super) fn live(&self) -> Option<&Session> {
        let mut live = self.sessions.iter();
        live.find(|session| session.released_at().is_none())
            .map(|session| &**session)
    }

    /// Whether a session has been granted.
    pub(super) fn was_granted(&self) -> bool {
        let granted = |session: &Shared<Session>| {
            let mut history = session.history.iter();
            history.any(|change| change.status == Status::Available)
        };
        self.sessions.iter().any(granted)
    }

    /// Whether clients were to hear that.
    pub(super) fn was_told(&self, info: StatusInfo) -> bool {
        let mut notifications = self.notifications.iter();
        notifications.any(|notification| notification.message.info == Some(info))
    }

    /// The notification that is open, if it is one of these.
    pub(super) fn opened(&self) -> Option<&Notification> {
        let mut notifications = self.notifications.iter();
        let read = NotificationId::parse(self.read?)?;
        Some(notifications.find(|one| one.message.id == read)?)
    }

    /// The newest notification that could not be delivered once.
    pub(super) fn undelivered(&self) -> Option<&Notification> {
        let mut notifications = self.notifications.iter();
        notifications
            .find(|notification| went_astray(notification))
            .map(|notification| &**notification)
    }

    /// The place of the newest exchange of that kind with that status; 0 is the newest of all.
    pub(super) fn place(&self, kind: Kind, status: u16) -> Option<usize> {
        let mut traffic = self.traffic.iter();
        traffic.position(|exchange| is(exchange, kind, status))
    }

    /// The newest exchange of that kind with that status.
    pub(super) fn exchange(&self, kind: Kind, status: u16) -> Option<&Exchange> {
        self.traffic
            .get(self.place(kind, status)?)
            .map(|exchange| &**exchange)
    }

    /// Whether one of that kind and status is newer than the one at a place.
    pub(super) fn after(&self, place: Option<usize>, kind: Kind, status: u16) -> bool {
        let newer = place.and_then(|place| self.traffic.get(..place));
        let mut newer = newer.into_iter().flatten();
        newer.any(|exchange| is(exchange, kind, status))
    }

    /// Whether a session was gone after the network had taken it back.
    pub(super) fn was_released(&self) -> bool {
        let mut sessions = self.sessions.iter();
        sessions.any(|session| taken_back(session) && session.released_at().is_some())
    }

    /// The newest session that the network took back and still keeps.
    pub(super) fn kept(&self) -> Option<&Session> {
        let mut sessions = self.sessions.iter();
        sessions
            .find(|session| matches!(session.state, State::Unavailable { .. }))
            .map(|session| &**session)
    }
}

/// What a request asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Create,
    Get,
    Delete,
}

/// Whether the network took a session back, or refused it.
pub(super) fn taken_back(session: &Session) -> bool {
    let mut history = session.history.iter();
    history.any(|change| change.info == Some(StatusInfo::NetworkTerminated))
}

/// Whether an attempt to deliver it did not succeed.
pub(super) fn went_astray(notification: &Notification) -> bool {
    let mut deliveries = notification.deliveries.iter();
    deliveries.any(|delivery| !matches!(delivery.outcome, Outcome::Pending | Outcome::Delivered))
}

fn is(exchange: &Exchange, kind: Kind, status: u16) -> bool {
    kind_of(exchange) == Some(kind) && exchange.status() == status
}

pub(super) fn kind_of(exchange: &Exchange) -> Option<Kind> {
    let path = format::path(&exchange.request).split(['?', '#']).next();
    let session = path.and_then(|path| path.strip_prefix("/sessions"))?;
    match (exchange.request.method.as_str(), session) {
        ("POST", "") => Some(Kind::Create),
        ("GET", session) if session.len() > 1 => Some(Kind::Get),
        ("DELETE", session) if session.len() > 1 => Some(Kind::Delete),
        _ => None,
    }
}

/// What is newer than that one; all, if it is gone.
fn fresh<T>(list: &[Shared<T>], is: impl Fn(&T) -> bool) -> &[Shared<T>] {
    let newer = list.iter().position(|one| is(one));
    newer.and_then(|place| list.get(..place)).unwrap_or(list)
}
