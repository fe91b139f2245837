//! Flows: which traffic of a device a session is about, and when two flows overlap.

use std::collections::BinaryHeap;
use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::{Ipv4Net, Ipv6Net};
use serde::{Deserialize, Serialize};

use super::written::Written;

/// The traffic between a device and an application server that a session is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// The server's networks.
    pub server: ApplicationServer,
    /// Ports on the device; none stands for all.
    pub device_ports: Option<Box<PortsSpec>>,
    /// Ports on the server; none stands for all.
    pub server_ports: Option<Box<PortsSpec>>,
}

/// A server by its IPv4 network, its IPv6 network, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationServer {
    /// An address or a network, host bits allowed.
    pub ipv4: Option<Written<Ipv4Net>>,
    /// An address or a network, host bits allowed.
    pub ipv6: Option<Box<Written<Ipv6Net>>>,
}

/// Ports and port ranges, as they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortsSpec {
    /// Ranges, both ends included; `from` is at most `to`.
    pub ranges: Option<Vec<PortRange>>,
    /// Single ports.
    pub ports: Option<Vec<u16>>,
}

/// Ports from `from` to `to`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PortRange {
    /// The first port.
    pub from: u16,
    /// The last port, at least `from`.
    pub to: u16,
}

impl Flow {
    /// Whether some packet belongs to both flows of one device: networks, device ports and server
    /// ports all overlap. Without a common address family there is no overlap.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.server.overlaps(&other.server)
            && ports_overlap(self.server_ports.as_deref(), other.server_ports.as_deref())
            && ports_overlap(self.device_ports.as_deref(), other.device_ports.as_deref())
    }
}

impl ApplicationServer {
    fn overlaps(&self, other: &Self) -> bool {
        let ipv4 = self.ipv4.as_ref().zip(other.ipv4.as_ref());
        let ipv6 = self.ipv6.as_ref().zip(other.ipv6.as_ref());
        // Networks are nested or disjoint.
        ipv4.is_some_and(|(a, b)| {
            let (a, b) = (a.value().trunc(), b.value().trunc());
            a.contains(&b) || b.contains(&a)
        }) || ipv6.is_some_and(|(a, b)| {
            let (a, b) = (a.value().trunc(), b.value().trunc());
            a.contains(&b) || b.contains(&a)
        })
    }
}

impl PortsSpec {
    /// All ports as ranges, in order, none touching another.
    pub fn merged(&self) -> Vec<PortRange> {
        let single = self.ports.iter().flatten();
        let ranges: BinaryHeap<PortRange> = single
            .map(|&port| PortRange {
                from: port,
                to: port,
            })
            .chain(self.ranges.iter().flatten().copied())
            .collect();
        let mut merged: Vec<PortRange> = Vec::with_capacity(ranges.len());
        // A heap sorts in a tenth of the code that `sort` takes.
        for range in ranges.into_sorted_vec() {
            match merged.last_mut() {
                Some(last) if range.from <= last.to.saturating_add(1) => {
                    last.to = last.to.max(range.to);
                }
                _ => merged.push(range),
            }
        }
        merged
    }
}

fn ports_overlap(a: Option<&PortsSpec>, b: Option<&PortsSpec>) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return true;
    };
    let (a, b) = (a.merged(), b.merged());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    // Both are in order: where two do not overlap, nothing else reaches the one that ends first.
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        if x.from <= y.to && y.from <= x.to {
            return true;
        }
        if x.to < y.to {
            a.next()
        } else {
            b.next()
        };
    }
    false
}

/// Parses `address` or `address/mask` into the network that it stands for.
pub fn parse_ipv4_network(text: &str) -> Option<Ipv4Net> {
    text.parse()
        .ok()
        .or_else(|| Some(text.parse::<Ipv4Addr>().ok()?.into()))
}

/// Parses `address` or `address/mask` into the network that it stands for.
pub fn parse_ipv6_network(text: &str) -> Option<Ipv6Net> {
    text.parse()
        .ok()
        .or_else(|| Some(text.parse::<Ipv6Addr>().ok()?.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(server: &str, server_ports: &[(u16, u16)], device_ports: &[(u16, u16)]) -> Flow {
        let ports = |ranges: &[(u16, u16)]| {
            (!ranges.is_empty()).then(|| PortsSpec {
                ranges: Some(
                    ranges
                        .iter()
                        .map(|&(from, to)| PortRange { from, to })
                        .collect(),
                ),
                ports: None,
            })
        };
        Flow {
            server: ApplicationServer {
                ipv4: parse_ipv4_network(server).map(|net| Written::new(net, server)),
                ipv6: parse_ipv6_network(server).map(|net| Box::new(Written::new(net, server))),
            },
            server_ports: ports(server_ports).map(Box::new),
            device_ports: ports(device_ports).map(Box::new),
        }
    }

    #[test]
    fn overlap() {
        let some = flow("198.51.100.10", &[(443, 443)], &[(5000, 5010)]);
        let cases = [
            (flow("198.51.100.10", &[], &[]), true),
            (flow("0.0.0.0/0", &[], &[]), true),
            (flow("198.51.100.77/24", &[], &[]), true),
            (flow("198.51.101.0/24", &[], &[]), false),
            (flow("::/0", &[], &[]), false),
            (flow("198.51.100.10", &[(1, 442), (444, 65535)], &[]), false),
            (flow("198.51.100.10", &[(400, 443)], &[]), true),
            (flow("198.51.100.10", &[(443, 443)], &[(5011, 5020)]), false),
            (flow("198.51.100.10", &[(443, 443)], &[(5010, 5010)]), true),
        ];
        for (other, expected) in cases {
            assert_eq!(some.overlaps(&other), expected, "{other:?}");
            assert_eq!(other.overlaps(&some), expected, "{other:?}");
        }
    }

    #[test]
    fn ports_merge_where_they_touch() {
        let spec = PortsSpec {
            ranges: Some(vec![PortRange { from: 10, to: 20 }]),
            ports: Some(vec![21, 5, 65535, 15]),
        };
        let merged: Vec<_> = spec.merged().iter().map(|r| (r.from, r.to)).collect();
        assert_eq!(merged, [(5, 5), (10, 21), (65535, 65535)]);
    }
}
