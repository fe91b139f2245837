//! A notification, and what was sent.

use yew::{Callback, Html, Properties, classes, component, html, use_state};

use super::parts::{Shape, Tone, chip, copy, json, small_icon};
use super::shared::Shared;
use super::{describe, format};
use crate::api::secret::masked;
use crate::engine::Webhook;
use crate::sandbox::{Notification, Outcome};

#[derive(Properties, PartialEq)]
pub(super) struct NotificationItemProps {
    pub(super) notification: Shared<Notification>,
}

/// One line, or with the request that told of it.
#[component]
pub(super) fn NotificationItem(props: &NotificationItemProps) -> Html {
    let open = use_state(|| false);
    let notification = &props.notification;
    let (tone, label) = describe::status(notification.message.status);
    let onclick = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    html! {
        <li class={classes!("nt", open.then_some("open"))}>
            <button class="nt__row" type="button" aria-expanded={open.to_string()} {onclick}>
                <span class="nt__a">{ chip(tone, label.into()) }<span class="mono">{ format::short_id(notification.message.session) }</span></span>
                <time class="num" datetime={notification.message.at.to_string()}>{ format::time_of_day(notification.message.at) }</time>
                <span class="nt__b">
                    if let Some(info) = notification.message.info {
                        <code class="trunc">{ describe::status_info(info) }</code>
                    } else {
                        <span class="muted">{ "no statusInfo" }</span>
                    }
                </span>
                <span class="nt__b">{ outcome(notification) }</span>
            </button>
            if *open {
                { body(notification) }
            }
        </li>
    }
}

/// The request as sent, or what would have been its body.
fn body(notification: &Notification) -> Html {
    let event = serde_json::to_string(&notification.message.event()).unwrap_or_default();
    html! {
        <div class="nt__body">
            if let Some(reason) = remark(notification) {
                <p class="note">{ reason }</p>
            }
            <div class="wire">
                if let Some(webhook) = &notification.message.webhook {
                    { head(webhook) }
                }
                { copy("Copy CloudEvent", event.clone().into()) }
                { json("CloudEvent", &event) }
            </div>
        </div>
    }
}

fn head(webhook: &Webhook) -> Html {
    html! {
        <div class="wire__req">
            <div><b class="verb post">{ "POST" }</b>{ " " }{ webhook.url.to_string() }</div>
            <div><span class="hn">{ "content-type: " }</span>{ "application/cloudevents+json" }</div>
            if let Some(token) = &webhook.token {
                <div><span class="hn">{ "authorization: " }</span>{ "Bearer " }{ masked(token) }</div>
            }
        </div>
    }
}

/// What became of the last attempt to deliver it.
fn outcome(notification: &Notification) -> Html {
    let delivery = notification.deliveries.last();
    let (tone, shape, text) = match delivery.map(|delivery| delivery.outcome) {
        _ if notification.message.webhook.is_none() => (Tone::End, Shape::Off, "no webhook"),
        None | Some(Outcome::Pending) => (Tone::Wait, Shape::Wait, "sending"),
        Some(Outcome::Delivered) => (Tone::Ok, Shape::Tick, "delivered"),
        Some(Outcome::Refused) => (Tone::Bad, Shape::Stop, "refused"),
        Some(Outcome::Failed) => (Tone::Bad, Shape::Stop, "failed"),
        Some(Outcome::Timeout) => (Tone::Bad, Shape::Stop, "timed out"),
        Some(Outcome::NoReceiver) => (Tone::End, Shape::Off, "no receiver"),
    };
    let status = delivery.and_then(|delivery| delivery.status);
    html! {
        <span class={classes!("code-s", tone.class())}>
            { small_icon(shape) }{ status }{ status.map(|_| " ") }{ text }
        </span>
    }
}

/// Why it was not delivered.
fn remark(notification: &Notification) -> Option<String> {
    let Some(delivery) = notification.deliveries.last() else {
        let without = "The session was created without a webhook: nothing was sent.";
        return notification
            .message
            .webhook
            .is_none()
            .then(|| without.to_owned());
    };
    match delivery.outcome {
        Outcome::NoReceiver => {
            Some("Nothing leaves the tab, and no one in it receives for this URL.".to_owned())
        }
        Outcome::Pending
        | Outcome::Delivered
        | Outcome::Refused
        | Outcome::Failed
        | Outcome::Timeout => delivery.reason.clone(),
    }
}
