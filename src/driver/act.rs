//! What can be done to a live sandbox: each an input, at the time that it is.

use std::sync::Arc;

use super::live::{Driver, stopwatch};
use super::state::Notice;
use crate::engine::{KnownDeviceId, NetworkAct, SessionId};
use crate::http::Request;
use crate::sandbox::{
    Declined, DeliveryId, Exchange, Fault, FaultId, Input, NewDevice, Receiver, ReceiverId,
    Reception, Reply, Run, Setting,
};

/// How many there may be of each: more than anyone writes, and few enough to be gone through with
/// each request, or each delivery.
const MOST_DEVICES: usize = 10_000;
const MOST_FAULTS: usize = 1_000;
const MOST_RECEIVERS: usize = 1_000;

impl Driver {
    /// Answers a request: the exchange of both.
    pub fn request(&self, request: Request) -> Option<Arc<Exchange>> {
        let input = Input::Request(Arc::new(request));
        let (reply, took) = self.with(|live, now| {
            let start = stopwatch();
            let reply = live.sandbox.handle(now, input);
            (reply, stopwatch() - start)
        });
        self.arm();
        match reply {
            Ok(Reply::Exchange(exchange)) => {
                self.0.borrow_mut().note_took(exchange.id, took);
                Some(exchange)
            }
            // No request is declined.
            Ok(Reply::Done) | Err(_) => None,
        }
    }

    /// Lets the network do something to a session.
    ///
    /// # Errors
    /// The session is unknown, or in a state that forbids it.
    pub fn network(&self, session: SessionId, act: NetworkAct) -> Result<(), Declined> {
        let done = self.with(|live, now| {
            live.sandbox
                .handle(now, Input::Network(session, act))
                .map(drop)
        });
        self.arm();
        done
    }

    /// Changes a setting.
    pub fn configure(&self, setting: Setting) {
        self.with(|live, now| {
            live.sandbox.configure(now, setting);
            live.may_post |= live.before_replay.is_none() && live.posts();
            live.tell(Notice::Settings);
        });
    }

    /// Adds a device to those that the operator knows.
    ///
    /// # Errors
    /// An identifier belongs to another device, or there are too many.
    pub fn add_device(&self, device: NewDevice) -> Result<KnownDeviceId, Declined> {
        self.with(|live, now| {
            room_for("devices", live.sandbox.devices().len(), MOST_DEVICES)?;
            live.tell(Notice::Settings);
            live.sandbox.add_device(now, device)
        })
    }

    /// Takes a device out of those that the operator knows.
    ///
    /// # Errors
    /// There is none of that id.
    pub fn remove_device(&self, id: KnownDeviceId) -> Result<(), Declined> {
        self.with(|live, now| {
            live.tell(Notice::Settings);
            live.sandbox.remove_device(now, id)
        })
    }

    /// Has a receiver of webhooks there.
    ///
    /// # Errors
    /// There are too many.
    pub fn add_receiver(&self, receiver: Receiver) -> Result<ReceiverId, Declined> {
        self.with(|live, now| {
            room_for(
                "receivers",
                live.sandbox.receivers().count(),
                MOST_RECEIVERS,
            )?;
            live.tell(Notice::Settings);
            Ok(live.sandbox.add_receiver(now, receiver))
        })
    }

    /// Takes a receiver away, if it is there.
    pub fn remove_receiver(&self, id: ReceiverId) {
        self.with(|live, now| {
            live.sandbox.remove_receiver(now, id);
            live.tell(Notice::Settings);
        });
    }

    /// Has something go wrong with requests.
    ///
    /// # Errors
    /// There are too many such things.
    pub fn add_fault(&self, fault: Fault) -> Result<FaultId, Declined> {
        self.with(|live, now| {
            room_for("faults", live.sandbox.faults().count(), MOST_FAULTS)?;
            live.tell(Notice::Settings);
            Ok(live.sandbox.add_fault(now, fault))
        })
    }

    /// Switches a fault off.
    ///
    /// # Errors
    /// It is not on.
    pub fn remove_fault(&self, id: FaultId) -> Result<(), Declined> {
        self.with(|live, now| {
            live.tell(Notice::Settings);
            live.sandbox.remove_fault(now, id)
        })
    }

    /// Switches all faults off.
    pub fn clear_faults(&self) {
        self.with(|live, now| {
            live.tell(Notice::Settings);
            // There is nothing to decline.
            let _ = live.sandbox.handle(now, Input::ClearFaults);
        });
    }

    /// Takes what came of a delivery that was handed out; after a storm of deadlines, if one is
    /// being worked off.
    pub fn received(&self, run: Run, id: DeliveryId, reception: Reception) {
        let input = Input::Received(run, id, reception);
        {
            let mut live = self.0.borrow_mut();
            if live.backlog.is_some() {
                live.held.push_back(input);
                return;
            }
        }
        self.with(|live, now| {
            // What is of no interest any more is dropped, not declined.
            let _ = live.sandbox.handle(now, input);
        });
        self.arm();
    }

    /// Makes one more attempt to deliver a recorded notification.
    ///
    /// # Errors
    /// It is not, or no longer, recorded, or its session has no webhook.
    pub fn redeliver(&self, notification: &str) -> Result<(), Declined> {
        let done = self.with(|live, now| live.sandbox.redeliver(now, notification));
        self.arm();
        done
    }
}

/// Whether one more of what there are so many can come.
const fn room_for(what: &'static str, count: usize, most: usize) -> Result<(), Declined> {
    if count < most {
        Ok(())
    } else {
        Err(Declined::TooMany(what, most))
    }
}
