//! What each cause does to a session's status, and whether clients are notified of it.

use super::session::{Cause, Change, Status, StatusInfo};
use crate::time::Instant;

impl Change {
    /// What `cause` does to a session with the status `before`.
    pub(super) fn new(
        at: Instant,
        cause: Cause,
        before: Status,
        info_before: Option<StatusInfo>,
    ) -> Self {
        use StatusInfo::{DeleteRequested, DurationExpired, NetworkTerminated};
        let (status, info, notifies) = match (cause, before) {
            (Cause::Created, _) => (Status::Requested, None, false),
            (Cause::Granted, _) => (Status::Available, None, true),
            (Cause::Extended, _) => (before, info_before, false),
            (Cause::Refused | Cause::Terminated, _) => {
                (Status::Unavailable, Some(NetworkTerminated), true)
            }
            (Cause::Expired, _) => (Status::Unavailable, Some(DurationExpired), true),
            (Cause::Deleted, Status::Available) => {
                (Status::Unavailable, Some(DeleteRequested), true)
            }
            (Cause::Deleted, Status::Requested) => {
                (Status::Unavailable, Some(DeleteRequested), false)
            }
            (Cause::Deleted, Status::Unavailable) | (Cause::Released, _) => {
                (Status::Unavailable, info_before, false)
            }
        };
        Self {
            at,
            cause,
            status,
            info,
            notifies,
        }
    }
}
