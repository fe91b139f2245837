//! The attempts to deliver a notification.

use std::time::Duration;

use yew::{Html, html};

use crate::sandbox::{Delivery, DeliveryCause, Notification, Outcome, Waiting};
use crate::ui::format;
use crate::ui::parts::{Shape, Tone, small_icon};

/// All attempts, where there is more to say of them than the row does, and what the next waits for.
pub(super) fn attempts(notification: &Notification) -> Html {
    let deliveries = &notification.deliveries;
    html! {
        <>
            if !deliveries.is_empty() {
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
            { result(delivery) }
            <span class="muted num">
                { cause(delivery.cause) }
                { for taken(delivery).map(|taken| html! { <>{ ", " }{ format::precise(taken) }</> }) }
            </span>
            if let Some(reason) = &delivery.reason {
                <p>{ reason }</p>
            }
        </>
    }
}

/// How long it took, if that is worth a word.
fn taken(delivery: &Delivery) -> Option<Duration> {
    delivery.duration.filter(|taken| !taken.is_zero())
}

/// What became of an attempt.
pub(super) fn result(delivery: &Delivery) -> Html {
    let (tone, shape, text) = match delivery.outcome {
        Outcome::Pending => (Tone::Wait, Shape::Wait, "sending"),
        Outcome::Delivered => (Tone::Ok, Shape::Tick, "delivered"),
        Outcome::Refused => (Tone::Bad, Shape::Stop, "refused"),
        Outcome::Failed => (Tone::Bad, Shape::Stop, "failed"),
        Outcome::Timeout => (Tone::Bad, Shape::Stop, "timed out"),
        Outcome::NoReceiver => (Tone::End, Shape::Off, "no receiver"),
    };
    mark(tone, shape, delivery.status, text)
}

/// A status, if there is one, and a word, as shape and text.
pub(super) fn mark(tone: Tone, shape: Shape, status: Option<u16>, text: &'static str) -> Html {
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
