//! Devices of the operator's registry, in JSON.

use serde::Serialize;
use serde_json::Value;

use super::json::{Member, Offences, Path};
use super::refusal::Offence;
use super::value::value_of;
use super::{parse, render, wire};
use crate::engine::{Device, Identifier, KnownDevice};

/// A device of the registry: the specification's `Device`, and what the operator knows besides.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeviceView {
    /// Its place in the registry.
    pub id: String,
    /// Its identifiers.
    #[serde(flatten)]
    pub device: wire::Device,
    /// The network cannot serve it.
    pub unsupported: bool,
}

/// The members of `Device`, as identifiers.
const IDENTIFIERS: [(&str, Identifier); 4] = [
    ("phoneNumber", Identifier::PhoneNumber),
    (
        "networkAccessIdentifier",
        Identifier::NetworkAccessIdentifier,
    ),
    ("ipv4Address", Identifier::Ipv4Address),
    ("ipv6Address", Identifier::Ipv6Address),
];

/// The identifier that is the member `name` of `Device`.
pub fn identifier(name: &str) -> Option<Identifier> {
    let mut identifiers = IDENTIFIERS.iter();
    identifiers.find_map(|(member, identifier)| (*member == name).then_some(*identifier))
}

/// The member of `Device` that holds an identifier.
pub fn identifier_name(identifier: Identifier) -> &'static str {
    let mut identifiers = IDENTIFIERS.iter();
    identifiers
        .find(|(_, known)| *known == identifier)
        .map_or("", |(member, _)| member)
}

/// A device as the specification's `Device`, in JSON.
pub fn device_body(device: &Device) -> Value {
    value_of(&render::device(device))
}

/// A device for the registry: a `Device` with all its identifiers, and whether it is
/// `unsupported`.
///
/// # Errors
/// Every breach of the schema, and a member that it has not.
pub fn known_device(json: &Value) -> Result<(Device, bool), Vec<Offence>> {
    const SCHEMA: &str = "#/components/schemas/Device";
    let mut offences = Offences::default();
    let member = Member {
        value: json,
        path: Path::Member(&Path::Root, "device"),
    };
    let device = parse::device(&member, &mut offences);
    for name in json
        .as_object()
        .into_iter()
        .flat_map(|object| object.keys())
    {
        if name != "unsupported"
            && identifier(name).is_none()
            && let Some(other) = member.get(name)
        {
            offences.breach(&other, "is no member of Device, nor `unsupported`", SCHEMA);
        }
    }
    let unsupported = member.get("unsupported").and_then(|unsupported| {
        let value = unsupported.value.as_bool();
        if value.is_none() {
            offences.breach(&unsupported, "must be true or false", SCHEMA);
        }
        value
    });
    offences.configured(device.map(|device| (device, unsupported.unwrap_or(false))))
}

/// A device of the registry, as lists show it.
pub fn device_view(known: &KnownDevice) -> DeviceView {
    DeviceView {
        id: known.id.to_string(),
        device: render::device(&known.device),
        unsupported: known.unsupported,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::from_text;

    #[test]
    fn a_device_is_json_and_back_and_its_identifiers_have_the_names_of_its_members() {
        let text = r#"{"phoneNumber":"+34600000001","networkAccessIdentifier":"a@b.example","ipv4Address":{"publicAddress":"203.0.113.7","publicPort":7},"ipv6Address":"2001:db8::1"}"#;
        let (device, unsupported) = from_text(text, known_device).unwrap();
        assert!(!unsupported);
        let body = serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(device_body(&device), body);
        for (name, known) in IDENTIFIERS {
            assert!(body.get(name).is_some(), "{name}");
            assert_eq!(identifier(name), Some(known));
            assert_eq!(identifier_name(known), name);
        }
    }

    #[test]
    fn devices_are_read_and_what_is_wrong_is_said() {
        let ports =
            r#"{"ipv4Address":{"publicAddress":"203.0.113.7","publicPort":7},"unsupported":true}"#;
        let (device, unsupported) = from_text(ports, known_device).unwrap();
        assert!(device.ipv4_address.is_some() && unsupported);
        for (json, expected) in [
            ("[]", "device must be an object; got []"),
            (
                "{}",
                "device needs at least one of phoneNumber, networkAccessIdentifier, ipv4Address and ipv6Address; got {}",
            ),
            (
                r#"{"phoneNumber":"x"}"#,
                r#"device.phoneNumber must be 5 to 15 digits, with or without a leading +; got "x""#,
            ),
            (
                r#"{"phoneNumber":"+34600000001","unsupported":1}"#,
                "device.unsupported must be true or false; got 1",
            ),
            (
                r#"{"phoneNumber":"+34600000001","label":"a"}"#,
                r#"device.label is no member of Device, nor `unsupported`; got "a""#,
            ),
        ] {
            assert_eq!(from_text(json, known_device).unwrap_err(), expected);
        }
    }
}
