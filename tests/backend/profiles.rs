//! QoS profiles: how they are found, and what those of an operator of one's own change.

use std::sync::Arc;
use std::time::Duration;

use crate::common::*;
use qod_sandbox::api;
use qod_sandbox::engine::{Operator, Quantity, TimeUnit};
use qod_sandbox::sandbox::Setting;
use serde_json::{Value, json};

#[test]
fn profiles_are_found_by_name_and_status() {
    let cases: [(&str, &[&str]); 8] = [
        (
            "",
            &[
                "QOS_E",
                "QOS_S",
                "QOS_M",
                "QOS_L",
                "BURST_UPLOAD",
                "DRONE_CONTROL",
                "VOICE_CLASSIC",
            ],
        ),
        (
            "?status=ACTIVE",
            &["QOS_E", "QOS_S", "QOS_M", "QOS_L", "BURST_UPLOAD"],
        ),
        ("?status=INACTIVE", &["DRONE_CONTROL"]),
        ("?status=DEPRECATED", &["VOICE_CLASSIC"]),
        ("?name=QOS_S", &["QOS_S"]),
        ("?name=QOS%5FS", &["QOS_S"]),
        ("?name=QOS_S&status=ACTIVE", &["QOS_S"]),
        ("?colour=red&name=QOS_S", &["QOS_S"]),
    ];
    for (query, names) in cases {
        let found = Bench::new()
            .get(&format!("/qos-profiles{query}"))
            .expect(200);
        let found: Vec<_> = found
            .as_array()
            .unwrap()
            .iter()
            .map(|p| &p["name"])
            .collect();
        assert_eq!(found, names, "{query}");
    }
}

#[test]
fn profiles_that_are_not_found() {
    let none = "No QoS Profiles found";
    for query in [
        "?name=QOS_X",
        "?name=",
        "?name=QOS_S&status=INACTIVE",
        "?name=x%20y",
    ] {
        let answer = Bench::new().get(&format!("/qos-profiles{query}"));
        answer.expect_error(404, "NOT_FOUND", none);
    }
    for query in ["?status=active", "?status="] {
        let answer = Bench::new().get(&format!("/qos-profiles{query}"));
        answer.expect_error(
            400,
            "INVALID_ARGUMENT",
            "Schema validation failed at  status: ...",
        );
    }
    let answer = Bench::new().get("/qos-profiles/QOS_X");
    answer.expect_error(404, "NOT_FOUND", "QosProfile Id does not exist");
    for name in ["AB", "QOS%20E", "QOS%2FE", &"x".repeat(257)] {
        let answer = Bench::new().get(&format!("/qos-profiles/{name}"));
        answer.expect_error(
            400,
            "INVALID_ARGUMENT",
            "Schema validation failed at  name: ...",
        );
    }
}

#[test]
fn every_profile_has_all_its_figures_within_bounds() {
    let mut bench = Bench::new();
    let all = bench.get("/qos-profiles").expect(200);
    for profile in all.as_array().unwrap() {
        let name = profile["name"].as_str().unwrap();
        let one = bench.get(&format!("/qos-profiles/{name}")).expect(200);
        assert_eq!(&one, profile);
        let members = profile.as_object().unwrap();
        for direction in ["Upstream", "Downstream"] {
            for kind in ["targetMin", "max"] {
                let rate = &profile[format!("{kind}{direction}Rate")];
                assert!(rate["value"].as_u64().unwrap() <= 1024, "{rate}");
                assert_eq!(rate["unit"], "Mbps");
            }
        }
        for length in ["minDuration", "maxDuration", "packetDelayBudget", "jitter"] {
            assert!(profile[length]["value"].as_u64().unwrap() >= 1);
            assert!(profile[length]["unit"].is_string());
        }
        assert!((1..=100).contains(&profile["priority"].as_u64().unwrap()));
        assert!((1..=10).contains(&profile["packetErrorLossRate"].as_u64().unwrap()));
        assert_eq!(members.len(), 15, "{profile}");
    }
}

// Of one's own.

/// An operator with one profile that can be had for one to ten minutes, one for any time, and one
/// that is not offered any more.
fn own() -> Bench {
    let profiles = json!([
        {
            "name": "QCI_1_voice", "status": "ACTIVE",
            "minDuration": { "value": 1, "unit": "Minutes" },
            "maxDuration": { "value": 600_000, "unit": "Milliseconds" },
        },
        { "name": "ANY.TIME", "status": "ACTIVE" },
        { "name": "old", "status": "DEPRECATED", "description": "No longer" },
    ]);
    let operator = Operator {
        profiles: api::catalogue(&profiles).unwrap(),
        ..Operator::default()
    };
    let mut bench = Bench::planned(grants_after(0));
    bench.configure(Setting::Operator(Arc::new(operator)));
    bench
}

fn names(found: &Value) -> Vec<&str> {
    let found = found.as_array().unwrap().iter();
    found.map(|p| p["name"].as_str().unwrap()).collect()
}

#[test]
fn an_operators_own_profiles_are_the_only_ones() {
    let mut bench = own();
    let all = bench.get("/qos-profiles").expect(200);
    assert_eq!(names(&all), ["QCI_1_voice", "ANY.TIME", "old"]);
    assert_eq!(
        all[2],
        json!({ "name": "old", "description": "No longer", "status": "DEPRECATED" })
    );
    assert_eq!(
        bench.get("/qos-profiles/ANY.TIME").expect(200),
        json!({ "name": "ANY.TIME", "status": "ACTIVE" })
    );
    let gone = bench.get("/qos-profiles/QOS_E");
    gone.expect_error(404, "NOT_FOUND", "QosProfile Id does not exist");
    let listed: Vec<_> = bench.sandbox.catalogue().iter().collect();
    assert_eq!(listed.len(), 3);
    assert_eq!(listed[0].name.as_str(), "QCI_1_voice");

    let body = bench.create(&minimal()).expect(400);
    assert_eq!(body["code"], "INVALID_ARGUMENT");
}

#[test]
fn figures_come_back_in_the_units_that_they_were_given_in() {
    let times = [
        "Days",
        "Hours",
        "Minutes",
        "Seconds",
        "Milliseconds",
        "Microseconds",
        "Nanoseconds",
    ];
    let rates = ["bps", "kbps", "Mbps", "Gbps", "Tbps"];
    let profiles: Vec<_> = (0..7)
        .map(|n| {
            let rate = json!({ "value": ([0, 1024][n % 2]), "unit": rates[n % 5] });
            let time = json!({ "value": ([1, i32::MAX][n % 2]), "unit": times[n] });
            json!({
                "name": format!("QCI_{n}"), "status": "ACTIVE",
                "targetMinUpstreamRate": rate, "maxDownstreamBurstRate": rate,
                "minDuration": time, "maxDuration": time, "jitter": time,
                "priority": ([1, 100][n % 2]), "packetErrorLossRate": ([1, 10][n % 2]),
            })
        })
        .collect();
    let profiles = Value::from(profiles);
    let operator = Operator {
        profiles: api::catalogue(&profiles).unwrap(),
        ..Operator::default()
    };
    let mut bench = Bench::new();
    bench.configure(Setting::Operator(Arc::new(operator)));
    assert_eq!(bench.get("/qos-profiles").expect(200), profiles);
}

#[test]
fn bounds_and_their_lack_are_kept_to() {
    for (profile, seconds, status) in [
        ("QCI_1_voice", 59, 400),
        ("QCI_1_voice", 60, 201),
        ("QCI_1_voice", 600, 201),
        ("QCI_1_voice", 601, 400),
        ("ANY.TIME", 1, 201),
        ("ANY.TIME", 86_400, 201),
        ("old", 60, 400),
    ] {
        let body = with(lasting(seconds), &json!({ "qosProfile": profile }));
        let answer = own().create(&body);
        assert_eq!(answer.status, status, "{profile}, {seconds} s");
    }
}

#[test]
fn an_extension_ends_where_the_own_profile_does() {
    let mut bench = own();
    let voice = json!({ "qosProfile": "QCI_1_voice" });
    let id = bench.created(&with(lasting(60), &voice));
    assert_eq!(bench.extend(&id, 540).expect(200)["duration"], 600);
    assert_eq!(bench.extend(&id, 1).expect(200)["duration"], 600);
}

#[test]
fn what_a_profile_allows_is_explained_in_its_own_units() {
    let mut bench = own();
    let voice = json!({ "qosProfile": "QCI_1_voice" });
    bench.create(&with(lasting(601), &voice)).expect(400);
    let explained = bench.explanations().to_string();
    let bounds = "QCI_1_voice can be had for 1 minutes to 600000 milliseconds;";
    assert!(explained.contains(bounds), "{explained}");
}

#[test]
fn every_unit_of_time_is_as_long_as_it_is() {
    for (unit, length) in [
        (TimeUnit::Days, Duration::from_secs(3 * 86_400)),
        (TimeUnit::Hours, Duration::from_secs(3 * 3_600)),
        (TimeUnit::Minutes, Duration::from_secs(3 * 60)),
        (TimeUnit::Seconds, Duration::from_secs(3)),
        (TimeUnit::Milliseconds, Duration::from_millis(3)),
        (TimeUnit::Microseconds, Duration::from_micros(3)),
        (TimeUnit::Nanoseconds, Duration::from_nanos(3)),
    ] {
        let quantity = Quantity { value: 3, unit };
        assert_eq!(quantity.duration(), length);
    }
}
