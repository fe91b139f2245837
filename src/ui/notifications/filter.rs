//! Which notifications a filter means.

use super::attempts::outcome;
use crate::sandbox::Notification;
use crate::ui::describe;
use crate::ui::matching::{Wanted, digits};

/// Whether what is wanted can be seen in its row, or is a part of its session's id or of its
/// webhook's address. Thousands are asked with each key: nothing is allocated here.
pub(super) fn matches(notification: &Notification, wanted: &Wanted) -> bool {
    let message = &notification.message;
    let session = message.url.rsplit('/').next().unwrap_or_default();
    let info = message.info.map_or("no statusInfo", describe::status_info);
    let (_, _, status, outcome) = outcome(notification);
    let mut room = [0; 3];
    let status = status.map_or("", |status| digits(status, &mut room));
    let webhook = message.webhook.as_ref();
    let webhook = webhook.map_or("", |webhook| &*webhook.url);
    wanted.met(
        &[describe::status(message.status).1],
        &[session, info, status, outcome, webhook],
    )
}
