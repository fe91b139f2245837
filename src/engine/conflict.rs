//! The conflict index: which session of a device has a flow that overlaps another.
//!
//! Almost every device has few sessions: they are looked at one by one. What many need is in
//! `conflict/prefixes.rs`.

use std::collections::BTreeMap;

use super::device::{Device, DeviceKey};
use super::flow::Flow;
use super::session::SessionId;
use prefixes::Prefixes;

mod prefixes;

/// How many sessions of a device are looked at one by one.
const FEW: usize = 4;

/// The live sessions, by device.
#[derive(Clone, Debug, Default)]
pub(super) struct ConflictIndex(BTreeMap<DeviceKey, Sessions>);

/// The sessions of a device. How they are kept follows from which they are, whatever came before.
#[derive(Clone, Debug)]
enum Sessions {
    /// In the order of their ids, at most [`FEW`].
    Few(Vec<SessionId>),
    /// More than that, by their flows.
    Many(usize, Box<Prefixes>),
}

impl ConflictIndex {
    /// Adds a session; `flow_of` knows those that were added before.
    pub(super) fn insert<'a>(
        &mut self,
        session: SessionId,
        device: &Device,
        flow: &'a Flow,
        flow_of: impl Fn(SessionId) -> Option<&'a Flow>,
    ) {
        for key in device.keys() {
            // Most devices have one, and no more.
            let sessions =
                (self.0.entry(key)).or_insert_with(|| Sessions::Few(Vec::with_capacity(1)));
            sessions.insert(session, flow, &flow_of);
        }
    }

    pub(super) fn remove(&mut self, session: SessionId, device: &Device, flow: &Flow) {
        for key in device.keys() {
            if let Some(sessions) = self.0.get_mut(&key)
                && sessions.remove(session, flow)
            {
                self.0.remove(&key);
            }
        }
    }

    /// A session of the device that has one of `keys`, whatever its flow.
    pub(super) fn any(&self, keys: &[DeviceKey]) -> Option<SessionId> {
        let mut known = keys.iter().filter_map(|key| self.0.get(key));
        known.find_map(|sessions| match sessions {
            Sessions::Few(ids) => ids.first().copied(),
            Sessions::Many(_, flows) => flows.any(),
        })
    }

    /// A session of the device that has one of `keys` for which `overlaps` holds, if there is one.
    /// `overlaps` must imply that the flows overlap in every dimension.
    pub(super) fn find(
        &self,
        keys: &[DeviceKey],
        flow: &Flow,
        overlaps: impl Fn(SessionId) -> bool,
    ) -> Option<SessionId> {
        let mut known = keys.iter().filter_map(|key| self.0.get(key));
        known.find_map(|sessions| match sessions {
            Sessions::Few(ids) => ids.iter().copied().find(|id| overlaps(*id)),
            Sessions::Many(_, flows) => flows.find(flow, &overlaps),
        })
    }
}

impl Sessions {
    fn insert<'a>(
        &mut self,
        session: SessionId,
        flow: &'a Flow,
        flow_of: &impl Fn(SessionId) -> Option<&'a Flow>,
    ) {
        match self {
            Self::Few(ids) if ids.len() < FEW => {
                let place = ids.partition_point(|id| *id < session);
                ids.insert(place, session);
            }
            Self::Few(ids) => {
                let mut flows = Prefixes::default();
                for id in ids {
                    if let Some(flow) = flow_of(*id) {
                        flows.insert(*id, flow);
                    }
                }
                flows.insert(session, flow);
                *self = Self::Many(FEW + 1, Box::new(flows));
            }
            Self::Many(count, flows) => {
                *count += 1;
                flows.insert(session, flow);
            }
        }
    }

    /// Whether that was the last.
    fn remove(&mut self, session: SessionId, flow: &Flow) -> bool {
        match self {
            Self::Few(ids) => {
                ids.retain(|id| *id != session);
                return ids.is_empty();
            }
            Self::Many(count, flows) => {
                *count = count.saturating_sub(1);
                flows.remove(session, flow);
                if *count <= FEW {
                    *self = Self::Few(flows.sessions());
                }
            }
        }
        false
    }
}
