//! Binary prefixes: what networks and ranges of ports are made of.

use ipnet::{Ipv4Net, Ipv6Net};

use crate::engine::flow::PortRange;

/// All numbers of 129 bits that begin as `bits` does: IPv4 and IPv6 networks side by side (the
/// family is the first bit), and ports at the far left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Prefix {
    ipv6: bool,
    /// In halves, which take no room between them: there are many.
    bits: (u64, u64),
    pub(super) length: u8,
}

impl Prefix {
    pub(super) const EVERYTHING: Self = Self {
        ipv6: false,
        bits: (0, 0),
        length: 0,
    };

    pub(super) fn ipv4(network: Ipv4Net) -> Self {
        Self {
            ipv6: false,
            bits: halves(u128::from(u32::from(network.network())) << 96),
            length: network.prefix_len(),
        }
    }

    pub(super) fn ipv6(network: Ipv6Net) -> Self {
        Self {
            ipv6: true,
            bits: halves(network.network().into()),
            length: network.prefix_len(),
        }
    }

    /// The fewest prefixes that make up a range of ports.
    pub(super) fn ports(range: PortRange) -> Vec<Self> {
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
                bits: halves(u128::from(from) << 112),
                length: 16_u8.saturating_sub(u8::try_from(size.trailing_zeros()).unwrap_or(16)),
            });
            from += size;
        }
        prefixes
    }

    fn host_bits(length: u8) -> u128 {
        u128::MAX.checked_shr(length.into()).unwrap_or(0)
    }

    fn bits(self) -> u128 {
        let (first, last) = self.bits;
        u128::from(first) << 64 | u128::from(last)
    }

    pub(super) fn shortened(self, length: u8) -> Self {
        Self {
            bits: halves(self.bits() & !Self::host_bits(length)),
            length,
            ..self
        }
    }

    /// The last prefix, in order, that lies inside.
    pub(super) fn last(self) -> Self {
        Self {
            bits: halves(self.bits() | Self::host_bits(self.length)),
            length: u8::MAX,
            ..self
        }
    }
}

#[allow(clippy::cast_possible_truncation, reason = "two halves")]
const fn halves(bits: u128) -> (u64, u64) {
    ((bits >> 64) as u64, bits as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(from: u16, to: u16) -> Vec<(u128, u8)> {
        Prefix::ports(PortRange { from, to })
            .iter()
            .map(|prefix| (prefix.bits() >> 112, prefix.length))
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

    #[test]
    fn what_lies_inside_a_network_stands_between_it_and_its_last() {
        let ipv4 = |text: &str| Prefix::ipv4(text.parse().unwrap());
        let ipv6 = |text: &str| Prefix::ipv6(text.parse().unwrap());
        for (outer, inside, outside) in [
            (
                ipv4("10.1.0.0/16"),
                ["10.1.0.0/17", "10.1.2.0/24", "10.1.255.255/32"].map(ipv4),
                ["10.0.255.255/32", "10.2.0.0/32", "9.0.0.0/8"].map(ipv4),
            ),
            (
                ipv6("2001:db8::/32"),
                [
                    "2001:db8::/33",
                    "2001:db8:1::/48",
                    "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff/128",
                ]
                .map(ipv6),
                [
                    "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff/128",
                    "2001:db9::/128",
                    "2000::/8",
                ]
                .map(ipv6),
            ),
        ] {
            for prefix in inside {
                assert_eq!(prefix.shortened(outer.length), outer);
                assert!(outer < prefix && prefix < outer.last(), "{prefix:?}");
            }
            for prefix in outside {
                assert_ne!(prefix.shortened(outer.length), outer);
                assert!(prefix < outer || outer.last() < prefix, "{prefix:?}");
            }
        }
        assert_ne!(ipv4("0.0.0.0/0"), ipv6("::/0"));
    }
}
