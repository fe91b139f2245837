//! Times, durations and identifiers as people read them.

use std::time::Duration;

use crate::engine::SessionId;
use crate::http::Request;
use crate::time::Instant;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const SECONDS_A_DAY: i64 = 86_400;

/// `14:03:27`, UTC.
pub(super) fn time_of_day(instant: Instant) -> String {
    let written = instant.to_string();
    written.get(11..19).unwrap_or(&written).to_owned()
}

/// `Thu 12 Jun 2025`
pub(super) fn date(instant: Instant) -> String {
    let written = instant.to_string();
    let mut parts = written.get(..10).unwrap_or("").splitn(3, '-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let month = month
        .and_then(|month| month.parse().ok())
        .unwrap_or(1_usize);
    let day = day.and_then(|day| day.parse().ok()).unwrap_or(1_u8);
    let days = instant.epoch_seconds().div_euclid(SECONDS_A_DAY);
    let weekday = usize::try_from(days.rem_euclid(7)).unwrap_or(0);
    format!(
        "{} {day} {} {}",
        WEEKDAYS.get(weekday).unwrap_or(&""),
        MONTHS.get(month.saturating_sub(1)).unwrap_or(&""),
        year.unwrap_or("")
    )
}

/// Two units at most, rounded down: `0.4 s`, `42 s`, `2 m 49 s`, `1 h 12 m`, `1 d 3 h`.
pub(super) fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (days, hours) = (seconds / 86_400, seconds / 3_600 % 24);
    let (minutes, seconds) = (seconds / 60 % 60, seconds % 60);
    match (days, hours, minutes, seconds) {
        (0, 0, 0, 0) => tenths(duration),
        (0, 0, 0, s) => format!("{s} s"),
        (0, 0, m, s) => two(m, "m", s, "s"),
        (0, h, m, _) => two(h, "h", m, "m"),
        (d, h, ..) => two(d, "d", h, "h"),
    }
}

/// As [`duration`], but with tenths of a second up to ten seconds.
pub(super) fn precise(time: Duration) -> String {
    if time < Duration::from_secs(10) {
        tenths(time)
    } else {
        duration(time)
    }
}

fn tenths(duration: Duration) -> String {
    let (whole, tenths) = (duration.as_secs(), duration.subsec_millis() / 100);
    format!("{whole}.{tenths} s")
}

fn two(major: u64, unit: &str, minor: u64, minor_unit: &str) -> String {
    if minor == 0 {
        format!("{major} {unit}")
    } else {
        format!("{major} {unit} {minor} {minor_unit}")
    }
}

/// A session's identifier in rows: 8 characters.
pub(super) fn short_id(id: SessionId) -> String {
    id.to_string().chars().take(8).collect()
}

/// A session's identifier in sentences: 4 characters and an ellipsis.
pub(super) fn shorter_id(id: SessionId) -> String {
    id.to_string().chars().take(4).chain(['…']).collect()
}

/// A request's path within the API: `/sessions/e05b7712…`
pub(super) fn path(request: &Request) -> &str {
    let url = request.url.as_str();
    url.split_once("/qod/v0").map_or(url, |(_, path)| path)
}

/// How long something took on the wall: `0.2 ms`, from 10 ms on without decimals, from 1 s on `1.2 s`.
pub(super) fn took(millis: f64) -> String {
    if millis < 0.1 {
        // Nearer than the platform measures.
        "< 0.1 ms".to_owned()
    } else if millis < 10.0 {
        decimal(millis * 10.0) + " ms"
    } else if millis < 1_000.0 {
        whole(millis.round()).to_string() + " ms"
    } else {
        decimal(millis / 100.0) + " s"
    }
}

/// Tenths as a number with one decimal.
fn decimal(tenths: f64) -> String {
    let tenths = whole(tenths.round());
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// One unit is enough from 5 minutes up: `2 m 49 s`, `41 m`, `59 m`, `3 h`.
pub(super) fn rough(time: Duration) -> String {
    let minutes = time.as_secs() / 60;
    match minutes {
        0..5 => duration(time),
        5..60 => format!("{minutes} m"),
        60..1_440 => format!("{} h", minutes / 60),
        _ => format!("{} d", minutes / 1_440),
    }
}

/// A length in CSS pixels that grows with the size of text that a person has chosen.
pub(super) fn scaled(pixels: f64) -> f64 {
    let size = || {
        let window = web_sys::window()?;
        let root = window.document()?.document_element()?;
        let style = window.get_computed_style(&root).ok()??;
        let size = style.get_property_value("font-size").ok()?;
        Some(js_sys::Number::parse_float(&size))
    };
    pixels * size().unwrap_or(16.0) / 16.0
}

/// A number as JavaScript writes it: Rust has large tables for that.
pub(super) fn number(number: f64) -> String {
    let text = js_sys::Number::from(number).to_string_with_radix(10);
    text.map(String::from).unwrap_or_default()
}

/// Pixels as the browser takes them.
#[allow(
    clippy::cast_possible_truncation,
    reason = "saturates, far out of sight"
)]
pub(super) const fn whole(pixels: f64) -> i32 {
    pixels as i32
}

/// A text as a sentence: with a capital letter and a stop.
pub(super) fn sentence(text: &str) -> String {
    let mut sentence = text.to_owned();
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

/// The reason phrase of a status.
pub(super) const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn moments_are_told_by_the_clock_and_the_calendar() {
        let moment = Instant::parse_rfc3339("2025-06-12T14:03:27.9Z").unwrap();
        assert_eq!(time_of_day(moment), "14:03:27");
        assert_eq!(date(moment), "Thu 12 Jun 2025");
    }

    #[wasm_bindgen_test]
    fn durations_have_two_units_at_most() {
        for (millis, text) in [
            (0, "0.0 s"),
            (480, "0.4 s"),
            (42_900, "42 s"),
            (169_000, "2 m 49 s"),
            (3_600_000, "1 h"),
            (4_320_000, "1 h 12 m"),
            (97_200_000, "1 d 3 h"),
        ] {
            assert_eq!(duration(Duration::from_millis(millis)), text);
        }
        assert_eq!(precise(Duration::from_millis(1_690)), "1.6 s");
    }
}
