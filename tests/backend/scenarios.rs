//! Scenarios: what becomes of a session, by name, by test value, or as the sandbox has it.

use std::sync::Arc;
use std::time::Duration;

use crate::common::*;
use qod_sandbox::sandbox::{
    Answering, DEFAULT_SCENARIO, Named, Output, Scenario, SetAnswer, SetReply, Setting, Target,
};
use serde_json::{Value, json};

/// What is seen of a session of 100 s that is made with some members and a header, until it is
/// over: the answer, then events and attempts, each with its second.
fn story(bench: &mut Bench, members: &Value, scenario: Option<&str>) -> Vec<String> {
    let hook = json!({ "notificationUrl": "https://a.example/hook" });
    let body = with(
        with(minimal(), &json!({ "duration": 100, "webhook": hook })),
        members,
    );
    let mut request = post("/sessions", &body);
    if let Some(name) = scenario {
        request = request.header("X-QoD-Scenario", name);
    }
    let answer = bench.send(request);
    if answer.status != 201 {
        let exchange = bench.sandbox.traffic().next_back().unwrap().record();
        assert!(exchange.explanations[0].rule.starts_with("injected: "));
        assert!(exchange.scenario.is_some());
        return vec![format!(
            "{} {}",
            answer.status,
            answer.body["code"].as_str().unwrap()
        )];
    }
    let mut story = vec![format!(
        "201 {}",
        answer.body["qosStatus"].as_str().unwrap()
    )];
    bench.wait(600);
    for notification in bench.sandbox.notifications() {
        let message = &notification.message;
        let data = serde_json::to_value(message.event()).unwrap()["data"].clone();
        let words = [&data["qosStatus"], &data["statusInfo"]];
        let words: Vec<_> = words.iter().filter_map(|word| word.as_str()).collect();
        let attempts = notification.deliveries.iter().map(|delivery| {
            let status = delivery
                .status
                .map_or(String::new(), |status| status.to_string());
            format!("{}s {status}", delivery.at.since(START).as_secs())
        });
        let attempts: Vec<_> = attempts.collect();
        let at = message.at.since(START).as_secs();
        story.push(format!(
            "{at}s {}: {}",
            words.join(" "),
            attempts.join(", ")
        ));
    }
    story
}

/// Whose webhook takes everything.
fn bench() -> Bench {
    let mut bench = Bench::new();
    let always = SetAnswer::always(SetReply::Status(204));
    bench.receiver(Target::Any, Answering::Set(always));
    bench
}

/// The same with a scenario in force.
fn following(scenario: &str) -> Bench {
    let mut bench = bench();
    bench.configure(Setting::Scenario(Scenario::named(scenario).map(Arc::new)));
    bench
}

/// The story that each scenario of the catalogue tells.
fn expected(name: &str) -> Vec<&'static str> {
    let granted = "2s AVAILABLE: 2s 204";
    let expired = "100s UNAVAILABLE DURATION_EXPIRED: 100s 204";
    match name {
        "granted-after-2s" | "slow-answer" => vec!["201 REQUESTED", granted, expired],
        "granted-at-once" => vec!["201 AVAILABLE", "0s AVAILABLE: 0s 204", expired],
        "granted-after-60s" => vec!["201 REQUESTED", "60s AVAILABLE: 60s 204", expired],
        "never-granted" => vec!["201 REQUESTED", expired],
        "refused-after-2s" => vec!["201 REQUESTED", "2s UNAVAILABLE NETWORK_TERMINATED: 2s 204"],
        "refused-at-once" => vec![
            "201 UNAVAILABLE",
            "0s UNAVAILABLE NETWORK_TERMINATED: 0s 204",
        ],
        "terminated-after-10s" => {
            vec![
                "201 REQUESTED",
                granted,
                "12s UNAVAILABLE NETWORK_TERMINATED: 12s 204",
            ]
        }
        "terminated-halfway" => {
            vec![
                "201 REQUESTED",
                granted,
                "50s UNAVAILABLE NETWORK_TERMINATED: 50s 204",
            ]
        }
        "device-unknown" | "device-inconsistent" => vec!["400 INVALID_ARGUMENT"],
        "not-implemented" => vec!["501 NOT_IMPLEMENTED"],
        "conflict" => vec!["409 CONFLICT"],
        "unauthenticated" => vec!["401 UNAUTHENTICATED"],
        "permission-denied" => vec!["403 PERMISSION_DENIED"],
        "too-many-requests" => vec!["429 TOO_MANY_REQUESTS"],
        "internal-error" => vec!["500 INTERNAL"],
        "unavailable" => vec!["503 UNAVAILABLE"],
        "webhook-fails-twice" => vec![
            "201 REQUESTED",
            "2s AVAILABLE: 2s 503, 3s 503, 5s 204",
            "100s UNAVAILABLE DURATION_EXPIRED: 100s 503, 101s 503, 103s 204",
        ],
        "notification-duplicated" => vec![
            "201 REQUESTED",
            "2s AVAILABLE: 2s 204, 2s 204",
            "100s UNAVAILABLE DURATION_EXPIRED: 100s 204, 100s 204",
        ],
        "notification-late" => vec![
            "201 REQUESTED",
            "2s AVAILABLE: 32s 204",
            "100s UNAVAILABLE DURATION_EXPIRED: 130s 204",
        ],
        "notification-out-of-order" => {
            vec!["201 REQUESTED", "2s AVAILABLE: 101s 204", expired]
        }
        _ => Vec::new(),
    }
}

#[test]
fn each_scenario_tells_its_story_however_it_is_chosen() {
    for named in Named::all() {
        let (name, expected) = (named.name, expected(named.name));
        let nothing = json!({});
        assert_eq!(
            story(&mut bench(), &nothing, Some(name)),
            expected,
            "{name} by header"
        );

        let of_the_sandbox = story(&mut following(name), &nothing, None);
        assert_eq!(of_the_sandbox, expected, "{name} of the sandbox");

        let values = named.test_values();
        for device in [
            json!({ "phoneNumber": values.phone_number }),
            json!({ "phoneNumber": values.phone_number.trim_start_matches('+') }),
            json!({ "networkAccessIdentifier": values.network_access_identifier }),
            json!({ "ipv4Address": { "publicAddress": values.ipv4_address, "publicPort": 7 } }),
            json!({ "ipv6Address": values.ipv6_address }),
        ] {
            let members = json!({ "device": device });
            assert_eq!(
                story(&mut bench(), &members, None),
                expected,
                "{name} by {device}"
            );
        }
    }
}

#[test]
fn the_default_is_the_first_of_the_catalogue() {
    assert_eq!(Named::all().next().unwrap().name, DEFAULT_SCENARIO);
    assert_eq!(
        story(&mut bench(), &json!({}), None),
        expected(DEFAULT_SCENARIO)
    );
}

#[test]
fn the_header_goes_before_the_device_and_that_before_the_sandbox() {
    let value = |name: &str| {
        Named::all()
            .find(|named| named.name == name)
            .unwrap()
            .test_values()
    };
    let refused = json!({ "device": { "phoneNumber": value("refused-at-once").phone_number } });
    assert_eq!(
        story(&mut following("unavailable"), &refused, None)[0],
        "201 UNAVAILABLE"
    );
    let mut bench = following("unavailable");
    assert_eq!(
        story(&mut bench, &refused, Some("granted-at-once"))[0],
        "201 AVAILABLE"
    );
    assert_eq!(story(&mut bench, &json!({}), None), ["503 UNAVAILABLE"]);
}

#[test]
fn of_two_test_values_the_first_kind_counts() {
    let values = |name: &str| {
        Named::all()
            .find(|named| named.name == name)
            .unwrap()
            .test_values()
    };
    let (first, second) = (values("conflict"), values("granted-at-once"));
    let both = json!({ "device": {
        "ipv6Address": first.ipv6_address,
        "networkAccessIdentifier": second.network_access_identifier,
    } });
    assert_eq!(story(&mut bench(), &both, None)[0], "201 AVAILABLE");
    let both = json!({ "device": {
        "phoneNumber": first.phone_number,
        "networkAccessIdentifier": second.network_access_identifier,
    } });
    assert_eq!(story(&mut bench(), &both, None), ["409 CONFLICT"]);
}

#[test]
fn other_identifiers_are_like_any_device() {
    for device in [
        json!({ "phoneNumber": "+99900000999" }),
        json!({ "phoneNumber": "+9990000001" }),
        json!({ "phoneNumber": "+999000000011" }),
        json!({ "networkAccessIdentifier": "conflict@other.example" }),
        json!({ "ipv4Address": { "publicAddress": "192.0.2.200", "publicPort": 7 } }),
        json!({ "ipv4Address": { "publicAddress": "192.0.3.12", "publicPort": 7 } }),
        json!({ "ipv6Address": "2001:db8:5a7d:c::1" }),
        json!({ "ipv6Address": "2001:db8:5a7e:12::1" }),
    ] {
        let members = json!({ "device": device });
        assert_eq!(
            story(&mut bench(), &members, None),
            expected(DEFAULT_SCENARIO),
            "{device}"
        );
    }
}

#[test]
fn an_unknown_name_is_refused_with_the_names() {
    let mut bench = bench();
    let request = post("/sessions", &minimal()).header("X-QoD-Scenario", "granted");
    let message = "Schema validation failed at  x-qod-scenario: there is no scenario granted, but granted-after-2s, ...";
    bench
        .send(request)
        .expect_error(400, "INVALID_ARGUMENT", message);
    let suggestion = bench.explanations()[0]["suggestion"].clone();
    assert!(
        suggestion.as_str().unwrap().contains("webhook-fails-twice"),
        "{suggestion}"
    );
    assert!(bench.sandbox.sessions().is_empty());
}

#[test]
fn errors_of_any_operation_can_be_had_by_header_and_those_of_create_concern_no_other() {
    let mut bench = bench();
    let id = bench.created(&minimal());
    let path = format!("/sessions/{id}");
    let extend = json!({ "requestedAdditionalDuration": 60 });
    let requests = || {
        [
            request("GET", &path),
            post(&format!("{path}/extend"), &extend),
            request("GET", "/qos-profiles"),
            request("GET", "/qos-profiles/QOS_E"),
            request("DELETE", &path),
        ]
    };
    bench.wait(2);
    for (name, status) in [
        ("unauthenticated", 401),
        ("permission-denied", 403),
        ("internal-error", 500),
        ("unavailable", 503),
    ] {
        for request in requests() {
            let answer = bench.send(request.header("x-qod-scenario", name));
            assert_eq!(answer.status, status);
        }
    }
    for name in [
        "conflict",
        "not-implemented",
        "device-unknown",
        "refused-at-once",
    ] {
        for request in requests().into_iter().take(4) {
            let answer = bench.send(request.header("x-qod-scenario", name));
            assert_eq!(answer.status, 200, "{name}");
        }
    }
}

#[test]
fn what_a_slow_call_causes_is_not_delivered_before_its_answer() {
    let mut bench = bench();
    let slow = post("/sessions", &lasting(60)).header("x-qod-scenario", "slow-answer");
    assert_eq!(bench.send(slow).status, 201);
    let exchange = bench.sandbox.traffic().next_back().unwrap().clone();
    assert_eq!(exchange.delay, Duration::from_secs(5));
    // Whoever asked is told when it comes.
    let comes = Output::Answered(exchange.id);
    assert!(!bench.wait_millis(4999).outputs().contains(&comes));
    assert!(bench.wait_millis(1).outputs().contains(&comes));
    bench.wait(5);
    let id = bench.sandbox.sessions()[0].id.to_string();
    let delete = request("DELETE", &format!("/sessions/{id}"));
    let delete = bench.send(delete.header("x-qod-scenario", "slow-answer"));
    assert_eq!(delete.status, 204);
    // The effect is there at once, what is told of it is not.
    assert_eq!(bench.status(&id), "404");
    let told = |bench: &Bench| {
        bench
            .sandbox
            .notifications()
            .next_back()
            .unwrap()
            .deliveries
            .len()
    };
    assert_eq!(told(&bench), 0);
    bench.wait(5);
    assert_eq!(told(&bench), 1);
}

#[test]
fn the_traffic_names_the_scenario_that_an_exchange_followed() {
    let followed = |setting: Option<&str>, header: Option<&str>| {
        let mut bench = Bench::new();
        if let Some(name) = setting {
            let scenario = Scenario::named(name).unwrap();
            bench.configure(Setting::Scenario(Some(Arc::new(scenario))));
        }
        let mut request = request("GET", "/qos-profiles");
        if let Some(name) = header {
            request = request.header("X-QoD-Scenario", name);
        }
        bench.send(request);
        let exchange = bench.sandbox.traffic().next_back().unwrap().record();
        exchange.scenario.map(|name| name.to_string())
    };
    for (setting, header, expected) in [
        (None, None, None),
        // Only sessions notice anything of these.
        (Some("granted-at-once"), None, None),
        (Some("never-granted"), None, None),
        (Some("slow-answer"), None, Some("slow-answer")),
        (Some("unavailable"), None, Some("unavailable")),
        (None, Some("granted-at-once"), Some("granted-at-once")),
        (
            Some("slow-answer"),
            Some("never-granted"),
            Some("never-granted"),
        ),
    ] {
        let named = followed(setting, header);
        assert_eq!(named.as_deref(), expected, "{setting:?} {header:?}");
    }
}
