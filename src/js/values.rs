//! Values that go out: records as plain objects.

use std::time::Duration;

use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::api::SessionView;
use crate::driver::{ClockMode, ClockState, Notice, Paused};
use crate::sandbox::{DeliveryRecord, FiredKind, NotificationId, Output};
use crate::time::{self, Instant};

/// From how many bytes on the records so far are a text of their own.
const LONG: usize = 65_536;

/// What a listener can hear of, in the order of its bits; then what the module always hears.
#[derive(Clone, Copy)]
pub(super) enum Topic {
    Request,
    Session,
    Notification,
    Delivery,
    Clock,
    /// The answer to a request has come.
    Answered,
    /// The history broke off.
    Broken,
}

impl Topic {
    pub(super) const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// Whether it is told where these topics are wanted: the module needs some of them itself.
    pub(super) const fn is_for(self, wanted: u32) -> bool {
        matches!(self, Self::Answered | Self::Broken) || wanted & self.bit() != 0
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Session => "session",
            Self::Notification => "notification",
            Self::Delivery => "delivery",
            Self::Clock => "clock",
            Self::Answered => "answered",
            Self::Broken => "broken",
        }
    }
}

/// `ClockState` of the JavaScript API.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClockRecord {
    now: String,
    clock: &'static str,
    paused: PausedRecord,
    /// How much of the sandbox's time went by while the wall jumped, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    missed_ms: Option<f64>,
    speed: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<NextRecord>,
    horizon: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    present: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    late_ms: Option<f64>,
}

/// `false`, `true` or `"jump"`.
#[derive(Serialize)]
#[serde(untagged)]
enum PausedRecord {
    By(bool),
    Jump(&'static str),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NextRecord {
    at: String,
    kind: FiredKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<String>,
}

impl From<&ClockState> for ClockRecord {
    fn from(state: &ClockState) -> Self {
        Self {
            now: state.now.to_string(),
            clock: match state.mode {
                ClockMode::Real => "real",
                ClockMode::Manual => "manual",
            },
            paused: match state.paused {
                Paused::No => PausedRecord::By(false),
                Paused::Yes => PausedRecord::By(true),
                Paused::Jump(_) => PausedRecord::Jump("jump"),
            },
            missed_ms: match state.paused {
                Paused::Jump(missed) => Some(span(missed)),
                Paused::No | Paused::Yes => None,
            },
            horizon: state.horizon.to_string(),
            present: state.other.map(|at| at.to_string()),
            late_ms: state.late.map(span),
            speed: state.speed.factor(),
            next: state.next.map(|next| NextRecord {
                at: next.at.to_string(),
                kind: next.kind.into(),
                session_id: next.session.map(|session| session.to_string()),
            }),
        }
    }
}

/// What a listener gets.
pub(super) fn detail(notice: &Notice) -> Result<JsValue, JsValue> {
    match notice {
        Notice::Happened(Output::Exchange(exchange)) => record(&exchange.record()),
        Notice::Happened(Output::Session(session, _)) => record(&SessionView::of(session)),
        Notice::Happened(Output::Notification(notification)) => record(&notification.record()),
        Notice::Happened(Output::Delivery(message, delivery)) => record(&DeliveryEvent {
            notification_id: &message.id,
            session_id: message.session.to_string(),
            delivery: (message.webhook.as_ref())
                .map(|webhook| DeliveryRecord::of(delivery, webhook)),
        }),
        #[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
        Notice::Happened(Output::Answered(exchange)) => Ok(JsValue::from_f64(*exchange as f64)),
        Notice::Broken(run) => Ok(run.number().into()),
        Notice::Settings
        | Notice::Happened(Output::Deliver(_) | Output::Abandon(..) | Output::Fired(_)) => {
            Ok(JsValue::UNDEFINED)
        }
        Notice::Clock(state) => to_js(&ClockRecord::from(state)),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DeliveryEvent<'a> {
    notification_id: &'a NotificationId,
    session_id: String,
    #[serde(flatten)]
    delivery: Option<DeliveryRecord>,
}

/// A record as a plain value. It crosses as text, in one piece, written by the code that writes
/// answers.
pub(super) fn record(value: &impl Serialize) -> Result<JsValue, JsValue> {
    plain(&serde_json::to_vec(value).unwrap_or_default())
}

/// Records as an array of such values. Some are written at a time: the memory that the text of all
/// takes would stay taken.
pub(super) fn records<R: Serialize>(all: impl IntoIterator<Item = R>) -> Result<JsValue, JsValue> {
    let whole = Array::new();
    let mut text = vec![b'['];
    for record in all {
        if text.len() > 1 {
            text.push(b',');
        }
        serde_json::to_writer(&mut text, &record).unwrap_or_default();
        if text.len() > LONG {
            add(&whole, &mut text)?;
        }
    }
    add(&whole, &mut text)?;
    Ok(whole.into())
}

/// Adds the values that were written, and begins with the next.
#[inline(never)]
fn add(whole: &Array, text: &mut Vec<u8>) -> Result<(), JsValue> {
    text.push(b']');
    for value in Array::from(&plain(text)?) {
        whole.push(&value);
    }
    text.truncate(1);
    Ok(())
}

/// What could not be written is no JSON, and refused here.
fn plain(text: &[u8]) -> Result<JsValue, JsValue> {
    js_sys::JSON::parse(std::str::from_utf8(text).unwrap_or_default())
}

/// A small value that is asked for often: member by member.
pub(super) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

#[allow(
    clippy::cast_precision_loss,
    reason = "milliseconds up to the year 9999 fit"
)]
pub(super) fn millis(instant: Instant) -> f64 {
    instant.as_millis() as f64
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
fn span(duration: Duration) -> f64 {
    time::millis(duration) as f64
}
