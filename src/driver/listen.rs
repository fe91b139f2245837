//! Listeners: whoever hears what happens.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::live::{Driver, Live};
use super::state::Notice;

type Listener = Rc<dyn Fn(&[Notice])>;

/// Whether something concerns a listener.
type Interest = Box<dyn Fn(&Notice) -> bool>;

/// All listeners, in the order of their coming.
#[derive(Default)]
pub(super) struct Listeners {
    all: Vec<(u64, Interest, Listener)>,
    next: u64,
    telling: bool,
}

/// A listener's place; dropping it ends it.
pub struct Subscription {
    live: Weak<RefCell<Live>>,
    id: u64,
}

impl Driver {
    /// Calls `listener` with whatever happens, in order, until the subscription is dropped. It may
    /// call the driver; what that causes is told after what it is being told.
    pub fn subscribe(&self, listener: impl Fn(&[Notice]) + 'static) -> Subscription {
        self.subscribe_where(|_| true, listener)
    }

    /// The same for a listener that only some of it concerns: what concerns nobody is not kept. It
    /// hears other things, too, where those concern others.
    pub fn subscribe_where(
        &self,
        concerns: impl Fn(&Notice) -> bool + 'static,
        listener: impl Fn(&[Notice]) + 'static,
    ) -> Subscription {
        let mut live = self.0.borrow_mut();
        let listeners = &mut live.listeners;
        let id = listeners.next;
        listeners.next = id.wrapping_add(1);
        listeners
            .all
            .push((id, Box::new(concerns), Rc::new(listener)));
        Subscription {
            live: Rc::downgrade(&self.0),
            id,
        }
    }

    /// Tells the listeners what happened since the last time. From within a listener it does
    /// nothing: they are told after it returns.
    pub fn flush(&self) {
        if std::mem::replace(&mut self.0.borrow_mut().listeners.telling, true) {
            return;
        }
        loop {
            let (notices, listeners) = {
                let mut live = self.0.borrow_mut();
                let listeners = live.listeners.all.iter();
                let listeners: Vec<_> = listeners.map(|(.., one)| one.clone()).collect();
                (std::mem::take(&mut live.notices), listeners)
            };
            if notices.is_empty() {
                break;
            }
            for listener in listeners {
                listener(&notices);
            }
        }
        self.0.borrow_mut().listeners.telling = false;
    }

    /// Whether a flush has something to tell.
    pub fn tells(&self) -> bool {
        !self.0.borrow().notices.is_empty()
    }
}

impl Live {
    pub(super) fn tell(&mut self, notice: Notice) {
        if self.before_replay.is_none() {
            self.keep(notice);
        }
    }

    pub(super) fn keep(&mut self, notice: Notice) {
        let mut listeners = self.listeners.all.iter();
        if listeners.any(|(_, concerns, _)| concerns(&notice)) {
            self.notices.push(notice);
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(live) = self.live.upgrade() {
            let mut live = live.borrow_mut();
            live.listeners.all.retain(|(id, ..)| *id != self.id);
        }
    }
}
