//! What happens by itself: the deadlines of sessions and deliveries in their order.

use super::Sandbox;
use super::io::Deadline;
use crate::engine::SessionId;
use crate::time::Instant;

impl Sandbox {
    /// When something happens by itself the next time, what, and to which session, if to one.
    pub fn poll_timeout(&self) -> Option<(Instant, Deadline, Option<SessionId>)> {
        let session = self.state.engine.poll_timeout();
        let session = session.map(|(at, kind, id)| (at, Deadline::Session(kind), Some(id)));
        let delivery = self.state.outbox.next();
        match (session, delivery) {
            (Some(session), Some(delivery)) if delivery.0 < session.0 => Some(delivery),
            // At one instant, what happens to sessions goes before what is told of it.
            (session, delivery) => session.or(delivery),
        }
    }

    /// What happens by itself next, the first so many, in their order.
    pub fn upcoming(&self, count: usize) -> Vec<(Instant, Deadline, Option<SessionId>)> {
        let sessions = self.state.engine.deadlines();
        let sessions = sessions.map(|(at, kind, id)| (at, Deadline::Session(kind), Some(id)));
        let (mut sessions, mut deliveries) = (
            sessions.peekable(),
            self.state.outbox.deadlines().peekable(),
        );
        let next = || match (sessions.peek(), deliveries.peek()) {
            (Some(session), Some(delivery)) if delivery.0 < session.0 => deliveries.next(),
            // At one instant, sessions go before what is told of them.
            (Some(_), _) => sessions.next(),
            (None, _) => deliveries.next(),
        };
        std::iter::from_fn(next).take(count).collect()
    }

    /// Lets everything happen that is due up to `now`, in order, each at its own time. Called
    /// early or twice it does nothing.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.handle_some(now, usize::MAX);
    }

    /// The same for the first so many deadlines: whether those were all. If they were not, the
    /// sandbox's time is that of the last one, and the others happen at the next call.
    pub fn handle_some(&mut self, now: Instant, count: usize) -> bool {
        let now = now.clamp(self.state.now, Instant::MAX);
        let mut left = count;
        while let Some((at, deadline, _)) = self.poll_timeout().filter(|(at, ..)| *at <= now) {
            if left == 0 {
                return false;
            }
            left -= 1;
            self.touched |= at > self.state.now;
            self.state.now = at.max(self.state.now);
            if let Deadline::Session(_) = deadline {
                self.state.engine.handle_timeout(at);
                self.collect_events(Some(deadline.into()), at);
            } else {
                self.handle_outbox();
            }
        }
        self.touched |= now > self.state.now;
        self.state.now = now;
        true
    }
}
