//! Notifications: when there is one, what a receiver gets, and what becomes of it.

use std::time::Duration;

use crate::common::*;
use qod_sandbox::sandbox::{Dispatch, Input, Options, Outcome, Output, Reception};
use serde_json::{Value, json};

#[test]
fn an_event_follows_the_response_of_the_call_that_caused_it() {
    let mut bench = Bench::planned(grants_after(0)).with_receivers_outside();
    let id = bench.created(&lasting(60));
    bench.delete(&id);
    let kinds: Vec<_> = bench
        .outputs()
        .iter()
        .map(|output| match output {
            Output::Exchange(_) => "exchange",
            Output::Session(..) => "session",
            Output::Notification(_) => "notification",
            Output::Delivery(..) => "delivery",
            Output::Deliver(_) => "deliver",
            Output::Abandon(..) => "abandon",
            Output::Answered(_) => "answered",
            Output::Fired(_) => "fired",
        })
        .collect();
    assert_eq!(
        kinds,
        [
            "exchange",
            "session",
            "session",
            "notification",
            "deliver",
            "delivery",
            "exchange",
            "session",
            "notification",
            "deliver",
            "delivery",
        ]
    );
}

#[test]
fn without_a_webhook_the_event_is_recorded_and_not_delivered() {
    let mut bench = Bench::planned(grants_after(0)).with_receivers_outside();
    bench.created(&minimal());
    assert_eq!(bench.events(), ["0.000 AVAILABLE"]);
    let notification = bench.sandbox.notifications().next().unwrap();
    assert!(notification.deliveries.is_empty());
    let outputs = bench.outputs();
    let sent = |output: &Output| matches!(output, Output::Deliver(..) | Output::Delivery(..));
    assert!(!outputs.iter().any(sent), "{outputs:?}");
}

#[test]
fn without_receivers_a_delivery_ends_at_once() {
    let mut bench = Bench::planned(grants_after(0));
    bench.created(&lasting(60));
    let notification = bench.sandbox.notifications().next().unwrap();
    assert_eq!(notification.deliveries.len(), 1);
    assert_eq!(notification.deliveries[0].outcome, Outcome::NoReceiver);
}

#[test]
fn a_webhook_of_another_scheme_is_accepted_with_a_warning_and_never_reached() {
    for url in ["ws://a.example/x", "mailto:a@b.example", "ftp://a.example/"] {
        let mut bench = Bench::planned(grants_after(0)).with_receivers_outside();
        let webhook = json!({ "webhook": { "notificationUrl": url } });
        let info = bench.create(&with(minimal(), &webhook)).expect(201);
        assert_eq!(info["webhook"], webhook["webhook"]);
        assert_eq!(info["messages"].as_array().unwrap().len(), 1);
        assert_eq!(info["messages"][0]["severity"], "WARNING");
        assert!(info["messages"][0]["description"].is_string());
        let sent = |output: &Output| matches!(output, Output::Deliver(..));
        assert!(!bench.outputs().iter().any(sent), "{url}");
        let notification = bench.sandbox.notifications().next().unwrap();
        assert_eq!(notification.deliveries[0].outcome, Outcome::Failed);
        assert!(notification.deliveries[0].reason.is_some());
    }
}

#[test]
fn https_webhooks_bring_no_message() {
    let info = Bench::new().create(&lasting(60)).expect(201);
    assert_eq!(info.get("messages"), None);
}

/// A sandbox with one delivery under way, of a session with that webhook.
fn under_way(webhook: &Value) -> (Bench, Dispatch) {
    let mut bench = Bench::planned(grants_after(0)).with_receivers_outside();
    bench.created(&with(minimal(), &json!({ "webhook": webhook })));
    let dispatch = bench.dispatches().remove(0);
    (bench, dispatch)
}

#[test]
fn receivers_outside_get_the_request() {
    let url = "https://A.example:443/hook?a=%20b#frag";
    let token = "c8974e592c2fa383d4a3960714";
    let (bench, Dispatch { request, .. }) =
        under_way(&json!({ "notificationUrl": url, "notificationAuthToken": token }));
    assert_eq!(request.method, "POST");
    assert_eq!(request.url, url);
    let headers: Vec<_> = request.headers.iter().collect();
    assert_eq!(
        headers,
        [
            ("content-type", "application/cloudevents+json"),
            ("authorization", "Bearer c8974e592c2fa383d4a3960714"),
        ]
    );
    let event: Value = serde_json::from_slice(&request.body).unwrap();
    let session = &bench.sandbox.sessions()[0];
    assert_eq!(
        event,
        json!({
            "id": bench.sandbox.notifications().next().unwrap().message.id,
            "source": format!("{ROOT}/sessions/{}", session.id),
            "specversion": "1.0",
            "type": "org.camaraproject.qod.v0.qos-status-changed",
            "time": "2026-01-01T00:00:00.000Z",
            "datacontenttype": "application/json",
            "data": { "sessionId": session.id.to_string(), "qosStatus": "AVAILABLE" },
        })
    );
}

#[test]
fn without_a_token_the_delivery_has_no_authorization() {
    let (_, Dispatch { request, .. }) =
        under_way(&json!({ "notificationUrl": "http://a.example" }));
    assert_eq!(request.url, "http://a.example");
    assert_eq!(request.headers.first("authorization"), None);
}

#[test]
fn the_outcome_of_a_delivery_is_recorded() {
    let cases = [
        (Reception::Answered(204), Outcome::Delivered, Some(204)),
        (Reception::Answered(200), Outcome::Delivered, Some(200)),
        (Reception::Answered(299), Outcome::Delivered, Some(299)),
        (Reception::Answered(302), Outcome::Refused, Some(302)),
        (Reception::Answered(401), Outcome::Refused, Some(401)),
        (Reception::Answered(503), Outcome::Refused, Some(503)),
        (
            Reception::Failed("no route".to_owned()),
            Outcome::Failed,
            None,
        ),
        (Reception::NoReceiver, Outcome::NoReceiver, None),
    ];
    for (reception, outcome, status) in cases {
        let (mut bench, Dispatch { run, id, .. }) =
            under_way(&json!({ "notificationUrl": "https://a.example" }));
        let pending = bench.sandbox.notifications().next().unwrap().deliveries[0].outcome;
        assert_eq!(pending, Outcome::Pending);
        bench.wait(1);
        let now = bench.now;
        let received = Input::Received(run, id, reception.clone());
        bench.sandbox.handle(now, received).unwrap();
        // What comes twice is dropped.
        let again = Input::Received(run, id, Reception::Answered(500));
        bench.sandbox.handle(now, again).unwrap();
        let delivery = &bench.sandbox.notifications().next().unwrap().deliveries[0];
        assert_eq!((delivery.outcome, delivery.status), (outcome, status));
        let told = bench.outputs();
        assert_eq!(told.len(), 1, "{told:?}");
        let Output::Delivery(_, delivery) = &told[0] else {
            panic!("{told:?}");
        };
        assert_eq!(
            (delivery.attempt, delivery.duration),
            (1, Some(Duration::from_secs(1)))
        );
        assert_eq!(delivery.reason.is_none(), outcome == Outcome::Delivered);
    }
}

#[test]
fn an_outcome_of_an_earlier_run_is_dropped() {
    let (mut bench, Dispatch { run, id, .. }) =
        under_way(&json!({ "notificationUrl": "https://a.example" }));
    let options = Options {
        seed: 1,
        start_at: START,
        settings: bench.sandbox.settings().clone(),
    };
    bench.sandbox.reset(&options);
    assert!(bench.sandbox.sessions().is_empty());
    // The same happens again: the delivery has the same number, but another run.
    let webhook = json!({ "webhook": { "notificationUrl": "https://a.example" } });
    bench.created(&with(minimal(), &webhook));
    let again = bench.dispatches().remove(0);
    assert!(again.run != run && again.id == id);
    let now = bench.now;
    let late = Input::Received(run, id, Reception::Answered(204));
    bench.sandbox.handle(now, late).unwrap();
    let delivery = &bench.sandbox.notifications().next().unwrap().deliveries[0];
    assert_eq!(delivery.outcome, Outcome::Pending);
    assert!(bench.outputs().is_empty());
}
