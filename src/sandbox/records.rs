//! Records: what happened, as far back as the limits reach.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::notification::Notification;
use super::traffic::Exchange;
use crate::engine::Session;

/// How many records of each kind are gone, because only so many are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Requests and their answers.
    pub traffic: u64,
    /// Notifications.
    pub notifications: u64,
    /// Released sessions.
    pub sessions: u64,
}

/// What happened.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Records {
    pub(super) exchanges: Log<Exchange>,
    pub(super) notifications: Log<Notification>,
    pub(super) released: Log<Session>,
}

impl Records {
    /// The newest of each kind, `limit` at the most.
    pub(super) fn newest(&self, limit: usize) -> Self {
        Self {
            exchanges: self.exchanges.newest(limit),
            notifications: self.notifications.newest(limit),
            released: self.released.newest(limit),
        }
    }
}

/// Entries in order, each known by its place among all that ever were. Cheap to clone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Log<T> {
    dropped: u64,
    entries: VecDeque<Arc<T>>,
}

impl<T> Default for Log<T> {
    fn default() -> Self {
        Self {
            dropped: 0,
            entries: VecDeque::new(),
        }
    }
}

impl<T: Clone> Log<T> {
    /// Adds an entry, and lets go of the oldest where there are more than `limit`.
    pub(super) fn push(&mut self, entry: Arc<T>, limit: usize) {
        self.entries.push_back(entry);
        self.shorten(limit);
    }

    /// Lets go of the oldest where there are more than `limit`.
    pub(super) fn shorten(&mut self, limit: usize) {
        while self.entries.len() > limit {
            self.entries.pop_front();
            self.dropped = self.dropped.saturating_add(1);
        }
    }

    /// A copy of the newest, `limit` at the most.
    pub(super) fn newest(&self, limit: usize) -> Self {
        let older = self.entries.len().saturating_sub(limit);
        Self {
            dropped: (self.dropped).saturating_add(u64::try_from(older).unwrap_or(u64::MAX)),
            entries: self.entries.iter().skip(older).cloned().collect(),
        }
    }

    /// Lets go of all before that place.
    pub(super) fn shorten_to(&mut self, place: u64) {
        let kept = self.next().saturating_sub(place);
        self.shorten(usize::try_from(kept).unwrap_or(usize::MAX));
    }

    /// Changes all entries.
    pub(super) fn change_all(&mut self, mut change: impl FnMut(&mut T)) {
        for entry in &mut self.entries {
            change(Arc::make_mut(entry));
        }
    }

    /// How many are gone.
    pub(super) const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// How many there ever were: the next one's place.
    pub(super) fn next(&self) -> u64 {
        (self.dropped).saturating_add(u64::try_from(self.entries.len()).unwrap_or(u64::MAX))
    }

    /// The entry of that place; nothing if it is gone.
    pub(super) fn get(&self, place: u64) -> Option<&Arc<T>> {
        let index = usize::try_from(place.checked_sub(self.dropped)?).ok()?;
        self.entries.get(index)
    }

    /// The newest entry of which that is true, and its place.
    pub(super) fn find(&self, matches: impl Fn(&T) -> bool) -> Option<(u64, &Arc<T>)> {
        let index = self.entries.iter().rposition(|entry| matches(entry))?;
        let place = (self.dropped).saturating_add(u64::try_from(index).ok()?);
        Some((place, self.entries.get(index)?))
    }

    /// The entry of that place, to be changed; nothing if it is gone.
    pub(super) fn change(&mut self, place: u64, change: impl FnOnce(&mut T)) -> Option<Arc<T>> {
        let index = usize::try_from(place.checked_sub(self.dropped)?).ok()?;
        let entry = self.entries.get_mut(index)?;
        change(Arc::make_mut(entry));
        Some(entry.clone())
    }

    /// The entries from that place on, as far as they are kept.
    pub(super) fn from(&self, place: u64) -> impl Iterator<Item = &Arc<T>> {
        let skipped = place.saturating_sub(self.dropped);
        self.entries
            .iter()
            .skip(usize::try_from(skipped).unwrap_or(usize::MAX))
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<T>> {
        self.entries.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_and_places_stay() {
        let mut log = Log::default();
        for n in 0..5 {
            assert_eq!(log.next(), n);
            log.push(Arc::new(n), 3);
        }
        assert_eq!(log.iter().map(|n| **n).collect::<Vec<_>>(), [2, 3, 4]);
        assert_eq!(log.change(1, |n| *n = 9), None);
        assert_eq!(log.get(1), None);
        assert_eq!(log.find(|n| *n == 4), Some((4, &Arc::new(4))));
        assert_eq!(log.find(|n| *n == 1), None);
        assert_eq!(log.change(3, |n| *n = 9).as_deref(), Some(&9));
        assert_eq!(log.iter().map(|n| **n).collect::<Vec<_>>(), [2, 9, 4]);
    }
}
