//! Devices: which the operator knows, takes and serves, and when two requests mean the same one.

use std::sync::Arc;

use crate::common::*;
use qod_sandbox::engine::{
    ConflictPolicy, Device, Identifier, KnownDeviceId, Operator, PhoneNumber, RegistryMode,
    Retention,
};
use qod_sandbox::sandbox::{NewDevice, Setting};
use serde_json::{Value, json};

const UNKNOWN: (u16, &str, &str) = (
    400,
    "INVALID_ARGUMENT",
    "Unable to identify device from specified parameters: device",
);
const INCONSISTENT: (u16, &str, &str) = (
    400,
    "INVALID_ARGUMENT",
    "Multiple inconsistent parameters specified: device",
);
const UNSUPPORTED: (u16, &str, &str) = (
    501,
    "NOT_IMPLEMENTED",
    "Service not implemented for the specified user device",
);
const CONFLICT: (u16, &str, &str) = (
    409,
    "CONFLICT",
    "Another session is created for the same device",
);

fn operated(operator: Operator) -> Bench {
    let mut bench = Bench::new();
    bench.configure(Setting::Operator(Arc::new(operator)));
    bench
}

fn closed() -> Operator {
    Operator {
        registry: RegistryMode::Closed,
        ..Operator::default()
    }
}

fn taking(identifiers: &[Identifier]) -> Operator {
    Operator {
        identifiers: identifiers.to_vec(),
        ..Operator::default()
    }
}

fn for_device(device: &Value) -> Value {
    with(minimal(), &json!({ "device": device }))
}

/// What a device is answered: nothing stands for 201.
#[track_caller]
fn check(operator: Operator, device: &Value, expect: Option<(u16, &str, &str)>) {
    let answer = operated(operator).create(&for_device(device));
    match expect {
        Some((status, code, message)) => answer.expect_error(status, code, message),
        None => drop(answer.expect(201)),
    }
}

fn phone(number: &str) -> Value {
    json!({ "phoneNumber": number })
}

fn add(bench: &mut Bench, number: &str, nai: &str) -> KnownDeviceId {
    let device = Device {
        phone_number: PhoneNumber::parse(number),
        network_access_identifier: Some(nai.into()),
        ..Device::default()
    };
    let new = NewDevice {
        device,
        unsupported: false,
    };
    bench.sandbox.add_device(bench.now, new).unwrap()
}

#[test]
fn a_registered_device_is_served_by_any_of_its_identifiers() {
    for device in [
        phone("+447700900101"),
        phone("447700900101"),
        json!({ "networkAccessIdentifier": "447700900101@operator.example" }),
        json!({ "ipv4Address": { "publicAddress": "203.0.113.101", "publicPort": 40101 } }),
        json!({ "ipv4Address": { "publicAddress": "203.0.113.101", "privateAddress": "10.0.0.101" } }),
        json!({ "ipv6Address": "2001:db8:65:1::ffff" }),
        json!({ "phoneNumber": "+447700900101", "ipv6Address": "2001:db8:65:1::" }),
    ] {
        check(Operator::default(), &device, None);
        check(closed(), &device, None);
    }
}

#[test]
fn unknown_devices_are_served_unless_the_registry_is_closed() {
    for device in [
        phone("+34600000001"),
        json!({ "ipv4Address": { "publicAddress": "203.0.113.101", "publicPort": 1 } }),
        json!({ "phoneNumber": "+34600000001", "ipv6Address": "2001:db8::1" }),
    ] {
        check(Operator::default(), &device, None);
        check(closed(), &device, Some(UNKNOWN));
    }
}

#[test]
fn identifiers_of_different_devices_are_inconsistent() {
    let other_port = json!({ "publicAddress": "203.0.113.101", "privateAddress": "10.0.0.101", "publicPort": 9 });
    let two_in_one = json!({ "publicAddress": "203.0.113.101", "privateAddress": "10.0.0.101", "publicPort": 40101 });
    for (device, open, shut) in [
        (
            json!({ "phoneNumber": "+447700900101", "ipv6Address": "2001:db8:66:1::" }),
            Some(INCONSISTENT),
            Some(INCONSISTENT),
        ),
        (
            json!({ "phoneNumber": "+447700900103", "ipv6Address": "2001:db8:66:1::" }),
            Some(INCONSISTENT),
            Some(INCONSISTENT),
        ),
        // A known one and one that nobody knows.
        (
            json!({ "phoneNumber": "+447700900101", "ipv6Address": "2001:db8::1" }),
            None,
            Some(INCONSISTENT),
        ),
        (
            json!({ "phoneNumber": "+447700900101", "ipv4Address": other_port }),
            None,
            None,
        ),
        (
            json!({ "phoneNumber": "+447700900101", "ipv4Address": two_in_one }),
            None,
            None,
        ),
    ] {
        check(Operator::default(), &device, open);
        check(closed(), &device, shut);
    }
}

#[test]
fn the_explanation_says_whose_identifiers_they_are() {
    let mut bench = Bench::new();
    bench.create(&for_device(
        &json!({ "phoneNumber": "+447700900101", "ipv6Address": "2001:db8:66:1::" }),
    ));
    let explanation = &bench.explanations()[0];
    assert_eq!(explanation["pointer"], "/device");
    assert_eq!(
        explanation["rule"],
        "phoneNumber belongs to device-1, ipv6Address to device-2"
    );
}

#[test]
fn a_device_that_the_network_cannot_serve() {
    check(
        Operator::default(),
        &phone("+447700900103"),
        Some(UNSUPPORTED),
    );
    check(closed(), &phone("+447700900103"), Some(UNSUPPORTED));
}

#[test]
fn operators_take_a_subset_of_identifiers() {
    let both = json!({ "phoneNumber": "+34600000001", "ipv6Address": "2001:db8::1" });
    let ipv6_only = || taking(&[Identifier::Ipv6Address]);
    check(ipv6_only(), &both, None);
    check(ipv6_only(), &phone("+34600000001"), Some(UNKNOWN));
    // What is not taken is not looked at: the number does not make it another device.
    let device = json!({ "phoneNumber": "+447700900101", "ipv6Address": "2001:db8:66:1::" });
    check(ipv6_only(), &device, None);
    let mut bench = operated(ipv6_only());
    bench.create(&for_device(&phone("+34600000001")));
    assert_eq!(
        bench.explanations()[0]["rule"],
        "this operator takes only ipv6Address"
    );
}

#[test]
fn the_registry_ties_identifiers_together() {
    let mut bench = Bench::new();
    let nai = json!({ "networkAccessIdentifier": "a@b.example" });
    let first = bench.created(&for_device(&phone("+34600000001")));
    let second = bench.created(&for_device(&nai));
    bench.delete(&second).expect(204);
    let id = add(&mut bench, "34600000001", "a@b.example");
    let (status, code, message) = CONFLICT;
    let answer = bench.create(&for_device(&nai));
    answer.expect_error(status, code, message);
    let rule = bench.explanations()[0]["rule"].clone();
    assert!(rule.as_str().unwrap().contains(&first), "{rule}");
    bench.sandbox.remove_device(bench.now, id).unwrap();
    bench.create(&for_device(&nai)).expect(201);
}

#[test]
fn an_identifier_belongs_to_one_device() {
    let mut bench = Bench::new();
    let before = bench.sandbox.devices().len();
    let id = add(&mut bench, "+34600000001", "a@b.example");
    assert_eq!(id.to_string(), "device-4");
    assert_eq!(KnownDeviceId::parse("device-4"), Some(id));
    for none in ["device-04", "device-", "4", "device-4 ", "Device-4"] {
        assert_eq!(KnownDeviceId::parse(none), None, "{none}");
    }
    let new = NewDevice {
        device: Device {
            phone_number: PhoneNumber::parse("34600000001"),
            ..Device::default()
        },
        unsupported: true,
    };
    let refusal = bench.sandbox.add_device(bench.now, new.clone());
    assert_eq!(
        refusal.unwrap_err().to_string(),
        "the PhoneNumber belongs to device-4"
    );
    assert_eq!(bench.sandbox.devices().len(), before + 1);
    bench.sandbox.remove_device(bench.now, id).unwrap();
    let refusal = bench.sandbox.remove_device(bench.now, id);
    assert_eq!(
        refusal.unwrap_err().to_string(),
        "the registry has no device-4"
    );
    let id = bench.sandbox.add_device(bench.now, new).unwrap();
    assert_eq!(id.to_string(), "device-5");
    let (status, code, message) = UNSUPPORTED;
    bench.create(&minimal()).expect_error(status, code, message);
    // A replay makes the same registry.
    let replay = bench.sandbox.replay();
    assert!(replay.devices().eq(bench.sandbox.devices()));
}

#[test]
fn a_strict_operator_allows_one_session_for_each_device() {
    let elsewhere = json!({ "applicationServer": { "ipv6Address": "2001:db8::1" } });
    let mut bench = Bench::new();
    let first = bench.created(&minimal());
    bench.created(&with(minimal(), &elsewhere));
    let strict = Operator {
        conflicts: ConflictPolicy::Strict,
        ..Operator::default()
    };
    bench.configure(Setting::Operator(Arc::new(strict)));
    let (status, code, message) = CONFLICT;
    let another = json!({ "applicationServer": { "ipv4Address": "192.168.1.1" } });
    bench
        .create(&with(minimal(), &another))
        .expect_error(status, code, message);
    let rule = bench.explanations()[0]["rule"].clone();
    assert!(rule.as_str().unwrap().contains("allows one"), "{rule}");
    let other = json!({ "device": phone("+34600000002") });
    bench.create(&with(minimal(), &other)).expect(201);
    assert_eq!(bench.status(&first), "REQUESTED");
}

#[test]
fn an_operator_may_keep_what_it_terminated_for_longer() {
    let mut bench = Bench::planned(refuses_after(0));
    let retention = Retention::new(std::time::Duration::from_secs(600)).unwrap();
    let operator = Operator {
        retention,
        ..Operator::default()
    };
    bench.configure(Setting::Operator(Arc::new(operator)));
    let id = bench.created(&minimal());
    bench.wait(599);
    assert_eq!(bench.status(&id), "UNAVAILABLE");
    bench.wait(1);
    assert_eq!(bench.status(&id), "404");
}

#[test]
fn the_device_is_looked_at_after_the_profile_and_before_the_conflict() {
    let mut bench = operated(closed());
    let device = phone("+34600000001");
    let profile = json!({ "device": device, "qosProfile": "DRONE_CONTROL" });
    let message = "Schema validation failed at  qosProfile: ...";
    bench
        .create(&with(minimal(), &profile))
        .expect_error(400, "INVALID_ARGUMENT", message);
    bench.configure(Setting::Operator(Arc::new(Operator::default())));
    bench.created(&for_device(&device));
    bench.configure(Setting::Operator(Arc::new(closed())));
    let (status, code, message) = UNKNOWN;
    bench
        .create(&for_device(&device))
        .expect_error(status, code, message);
}
