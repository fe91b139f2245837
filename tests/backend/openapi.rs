//! The project's OpenAPI document: equal to the types, and to the official one in all that counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::*;
use qod_sandbox::api::Operation;
use qod_sandbox::api::wire;
use qod_sandbox::sandbox::Named;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn document() -> Value {
    serde_json::from_str(include_str!("../../www/openapi.json")).unwrap()
}

const OPERATIONS: [(Operation, &str); 6] = [
    (Operation::CreateSession, "createSession"),
    (Operation::GetSession, "getSession"),
    (Operation::DeleteSession, "deleteSession"),
    (
        Operation::ExtendQosSessionDuration,
        "extendQosSessionDuration",
    ),
    (Operation::GetQosProfiles, "getQosProfiles"),
    (Operation::GetQosProfile, "getQosProfile"),
];

#[test]
fn it_has_every_operation_and_no_other() {
    for (operation, id) in OPERATIONS {
        assert_eq!(operation.id(), id);
    }
    let document = document();
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"] {
            if let Some(operation) = item.get(method) {
                described.insert((
                    path.as_str(),
                    method,
                    operation["operationId"].as_str().unwrap(),
                ));
            }
        }
    }
    let served: BTreeSet<_> = OPERATIONS
        .iter()
        .map(|(operation, id)| {
            let (path, method) = schema::place(*operation);
            assert_eq!(operation.method().to_lowercase(), method);
            (path, method, *id)
        })
        .collect();
    assert_eq!(described, served);
}

/// Properties and required members of a schema, those of its parts included.
fn members(document: &Value, schema: &Value) -> (BTreeMap<String, Value>, BTreeSet<String>) {
    let (mut properties, mut required) = (BTreeMap::new(), BTreeSet::new());
    if let Some(reference) = schema["$ref"].as_str() {
        return members(
            document,
            document.pointer(reference.trim_start_matches('#')).unwrap(),
        );
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        let (more, needed) = members(document, part);
        properties.extend(more);
        required.extend(needed);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        properties.insert(name.clone(), property.clone());
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        required.insert(name.as_str().unwrap().to_owned());
    }
    (properties, required)
}

/// That a wire type has exactly the members of a schema: `full` has all of them, each of those that
/// are not required may be left out, and each that is required may not.
#[track_caller]
fn same_members<T: DeserializeOwned + Serialize>(schema: &str, full: &Value) {
    let document = document();
    let (properties, required) = members(&document, &document["components"]["schemas"][schema]);
    let read: T = serde_json::from_value(full.clone()).unwrap();
    let written = serde_json::to_value(&read).unwrap();
    let names = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(
        names(&written),
        properties.keys().cloned().collect(),
        "{schema}"
    );
    for name in properties.keys() {
        let mut lacking = full.clone();
        lacking.as_object_mut().unwrap().remove(name);
        let read = serde_json::from_value::<T>(lacking.clone());
        // What a response may lack is left out of it, not null.
        match read {
            Ok(read) => {
                assert!(!required.contains(name), "{schema}: {name} is required");
                assert_eq!(serde_json::to_value(&read).unwrap(), lacking);
            }
            Err(_) => assert!(
                required.contains(name) || NEVER_LACKING.contains(&(schema, name)),
                "{schema}: {name} is not required"
            ),
        }
    }
}

/// Members that the sandbox always sends, though nothing requires it.
const NEVER_LACKING: [(&str, &str); 4] = [
    ("Rate", "value"),
    ("Rate", "unit"),
    ("Duration", "value"),
    ("Duration", "unit"),
];

#[test]
fn its_schemas_have_the_members_of_the_types() {
    let rate = json!({ "value": 1, "unit": "Mbps" });
    let duration = json!({ "value": 1, "unit": "Days" });
    let ipv4 =
        json!({ "publicAddress": "203.0.113.25", "privateAddress": "10.0.0.1", "publicPort": 1 });
    let device = json!({ "phoneNumber": "+34600000001", "networkAccessIdentifier": "a@b", "ipv4Address": ipv4, "ipv6Address": "::1" });
    let server = json!({ "ipv4Address": "1.2.3.4", "ipv6Address": "::1" });
    let ports = json!({ "ranges": [{ "from": 1, "to": 2 }], "ports": [1] });
    let message = json!({ "severity": "INFO", "description": "a" });
    let id = "123e4567-e89b-42d3-a456-426614174000";
    same_members::<wire::Device>("Device", &device);
    same_members::<wire::ApplicationServer>("ApplicationServer", &server);
    same_members::<wire::PortsSpec>("PortsSpec", &ports);
    same_members::<wire::Message>("Message", &message);
    same_members::<wire::Rate>("Rate", &rate);
    same_members::<wire::Duration>("Duration", &duration);
    same_members::<wire::ErrorInfo>(
        "ErrorInfo",
        &json!({ "status": 400, "code": "a", "message": "b" }),
    );
    same_members::<wire::SessionInfo>(
        "SessionInfo",
        &json!({
            "sessionId": id, "qosStatus": "AVAILABLE", "startedAt": 1, "expiresAt": 2, "duration": 1, "device": device,
            "applicationServer": server, "devicePorts": ports, "applicationServerPorts": ports, "qosProfile": "QOS_E",
            "webhook": { "notificationUrl": "https://a", "notificationAuthToken": "b" }, "messages": [message],
        }),
    );
    same_members::<wire::QosProfile>(
        "QosProfile",
        &json!({
            "name": "QOS_E", "description": "a", "status": "ACTIVE", "targetMinUpstreamRate": rate, "maxUpstreamRate": rate,
            "maxUpstreamBurstRate": rate, "targetMinDownstreamRate": rate, "maxDownstreamRate": rate,
            "maxDownstreamBurstRate": rate, "minDuration": duration, "maxDuration": duration, "priority": 1,
            "packetDelayBudget": duration, "jitter": duration, "packetErrorLossRate": 1,
        }),
    );
    same_members::<wire::CloudEvent>(
        "EventQosStatusChanged",
        &json!({
            "id": "a", "source": "b", "specversion": "1.0", "type": "c", "time": "d", "datacontenttype": "application/json",
            "data": { "sessionId": id, "qosStatus": "UNAVAILABLE", "statusInfo": "DURATION_EXPIRED" },
        }),
    );
}

/// That a wire type has exactly the values of an enumeration.
#[track_caller]
fn same_values<T: DeserializeOwned + Serialize>(schema: &str, count: usize) {
    let values = document()["components"]["schemas"][schema]["enum"].clone();
    let values = values.as_array().unwrap();
    assert_eq!(values.len(), count, "{schema}");
    for value in values {
        let read: T = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), *value);
    }
}

#[test]
fn its_enumerations_have_the_values_of_the_types() {
    same_values::<wire::QosStatus>("QosStatus", 3);
    same_values::<wire::StatusInfo>("StatusInfo", 3);
    same_values::<wire::QosProfileStatus>("QosProfileStatusEnum", 3);
    same_values::<wire::RateUnit>("RateUnitEnum", 5);
    same_values::<wire::TimeUnit>("TimeUnitEnum", 7);
}

#[test]
fn its_scenarios_are_those_of_the_catalogue() {
    let names: Vec<_> = Named::all().map(|named| named.name).collect();
    let parameter = &document()["components"]["parameters"]["x-qod-scenario"];
    assert_eq!(parameter["schema"]["enum"], json!(names));
}

#[test]
fn its_examples_of_errors_are_met() {
    let document = document();
    let examples =
        |at: &str| document.pointer(at).unwrap()["content"]["application/json"]["examples"].clone();
    let create = examples("/paths/~1sessions/post/responses/400");
    let known = json!({ "phoneNumber": "+447700900101", "ipv6Address": "2001:db8:66:1::1" });
    let port = json!({ "ipv4Address": { "publicAddress": "203.0.113.25", "publicPort": 65_536 } });
    let ranges = json!({ "ranges": [{ "from": 2, "to": 1 }] });
    for (name, members) in [
        ("schema", json!({ "duration": 0 })),
        ("deviceMissing", json!({ "device": null })),
        (
            "applicationServerMissing",
            json!({ "applicationServer": null }),
        ),
        ("qosProfileMissing", json!({ "qosProfile": null })),
        ("deviceEmpty", json!({ "device": {} })),
        ("deviceInconsistent", json!({ "device": known })),
        ("publicPort", json!({ "device": port })),
        ("portRanges", json!({ "devicePorts": ranges })),
        ("duration", json!({ "qosProfile": "BURST_UPLOAD" })),
        ("profileUnknown", json!({ "qosProfile": "GOLD" })),
    ] {
        let body = Bench::new().create(&with(minimal(), &members)).expect(400);
        assert_eq!(body, create[name]["value"], "{name}");
    }
    for (component, name, answer) in [
        ("BadRequest", "malformedId", Bench::new().get("/sessions/x")),
        (
            "ProfileNotFound",
            "unknown",
            Bench::new().get("/qos-profiles/GOLD"),
        ),
        (
            "ProfilesNotFound",
            "none",
            Bench::new().get("/qos-profiles?name=GOLD"),
        ),
        (
            "SessionNotFound",
            "unknown",
            Bench::new().delete("123e4567-e89b-42d3-a456-426614174000"),
        ),
        (
            "NotAcceptable",
            "accept",
            Bench::new().send(request("GET", "/qos-profiles").header("Accept", "text/html")),
        ),
        (
            "UnsupportedMediaType",
            "type",
            Bench::new().send(request("POST", "/sessions").header("Content-Type", "text/plain")),
        ),
        (
            "InternalError",
            "scenario",
            Bench::new()
                .send(request("DELETE", "/sessions/x").header("x-qod-scenario", "internal-error")),
        ),
        (
            "ProfileInternalError",
            "scenario",
            Bench::new()
                .send(request("GET", "/qos-profiles").header("x-qod-scenario", "internal-error")),
        ),
        (
            "ServiceUnavailable",
            "scenario",
            Bench::new()
                .send(request("GET", "/qos-profiles").header("x-qod-scenario", "unavailable")),
        ),
    ] {
        let example = &examples(&format!("/components/responses/{component}"))[name]["value"];
        assert_eq!(&answer.body, example, "{component}");
        assert_eq!(answer.status, example["status"]);
    }
}

/// What counts in a schema: everything but words, examples, and the way in which it is referred to.
fn essence(document: &Value, value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                return essence(
                    document,
                    document.pointer(reference.trim_start_matches('#')).unwrap(),
                );
            }
            let mut kept = serde_json::Map::new();
            for (name, member) in members {
                let word = [
                    "description",
                    "example",
                    "examples",
                    "externalDocs",
                    "discriminator",
                ]
                .contains(&name.as_str());
                // A property may be called `description`.
                if word && member.get("type").is_none() {
                    continue;
                }
                kept.insert(name.clone(), essence(document, member));
            }
            // A part of words only is none, and one alone is the whole.
            if let Some(parts) = kept.get_mut("allOf").and_then(Value::as_array_mut) {
                parts.retain(|part| *part != json!({}));
            }
            if let Some([part]) = kept
                .get("allOf")
                .and_then(Value::as_array)
                .map(Vec::as_slice)
            {
                let part = part.clone();
                kept.remove("allOf");
                for (name, member) in part.as_object().unwrap() {
                    kept.insert(name.clone(), member.clone());
                }
            }
            // Names in any order, and the format that is none.
            if let Some(required) = kept.get_mut("required").and_then(Value::as_array_mut) {
                required.sort_by_key(ToString::to_string);
            }
            if kept.get("format") == Some(&json!("string")) {
                kept.remove("format");
            }
            Value::Object(kept)
        }
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| essence(document, item)).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

#[test]
fn it_is_equal_to_the_official_document_in_all_that_counts() {
    let Some(official) = schema::read_specification("camara-qod-v0.10.1.yaml") else {
        return;
    };
    let own = document();
    let schemas = own["components"]["schemas"].as_object().unwrap();
    for (name, schema) in schemas {
        let other = &official["components"]["schemas"][name];
        assert_eq!(essence(&own, schema), essence(&official, other), "{name}");
    }
    for (operation, id) in OPERATIONS {
        let (path, method) = schema::place(operation);
        let (ours, theirs) = (&own["paths"][path], &official["paths"][path]);
        assert_eq!(theirs[method]["operationId"], id);
        let body = |document: &Value, item: &Value| {
            essence(document, &item[method]["requestBody"]["content"])
        };
        assert_eq!(body(&own, ours), body(&official, theirs), "{id}");
        // Every answer that the official document has, in the words that an injected one has here.
        for (status, answer) in theirs[method]["responses"].as_object().unwrap() {
            let content =
                |document: &Value, answer: &Value| essence(document, answer)["content"].clone();
            let mine = &ours[method]["responses"][status];
            assert_eq!(
                content(&own, mine),
                content(&official, answer),
                "{id} {status}"
            );
        }
        let parameters = |document: &Value, item: &Value| {
            let all = [&item["parameters"], &item[method]["parameters"]];
            all.iter()
                .flat_map(|list| list.as_array().into_iter().flatten())
                .map(|parameter| essence(document, parameter))
                // Headers are an addition.
                .filter(|parameter| parameter["in"] != "header")
                .map(|mut parameter| {
                    if parameter["required"] == false {
                        parameter.as_object_mut().unwrap().remove("required");
                    }
                    (parameter["name"].to_string(), parameter)
                })
                .collect::<BTreeMap<_, _>>()
        };
        assert_eq!(
            parameters(&own, ours),
            parameters(&official, theirs),
            "{id}"
        );
    }
}
