//! What clients were told.

use yew::{Html, Properties, component, html, use_state};

use super::notification_item::NotificationItem;
use super::parts::{PAGE, more};
use super::shared::{List, Shared};
use crate::sandbox::Notification;

#[derive(Properties, PartialEq)]
pub(super) struct NotificationsProps {
    pub(super) notifications: List<Notification>,
}

/// Every notification, newest first.
#[component]
pub(super) fn Notifications(props: &NotificationsProps) -> Html {
    let shown = use_state(|| PAGE);
    let notifications = &props.notifications;
    let item = |notification: &Shared<Notification>| {
        html! {
            <NotificationItem key={notification.message.id.clone()} notification={notification.clone()} />
        }
    };
    html! {
        <section class="pane notify" aria-labelledby="h-notifications">
            <div class="head rule">
                <h2 id="h-notifications">{ "Notifications" }</h2>
                if !notifications.is_empty() {
                    <span class="count num">{ notifications.len() }</span>
                }
            </div>
            if notifications.is_empty() {
                <div class="empty">
                    <h3>{ "No notifications yet" }</h3>
                    <p>{ "A session sends one to its webhook each time its qosStatus becomes AVAILABLE or UNAVAILABLE." }</p>
                </div>
            } else {
                <div class="scroll">
                    <ol class="stream" aria-label="Notifications, newest first">
                        { for notifications.iter().take(*shown).map(item) }
                    </ol>
                    { more(&shown, notifications.len()) }
                </div>
            }
        </section>
    }
}
