//! From what the engine did to records, notifications and their deliveries.

use std::sync::Arc;

use super::Sandbox;
use super::io::{Fired, FiredKind, Output};
use super::notification::{Message, Notification, NotificationId};
use crate::engine::Event;
use crate::time::Instant;

impl Sandbox {
    /// Records and tells what the engine did; because of `deadline`, if one made it do so. Nothing
    /// of it is delivered before `earliest`.
    pub(super) fn collect_events(&mut self, deadline: Option<FiredKind>, earliest: Instant) {
        while let Some(event) = self.state.engine.poll_event() {
            let (session, change) = (event.session.clone(), event.change);
            if session.released_at().is_some() {
                let limit = self.state.settings.limits.released_sessions;
                self.state.records.released.push(session.clone(), limit);
            }
            self.outputs.push_back(Output::Session(session, change));
            let notification_id = change.notifies.then(|| self.notify(&event, earliest));
            if event.session.released_at().is_some() {
                self.state.astray.forget(event.session.id);
            }
            if let Some(kind) = deadline {
                self.outputs.push_back(Output::Fired(Fired {
                    at: change.at,
                    kind,
                    session_id: event.session.id,
                    notification_id,
                }));
            }
        }
    }

    fn notify(&mut self, event: &Event, earliest: Instant) -> NotificationId {
        let id = NotificationId::from_random(self.state.draw());
        let notification = Arc::new(Notification::new(Message::new(id, event)));
        let message = notification.message.clone();
        let notifications = &mut self.state.records.notifications;
        let place = notifications.next();
        let limit = self.state.settings.limits.notifications;
        notifications.push(notification.clone(), limit);
        self.outputs.push_back(Output::Notification(notification));
        self.deliver(&message, place, earliest);
        id
    }
}
