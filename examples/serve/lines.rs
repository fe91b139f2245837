//! What happens, a line each.

use std::fmt::Write as _;

use qod_sandbox::engine::{Change, Status, StatusInfo};
use qod_sandbox::sandbox::Message;
use qod_sandbox::{Delivery, Exchange, Outcome, Output, Session};

/// The line of an output; nothing for what another line tells.
pub(crate) fn of(output: &Output) -> Option<String> {
    match output {
        Output::Exchange(exchange) => Some(of_exchange(exchange)),
        Output::Session(session, change) => Some(of_session(session, change)),
        Output::Delivery(message, delivery) => of_delivery(message, delivery),
        // A session's line has told it already, or its exchange's, or its delivery's will.
        Output::Notification(_)
        | Output::Deliver(_)
        | Output::Abandon(..)
        | Output::Answered(_)
        | Output::Fired(_) => None,
    }
}

fn of_exchange(exchange: &Exchange) -> String {
    let record = exchange.record();
    let (method, url) = (record.request.method, record.request.url);
    let mut line = format!(
        "{} {} {}",
        record.at,
        method.unwrap_or_default(),
        url.as_deref().map(target).unwrap_or_default()
    );
    match record.response.status {
        Some(status) if status != 0 => _ = write!(line, " {status}"),
        _ => line.push_str(" connection failed"),
    }
    if let Some(delay) = record.delay {
        _ = write!(line, ", answered {delay} ms later");
    }
    if let Some(explanation) = exchange.explanations.first() {
        let separator = if explanation.pointer.is_empty() {
            ""
        } else {
            " "
        };
        _ = write!(
            line,
            ": {}{separator}{}",
            explanation.pointer, explanation.rule
        );
    }
    line
}

/// A URL without its origin.
fn target(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or(rest)
}

fn of_session(session: &Session, change: &Change) -> String {
    let mut line = format!(
        "{} session {} {}",
        change.at,
        session.id,
        status(change.status)
    );
    if let Some(info) = change.info {
        _ = write!(line, " {}", info_text(info));
    }
    _ = write!(line, ", {}", format!("{:?}", change.cause).to_lowercase());
    line
}

fn of_delivery(message: &Message, delivery: &Delivery) -> Option<String> {
    let webhook = message.webhook.as_ref()?;
    let outcome = match delivery.outcome {
        Outcome::Pending => return None,
        Outcome::Delivered => "delivered",
        Outcome::Refused => "refused",
        Outcome::Failed => "failed",
        Outcome::Timeout => "no answer",
        Outcome::NoReceiver => "not sent: --deliver posts it",
    };
    let mut line = format!(
        "{} notification {} {} to {}, attempt {}: {outcome}",
        delivery.at,
        message.id,
        status(message.status),
        webhook.url,
        delivery.attempt
    );
    if let Some(status) = delivery.status {
        _ = write!(line, " {status}");
    }
    if let (Some(reason), Outcome::Refused | Outcome::Failed) = (&delivery.reason, delivery.outcome)
    {
        _ = write!(line, " ({reason})");
    }
    Some(line)
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Requested => "REQUESTED",
        Status::Available => "AVAILABLE",
        Status::Unavailable => "UNAVAILABLE",
    }
}

const fn info_text(info: StatusInfo) -> &'static str {
    match info {
        StatusInfo::DurationExpired => "DURATION_EXPIRED",
        StatusInfo::NetworkTerminated => "NETWORK_TERMINATED",
        StatusInfo::DeleteRequested => "DELETE_REQUESTED",
    }
}
