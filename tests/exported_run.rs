//! A run of QoD Sandbox: 13 requests and 7 notifications from 2026-01-01T00:00:00.000Z to 2026-01-01T00:11:02.500Z, seed 1.
//!
//! It needs the crates `qod-sandbox` and `serde_json`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use qod_sandbox::engine::{NetworkAct, SessionId};
use qod_sandbox::http::{Request, Response};
use qod_sandbox::sandbox::{
    Answering, Auth, Notification, Options, Receiver, Sandbox, SetAnswer, SetReply, Settings,
    Target,
};
use qod_sandbox::time::Instant;
use serde_json::{Value, json};

const API: &str = "https://api.example.com/operator/qod/v0";

#[test]
fn a_run_of_13_requests() {
    let now = time("2026-01-01T00:00:00.000Z");
    let mut sandbox = Sandbox::new(&Options {
        seed: 1,
        start_at: now,
        settings: Settings {
            auth: Auth::Off,
            ..Settings::default()
        },
    });

    let receiver = Receiver {
        target: Target::Url("https://app.example/webhooks/qod".into()),
        answering: Answering::Set(SetAnswer::always(SetReply::Status(204))),
    };
    sandbox.add_receiver(now, receiver);

    let body = json!({
        "device": { "phoneNumber": "+34600000001" },
        "applicationServer": { "ipv4Address": "198.51.100.10" },
        "qosProfile": "QOS_E",
        "webhook": {
            "notificationUrl": "https://app.example/webhooks/qod",
            "notificationAuthToken": "c897xxxxxxxxxxxxxxxxxx0714",
        },
        "duration": 3600,
    });
    let request = Request::new("POST", &format!("{API}/sessions"))
        .header("content-type", "application/json")
        .body(body.to_string());
    let answer = sandbox.request(now, request);
    assert_eq!(answer.status, 201);
    assert_eq!(member(&answer, "/qosStatus"), "REQUESTED");
    let session_1 = member(&answer, "/sessionId");

    let request = Request::new("GET", &format!("{API}/sessions/{session_1}"));
    let answer = sandbox.request(now, request);
    assert_eq!(answer.status, 200);
    assert_eq!(member(&answer, "/qosStatus"), "REQUESTED");

    let now = time("2026-01-01T00:00:02.000Z"); // +2 s
    let request = Request::new("GET", &format!("{API}/sessions/{session_1}"))
        .header("x-correlator", "it's $HOME");
    let answer = sandbox.request(now, request);
    assert_eq!(answer.status, 200);
    assert_eq!(member(&answer, "/qosStatus"), "AVAILABLE");

    let body = json!({
        "device": { "phoneNumber": "+34600000001" },
        "applicationServer": { "ipv4Address": "198.51.100.10" },
        "qosProfile": "QOS_E",
        "webhook": {
            "notificationUrl": "https://app.example/webhooks/qod",
            "notificationAuthToken": "c897xxxxxxxxxxxxxxxxxx0714",
        },
        "duration": 0,
    });
    let request = Request::new("POST", &format!("{API}/sessions"))
        .header("content-type", "application/json")
        .body(body.to_string());
    let answer = sandbox.request(now, request);
    assert_eq!(answer.status, 400);
    assert_eq!(member(&answer, "/code"), "INVALID_ARGUMENT");

    let body = json!({
        "device": { "phoneNumber": "+34600000001" },
        "applicationServer": { "ipv4Address": "198.51.100.10" },
        "qosProfile": "QOS_E",
        "webhook": {
            "notificationUrl": "https://app.example/webhooks/qod",
            "notificationAuthToken": "c897xxxxxxxxxxxxxxxxxx0714",
        },
        "duration": 3600,
    });
    let request = Request::new("POST", &format!("{API}/sessions"))
        .header("content-type", "application/json")
        .body(body.to_string());
    let answer = sandbox.request(now, request);
    assert_eq!(answer.status, 409);
    assert_eq!(member(&answer, "/code"), "CONFLICT");

    let body = json!({
        "device": { "phoneNumber": "+34600000002" },
        "applicationServer": { "ipv4Address": "198.51.100.10" },
        "qosProfile": "QOS_E",
        "webhook": {
            "notificationUrl": "https://app.example/webhooks/qod",
            "notificationAuthToken": "c897xxxxxxxxxxxxxxxxxx0714",
        },
        "duration": 3600,
        "note": "it's \"quoted\"; $HOME `id` \\ ${x}\n'EOF'",
    });
    let request = Request::new("POST", &format!("{API}/sessions"))
        .header("content-type", "application/json")
        .body(body.to_string());
    let answer = sandbox.request(now, request);
    assert_eq!(answer.status, 201);
    assert_eq!(member(&answer, "/qosStatus"), "REQUESTED");
    let session_2 = member(&answer, "/sessionId");

    let body = r#"{"device": {"phoneNumber": "+346",
 'x'}"#;
    let request = Request::new("POST", &format!("{API}/sessions"))
        .header("content-type", "application/json")
        .body(body);
    let answer = sandbox.request(now, request);
    assert_eq!(answer.status, 400);
    assert_eq!(member(&answer, "/code"), "INVALID_ARGUMENT");

    let now = time("2026-01-01T00:00:02.500Z"); // +2.5 s
    let id = SessionId::parse(&session_2).unwrap();
    sandbox.network(now, id, NetworkAct::Grant).unwrap();

    let body = json!({ "requestedAdditionalDuration": 60 });
    let request = Request::new("POST", &format!("{API}/sessions/{session_2}/extend"))
        .header("content-type", "application/json")
        .body(body.to_string());
    let answer = sandbox.request(now, request);
    assert_eq!(answer.status, 200);
    assert_eq!(member(&answer, "/qosStatus"), "AVAILABLE");

    let now = time("2026-01-01T00:01:02.500Z"); // +1 m 2.5 s
    let id = SessionId::parse(&session_1).unwrap();
    sandbox.network(now, id, NetworkAct::Terminate).unwrap();

    let request = Request::new("DELETE", &format!("{API}/sessions/{session_2}"));
    let answer = sandbox.request(now, request);
    assert_eq!(answer.status, 204);

    let body = json!({
        "device": { "phoneNumber": "+34600000003" },
        "applicationServer": { "ipv4Address": "198.51.100.10" },
        "qosProfile": "QOS_E",
        "webhook": {
            "notificationUrl": "https://app.example/webhooks/qod",
            "notificationAuthToken": "c897xxxxxxxxxxxxxxxxxx0714",
        },
        "duration": 3600,
    });
    let request = Request::new("POST", &format!("{API}/sessions"))
        .header("content-type", "application/json")
        .body(body.to_string());
    let answer = sandbox.request(now, request);
    assert_eq!(answer.status, 201);
    assert_eq!(member(&answer, "/qosStatus"), "REQUESTED");
    let session_3 = member(&answer, "/sessionId");

    let id = SessionId::parse(&session_3).unwrap();
    sandbox.network(now, id, NetworkAct::Refuse).unwrap();

    let body = json!({
        "device": { "phoneNumber": "+34600000004" },
        "applicationServer": { "ipv4Address": "198.51.100.10" },
        "qosProfile": "QOS_E",
        "duration": 30,
    });
    let request = Request::new("POST", &format!("{API}/sessions"))
        .header("content-type", "application/json")
        .body(body.to_string());
    let answer = sandbox.request(now, request);
    assert_eq!(answer.status, 201);
    assert_eq!(member(&answer, "/qosStatus"), "REQUESTED");
    let session_4 = member(&answer, "/sessionId");

    let now = time("2026-01-01T00:11:02.500Z"); // +11 m 2.5 s
    let request = Request::new("GET", &format!("{API}/sessions/{session_1}"));
    let answer = sandbox.request(now, request);
    assert_eq!(answer.status, 404);
    assert_eq!(member(&answer, "/code"), "NOT_FOUND");

    let request = Request::new("GET", &format!("{API}/qos-profiles?name=QOS_E"));
    let answer = sandbox.request(now, request);
    assert_eq!(answer.status, 200);
    assert_eq!(member(&answer, "/0/name"), "QOS_E");

    sandbox.handle_timeout(time("2026-01-01T00:11:02.500Z")); // +11 m 2.5 s
    let mut told = sandbox.notifications().map(|told| summary(told));
    let expected = json!({
        "time": "2026-01-01T00:00:02.000Z",
        "sessionId": &session_1,
        "qosStatus": "AVAILABLE",
        "deliveries": ["delivered 204"],
    });
    assert_eq!(told.next(), Some(expected));
    let expected = json!({
        "time": "2026-01-01T00:00:02.500Z",
        "sessionId": &session_2,
        "qosStatus": "AVAILABLE",
        "deliveries": ["delivered 204"],
    });
    assert_eq!(told.next(), Some(expected));
    let expected = json!({
        "time": "2026-01-01T00:01:02.500Z",
        "sessionId": &session_1,
        "qosStatus": "UNAVAILABLE",
        "statusInfo": "NETWORK_TERMINATED",
        "deliveries": ["delivered 204"],
    });
    assert_eq!(told.next(), Some(expected));
    let expected = json!({
        "time": "2026-01-01T00:01:02.500Z",
        "sessionId": &session_2,
        "qosStatus": "UNAVAILABLE",
        "statusInfo": "DELETE_REQUESTED",
        "deliveries": ["delivered 204"],
    });
    assert_eq!(told.next(), Some(expected));
    let expected = json!({
        "time": "2026-01-01T00:01:02.500Z",
        "sessionId": &session_3,
        "qosStatus": "UNAVAILABLE",
        "statusInfo": "NETWORK_TERMINATED",
        "deliveries": ["delivered 204"],
    });
    assert_eq!(told.next(), Some(expected));
    let expected = json!({
        "time": "2026-01-01T00:01:04.500Z",
        "sessionId": &session_4,
        "qosStatus": "AVAILABLE",
        "deliveries": [],
    });
    assert_eq!(told.next(), Some(expected));
    let expected = json!({
        "time": "2026-01-01T00:01:32.000Z",
        "sessionId": &session_4,
        "qosStatus": "UNAVAILABLE",
        "statusInfo": "DURATION_EXPIRED",
        "deliveries": [],
    });
    assert_eq!(told.next(), Some(expected));
    assert_eq!(told.next(), None);
}

/// The moment that is written so.
fn time(text: &str) -> Instant {
    Instant::parse_rfc3339(text).unwrap()
}

/// A text in the JSON of an answer, by its pointer (RFC 6901).
fn member(answer: &Response, pointer: &str) -> String {
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    let member = body.pointer(pointer).and_then(Value::as_str);
    member.unwrap().to_owned()
}

/// A notification in short, and what became of each attempt to deliver it.
fn summary(notification: &Notification) -> Value {
    let record = serde_json::to_value(notification.record()).unwrap();
    let deliveries = record["deliveries"].as_array().unwrap().iter();
    let deliveries = deliveries.map(|delivery| {
        let outcome = delivery["outcome"].as_str().unwrap();
        match delivery.get("status") {
            Some(status) => format!("{outcome} {status}"),
            None => outcome.to_owned(),
        }
    });
    let mut summary = record["event"]["data"].clone();
    summary["time"] = record["event"]["time"].clone();
    summary["deliveries"] = json!(deliveries.collect::<Vec<_>>());
    summary
}
