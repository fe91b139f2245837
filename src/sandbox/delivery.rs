//! Deliveries: each attempt to hand a notification to its receiver, and what became of it.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::api::secret::{Secret, Veil, masked, masked_url, veiled_url};
use crate::engine::Webhook;
use crate::time::{Instant, millis};

mod attempts;
mod outbox;
mod policy;
mod receiver;

pub(super) use outbox::Outbox;

pub use outbox::{DeliveryId, Run};
pub use policy::{DeliveryPolicy, Destination, Disorder};
pub use receiver::{Answering, Receiver, ReceiverId, Receivers, SetAnswer, SetReply, Target};

/// How many bytes of a reason are kept: it comes from outside.
const LONGEST_REASON: usize = 1_000;

/// An attempt to deliver a notification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// When it was made.
    pub at: Instant,
    /// Which attempt for this notification it is, from 1.
    pub attempt: u32,
    /// Why it was made.
    pub cause: DeliveryCause,
    /// What became of it.
    pub outcome: Outcome,
    /// The status of the receiver's answer.
    pub status: Option<u16>,
    /// How long that took, once it is known.
    pub duration: Option<Duration>,
    /// Why it was not delivered.
    pub reason: Option<Cow<'static, str>>,
}

/// Why an attempt was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryCause {
    /// Something happened.
    Event,
    /// The one before did not succeed.
    Retry,
    /// Notifications are duplicated.
    Copy,
    /// Someone asked for it.
    Redelivery,
}

/// What became of an attempt.
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

/// What came of a delivery that was handed out, as whoever runs the sandbox saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reception {
    /// The receiver answered with this status.
    Answered(u16),
    /// It could not be reached, or failed, for this reason.
    Failed(String),
    /// There is none.
    NoReceiver,
    /// It is for this one: an answer to [`To::Unrouted`].
    Routed(ReceiverId),
}

/// To whom a delivery is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum To {
    /// This receiver, a handler.
    Receiver(ReceiverId),
    /// The first receiver whose pattern matches the URL, if one does.
    Unrouted,
    /// Whoever is at that URL: a real request.
    Network,
}

impl Reception {
    /// The same without the token that a reason may quote.
    pub(super) fn without_token(self, webhook: &Webhook) -> Self {
        match self {
            Self::Failed(reason) => Self::Failed(without_token(reason, webhook)),
            other @ (Self::Answered(_) | Self::NoReceiver | Self::Routed(_)) => other,
        }
    }
}

impl Delivery {
    fn new(at: Instant, attempt: u32, cause: DeliveryCause) -> Self {
        Self {
            at,
            attempt,
            cause,
            outcome: Outcome::Pending,
            status: None,
            duration: None,
            reason: None,
        }
    }

    /// Notes what the receiver did at `now`.
    fn settle(&mut self, now: Instant, reception: Reception) {
        self.duration = Some(now.since(self.at));
        match reception {
            Reception::Answered(status) if (200..300).contains(&status) => {
                self.outcome = Outcome::Delivered;
                self.status = Some(status);
            }
            Reception::Answered(status) => {
                self.outcome = Outcome::Refused;
                self.status = Some(status);
                self.reason = Some(refusal(status).into());
            }
            Reception::Failed(reason) => {
                self.outcome = Outcome::Failed;
                self.reason = Some(reason.into());
            }
            Reception::NoReceiver | Reception::Routed(_) => {
                self.outcome = Outcome::NoReceiver;
                self.reason = Some("no receiver of the sandbox is there for this URL".into());
            }
        }
    }

    /// Notes that the receiver took too long.
    fn time_out(&mut self, now: Instant) {
        let taken = now.since(self.at);
        self.outcome = Outcome::Timeout;
        self.duration = Some(taken);
        let millis = millis(taken);
        self.reason = Some(Cow::Owned(format!(
            "no answer within {millis} ms of the sandbox's time"
        )));
    }

    /// Whether another attempt may have another outcome. 410 asks for none.
    fn may_succeed_later(&self) -> bool {
        match self.outcome {
            Outcome::Pending | Outcome::Delivered => false,
            Outcome::Refused => self.status != Some(410),
            Outcome::Failed | Outcome::Timeout | Outcome::NoReceiver => true,
        }
    }
}

const fn refusal(status: u16) -> &'static str {
    match status {
        401 => "the receiver did not take the token",
        410 => "the receiver is gone for good: no more attempts",
        300..=399 => "the receiver redirected, which is not followed",
        _ => "the receiver answered with something else than 2xx",
    }
}

/// What comes from outside may quote the request.
fn without_token(reason: String, webhook: &Webhook) -> String {
    let reason = match masked_url(&webhook.url) {
        Cow::Owned(url) => reason.replace(&*webhook.url, &url),
        Cow::Borrowed(_) => reason,
    };
    let mut reason = match &webhook.token {
        Some(token) => reason.replace(&**token, &masked(token)),
        None => reason,
    };
    if reason.len() > LONGEST_REASON {
        let end = (0..=LONGEST_REASON)
            .rev()
            .find(|end| reason.is_char_boundary(*end));
        reason.truncate(end.unwrap_or(0));
        reason.push('…');
    }
    reason
}

/// An attempt as the records show it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryRecord {
    /// When it was made (RFC 3339).
    pub at: String,
    /// To where.
    pub url: Arc<str>,
    /// Which attempt for this notification it is, from 1.
    pub attempt: u32,
    /// Why it was made.
    pub cause: DeliveryCause,
    /// What became of it.
    pub outcome: Outcome,
    /// The status of the receiver's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// How long that took on the sandbox's clock, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// Why it was not delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Cow<'static, str>>,
}

impl DeliveryRecord {
    /// The record of an attempt to reach `webhook`.
    pub fn of(delivery: &Delivery, webhook: &Webhook) -> Self {
        Self::veiled(delivery, webhook, &mut |secret: Secret<'_>| {
            masked(secret.text())
        })
    }

    /// The same with something else in the place of secrets.
    pub(super) fn veiled(delivery: &Delivery, webhook: &Webhook, veil: Veil<'_>) -> Self {
        Self {
            at: delivery.at.to_string(),
            url: match veiled_url(&webhook.url, veil) {
                Cow::Owned(url) => url.into(),
                Cow::Borrowed(_) => webhook.url.clone(),
            },
            attempt: delivery.attempt,
            cause: delivery.cause,
            outcome: delivery.outcome,
            status: delivery.status,
            duration_ms: delivery.duration.map(millis),
            reason: delivery.reason.clone(),
        }
    }
}
