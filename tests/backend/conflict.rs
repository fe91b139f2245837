//! Conflicts: which two sessions get into each other's way, and how a flow becomes free again.

use crate::common::*;
use serde_json::{Value, json};

const MESSAGE: &str = "Another session is created for the same device";

/// Creates the smallest session with the members of `first`, then one with those of `second`; says
/// whether they are in conflict, and that it is the same the other way round.
#[track_caller]
fn check(first: &Value, second: &Value, conflict: bool) {
    for (first, second) in [(first, second), (second, first)] {
        let mut bench = Bench::new();
        let id = bench.created(&with(minimal(), first));
        let answer = bench.create(&with(minimal(), second));
        if conflict {
            answer.expect_error(409, "CONFLICT", MESSAGE);
            let explained = bench.explanations();
            let rule = explained[0]["rule"].as_str().unwrap();
            assert!(rule.contains(&id), "{rule}");
        } else {
            answer.expect(201);
        }
        assert_eq!(bench.sandbox.live(), if conflict { 1 } else { 2 });
    }
}

#[test]
fn devices_are_the_same_if_any_identifier_is() {
    let phone = |number: &str| json!({ "phoneNumber": number });
    let nai = |name: &str| json!({ "networkAccessIdentifier": name });
    let ipv6 = |address: &str| json!({ "ipv6Address": address });
    let nat = |address: &str, private: Option<&str>, port: Option<u16>| {
        let mut ipv4 = json!({ "publicAddress": address });
        if let Some(private) = private {
            ipv4["privateAddress"] = json!(private);
        }
        if let Some(port) = port {
            ipv4["publicPort"] = json!(port);
        }
        json!({ "ipv4Address": ipv4 })
    };
    let (public, private) = ("203.0.113.25", "10.0.0.1");
    for (a, b, same) in [
        (phone("+34600000001"), phone("+34600000001"), true),
        (phone("+34600000001"), phone("34600000001"), true),
        (phone("+34600000001"), phone("+34600000002"), false),
        (phone("034600000001"), phone("34600000001"), false),
        (nai("a@b.example"), nai("a@b.example"), true),
        (nai("a@b.example"), nai("b@b.example"), false),
        (ipv6("2001:db8::1"), ipv6("2001:0DB8:0:0:ffff::"), true),
        (ipv6("2001:db8::1"), ipv6("2001:db8:0:1::1"), false),
        (nat(public, None, Some(1)), nat(public, None, Some(1)), true),
        (
            nat(public, None, Some(1)),
            nat(public, None, Some(2)),
            false,
        ),
        (
            nat(public, None, Some(1)),
            nat("203.0.113.26", None, Some(1)),
            false,
        ),
        (
            nat(public, Some(private), None),
            nat(public, Some(private), None),
            true,
        ),
        (
            nat(public, Some(private), None),
            nat(public, Some("10.0.0.2"), None),
            false,
        ),
        (
            nat(public, Some(private), None),
            nat("203.0.113.26", Some(private), None),
            false,
        ),
        (
            nat(public, Some(private), Some(1)),
            nat(public, Some(private), Some(2)),
            true,
        ),
        (
            nat(public, Some(private), Some(1)),
            nat(public, Some("10.0.0.2"), Some(1)),
            true,
        ),
        (
            nat(public, Some(private), Some(1)),
            nat(public, Some(private), None),
            true,
        ),
        (
            nat(public, Some(private), Some(1)),
            nat(public, None, Some(1)),
            true,
        ),
        (
            nat(public, Some(private), None),
            nat(public, None, Some(1)),
            false,
        ),
        (phone("34600000001"), nai("34600000001"), false),
        (
            with(phone("34600000001"), &nai("a@b.example")),
            nai("a@b.example"),
            true,
        ),
        (
            with(phone("34600000001"), &nai("a@b.example")),
            with(phone("34600000002"), &nai("a@b.example")),
            true,
        ),
        (
            with(phone("34600000001"), &ipv6("::1")),
            with(nai("a@b.example"), &ipv6("::2")),
            true,
        ),
    ] {
        check(&json!({ "device": a }), &json!({ "device": b }), same);
    }
}

#[test]
fn servers_overlap_if_a_network_of_one_family_does() {
    let ipv4 = |network: &str| json!({ "ipv4Address": network });
    let ipv6 = |network: &str| json!({ "ipv6Address": network });
    let both = |v4: &str, v6: &str| with(ipv4(v4), &ipv6(v6));
    for (a, b, overlap) in [
        (ipv4("198.51.100.10"), ipv4("198.51.100.10/32"), true),
        (ipv4("198.51.100.10"), ipv4("198.51.100.11"), false),
        (ipv4("198.51.100.10"), ipv4("198.51.100.77/24"), true),
        (ipv4("198.51.100.10/24"), ipv4("198.51.100.77/24"), true),
        (ipv4("198.51.100.10/25"), ipv4("198.51.100.129/25"), false),
        (ipv4("198.51.100.10"), ipv4("0.0.0.0/0"), true),
        (ipv4("0.0.0.0/0"), ipv4("255.255.255.255/0"), true),
        (ipv4("0.0.0.0"), ipv4("0.0.0.0/0"), true),
        (ipv6("2001:db8::1"), ipv6("2001:DB8:0::1/128"), true),
        (ipv6("2001:db8::1"), ipv6("2001:db8::/64"), true),
        (ipv6("2001:db8::1"), ipv6("2001:db8:0:1::/64"), false),
        (ipv6("2001:db8::1"), ipv6("::/0"), true),
        (ipv4("0.0.0.0/0"), ipv6("::/0"), false),
        (ipv4("1.2.3.4"), ipv6("::ffff:1.2.3.4"), false),
        (both("1.2.3.4", "::1"), ipv6("::1"), true),
        (both("1.2.3.4", "::1"), ipv4("1.2.3.4"), true),
        (both("1.2.3.4", "::1"), both("1.2.3.5", "::1"), true),
        (both("1.2.3.4", "::1"), both("1.2.3.5", "::2"), false),
    ] {
        check(
            &json!({ "applicationServer": a }),
            &json!({ "applicationServer": b }),
            overlap,
        );
    }
}

#[test]
fn ports_overlap_and_none_stands_for_all() {
    let range = |from: u16, to: u16| json!({ "ranges": [{ "from": from, "to": to }] });
    for name in ["devicePorts", "applicationServerPorts"] {
        for (a, b, overlap) in [
            (json!(null), json!({ "ports": [443] }), true),
            (json!({ "ports": [443] }), json!({ "ports": [443] }), true),
            (
                json!({ "ports": [443] }),
                json!({ "ports": [80, 444, 442] }),
                false,
            ),
            (
                json!({ "ports": [80, 443] }),
                json!({ "ports": [443, 8080] }),
                true,
            ),
            (json!({ "ports": [443] }), range(443, 443), true),
            (json!({ "ports": [443] }), range(400, 442), false),
            (json!({ "ports": [0] }), range(0, 0), true),
            (json!({ "ports": [65535] }), range(0, 65535), true),
            (json!({ "ports": [65535] }), range(0, 65534), false),
            (range(10, 20), range(20, 30), true),
            (range(10, 20), range(21, 30), false),
            (range(10, 20), range(12, 13), true),
        ] {
            check(&json!({ name: a }), &json!({ name: b }), overlap);
        }
    }
    // All dimensions have to overlap at once.
    let flow = |device: u16, server: u16| json!({ "devicePorts": { "ports": [device] }, "applicationServerPorts": { "ports": [server] } });
    check(&flow(1, 2), &flow(1, 2), true);
    check(&flow(1, 2), &flow(1, 3), false);
    check(&flow(1, 2), &flow(3, 2), false);
    check(&flow(1, 2), &flow(2, 1), false);
}

#[test]
fn very_many_ports() {
    // No two side by side, so that nothing can be taken together.
    let ports = |shift: u16| (0..16_384).map(|n| 4 * n + shift).collect::<Vec<_>>();
    let members = |shift| json!({ "devicePorts": { "ports": ports(shift) } });
    let mut bench = Bench::new();
    bench.created(&with(minimal(), &members(0)));
    assert_eq!(bench.create(&with(minimal(), &members(2))).status, 201);
    assert_eq!(bench.create(&with(minimal(), &members(0))).status, 409);
}

#[test]
fn a_flow_is_free_again_once_its_session_is_released() {
    // REQUESTED, AVAILABLE and retained UNAVAILABLE are in the way, and a DELETE frees them.
    for (plan, status) in [
        (never_answers(), "REQUESTED"),
        (grants_after(0), "AVAILABLE"),
        (refuses_after(0), "UNAVAILABLE"),
    ] {
        let mut bench = Bench::planned(plan);
        let id = bench.created(&lasting(1000));
        assert_eq!(bench.status(&id), status);
        let answer = bench.create(&lasting(1000));
        answer.expect_error(409, "CONFLICT", MESSAGE);
        bench.delete(&id).expect(204);
        bench.create(&lasting(1000)).expect(201);
    }
    // So does time.
    for (plan, seconds) in [
        (never_answers(), 50),
        (grants_after(0), 50),
        (refuses_after(0), 360),
    ] {
        let mut bench = Bench::planned(plan);
        bench.created(&lasting(50));
        bench.wait(seconds - 1);
        assert_eq!(bench.create(&lasting(50)).status, 409);
        bench.wait(1);
        bench.create(&lasting(50)).expect(201);
    }
}

#[test]
fn a_refused_session_changes_nothing() {
    let mut bench = Bench::planned(grants_after(0)).with_receivers_outside();
    bench.created(&lasting(1000));
    let before = (bench.events(), bench.sandbox.sessions());
    assert_eq!(bench.create(&lasting(1000)).status, 409);
    assert_eq!((bench.events(), bench.sandbox.sessions()), before);
}

#[test]
fn what_is_asked_for_has_to_be_on_offer_before_it_is_in_conflict() {
    let mut bench = Bench::new();
    bench.created(&minimal());
    let unknown = json!({ "qosProfile": "QOS_X" });
    assert_eq!(bench.create(&with(minimal(), &unknown)).status, 400);
}
