//! Devices: the identifiers that a client may give, and when two of them mean the same device.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::written::Written;

/// A device as a client named it: by at least one identifier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its telephone number.
    pub phone_number: Option<PhoneNumber>,
    /// Its name in the operator's domain (`123456789@domain.com`).
    pub network_access_identifier: Option<Arc<str>>,
    /// Its IPv4 address as servers see it, with what tells it apart behind a NAT.
    pub ipv4_address: Option<DeviceIpv4>,
    /// Any address of its IPv6 subnet, which is a /64.
    pub ipv6_address: Option<Box<Written<Ipv6Addr>>>,
}

/// 5 to 15 digits (E.164), with or without a leading `+`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Box<str>")]
pub struct PhoneNumber(Box<str>);

/// A public IPv4 address and at least one of what tells devices behind it apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceIpv4 {
    /// The address that servers see.
    pub public_address: Ipv4Addr,
    /// The address that the device itself has.
    pub private_address: Option<Ipv4Addr>,
    /// The port that servers see.
    pub public_port: Option<u16>,
}

/// The kinds of identifiers that a client may give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Identifier {
    PhoneNumber,
    NetworkAccessIdentifier,
    Ipv4Address,
    Ipv6Address,
}

/// One way to recognise a device. Two devices with a key in common are the same one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DeviceKey {
    /// A telephone number: how many digits, and the digits as a number.
    Phone(u8, u64),
    /// A network access identifier.
    Nai(Arc<str>),
    /// A public IPv4 address and port.
    Ipv4Port(Ipv4Addr, u16),
    /// A public and a private IPv4 address.
    Ipv4Private(Ipv4Addr, Ipv4Addr),
    /// The first 64 bits of an IPv6 address.
    Ipv6Subnet(u64),
}

impl Identifier {
    /// All kinds.
    pub const ALL: [Self; 4] = [
        Self::PhoneNumber,
        Self::NetworkAccessIdentifier,
        Self::Ipv4Address,
        Self::Ipv6Address,
    ];
}

impl DeviceKey {
    /// The kind of identifier that it comes from.
    pub const fn identifier(&self) -> Identifier {
        match self {
            Self::Phone(..) => Identifier::PhoneNumber,
            Self::Nai(_) => Identifier::NetworkAccessIdentifier,
            Self::Ipv4Port(..) | Self::Ipv4Private(..) => Identifier::Ipv4Address,
            Self::Ipv6Subnet(_) => Identifier::Ipv6Address,
        }
    }
}

impl PhoneNumber {
    /// Parses a number; nothing unless it is 5 to 15 digits after an optional `+`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let valid = (5..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        valid.then(|| Self(text.into()))
    }

    /// The number as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn key(&self) -> DeviceKey {
        let digits = self.0.strip_prefix('+').unwrap_or(&self.0);
        let value = digits
            .bytes()
            .fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
        DeviceKey::Phone(u8::try_from(digits.len()).unwrap_or(u8::MAX), value)
    }
}

/// A snapshot says anything.
impl TryFrom<Box<str>> for PhoneNumber {
    type Error = &'static str;

    fn try_from(text: Box<str>) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("no phone number")
    }
}

impl Device {
    /// Every way to recognise this device; keys of one kind of identifier stand together.
    pub fn keys(&self) -> Vec<DeviceKey> {
        let mut keys = Vec::new();
        keys.extend(self.phone_number.as_ref().map(PhoneNumber::key));
        keys.extend(self.network_access_identifier.clone().map(DeviceKey::Nai));
        if let Some(ipv4) = &self.ipv4_address {
            let public = ipv4.public_address;
            keys.extend(
                ipv4.public_port
                    .map(|port| DeviceKey::Ipv4Port(public, port)),
            );
            keys.extend(
                ipv4.private_address
                    .map(|private| DeviceKey::Ipv4Private(public, private)),
            );
        }
        keys.extend(self.ipv6_address.as_ref().map(|address| {
            let [a, b, c, d, e, f, g, h, ..] = address.value().octets();
            DeviceKey::Ipv6Subnet(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
        }));
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_was_kept_is_parsed_when_it_comes_back() {
        let kept = |text: &str| postcard::to_allocvec(text).unwrap();
        let read = |bytes: &[u8]| postcard::from_bytes::<PhoneNumber>(bytes).ok();
        let number = read(&kept("+34600000001")).unwrap();
        assert_eq!(number.as_str(), "+34600000001");
        for damaged in ["", "+3460000000a", "!!!!!!"] {
            assert_eq!(read(&kept(damaged)), None);
        }
    }

    fn phone(number: &str) -> Device {
        Device {
            phone_number: PhoneNumber::parse(number),
            ..Device::default()
        }
    }

    fn ipv6(address: &str) -> Device {
        let value = address.parse().unwrap();
        Device {
            ipv6_address: Some(Box::new(Written::new(value, address))),
            ..Device::default()
        }
    }

    fn ipv4(private: Option<[u8; 4]>, port: Option<u16>) -> Device {
        Device {
            ipv4_address: Some(DeviceIpv4 {
                public_address: [203, 0, 113, 25].into(),
                private_address: private.map(Into::into),
                public_port: port,
            }),
            ..Device::default()
        }
    }

    fn same(a: &Device, b: &Device) -> bool {
        a.keys().iter().any(|key| b.keys().contains(key))
    }

    #[test]
    fn phone_numbers_are_five_to_fifteen_digits() {
        for good in ["12345", "+12345", "123456789012345"] {
            assert!(PhoneNumber::parse(good).is_some(), "{good}");
        }
        for bad in ["", "+", "1234", "++12345", "12345+", "1234567890123456"] {
            assert!(PhoneNumber::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn the_same_device_is_recognised_by_any_identifier() {
        assert!(same(&phone("+34600000001"), &phone("34600000001")));
        assert!(!same(&phone("034600000001"), &phone("34600000001")));
        assert!(same(&ipv6("2001:db8::1"), &ipv6("2001:db8::ffff")));
        assert!(!same(&ipv6("2001:db8::1"), &ipv6("2001:db8:0:1::1")));
        let (a, b) = ([10, 0, 0, 1], [10, 0, 0, 2]);
        assert!(same(&ipv4(Some(a), Some(80)), &ipv4(None, Some(80))));
        assert!(same(&ipv4(Some(a), Some(80)), &ipv4(Some(a), None)));
        assert!(!same(&ipv4(Some(a), Some(80)), &ipv4(Some(b), Some(81))));
    }
}
