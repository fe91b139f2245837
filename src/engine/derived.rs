//! What follows from the sessions: where their flows stand, and what is due when. It is not kept with them.

use std::collections::BTreeSet;

use super::Engine;
use super::conflict::ConflictIndex;
use super::flow::Flow;
use super::session::SessionId;
use super::sessions::Sessions;

impl Engine {
    /// Works out what follows from the sessions: where their flows stand, and what is due when. To be
    /// called on an engine that was read from somewhere.
    pub fn rebuild(&mut self) {
        self.conflicts = ConflictIndex::default();
        self.deadlines.clear();
        for session in self.sessions.values() {
            let (id, request) = (session.id, &session.request);
            let flow_of = |id| flow_of(&self.sessions, id);
            (self.conflicts).insert(id, &request.device, &request.flow, &flow_of);
            for (at, kind) in session.timers() {
                self.deadlines.insert((at, kind, session.sequence, id));
            }
        }
    }

    /// The same without what [`Engine::rebuild`] works out again.
    pub(crate) fn core(&self) -> Self {
        Self {
            operator: self.operator.clone(),
            registry: self.registry.clone(),
            sessions: self.sessions.clone(),
            conflicts: ConflictIndex::default(),
            deadlines: BTreeSet::new(),
            created: self.created,
            events: self.events.clone(),
        }
    }
}

/// The flow of a live session.
pub(super) fn flow_of(sessions: &Sessions, id: SessionId) -> Option<&Flow> {
    sessions.get(id).map(|session| &session.request.flow)
}
