//! How an operator delivers notifications: to where, how often, and how reliably.

use std::num::NonZeroU32;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The longest wait between two attempts, unless the first one is longer.
const LONGEST_BACKOFF: Duration = Duration::from_secs(3_600);

/// The operator's way of delivering. The specification leaves all of it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryPolicy {
    /// Who gets what no receiver of the sandbox is there for.
    pub to: Destination,
    /// How often delivery is tried, until a receiver takes it (2xx) or gives it up (410).
    pub attempts: NonZeroU32,
    /// The wait after the first attempt; it doubles with each, up to an hour.
    pub backoff: Duration,
    /// How long a receiver may take to answer.
    pub timeout: Duration,
    /// How notifications go astray.
    pub disorder: Disorder,
}

/// Who gets what no receiver of the sandbox is there for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Destination {
    /// Nobody.
    #[default]
    Receivers,
    /// Whoever is there: whoever runs the sandbox makes a real request.
    Network,
}

/// How notifications go astray, as they do in the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disorder {
    /// How long after the event a notification is sent.
    pub delay: Duration,
    /// How often each is sent, whatever becomes of it: one, unless it is duplicated.
    pub copies: NonZeroU32,
    /// AVAILABLE waits until the UNAVAILABLE of the same session was sent, and comes after it.
    pub reorder: bool,
}

impl DeliveryPolicy {
    /// How long to wait after so many attempts.
    pub(super) fn wait(&self, attempts: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let wait = self.backoff.saturating_mul(doubled);
        wait.min(LONGEST_BACKOFF.max(self.backoff))
    }
}

/// One attempt, to receivers of the sandbox, with 10 s to answer.
impl Default for DeliveryPolicy {
    fn default() -> Self {
        Self {
            to: Destination::default(),
            attempts: NonZeroU32::MIN,
            backoff: Duration::from_secs(1),
            timeout: Duration::from_secs(10),
            disorder: Disorder::default(),
        }
    }
}

/// Each at once, once, and in order.
impl Default for Disorder {
    fn default() -> Self {
        Self {
            delay: Duration::ZERO,
            copies: NonZeroU32::MIN,
            reorder: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        let waits = |backoff| {
            let policy = DeliveryPolicy {
                backoff: Duration::from_secs(backoff),
                ..DeliveryPolicy::default()
            };
            [1, 2, 3, 12, 13, 100].map(|attempts| policy.wait(attempts).as_secs())
        };
        assert_eq!(waits(1), [1, 2, 4, 2_048, 3_600, 3_600]);
        assert_eq!(waits(7_200), [7_200; 6]);
        assert_eq!(waits(0), [0; 6]);
    }
}
