//! From what the engine did to records, notifications and their deliveries.

use std::sync::Arc;

use super::Sandbox;
use super::io::{Fired, Output};
use super::notification::{Delivery, Notification, Outcome, Reception};
use super::outbox::{DeliveryId, Pending};
use super::settings::Receivers;
use crate::engine::{Event, Remark, SessionId, Webhook};

impl Sandbox {
    /// Records and tells what the engine did; `timed` if a deadline made it do so.
    pub(super) fn collect_events(&mut self, timed: bool) {
        while let Some(event) = self.state.engine.poll_event() {
            let (session, change) = (event.session.clone(), event.change);
            if session.released_at().is_some() {
                let limit = self.state.settings.limits.released_sessions;
                self.state.records.released.push(session.clone(), limit);
            }
            self.outputs.push_back(Output::Session(session, change));
            let notification_id = change.notifies.then(|| self.notify(&event));
            if timed {
                self.outputs.push_back(Output::Fired(Fired {
                    at: change.at,
                    kind: change.cause.into(),
                    session_id: event.session.id.to_string(),
                    notification_id,
                }));
            }
        }
    }

    fn notify(&mut self, event: &Event) -> String {
        let id = SessionId::from_random(self.state.draw()).to_string();
        let notification = Arc::new(Notification::new(id.clone(), event));
        let place = self.state.records.notifications.next();
        let limit = self.state.settings.limits.notifications;
        let webhook = notification.webhook.clone();
        (self.state.records.notifications).push(notification.clone(), limit);
        self.outputs.push_back(Output::Notification(notification));
        if let Some(webhook) = webhook {
            self.deliver(place, event, &webhook);
        }
        id
    }

    /// Makes the first attempt to deliver a notification.
    fn deliver(&mut self, notification: u64, event: &Event, webhook: &Webhook) {
        let attempt = 1;
        let mut delivery = Delivery::new(event.change.at, webhook.url.clone(), attempt);
        let unreachable = event
            .session
            .remarks
            .contains(&Remark::WebhookSchemeNotHttp);
        match self.state.settings.receivers {
            _ if unreachable => {
                let reason = "the webhook's URL is neither http nor https";
                delivery.settle(&Reception::Failed(reason.to_owned()));
            }
            Receivers::None => delivery.settle(&Reception::NoReceiver),
            Receivers::Outside => {}
        }
        let pending = delivery.outcome == Outcome::Pending;
        let records = &mut self.state.records.notifications;
        let Some(notified) = records.change(notification, |n| n.deliveries.push(delivery)) else {
            return;
        };
        if pending {
            let id = self.state.outbox.send(Pending {
                notification,
                attempt,
            });
            let request = Arc::new(notified.request(webhook));
            self.outputs
                .push_back(Output::Deliver(self.state.run, id, request));
        }
        self.outputs.push_back(Output::Delivery(notified, attempt));
    }

    /// Takes what a receiver outside did with a delivery.
    pub(super) fn receive(&mut self, delivery: DeliveryId, reception: &Reception) {
        let Some(Pending {
            notification,
            attempt,
        }) = self.state.outbox.settle(delivery)
        else {
            return;
        };
        let settled = self
            .state
            .records
            .notifications
            .change(notification, |notification| {
                let mut deliveries = notification.deliveries.iter_mut();
                if let Some(delivery) = deliveries.find(|delivery| delivery.attempt == attempt) {
                    delivery.settle(reception);
                }
            });
        self.outputs
            .extend(settled.map(|notification| Output::Delivery(notification, attempt)));
    }
}
