//! What people are told beside a refusal: what was probably meant, and what is ignored.

use crate::common::*;
use proptest::prelude::*;
use qod_sandbox::api::Patch;
use serde_json::{Value, json};

/// The suggestions for a create request of `minimal` with these members.
fn suggestions(members: &Value, status: u16) -> Vec<(String, String)> {
    let mut bench = Bench::new();
    let body = with(minimal(), members);
    assert_eq!(bench.create(&body).status, status);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let explanations = bench.explanations();
    for explanation in explanations.as_array().unwrap() {
        patch_helps(&body, explanation);
    }
    explanations
        .as_array()
        .unwrap()
        .iter()
        .map(|explanation| {
            (
                text(&explanation["pointer"]),
                text(&explanation["suggestion"]),
            )
        })
        .collect()
}

/// What an explanation's patch is applied to has not what it explains; and where it says what to
/// do, it has one.
#[track_caller]
fn patch_helps(body: &Value, explanation: &Value) {
    let suggestion = explanation["suggestion"].as_str().unwrap_or_default();
    let Some(patch) = explanation.get("patch") else {
        let vague = ["it has ", "the active ones are ", "write all of it"];
        let incomplete = suggestion.contains('…') || suggestion.contains("IPv4 address: give it");
        let told = vague.iter().any(|text| suggestion.starts_with(text));
        assert!(suggestion.is_empty() || told || incomplete, "{explanation}");
        return;
    };
    let body = patched(body, patch);
    let mut bench = Bench::new();
    bench.create(&body);
    let same = |other: &Value| {
        ["pointer", "rule"]
            .iter()
            .all(|name| other[name] == explanation[name])
    };
    let still = bench.explanations();
    let still = still.as_array().unwrap();
    assert!(!still.iter().any(same), "{explanation} of {body}");
}

/// A body after a JSON Patch.
fn patched(body: &Value, patch: &Value) -> Value {
    let text = |change: &Value, name: &str| change[name].as_str().unwrap_or_default().to_owned();
    let change = |change: &Value| {
        let (path, from) = (text(change, "path"), text(change, "from"));
        let value = change["value"].clone();
        match text(change, "op").as_str() {
            "add" => Patch::Add { path, value },
            "remove" => Patch::Remove { path },
            "replace" => Patch::Replace { path, value },
            "move" => Patch::Move { from, path },
            op => unreachable!("{op}"),
        }
    };
    let patch: Vec<_> = patch.as_array().unwrap().iter().map(change).collect();
    qod_sandbox::api::patched(body, &patch).unwrap()
}

#[test]
fn the_portals_sample_is_told_what_to_move() {
    let sample = json!({
        "device": {
            "ipv4Address": { "publicAddress": "203.0.113.25", "publicPort": 8080 },
            "applicationServer": { "ipv4Address": "0.0.0.0/0" },
            "qosProfile": "QOS_E",
            "duration": 300,
        },
    });
    let mut bench = Bench::new();
    let message = "Expected property is missing: applicationServer";
    bench
        .create(&sample)
        .expect_error(400, "INVALID_ARGUMENT", message);
    let seen: Vec<_> = bench
        .explanations()
        .as_array()
        .unwrap()
        .iter()
        .map(|explanation| {
            let text = |name: &str| explanation[name].as_str().unwrap().to_owned();
            [text("pointer"), text("rule"), text("suggestion")]
        })
        .collect();
    let all = bench.explanations();
    let moved = (all.as_array().unwrap().iter()).fold(sample, |body, explanation| {
        patched(&body, &explanation["patch"])
    });
    bench.create(&moved).expect(201);
    let up = |name: &str| format!("`{name}` stands inside `device`: move it one level up");
    let line =
        |pointer: &str, rule: &str, name: &str| [pointer.to_owned(), rule.to_owned(), up(name)];
    assert_eq!(
        seen,
        [
            line(
                "/applicationServer",
                "applicationServer is required",
                "applicationServer"
            ),
            line("/qosProfile", "qosProfile is required", "qosProfile"),
            line(
                "/device/duration",
                "device.duration is no member of Device, and is ignored",
                "duration"
            ),
        ]
    );
}

#[test]
fn values_that_were_probably_meant_otherwise() {
    let device = |member: &str, value: &Value| json!({ "device": { member: value } });
    let ipv4 = |address: &str| json!({ "device": { "ipv4Address": { "publicAddress": address, "publicPort": 1 } } });
    let server = |member: &str, value: &str| json!({ "applicationServer": { member: value } });
    let ports = |value: Value| json!({ "devicePorts": value });
    let url = |value: &str| json!({ "webhook": { "notificationUrl": value } });
    for (members, pointer, suggestion) in [
        (
            json!({ "duration": "3600" }),
            "/duration",
            "write the number without quotes: 3600",
        ),
        (
            json!({ "duration": 3_600_000 }),
            "/duration",
            "durations are in seconds: write 3600",
        ),
        (json!({ "duration": 86_401 }), "/duration", ""),
        (json!({ "duration": true }), "/duration", ""),
        (
            ports(json!({ "ports": ["443"] })),
            "/devicePorts/ports/0",
            "write the number without quotes: 443",
        ),
        (
            ports(json!({ "ports": 443 })),
            "/devicePorts/ports",
            "write [443]",
        ),
        (
            ports(json!([443])),
            "/devicePorts",
            r#"write {"ports":[443]}"#,
        ),
        (
            ports(json!(443)),
            "/devicePorts",
            r#"write {"ports":[443]}"#,
        ),
        (
            ports(json!({ "ranges": ["5010-5020"] })),
            "/devicePorts/ranges/0",
            r#"write {"from": 5010, "to": 5020}"#,
        ),
        (
            ports(json!({ "ranges": [{ "from": 5020, "to": 5010 }] })),
            "/devicePorts/ranges/0",
            "swap them: from 5010 to 5020",
        ),
        (
            ports(json!({ "ranges": [{ "from": 1, "to": 65_536 }] })),
            "/devicePorts/ranges/0",
            "",
        ),
        (
            json!({ "qosProfile": "qos_e" }),
            "/qosProfile",
            "did you mean QOS_E?",
        ),
        (
            json!({ "qosProfile": "burst-upload" }),
            "/qosProfile",
            "did you mean BURST_UPLOAD?",
        ),
        (
            json!({ "qosProfile": "GOLD" }),
            "/qosProfile",
            "the active ones are QOS_E, QOS_S, QOS_M, QOS_L, BURST_UPLOAD",
        ),
        (
            json!({ "qosProfile": "VOICE_CLASSIC" }),
            "/qosProfile",
            "the active ones are QOS_E, QOS_S, QOS_M, QOS_L, BURST_UPLOAD",
        ),
        (
            device("phoneNumber", &json!("+34 600-000-001")),
            "/device/phoneNumber",
            r#"write "+34600000001""#,
        ),
        (
            device("phoneNumber", &json!("0034600000001x")),
            "/device/phoneNumber",
            "",
        ),
        (
            device("phoneNumber", &json!("tel:+34600000001")),
            "/device/phoneNumber",
            r#"write "+34600000001""#,
        ),
        (
            device("phoneNumber", &json!(34_600_000_001_i64)),
            "/device/phoneNumber",
            r#"write it in quotes: "34600000001""#,
        ),
        (
            device("ipv4Address", &json!("203.0.113.25")),
            "/device/ipv4Address",
            r#"write {"publicAddress": "203.0.113.25", "publicPort": …}, or with a `privateAddress`"#,
        ),
        (
            ipv4("203.0.113.25/32"),
            "/device/ipv4Address/publicAddress",
            r#"a device has one address, without a mask: write "203.0.113.25""#,
        ),
        (
            ipv4("203.0.113.25:8080"),
            "/device/ipv4Address/publicAddress",
            r#"write "203.0.113.25", and the port as `publicPort`: 8080"#,
        ),
        (
            ipv4("2001:db8::1"),
            "/device/ipv4Address/publicAddress",
            "this is an IPv6 address: give it as `ipv6Address` of the device",
        ),
        (
            device("ipv6Address", &json!("2001:db8::/64")),
            "/device/ipv6Address",
            r#"one address stands for its /64, without a mask: write "2001:db8::""#,
        ),
        (
            device("ipv6Address", &json!("fe80::1%eth0")),
            "/device/ipv6Address",
            r#"a zone means nothing outside of its host: write "fe80::1""#,
        ),
        (
            device("ipv6Address", &json!("[2001:db8::1]:80")),
            "/device/ipv6Address",
            r#"write "2001:db8::1""#,
        ),
        (
            device("ipv6Address", &json!("1.2.3.4")),
            "/device/ipv6Address",
            "this is an IPv4 address: give it as `ipv4Address`",
        ),
        (
            server("ipv4Address", "1.2.3.4:443"),
            "/applicationServer/ipv4Address",
            r#"write "1.2.3.4", and the port in `applicationServerPorts`"#,
        ),
        (
            server("ipv4Address", "::1"),
            "/applicationServer/ipv4Address",
            "this is IPv6: give it as `ipv6Address`",
        ),
        (
            server("ipv6Address", "1.2.3.0/24"),
            "/applicationServer/ipv6Address",
            "this is IPv4: give it as `ipv4Address`",
        ),
        (
            url("/hook"),
            "/webhook/notificationUrl",
            "write all of it, such as https://application-server.com/notifications",
        ),
        (
            url("https://a.example/a b"),
            "/webhook/notificationUrl",
            r#"write "https://a.example/a%20b""#,
        ),
        (
            json!({ "webhook": "https://a.example" }),
            "/webhook",
            r#"write {"notificationUrl":"https://a.example"}"#,
        ),
        (
            json!({ "webhook": { "notificationUrl": "https://a", "notificationAuthToken": "short" } }),
            "/webhook/notificationAuthToken",
            "it has 5",
        ),
    ] {
        let expected = [(pointer.to_owned(), suggestion.to_owned())];
        assert_eq!(suggestions(&members, 400), expected, "{members}");
    }
}

#[test]
fn names_that_were_probably_meant_otherwise() {
    let name =
        |name: &str, value: Value| with(json!({ "qosProfile": null }), &json!({ name: value }));
    for (members, pointer, suggestion) in [
        (
            name("qosprofile", json!("QOS_E")),
            "/qosProfile",
            "did you mean `qosProfile`?",
        ),
        (
            name("qos_profile", json!("QOS_E")),
            "/qosProfile",
            "did you mean `qosProfile`?",
        ),
        (
            name("qosProfil", json!("QOS_E")),
            "/qosProfile",
            "did you mean `qosProfile`?",
        ),
        (name("quality", json!("QOS_E")), "/qosProfile", ""),
        (
            json!({ "device": null, "ueId": {} }),
            "/device",
            "in this version it is `device`",
        ),
        (
            json!({ "webhook": { "url": "https://a" } }),
            "/webhook/notificationUrl",
            "",
        ),
        (
            json!({ "webhook": { "notificationURL": "https://a" } }),
            "/webhook/notificationUrl",
            "did you mean `notificationUrl`?",
        ),
        (
            json!({ "devicePorts": { "ranges": [{ "form": 1, "to": 2 }] } }),
            "/devicePorts/ranges/0/from",
            "did you mean `from`?",
        ),
    ] {
        let seen = suggestions(&members, 400);
        assert_eq!(
            seen[0],
            (pointer.to_owned(), suggestion.to_owned()),
            "{members}"
        );
    }
}

#[test]
fn what_is_accepted_and_ignored_is_told() {
    for (members, pointer, suggestion) in [
        (
            json!({ "durations": 60 }),
            "/durations",
            "did you mean `duration`?",
        ),
        (
            json!({ "sink": "https://a.example" }),
            "/sink",
            "in this version it is `webhook.notificationUrl`",
        ),
        (
            json!({ "notificationUrl": "https://a.example" }),
            "/notificationUrl",
            "`notificationUrl` belongs into `webhook`: move it there",
        ),
        (
            json!({ "applicationServer": { "ipv4Address": "1.2.3.4", "applicationServerPorts": { "ports": [1] } } }),
            "/applicationServer/applicationServerPorts",
            "`applicationServerPorts` stands inside `applicationServer`: move it one level up",
        ),
        (
            json!({ "device": { "phoneNumber": "+34600000001", "duration": 60 } }),
            "/device/duration",
            "`duration` stands inside `device`: move it one level up",
        ),
        (json!({ "a/b~c": 1 }), "/a~1b~0c", ""),
    ] {
        let expected = [(pointer.to_owned(), suggestion.to_owned())];
        assert_eq!(suggestions(&members, 201), expected, "{members}");
    }
    assert!(suggestions(&json!({}), 201).is_empty());
    let mut bench = Bench::planned(grants_after(0));
    let id = bench.created(&minimal());
    let body = json!({ "requestedAdditionalDuration": 1, "duration": 1 });
    bench
        .send(post(&format!("/sessions/{id}/extend"), &body))
        .expect(200);
    let rule = bench.explanations()[0]["rule"].clone();
    assert_eq!(
        rule,
        "duration is no member of ExtendSessionDuration, and is ignored"
    );
}

#[test]
fn a_port_behind_an_address_goes_where_it_belongs() {
    let device = json!({ "device": { "ipv4Address": { "publicAddress": "203.0.113.25:8080" } } });
    let body = with(minimal(), &device);
    let mut bench = Bench::new();
    bench.create(&body).expect(400);
    let mended = patched(&body, &bench.explanations()[0]["patch"]);
    let address = json!({ "publicAddress": "203.0.113.25", "publicPort": 8080 });
    assert_eq!(mended["device"]["ipv4Address"], address);
    bench.create(&mended).expect(201);
}

#[test]
fn bodies_that_are_no_json() {
    for (body, suggestion) in [
        ("", "send a body in JSON"),
        (
            "[object Object]",
            "the body is an object turned into text: send JSON.stringify(object)",
        ),
        (
            "duration=60&qosProfile=QOS_E",
            "this is a form: the API takes JSON",
        ),
        ("{'duration': 60}", "JSON has double quotes"),
        ("{\"duration\": 60,}", ""),
        ("{\"duration\": '60'}", ""),
        ("{duration: 60}", ""),
        ("hello", ""),
        ("a=\"b\"", ""),
    ] {
        let mut bench = Bench::new();
        bench
            .send(post("/sessions", &json!(null)).body(body))
            .expect(400);
        let explanation = &bench.explanations()[0];
        assert_eq!(
            explanation["suggestion"].as_str().unwrap_or_default(),
            suggestion,
            "{body}"
        );
    }
}

#[test]
fn parameters_have_no_place_in_the_body() {
    for (path, rule, suggestion) in [
        (
            "/sessions/x",
            "the path parameter sessionId must be a UUID",
            json!(null),
        ),
        (
            "/qos-profiles/!",
            "the path parameter name must be 3 to 256 letters, digits, _, . and -",
            json!(null),
        ),
        (
            "/qos-profiles?status=active",
            "the query parameter status must be ACTIVE, INACTIVE or DEPRECATED",
            json!("write \"ACTIVE\""),
        ),
    ] {
        let mut bench = Bench::new();
        bench.get(path).expect(400);
        let explanation = &bench.explanations()[0];
        assert_eq!(
            (&explanation["pointer"], &explanation["rule"]),
            (&json!(""), &json!(rule))
        );
        assert_eq!(explanation["suggestion"], suggestion);
    }
}

#[test]
fn large_values_are_told_by_their_beginning() {
    let mut bench = Bench::new();
    bench
        .create(&with(
            minimal(),
            &json!({ "qosProfile": "é".repeat(5_000) }),
        ))
        .expect(400);
    let seen = bench.explanations()[0]["seen"].clone();
    assert_eq!(seen, format!("{}…", "é".repeat(500)));
}

#[test]
fn of_very_many_ignored_members_the_first_hundred_are_told() {
    let many = (0..5_000).map(|n| (format!("m{n}"), json!(n))).collect();
    assert_eq!(suggestions(&Value::Object(many), 201).len(), 100);
}

/// Any JSON.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|b| json!(b)),
        any::<i64>().prop_map(|n| json!(n)),
        any::<f64>().prop_map(|n| json!(n)),
        any::<String>().prop_map(|s| json!(s)),
        Just(json!("1.2.3.4/33")),
        Just(json!({})),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let names = prop_oneof![
            Just("device".to_owned()),
            Just("ports".to_owned()),
            Just("ranges".to_owned()),
            Just("duration".to_owned()),
            any::<String>(),
        ];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(|items| json!(items)),
            proptest::collection::vec((names, inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// All places of a value, as pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(member, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{n}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn full() -> Value {
    with(
        lasting(60),
        &json!({
            "device": {
                "phoneNumber": "+34600000001", "networkAccessIdentifier": "a@b", "ipv6Address": "2001:db8::1",
                "ipv4Address": { "publicAddress": "203.0.113.25", "privateAddress": "10.0.0.1", "publicPort": 8080 },
            },
            "devicePorts": { "ports": [1], "ranges": [{ "from": 5, "to": 9 }] },
            "applicationServerPorts": { "ports": [443] },
        }),
    )
}

#[track_caller]
fn well_formed(answer: &Answer, explanations: &Value, body: &Value) {
    assert!([201, 400].contains(&answer.status), "{}", answer.status);
    for explanation in explanations.as_array().unwrap() {
        let pointer = explanation["pointer"].as_str().unwrap();
        let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        let missing = explanation["rule"]
            .as_str()
            .unwrap()
            .ends_with("is required");
        let stands = body
            .pointer(if missing { parent } else { pointer })
            .is_some();
        assert!(stands, "{explanation} of {body}");
    }
    if answer.status == 400 {
        assert!(!explanations.as_array().unwrap().is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_answered(body in anything()) {
        let mut bench = Bench::new();
        let answer = bench.create(&body);
        well_formed(&answer, &bench.explanations(), &body);
    }

    #[test]
    fn a_valid_request_with_one_value_changed_is_answered(at in any::<prop::sample::Index>(), value in anything()) {
        let mut body = full();
        let mut found = Vec::new();
        places(&body, "", &mut found);
        *body.pointer_mut(&found[at.index(found.len())]).unwrap() = value;
        let mut bench = Bench::new();
        let answer = bench.create(&body);
        well_formed(&answer, &bench.explanations(), &body);
    }

    #[test]
    fn any_bytes_are_answered(body in proptest::collection::vec(any::<u8>(), 0..80)) {
        let mut bench = Bench::new();
        let answer = bench.send(post("/sessions", &json!(null)).body(body));
        prop_assert_eq!(answer.status, 400);
        prop_assert!(answer.body["message"].as_str().unwrap().starts_with("Schema validation failed at  body"));
    }
}
