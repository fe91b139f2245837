//! Notifications and their deliveries: from what happened to a request for a receiver.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::api;
use crate::engine::{Change, Event, SessionId, Status, StatusInfo, Webhook};
use crate::http::Request;
use crate::time::{Instant, as_rfc3339};

/// Something that a client is to hear of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notification {
    /// Unique.
    pub id: String,
    /// The session that it is about.
    pub session: SessionId,
    /// The session's address.
    pub url: Arc<str>,
    /// When it happened.
    pub at: Instant,
    /// The status from then on.
    pub status: Status,
    /// Why that.
    pub info: Option<StatusInfo>,
    /// Where the client wants to hear of it, if it does.
    pub webhook: Option<Webhook>,
    /// The attempts to tell, oldest first.
    pub deliveries: Vec<Delivery>,
}

/// An attempt to deliver a notification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// When it was made.
    #[serde(serialize_with = "as_rfc3339")]
    pub at: Instant,
    /// To where.
    pub url: Arc<str>,
    /// What became of it.
    pub outcome: Outcome,
    /// The status of the receiver's answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<u16>,
    /// Which attempt it is, from 1.
    pub attempt: u32,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The receiver has not answered yet.
    Pending,
    /// It answered with a 2xx.
    Delivered,
    /// It answered with anything else.
    Refused,
    /// It could not be reached, or failed.
    Failed,
    /// It did not answer in time.
    Timeout,
    /// There is none at that URL.
    NoReceiver,
}

/// What a receiver did, as whoever runs the sandbox saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reception {
    /// It answered with this status.
    Answered(u16),
    /// It could not be reached, or failed, for this reason.
    Failed(String),
    /// There is none.
    NoReceiver,
}

/// A notification as the records show it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NotificationRecord {
    /// Unique; the same as the event's.
    pub id: String,
    /// The session that it is about.
    pub session_id: String,
    /// When it happened (RFC 3339).
    pub at: String,
    /// The event as receivers get it.
    pub event: api::wire::CloudEvent,
    /// The attempts to deliver it, oldest first; none without a webhook.
    pub deliveries: Vec<Delivery>,
}

impl Notification {
    /// The notification of an event.
    pub(super) fn new(id: String, event: &Event) -> Self {
        let Change {
            at, status, info, ..
        } = event.change;
        Self {
            id,
            session: event.session.id,
            url: event.session.url.clone(),
            at,
            status,
            info,
            webhook: event.session.request.webhook.clone(),
            deliveries: Vec::new(),
        }
    }

    /// The event as receivers get it.
    pub fn event(&self) -> api::wire::CloudEvent {
        api::cloud_event(
            &self.id,
            self.session,
            &self.url,
            self.at,
            self.status,
            self.info,
        )
    }

    /// The notification as the records show it.
    pub fn record(&self) -> NotificationRecord {
        NotificationRecord {
            id: self.id.clone(),
            session_id: self.session.to_string(),
            at: self.at.to_string(),
            event: self.event(),
            deliveries: self.deliveries.clone(),
        }
    }

    /// The request that delivers it.
    pub(super) fn request(&self, webhook: &Webhook) -> Request {
        let request = Request::new("POST", &webhook.url)
            .header("Content-Type", "application/cloudevents+json")
            .body(serde_json::to_vec(&self.event()).unwrap_or_default());
        match &webhook.token {
            Some(token) => request.header("Authorization", &format!("Bearer {token}")),
            None => request,
        }
    }
}

impl Delivery {
    pub(super) fn new(at: Instant, url: Arc<str>, attempt: u32) -> Self {
        Self {
            at,
            url,
            outcome: Outcome::Pending,
            status: None,
            attempt,
            reason: None,
        }
    }

    /// Notes what the receiver did.
    pub(super) fn settle(&mut self, reception: &Reception) {
        match reception {
            Reception::Answered(status) => {
                let delivered = (200..300).contains(status);
                self.outcome = if delivered {
                    Outcome::Delivered
                } else {
                    Outcome::Refused
                };
                self.status = Some(*status);
            }
            Reception::Failed(reason) => {
                self.outcome = Outcome::Failed;
                self.reason = Some(reason.clone());
            }
            Reception::NoReceiver => self.outcome = Outcome::NoReceiver,
        }
    }
}
