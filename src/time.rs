//! The sandbox's time: an instant that is a plain number, and its two written forms.
//!
//! Nothing here reads a clock. Epoch seconds (in sessions) and RFC 3339 (in events and records) are
//! conversions on [`Instant`] and exist nowhere else.

use core::fmt;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// A moment on the sandbox's clock, in milliseconds since the Unix epoch.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// The earliest moment that a sandbox can live in: 1970-01-01T00:00:00.000Z.
    pub const MIN: Self = Self(0);
    /// The latest moment that a sandbox can live in: 9999-12-31T23:59:59.999Z, the end of RFC 3339.
    pub const MAX: Self = Self(253_402_300_799_999);

    /// The instant `millis` milliseconds after the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Parses an RFC 3339 date-time in UTC, such as `2026-01-01T00:00:00Z`; nothing if it is none.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let time = humantime::parse_rfc3339(text).ok()?;
        let since_epoch = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        Some(Self(i64::try_from(since_epoch.as_millis()).ok()?))
    }

    /// Milliseconds since the Unix epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the Unix epoch, rounded down.
    pub const fn epoch_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The same moment without its fraction of a second.
    pub const fn floor_to_second(self) -> Self {
        Self(self.epoch_seconds().saturating_mul(1000))
    }

    /// The moment `duration` later; the far end of time where there is none.
    #[inline(never)]
    pub fn after(self, duration: Duration) -> Self {
        let millis = i64::try_from(millis(duration)).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(millis))
    }

    /// How long after `earlier` this is; zero if it is not.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// RFC 3339 in UTC, always with three digits of milliseconds: `2026-01-01T00:00:02.000Z`.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = u64::try_from(self.0.clamp(Self::MIN.0, Self::MAX.0)).unwrap_or(0);
        let time = SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
        humantime::format_rfc3339_millis(time).fmt(f)
    }
}

/// A duration in whole milliseconds, as far as they can be counted in 64 bits; `as_millis` counts
/// further, and what comes after it is twice as long.
pub(crate) const fn millis(duration: Duration) -> u64 {
    let seconds = duration.as_secs().saturating_mul(1000);
    seconds.saturating_add(duration.subsec_millis() as u64)
}

/// [`Instant`] as RFC 3339 text, for `#[serde(serialize_with)]` on what leaves the sandbox.
pub(crate) fn as_rfc3339<S: serde::Serializer>(
    instant: &Instant,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_with_three_digits_of_milliseconds() {
        let instant = Instant::from_millis(1_767_225_602_000);
        assert_eq!(instant.to_string(), "2026-01-01T00:00:02.000Z");
        assert_eq!(instant.epoch_seconds(), 1_767_225_602);
        assert_eq!(
            Instant::parse_rfc3339("2026-01-01T00:00:02Z"),
            Some(instant)
        );
    }

    #[test]
    fn the_ends_of_time_do_not_break_it() {
        assert_eq!(Instant::MAX.to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(
            Instant::from_millis(i64::MAX).to_string(),
            Instant::MAX.to_string()
        );
        assert_eq!(
            Instant::from_millis(i64::MIN).to_string(),
            "1970-01-01T00:00:00.000Z"
        );
        assert_eq!(
            Instant::MAX.after(Duration::MAX),
            Instant::from_millis(i64::MAX)
        );
    }
}
