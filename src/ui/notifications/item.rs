//! A notification, and what was sent.

use yew::{AttrValue, Callback, Html, Properties, classes, component, html, use_state};

use super::attempts::{attempts, mark, result};
use crate::api::secret::{masked, masked_url};
use crate::engine::Webhook;
use crate::sandbox::Notification;
use crate::ui::parts::{Shape, Tone, chip, copy, icon, json};
use crate::ui::shared::Shared;
use crate::ui::{describe, format};

#[derive(Properties, PartialEq)]
pub(super) struct NotificationItemProps {
    pub(super) notification: Shared<Notification>,
    /// Gets the id of what is to be delivered once more.
    pub(super) on_redeliver: Callback<AttrValue>,
}

/// One line, or with the request that told of it.
#[component]
pub(super) fn NotificationItem(props: &NotificationItemProps) -> Html {
    let open = use_state(|| false);
    let notification = &props.notification;
    let message = &notification.message;
    let (tone, label) = describe::status(message.status);
    let onclick = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    html! {
        <li class={classes!("nt", open.then_some("open"))}>
            <button class="nt__row" type="button" aria-expanded={open.to_string()} {onclick}>
                <span class="nt__a">{ chip(tone, label.into()) }<span class="mono">{ format::short_id(message.session) }</span></span>
                <time class="num" datetime={message.at.to_string()}>{ format::time_of_day(message.at) }</time>
                <span class="nt__b">
                    if let Some(info) = message.info {
                        <code class="trunc">{ describe::status_info(info) }</code>
                    } else {
                        <span class="muted">{ "no statusInfo" }</span>
                    }
                </span>
                <span class="nt__b">{ outcome(notification) }</span>
            </button>
            if *open {
                { body(props) }
            }
        </li>
    }
}

/// The request as sent, or what would have been its body, and what came of it.
fn body(props: &NotificationItemProps) -> Html {
    let notification = &props.notification;
    let message = &notification.message;
    let event = serde_json::to_string(&message.event()).unwrap_or_default();
    let redeliver = {
        let id = AttrValue::from(message.id.clone());
        props.on_redeliver.reform(move |_| id.clone())
    };
    html! {
        <div class="nt__body">
            if message.webhook.is_none() {
                <p class="note">{ "The session was created without a webhook: nothing was sent." }</p>
            }
            <div class="wire">
                if let Some(webhook) = &message.webhook {
                    { head(webhook) }
                }
                { copy("Copy CloudEvent", event.clone().into()) }
                { json("CloudEvent", &event) }
            </div>
            if message.webhook.is_some() {
                { attempts(notification) }
                <p class="nt__act">
                    <button class="btn btn--sm" type="button" onclick={redeliver}>{ icon(Shape::Retry) }{ "Redeliver" }</button>
                </p>
            }
        </div>
    }
}

fn head(webhook: &Webhook) -> Html {
    html! {
        <div class="wire__req">
            <div><b class="verb post">{ "POST" }</b>{ " " }{ masked_url(&webhook.url).into_owned() }</div>
            <div><span class="hn">{ "content-type: " }</span>{ "application/cloudevents+json" }</div>
            if let Some(token) = &webhook.token {
                <div><span class="hn">{ "authorization: " }</span>{ "Bearer " }{ masked(token) }</div>
            }
        </div>
    }
}

/// What became of the last attempt to deliver it, and how many there were.
fn outcome(notification: &Notification) -> Html {
    let Some(delivery) = notification.deliveries.last() else {
        return if notification.message.webhook.is_none() {
            mark(Tone::End, Shape::Off, None, "no webhook")
        } else {
            mark(Tone::Wait, Shape::Wait, None, "not sent yet")
        };
    };
    html! {
        <>
            if delivery.attempt > 1 {
                <span class="count num" title={format!("{} attempts", delivery.attempt)}>{ "×" }{ delivery.attempt }</span>
            }
            { result(delivery) }
        </>
    }
}
