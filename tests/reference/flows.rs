//! Which devices and which traffic are the same.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde_json::{Value, json};

/// Whether two requests want some of the same traffic.
pub(crate) fn overlaps(one: &Value, other: &Value) -> bool {
    let server =
        |request: &Value, family: &str| request["applicationServer"][family].as_str().map(network);
    let networks = ["ipv4Address", "ipv6Address"].iter().any(|family| {
        match (server(one, family), server(other, family)) {
            (Some((first, last)), Some((from, to))) => first <= to && from <= last,
            _ => false,
        }
    });
    let ports = |member: &str| {
        let (one, other) = (ports(one.get(member)), ports(other.get(member)));
        one.iter().any(|(first, last)| {
            let mut others = other.iter();
            others.any(|(from, to)| first <= to && from <= last)
        })
    };
    networks && ports("devicePorts") && ports("applicationServerPorts")
}

/// The first and the last address of a network, as numbers.
fn network(text: &str) -> (u128, u128) {
    let (address, mask) = text.split_once('/').unwrap_or((text, ""));
    let (value, bits) = match address.parse::<Ipv4Addr>() {
        Ok(address) => (u128::from(address.to_bits()), 32),
        Err(_) => (address.parse::<Ipv6Addr>().unwrap().to_bits(), 128),
    };
    let host: u32 = bits - mask.parse().unwrap_or(bits);
    let hosts = 1_u128.checked_shl(host).map_or(u128::MAX, |size| size - 1);
    (value & !hosts, value | hosts)
}

fn ports(spec: Option<&Value>) -> Vec<(i64, i64)> {
    let Some(spec) = spec else {
        return vec![(0, 65_535)];
    };
    let ranges = spec["ranges"].as_array().into_iter().flatten();
    let ranges = ranges.map(|range| (whole(&range["from"]), whole(&range["to"])));
    let single = spec["ports"].as_array().into_iter().flatten();
    ranges
        .chain(single.map(|port| (whole(port), whole(port))))
        .collect()
}

/// What a device is known by.
pub(crate) fn keys(device: &Value) -> Vec<String> {
    let mut keys = Vec::new();
    if let Some(number) = device["phoneNumber"].as_str() {
        keys.push(format!("phone {}", number.trim_start_matches('+')));
    }
    if let Some(name) = device["networkAccessIdentifier"].as_str() {
        keys.push(format!("name {name}"));
    }
    let ipv4 = &device["ipv4Address"];
    if let Some(public) = ipv4["publicAddress"].as_str() {
        let port = ipv4.get("publicPort").map(whole);
        keys.extend(port.map(|port| format!("public {public} {port}")));
        let private = ipv4["privateAddress"].as_str();
        keys.extend(private.map(|private| format!("private {public} {private}")));
    }
    if let Some(address) = device["ipv6Address"].as_str() {
        let subnet = address.parse::<Ipv6Addr>().unwrap().to_bits() >> 64;
        keys.push(format!("subnet {subnet:x}"));
    }
    keys
}

/// What the three devices that every operator knows at first are known by.
pub(crate) fn known(number: u32) -> Vec<String> {
    keys(&json!({
        "phoneNumber": format!("+447700900{number}"),
        "networkAccessIdentifier": format!("447700900{number}@operator.example"),
        "ipv4Address": {
            "publicAddress": format!("203.0.113.{number}"),
            "privateAddress": format!("10.0.0.{number}"),
            "publicPort": 40_000 + number,
        },
        "ipv6Address": format!("2001:db8:{number:x}:1::1"),
    }))
}

/// A whole number: what the client sends is always one.
pub(crate) fn whole(number: &Value) -> i64 {
    number.as_i64().unwrap()
}
