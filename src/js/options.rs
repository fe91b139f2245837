//! A sandbox's options, as the JavaScript module hands them in: checked there, with words for
//! users; here only what must hold.

use serde::Deserialize;

use crate::driver::{ClockMode, DriverOptions, Speed};
use crate::sandbox::{Auth, Settings};
use crate::time::Instant;

/// Options by their public names; times in milliseconds since the Unix epoch.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct BackendOptions {
    seed: f64,
    clock: String,
    speed: u32,
    start_at: Option<f64>,
    auth: String,
}

impl TryFrom<BackendOptions> for DriverOptions {
    type Error = &'static str;

    #[allow(clippy::cast_possible_truncation, reason = "whole numbers below 2^53")]
    #[allow(clippy::cast_sign_loss, reason = "not negative")]
    fn try_from(options: BackendOptions) -> Result<Self, Self::Error> {
        let clock = match options.clock.as_str() {
            "real" => ClockMode::Real,
            "manual" => ClockMode::Manual,
            _ => return Err("a clock is real or manual"),
        };
        Ok(Self {
            seed: options.seed as u64,
            start_at: (options.start_at).map(|millis| Instant::from_millis(millis as i64)),
            clock,
            speed: Speed::new(options.speed).ok_or("a speed is 1 to 86400")?,
            settings: Settings {
                auth: auth(&options.auth)?,
                ..Settings::default()
            },
        })
    }
}

pub(super) fn auth(name: &str) -> Result<Auth, &'static str> {
    match name {
        "required" => Ok(Auth::Required),
        "off" => Ok(Auth::Off),
        _ => Err("authorization is required or off"),
    }
}
