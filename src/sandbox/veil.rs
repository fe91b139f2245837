//! A state without its secrets: something else stands in their place, the same for the same.

use std::sync::Arc;

use super::State;
use crate::api::secret::{Secret, Veil, veiled_url};
use crate::engine::Webhook;

impl State {
    /// Puts something in the place of every secret, and lets go of the records, which have more of
    /// them and decide nothing: but for notifications from that place on, which are still needed.
    /// Places stay what they are: deliveries ahead go by them.
    pub(super) fn veil(&mut self, needed: u64, veil: Veil<'_>) {
        self.records.exchanges.shorten(0);
        self.records.released.shorten(0);
        self.records.notifications.shorten_to(needed);
        self.records.notifications.change_all(|notification| {
            let message = Arc::make_mut(&mut notification.message);
            if let Some(webhook) = &mut message.webhook {
                veil_webhook(webhook, veil);
            }
        });
        self.engine
            .change_webhooks(|webhook| veil_webhook(webhook, veil));
        self.outbox
            .change_webhooks(|webhook| veil_webhook(webhook, veil));
        self.receivers = self.receivers.veiled(veil);
        self.grants.rename(|name| veil(Secret::Plain(name)));
    }
}

fn veil_webhook(webhook: &mut Webhook, veil: Veil<'_>) {
    webhook.url = veiled_url(&webhook.url, veil).into();
    if let Some(token) = &mut webhook.token {
        veil_token(token, veil);
    }
}

fn veil_token(token: &mut Arc<str>, veil: Veil<'_>) {
    *token = veil(Secret::Plain(token)).into();
}
