//! Faults: what goes wrong with requests on demand.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::common::*;
use qod_sandbox::api::{Dialect, Injected, InjectedError, Operation};
use qod_sandbox::sandbox::{Declined, Fault, FaultId, Input, Rate, RateLimit, Setting};
use serde_json::{Value, json};

/// A fault that does nothing yet, to any operation.
pub(crate) fn any() -> Fault {
    Fault {
        operation: None,
        error: None,
        network_error: false,
        latency: None,
        rate_limit: None,
        rate: None,
        times: None,
    }
}

fn status(status: u16) -> Fault {
    Fault {
        error: Some(Injected {
            error: InjectedError::Status(status, None),
            by: "a fault".to_owned(),
        }),
        ..any()
    }
}

fn with_fault(fault: Fault) -> Bench {
    let mut bench = Bench::new();
    bench.sandbox.add_fault(bench.now, fault);
    bench
}

fn profiles(bench: &mut Bench) -> u16 {
    let request = request("GET", "/qos-profiles");
    bench.sandbox.request(bench.now, request).status
}

#[test]
fn a_status_is_answered_with_the_code_that_belongs_to_it() {
    for (code, name, message) in [
        (400, "INVALID_ARGUMENT", "Schema validation failed at  ..."),
        (401, "UNAUTHENTICATED", "Authorization failed: ..."),
        (403, "PERMISSION_DENIED", "Operation not allowed: ..."),
        (404, "NOT_FOUND", "No QoS Profiles found"),
        (429, "TOO_MANY_REQUESTS", "Too many requests: ..."),
        (
            500,
            "INTERNAL",
            "Internal server error: Could not get QoS Profile",
        ),
        (503, "UNAVAILABLE", "Service unavailable"),
    ] {
        let mut bench = with_fault(status(code));
        let answer = bench.get("/qos-profiles");
        let retry = answer.headers.first("retry-after").map(str::to_owned);
        assert_eq!(retry.is_some(), code == 429);
        answer.expect_error(code, name, message);
        let exchange = bench.sandbox.traffic().next_back().unwrap().record();
        assert_eq!(exchange.fault.as_deref(), Some("fault-1"));
        assert!(
            exchange.explanations[0]
                .rule
                .starts_with("injected: a fault")
        );
    }
    let mut bench = with_fault(status(503));
    bench.configure(Setting::Dialect(Dialect::Telefonica));
    bench
        .get("/qos-profiles")
        .expect_error(503, "SERVICE_UNAVAILABLE", "Service unavailable");
}

#[test]
fn every_status_has_its_code_and_the_words_of_its_operation() {
    let (list, one, session) = ("/qos-profiles", "/qos-profiles/QOS_E", "/sessions/x");
    let internal = "Internal server error: injected";
    for (path, code, name, message) in [
        (session, 401, "UNAUTHENTICATED", "Authorization failed: ..."),
        (session, 404, "NOT_FOUND", "Session Id does not exist"),
        (one, 404, "NOT_FOUND", "QosProfile Id does not exist"),
        (list, 405, "METHOD_NOT_ALLOWED", "Injected"),
        (list, 406, "NOT_ACCEPTABLE", "Injected"),
        (
            session,
            409,
            "CONFLICT",
            "Another session is created for the same device",
        ),
        (session, 413, "PAYLOAD_TOO_LARGE", "Injected"),
        (session, 415, "UNSUPPORTED_MEDIA_TYPE", "Injected"),
        (session, 418, "INJECTED", "Injected"),
        (session, 500, "INTERNAL", internal),
        (
            one,
            500,
            "INTERNAL",
            "Internal server error: Could not get QoS Profile",
        ),
        (
            session,
            501,
            "NOT_IMPLEMENTED",
            "Service not implemented for the specified user device",
        ),
        (list, 502, "BAD_GATEWAY", "Injected"),
        (list, 504, "TIMEOUT", "Injected"),
    ] {
        // Statuses that no document has, too.
        let mut bench = with_fault(status(code));
        let response = bench.sandbox.request(bench.now, request("GET", path));
        let body: Value = serde_json::from_str(&response.body).unwrap();
        let said = body["message"].as_str().unwrap();
        assert_eq!((response.status, &body["status"]), (code, &json!(code)));
        assert_eq!(body["code"], name);
        let same = (message.strip_suffix("...")).map_or(said == message, |m| said.starts_with(m));
        assert!(same, "{path} {code}: {said}");
    }
}

#[test]
fn a_code_of_ones_own_is_answered() {
    let fault = Fault {
        error: Some(Injected {
            error: InjectedError::Status(422, Some("UNPROCESSABLE".to_owned())),
            by: "a fault".to_owned(),
        }),
        ..any()
    };
    let mut bench = with_fault(fault);
    let request = request("GET", "/qos-profiles");
    let response = bench.sandbox.request(bench.now, request);
    assert_eq!(response.status, 422);
    assert!(
        response.body.contains("\"UNPROCESSABLE\""),
        "{}",
        response.body
    );
}

#[test]
fn one_operation_or_so_many_requests_can_be_concerned() {
    let fault = Fault {
        operation: Some(Operation::GetQosProfiles),
        times: Some(2),
        ..status(500)
    };
    let mut bench = with_fault(fault);
    bench.get("/qos-profiles/QOS_E").expect(200);
    let statuses: Vec<_> = (0..3).map(|_| profiles(&mut bench)).collect();
    assert_eq!(statuses, [500, 500, 200]);
    assert_eq!(bench.sandbox.faults().count(), 0);
}

#[test]
fn what_fails_has_no_effect_and_comes_before_every_check() {
    let mut bench = with_fault(status(500));
    bench.create(&minimal()).expect(500);
    assert!(bench.sandbox.sessions().is_empty());
    // Without a token, of a session that there is not, with a body that is none.
    let request = qod_sandbox::http::Request::new("GET", &format!("{ROOT}/sessions/x"));
    assert_eq!(bench.send(request).status, 500);
    // What is no operation is as ever.
    assert_eq!(bench.get("/elsewhere").status, 404);
}

#[test]
fn a_connection_fails_without_effect() {
    let mut bench = with_fault(Fault {
        network_error: true,
        times: Some(1),
        ..any()
    });
    let response = bench
        .sandbox
        .request(bench.now, post("/sessions", &minimal()));
    assert_eq!((response.status, response.body.as_str()), (0, ""));
    assert!(bench.sandbox.sessions().is_empty());
    assert!(bench.sandbox.traffic().next().unwrap().is_lost());
    bench.create(&minimal()).expect(201);
}

#[test]
fn latency_is_within_its_bounds_and_adds_up() {
    let millis = Duration::from_millis;
    let mut bench = with_fault(Fault {
        latency: Some((millis(100), millis(300))),
        ..any()
    });
    let delays: Vec<_> = (0..200)
        .map(|_| {
            profiles(&mut bench);
            bench.sandbox.traffic().next_back().unwrap().delay
        })
        .collect();
    assert!(
        delays
            .iter()
            .all(|delay| (millis(100)..=millis(300)).contains(delay))
    );
    let (least, most) = (delays.iter().min().unwrap(), delays.iter().max().unwrap());
    assert!(
        *least < millis(120) && *most > millis(280),
        "{least:?} to {most:?}"
    );
    bench.sandbox.add_fault(
        bench.now,
        Fault {
            latency: Some((millis(1_000), millis(1_000))),
            ..status(503)
        },
    );
    assert_eq!(profiles(&mut bench), 503);
    assert!(bench.sandbox.traffic().next_back().unwrap().delay >= millis(1_100));
}

#[test]
fn a_rate_is_met_by_chance_from_the_seed() {
    let rate = |probability| Fault {
        rate: Rate::new(probability),
        ..status(503)
    };
    let count = |probability| {
        let mut bench = with_fault(rate(probability));
        let failed = |_: &u32| profiles(&mut bench) == 503;
        (0..1_000_u32).filter(failed).collect::<Vec<_>>()
    };
    assert_eq!(count(0.0).len(), 0);
    assert_eq!(count(1.0).len(), 1_000);
    let some = count(0.3);
    assert!((250..350).contains(&some.len()), "{}", some.len());
    assert_eq!(count(0.3), some);
    assert_eq!(Rate::new(1.1), None);
    assert_eq!(Rate::new(f64::NAN), None);
    for probability in [0.0, 0.125, 0.5, 1.0] {
        let rate = Rate::new(probability).unwrap();
        assert!((rate.probability() - probability).abs() < f64::EPSILON);
    }
}

#[test]
fn a_rate_limit_says_when_to_try_again() {
    let mut bench = with_fault(Fault {
        rate_limit: Some(RateLimit {
            requests: NonZeroU32::new(2).unwrap(),
            per: Duration::from_secs(60),
        }),
        ..any()
    });
    assert_eq!([(); 3].map(|()| profiles(&mut bench)), [200, 200, 429]);
    bench.wait(10);
    let answer = bench.get("/qos-profiles");
    assert_eq!(answer.headers.first("retry-after"), Some("50"));
    answer.expect(429);
    bench.wait(50);
    assert_eq!(profiles(&mut bench), 200);
}

#[test]
fn of_several_faults_the_first_decides_and_each_can_be_switched_off() {
    let mut bench = with_fault(status(500));
    let second = bench.sandbox.add_fault(bench.now, status(503));
    let first = bench.sandbox.faults().next().unwrap().0;
    assert_eq!(profiles(&mut bench), 500);
    bench.sandbox.remove_fault(bench.now, first).unwrap();
    assert_eq!(profiles(&mut bench), 503);
    bench.sandbox.remove_fault(bench.now, second).unwrap();
    assert_eq!(profiles(&mut bench), 200);
    let gone = bench.sandbox.remove_fault(bench.now, second);
    assert_eq!(gone, Err(Declined::NoFault(second)));
    // A fault goes before a scenario.
    bench.sandbox.add_fault(bench.now, status(500));
    let answer = bench.send(post("/sessions", &json!({})).header("x-qod-scenario", "conflict"));
    assert_eq!(answer.status, 500);
}

#[test]
fn faults_are_named_and_can_all_be_taken_away() {
    let mut bench = with_fault(status(500));
    bench.sandbox.add_fault(bench.now, status(503));
    let ids: Vec<_> = bench.sandbox.faults().map(|(id, ..)| id).collect();
    for id in &ids {
        assert_eq!(FaultId::parse(&id.to_string()), Some(*id));
    }
    for other in ["fault-x", "fault-01", "fault-+1", "device-1", "1"] {
        assert_eq!(FaultId::parse(other), None, "{other}");
    }
    bench.sandbox.handle(bench.now, Input::ClearFaults).unwrap();
    assert_eq!(bench.sandbox.faults().count(), 0);
    assert_eq!(profiles(&mut bench), 200);
}

#[test]
fn an_exchange_tells_what_became_of_it() {
    let mut bench = with_fault(Fault {
        network_error: true,
        times: Some(1),
        ..any()
    });
    let late = Fault {
        latency: Some((Duration::from_millis(1500), Duration::from_millis(1500))),
        ..status(503)
    };
    bench.sandbox.add_fault(bench.now, late);
    profiles(&mut bench);
    profiles(&mut bench);
    bench.sandbox.handle(bench.now, Input::ClearFaults).unwrap();
    profiles(&mut bench);
    let told: Vec<_> = (bench.sandbox.traffic())
        .map(|exchange| {
            let error = exchange.error().map(|response| response.status);
            let (status, delay) = (exchange.status(), exchange.delay_millis());
            (status, error, delay, exchange.is_lost())
        })
        .collect();
    assert_eq!(
        told,
        [
            (0, None, 0, true),
            (503, Some(503), 1500, false),
            (200, None, 0, false)
        ]
    );
    let records: Vec<_> = (bench.sandbox.traffic())
        .map(|exchange| json!(exchange.record()))
        .collect();
    assert_eq!(records[1]["delayMs"], 1500);
    assert_eq!(records[2].get("delayMs"), None);
    // The bodies, where there is one.
    assert_eq!(records[2]["request"].get("body"), None);
    let body = records[2]["response"]["body"].as_str().unwrap();
    assert!(body.contains("QOS_E"), "{body}");
    // Each is the same as itself only.
    let traffic: Vec<_> = bench.sandbox.traffic().collect();
    for (place, one) in traffic.iter().enumerate() {
        for (other_place, other) in traffic.iter().enumerate() {
            assert_eq!(one == other, place == other_place);
        }
    }
}
