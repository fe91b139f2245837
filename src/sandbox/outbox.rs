//! The outbox: deliveries that are under way to a receiver outside.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A delivery under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeliveryId(u64);

/// A stretch of a sandbox's life without a break in its history. What was under way before a reset
/// carries another number, and is dropped when it comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Run(u32);

/// Which attempt of which notification each delivery under way is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Outbox {
    next: u64,
    pending: BTreeMap<DeliveryId, Pending>,
}

/// An attempt that waits for its receiver.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Pending {
    /// The notification, by its place among all.
    pub(super) notification: u64,
    /// Which attempt, from 1.
    pub(super) attempt: u32,
}

impl Outbox {
    pub(super) fn send(&mut self, pending: Pending) -> DeliveryId {
        let id = DeliveryId(self.next);
        self.next = self.next.saturating_add(1);
        self.pending.insert(id, pending);
        id
    }

    /// Takes what a receiver answered; nothing if that is not under way (any more).
    pub(super) fn settle(&mut self, id: DeliveryId) -> Option<Pending> {
        self.pending.remove(&id)
    }
}

impl Run {
    /// The run after this one.
    #[must_use]
    pub(super) const fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}
