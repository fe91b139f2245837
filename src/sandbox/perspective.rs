//! Polling beside callback: what each kind of client has been able to see of a session.

use std::sync::Arc;

use serde::Serialize;

use super::Sandbox;
use super::delivery::Outcome;
use super::notification::{Message, Notification};
use crate::api::wire::{QosStatus, StatusInfo};
use crate::engine::{Cause, Change, Session, SessionId};
use crate::time::{Instant, as_rfc3339};

/// One moment of a session's life, as two kinds of client know it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Perspective {
    /// When.
    #[serde(serialize_with = "as_rfc3339")]
    pub at: Instant,
    /// What happened then.
    pub cause: Step,
    /// What `GET /sessions/{sessionId}` answers from then on.
    pub polling: Polling,
    /// What the webhook has been told last.
    pub callback: Callback,
    /// What the two cannot know, or not yet.
    pub differences: Vec<Difference>,
}

/// What happened at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "as the engine's causes")]
pub enum Step {
    Created,
    Granted,
    Refused,
    Terminated,
    Extended,
    Expired,
    Deleted,
    Released,
    /// The webhook took a notification.
    Delivered,
}

/// What a client that polls sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Polling {
    /// 200, or 404 once the session is released.
    pub status: u16,
    /// In an answer with 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qos_status: Option<QosStatus>,
}

/// What a client with a webhook has heard last; nothing yet, if it has no members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Callback {
    /// The notification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notification_id: Option<String>,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qos_status: Option<QosStatus>,
    /// Why that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_info: Option<StatusInfo>,
}

/// What one of the two cannot know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// Who polls sees UNAVAILABLE, and not why: `SessionInfo` has no `statusInfo`.
    StatusInfoUnseen,
    /// Who polls gets 404, as for a session that never was.
    NotFound,
    /// Of this change, no one is notified.
    NotNotified,
    /// The webhook has not been told of the last change that notifies.
    NotDelivered,
    /// Whether the webhook has been told of that change is not recorded any more.
    NotRecorded,
    /// The webhook was told an older thing last.
    OutOfOrder,
    /// The webhook had been told the same before.
    Duplicate,
}

impl Sandbox {
    /// What a client that polls and one with a webhook have been able to see of a session, from
    /// moment to moment; nothing if there is no such session, or no longer.
    pub fn perspectives(&self, id: SessionId) -> Option<Vec<Perspective>> {
        let session = (self.state.engine.session(id).ok()).or_else(|| {
            Some(
                self.state
                    .records
                    .released
                    .find(|session| session.id == id)?
                    .1,
            )
        })?;
        let told: Vec<_> = (self.state.records.notifications.iter())
            .filter(|notification| notification.message.session == id)
            .collect();
        Some(perspectives(session, &told))
    }
}

/// What can be seen anew.
enum Moment<'a> {
    Change(&'a Change),
    Delivered(&'a Message),
}

fn perspectives(session: &Session, told: &[&Arc<Notification>]) -> Vec<Perspective> {
    let mut moments: Vec<_> = (session.history.iter())
        .map(|change| (change.at, Moment::Change(change)))
        .collect();
    for notification in told {
        for delivery in &notification.deliveries {
            if let (Outcome::Delivered, Some(taken)) = (delivery.outcome, delivery.duration) {
                let at = delivery.at.after(taken);
                // Of one instant, changes stay before what is told of them.
                let place = moments.partition_point(|(other, _)| *other <= at);
                moments.insert(place, (at, Moment::Delivered(&notification.message)));
            }
        }
    }

    let mut seen = Seen {
        told,
        ..Seen::default()
    };
    let moments = moments.into_iter();
    moments.map(|(at, moment)| seen.at(at, &moment)).collect()
}

/// What has been seen so far.
#[derive(Default)]
struct Seen<'a> {
    told: &'a [&'a Arc<Notification>],
    change: Option<&'a Change>,
    notifying: Option<&'a Change>,
    heard: Vec<&'a Message>,
}

impl<'a> Seen<'a> {
    fn at(&mut self, at: Instant, moment: &Moment<'a>) -> Perspective {
        let mut differences = Vec::new();
        let cause = match moment {
            Moment::Change(change) => {
                self.change = Some(change);
                if change.notifies {
                    self.notifying = Some(change);
                }
                change.cause.into()
            }
            Moment::Delivered(message) => {
                if self.heard.iter().any(|heard| heard.id == message.id) {
                    differences.push(Difference::Duplicate);
                }
                self.heard.push(message);
                Step::Delivered
            }
        };
        let polling = Polling::of(self.change);
        match polling.qos_status {
            None => differences.push(Difference::NotFound),
            Some(QosStatus::Unavailable) => differences.push(Difference::StatusInfoUnseen),
            Some(QosStatus::Requested | QosStatus::Available) => {}
        }
        if matches!(moment, Moment::Change(change) if !change.notifies) {
            differences.push(Difference::NotNotified);
        }
        let last = self.heard.last();
        if let Some(change) = self.notifying {
            let tells =
                |message: &&Message| (message.at, message.status) == (change.at, change.status);
            if !self.told.iter().any(|told| tells(&&*told.message)) {
                differences.push(Difference::NotRecorded);
            } else if !self.heard.iter().any(tells) {
                differences.push(Difference::NotDelivered);
            } else if !last.is_some_and(tells) {
                differences.push(Difference::OutOfOrder);
            }
        }
        Perspective {
            at,
            cause,
            polling,
            callback: last.map_or_else(Callback::default, |message| Callback::of(message)),
            differences,
        }
    }
}

impl Polling {
    fn of(change: Option<&Change>) -> Self {
        let live = change.filter(|change| match change.cause {
            Cause::Created
            | Cause::Granted
            | Cause::Refused
            | Cause::Terminated
            | Cause::Extended => true,
            Cause::Expired | Cause::Deleted | Cause::Released => false,
        });
        Self {
            status: if live.is_some() { 200 } else { 404 },
            qos_status: live.map(|change| change.status.into()),
        }
    }
}

impl Callback {
    fn of(message: &Message) -> Self {
        Self {
            notification_id: Some(message.id.to_string()),
            qos_status: Some(message.status.into()),
            status_info: message.info.map(Into::into),
        }
    }
}

impl From<Cause> for Step {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::Created => Self::Created,
            Cause::Granted => Self::Granted,
            Cause::Refused => Self::Refused,
            Cause::Terminated => Self::Terminated,
            Cause::Extended => Self::Extended,
            Cause::Expired => Self::Expired,
            Cause::Deleted => Self::Deleted,
            Cause::Released => Self::Released,
        }
    }
}
