//! Polling beside callback: what each kind of client has been able to see.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::common::*;
use qod_sandbox::engine::{NetworkAct, SessionId};
use qod_sandbox::sandbox::{
    Answering, DeliveryPolicy, Disorder, Limits, SetAnswer, SetReply, Setting, Target,
};
use qod_sandbox::time::Instant;
use serde_json::{Value, json};

/// A sandbox with a receiver that takes everything, unless it is not `there`.
fn bench(there: bool, policy: DeliveryPolicy) -> Bench {
    let mut bench = Bench::new();
    bench.configure(Setting::Delivery(policy));
    if there {
        let always = SetAnswer::always(SetReply::Status(204));
        bench.receiver(
            Target::Origin("https://a.example".into()),
            Answering::Set(always),
        );
    }
    bench
}

/// The moments: `2 s granted: 200 AVAILABLE | AVAILABLE | differences`.
fn moments(bench: &Bench, id: &str) -> Vec<String> {
    let perspectives = bench
        .sandbox
        .perspectives(SessionId::parse(id).unwrap())
        .unwrap();
    let line = |perspective: &Value| {
        let at = Instant::parse_rfc3339(perspective["at"].as_str().unwrap()).unwrap();
        let words = |value: &Value, names: &[&str]| {
            let words = names.iter().filter_map(|name| value.get(name));
            let words = words.map(|word| word.to_string().replace('"', ""));
            words.collect::<Vec<_>>().join(" ")
        };
        format!(
            "{} s {}: {} | {} | {}",
            at.since(START).as_secs(),
            perspective["cause"].as_str().unwrap(),
            words(&perspective["polling"], &["status", "qosStatus"]),
            words(&perspective["callback"], &["qosStatus", "statusInfo"]),
            perspective["differences"]
                .as_array()
                .unwrap()
                .iter()
                .map(|d| d.as_str().unwrap())
                .collect::<Vec<_>>()
                .join(", "),
        )
    };
    perspectives
        .iter()
        .map(|perspective| line(&json!(perspective)))
        .collect()
}

#[test]
fn who_polls_never_sees_why_and_then_gets_404() {
    let mut bench = bench(true, DeliveryPolicy::default());
    let id = bench.created(&lasting(3600));
    bench.wait(10).network(&id, NetworkAct::Terminate).unwrap();
    bench.wait(400);
    assert_eq!(
        moments(&bench, &id),
        [
            "0 s created: 200 REQUESTED |  | not-notified",
            "2 s granted: 200 AVAILABLE |  | not-delivered",
            "2 s delivered: 200 AVAILABLE | AVAILABLE | ",
            "10 s terminated: 200 UNAVAILABLE | AVAILABLE | status-info-unseen, not-delivered",
            "10 s delivered: 200 UNAVAILABLE | UNAVAILABLE NETWORK_TERMINATED | status-info-unseen",
            "370 s released: 404 | UNAVAILABLE NETWORK_TERMINATED | not-found, not-notified",
        ]
    );
    // What is said of polling is what GET says.
    assert_eq!(bench.status(&id), "404");
}

#[test]
fn a_webhook_that_is_not_reached_knows_nothing() {
    let mut bench = bench(false, DeliveryPolicy::default());
    let id = bench.created(&lasting(60));
    bench.wait(5).extend(&id, 10);
    bench.wait(100);
    assert_eq!(
        moments(&bench, &id),
        [
            "0 s created: 200 REQUESTED |  | not-notified",
            "2 s granted: 200 AVAILABLE |  | not-delivered",
            "5 s extended: 200 AVAILABLE |  | not-notified, not-delivered",
            "70 s expired: 404 |  | not-found, not-delivered",
        ]
    );
}

#[test]
fn late_doubled_and_disordered_notifications_are_named() {
    let disorder = Disorder {
        delay: Duration::from_secs(3),
        copies: NonZeroU32::new(2).unwrap(),
        reorder: true,
    };
    let policy = DeliveryPolicy {
        disorder,
        ..DeliveryPolicy::default()
    };
    let mut bench = bench(true, policy);
    let id = bench.created(&lasting(60));
    bench.wait(5).delete(&id);
    bench.wait(10);
    assert_eq!(
        moments(&bench, &id),
        [
            "0 s created: 200 REQUESTED |  | not-notified",
            "2 s granted: 200 AVAILABLE |  | not-delivered",
            "5 s deleted: 404 |  | not-found, not-delivered",
            "8 s delivered: 404 | UNAVAILABLE DELETE_REQUESTED | not-found",
            "8 s delivered: 404 | UNAVAILABLE DELETE_REQUESTED | duplicate, not-found",
            "9 s delivered: 404 | AVAILABLE | not-found, out-of-order",
            "9 s delivered: 404 | AVAILABLE | duplicate, not-found, out-of-order",
        ]
    );
}

#[test]
fn of_notifications_that_are_gone_it_is_not_known_whether_they_were_delivered() {
    let mut bench = bench(true, DeliveryPolicy::default());
    let limits = Limits {
        notifications: 1,
        ..Limits::default()
    };
    bench.configure(Setting::Limits(limits));
    let id = bench.created(&lasting(3600));
    bench.wait(10).network(&id, NetworkAct::Terminate).unwrap();
    assert_eq!(
        moments(&bench, &id),
        [
            "0 s created: 200 REQUESTED |  | not-notified",
            "2 s granted: 200 AVAILABLE |  | not-recorded",
            "10 s terminated: 200 UNAVAILABLE |  | status-info-unseen, not-delivered",
            "10 s delivered: 200 UNAVAILABLE | UNAVAILABLE NETWORK_TERMINATED | status-info-unseen",
        ]
    );
}

#[test]
fn an_unknown_session_has_no_perspectives() {
    assert_eq!(
        Bench::new().sandbox.perspectives(SessionId::from_random(1)),
        None
    );
}
