//! Every example of the specification: read, written again, and met in a real request where the
//! sandbox can be brought to it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test"
)]

use std::cell::Cell;
use std::sync::Arc;

use crate::common::*;
use qod_sandbox::api::{Dialect, wire};
use qod_sandbox::engine::{NetworkPlan, Operator, ProfileName, RegistryMode};
use qod_sandbox::http::Request;
use qod_sandbox::sandbox::{Auth, Setting, Settings};
use qod_sandbox::time::Instant;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

thread_local! {
    /// The dialect whose examples are looked at.
    static DIALECT: Cell<Dialect> = const { Cell::new(Dialect::Camara) };
}

fn bench() -> Bench {
    planned(NetworkPlan::default())
}

fn planned(plan: NetworkPlan) -> Bench {
    let mut bench = Bench::planned(plan);
    bench.configure(Setting::Dialect(DIALECT.get()));
    bench
}

/// An example, and where it stands: the names from the root, joined by spaces.
struct Example {
    at: String,
    value: Value,
}

/// All examples: `example` of a schema or body, and the values of `examples`.
fn examples(value: &Value, at: &str, found: &mut Vec<Example>) {
    let inside = |name: &str| format!("{at} {name}").trim_start().to_owned();
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                // A schema's member may have any name, `example` too.
                let of_schema = at.ends_with(" properties");
                if name == "example" && !of_schema {
                    let (at, value) = (inside(name), member.clone());
                    found.push(Example { at, value });
                } else if name == "examples" && !of_schema {
                    for (name, example) in member.as_object().unwrap() {
                        let at = inside(&format!("examples {name}"));
                        let value = example.get("value").unwrap_or(example).clone();
                        found.push(Example { at, value });
                    }
                } else {
                    examples(member, &inside(name), found);
                }
            }
        }
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                examples(item, &inside(&n.to_string()), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Reads `value` as the wire's type `T`, and writes it again without a difference.
#[track_caller]
fn round_trip<T: DeserializeOwned + Serialize>(value: &Value) -> T {
    let read: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(&serde_json::to_value(&read).unwrap(), value);
    read
}

#[test]
fn every_example_has_its_rule() {
    for (dialect, name, count) in [
        (Dialect::Camara, "camara-qod-v0.10.1.yaml", 47),
        (Dialect::Telefonica, "telefonica-qod-v0.10.yaml", 42),
    ] {
        let Some(specification) = schema::read_specification(name) else {
            continue;
        };
        DIALECT.set(dialect);
        let mut found = Vec::new();
        examples(&specification, "", &mut found);
        for example in &found {
            check(example, &specification);
        }
        let places: Vec<_> = found.iter().map(|example| &example.at).collect();
        assert_eq!(places.len(), count, "{places:#?}");
    }
}

#[test]
fn an_example_without_a_rule_is_noticed() {
    let more = json!({ "components": { "schemas": { "New": {
        "example": 1,
        "properties": { "example": { "example": 2 } },
        "allOf": [{ "examples": { "A": { "value": 3 } } }],
    } } } });
    let mut found = Vec::new();
    examples(&more, "", &mut found);
    let values: Vec<_> = found.iter().map(|example| &example.value).collect();
    assert_eq!(values, [3, 1, 2]);
    for example in found {
        assert!(std::panic::catch_unwind(|| check(&example, &more)).is_err());
    }
}

/// The rule of an example, by where it stands.
fn check(example: &Example, specification: &Value) {
    let Example { at, value } = example;
    if let Some(schema) = at.strip_prefix("components schemas ") {
        return schema_example(schema, value);
    }
    if value.get("code").is_some() {
        return error_example(at, value);
    }
    match at.rsplit_once("examples ") {
        Some(("components ", "QOS_STATUS_CHANGED_EXAMPLE")) => event_example(value),
        Some((_, "QOS_STATUS_CHANGED_EXAMPLE")) => {
            let pointer = value["$ref"].as_str().unwrap().trim_start_matches('#');
            assert!(specification.pointer(pointer).unwrap()["value"].is_object());
        }
        _ => panic!("no rule for the example {at}: {value}"),
    }
}

/// The example of a schema: in a request, and back as it was.
fn schema_example(schema: &str, value: &Value) {
    let number = || value.as_u64().unwrap();
    match schema {
        "PhoneNumber example" => echoed("device", &json!({ "phoneNumber": value })),
        "NetworkAccessIdentifier example" => {
            echoed("device", &json!({ "networkAccessIdentifier": value }));
        }
        "DeviceIpv4Addr example" => echoed("device", &json!({ "ipv4Address": value })),
        "SingleIpv4Addr example" => {
            let ipv4 = json!({ "publicAddress": value, "privateAddress": value });
            echoed("device", &json!({ "ipv4Address": ipv4 }));
        }
        "DeviceIpv6Address example" | "Ipv6Addr example" => {
            echoed("device", &json!({ "ipv6Address": value }));
        }
        "ApplicationServerIpv4Address example" => {
            echoed("applicationServer", &json!({ "ipv4Address": value }));
        }
        "ApplicationServerIpv6Address example" => {
            echoed("applicationServer", &json!({ "ipv6Address": value }));
        }
        "PortsSpec example" => {
            echoed("devicePorts", value);
            echoed("applicationServerPorts", value);
        }
        "CreateSession allOf 1 properties duration example" => echoed("duration", value),
        "BaseSessionInfo properties webhook properties notificationUrl example" => {
            echoed("webhook", &json!({ "notificationUrl": value }));
        }
        "BaseSessionInfo properties webhook properties notificationAuthToken example" => {
            let webhook = json!({ "notificationUrl": "https://a", "notificationAuthToken": value });
            echoed("webhook", &webhook);
        }
        // These three belong together: a session of one day.
        "SessionInfo allOf 1 properties duration example" => assert_eq!(day()["duration"], *value),
        "SessionInfo allOf 1 properties startedAt example" => {
            assert_eq!(day()["startedAt"], *value);
        }
        "SessionInfo allOf 1 properties expiresAt example" => {
            assert_eq!(day()["expiresAt"], *value);
        }
        "ExtendSessionDuration properties requestedAdditionalDuration example" => {
            let mut bench = planned(grants_after(0));
            let id = bench.created(&lasting(100));
            assert_eq!(
                bench.extend(&id, number()).expect(200)["duration"],
                100 + number()
            );
        }
        // A name that this operator does not have; well formed all the same.
        "QosProfileName example" => {
            let name = value.as_str().unwrap();
            assert_eq!(ProfileName::parse(name).unwrap().as_str(), name);
            let answer = bench().get(&format!("/qos-profiles/{name}"));
            answer.expect_error(404, "NOT_FOUND", "QosProfile Id does not exist");
        }
        "QosProfile properties description example" => in_profile("description", value),
        "QosProfile properties priority example" => in_profile("priority", value),
        "QosProfile properties packetErrorLossRate example" => {
            in_profile("packetErrorLossRate", value);
        }
        "Rate properties value example" => {
            round_trip::<wire::Rate>(&json!({ "value": value, "unit": "bps" }));
        }
        "Duration properties value example" => {
            round_trip::<wire::Duration>(&json!({ "value": value, "unit": "Days" }));
        }
        "Duration properties unit allOf 1 example" => {
            round_trip::<wire::Duration>(&json!({ "value": 1, "unit": value }));
        }
        _ => panic!("no rule for the example of the schema {schema}: {value}"),
    }
}

/// A create request takes a member, and the session shows it as it was sent.
#[track_caller]
fn echoed(name: &str, value: &Value) {
    let answer = bench().create(&with(minimal(), &json!({ name: value })));
    // Two of the portal's examples run into its own mock rule.
    let identifiers = ["123456789", "123456789@domain.com"];
    let nine = name == "device" && identifiers.iter().any(|id| value.to_string().contains(id));
    if DIALECT.get() == Dialect::Telefonica && nine {
        let message = "Another session is created for the same UE";
        return answer.expect_error(409, "CONFLICT", message);
    }
    let info = answer.expect(201);
    assert_eq!(&info[name], value);
    round_trip::<wire::SessionInfo>(&info);
}

fn in_profile(name: &str, value: &Value) {
    let profile = with(
        json!({ "name": "QOS_E", "status": "ACTIVE" }),
        &json!({ name: value }),
    );
    round_trip::<wire::QosProfile>(&profile);
}

/// A session that starts when the specification's does, and lasts as long as it can.
fn day() -> Value {
    let start = Instant::from_millis(1_639_479_600_000);
    Bench::starting(start, Settings::default())
        .create(&minimal())
        .expect(201)
}

/// The event of a session that expires, but for identifiers and time.
fn event_example(value: &Value) {
    let event: wire::CloudEvent = round_trip(value);
    let mut bench = bench();
    bench.created(&lasting(1));
    bench.wait(1);
    let ours = bench
        .sandbox
        .notifications()
        .next_back()
        .unwrap()
        .message
        .event();
    assert_eq!(
        (event.kind, event.specversion),
        (ours.kind, ours.specversion)
    );
    assert_eq!(event.data.qos_status, ours.data.qos_status);
    assert_eq!(event.data.status_info, ours.data.status_info);
    assert!(
        event
            .source
            .ends_with(&format!("/qod/v0/sessions/{}", event.data.session_id))
    );
    assert!(
        ours.source
            .ends_with(&format!("/qod/v0/sessions/{}", ours.data.session_id))
    );
    assert!(Instant::parse_rfc3339(&event.time).is_some());
}

/// An error: read and written again, and the answer to a request that runs into it.
fn error_example(at: &str, value: &Value) {
    // The portal's examples leave the status out, which goes over the wire all the same.
    let mut value = value.clone();
    let answers = requests(at);
    if DIALECT.get() == Dialect::Telefonica {
        assert_eq!(value.get("status"), None);
        value["status"] = json!(answers.first().map_or(500, |answer| answer.status));
    }
    let info: wire::ErrorInfo = round_trip(&value);
    assert!(!answers.is_empty(), "no rule for {at}");
    for answer in answers {
        answer.expect_error(info.status, &info.code, &info.message);
    }
}

/// What a request is answered that follows a scenario.
fn wanted(path: &str, scenario: &str) -> Answer {
    bench().send(request("GET", path).header("x-qod-scenario", scenario))
}

/// What requests are answered that run into the error of that place.
fn requests(at: &str) -> Vec<Answer> {
    let create = |members: Value| vec![bench().create(&with(minimal(), &members))];
    let name = at.trim_end_matches(" content application/json example");
    let name = name.rsplit_once(' ').map_or(name, |(_, name)| name);
    let extend = at.contains("/extend post");
    match name {
        "Generic400" if extend => {
            let mut bench = planned(grants_after(0));
            let id = bench.created(&minimal());
            vec![bench.extend(&id, 0), bench.extend("malformed", 60)]
        }
        // Create has its own; the others share one.
        "Generic400" if at.contains("/sessions post") => create(json!({ "duration": 0 })),
        "Generic400" => vec![
            bench().get("/sessions/malformed"),
            bench().delete("malformed"),
            bench().get("/qos-profiles/!"),
        ],
        "Generic500" => vec![wanted("/sessions/x", "internal-error")],
        "QoSProfile500" => vec![wanted("/qos-profiles", "internal-error")],
        "Generic503" => vec![wanted("/sessions/x", "unavailable")],
        "DeviceMissing" => create(json!({ "device": null })),
        "InsufficientDeviceProperties" => create(json!({ "device": {} })),
        "InconsistentDeviceProperties" => {
            let device =
                json!({ "phoneNumber": "+447700900101", "ipv6Address": "2001:db8:66:1::1" });
            create(json!({ "device": device }))
        }
        "CannotIdentifyDevice" => {
            let mut bench = bench();
            let closed = Operator {
                registry: RegistryMode::Closed,
                ..Operator::default()
            };
            bench.configure(Setting::Operator(Arc::new(closed)));
            vec![bench.create(&minimal())]
        }
        "Generic501" => create(json!({ "device": { "phoneNumber": "+447700900103" } })),
        "InvalidDevicePublicPortValue" => {
            let ipv4 = json!({ "publicAddress": "203.0.113.25", "publicPort": 65536 });
            create(json!({ "device": { "ipv4Address": ipv4 } }))
        }
        "ApplicationServerMissing" => create(json!({ "applicationServer": null })),
        "QoSProfileMissing" => create(json!({ "qosProfile": null })),
        "InvalidDevicePortsRanges" => {
            create(json!({ "devicePorts": { "ranges": [{ "from": 5020, "to": 5010 }] } }))
        }
        "DurationOutOfRangeForQoSProfile" => create(json!({ "qosProfile": "BURST_UPLOAD" })),
        "InactiveSession" => {
            let mut bench = planned(refuses_after(0));
            let id = bench.created(&minimal());
            vec![bench.extend(&id, 60)]
        }
        "Generic401" => vec![bench().send(Request::new("GET", "/qod/v0/qos-profiles"))],
        // A session of another client.
        "Generic403" => {
            let mut bench = bench();
            let id = bench.created(&minimal());
            bench.configure(Setting::Auth(Auth::Off));
            vec![bench.delete(&id)]
        }
        "409" => {
            let mut bench = bench();
            bench.created(&minimal());
            vec![bench.create(&minimal())]
        }
        "SessionNotFound404" => {
            let nobody = "123e4567-e89b-12d3-a456-426614174000";
            vec![
                bench().get(&format!("/sessions/{nobody}")),
                bench().delete(nobody),
                bench().extend(nobody, 60),
            ]
        }
        "QosProfilesNotFound404" => vec![bench().get("/qos-profiles?name=QCI_1_voice")],
        "QosProfileNotFound404" => vec![bench().get("/qos-profiles/QCI_1_voice")],
        _ => Vec::new(),
    }
}
