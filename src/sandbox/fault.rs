//! Faults: what goes wrong with requests, on demand.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::State;
use super::rate_limit::{Meter, RateLimit};
use crate::api::{Injected, Operation, Refusal};
use crate::engine::ClientId;
use crate::time::{Instant, millis};

/// Something that goes wrong with requests, and with which. By default nothing does, with all.
///
/// ```
/// use std::time::Duration;
/// # use qod_sandbox::{Instant, Options, Sandbox};
/// use qod_sandbox::api::{Injected, InjectedError};
/// use qod_sandbox::{Fault, Operation};
///
/// # let now = Instant::from_millis(0);
/// # let mut sandbox = Sandbox::new(&Options::new(1, now));
/// // The next create is answered with 503, three seconds late.
/// sandbox.add_fault(now, Fault {
///     operation: Some(Operation::CreateSession),
///     error: Some(Injected { error: InjectedError::Status(503, None), by: "this test".to_owned() }),
///     latency: Some((Duration::from_secs(3), Duration::from_secs(3))),
///     times: Some(1),
///     ..Fault::default()
/// });
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// With those of this operation; with all, if not given.
    pub operation: Option<Operation>,
    /// The error that is answered.
    pub error: Option<Injected>,
    /// The connection fails: nothing is done, and nothing is answered.
    pub network_error: bool,
    /// How much later the answer comes, at least and at most.
    pub latency: Option<(Duration, Duration)>,
    /// How many requests are answered; more are 429.
    pub rate_limit: Option<RateLimit>,
    /// With how many of them; with all, if not given.
    pub rate: Option<Rate>,
    /// With how many more; for ever, if not given.
    pub times: Option<u32>,
}

/// A probability, in 2^-53.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate(u64);

/// A fault's identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FaultId(u32);

/// The faults that are switched on, in the order in which they were.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Faults {
    next: u32,
    on: Vec<Entry>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    id: FaultId,
    fault: Arc<Fault>,
    left: Option<u32>,
    meter: Meter,
}

/// What goes wrong with one request.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Trouble {
    /// The fault that decides: of several, the first with more than latency.
    pub(super) fault: Option<FaultId>,
    pub(super) refusal: Option<Refusal>,
    pub(super) network_error: bool,
    pub(super) latency: Duration,
}

impl Rate {
    const WHOLE: u64 = 1 << 53;

    /// The probability nearest to a number from 0 to 1; nothing if it is none.
    #[allow(clippy::cast_possible_truncation, reason = "up to 2^53")]
    #[allow(clippy::cast_sign_loss, reason = "not negative")]
    #[allow(clippy::cast_precision_loss, reason = "a power of two")]
    pub fn new(probability: f64) -> Option<Self> {
        (0.0..=1.0)
            .contains(&probability)
            .then_some(Self((probability * Self::WHOLE as f64) as u64))
    }

    /// The same as a number from 0 to 1.
    #[allow(clippy::cast_precision_loss, reason = "up to 2^53")]
    pub fn probability(self) -> f64 {
        self.0 as f64 / Self::WHOLE as f64
    }
}

impl FaultId {
    /// The fault of that identifier: `fault-1` and so on.
    pub fn parse(text: &str) -> Option<Self> {
        let id = Self(text.strip_prefix("fault-")?.parse().ok()?);
        (id.to_string() == text).then_some(id)
    }
}

impl std::fmt::Display for FaultId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "fault-{}", self.0)
    }
}

impl Faults {
    pub(super) const fn next_id(&self) -> FaultId {
        FaultId(self.next.saturating_add(1))
    }

    pub(super) fn add(&mut self, fault: Fault) {
        let id = self.next_id();
        self.next = id.0;
        self.on.push(Entry {
            id,
            left: fault.times,
            fault: Arc::new(fault),
            meter: Meter::default(),
        });
    }

    /// Switches a fault off; false if it is not on.
    pub(super) fn remove(&mut self, id: FaultId) -> bool {
        let before = self.on.len();
        self.on.retain(|entry| entry.id != id);
        self.on.len() < before
    }

    pub(super) fn clear(&mut self) {
        self.on.clear();
    }

    /// Those that are on, and how many more requests each is for.
    pub(super) fn iter(&self) -> impl Iterator<Item = (FaultId, &Fault, Option<u32>)> {
        self.on
            .iter()
            .map(|entry| (entry.id, &*entry.fault, entry.left))
    }
}

impl State {
    /// What goes wrong with a request of that operation.
    pub(super) fn trouble(&mut self, now: Instant, operation: Operation) -> Trouble {
        let mut trouble = Trouble::default();
        // Chance is needed while the faults are gone through.
        let mut faults = std::mem::take(&mut self.faults);
        for entry in &mut faults.on {
            let fault = entry.fault.clone();
            if fault.operation.is_some_and(|other| other != operation) || entry.left == Some(0) {
                continue;
            }
            if let Some(rate) = fault.rate
                && self.draw_fraction() >= rate.0
            {
                continue;
            }
            let limited = (fault.rate_limit)
                .and_then(|limit| entry.meter.count(now, &ClientId::new(""), limit).err());
            if fault.rate_limit.is_some() && limited.is_none() {
                continue;
            }
            entry.left = entry.left.map(|left| left.saturating_sub(1));
            if let Some((least, most)) = fault.latency {
                trouble.latency = trouble.latency.saturating_add(self.between(least, most));
                trouble.fault.get_or_insert(entry.id);
            }
            let error = fault
                .error
                .clone()
                .map(|error| Refusal::Injected(Box::new(error)));
            trouble.refusal = limited.or(error);
            trouble.network_error = fault.network_error;
            if trouble.refusal.is_some() || trouble.network_error {
                trouble.fault = Some(entry.id);
                break;
            }
        }
        faults.on.retain(|entry| entry.left != Some(0));
        self.faults = faults;
        trouble
    }

    /// A number of 53 bits.
    fn draw_fraction(&mut self) -> u64 {
        self.draw_bits() >> 11
    }

    fn between(&mut self, least: Duration, most: Duration) -> Duration {
        let span = millis(most.saturating_sub(least));
        if span == 0 {
            return least;
        }
        let span = span.saturating_add(1);
        let extra = u64::try_from((u128::from(self.draw_bits()) * u128::from(span)) >> 64);
        least.saturating_add(Duration::from_millis(extra.unwrap_or(0)))
    }
}
