//! The conflict index: which session of a device has a flow that overlaps another.
//!
//! Networks and port ranges are both sets of binary prefixes (a range of ports splits into at most
//! thirty), and two prefixes overlap where one contains the other. So one ordered set serves all
//! three dimensions of a flow: the prefixes that contain one are found by a look-up for each
//! length, those inside it stand next to each other. The dimensions are walked side by side, and
//! the first that runs out proves that there is no conflict: a device with a thousand sessions
//! costs no more than the dimension that tells them apart best.
//!
//! Most devices have one session. Of that no more is noted than that it is there.

use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};

use ipnet::{Ipv4Net, Ipv6Net};

use super::device::{Device, DeviceKey};
use super::flow::{Flow, PortRange, PortsSpec};
use super::session::SessionId;

/// Where the flows of all sessions stand, by device.
#[derive(Clone, Debug, Default)]
pub(super) struct ConflictIndex(BTreeMap<DeviceKey, Standing>);

/// The sessions of one device.
#[derive(Clone, Debug)]
enum Standing {
    /// It has one, wherever its flow stands.
    Alone(SessionId),
    /// It has, or had, several.
    Several(BTreeSet<Place>),
}

/// Where a flow stands in one dimension; ordered so that the prefixes of a dimension stand by address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    dimension: Dimension,
    prefix: Prefix,
    session: SessionId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Dimension {
    Network,
    ServerPort,
    DevicePort,
}

/// All numbers of 129 bits that begin as `bits` does: IPv4 and IPv6 networks side by side (the
/// family is the first bit), and ports at the far left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Prefix {
    ipv6: bool,
    bits: u128,
    length: u8,
}

impl ConflictIndex {
    /// Notes a session; `flow_of` are the flows of those that are noted already.
    pub(super) fn insert<'a>(
        &mut self,
        session: SessionId,
        device: &Device,
        flow: &Flow,
        flow_of: impl Fn(SessionId) -> Option<&'a Flow>,
    ) {
        for key in device.keys() {
            match self.0.entry(key) {
                Entry::Vacant(free) => {
                    free.insert(Standing::Alone(session));
                }
                Entry::Occupied(mut taken) => match taken.get_mut() {
                    Standing::Several(all) => all.extend(places(session, flow)),
                    Standing::Alone(other) => {
                        let other = (*other, flow_of(*other));
                        let others = other.1.map(|flow| places(other.0, flow));
                        let all = others.into_iter().flatten().chain(places(session, flow));
                        taken.insert(Standing::Several(all.collect()));
                    }
                },
            }
        }
    }

    pub(super) fn remove(&mut self, session: SessionId, device: &Device, flow: &Flow) {
        for key in device.keys() {
            let Entry::Occupied(mut taken) = self.0.entry(key) else {
                continue;
            };
            let empty = match taken.get_mut() {
                Standing::Alone(_) => true,
                Standing::Several(all) => {
                    for place in places(session, flow) {
                        all.remove(&place);
                    }
                    all.is_empty()
                }
            };
            if empty {
                taken.remove();
            }
        }
    }

    /// A session of the device that has one of `keys`, whatever its flow.
    pub(super) fn any(&self, keys: &[DeviceKey]) -> Option<SessionId> {
        keys.iter().find_map(|key| match self.0.get(key)? {
            Standing::Alone(session) => Some(*session),
            Standing::Several(all) => all.first().map(|place| place.session),
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
        keys.iter().find_map(|key| match self.0.get(key)? {
            Standing::Alone(session) => overlaps(*session).then_some(*session),
            Standing::Several(all) => {
                let mut dimensions = dimensions(flow)
                    .map(|(dimension, prefixes)| touching(all, dimension, prefixes));
                loop {
                    for sessions in &mut dimensions {
                        let session = sessions.next()?;
                        if overlaps(session) {
                            return Some(session);
                        }
                    }
                }
            }
        })
    }
}

/// Sessions with a prefix that contains one of `prefixes`, or lies inside.
fn touching(
    all: &BTreeSet<Place>,
    dimension: Dimension,
    prefixes: Vec<Prefix>,
) -> impl Iterator<Item = SessionId> {
    let at = move |prefix, session| Place {
        dimension,
        prefix,
        session,
    };
    prefixes.into_iter().flat_map(move |prefix| {
        let containing = (0..=prefix.length).flat_map(move |length| {
            let outer = prefix.shortened(length);
            all.range(at(outer, SessionId::nil())..=at(outer, SessionId::max()))
        });
        let inside = all
            .range(at(prefix, SessionId::max())..=at(prefix.last(), SessionId::max()))
            .filter(move |place| place.prefix.length > prefix.length);
        containing.chain(inside).map(|place| place.session)
    })
}

impl Prefix {
    const EVERYTHING: Self = Self {
        ipv6: false,
        bits: 0,
        length: 0,
    };

    fn ipv4(network: Ipv4Net) -> Self {
        Self {
            ipv6: false,
            bits: u128::from(u32::from(network.network())) << 96,
            length: network.prefix_len(),
        }
    }

    fn ipv6(network: Ipv6Net) -> Self {
        Self {
            ipv6: true,
            bits: network.network().into(),
            length: network.prefix_len(),
        }
    }

    /// The fewest prefixes that make up a range of ports.
    fn ports(range: PortRange) -> Vec<Self> {
        let (mut from, end) = (u32::from(range.from), u32::from(range.to) + 1);
        let mut prefixes = Vec::new();
        while from < end {
            // The largest block that starts here and does not reach past the end.
            let mut size = if from == 0 {
                1 << 16
            } else {
                1 << from.trailing_zeros()
            };
            while from + size > end {
                size >>= 1;
            }
            prefixes.push(Self {
                ipv6: false,
                bits: u128::from(from) << 112,
                length: 16_u8.saturating_sub(u8::try_from(size.trailing_zeros()).unwrap_or(16)),
            });
            from += size;
        }
        prefixes
    }

    fn host_bits(length: u8) -> u128 {
        u128::MAX.checked_shr(length.into()).unwrap_or(0)
    }

    fn shortened(self, length: u8) -> Self {
        Self {
            bits: self.bits & !Self::host_bits(length),
            length,
            ..self
        }
    }

    /// The last prefix, in order, that lies inside.
    fn last(self) -> Self {
        Self {
            bits: self.bits | Self::host_bits(self.length),
            length: u8::MAX,
            ..self
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

fn places(session: SessionId, flow: &Flow) -> impl Iterator<Item = Place> {
    let dimensions = dimensions(flow).into_iter();
    dimensions.flat_map(move |(dimension, prefixes)| {
        prefixes.into_iter().map(move |prefix| Place {
            dimension,
            prefix,
            session,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(from: u16, to: u16) -> Vec<(u128, u8)> {
        Prefix::ports(PortRange { from, to })
            .iter()
            .map(|prefix| (prefix.bits >> 112, prefix.length))
            .collect()
    }

    #[test]
    fn ranges_of_ports_split_into_the_fewest_prefixes() {
        assert_eq!(ranges(0, 65535), [(0, 0)]);
        assert_eq!(ranges(443, 443), [(443, 16)]);
        assert_eq!(ranges(65535, 65535), [(65535, 16)]);
        assert_eq!(ranges(1, 6), [(1, 16), (2, 15), (4, 15), (6, 16)]);
        assert_eq!(ranges(1, 65534).len(), 30);
    }
}
