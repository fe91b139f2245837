//! What the console shows: the backend at one moment, and what the person looks at.

use std::rc::Rc;
use std::sync::Arc;

use yew::Reducible;

use super::receiver_field::Choice;
use super::shared::{List, Shared};
use crate::driver::{ClockState, Driver};
use crate::engine::{Session, SessionId};
use crate::sandbox::{Dropped, Exchange, Notification, Sandbox};
use crate::time::Instant;

/// How many answers stay at hand.
const ANSWERS: usize = 4;

/// All that is on show.
#[derive(Clone)]
pub(super) struct Snapshot {
    /// The clock, as of the last tick.
    pub(super) clock: ClockState,
    /// Live and released sessions.
    pub(super) sessions: List<Session>,
    /// What clients were to hear.
    pub(super) notifications: List<Notification>,
    /// How many older records are gone.
    pub(super) dropped: Dropped,
    /// Who gets them.
    pub(super) receiver: Choice,
    /// Answers to the last requests made here, newest first.
    pub(super) answers: Vec<Shared<Exchange>>,
    /// Which of them is shown.
    pub(super) shown: Option<Shared<Exchange>>,
    /// The session whose details are shown.
    pub(super) selected: Option<SessionId>,
}

/// What changes it.
pub(super) enum Action {
    /// The backend changed.
    Refresh(Backend),
    /// Time passed.
    Tick(Instant),
    /// A request made here was answered.
    Answer(Arc<Exchange>),
    /// An earlier answer is to be shown again.
    Show(Shared<Exchange>),
    /// A session's details are to be shown, or no longer.
    Select(SessionId),
}

/// The backend's part of a snapshot.
pub(super) struct Backend {
    clock: ClockState,
    sessions: Vec<Arc<Session>>,
    notifications: Vec<Arc<Notification>>,
    dropped: Dropped,
    receiver: Choice,
    untouched: bool,
}

impl Backend {
    /// The backend as it is now.
    pub(super) fn of(driver: &Driver) -> Self {
        Self {
            clock: driver.clock(),
            sessions: driver.sessions(),
            notifications: driver.notifications(),
            dropped: driver.look(Sandbox::dropped),
            receiver: Choice::of(driver),
            untouched: driver.traffic().is_empty(),
        }
    }
}

impl From<Backend> for Snapshot {
    fn from(backend: Backend) -> Self {
        Self {
            clock: backend.clock,
            sessions: backend.sessions.into(),
            notifications: backend.notifications.into(),
            dropped: backend.dropped,
            receiver: backend.receiver,
            answers: Vec::new(),
            shown: None,
            selected: None,
        }
    }
}

impl Reducible for Snapshot {
    type Action = Action;

    fn reduce(mut self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::make_mut(&mut self).apply(action);
        self
    }
}

impl Snapshot {
    fn apply(&mut self, action: Action) {
        match action {
            Action::Refresh(backend) if backend.untouched => *self = backend.into(),
            Action::Refresh(backend) => {
                self.clock = backend.clock;
                self.sessions = backend.sessions.into();
                self.notifications = backend.notifications.into();
                self.dropped = backend.dropped;
                self.receiver = backend.receiver;
            }
            Action::Tick(now) => self.clock.now = now,
            Action::Answer(exchange) => {
                self.selected = created(&exchange).or(self.selected);
                let answer = Shared::from(exchange);
                self.answers.insert(0, answer.clone());
                self.answers.truncate(ANSWERS);
                self.shown = Some(answer);
            }
            Action::Show(answer) => self.shown = Some(answer),
            Action::Select(session) => {
                self.selected = (self.selected != Some(session)).then_some(session);
            }
        }
    }
}

/// The session that an exchange created.
fn created(exchange: &Exchange) -> Option<SessionId> {
    let location = exchange.response.headers.first("location")?;
    SessionId::parse(location.rsplit('/').next()?)
}
