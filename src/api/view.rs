//! A session as the sandbox's own records show it: the specification's `SessionInfo` and more.

use serde::{Deserialize, Serialize};

use super::render::session_info;
use super::secret::{masked, masked_url};
use super::wire::{QosStatus, SessionInfo, StatusInfo};
use crate::engine;

/// `SessionInfo`, and what the API does not tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    /// What `GET /sessions/{sessionId}` answers, or would have answered, with a masked token.
    #[serde(flatten)]
    pub info: SessionInfo,
    /// Why the session is not available.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_info: Option<StatusInfo>,
    /// When it was released (RFC 3339), if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released_at: Option<String>,
    /// How it came there, oldest first.
    pub history: Vec<HistoryEntry>,
}

/// One step of a session's life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// When (RFC 3339).
    pub at: String,
    /// The status from then on.
    pub qos_status: QosStatus,
    /// Why that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_info: Option<StatusInfo>,
    /// What made it change.
    pub cause: Cause,
}

/// What made a session change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "as in the engine")]
pub enum Cause {
    Created,
    Granted,
    Refused,
    Terminated,
    Extended,
    Expired,
    Deleted,
    Released,
}

impl SessionView {
    /// The view of a session, live or released.
    pub fn of(session: &engine::Session) -> Self {
        let mut info = session_info(session);
        if let Some(webhook) = &mut info.webhook {
            if let Some(token) = &mut webhook.notification_auth_token {
                *token = masked(token);
            }
            webhook.notification_url = masked_url(&webhook.notification_url).into_owned();
        }
        Self {
            info,
            status_info: session.status_info().map(Into::into),
            released_at: session.released_at().map(|at| at.to_string()),
            history: session.history.iter().map(HistoryEntry::from).collect(),
        }
    }
}

impl From<&engine::Change> for HistoryEntry {
    fn from(change: &engine::Change) -> Self {
        Self {
            at: change.at.to_string(),
            qos_status: change.status.into(),
            status_info: change.info.map(Into::into),
            cause: change.cause.into(),
        }
    }
}

impl From<engine::Cause> for Cause {
    fn from(cause: engine::Cause) -> Self {
        match cause {
            engine::Cause::Created => Self::Created,
            engine::Cause::Granted => Self::Granted,
            engine::Cause::Refused => Self::Refused,
            engine::Cause::Terminated => Self::Terminated,
            engine::Cause::Extended => Self::Extended,
            engine::Cause::Expired => Self::Expired,
            engine::Cause::Deleted => Self::Deleted,
            engine::Cause::Released => Self::Released,
        }
    }
}
