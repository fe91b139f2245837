//! Suggestions: what a value that breaks a rule was probably meant to be.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde_json::{Value, json};

use super::uri;
use crate::engine::{
    Catalogue, PhoneNumber, ProfileName, ProfileStatus, parse_ipv4_network, parse_ipv6_network,
};

fn write(value: impl Into<Value>) -> String {
    format!("write {}", value.into())
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
pub(super) fn number(value: &Value) -> Option<String> {
    let number: i64 = value.as_str()?.trim().parse().ok()?;
    Some(format!("write the number without quotes: {number}"))
}

/// Text as a number.
pub(super) fn text(value: &Value) -> Option<String> {
    value
        .is_number()
        .then(|| format!("write it in quotes: \"{value}\""))
}

/// Milliseconds where seconds are meant.
pub(super) fn milliseconds(value: i64, most: i64) -> Option<String> {
    let seconds = value / 1000;
    (value % 1000 == 0 && (1..=most).contains(&seconds))
        .then(|| format!("durations are in seconds: write {seconds}"))
}

/// A phone number with what people write around it.
pub(super) fn phone_number(given: &str) -> Option<String> {
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
pub(super) fn ipv4(given: &str) -> Option<String> {
    let given = given.trim();
    let is = |text: &str| text.parse::<Ipv4Addr>().is_ok();
    if is(given) {
        return Some(write(given));
    }
    if let Some((address, _)) = given.split_once('/').filter(|(address, _)| is(address)) {
        return Some(format!(
            "a device has one address, without a mask: write \"{address}\""
        ));
    }
    if let Some((address, port)) = given.split_once(':').filter(|(address, _)| is(address)) {
        return Some(format!(
            "write \"{address}\", and the port as `publicPort`: {port}"
        ));
    }
    let other = given.parse::<Ipv6Addr>().is_ok();
    other.then(|| "this is an IPv6 address: give it as `ipv6Address` of the device".to_owned())
}

/// The same for IPv6.
pub(super) fn ipv6(given: &str) -> Option<String> {
    let given = given.trim();
    let is = |text: &str| text.parse::<Ipv6Addr>().is_ok();
    if is(given) {
        return Some(write(given));
    }
    if let Some((address, _)) = given.split_once('/').filter(|(address, _)| is(address)) {
        return Some(format!(
            "one address stands for its /64, without a mask: write \"{address}\""
        ));
    }
    if let Some((address, _)) = given.split_once('%').filter(|(address, _)| is(address)) {
        return Some(format!(
            "a zone means nothing outside of its host: write \"{address}\""
        ));
    }
    let inner = given
        .strip_prefix('[')
        .and_then(|rest| rest.split(']').next());
    if let Some(address) = inner.filter(|address| is(address)) {
        return Some(write(address));
    }
    let other = given.parse::<Ipv4Addr>().is_ok();
    other.then(|| "this is an IPv4 address: give it as `ipv4Address`".to_owned())
}

/// A server's IPv4 network.
pub(super) fn ipv4_network(given: &str) -> Option<String> {
    let given = given.trim();
    if parse_ipv4_network(given).is_some() {
        return Some(write(given));
    }
    if let Some((address, _)) = given.split_once(':')
        && parse_ipv4_network(address).is_some()
    {
        return Some(format!(
            "write \"{address}\", and the port in `applicationServerPorts`"
        ));
    }
    let other = parse_ipv6_network(given).is_some();
    other.then(|| "this is IPv6: give it as `ipv6Address`".to_owned())
}

/// A server's IPv6 network.
pub(super) fn ipv6_network(given: &str) -> Option<String> {
    let given = given.trim();
    if parse_ipv6_network(given).is_some() {
        return Some(write(given));
    }
    let other = parse_ipv4_network(given).is_some();
    other.then(|| "this is IPv4: give it as `ipv4Address`".to_owned())
}

/// A device's address as text.
pub(super) fn ipv4_object(value: &Value) -> Option<String> {
    let address: Ipv4Addr = value.as_str()?.trim().parse().ok()?;
    Some(format!(
        "write {{\"publicAddress\": \"{address}\", \"publicPort\": …}}, or with a `privateAddress`"
    ))
}

/// Ports without an object around them.
pub(super) fn ports_object(value: &Value) -> Option<String> {
    let ports = match value {
        Value::Array(_) => value.clone(),
        Value::Number(_) => json!([value]),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Object(_) => return None,
    };
    Some(write(json!({ "ports": ports })))
}

/// One value where a list is wanted.
pub(super) fn list(value: &Value) -> Option<String> {
    value.is_number().then(|| write(json!([value])))
}

/// A range as text.
pub(super) fn range(value: &Value) -> Option<String> {
    let (from, to) = value.as_str()?.split_once('-')?;
    let (from, to): (u16, u16) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    Some(format!("write {{\"from\": {from}, \"to\": {to}}}"))
}

/// A webhook's URL without an object around it.
pub(super) fn webhook_object(value: &Value) -> Option<String> {
    uri::parse(value.as_str()?)?;
    Some(write(json!({ "notificationUrl": value })))
}

/// A URL that is none yet.
pub(super) fn url(given: &str) -> Option<String> {
    let encoded = given.trim().replace(' ', "%20");
    if uri::parse(&encoded).is_some() {
        return Some(write(encoded));
    }
    Some("write all of it, such as https://application-server.com/notifications".to_owned())
}

/// Too few characters, or too many.
#[allow(clippy::unnecessary_wraps, reason = "the shape of a hint")]
pub(super) fn characters(given: &str) -> Option<String> {
    Some(format!("it has {}", given.chars().count()))
}

/// A value of an enumeration in another case.
pub(super) fn upper_case(given: &str, allowed: &[&str]) -> Option<String> {
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
