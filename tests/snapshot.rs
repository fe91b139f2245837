//! Snapshots: what cannot be read is refused, and changes nothing.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod common;

use common::*;
use qod_sandbox::sandbox::Unreadable;
use serde_json::json;

/// A sandbox with something of everything in it.
fn bench() -> Bench {
    let mut bench = Bench::new();
    bench.created(&lasting(3600));
    bench
        .create(&json!({ "device": { "applicationServer": {} } }))
        .expect(400);
    bench.wait(5);
    bench
}

#[test]
fn a_snapshot_is_restored_with_its_secrets_and_its_deadlines() {
    let mut bench = bench();
    let webhook = json!({ "notificationUrl": "https://a.example/", "notificationAuthToken": "a-token-of-20-letters" });
    let id = bench.created(&with(
        minimal(),
        &json!({ "webhook": webhook, "applicationServer": { "ipv4Address": "198.51.100.11" } }),
    ));
    let text = bench.sandbox.snapshot(&());
    let mut other = Bench::new();
    other.sandbox.restore::<()>(&text).unwrap();
    other.now = bench.now;
    let info = other.get(&format!("/sessions/{id}")).expect(200);
    assert_eq!(info["webhook"], webhook);
    // The same flow is in the way still, and the network grants in its time.
    other.create(&minimal()).expect(409);
    other.wait(2);
    assert_eq!(other.status(&id), "AVAILABLE");
    assert_eq!(other.explanations(), json!([]));
    assert_eq!(
        other.sandbox.traffic().nth(1).unwrap().record(),
        bench.sandbox.traffic().nth(1).unwrap().record()
    );
    assert!(other.sandbox.rewind(START).is_err());
}

#[test]
fn what_is_none_or_damaged_or_foreign_is_refused_and_changes_nothing() {
    let mut bench = bench();
    let text = bench.sandbox.snapshot(&());
    let before = bench.sandbox.snapshot(&());
    let mut damaged = text.clone().into_bytes();
    let middle = damaged.len() / 2;
    damaged[middle] = if damaged[middle] == b'A' { b'B' } else { b'A' };
    let damaged = String::from_utf8(damaged).unwrap();
    for (given, expected) in [
        ("", Unreadable::NoSnapshot),
        ("{}", Unreadable::NoSnapshot),
        ("qod-sandbox-snapshot:1", Unreadable::NoSnapshot),
        (
            text.replacen(":1:", ":2:", 1).as_str(),
            Unreadable::OtherVersion("2".to_owned()),
        ),
        (damaged.as_str(), Unreadable::Damaged),
        (&text[..text.len() - 4], Unreadable::Damaged),
    ] {
        assert_eq!(bench.sandbox.restore::<()>(given), Err(expected));
        assert_eq!(bench.sandbox.snapshot(&()), before);
    }
}
