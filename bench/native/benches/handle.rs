//! What a call costs in Rust: create, get and delete, beside their JSON read and written.
#![allow(missing_docs, reason = "a program")]
#![allow(clippy::unwrap_used, reason = "a measurement that fails is to end")]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use qod_sandbox::{Instant, MOCK_ACCESS_TOKEN, Options, Request, Response, Sandbox};
use serde_json::Value;

const SESSIONS: &str = "https://sandbox.example/qod/v0/sessions";

const BODY: &str = r#"{"device":{"phoneNumber":"+123456789","ipv4Address":{"publicAddress":"203.0.113.0","publicPort":59765}},"applicationServer":{"ipv4Address":"198.51.100.0/24"},"devicePorts":{"ranges":[{"from":5010,"to":5020}],"ports":[5060,5070]},"applicationServerPorts":{"ports":[443,8443]},"qosProfile":"QOS_E","duration":3600,"webhook":{"notificationUrl":"https://application-server.com/notifications","notificationAuthToken":"c8974e592c2fa383d4a3960714"}}"#;

/// Asks, and takes what happened off, as whoever runs a sandbox does.
fn send(sandbox: &mut Sandbox, method: &str, url: &str, body: &str) -> Arc<Response> {
    let request = Request::new(method, url)
        .header("authorization", &format!("Bearer {MOCK_ACCESS_TOKEN}"))
        .header("content-type", "application/json")
        .body(body);
    let response = sandbox.request(sandbox.now(), request);
    while let Some(output) = sandbox.poll_output() {
        black_box(output);
    }
    response
}

/// The bodies that come of a create, a get and a delete.
fn round(sandbox: &mut Sandbox) -> [String; 2] {
    let created = send(sandbox, "POST", SESSIONS, BODY);
    let url = created.headers.first("location").unwrap().to_owned();
    let read = send(sandbox, "GET", &url, "");
    assert_eq!(send(sandbox, "DELETE", &url, "").status, 204);
    [created.body.clone(), read.body.clone()]
}

fn handle(criterion: &mut Criterion) {
    let mut sandbox = Sandbox::new(&Options::new(1, Instant::from_millis(0)));
    // The records are full, as they are most of the time.
    for _ in 0..10_000 {
        round(&mut sandbox);
    }
    let [created, read] = round(&mut sandbox);
    let mut group = criterion.benchmark_group("native");
    group.bench_function("handle", |bench| bench.iter(|| round(&mut sandbox)));
    group.bench_function("json", |bench| {
        bench.iter(|| {
            for text in [BODY, &created, &read] {
                let value: Value = serde_json::from_str(black_box(text)).unwrap();
                black_box(serde_json::to_string(&value).unwrap());
            }
        });
    });
    group.finish();
}

criterion_group!(benches, handle);
criterion_main!(benches);
