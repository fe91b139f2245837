//! What the backend hands out, compared by identity: a change makes another one.

use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

/// One thing of the backend.
pub(super) struct Shared<T>(Arc<T>);

/// Things of the backend, newest first.
pub(super) struct List<T>(Rc<[Shared<T>]>);

impl<T> From<Arc<T>> for Shared<T> {
    fn from(thing: Arc<T>) -> Self {
        Self(thing)
    }
}

impl<T> From<Vec<Arc<T>>> for List<T> {
    /// A list of what is given oldest first.
    fn from(oldest_first: Vec<Arc<T>>) -> Self {
        Self(oldest_first.into_iter().rev().map(Shared).collect())
    }
}

impl<T> List<T> {
    /// Those that are to be kept, in the same order.
    pub(super) fn filtered(&self, mut keep: impl FnMut(&T) -> bool) -> Self {
        Self(self.iter().filter(|thing| keep(thing)).cloned().collect())
    }
}

impl<T> FromIterator<Shared<T>> for List<T> {
    /// A list of what comes newest first.
    fn from_iter<I: IntoIterator<Item = Shared<T>>>(newest_first: I) -> Self {
        Self(newest_first.into_iter().collect())
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Deref for List<T> {
    type Target = [Shared<T>];

    fn deref(&self) -> &[Shared<T>] {
        &self.0
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
