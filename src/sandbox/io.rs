//! What goes into a sandbox, and what comes out of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::notification::{Notification, Reception};
use super::outbox::{DeliveryId, Run};
use super::settings::Setting;
use super::traffic::Exchange;
use crate::api;
use crate::engine::{Change, Device, KnownDeviceId, NetworkAct, Session, SessionId};
use crate::http::{Request, Response};
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
    /// A receiver outside did something with a delivery of that run.
    Received(Run, DeliveryId, Reception),
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
    /// The answer to a request.
    Response(Arc<Response>),
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
    Delivery(Arc<Notification>, u32),
    /// A receiver outside is to get this; what it does comes back as [`Input::Received`].
    Deliver(Run, DeliveryId, Arc<Request>),
    /// A deadline was met.
    Fired(Fired),
}

/// A deadline that was met.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fired {
    /// When it was due.
    #[serde(serialize_with = "as_rfc3339")]
    pub at: Instant,
    /// What happened.
    pub kind: api::Cause,
    /// To which session.
    pub session_id: String,
    /// The notification of it, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notification_id: Option<String>,
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
            | Self::Received(..) => self,
        }
    }
}
