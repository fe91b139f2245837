//! Snapshots: what cannot be read is refused, and changes nothing.

use std::sync::Arc;
use std::time::Duration;

use crate::common::*;
use qod_sandbox::api::Operation;
use qod_sandbox::http::Request;
use qod_sandbox::sandbox::{
    Answering, DeliveryPolicy, Fault, Rate, Scenario, SetAnswer, SetReply, Setting, Target,
    Unreadable,
};
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
fn a_run_after_a_restore_starts_with_the_sessions_and_without_the_records() {
    let bench = bench();
    let mut other = Bench::new();
    other
        .sandbox
        .restore::<()>(&bench.sandbox.snapshot(&()))
        .unwrap();
    let veil = &mut |_: qod_sandbox::api::Secret<'_>| String::new();
    let start = other.sandbox.recorded_start(veil).unwrap();
    let mut played = Bench::new();
    played.sandbox.restore::<()>(&start).unwrap();
    assert_eq!(played.sandbox.sessions().len(), 1);
    assert_eq!(other.sandbox.notifications().count(), 1);
    assert_eq!(played.sandbox.notifications().count(), 0);
    assert_eq!(played.sandbox.traffic().count(), 0);
}

#[test]
fn explanations_are_as_they_were_with_their_patches() {
    let mut bench = Bench::planned(grants_after(0));
    let id = bench.created(&lasting(60));
    bench
        .create(&with(
            minimal(),
            &json!({ "qosProfile": "QOS_EE", "device": { "phoneNumber": "+34600000002" } }),
        ))
        .expect(400);
    bench
        .create(&with(minimal(), &json!({ "duration": "60" })))
        .expect(400);
    bench.create(&json!({})).expect(400);
    // The same rule twice, with a patch each.
    bench
        .create(&with(
            minimal(),
            &json!({ "qosProfile": null, "qosProfil": "QOS_E", "device": null, "devic": { "phoneNumber": "+34600000001" } }),
        ))
        .expect(400);
    let more = json!({ "requestedAdditionalDuration": "60" });
    bench
        .send(post(&format!("/sessions/{id}/extend"), &more))
        .expect(400);
    bench.send(request("DELETE", "/sessions/x")).expect(400);
    bench.get("/qos-profiles?status=active").expect(400);
    let text = bench.sandbox.snapshot(&());
    let mut other = Bench::new();
    other.sandbox.restore::<()>(&text).unwrap();
    let records = |bench: &Bench| {
        bench
            .sandbox
            .traffic()
            .map(|exchange| json!(exchange.record()))
            .collect::<Vec<_>>()
    };
    assert_eq!(records(&other), records(&bench));
    let patched: Vec<_> = records(&other)
        .iter()
        .map(|record| {
            record["explanations"][0]["patch"]
                .as_array()
                .map_or(0, Vec::len)
        })
        .collect();
    assert_eq!(patched, [0, 1, 1, 0, 1, 1, 0, 0]);
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

/// Where a snapshot of this version is kept.
const WRITTEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/snapshot-1.txt");

/// Something of everything that a state can hold.
fn everything() -> Bench {
    let mut bench = bench().with_receivers_outside();
    let mut policy = DeliveryPolicy::default();
    policy.attempts = policy.attempts.saturating_add(3);
    bench.configure(Setting::Delivery(policy));
    bench.configure(Setting::Scenario(
        Scenario::named("notification-late").map(Arc::new),
    ));
    let never = SetAnswer::always(SetReply::Never);
    bench.receiver(
        Target::Url("https://b.example/".into()),
        Answering::Set(never),
    );
    for (port, url) in ["https://a.example/", "https://b.example/"]
        .into_iter()
        .enumerate()
    {
        let members = json!({ "devicePorts": { "ports": [port] }, "applicationServer": { "ipv4Address": "198.51.100.12" }, "webhook": { "notificationUrl": url } });
        bench.created(&with(minimal(), &members));
    }
    bench.sandbox.add_fault(
        bench.now,
        Fault {
            operation: Some(Operation::GetSession),
            error: None,
            network_error: false,
            latency: Some((Duration::from_millis(1), Duration::from_secs(9))),
            rate_limit: None,
            rate: Rate::new(0.5),
            times: Some(3),
        },
    );
    let form = "grant_type=client_credentials&client_id=me&client_secret=mine";
    let token = Request::new("POST", "https://api.example.com/token")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form);
    bench.send(token).expect(200);
    bench.wait(35);
    bench
}

/// If this fails, what a state holds has changed: raise VERSION in src/sandbox/snapshot.rs, name
/// the file after it, and write it anew with `cargo test --test backend snapshot -- --ignored`.
#[test]
fn a_snapshot_of_this_version_that_was_written_before_is_still_read() {
    let text = std::fs::read_to_string(WRITTEN).unwrap();
    let mut bench = Bench::new();
    bench.sandbox.restore::<()>(&text).unwrap();
    let again = everything();
    assert_eq!(bench.sandbox.sessions(), again.sandbox.sessions());
    let records = |bench: &Bench| {
        let notifications = bench.sandbox.notifications().map(|n| json!(n.record()));
        let traffic = bench.sandbox.traffic().map(|x| json!(x.record()));
        notifications.chain(traffic).collect::<Vec<_>>()
    };
    assert_eq!(records(&bench), records(&again));
    assert_eq!(bench.sandbox.settings(), again.sandbox.settings());
    assert_eq!(bench.sandbox.poll_timeout(), again.sandbox.poll_timeout());
}

#[test]
#[ignore = "writes the file"]
fn write_a_snapshot_of_this_version() {
    std::fs::write(WRITTEN, everything().sandbox.snapshot(&())).unwrap();
}
