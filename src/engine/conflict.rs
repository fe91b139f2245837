//! The conflict index: which session of a device has a flow that overlaps another.
//!
//! Almost every device has few sessions, which are looked at one by one. Where there are more their
//! flows are in the index. Networks and port ranges are both sets of binary prefixes (a range of
//! ports splits into at most thirty), and two prefixes overlap where one contains the other. So one
//! ordered set serves all three dimensions of a flow: the prefixes that contain one are found by a
//! look-up for each length, those inside it stand next to each other. The dimensions are walked
//! side by side, and the first that runs out proves that there is no conflict: a device with a
//! thousand sessions costs no more than the dimension that tells them apart best.

use std::collections::BTreeSet;

use super::device::{Device, DeviceKey};
use super::flow::{Flow, PortsSpec};
use super::session::SessionId;
use prefix::Prefix;

mod prefix;

/// How many sessions of a device are looked at one by one. What is in the index follows from which
/// sessions there are, whatever came before.
const FEW: usize = 4;

/// The live sessions by device, and the flows of those that share theirs with many.
#[derive(Clone, Debug, Default)]
pub(super) struct ConflictIndex(BTreeSet<Entry>);

/// Ordered so that the prefixes of one device and dimension stand by address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    device: DeviceKey,
    dimension: Dimension,
    prefix: Prefix,
    session: SessionId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Dimension {
    /// None: the device has that session.
    Session,
    Network,
    ServerPort,
    DevicePort,
}

impl ConflictIndex {
    /// Adds a session; `flow_of` knows those that were added before.
    #[inline(never)]
    pub(super) fn insert<'a>(
        &mut self,
        session: SessionId,
        device: &Device,
        flow: &Flow,
        flow_of: &dyn Fn(SessionId) -> Option<&'a Flow>,
    ) {
        for key in device.keys() {
            let others = self.sessions(&key).take(FEW + 1).count();
            if others == FEW {
                let ids: Vec<_> = self.sessions(&key).collect();
                for (id, flow) in ids.into_iter().filter_map(|id| Some((id, flow_of(id)?))) {
                    self.0.extend(entries(&key, id, flow));
                }
            }
            if others >= FEW {
                self.0.extend(entries(&key, session, flow));
            }
            self.0.insert(Entry::of(&key, session));
        }
    }

    #[inline(never)]
    pub(super) fn remove(&mut self, session: SessionId, device: &Device, flow: &Flow) {
        for key in device.keys() {
            self.0.remove(&Entry::of(&key, session));
            let others = self.sessions(&key).take(FEW + 1).count();
            if others > FEW {
                for entry in entries(&key, session, flow) {
                    self.0.remove(&entry);
                }
            } else if others == FEW {
                while let Some(entry) = self.flow(&key).cloned() {
                    self.0.remove(&entry);
                }
            }
        }
    }

    /// A session of the device that has one of `keys`, whatever its flow.
    pub(super) fn any(&self, keys: &[DeviceKey]) -> Option<SessionId> {
        keys.iter().find_map(|key| self.sessions(key).next())
    }

    /// A session of the device that has one of `keys` for which `overlaps` holds, if there is one.
    /// `overlaps` must imply that the flows overlap in every dimension.
    pub(super) fn find(
        &self,
        keys: &[DeviceKey],
        flow: &Flow,
        overlaps: impl Fn(SessionId) -> bool,
    ) -> Option<SessionId> {
        keys.iter().find_map(|key| {
            if self.flow(key).is_none() {
                return self.sessions(key).find(|session| overlaps(*session));
            }
            let mut dimensions = dimensions(flow)
                .map(|(dimension, prefixes)| self.touching(key, dimension, prefixes));
            loop {
                for sessions in &mut dimensions {
                    let session = sessions.next()?;
                    if overlaps(session) {
                        return Some(session);
                    }
                }
            }
        })
    }

    /// The sessions of a device, in the order of their ids.
    fn sessions(&self, key: &DeviceKey) -> impl Iterator<Item = SessionId> {
        let first = Entry::of(key, SessionId::nil());
        let last = Entry::of(key, SessionId::max());
        self.0.range(first..=last).map(|entry| entry.session)
    }

    /// The first of what is there of their flows.
    fn flow(&self, key: &DeviceKey) -> Option<&Entry> {
        let first = Entry {
            dimension: Dimension::Network,
            ..Entry::of(key, SessionId::nil())
        };
        let entry = self.0.range(first..).next();
        entry.filter(|entry| entry.device == *key)
    }

    /// Sessions with a prefix that contains one of `prefixes`, or lies inside.
    fn touching(
        &self,
        key: &DeviceKey,
        dimension: Dimension,
        prefixes: Vec<Prefix>,
    ) -> impl Iterator<Item = SessionId> {
        let at = move |prefix: Prefix, session| Entry {
            device: key.clone(),
            dimension,
            prefix,
            session,
        };
        prefixes.into_iter().flat_map(move |prefix| {
            let containing = (0..=prefix.length).flat_map(move |length| {
                let outer = prefix.shortened(length);
                self.0
                    .range(at(outer, SessionId::nil())..=at(outer, SessionId::max()))
            });
            let inside = self
                .0
                .range(at(prefix, SessionId::max())..=at(prefix.last(), SessionId::max()))
                .filter(move |entry| entry.prefix.length > prefix.length);
            containing.chain(inside).map(|entry| entry.session)
        })
    }
}

impl Entry {
    /// That the device has a session.
    fn of(device: &DeviceKey, session: SessionId) -> Self {
        Self {
            device: device.clone(),
            dimension: Dimension::Session,
            prefix: Prefix::EVERYTHING,
            session,
        }
    }
}

fn dimensions(flow: &Flow) -> [(Dimension, Vec<Prefix>); 3] {
    let server = &flow.server;
    let networks = (server.ipv4.iter().map(|net| Prefix::ipv4(*net.value())))
        .chain(server.ipv6.iter().map(|net| Prefix::ipv6(*net.value())))
        .collect();
    let ports = |spec: Option<&PortsSpec>| match spec {
        None => vec![Prefix::EVERYTHING],
        Some(spec) => spec.merged().into_iter().flat_map(Prefix::ports).collect(),
    };
    [
        (Dimension::Network, networks),
        (Dimension::ServerPort, ports(flow.server_ports.as_deref())),
        (Dimension::DevicePort, ports(flow.device_ports.as_deref())),
    ]
}

fn entries(device: &DeviceKey, session: SessionId, flow: &Flow) -> impl Iterator<Item = Entry> {
    dimensions(flow)
        .into_iter()
        .flat_map(move |(dimension, prefixes)| {
            prefixes.into_iter().map(move |prefix| Entry {
                device: device.clone(),
                dimension,
                prefix,
                session,
            })
        })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::engine::device::PhoneNumber;
    use crate::engine::flow::{ApplicationServer, PortRange};
    use crate::engine::written::Written;

    fn id(number: u16) -> SessionId {
        SessionId::from_random(u128::from(number) << 64)
    }

    /// One of two.
    fn device(number: u16) -> Device {
        Device {
            phone_number: PhoneNumber::parse(&format!("+3460000000{}", number % 2)),
            ..Device::default()
        }
    }

    fn flow(number: u16) -> Flow {
        let network = format!("198.51.100.{}/32", number % 3).parse().unwrap();
        let range = PortRange {
            from: number,
            to: number * 3,
        };
        Flow {
            server: ApplicationServer {
                ipv4: Some(Written::new(network, "")),
                ipv6: None,
            },
            device_ports: None,
            server_ports: Some(Box::new(PortsSpec {
                ranges: Some(vec![range]),
                ports: None,
            })),
        }
    }

    fn indexed(numbers: &[u16]) -> ConflictIndex {
        let mut index = ConflictIndex::default();
        let mut flows = BTreeMap::new();
        for number in numbers {
            let flow_of = |id| flows.get(&id);
            index.insert(id(*number), &device(*number), &flow(*number), &flow_of);
            flows.insert(id(*number), flow(*number));
        }
        index
    }

    /// Whatever came and went: where there are many sessions their flows are there, and what has
    /// gone has left nothing.
    #[test]
    fn the_index_follows_from_the_sessions_that_are_there() {
        let mut there: Vec<u16> = (1..=14).collect();
        let mut index = indexed(&there);
        for gone in [2, 14, 1, 9, 4, 6, 8, 10, 3, 12, 13, 11, 5, 7] {
            index.remove(id(gone), &device(gone), &flow(gone));
            there.retain(|number| *number != gone);
            assert_eq!(index.0, indexed(&there).0, "{there:?}");
            for parity in 0..2 {
                let [key] = device(parity).keys().try_into().unwrap();
                let of_device = there.iter().filter(|number| **number % 2 == parity);
                assert_eq!(index.flow(&key).is_some(), of_device.count() > FEW);
            }
        }
        assert!(index.0.is_empty());
    }
}
