//! What can be done to a sandbox, a call for each kind of input.

use std::sync::Arc;

use super::Sandbox;
use super::delivery::{Receiver, ReceiverId, Receivers};
use super::fault::{Fault, FaultId};
use super::io::{Declined, Input, NewDevice, Reply};
use super::settings::Setting;
use crate::engine::{KnownDeviceId, NetworkAct, SessionId};
use crate::http::{Request, Response};
use crate::time::Instant;

impl Sandbox {
    /// Answers a request at `now`. One whose connection fails has a response of status 0.
    pub fn request(&mut self, now: Instant, request: Request) -> Arc<Response> {
        match self.handle(now, Input::Request(Arc::new(request))) {
            Ok(Reply::Exchange(exchange)) => Arc::new(exchange.response().into_owned()),
            Ok(Reply::Done) | Err(_) => Arc::new(Response::empty(500)),
        }
    }

    /// Lets the network do something to a session at `now`.
    ///
    /// # Errors
    /// As [`Sandbox::handle`].
    pub fn network(
        &mut self,
        now: Instant,
        session: SessionId,
        act: NetworkAct,
    ) -> Result<(), Declined> {
        self.handle(now, Input::Network(session, act)).map(drop)
    }

    /// Changes a setting at `now`.
    pub fn configure(&mut self, now: Instant, setting: Setting) {
        // Settings are of types that hold no bad value: this is never refused.
        let _ = self.handle(now, Input::Configure(setting));
    }

    /// Adds a device to those that the operator knows: its identifiers belong together from `now`
    /// on.
    ///
    /// # Errors
    /// An identifier belongs to another device.
    pub fn add_device(
        &mut self,
        now: Instant,
        device: NewDevice,
    ) -> Result<KnownDeviceId, Declined> {
        let id = self.state.engine.next_device_id();
        self.handle(now, Input::AddDevice(device))?;
        Ok(id)
    }

    /// Takes a device out of those that the operator knows.
    ///
    /// # Errors
    /// There is none of that id.
    pub fn remove_device(&mut self, now: Instant, id: KnownDeviceId) -> Result<(), Declined> {
        self.handle(now, Input::RemoveDevice(id)).map(drop)
    }

    /// Has a receiver of webhooks there from `now` on.
    ///
    /// ```
    /// # use qod_sandbox::{Instant, Options, Sandbox};
    /// use qod_sandbox::{Answering, Receiver, SetAnswer, SetReply, Target};
    ///
    /// # let now = Instant::from_millis(0);
    /// # let mut sandbox = Sandbox::new(&Options::new(1, now));
    /// // It fails twice with 503, then answers 204.
    /// let answer = SetAnswer { fail_first: 2, ..SetAnswer::always(SetReply::Status(204)) };
    /// sandbox.add_receiver(now, Receiver {
    ///     target: Target::Origin("https://app.example".into()),
    ///     answering: Answering::Set(answer),
    /// });
    /// ```
    pub fn add_receiver(&mut self, now: Instant, receiver: Receiver) -> ReceiverId {
        let id = self.state.receivers.next_id();
        // There can be any number of them.
        let _ = self.handle(now, Input::AddReceiver(receiver));
        id
    }

    /// Takes a receiver away, if it is there.
    pub fn remove_receiver(&mut self, now: Instant, id: ReceiverId) {
        let _ = self.handle(now, Input::RemoveReceiver(id));
    }

    /// Has exactly these receivers there from `now` on.
    pub fn keep_receivers(&mut self, now: Instant, receivers: Receivers) {
        // There can be any number of them.
        let _ = self.handle(now, Input::KeepReceivers(Box::new(receivers)));
    }

    /// Makes one more attempt to deliver a recorded notification.
    ///
    /// # Errors
    /// It is not, or no longer, recorded, or its session has no webhook.
    pub fn redeliver(&mut self, now: Instant, notification: &str) -> Result<(), Declined> {
        self.handle(now, Input::Redeliver(notification.to_owned()))
            .map(drop)
    }

    /// Has something go wrong with requests from `now` on.
    pub fn add_fault(&mut self, now: Instant, fault: Fault) -> FaultId {
        let id = self.state.faults.next_id();
        // There can be any number of them.
        let _ = self.handle(now, Input::AddFault(fault));
        id
    }

    /// Switches a fault off.
    ///
    /// # Errors
    /// It is not on.
    pub fn remove_fault(&mut self, now: Instant, id: FaultId) -> Result<(), Declined> {
        self.handle(now, Input::RemoveFault(id)).map(drop)
    }

    /// The faults that are on, and how many more requests each is for.
    pub fn faults(&self) -> impl Iterator<Item = (FaultId, &Fault, Option<u32>)> {
        self.state.faults.iter()
    }
}
