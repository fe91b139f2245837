//! What goes into a sandbox, and what comes out of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::delivery::{Delivery, DeliveryId, Receiver, ReceiverId, Receivers, Reception, Run, To};
use super::fault::{Fault, FaultId};
use super::notification::{Message, Notification, NotificationId};
use super::settings::Setting;
use super::traffic::Exchange;
use crate::engine::{
    self, Change, Device, KnownDeviceId, NetworkAct, Session, SessionId, TimerKind,
};
use crate::http::Request;
use crate::time::{Instant, as_rfc3339};

/// All that the outside does to a sandbox. A run is a list of these, each with its time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Input {
    /// A client makes a request.
    Request(Arc<Request>),
    /// The operator's network does something to a session.
    Network(SessionId, NetworkAct),
    /// A setting changes.
    Configure(Setting),
    /// The operator gets to know a device.
    AddDevice(NewDevice),
    /// The operator forgets a device.
    RemoveDevice(KnownDeviceId),
    /// A receiver of webhooks is there from now on.
    AddReceiver(Receiver),
    /// A receiver is there no longer.
    RemoveReceiver(ReceiverId),
    /// Exactly these receivers are there: after time was set back, those that were there before.
    KeepReceivers(Box<Receivers>),
    /// This came of a delivery of that run, which was handed out.
    Received(Run, DeliveryId, Reception),
    /// A recorded notification is to be delivered once more.
    Redeliver(String),
    /// Something is to go wrong with requests.
    AddFault(Fault),
    /// It is not to any more.
    RemoveFault(FaultId),
    /// Nothing is.
    ClearFaults,
}

/// A device for the operator's registry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewDevice {
    /// All its identifiers.
    pub device: Device,
    /// The network cannot serve it.
    pub unsupported: bool,
}

/// What comes of an input.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// A request, and its answer.
    Exchange(Arc<Exchange>),
    /// It is done.
    Done,
}

/// What happens in a sandbox, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// A request was answered.
    Exchange(Arc<Exchange>),
    /// A session changed.
    Session(Arc<Session>, Change),
    /// A client is to hear of it.
    Notification(Arc<Notification>),
    /// A delivery was made, or its outcome is known.
    Delivery(Arc<Message>, Delivery),
    /// Someone outside is to get this.
    Deliver(Dispatch),
    /// What comes of that delivery is of no interest any more: it took too long.
    Abandon(Run, DeliveryId),
    /// The answer to that request has come, later than it was made.
    Answered(u64),
    /// A deadline was met.
    Fired(Fired),
}

/// A delivery that is handed out. What comes of it comes back as [`Input::Received`].
#[derive(Clone, Debug, PartialEq)]
pub struct Dispatch {
    /// The run that it is of.
    pub run: Run,
    /// Which one it is.
    pub id: DeliveryId,
    /// To whom it goes.
    pub to: To,
    /// The request.
    pub request: Arc<Request>,
}

/// What will happen by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Deadline {
    /// Something happens to a session.
    Session(TimerKind),
    /// A notification is sent: late, or once more.
    Delivery,
    /// A receiver has taken too long.
    Timeout,
    /// The answer to a request comes.
    Answer,
}

/// A deadline that was met.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fired {
    /// When it was due.
    #[serde(serialize_with = "as_rfc3339")]
    pub at: Instant,
    /// What happened.
    pub kind: FiredKind,
    /// To which session.
    pub session_id: SessionId,
    /// The notification of it, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notification_id: Option<NotificationId>,
}

/// What happens at a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(
    missing_docs,
    reason = "as the engine's timers and the deadlines of deliveries"
)]
pub enum FiredKind {
    Granted,
    Refused,
    Terminated,
    Expired,
    Released,
    Delivery,
    Timeout,
    Answer,
}

/// Why an input was declined: nothing has changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Declined {
    /// By the engine: the network cannot do that to the session, or the registry to the device.
    #[error(transparent)]
    Engine(#[from] engine::Refusal),
    /// There is no such notification.
    #[error("there is no notification {0}, or no longer")]
    NoNotification(String),
    /// There is no one to tell.
    #[error("notification {0} has nowhere to go: its session was created without a webhook")]
    NoWebhook(String),
    /// There is no such fault.
    #[error("there is no fault {0}, or no longer")]
    NoFault(FaultId),
    /// Enough is enough.
    #[error("a notification is delivered {0} times at the most")]
    TooManyAttempts(usize),
    /// There are as many of them as there may be.
    #[error("there are {1} {0} already, and no more are kept: take some away first")]
    TooMany(&'static str, usize),
}

impl From<Deadline> for FiredKind {
    fn from(deadline: Deadline) -> Self {
        match deadline {
            Deadline::Session(TimerKind::Grant) => Self::Granted,
            Deadline::Session(TimerKind::Refuse) => Self::Refused,
            Deadline::Session(TimerKind::Terminate) => Self::Terminated,
            Deadline::Session(TimerKind::Expire) => Self::Expired,
            Deadline::Session(TimerKind::Release) => Self::Released,
            Deadline::Delivery => Self::Delivery,
            Deadline::Timeout => Self::Timeout,
            Deadline::Answer => Self::Answer,
        }
    }
}

impl Input {
    /// The same, with no more of a request's body than it takes to see that it is too large: the
    /// journal and the traffic keep it.
    pub(super) fn bounded(self, body_bytes: usize) -> Self {
        match self {
            Self::Request(mut request) if request.body.len() > body_bytes.saturating_add(1) => {
                let body = &mut Arc::make_mut(&mut request).body;
                body.truncate(body_bytes.saturating_add(1));
                body.shrink_to_fit();
                Self::Request(request)
            }
            Self::Request(_)
            | Self::Network(..)
            | Self::Configure(_)
            | Self::AddDevice(_)
            | Self::RemoveDevice(_)
            | Self::AddReceiver(_)
            | Self::RemoveReceiver(_)
            | Self::KeepReceivers(_)
            | Self::Received(..)
            | Self::Redeliver(_)
            | Self::AddFault(_)
            | Self::RemoveFault(_)
            | Self::ClearFaults => self,
        }
    }
}
