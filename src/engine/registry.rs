//! The registry: the devices that the operator knows, and which identifiers belong to one.

use core::fmt;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Refusal;
use super::device::{Device, DeviceIpv4, DeviceKey, Identifier, PhoneNumber};
use super::operator::{Operator, RegistryMode};
use super::written::Written;

/// All devices that the operator knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Registry {
    next: u32,
    /// By id.
    known: Vec<Arc<KnownDevice>>,
    keys: BTreeMap<DeviceKey, Arc<KnownDevice>>,
}

/// A device of the registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownDevice {
    /// Its place in the registry.
    pub id: KnownDeviceId,
    /// All its identifiers.
    pub device: Device,
    /// The network cannot serve it.
    pub unsupported: bool,
}

/// A device's place in the registry; never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KnownDeviceId(u32);

/// Why a device could not be told from its identifiers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unidentified {
    /// The operator takes none of the identifiers given, only these.
    NotTaken(Vec<Identifier>),
    /// The registry is closed, and has none of them.
    NotRegistered,
}

impl Registry {
    /// The id that the next device will have.
    pub(super) const fn next_id(&self) -> KnownDeviceId {
        KnownDeviceId(self.next)
    }

    /// Adds a device.
    ///
    /// # Errors
    /// An identifier belongs to another device.
    pub(super) fn add(
        &mut self,
        device: Device,
        unsupported: bool,
    ) -> Result<KnownDeviceId, Refusal> {
        let keys = device.keys();
        if let Some((key, other)) = keys.iter().find_map(|key| Some((key, self.owner(key)?))) {
            return Err(Refusal::IdentifierTaken(key.identifier(), other.id));
        }
        let id = self.next_id();
        self.next += 1;
        let known = Arc::new(KnownDevice {
            id,
            device,
            unsupported,
        });
        for key in keys {
            self.keys.insert(key, known.clone());
        }
        self.known.push(known);
        Ok(id)
    }

    /// Takes a device out.
    ///
    /// # Errors
    /// There is none of that id.
    pub(super) fn remove(&mut self, id: KnownDeviceId) -> Result<(), Refusal> {
        let place = self.known.iter().position(|known| known.id == id);
        let place = place.ok_or(Refusal::NotRegistered(id))?;
        for key in self.known.remove(place).device.keys() {
            self.keys.remove(&key);
        }
        Ok(())
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<KnownDevice>> {
        self.known.iter()
    }

    /// Every key by which the operator can recognise the device: of the identifiers that it takes,
    /// and of those that the registry ties to them.
    ///
    /// # Errors
    /// The device is unknown, its identifiers do not belong together, or the network cannot serve
    /// it.
    pub(super) fn identify(
        &self,
        operator: &Operator,
        device: &Device,
    ) -> Result<Vec<DeviceKey>, Refusal> {
        let mut keys = device.keys();
        keys.retain(|key| operator.identifiers.contains(&key.identifier()));
        if keys.is_empty() {
            let taken = operator.identifiers.clone();
            return Err(Refusal::DeviceUnknown(Unidentified::NotTaken(taken)));
        }
        let mut found: Option<(Identifier, &Arc<KnownDevice>)> = None;
        let mut stranger = None;
        for keys in keys.chunk_by(|a, b| a.identifier() == b.identifier()) {
            let mut owners = keys.iter().filter_map(|key| Some((key, self.owner(key)?)));
            for (key, owner) in &mut owners {
                let identifier = key.identifier();
                match found {
                    Some((first, other)) if other.id != owner.id => {
                        return Err(Refusal::DeviceInconsistent(
                            (first, other.id),
                            (identifier, Some(owner.id)),
                        ));
                    }
                    _ => found = found.or(Some((identifier, owner))),
                }
            }
            if keys.iter().all(|key| self.owner(key).is_none()) {
                stranger = stranger.or(keys.first().map(DeviceKey::identifier));
            }
        }
        match (found, stranger, operator.registry) {
            (None, _, RegistryMode::Open) => Ok(keys),
            (None, _, RegistryMode::Closed) => {
                Err(Refusal::DeviceUnknown(Unidentified::NotRegistered))
            }
            (Some((identifier, known)), Some(stranger), RegistryMode::Closed) => Err(
                Refusal::DeviceInconsistent((identifier, known.id), (stranger, None)),
            ),
            (Some((_, known)), ..) if known.unsupported => {
                Err(Refusal::DeviceUnsupported(known.id))
            }
            (Some((_, known)), ..) => {
                for key in known.device.keys() {
                    if !keys.contains(&key) {
                        keys.push(key);
                    }
                }
                Ok(keys)
            }
        }
    }

    fn owner(&self, key: &DeviceKey) -> Option<&Arc<KnownDevice>> {
        self.keys.get(key)
    }
}

impl KnownDeviceId {
    /// The id that is written so.
    pub fn parse(text: &str) -> Option<Self> {
        let id = Self(text.strip_prefix("device-")?.parse().ok()?);
        (id.to_string() == text).then_some(id)
    }
}

impl fmt::Display for KnownDeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "device-{}", self.0)
    }
}

/// Two devices with every identifier, and one that the network cannot serve.
impl Default for Registry {
    fn default() -> Self {
        let mut registry = Self {
            next: 1,
            known: Vec::new(),
            keys: BTreeMap::new(),
        };
        for number in 101..=103 {
            let added = registry.add(example(number), number == 103);
            debug_assert!(added.is_ok(), "{added:?}");
        }
        registry
    }
}

/// A device of identifiers that nobody has: a number kept free for fiction, documentation networks.
fn example(number: u8) -> Device {
    let digits = format!("447700900{number}");
    let ipv6 = std::net::Ipv6Addr::from([0x2001, 0xdb8, number.into(), 1, 0, 0, 0, 1]);
    Device {
        network_access_identifier: Some(format!("{digits}@operator.example").into()),
        phone_number: PhoneNumber::parse(&format!("+{digits}")),
        ipv4_address: Some(DeviceIpv4 {
            public_address: [203, 0, 113, number].into(),
            private_address: Some([10, 0, 0, number].into()),
            public_port: Some(40_000 + u16::from(number)),
        }),
        ipv6_address: Some(Box::new(Written::new(ipv6, &ipv6.to_string()))),
    }
}
