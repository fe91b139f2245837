//! Notifications: what clients are to hear, and the request that tells them.

use core::fmt;
use std::sync::Arc;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::delivery::{Delivery, DeliveryRecord};
use super::traffic::{HttpRecord, fields};
use crate::api;
use crate::api::secret::{Secret, Veil, masked, masked_url};
use crate::engine::{Change, Event, SessionId, Status, StatusInfo, Webhook};
use crate::http::Request;
use crate::time::Instant;

/// Something that a client is to hear of, and how far it has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notification {
    /// What it says.
    pub message: Arc<Message>,
    /// The attempts to tell, oldest first.
    pub deliveries: Vec<Delivery>,
    /// What the next attempt waits for, if there will be one.
    pub waiting: Option<Waiting>,
}

/// A notification's identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotificationId(Uuid);

/// What a notification says, and to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Unique.
    pub id: NotificationId,
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
}

/// What an attempt waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Waiting {
    /// A moment.
    Until(Instant),
    /// The next notification of the same session: they are sent out of order.
    ForNext,
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
    /// The event as receivers get it: the body of the request.
    pub event: api::wire::CloudEvent,
    /// The rest of the request, its token masked; none without a webhook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<HttpRecord>,
    /// The attempts to deliver it, oldest first; none without a webhook.
    pub deliveries: Vec<DeliveryRecord>,
    /// When the next attempt will be made (RFC 3339), if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<String>,
    /// It waits for the next notification of its session.
    #[serde(skip_serializing_if = "is_false")]
    pub held_back: bool,
}

impl NotificationId {
    /// An identifier of these random bits.
    pub(super) fn from_random(bits: u128) -> Self {
        Self(uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid())
    }

    /// Parses a UUID.
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::try_parse(text).ok().map(Self)
    }
}

impl fmt::Display for NotificationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// As text, in snapshots too.
impl Serialize for NotificationId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for NotificationId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("no UUID"))
    }
}

impl Message {
    /// What there is to say of an event.
    pub(super) fn new(id: NotificationId, event: &Event) -> Self {
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
        }
    }

    /// The event as receivers get it.
    pub fn event(&self) -> api::wire::CloudEvent {
        api::cloud_event(
            &self.id.to_string(),
            self.session,
            &self.url,
            self.at,
            self.status,
            self.info,
        )
    }

    /// The request that tells `webhook`: the only place where one is made.
    pub fn request(&self, webhook: &Webhook) -> Request {
        head(webhook).body(serde_json::to_vec(&self.event()).unwrap_or_default())
    }
}

impl Notification {
    /// A notification of which nobody has heard yet.
    pub(super) fn new(message: Message) -> Self {
        Self {
            message: Arc::new(message),
            deliveries: Vec::new(),
            waiting: None,
        }
    }

    /// The notification as the records show it.
    pub fn record(&self) -> NotificationRecord {
        self.veiled_record(&mut |secret: Secret<'_>| masked(secret.text()))
    }

    /// The same with something else in the place of the secrets of its deliveries.
    pub(crate) fn veiled_record(&self, veil: Veil<'_>) -> NotificationRecord {
        let message = &self.message;
        let webhook = message.webhook.as_ref();
        let mut deliveries = Vec::new();
        if let Some(webhook) = webhook {
            let made = self.deliveries.iter();
            deliveries.extend(made.map(|delivery| DeliveryRecord::veiled(delivery, webhook, veil)));
        }
        NotificationRecord {
            id: message.id.to_string(),
            session_id: message.session.to_string(),
            at: message.at.to_string(),
            event: message.event(),
            request: webhook.map(|webhook| {
                let head = head(webhook);
                HttpRecord {
                    headers: fields(&head.headers),
                    method: Some(head.method),
                    url: Some(masked_url(&head.url).into_owned()),
                    status: None,
                    body: None,
                }
            }),
            deliveries,
            next_attempt_at: match self.waiting {
                Some(Waiting::Until(at)) => Some(at.to_string()),
                Some(Waiting::ForNext) | None => None,
            },
            held_back: self.waiting == Some(Waiting::ForNext),
        }
    }
}

/// The request to a webhook, but for its body.
fn head(webhook: &Webhook) -> Request {
    let request =
        Request::new("POST", &webhook.url).header("Content-Type", "application/cloudevents+json");
    match &webhook.token {
        Some(token) => request.header("Authorization", &format!("Bearer {token}")),
        None => request,
    }
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape that serde asks for"
)]
const fn is_false(value: &bool) -> bool {
    !*value
}
