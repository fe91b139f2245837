//! What the console shows: the backend at one moment, and what the person looks at.

use std::rc::Rc;
use std::sync::Arc;

use yew::{AttrValue, Reducible};

use super::act::{Act, Open};
use super::offer::Offer;
use super::receiver_field::Choice;
use super::shared::{List, Shared};
use super::toasts::{Toast, ToastTone};
use crate::api::Operation;
use crate::driver::{ClockState, Driver, NextEvent};
use crate::engine::{Catalogue, KnownDevice, Session, SessionId};
use crate::http::Request;
use crate::sandbox::{
    Dropped, Exchange, Fault, FaultId, MOCK_ACCESS_TOKEN, Notification, Receiver, ReceiverId,
    Sandbox, Settings,
};
use crate::time::Instant;

/// How many answers stay at hand.
const ANSWERS: usize = 4;

/// How much of what lies ahead is shown.
const AHEAD: usize = 4;

/// All that is on show.
#[derive(Clone)]
pub(super) struct Snapshot {
    /// The clock, as of the last tick.
    pub(super) clock: ClockState,
    /// The wall's time then.
    pub(super) wall: Instant,
    /// What happens next by itself.
    pub(super) ahead: Rc<[NextEvent]>,
    /// Live and released sessions.
    pub(super) sessions: List<Session>,
    /// What clients were to hear.
    pub(super) notifications: List<Notification>,
    /// Requests and answers.
    pub(super) traffic: List<Exchange>,
    /// How many older records are gone.
    pub(super) dropped: Dropped,
    /// How the operator behaves.
    pub(super) config: Rc<Config>,
    /// While an earlier moment is on show: all sessions of the present.
    pub(super) present: Option<List<Session>>,

    /// The access token of requests made here.
    pub(super) token: AttrValue,
    /// The operation whose form is on show.
    pub(super) operation: Operation,
    /// A request to be put into the form, and how many there were before.
    pub(super) edit: Option<(u32, Rc<Request>)>,
    /// A test value for the create form, and how many there were before.
    pub(super) use_value: Option<(u32, AttrValue, AttrValue)>,
    /// Answers to the last requests made here, newest first, and how many milliseconds they took.
    pub(super) answers: Rc<[(Shared<Exchange>, Option<f64>)]>,
    /// Which of them is shown.
    pub(super) shown: Option<Shared<Exchange>>,
    /// The session whose details are shown.
    pub(super) selected: Option<SessionId>,
    /// The notification that is open.
    pub(super) read: Option<AttrValue>,
    /// What notifications are filtered by.
    pub(super) filter: AttrValue,
    /// Requests up to this one are hidden.
    pub(super) cleared: u64,
    pub(super) open: Option<Open>,
    pub(super) toast: Option<Toast>,
    /// The guided story that is told.
    pub(super) story: Option<usize>,
    /// The link to the run, where it could not be copied.
    pub(super) link: AttrValue,
    /// The run that was opened, as long as that is asked about.
    pub(super) offer: Offer,
}

/// How the operator, its network and the receivers behave.
#[derive(PartialEq)]
pub(super) struct Config {
    pub(super) settings: Settings,
    pub(super) catalogue: Catalogue,
    pub(super) faults: Vec<(FaultId, Fault, Option<u32>)>,
    pub(super) devices: Vec<Arc<KnownDevice>>,
    /// Who gets notifications.
    pub(super) receiver: Choice,
    /// All who could get some, by age.
    pub(super) receivers: Vec<(ReceiverId, Receiver)>,
}

/// What changes it.
pub(super) enum Action {
    /// The backend changed.
    Refresh(Backend),
    /// Time passed.
    Tick(Instant, Instant),
    /// A request made here was answered, in so many milliseconds.
    Answer(Shared<Exchange>, Option<f64>),
    Show(Shared<Exchange>),
    Select(Option<SessionId>),
    Read(Option<AttrValue>),
    Operate(Operation),
    Edit(Rc<Request>),
    UseTestValue(AttrValue, AttrValue),
    Credential(AttrValue),
    Filter(AttrValue),
    ClearTraffic(u64),
    Open(Option<Open>),
    Toast(ToastTone, AttrValue, Option<(AttrValue, Act)>),
    HideToast,
    Tell(Option<usize>),
    /// A link could not be copied.
    Link(AttrValue),
    /// A run was opened.
    Offer(Offer),
}

/// The backend's part of a snapshot.
pub(super) struct Backend {
    clock: ClockState,
    wall: Instant,
    ahead: Rc<[NextEvent]>,
    sessions: List<Session>,
    notifications: List<Notification>,
    traffic: List<Exchange>,
    dropped: Dropped,
    config: Rc<Config>,
}

impl Backend {
    /// The backend as it is now; in a storm of deadlines, as far as it has come.
    pub(super) fn of(driver: &Driver) -> Self {
        driver.leisurely(Self::read)
    }

    fn read(driver: &Driver) -> Self {
        Self {
            clock: driver.clock(),
            wall: driver.wall(),
            ahead: driver.upcoming(AHEAD).into(),
            sessions: driver.sessions().into(),
            notifications: driver.notifications().into(),
            traffic: driver.traffic().into(),
            dropped: driver.look(Sandbox::dropped),
            config: Rc::new(Config {
                settings: driver.settings(),
                catalogue: driver.catalogue(),
                faults: driver.faults(),
                devices: driver.devices(),
                receiver: Choice::of(driver),
                receivers: driver.receivers(),
            }),
        }
    }
}

impl Backend {
    /// How many sessions and notifications there are.
    pub(super) fn len(&self) -> usize {
        self.sessions.len() + self.notifications.len()
    }
}

impl From<Backend> for Snapshot {
    fn from(backend: Backend) -> Self {
        Self {
            clock: backend.clock,
            wall: backend.wall,
            ahead: backend.ahead,
            sessions: backend.sessions,
            notifications: backend.notifications,
            traffic: backend.traffic,
            dropped: backend.dropped,
            config: backend.config,
            present: None,
            token: MOCK_ACCESS_TOKEN.into(),
            operation: Operation::CreateSession,
            edit: None,
            use_value: None,
            answers: Rc::from([]),
            shown: None,
            selected: None,
            read: None,
            filter: AttrValue::default(),
            cleared: 0,
            open: None,
            toast: None,
            story: None,
            link: AttrValue::default(),
            offer: Offer::default(),
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
            Action::Refresh(backend) => self.refresh(backend),
            Action::Tick(now, wall) => {
                self.clock.now = now;
                self.wall = wall;
            }
            Action::Answer(answer, took) => {
                self.selected = created(&answer).or(self.selected);
                self.shown = Some(answer.clone());
                let before = self.answers.iter().take(ANSWERS - 1).cloned();
                self.answers = [(answer, took)].into_iter().chain(before).collect();
            }
            Action::Show(answer) => self.shown = Some(answer),
            Action::Select(session) => self.selected = session,
            Action::Read(notification) => self.read = notification,
            Action::Operate(operation) => self.operation = operation,
            Action::Edit(request) => {
                let number = self.edit.as_ref().map_or(0, |(number, _)| *number);
                self.edit = Some((number.wrapping_add(1), request));
            }
            Action::UseTestValue(member, value) => {
                let number = self.use_value.as_ref().map_or(0, |(number, ..)| *number);
                self.use_value = Some((number.wrapping_add(1), member, value));
                self.operation = Operation::CreateSession;
                self.open = None;
            }
            Action::Credential(token) => self.token = token,
            Action::Filter(text) => self.filter = text,
            Action::ClearTraffic(until) => self.cleared = until,
            Action::Open(open) => self.open = open,
            Action::Toast(tone, text, act) => {
                let id = self.toast.as_ref().map_or(0, |toast| toast.id);
                let id = id.wrapping_add(1);
                self.toast = Some(Toast {
                    id,
                    tone,
                    text,
                    act,
                });
            }
            Action::HideToast => self.toast = None,
            Action::Tell(story) => {
                self.story = story;
                self.open = None;
            }
            Action::Link(link) => {
                self.link = link;
                self.open = Some(Open::Link);
            }
            Action::Offer(offer) => {
                self.offer = offer;
                self.open = Some(Open::Offer);
            }
        }
    }

    fn refresh(&mut self, backend: Backend) {
        // Before an earlier moment is shown, what there is now is noted: marks stay where they are.
        self.present = match (backend.clock.viewing, self.present.take()) {
            (true, None) => Some(self.sessions.clone()),
            (true, present) => present,
            (false, _) => None,
        };
        if backend.traffic.is_empty() {
            // It is at its start.
            self.answers = Rc::from([]);
            self.shown = None;
            self.cleared = 0;
            self.selected = None;
            self.read = None;
        }
        self.clock = backend.clock;
        self.wall = backend.wall;
        self.ahead = backend.ahead;
        self.sessions = backend.sessions;
        self.notifications = backend.notifications;
        self.traffic = backend.traffic;
        self.dropped = backend.dropped;
        if self.config != backend.config {
            self.config = backend.config;
        }
    }
}

/// The session that an exchange created.
pub(super) fn created(exchange: &Exchange) -> Option<SessionId> {
    let response = exchange.response();
    let location = response.headers.first("location")?;
    SessionId::parse(location.rsplit('/').next()?)
}
