//! From fields to the body's values, and back.

use serde::{Serialize, Serializer};
use serde_json::{Map, Number, Value};

use super::{DeviceKind, Draft};

/// In the order of the specification.
impl Serialize for Draft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let device = match self.device_kind {
            DeviceKind::Ipv4 => ipv4(self.device()),
            DeviceKind::PhoneNumber | DeviceKind::Ipv6 | DeviceKind::Nai => string(self.device()),
        };
        let webhook = object([
            ("notificationUrl", string(&self.webhook_url)),
            ("notificationAuthToken", string(&self.webhook_token)),
        ]);
        let device = object([(self.device_kind.member(), device)]);
        let server = object([(self.server_kind.member(), string(self.server()))]);
        let members = [
            ("device", Some(device.unwrap_or_else(|| Map::new().into()))),
            (
                "applicationServer",
                Some(server.unwrap_or_else(|| Map::new().into())),
            ),
            ("devicePorts", ports(&self.device_ports)),
            ("applicationServerPorts", ports(&self.server_ports)),
            ("qosProfile", string(&self.profile)),
            ("webhook", webhook),
            ("duration", number(&self.duration)),
        ];
        serializer.collect_map(
            members
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?))),
        )
    }
}

/// An object of the members that there are; nothing if there are none.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Option<Value> {
    let given = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let object: Map<_, _> = given.collect();
    (!object.is_empty()).then_some(Value::Object(object))
}

fn string(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::from(text))
}

/// A number, or the string that is none.
fn number(text: &str) -> Option<Value> {
    let number = || {
        text.parse::<Number>()
            .map_or_else(|_| Value::from(text), Value::Number)
    };
    (!text.is_empty()).then(number)
}

/// `203.0.113.25:8080`
fn ipv4(text: &str) -> Option<Value> {
    let (address, port) = text.rsplit_once(':').unwrap_or((text, ""));
    object([
        ("publicAddress", string(address)),
        ("publicPort", number(port)),
    ])
}

/// `443, 5000-5010` as `PortsSpec`
fn ports(text: &str) -> Option<Value> {
    let (mut single, mut ranges) = (Vec::new(), Vec::new());
    for item in text.split(',').map(str::trim) {
        match item.split_once('-') {
            Some((from, to)) if !from.is_empty() => {
                ranges.extend(object([
                    ("from", number(from.trim())),
                    ("to", number(to.trim())),
                ]));
            }
            _ => single.extend(number(item)),
        }
    }
    let list = |items: Vec<Value>| (!items.is_empty()).then_some(Value::Array(items));
    object([("ports", list(single)), ("ranges", list(ranges))])
}

/// `PortsSpec` as `443, 5000-5010`
pub(super) fn ports_text(spec: &Value) -> String {
    let items = |name: &str| spec[name].as_array().into_iter().flatten();
    let ranges = items("ranges").map(|range| text(&range["from"]) + "-" + &text(&range["to"]));
    let all: Vec<_> = items("ports").map(text).chain(ranges).collect();
    all.join(", ")
}

/// A value as a field shows it.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// Where two values first differ.
pub(super) fn difference(path: &str, a: &Value, b: &Value) -> Option<String> {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let names = a
                .keys()
                .chain(b.keys().filter(|name| !a.contains_key(*name)));
            names.into_iter().find_map(|name| {
                let dot = if path.is_empty() { "" } else { "." };
                let path = [path, dot, name].concat();
                match (a.get(name), b.get(name)) {
                    (Some(a), Some(b)) => difference(&path, a, b),
                    (Some(_), None) => Some(path),
                    (None, _) => Some("a body without ".to_owned() + &path),
                }
            })
        }
        _ if a == b => None,
        _ if path.is_empty() => Some("a body that is no object".to_owned()),
        _ => Some([path, ": ", &a.to_string()].concat()),
    }
}

/// A device's identifier as its field shows it.
pub(super) fn device_text(identifier: &Value) -> String {
    if !identifier.is_object() {
        return text(identifier);
    }
    let port = identifier.get("publicPort");
    let port = port.map(|port| ":".to_owned() + &text(port));
    text(&identifier["publicAddress"]) + &port.unwrap_or_default()
}
