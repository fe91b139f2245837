//! The flows of a device's sessions, where they are many.
//!
//! Networks and port ranges are both sets of binary prefixes (a range of ports splits into at most
//! thirty), and two prefixes overlap where one contains the other. So one ordered set serves all
//! three dimensions of a flow: the prefixes that contain one are found by a look-up for each
//! length, those inside it stand next to each other. The dimensions are walked side by side, and
//! the first that runs out proves that there is no conflict: a device with a thousand sessions
//! costs no more than the dimension that tells them apart best.

use std::collections::BTreeSet;

use ipnet::{Ipv4Net, Ipv6Net};

use crate::engine::flow::{Flow, PortRange, PortsSpec};
use crate::engine::session::SessionId;

/// Where the flows of a device's sessions stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefixes(BTreeSet<Entry>);

/// Ordered so that the prefixes of one dimension stand by address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
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

impl Prefixes {
    pub(super) fn insert(&mut self, session: SessionId, flow: &Flow) {
        self.0.extend(entries(session, flow));
    }

    pub(super) fn remove(&mut self, session: SessionId, flow: &Flow) {
        for entry in entries(session, flow) {
            self.0.remove(&entry);
        }
    }

    /// One of the sessions.
    pub(super) fn any(&self) -> Option<SessionId> {
        self.0.first().map(|entry| entry.session)
    }

    /// All sessions, in the order of their ids.
    pub(super) fn sessions(&self) -> Vec<SessionId> {
        let ids: BTreeSet<_> = self.0.iter().map(|entry| entry.session).collect();
        ids.into_iter().collect()
    }

    /// A session for which `overlaps` holds, if there is one. It must imply that the flows overlap
    /// in every dimension.
    pub(super) fn find(
        &self,
        flow: &Flow,
        overlaps: &impl Fn(SessionId) -> bool,
    ) -> Option<SessionId> {
        let mut dimensions =
            dimensions(flow).map(|(dimension, prefixes)| self.touching(dimension, prefixes));
        loop {
            for sessions in &mut dimensions {
                let session = sessions.next()?;
                if overlaps(session) {
                    return Some(session);
                }
            }
        }
    }

    /// Sessions with a prefix that contains one of `prefixes`, or lies inside.
    fn touching(
        &self,
        dimension: Dimension,
        prefixes: Vec<Prefix>,
    ) -> impl Iterator<Item = SessionId> {
        let at = move |prefix: Prefix, session| Entry {
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
        (Dimension::ServerPort, ports(flow.server_ports.as_ref())),
        (Dimension::DevicePort, ports(flow.device_ports.as_ref())),
    ]
}

fn entries(session: SessionId, flow: &Flow) -> impl Iterator<Item = Entry> {
    let dimensions = dimensions(flow).into_iter();
    dimensions.flat_map(move |(dimension, prefixes)| {
        prefixes.into_iter().map(move |prefix| Entry {
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
