//! A sandbox's options, as the JavaScript module hands them in: checked there, with words for
//! users; here only what must hold.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use crate::driver::{ClockMode, DriverOptions, Speed};
use crate::sandbox::{Auth, Settings};
use crate::time::Instant;

/// Reads options by their public names; times in milliseconds since the Unix epoch.
///
/// Member by member: a deserializer would bring ten kilobytes along, for a handful of them.
#[allow(clippy::cast_possible_truncation, reason = "whole numbers below 2^53")]
#[allow(clippy::cast_sign_loss, reason = "not negative")]
pub(super) fn read(options: &Object) -> Result<DriverOptions, &'static str> {
    let clock = match text(options, "clock").as_deref() {
        Some("real") => ClockMode::Real,
        Some("manual") => ClockMode::Manual,
        _ => return Err("a clock is real or manual"),
    };
    let speed = number(options, "speed").and_then(|factor| Speed::new(factor as u32));
    Ok(DriverOptions {
        seed: number(options, "seed").ok_or("a seed is a number")? as u64,
        start_at: number(options, "startAt").map(|millis| Instant::from_millis(millis as i64)),
        clock,
        speed: speed.ok_or("a speed is 1 to 86400")?,
        settings: Settings {
            auth: auth(&text(options, "auth").unwrap_or_default())?,
            ..Settings::default()
        },
    })
}

pub(super) fn auth(name: &str) -> Result<Auth, &'static str> {
    match name {
        "required" => Ok(Auth::Required),
        "off" => Ok(Auth::Off),
        _ => Err("authorization is required or off"),
    }
}

fn number(options: &Object, name: &str) -> Option<f64> {
    member(options, name)?.as_f64()
}

fn text(options: &Object, name: &str) -> Option<String> {
    member(options, name)?.as_string()
}

fn member(options: &Object, name: &str) -> Option<JsValue> {
    Reflect::get(options, &name.into()).ok()
}
