//! The attempts to deliver a notification.

use std::time::Duration;

use yew::{Html, html};

use crate::sandbox::{Delivery, DeliveryCause, Notification, Outcome, Waiting};
use crate::ui::format;
use crate::ui::parts::{Shape, Tone, small_icon};

/// How it stands with a notification: what the last attempt came to, with its status.
pub(super) fn outcome(notification: &Notification) -> (Tone, Shape, Option<u16>, &'static str) {
    match notification.deliveries.last() {
        Some(delivery) => result(delivery),
        None if notification.message.webhook.is_none() => {
            (Tone::End, Shape::Off, None, "no webhook")
        }
        None => (Tone::Wait, Shape::Wait, None, "not sent yet"),
    }
}

/// All attempts, where there is more to say of them than [`last`] does, and what the next waits for.
pub(super) fn attempts(notification: &Notification) -> Html {
    let deliveries = &notification.deliveries;
    let plain = matches!(&**deliveries, [only] if only.outcome == Outcome::Delivered);
    html! {
        <>
            if !deliveries.is_empty() && !plain {
                <ol class="attempts" aria-label="Attempts">
                    { for deliveries.iter().map(|delivery| html! {
                        <li key={delivery.attempt}>{ attempt(delivery) }</li>
                    }) }
                </ol>
            }
            { next(notification.waiting) }
        </>
    }
}

fn attempt(delivery: &Delivery) -> Html {
    html! {
        <>
            <time class="num" datetime={delivery.at.to_string()}>{ format::time_of_day(delivery.at) }</time>
            { mark(result(delivery)) }
            <span class="muted num">{ [cause(delivery.cause), &taken(delivery, ", ")].concat() }</span>
            if let Some(reason) = &delivery.reason {
                <p><bdi>{ &**reason }</bdi></p>
            }
        </>
    }
}

/// `answered 204 in 40 ms`: the last attempt in a few words.
pub(super) fn last(notification: &Notification) -> Option<String> {
    let delivery = notification.deliveries.last()?;
    let status = delivery.status?.to_string();
    Some(["answered ", &status, &taken(delivery, " ")].concat())
}

/// How long it took on the sandbox's clock, behind what parts it from the words before.
fn taken(delivery: &Delivery, behind: &str) -> String {
    let Some(taken) = delivery.duration else {
        return String::new();
    };
    if taken.is_zero() {
        return [behind, "at once"].concat();
    }
    let long = if taken < Duration::from_secs(1) {
        taken.subsec_millis().to_string() + " ms"
    } else {
        format::precise(taken)
    };
    [behind, "in ", &long].concat()
}

/// What became of an attempt.
fn result(delivery: &Delivery) -> (Tone, Shape, Option<u16>, &'static str) {
    let (tone, shape, text) = match delivery.outcome {
        Outcome::Pending => (Tone::Wait, Shape::Wait, "sending"),
        Outcome::Delivered => (Tone::Ok, Shape::Tick, "delivered"),
        Outcome::Refused => (Tone::Bad, Shape::Stop, "refused"),
        Outcome::Failed => (Tone::Bad, Shape::Stop, "failed"),
        Outcome::Timeout => (Tone::Bad, Shape::Stop, "timed out"),
        Outcome::NoReceiver => (Tone::End, Shape::Off, "no receiver"),
    };
    (tone, shape, delivery.status, text)
}

/// A status, if there is one, and a word, as shape and text.
pub(super) fn mark((tone, shape, status, text): (Tone, Shape, Option<u16>, &'static str)) -> Html {
    html! {
        <span class={["code-s ", tone.class()].concat()}>
            { small_icon(shape) }{ status }{ status.map(|_| " ") }{ text }
        </span>
    }
}

fn next(waiting: Option<Waiting>) -> Html {
    match waiting {
        Some(Waiting::Until(at)) => html! {
            <p class="note">{ "Next attempt at " }<time class="num" datetime={at.to_string()}>{ format::time_of_day(at) }</time></p>
        },
        Some(Waiting::ForNext) => html! {
            <p class="note">{ "Held back until the next notification of this session: they are sent out of order." }</p>
        },
        None => Html::default(),
    }
}

const fn cause(cause: DeliveryCause) -> &'static str {
    match cause {
        DeliveryCause::Event => "first attempt",
        DeliveryCause::Retry => "retry",
        DeliveryCause::Copy => "copy",
        DeliveryCause::Redelivery => "redelivery",
    }
}
