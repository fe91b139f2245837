//! QoS profiles: what a session can ask for, and for how long.

use core::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A profile's name: 3 to 256 letters, digits, `_`, `.` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ProfileName(Arc<str>);

/// Whether new sessions may use a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProfileStatus {
    /// They may.
    Active,
    /// Not at present.
    Inactive,
    /// No longer; sessions that have it keep it.
    Deprecated,
}

/// A profile of the operator's catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Unique in the catalogue.
    pub name: ProfileName,
    /// For people.
    pub description: Option<String>,
    /// Whether it can be used.
    pub status: ProfileStatus,
    /// Device to network.
    pub upstream: Rates,
    /// Network to device.
    pub downstream: Rates,
    /// The shortest duration that can be asked for.
    pub min_duration: Option<Quantity>,
    /// The longest.
    pub max_duration: Option<Quantity>,
    /// 1 (first) to 100.
    pub priority: Option<u8>,
    /// The longest one-way delay.
    pub packet_delay_budget: Option<Quantity>,
    /// The largest variation of the round trip.
    pub jitter: Option<Quantity>,
    /// N of a loss rate of 10^-N, 1 to 10.
    pub packet_error_loss_rate: Option<u8>,
}

/// Throughput in one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rates {
    /// What is aimed at, at the least.
    pub target_min: Option<Rate>,
    /// The most, best effort.
    pub max: Option<Rate>,
    /// The most for a short time.
    pub max_burst: Option<Rate>,
}

/// A rate: 0 to 1024 of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// How many.
    pub value: u16,
    /// Of what.
    pub unit: RateUnit,
}

/// Bits per second and its multiples by a thousand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub enum RateUnit {
    Bps,
    Kbps,
    Mbps,
    Gbps,
    Tbps,
}

/// A length of time as the catalogue states it: at least 1 of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// How many.
    pub value: u32,
    /// Of what.
    pub unit: TimeUnit,
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub enum TimeUnit {
    Days,
    Hours,
    Minutes,
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

/// The profiles on offer, in the operator's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue(Arc<[Profile]>);

impl ProfileName {
    /// Parses a name; nothing unless it has 3 to 256 of the characters allowed.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"_.-".contains(&b);
        let valid = (3..=256).contains(&text.len()) && text.bytes().all(allowed);
        valid.then(|| Self(text.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProfileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Quantity {
    /// The same as a duration, exactly: the unit's smallest step is the nanosecond.
    pub fn duration(self) -> Duration {
        let value = u64::from(self.value);
        match self.unit {
            TimeUnit::Days => Duration::from_secs(value * 86_400),
            TimeUnit::Hours => Duration::from_secs(value * 3_600),
            TimeUnit::Minutes => Duration::from_secs(value * 60),
            TimeUnit::Seconds => Duration::from_secs(value),
            TimeUnit::Milliseconds => Duration::from_millis(value),
            TimeUnit::Microseconds => Duration::from_micros(value),
            TimeUnit::Nanoseconds => Duration::from_nanos(value),
        }
    }
}

impl Profile {
    /// Whether the profile can be had for `duration`; both bounds belong to it.
    pub fn allows(&self, duration: Duration) -> bool {
        self.min_duration
            .is_none_or(|min| min.duration() <= duration)
            && self
                .max_duration
                .is_none_or(|max| duration <= max.duration())
    }
}

impl Catalogue {
    /// A catalogue of these profiles.
    pub fn new(profiles: impl IntoIterator<Item = Profile>) -> Self {
        Self(profiles.into_iter().collect())
    }

    /// The profile of that name.
    pub fn profile(&self, name: &ProfileName) -> Option<&Profile> {
        self.iter().find(|profile| profile.name == *name)
    }

    /// All profiles, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.0.iter()
    }
}

/// The four profiles that every operator of the field knows, one with narrow bounds, one that is
/// not available and one that is deprecated.
impl Default for Catalogue {
    fn default() -> Self {
        Self::new(default_profiles())
    }
}

fn default_profiles() -> impl Iterator<Item = Profile> {
    use ProfileStatus::{Active, Deprecated, Inactive};
    let day = (
        seconds(1),
        Quantity {
            value: 1,
            unit: TimeUnit::Days,
        },
    );
    let narrow = (
        seconds(30),
        Quantity {
            value: 15,
            unit: TimeUnit::Minutes,
        },
    );
    // name, description, status, Mbit/s up and down, delay and jitter in ms, loss, priority, bounds
    [
        (
            "QOS_E",
            "Low latency: games, remote control, extended reality",
            Active,
            (2, 10),
            (20, 5),
            4,
            10,
            day,
        ),
        (
            "QOS_S",
            "Small throughput: voice, telemetry, a single camera",
            Active,
            (1, 2),
            (100, 30),
            3,
            40,
            day,
        ),
        (
            "QOS_M",
            "Medium throughput: video calls and HD video",
            Active,
            (4, 16),
            (150, 40),
            3,
            50,
            day,
        ),
        (
            "QOS_L",
            "Large throughput: 4K video and live production",
            Active,
            (25, 80),
            (300, 60),
            3,
            60,
            day,
        ),
        (
            "BURST_UPLOAD",
            "A short burst of upload, for 30 seconds to 15 minutes",
            Active,
            (200, 10),
            (100, 40),
            3,
            30,
            narrow,
        ),
        (
            "DRONE_CONTROL",
            "Flight control, not available at present",
            Inactive,
            (5, 5),
            (10, 2),
            6,
            5,
            day,
        ),
        (
            "VOICE_CLASSIC",
            "Voice over the former network: use QOS_S instead",
            Deprecated,
            (1, 1),
            (100, 30),
            2,
            20,
            day,
        ),
    ]
    .into_iter()
    .filter_map(
        |(name, description, status, mbps, (delay, jitter), loss, priority, bounds)| {
            Some(Profile {
                name: ProfileName::parse(name)?,
                description: Some(description.to_owned()),
                status,
                upstream: rates(mbps.0),
                downstream: rates(mbps.1),
                min_duration: Some(bounds.0),
                max_duration: Some(bounds.1),
                priority: Some(priority),
                packet_delay_budget: Some(milliseconds(delay)),
                jitter: Some(milliseconds(jitter)),
                packet_error_loss_rate: Some(loss),
            })
        },
    )
}

const fn seconds(value: u32) -> Quantity {
    Quantity {
        value,
        unit: TimeUnit::Seconds,
    }
}

const fn milliseconds(value: u32) -> Quantity {
    Quantity {
        value,
        unit: TimeUnit::Milliseconds,
    }
}

/// A guaranteed rate, twice as much at the most, and half as much again in a burst.
fn rates(mbps: u16) -> Rates {
    let rate = |value| {
        Some(Rate {
            value,
            unit: RateUnit::Mbps,
        })
    };
    Rates {
        target_min: rate(mbps),
        max: rate(mbps * 2),
        max_burst: rate(mbps * 3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_belong_to_the_profile_and_units_are_compared_exactly() {
        let mut profile = default_profiles().next().unwrap();
        profile.min_duration = Some(milliseconds(1_500));
        profile.max_duration = Some(Quantity {
            value: 1,
            unit: TimeUnit::Minutes,
        });
        for (secs, allowed) in [(1, false), (2, true), (60, true), (61, false)] {
            assert_eq!(
                profile.allows(Duration::from_secs(secs)),
                allowed,
                "{secs} s"
            );
        }
    }

    #[test]
    fn the_catalogue_has_each_kind_of_profile() {
        let catalogue = Catalogue::default();
        let status = |name| {
            catalogue
                .profile(&ProfileName::parse(name).unwrap())
                .map(|p| p.status)
        };
        assert_eq!(catalogue.iter().count(), 7);
        assert_eq!(status("QOS_E"), Some(ProfileStatus::Active));
        assert_eq!(status("DRONE_CONTROL"), Some(ProfileStatus::Inactive));
        assert_eq!(status("VOICE_CLASSIC"), Some(ProfileStatus::Deprecated));
        assert_eq!(status("QOS_X"), None);
    }
}
