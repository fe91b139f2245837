//! Making deliveries: the first attempt, what becomes of it, and the next.

use std::sync::Arc;
use std::time::Duration;

use super::outbox::{Due, Errand, UnderWay};
use super::receiver::Found;
use super::{
    Delivery, DeliveryCause, DeliveryId, Destination, Disorder, ReceiverId, Reception, To,
};
use crate::api::uri;
use crate::engine::Status;
use crate::sandbox::Sandbox;
use crate::sandbox::io::{Declined, Dispatch, Fired, FiredKind, Input, Output};
use crate::sandbox::notification::{Message, NotificationId, Waiting};
use crate::time::Instant;

/// How long after an UNAVAILABLE the AVAILABLE that waited for it is sent.
const OUT_OF_ORDER: Duration = Duration::from_secs(1);

/// How many attempts of one notification there may be; by hand, more could be asked for.
const MOST_ATTEMPTS: usize = 1_000;

/// What becomes of an attempt at first.
enum Start {
    /// It is over.
    Over(Reception),
    /// It is handed out.
    Outside(To),
    /// The receiver takes its time.
    Silence,
}

impl Sandbox {
    /// Has a notification delivered, as its session's scenario or the policy says, and not before
    /// `earliest`.
    pub(in crate::sandbox) fn deliver(
        &mut self,
        message: &Arc<Message>,
        place: u64,
        earliest: Instant,
    ) {
        let Some(webhook) = &message.webhook else {
            return;
        };
        let scenario = self.state.astray.of(message.session).cloned();
        let Disorder {
            delay,
            copies,
            reorder,
        } = (scenario.as_ref().and_then(|scenario| scenario.disorder))
            .unwrap_or(self.state.settings.delivery.disorder);
        let failing = scenario.and_then(|scenario| scenario.failing);
        let errand = |cause| Errand {
            message: message.clone(),
            webhook: webhook.clone(),
            place,
            cause,
            tried: 0,
            failing,
        };
        let first = std::iter::once(errand(DeliveryCause::Event));
        let copies = (1..copies.get()).map(|_| errand(DeliveryCause::Copy));
        let errands = first.chain(copies);
        // Each session that is AVAILABLE comes to an end of which it notifies.
        if reorder && message.status == Status::Available {
            self.note_waiting(place, Waiting::ForNext);
            self.state.outbox.hold(message.session, errands.collect());
            return;
        }
        let at = message.at.after(delay).max(earliest);
        for errand in errands {
            self.send(message.at, at, errand);
        }
        for errand in self.state.outbox.release(message.session) {
            self.send(message.at, at.after(OUT_OF_ORDER), errand);
        }
    }

    /// Makes one more attempt for a recorded notification.
    pub(in crate::sandbox) fn deliver_again(
        &mut self,
        now: Instant,
        id: &str,
    ) -> Result<(), Declined> {
        let notifications = &self.state.records.notifications;
        let found = NotificationId::parse(id)
            .and_then(|id| notifications.find(|notification| notification.message.id == id));
        let (place, notification) = found.ok_or_else(|| Declined::NoNotification(id.to_owned()))?;
        let message = notification.message.clone();
        let webhook = message.webhook.clone();
        let webhook = webhook.ok_or_else(|| Declined::NoWebhook(id.to_owned()))?;
        if notification.deliveries.len() >= MOST_ATTEMPTS {
            return Err(Declined::TooManyAttempts(MOST_ATTEMPTS));
        }
        let errand = Errand {
            message,
            webhook,
            place,
            cause: DeliveryCause::Redelivery,
            tried: 0,
            failing: None,
        };
        self.attempt(now, errand);
        Ok(())
    }

    /// Lets the earliest deadline of the outbox happen.
    pub(in crate::sandbox) fn handle_outbox(&mut self) {
        let Some((at, due)) = self.state.outbox.pop() else {
            return;
        };
        let (kind, message) = match due {
            Due::Answer(id) => {
                self.outputs.push_back(Output::Answered(id));
                return;
            }
            Due::Send(errand) => {
                let message = errand.message.clone();
                self.attempt(at, *errand);
                (FiredKind::Delivery, message)
            }
            Due::Timeout(id) => {
                let Some(UnderWay {
                    errand,
                    mut delivery,
                    to,
                    ..
                }) = self.state.outbox.settle(id)
                else {
                    return;
                };
                if to.is_some() {
                    self.outputs.push_back(Output::Abandon(self.state.run, id));
                }
                let message = errand.message.clone();
                delivery.time_out(at);
                self.finish(at, errand, delivery);
                (FiredKind::Timeout, message)
            }
        };
        self.outputs.push_back(Output::Fired(Fired {
            at,
            kind,
            session_id: message.session,
            notification_id: Some(message.id),
        }));
    }

    /// The same, without the token that a receiver's failure may quote: it is kept as it comes.
    pub(in crate::sandbox) fn without_token(&self, input: Input) -> Input {
        if let Input::Received(run, id, reception) = input {
            let reception = match self.state.outbox.under_way(id) {
                Some(under_way) => reception.without_token(&under_way.errand.webhook),
                None => reception,
            };
            return Input::Received(run, id, reception);
        }
        input
    }

    /// Takes what came of a delivery that was handed out. One that is settled already is dropped.
    pub(in crate::sandbox) fn receive(
        &mut self,
        now: Instant,
        id: DeliveryId,
        reception: Reception,
    ) {
        let Some(UnderWay { errand, to, .. }) = self.state.outbox.under_way(id) else {
            return;
        };
        let (errand, unrouted) = (errand.clone(), *to == Some(To::Unrouted));
        let start = match reception {
            Reception::Routed(receiver) if unrouted => self.ask(&errand, receiver),
            Reception::NoReceiver if unrouted => {
                let found = self.state.receivers.find_any();
                self.start_with(&errand, found)
            }
            reception @ (Reception::Answered(_)
            | Reception::Failed(_)
            | Reception::NoReceiver
            | Reception::Routed(_)) => Start::Over(reception),
        };
        match start {
            Start::Over(reception) => {
                if let Some(UnderWay { mut delivery, .. }) = self.state.outbox.settle(id) {
                    delivery.settle(now, reception);
                    self.finish(now, errand, delivery);
                }
            }
            Start::Outside(to) => {
                self.state.outbox.redirect(id, Some(to));
                self.dispatch(id, to, &errand);
            }
            Start::Silence => self.state.outbox.redirect(id, None),
        }
    }

    /// Makes an attempt at `at`, or has it made then.
    fn send(&mut self, now: Instant, at: Instant, errand: Errand) {
        if at <= now {
            self.attempt(now, errand);
        } else {
            self.note_waiting(errand.place, Waiting::Until(at));
            self.state.outbox.schedule(at, errand);
        }
    }

    fn attempt(&mut self, now: Instant, errand: Errand) {
        let notification = self.state.records.notifications.get(errand.place);
        let made = notification.and_then(|n| u32::try_from(n.deliveries.len()).ok());
        let attempt = made.unwrap_or(errand.tried).saturating_add(1);
        let mut delivery = Delivery::new(now, attempt, errand.cause);
        if !uri::is_http(&errand.webhook.url) {
            let reason = "the webhook's URL is neither http nor https".to_owned();
            delivery.settle(now, Reception::Failed(reason));
            return self.note(&errand, delivery);
        }
        let to = match self.start(&errand) {
            Start::Over(reception) => {
                delivery.settle(now, reception);
                return self.finish(now, errand, delivery);
            }
            Start::Outside(to) => Some(to),
            Start::Silence => None,
        };
        let until = now.after(self.state.settings.delivery.timeout);
        let outbox = &mut self.state.outbox;
        let id = outbox.wait(until, to, errand.clone(), delivery.clone());
        if let Some(to) = to {
            self.dispatch(id, to, &errand);
        }
        self.note(&errand, delivery);
    }

    fn start(&mut self, errand: &Errand) -> Start {
        if let Some(failing) = errand
            .failing
            .filter(|failing| errand.tried < failing.first)
        {
            return Start::Over(Reception::Answered(failing.status));
        }
        let found = self.state.receivers.find(&errand.webhook.url);
        self.start_with(errand, found)
    }

    fn start_with(&mut self, errand: &Errand, found: Found) -> Start {
        match (found, self.state.settings.delivery.to) {
            (Found::Receiver(id), _) => self.ask(errand, id),
            (Found::Perhaps, _) => Start::Outside(To::Unrouted),
            (Found::Nobody, Destination::Network) => Start::Outside(To::Network),
            (Found::Nobody, Destination::Receivers) => Start::Over(Reception::NoReceiver),
        }
    }

    fn ask(&mut self, errand: &Errand, receiver: ReceiverId) -> Start {
        if self.state.receivers.is_handler(receiver) {
            return Start::Outside(To::Receiver(receiver));
        }
        let answer = self.state.receivers.answer(receiver, &errand.webhook);
        answer.map_or(Start::Silence, Start::Over)
    }

    fn dispatch(&mut self, id: DeliveryId, to: To, errand: &Errand) {
        let request = Arc::new(errand.message.request(&errand.webhook));
        self.outputs.push_back(Output::Deliver(Dispatch {
            run: self.state.run,
            id,
            to,
            request,
        }));
    }

    /// Notes what became of an attempt, and sees to the next.
    fn finish(&mut self, now: Instant, errand: Errand, delivery: Delivery) {
        let policy = self.state.settings.delivery;
        let tried = errand.tried.saturating_add(1);
        let repeated = matches!(errand.cause, DeliveryCause::Event | DeliveryCause::Retry);
        let failing = errand
            .failing
            .map_or(0, |failing| failing.first.saturating_add(1));
        let attempts = policy.attempts.get().max(failing);
        let again = repeated && tried < attempts && delivery.may_succeed_later();
        self.note(&errand, delivery);
        if again {
            let at = now.after(policy.wait(tried));
            self.note_waiting(errand.place, Waiting::Until(at));
            let cause = DeliveryCause::Retry;
            let retry = Errand {
                cause,
                tried,
                ..errand
            };
            self.state.outbox.schedule(at, retry);
        }
    }

    /// Records an attempt, if its notification is still kept, and tells of it.
    fn note(&mut self, errand: &Errand, delivery: Delivery) {
        let notifications = &mut self.state.records.notifications;
        notifications.change(errand.place, |notification| {
            let mut made = notification.deliveries.iter_mut().rev();
            if let Some(made) = made.find(|made| made.attempt == delivery.attempt) {
                *made = delivery.clone();
                return;
            }
            // Most have one.
            notification.deliveries.reserve_exact(1);
            notification.deliveries.push(delivery.clone());
            if matches!(errand.cause, DeliveryCause::Event | DeliveryCause::Retry) {
                notification.waiting = None;
            }
        });
        let output = Output::Delivery(errand.message.clone(), delivery);
        self.outputs.push_back(output);
    }

    fn note_waiting(&mut self, place: u64, waiting: Waiting) {
        let notifications = &mut self.state.records.notifications;
        notifications.change(place, |notification| notification.waiting = Some(waiting));
    }
}
