//! The outbox: deliveries that are still to be made, and those that wait for their receiver.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Delivery, DeliveryCause, To};
use crate::engine::{SessionId, Webhook};
use crate::sandbox::io::Deadline;
use crate::sandbox::notification::Message;
use crate::sandbox::scenario::Failing;
use crate::time::Instant;

/// A delivery under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeliveryId(u64);

/// A stretch of a sandbox's life without a break in its history. What was under way before a reset
/// carries another number, and is dropped when it comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Run(u32);

/// Deliveries ahead and under way.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::sandbox) struct Outbox {
    /// Those that wait, by number; those that do no longer have left a gap.
    under_way: VecDeque<Option<Box<UnderWay>>>,
    /// The number of the first of them.
    first: u64,
    /// In their order; those of one instant in the order in which they were made.
    deadlines: VecDeque<(Moment, Due)>,
    next_deadline: u64,
    /// What waits for the next message of its session; by session.
    held: Vec<(SessionId, Vec<Errand>)>,
}

/// When, and which of those of that instant.
type Moment = (Instant, u64);

/// What happens at a deadline.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Due {
    /// A delivery is made.
    Send(Box<Errand>),
    /// A receiver has taken too long.
    Timeout(DeliveryId),
    /// The answer to a request comes.
    Answer(u64),
}

/// A delivery to be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Errand {
    /// What is delivered.
    pub(super) message: Arc<Message>,
    /// To where.
    pub(super) webhook: Webhook,
    /// Its notification, by its place among all.
    pub(super) place: u64,
    /// Why.
    pub(super) cause: DeliveryCause,
    /// How often it was tried before.
    pub(super) tried: u32,
    /// How its receiver fails first, whoever that is.
    pub(super) failing: Option<Failing>,
}

/// A delivery that waits for its receiver.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct UnderWay {
    pub(super) errand: Errand,
    pub(super) delivery: Delivery,
    /// To whom it was handed out, if it was.
    pub(super) to: Option<To>,
    /// When the receiver has taken too long.
    timeout: Moment,
}

impl Outbox {
    /// The earliest deadline: when, what then happens, and about which session.
    pub(in crate::sandbox) fn next(&self) -> Option<(Instant, Deadline, Option<SessionId>)> {
        self.deadlines().next()
    }

    /// All deadlines, in their order.
    pub(in crate::sandbox) fn deadlines(
        &self,
    ) -> impl Iterator<Item = (Instant, Deadline, Option<SessionId>)> {
        self.deadlines.iter().map(|((at, _), due)| {
            let (deadline, errand) = match due {
                Due::Send(errand) => (Deadline::Delivery, Some(&**errand)),
                Due::Timeout(id) => (Deadline::Timeout, self.under_way(*id).map(|it| &it.errand)),
                Due::Answer(_) => (Deadline::Answer, None),
            };
            (*at, deadline, errand.map(|errand| errand.message.session))
        })
    }

    /// Takes the earliest deadline out.
    pub(super) fn pop(&mut self) -> Option<(Instant, Due)> {
        let ((at, _), due) = self.deadlines.pop_front()?;
        Some((at, due))
    }

    /// Has a delivery made at that time.
    pub(super) fn schedule(&mut self, at: Instant, errand: Errand) {
        self.deadline(at, Due::Send(Box::new(errand)));
    }

    /// Has an answer to a request come at that time.
    pub(in crate::sandbox) fn answer(&mut self, at: Instant, exchange: u64) {
        self.deadline(at, Due::Answer(exchange));
    }

    /// Lets a delivery wait for its receiver, until that has taken too long.
    pub(super) fn wait(
        &mut self,
        until: Instant,
        to: Option<To>,
        errand: Errand,
        delivery: Delivery,
    ) -> DeliveryId {
        let number = u64::try_from(self.under_way.len()).unwrap_or(u64::MAX);
        let id = DeliveryId(self.first.saturating_add(number));
        let timeout = self.deadline(until, Due::Timeout(id));
        self.under_way.push_back(Some(Box::new(UnderWay {
            errand,
            delivery,
            to,
            timeout,
        })));
        id
    }

    /// Whether a delivery waits for its receiver.
    pub(in crate::sandbox) fn waits_for(&self, id: DeliveryId) -> bool {
        self.under_way(id).is_some()
    }

    /// A delivery that waits for its receiver; nothing if it does not (any more).
    pub(super) fn under_way(&self, id: DeliveryId) -> Option<&UnderWay> {
        self.under_way.get(self.place(id)?)?.as_deref()
    }

    /// Notes that a delivery waits for another, or for nobody outside any more.
    pub(super) fn redirect(&mut self, id: DeliveryId, to: Option<To>) {
        let place = self.place(id);
        if let Some(Some(under_way)) = place.and_then(|place| self.under_way.get_mut(place)) {
            under_way.to = to;
        }
    }

    /// Takes a delivery out that need not wait any longer.
    pub(super) fn settle(&mut self, id: DeliveryId) -> Option<UnderWay> {
        let place = self.place(id)?;
        let settled = self.under_way.get_mut(place)?.take()?;
        while let Some(None) = self.under_way.front() {
            self.under_way.pop_front();
            self.first = self.first.saturating_add(1);
        }
        if let Ok(place) = self.find(&settled.timeout) {
            self.deadlines.remove(place);
        }
        Some(*settled)
    }

    /// Changes the webhooks of all deliveries.
    pub(in crate::sandbox) fn change_webhooks(&mut self, mut change: impl FnMut(&mut Webhook)) {
        let ahead = self.deadlines.iter_mut().filter_map(|(_, due)| match due {
            Due::Send(errand) => Some(&mut **errand),
            Due::Timeout(_) | Due::Answer(_) => None,
        });
        let under_way = self.under_way.iter_mut().flatten().map(|it| &mut it.errand);
        let held = self.held.iter_mut().flat_map(|(_, errands)| errands);
        for errand in ahead.chain(under_way).chain(held) {
            change(&mut errand.webhook);
            Arc::make_mut(&mut errand.message).webhook = Some(errand.webhook.clone());
        }
    }

    /// Keeps deliveries until the next message of their session.
    pub(super) fn hold(&mut self, session: SessionId, errands: Vec<Errand>) {
        if let Err(place) = self.held.binary_search_by_key(&session, |(held, _)| *held) {
            self.held.insert(place, (session, errands));
        }
    }

    /// What waited for a message of that session.
    pub(super) fn release(&mut self, session: SessionId) -> Vec<Errand> {
        let held = self.held.binary_search_by_key(&session, |(held, _)| *held);
        held.map_or_else(|_| Vec::new(), |place| self.held.remove(place).1)
    }

    fn place(&self, id: DeliveryId) -> Option<usize> {
        usize::try_from(id.0.checked_sub(self.first)?).ok()
    }

    fn deadline(&mut self, at: Instant, due: Due) -> Moment {
        let moment = (at, self.next_deadline);
        self.next_deadline = self.next_deadline.saturating_add(1);
        let place = self.find(&moment).unwrap_or_else(|place| place);
        self.deadlines.insert(place, (moment, due));
        moment
    }

    fn find(&self, moment: &Moment) -> Result<usize, usize> {
        self.deadlines
            .binary_search_by_key(moment, |(moment, _)| *moment)
    }
}

impl DeliveryId {
    /// The identifier as a number, for whoever runs the sandbox.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The identifier of that number.
    pub const fn from_number(number: u64) -> Self {
        Self(number)
    }
}

impl Run {
    /// The run after this one.
    #[must_use]
    pub(in crate::sandbox) const fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }

    /// The run as a number, for whoever runs the sandbox.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The run of that number.
    pub const fn from_number(number: u32) -> Self {
        Self(number)
    }
}
