//! Looking into a live sandbox: its records and settings as they are now.

use std::sync::Arc;

use super::live::Driver;
use super::state::NextEvent;
use crate::engine::{Catalogue, KnownDevice, Session, SessionId};
use crate::sandbox::{
    Exchange, Fault, FaultId, Notification, Perspective, Receiver, ReceiverId, Sandbox, Settings,
};

impl Driver {
    /// Looks at the sandbox as it is now.
    pub fn look<T>(&self, look: impl FnOnce(&Sandbox) -> T) -> T {
        self.with(|live, _| look(&live.sandbox))
    }

    /// All sessions, live and released, in the order of their creation.
    pub fn sessions(&self) -> Vec<Arc<Session>> {
        self.with(|live, _| live.sandbox.sessions())
    }

    /// All notifications, oldest first.
    pub fn notifications(&self) -> Vec<Arc<Notification>> {
        self.with(|live, _| live.sandbox.notifications().cloned().collect())
    }

    /// What clients have been able to see of a session; nothing if there is none, or no longer.
    pub fn perspectives(&self, session: SessionId) -> Option<Vec<Perspective>> {
        self.with(|live, _| live.sandbox.perspectives(session))
    }

    /// All requests and their answers, oldest first.
    pub fn traffic(&self) -> Vec<Arc<Exchange>> {
        self.with(|live, _| live.sandbox.traffic().cloned().collect())
    }

    /// The profiles on offer.
    pub fn catalogue(&self) -> Catalogue {
        self.with(|live, _| live.sandbox.catalogue().clone())
    }

    /// The devices that the operator knows.
    pub fn devices(&self) -> Vec<Arc<KnownDevice>> {
        self.with(|live, _| live.sandbox.devices().cloned().collect())
    }

    /// The receivers of webhooks, by age.
    pub fn receivers(&self) -> Vec<(ReceiverId, Receiver)> {
        self.with(|live, _| {
            let receivers = live.sandbox.receivers();
            receivers.map(|(id, one)| (id, one.clone())).collect()
        })
    }

    /// The faults that are on, and how many more requests each is for.
    pub fn faults(&self) -> Vec<(FaultId, Fault, Option<u32>)> {
        self.with(|live, _| {
            let faults = live.sandbox.faults();
            faults
                .map(|(id, fault, left)| (id, fault.clone(), left))
                .collect()
        })
    }

    /// What happens by itself next, the first so many, in their order.
    pub fn upcoming(&self, count: usize) -> Vec<NextEvent> {
        let event = |(at, kind, session)| NextEvent { at, kind, session };
        self.with(|live, _| {
            live.sandbox
                .upcoming(count)
                .into_iter()
                .map(event)
                .collect()
        })
    }

    /// How many milliseconds of the wall an answer took, if it is one of the last thousand.
    pub fn took(&self, exchange: u64) -> Option<f64> {
        let live = self.0.borrow();
        let found = live.took.iter().rev().find(|(id, _)| *id == exchange);
        found.map(|(_, took)| *took)
    }

    /// The settings in force.
    pub fn settings(&self) -> Settings {
        self.with(|live, _| live.sandbox.settings().clone())
    }
}
