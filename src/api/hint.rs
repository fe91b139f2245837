//! Suggestions: what a value that breaks a rule was probably meant to be.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde_json::Value;

use super::patch::Patch;
use super::uri;
use super::value::{member, object, value_text};
use crate::engine::{
    Catalogue, PhoneNumber, ProfileName, ProfileStatus, parse_ipv4_network, parse_ipv6_network,
};

/// What may help.
pub(super) struct Hint {
    /// For people.
    pub(super) text: String,
    /// For programs.
    pub(super) fix: Fix,
}

/// What is to be done about a value.
pub(super) enum Fix {
    /// That is left to people.
    Unknown,
    /// Another one in its place.
    Write(Value),
    /// The same, and a second one: beside it, or where a pointer says.
    WriteBoth(Value, &'static str, Value),
    /// Another name for it.
    Rename(&'static str),
    /// It is a device's IPv6 address where its public IPv4 address is wanted.
    OtherFamily,
    /// A range's ends, the other way round.
    Swap(i64, i64),
}

impl Hint {
    fn told(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            fix: Fix::Unknown,
        }
    }

    const fn fixed(text: String, fix: Fix) -> Self {
        Self { text, fix }
    }
}

impl Fix {
    /// The changes of a body in which the value stands there; of none where it is no part of one.
    pub(super) fn at(self, pointer: &str) -> Vec<Patch> {
        let Some((parent, _)) = pointer.rsplit_once('/') else {
            return Vec::new();
        };
        let path = || pointer.to_owned();
        match self {
            Self::Unknown => Vec::new(),
            Self::Write(value) => vec![Patch::Replace {
                path: path(),
                value,
            }],
            Self::WriteBoth(value, place, other) => {
                let beside = if place.starts_with('/') { "" } else { parent };
                let stroke = if place.starts_with('/') { "" } else { "/" };
                vec![
                    Patch::Replace {
                        path: path(),
                        value,
                    },
                    Patch::Add {
                        path: [beside, stroke, place].concat(),
                        value: other,
                    },
                ]
            }
            Self::Rename(name) => vec![Patch::Move {
                from: path(),
                path: [parent, "/", name].concat(),
            }],
            Self::OtherFamily => {
                let Some(device) = pointer.strip_suffix("/ipv4Address/publicAddress") else {
                    return Vec::new();
                };
                let device = |name: &str| [device, "/", name].concat();
                vec![
                    Patch::Move {
                        from: path(),
                        path: device("ipv6Address"),
                    },
                    Patch::Remove {
                        path: device("ipv4Address"),
                    },
                ]
            }
            Self::Swap(from, to) => [("from", to), ("to", from)]
                .map(|(name, value)| Patch::Replace {
                    path: [pointer, "/", name].concat(),
                    value: value.into(),
                })
                .into(),
        }
    }
}

fn write(value: impl Into<Value>) -> Hint {
    let value = value.into();
    Hint::fixed(format!("write {}", value_text(&value)), Fix::Write(value))
}

/// Another value, and why.
fn rather(why: &str, value: &str) -> Hint {
    let value = Value::from(value);
    let text = format!("{why}: write {}", value_text(&value));
    Hint::fixed(text, Fix::Write(value))
}

/// A port that stands behind an address.
fn port(text: &str) -> Option<Value> {
    text.parse::<u16>().ok().map(Value::from)
}

/// What is sent often in the place of JSON.
pub(super) fn json(body: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim();
    if text.is_empty() {
        return Some("send a body in JSON");
    }
    if text.starts_with("[object ") {
        return Some("the body is an object turned into text: send JSON.stringify(object)");
    }
    if text.contains('=') && !text.contains(['{', '[', '"']) {
        return Some("this is a form: the API takes JSON");
    }
    if text.starts_with('{') && !text.contains('"') && text.contains('\'') {
        return Some("JSON has double quotes");
    }
    None
}

/// A number as text.
pub(super) fn number(value: &Value) -> Option<Hint> {
    let number: i64 = value.as_str()?.trim().parse().ok()?;
    let text = format!("write the number without quotes: {number}");
    Some(Hint::fixed(text, Fix::Write(number.into())))
}

/// Text as a number.
pub(super) fn text(value: &Value) -> Option<Hint> {
    value.is_number().then(|| {
        let text = value_text(value);
        Hint::fixed(
            format!("write it in quotes: \"{text}\""),
            Fix::Write(text.into()),
        )
    })
}

/// Milliseconds where seconds are meant.
pub(super) fn milliseconds(value: i64, most: i64) -> Option<Hint> {
    let seconds = value / 1000;
    (value % 1000 == 0 && (1..=most).contains(&seconds)).then(|| {
        Hint::fixed(
            format!("durations are in seconds: write {seconds}"),
            Fix::Write(seconds.into()),
        )
    })
}

/// A phone number with what people write around it.
pub(super) fn phone_number(given: &str) -> Option<Hint> {
    let given = given.trim().trim_start_matches("tel:");
    let mut digits: String = given
        .chars()
        .filter(|c| !c.is_whitespace() && !"-./()".contains(*c))
        .collect();
    if let Some(rest) = digits.strip_prefix("00") {
        digits = format!("+{rest}");
    }
    PhoneNumber::parse(&digits)?;
    Some(write(digits))
}

/// An IPv4 address with a mask or a port, or of the other family.
pub(super) fn ipv4(given: &str) -> Option<Hint> {
    let given = given.trim();
    let is = |text: &str| text.parse::<Ipv4Addr>().is_ok();
    if is(given) {
        return Some(write(given));
    }
    if let Some((address, _)) = given.split_once('/').filter(|(address, _)| is(address)) {
        return Some(rather("a device has one address, without a mask", address));
    }
    if let Some((address, port)) = given.split_once(':').filter(|(address, _)| is(address)) {
        let text = format!("write \"{address}\", and the port as `publicPort`: {port}");
        let fix = self::port(port).map(|port| Fix::WriteBoth(address.into(), "publicPort", port));
        return Some(Hint::fixed(text, fix.unwrap_or(Fix::Unknown)));
    }
    let other = given.parse::<Ipv6Addr>().is_ok();
    let text = "this is an IPv6 address: give it as `ipv6Address` of the device";
    other.then(|| Hint::fixed(text.to_owned(), Fix::OtherFamily))
}

/// The same for IPv6.
pub(super) fn ipv6(given: &str) -> Option<Hint> {
    let given = given.trim();
    let is = |text: &str| text.parse::<Ipv6Addr>().is_ok();
    if is(given) {
        return Some(write(given));
    }
    if let Some((address, _)) = given.split_once('/').filter(|(address, _)| is(address)) {
        let why = "one address stands for its /64, without a mask";
        return Some(rather(why, address));
    }
    if let Some((address, _)) = given.split_once('%').filter(|(address, _)| is(address)) {
        return Some(rather("a zone means nothing outside of its host", address));
    }
    let inner = given
        .strip_prefix('[')
        .and_then(|rest| rest.split(']').next());
    if let Some(address) = inner.filter(|address| is(address)) {
        return Some(write(address));
    }
    let other = given.parse::<Ipv4Addr>().is_ok();
    other.then(|| Hint::told("this is an IPv4 address: give it as `ipv4Address`"))
}

/// A server's IPv4 network.
pub(super) fn ipv4_network(given: &str) -> Option<Hint> {
    let given = given.trim();
    if parse_ipv4_network(given).is_some() {
        return Some(write(given));
    }
    if let Some((address, port)) = given.split_once(':')
        && parse_ipv4_network(address).is_some()
    {
        let text = format!("write \"{address}\", and the port in `applicationServerPorts`");
        let ports = self::port(port).map(|port| member("ports", vec![port]).into());
        let fix =
            ports.map(|ports| Fix::WriteBoth(address.into(), "/applicationServerPorts", ports));
        return Some(Hint::fixed(text, fix.unwrap_or(Fix::Unknown)));
    }
    let other = parse_ipv6_network(given).is_some();
    let text = "this is IPv6: give it as `ipv6Address`";
    other.then(|| Hint::fixed(text.to_owned(), Fix::Rename("ipv6Address")))
}

/// A server's IPv6 network.
pub(super) fn ipv6_network(given: &str) -> Option<Hint> {
    let given = given.trim();
    if parse_ipv6_network(given).is_some() {
        return Some(write(given));
    }
    let other = parse_ipv4_network(given).is_some();
    let text = "this is IPv4: give it as `ipv4Address`";
    other.then(|| Hint::fixed(text.to_owned(), Fix::Rename("ipv4Address")))
}

/// A device's address as text.
pub(super) fn ipv4_object(value: &Value) -> Option<Hint> {
    let address: Ipv4Addr = value.as_str()?.trim().parse().ok()?;
    Some(Hint::told(format!(
        "write {{\"publicAddress\": \"{address}\", \"publicPort\": …}}, or with a `privateAddress`"
    )))
}

/// Ports without an object around them.
pub(super) fn ports_object(value: &Value) -> Option<Hint> {
    let ports = match value {
        Value::Array(_) => value.clone(),
        Value::Number(_) => Value::Array(vec![value.clone()]),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Object(_) => return None,
    };
    Some(write(member("ports", ports)))
}

/// One value where a list is wanted.
pub(super) fn list(value: &Value) -> Option<Hint> {
    value.is_number().then(|| write(vec![value.clone()]))
}

/// A range as text.
pub(super) fn range(value: &Value) -> Option<Hint> {
    let (from, to) = value.as_str()?.split_once('-')?;
    let (from, to): (u16, u16) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    let text = format!("write {{\"from\": {from}, \"to\": {to}}}");
    let range = object(vec![("from", from.into()), ("to", to.into())]);
    Some(Hint::fixed(text, Fix::Write(range.into())))
}

/// A range that ends before it begins.
pub(super) fn swapped(from: i64, to: i64) -> Hint {
    let text = format!("swap them: from {to} to {from}");
    Hint::fixed(text, Fix::Swap(from, to))
}

/// A webhook's URL without an object around it.
pub(super) fn webhook_object(value: &Value) -> Option<Hint> {
    uri::parse(value.as_str()?)?;
    Some(write(member("notificationUrl", value.clone())))
}

/// A URL that is none yet.
pub(super) fn url(given: &str) -> Option<Hint> {
    let encoded = given.trim().replace(' ', "%20");
    if uri::parse(&encoded).is_some() {
        return Some(write(encoded));
    }
    Some(Hint::told(
        "write all of it, such as https://application-server.com/notifications",
    ))
}

/// Too few characters, or too many.
#[allow(clippy::unnecessary_wraps, reason = "the shape of a hint")]
pub(super) fn characters(given: &str) -> Option<Hint> {
    Some(Hint::told(format!("it has {}", given.chars().count())))
}

/// A value of an enumeration in another case.
pub(super) fn upper_case(given: &str, allowed: &[&str]) -> Option<Hint> {
    let upper = given.trim().to_ascii_uppercase();
    allowed.contains(&upper.as_str()).then(|| write(upper))
}

/// A profile's name in the wrong case, or misspelt.
pub(super) fn profile(given: &ProfileName, catalogue: &Catalogue) -> String {
    let names: Vec<&str> = catalogue
        .iter()
        .filter(|profile| profile.status == ProfileStatus::Active)
        .map(|profile| profile.name.as_str())
        .collect();
    match nearest(given.as_str(), &names) {
        Some(name) => format!("did you mean {name}?"),
        None => format!("the active ones are {}", names.join(", ")),
    }
}

/// What such a suggestion stands for, if it names one.
pub(super) fn profile_patch(suggestion: &str) -> Vec<Patch> {
    let name = suggestion.strip_prefix("did you mean ");
    let name = name.and_then(|name| name.strip_suffix('?'));
    name.map_or_else(Vec::new, |name| Fix::Write(name.into()).at("/qosProfile"))
}

/// The name that differs in case, in separators or in a few letters only.
pub(super) fn nearest<'a>(given: &str, names: &[&'a str]) -> Option<&'a str> {
    let plain = |name: &str| {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).collect::<String>()
    };
    let wanted = plain(given);
    if wanted.len() > 64 {
        return None;
    }
    let distances = names.iter().map(|name| {
        let name_plain = plain(name);
        let distance = strsim::osa_distance(&wanted, &name_plain);
        (distance, name_plain.len(), *name)
    });
    let (distance, length, name) = distances.min_by_key(|(distance, ..)| *distance)?;
    (distance * 4 <= length).then_some(name)
}
