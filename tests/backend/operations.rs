//! The six operations through their wire format: what is taken, what is refused, and in which words.

use crate::common::*;
use qod_sandbox::http::Request;
use qod_sandbox::sandbox::{Auth, Setting};
use serde_json::{Value, json};

const INVALID: &str = "INVALID_ARGUMENT";
const RANGE: &str = "OUT_OF_RANGE";

/// What the specification's message for a breach of the schema begins with.
macro_rules! schema {
    ($rest:literal) => {
        concat!("Schema validation failed at  ", $rest)
    };
}

/// A session id that is well formed and unknown.
const NOBODY: &str = "123e4567-e89b-42d3-a456-426614174000";

// Success.

/// The portal's example: what everything starts with.
fn portal() -> Value {
    json!({
        "device": { "ipv4Address": { "publicAddress": "203.0.113.25", "publicPort": 8080 } },
        "applicationServer": { "ipv4Address": "198.51.100.10" },
        "applicationServerPorts": { "ports": [443] },
        "qosProfile": "QOS_E",
        "webhook": {
            "notificationUrl": "https://application-server.com/notifications",
            "notificationAuthToken": "c8974e592c2fa383d4a3960714",
        },
        "duration": 3600,
    })
}

#[test]
fn the_portals_example() {
    let mut bench = Bench::new();
    let root = "https://sandbox.opengateway.telefonica.com/apigateway/ogw/qod/v0";
    let answer = bench.send(post(&format!("{root}/sessions"), &portal()));
    let location = answer.headers.first("location").unwrap().to_owned();
    let info = answer.expect(201);
    let id = info["sessionId"].as_str().unwrap();
    assert_eq!(location, format!("{root}/sessions/{id}"));
    let more = json!({
        "sessionId": id,
        "startedAt": 1_767_225_600,
        "expiresAt": 1_767_229_200,
        "qosStatus": "REQUESTED",
    });
    assert_eq!(info, with(portal(), &more));
    assert_eq!(bench.send(request("GET", &location)).expect(200), info);
    bench.wait(2);
    let available = json!({ "qosStatus": "AVAILABLE" });
    let info = with(info.clone(), &available);
    assert_eq!(bench.send(request("GET", &location)).expect(200), info);
    let extend = json!({ "requestedAdditionalDuration": 60 });
    let extended = json!({ "duration": 3660, "expiresAt": 1_767_229_260 });
    let answer = bench.send(post(&format!("{location}/extend"), &extend));
    assert_eq!(answer.expect(200), with(info, &extended));
    let answer = bench.send(request("DELETE", &location));
    assert_eq!(answer.expect(204), Value::Null);
    let answer = bench.send(request("GET", &location));
    answer.expect_error(404, "NOT_FOUND", "Session Id does not exist");
}

#[test]
fn any_origin_and_prefix() {
    for (root, base) in [
        ("http://localhost:9091/qod/v0", None),
        ("https://api.example.com/some/path/qod/v0", None),
        ("https://[::1]:8443/qod/v0/qod/v0", None),
        ("/qod/v0", Some("https://sandbox.example/qod/v0")),
        ("/some/qod/v0", Some("https://sandbox.example/some/qod/v0")),
        ("qod/v0", Some("https://sandbox.example/qod/v0")),
        (
            "//api.example.com/qod/v0",
            Some("https://api.example.com/qod/v0"),
        ),
    ] {
        let mut request = post("", &minimal());
        request.url = format!("{root}/sessions?a=b#c");
        let answer = Bench::new().send(request);
        let location = answer
            .headers
            .first("location")
            .unwrap_or_default()
            .to_owned();
        let info = answer.expect(201);
        let id = info["sessionId"].as_str().unwrap();
        assert_eq!(location, format!("{}/sessions/{id}", base.unwrap_or(root)));
    }
}

#[test]
fn duration_is_a_day_unless_given() {
    let info = Bench::new().create(&minimal()).expect(201);
    assert_eq!(info["duration"], 86_400);
    assert_eq!(
        info["expiresAt"].as_i64().unwrap() - info["startedAt"].as_i64().unwrap(),
        86_400
    );
}

#[test]
fn members_come_back_as_they_were_sent() {
    let cases = [
        json!({ "device": { "phoneNumber": "34600000001" } }),
        json!({ "device": { "phoneNumber": "+34600000001" } }),
        json!({ "device": { "networkAccessIdentifier": "123456789@domain.com" } }),
        json!({ "device": { "networkAccessIdentifier": "" } }),
        json!({ "device": { "ipv4Address": { "publicAddress": "84.125.93.10", "privateAddress": "10.0.0.1" } } }),
        json!({ "device": { "ipv4Address": { "publicAddress": "84.125.93.10", "publicPort": 0 } } }),
        json!({ "device": { "ipv4Address": { "publicAddress": "84.125.93.10", "privateAddress": "84.125.93.10", "publicPort": 65535 } } }),
        json!({ "device": { "ipv6Address": "2001:DB8:85A3:08D3::" } }),
        json!({ "device": { "ipv6Address": "2001:0db8:85a3:08d3:1319:8a2e:0370:7344" } }),
        json!({ "device": { "ipv6Address": "::ffff:1.2.3.4" } }),
        json!({ "applicationServer": { "ipv4Address": "1.2.3.4/24" } }),
        json!({ "applicationServer": { "ipv4Address": "1.2.3.4/32" } }),
        json!({ "applicationServer": { "ipv4Address": "0.0.0.0/0" } }),
        json!({ "applicationServer": { "ipv6Address": "2001:db8:85a3:8d3::0/64" } }),
        json!({ "applicationServer": { "ipv6Address": "2001:db8:85a3:8d3:1319:8a2e:370:7344/128" } }),
        json!({ "applicationServer": { "ipv4Address": "1.2.3.4", "ipv6Address": "2001:DB8::1" } }),
        json!({ "devicePorts": { "ports": [9, 1, 9], "ranges": [{ "from": 10, "to": 20 }, { "from": 5, "to": 5 }] } }),
        json!({ "applicationServerPorts": { "ranges": [{ "from": 0, "to": 65535 }] } }),
        json!({ "qosProfile": "QOS_S" }),
        json!({ "duration": 1 }),
        json!({ "duration": 86_400 }),
        json!({ "webhook": { "notificationUrl": "HTTPS://A.example:443/?x=%20#y" } }),
        json!({ "webhook": { "notificationUrl": "https://a.example", "notificationAuthToken": "é".repeat(20) } }),
        json!({ "webhook": { "notificationUrl": "https://a.example", "notificationAuthToken": "t".repeat(256) } }),
    ];
    for members in cases {
        let info = Bench::new().create(&with(minimal(), &members)).expect(201);
        for (name, value) in members.as_object().unwrap() {
            assert_eq!(&info[name], value);
        }
    }
}

#[test]
fn unknown_members_are_ignored() {
    let mut body = with(minimal(), &json!({ "colour": "red", "notificationUrl": 5 }));
    body["device"]["imei"] = json!(null);
    body["applicationServer"]["name"] = json!({});
    let info = Bench::new().create(&body).expect(201);
    assert_eq!(info.get("colour"), None);
    assert_eq!(info["device"], minimal()["device"]);
}

#[test]
fn whole_numbers_may_be_written_with_a_fraction_or_an_exponent() {
    let text = r#"{ "device": { "ipv4Address": { "publicAddress": "203.0.113.25", "publicPort": 8.08e3 } },
        "applicationServer": { "ipv4Address": "198.51.100.10" }, "applicationServerPorts": { "ports": [443.0, -0] },
        "qosProfile": "QOS_E", "duration": 36E2 }"#;
    let info = Bench::new()
        .send(post("/sessions", &json!(null)).body(text))
        .expect(201);
    assert_eq!(info["device"]["ipv4Address"]["publicPort"], 8080);
    assert_eq!(info["applicationServerPorts"]["ports"], json!([443, 0]));
    assert_eq!(info["duration"], 3600);
}

#[test]
fn of_a_member_given_twice_the_last_counts() {
    let text = r#"{ "device": 5, "device": { "phoneNumber": "+34600000001" },
        "applicationServer": { "ipv4Address": "198.51.100.10" }, "qosProfile": "QOS_E", "duration": 5, "duration": 6 }"#;
    let info = Bench::new()
        .send(post("/sessions", &json!(null)).body(text))
        .expect(201);
    assert_eq!(info["duration"], 6);
}

#[test]
fn the_correlator_comes_back_with_every_answer() {
    let mut bench = Bench::new();
    for (request, status) in [
        (post("/sessions", &minimal()), 201),
        (post("/sessions", &minimal()), 409),
        (request("GET", "/nowhere"), 404),
        (request("PUT", "/sessions"), 405),
        (Request::new("GET", "/qod/v0/qos-profiles"), 401),
    ] {
        let answer = bench.send(request.clone());
        assert_eq!(answer.headers.first("x-correlator"), None);
        bench = Bench::new();
        if status == 409 {
            bench.created(&minimal());
        }
        let answer = bench.send(request.header("X-Correlator", "b4333c46"));
        assert_eq!(answer.headers.first("x-correlator"), Some("b4333c46"));
        assert_eq!(answer.status, status);
        bench.created(&with(
            minimal(),
            &json!({ "device": { "phoneNumber": "+999999" } }),
        ));
    }
}

// Refusals: of a create request with some members changed.

#[track_caller]
fn refused(members: &Value, code: &str, message: &str) -> Value {
    let mut bench = Bench::new();
    let body = with(minimal(), members);
    bench.create(&body).expect_error(400, code, message);
    assert_eq!(bench.sandbox.live(), 0);
    bench.explanations()
}

#[test]
fn missing_and_insufficient_members() {
    for name in ["device", "applicationServer", "qosProfile"] {
        let message = format!("Expected property is missing: {name}");
        let explained = refused(&json!({ name: null }), INVALID, &message);
        assert_eq!(explained[0]["pointer"], format!("/{name}"));
    }
    for name in [
        "device",
        "applicationServer",
        "devicePorts",
        "applicationServerPorts",
    ] {
        let message = format!("Insufficient properties specified: {name}");
        for value in [json!({}), json!({ "unknown": 1 })] {
            let explained = refused(&json!({ name: value }), INVALID, &message);
            assert_eq!(explained[0]["pointer"], format!("/{name}"));
        }
    }
}

#[test]
fn every_breach_is_explained_and_the_first_is_the_message() {
    let mut bench = Bench::new();
    let answer = bench.create(&json!({ "qosProfile": "x", "duration": 0 }));
    answer.expect_error(400, INVALID, "Expected property is missing: device");
    let explained = bench.explanations();
    let pointers: Vec<_> = explained
        .as_array()
        .unwrap()
        .iter()
        .map(|e| &e["pointer"])
        .collect();
    assert_eq!(
        pointers,
        ["/device", "/applicationServer", "/qosProfile", "/duration"]
    );
}

#[test]
fn of_very_many_breaches_the_first_hundred_are_explained() {
    let mut bench = Bench::new();
    let ports = json!({ "ports": vec![Value::Null; 150_000] });
    let answer = bench.create(&with(
        minimal(),
        &json!({ "devicePorts": ports, "duration": 0 }),
    ));
    answer.expect_error(400, INVALID, schema!("devicePorts.ports[0]: ..."));
    let explained = bench.explanations();
    let explained = explained.as_array().unwrap();
    assert_eq!(explained.len(), 100);
    assert_eq!(explained[99]["pointer"], "/devicePorts/ports/99");
}

#[test]
fn breaches_of_the_device() {
    let phone = |value: Value| json!({ "device": { "phoneNumber": value } });
    for bad in [
        "",
        "+",
        "1234",
        "1234567890123456",
        "+34 600",
        "34600a",
        "٣٤٦٠٠٠",
        "34600\n",
    ] {
        refused(
            &phone(json!(bad)),
            INVALID,
            schema!("device.phoneNumber: ..."),
        );
    }
    let cases = [
        (json!("x"), schema!("device: ...")),
        (json!([]), schema!("device: ...")),
        (
            json!({ "phoneNumber": null }),
            schema!("device.phoneNumber: ..."),
        ),
        (
            json!({ "phoneNumber": 34_600_000_001_u64 }),
            schema!("device.phoneNumber: ..."),
        ),
        (
            json!({ "networkAccessIdentifier": null }),
            schema!("device.networkAccessIdentifier: ..."),
        ),
        (
            json!({ "networkAccessIdentifier": ["a@b"] }),
            schema!("device.networkAccessIdentifier: ..."),
        ),
        (
            json!({ "ipv6Address": "2001:db8::/64" }),
            schema!("device.ipv6Address: ..."),
        ),
        (
            json!({ "ipv6Address": "fe80::1%eth0" }),
            schema!("device.ipv6Address: ..."),
        ),
        (
            json!({ "ipv6Address": "1.2.3.4" }),
            schema!("device.ipv6Address: ..."),
        ),
        (
            json!({ "ipv4Address": "1.2.3.4" }),
            schema!("device.ipv4Address: ..."),
        ),
        (
            json!({ "ipv4Address": {} }),
            schema!("device.ipv4Address.publicAddress: ..."),
        ),
        (
            json!({ "ipv4Address": { "publicPort": 1 } }),
            schema!("device.ipv4Address.publicAddress: ..."),
        ),
        (
            json!({ "ipv4Address": { "publicAddress": "1.2.3.4" } }),
            schema!("device.ipv4Address: ..."),
        ),
        (
            json!({ "ipv4Address": { "publicAddress": "1.2.3.4/32", "publicPort": 1 } }),
            schema!("device.ipv4Address.publicAddress: ..."),
        ),
        (
            json!({ "ipv4Address": { "publicAddress": "01.2.3.4", "publicPort": 1 } }),
            schema!("device.ipv4Address.publicAddress: ..."),
        ),
        (
            json!({ "ipv4Address": { "publicAddress": "1.2.3", "publicPort": 1 } }),
            schema!("device.ipv4Address.publicAddress: ..."),
        ),
        (
            json!({ "ipv4Address": { "publicAddress": "1.2.3.4", "privateAddress": "x" } }),
            schema!("device.ipv4Address.privateAddress: ..."),
        ),
        (
            json!({ "ipv4Address": { "publicAddress": "1.2.3.4", "privateAddress": null, "publicPort": 1 } }),
            schema!("device.ipv4Address.privateAddress: ..."),
        ),
        (
            json!({ "ipv4Address": { "publicAddress": "1.2.3.4", "publicPort": null } }),
            schema!("device.ipv4Address.publicPort: ..."),
        ),
        (
            json!({ "ipv4Address": { "publicAddress": "1.2.3.4", "publicPort": "80" } }),
            schema!("device.ipv4Address.publicPort: ..."),
        ),
        (
            json!({ "ipv4Address": { "publicAddress": "1.2.3.4", "publicPort": 80.5 } }),
            schema!("device.ipv4Address.publicPort: ..."),
        ),
    ];
    for (device, message) in cases {
        refused(&json!({ "device": device }), INVALID, message);
    }
    for port in [
        json!(-1),
        json!(65536),
        json!(2_147_483_648_u64),
        json!(u64::MAX),
        json!(1e20),
        json!(-1e300),
    ] {
        let device = json!({ "ipv4Address": { "publicAddress": "1.2.3.4", "publicPort": port } });
        let message = "Invalid port value specified: device.ipv4Address.publicPort";
        let explained = refused(&json!({ "device": device }), RANGE, message);
        assert_eq!(explained[0]["pointer"], "/device/ipv4Address/publicPort");
        assert_eq!(explained[0]["seen"], port);
    }
}

#[test]
fn breaches_of_the_application_server() {
    let ipv4 = schema!("applicationServer.ipv4Address: ...");
    let ipv6 = schema!("applicationServer.ipv6Address: ...");
    for (name, bad, message) in [
        ("ipv4Address", json!("1.2.3.4/33"), ipv4),
        ("ipv4Address", json!("1.2.3.4/"), ipv4),
        ("ipv4Address", json!("1.2.3.4/-1"), ipv4),
        ("ipv4Address", json!("1.2.3.4/+8"), ipv4),
        ("ipv4Address", json!("1.2.3.4/024"), ipv4),
        ("ipv4Address", json!("1.2.3.4/24/24"), ipv4),
        ("ipv4Address", json!("1.2.3.4/255.255.255.0"), ipv4),
        ("ipv4Address", json!("1.2.3.4/ 24"), ipv4),
        ("ipv4Address", json!(" 1.2.3.4"), ipv4),
        ("ipv4Address", json!("1.2.3.256"), ipv4),
        ("ipv4Address", json!("example.com"), ipv4),
        ("ipv4Address", json!("::1"), ipv4),
        ("ipv4Address", json!(null), ipv4),
        ("ipv6Address", json!("::1/129"), ipv6),
        ("ipv6Address", json!("::g"), ipv6),
        ("ipv6Address", json!("1.2.3.4"), ipv6),
        ("ipv6Address", json!(1), ipv6),
    ] {
        refused(
            &json!({ "applicationServer": { name: bad } }),
            INVALID,
            message,
        );
    }
    refused(
        &json!({ "applicationServer": "1.2.3.4" }),
        INVALID,
        schema!("applicationServer: ..."),
    );
}

#[test]
fn breaches_of_ports() {
    for name in ["devicePorts", "applicationServerPorts"] {
        let check = |ports: Value, code: &str, message: &str| {
            refused(&json!({ name: ports }), code, &message.replace('@', name))
        };
        for (ports, message) in [
            (json!([443]), schema!("@: ...")),
            (json!({ "ports": null }), schema!("@.ports: ...")),
            (json!({ "ports": [] }), schema!("@.ports: ...")),
            (json!({ "ports": 443 }), schema!("@.ports: ...")),
            (json!({ "ports": [443, "80"] }), schema!("@.ports[1]: ...")),
            (json!({ "ports": [443, null] }), schema!("@.ports[1]: ...")),
            (json!({ "ports": [443.5] }), schema!("@.ports[0]: ...")),
            (
                json!({ "ranges": [], "ports": [443] }),
                schema!("@.ranges: ..."),
            ),
            (json!({ "ranges": [5] }), schema!("@.ranges[0]: ...")),
            (
                json!({ "ranges": [{ "to": 5 }] }),
                schema!("@.ranges[0].from: ..."),
            ),
            (
                json!({ "ranges": [{ "from": 1, "to": 2 }, { "from": 5 }] }),
                schema!("@.ranges[1].to: ..."),
            ),
            (
                json!({ "ranges": [{ "from": "1", "to": 2 }] }),
                schema!("@.ranges[0].from: ..."),
            ),
        ] {
            check(ports, INVALID, message);
        }
        for (from, to) in [
            (5, 4),
            (65535, 0),
            (-1, 5),
            (5, 65536),
            (65536, 65537),
            (-2, -1),
        ] {
            let ranges = json!({ "ranges": [{ "from": 1, "to": 1 }, { "from": from, "to": to }] });
            let explained = check(ranges, RANGE, "Invalid port ranges specified: @");
            assert_eq!(explained[0]["pointer"], format!("/{name}/ranges/1"));
        }
        for port in [json!(-1), json!(65536), json!(1e15), json!(1e300)] {
            let message = "Invalid port value specified: @.ports[1]";
            check(json!({ "ports": [1, port] }), RANGE, message);
            let ranges = json!({ "ranges": [{ "from": 1, "to": port }] });
            check(ranges, RANGE, "Invalid port ranges specified: @");
        }
    }
}

#[test]
fn breaches_of_profile_webhook_and_duration() {
    let long = "x".repeat(257);
    for bad in [
        json!("QO"),
        json!(long),
        json!("QOS E"),
        json!("QOS_É"),
        json!(5),
        json!([]),
    ] {
        refused(
            &json!({ "qosProfile": bad }),
            INVALID,
            schema!("qosProfile: ..."),
        );
    }
    for (name, word) in [
        ("QOS_X", "QOS_X"),
        ("DRONE_CONTROL", "INACTIVE"),
        ("VOICE_CLASSIC", "DEPRECATED"),
    ] {
        let mut bench = Bench::new();
        let body = with(minimal(), &json!({ "qosProfile": name }));
        let body = bench.create(&body).expect(400);
        assert_eq!(body["code"], INVALID);
        let message = body["message"].as_str().unwrap();
        assert!(
            message.contains(name) && message.contains(word),
            "{message}"
        );
        assert_eq!(bench.explanations()[0]["pointer"], "/qosProfile");
    }
    let url = schema!("webhook.notificationUrl: ...");
    let token = schema!("webhook.notificationAuthToken: ...");
    for (webhook, message) in [
        (json!("https://a.example"), schema!("webhook: ...")),
        (json!({}), url),
        (json!({ "notificationUrl": null }), url),
        (json!({ "notificationUrl": "" }), url),
        (json!({ "notificationUrl": "/hook" }), url),
        (json!({ "notificationUrl": "a.example/hook" }), url),
        (json!({ "notificationUrl": "https://" }), url),
        (json!({ "notificationUrl": "https://a example" }), url),
        (
            json!({ "notificationUrl": "https://a.example", "notificationAuthToken": "x".repeat(19) }),
            token,
        ),
        (
            json!({ "notificationUrl": "https://a.example", "notificationAuthToken": long }),
            token,
        ),
        (
            json!({ "notificationUrl": "https://a.example", "notificationAuthToken": null }),
            token,
        ),
    ] {
        refused(&json!({ "webhook": webhook }), INVALID, message);
    }
    for bad in [
        json!(0),
        json!(-1),
        json!(86_401),
        json!(2_147_483_648_u64),
        json!(u64::MAX),
        json!(1e300),
        json!(0.5),
        json!("60"),
        json!(true),
        json!([60]),
    ] {
        refused(
            &json!({ "duration": bad }),
            INVALID,
            schema!("duration: ..."),
        );
    }
    refused(
        &json!({ "duration": 0 }),
        INVALID,
        schema!("duration: must be 1 to 86400 seconds"),
    );
}

#[test]
fn null_is_a_breach_wherever_a_member_is_given() {
    for name in [
        "device",
        "applicationServer",
        "devicePorts",
        "applicationServerPorts",
        "qosProfile",
        "webhook",
        "duration",
    ] {
        let mut body = minimal();
        body[name] = json!(null);
        let answer = Bench::new().create(&body);
        answer.expect_error(400, INVALID, &format!(schema!("{}: ..."), name));
    }
}

#[test]
fn durations_that_the_profile_does_not_allow() {
    let message = "The requested duration is out of the allowed range for the specific QoS profile";
    for duration in [json!(null), json!(1), json!(29), json!(901), json!(86_400)] {
        let members = json!({ "qosProfile": "BURST_UPLOAD", "duration": duration });
        let explained = refused(&members, RANGE, message);
        assert_eq!(explained[0]["pointer"], "/duration");
    }
    for duration in [30, 900] {
        let members = json!({ "qosProfile": "BURST_UPLOAD", "duration": duration });
        let info = Bench::new().create(&with(minimal(), &members)).expect(201);
        assert_eq!(info["duration"], duration);
    }
}

#[test]
fn breaches_of_an_extension() {
    let mut bench = Bench::planned(grants_after(0));
    let id = bench.created(&minimal());
    let path = format!("/sessions/{id}/extend");
    let at = schema!("requestedAdditionalDuration: ...");
    for (body, message) in [
        (json!({}), at),
        (json!({ "requestedAdditionalDuration": null }), at),
        (json!({ "requestedAdditionalDuration": 0 }), at),
        (json!({ "requestedAdditionalDuration": 86_400 }), at),
        (json!({ "requestedAdditionalDuration": "60" }), at),
        (json!({ "duration": 60 }), at),
        (json!([]), schema!("body: ...")),
        (json!(60), schema!("body: ...")),
    ] {
        bench
            .send(post(&path, &body))
            .expect_error(400, INVALID, message);
    }
    assert_eq!(bench.extend(&id, 86_399).status, 200);
}

// Refusals: of any request.

#[test]
fn bodies_that_are_no_json_object() {
    for (body, message) in [
        (&b""[..], schema!("body: ...")),
        (b"{", schema!("body: ...")),
        (b"device=x", schema!("body: ...")),
        (b"{\"device\": \"\xff\"}", schema!("body: ...")),
        (b"\xef\xbb\xbf{}", schema!("body: ...")),
        (b"{} {}", schema!("body: ...")),
        (b"{\"duration\": 1e999}", schema!("body: ...")),
        (b"[]", schema!("body: ...")),
        (b"null", schema!("body: ...")),
        (b"\"x\"", schema!("body: ...")),
    ] {
        let answer = Bench::new().send(post("/sessions", &json!(null)).body(body));
        answer.expect_error(400, INVALID, message);
    }
    let deep = "[".repeat(100_000);
    let answer = Bench::new().send(post("/sessions", &json!(null)).body(deep));
    answer.expect_error(400, INVALID, schema!("body: ..."));
}

#[test]
fn media_types() {
    let cases = [
        (None, 201),
        (Some("application/json"), 201),
        (Some("Application/JSON; charset=utf-8"), 201),
        (Some("application/vnd.example+json"), 201),
        (Some("text/plain"), 415),
        (Some("application/x-www-form-urlencoded"), 415),
        (Some("application/jsonp"), 415),
    ];
    for (content_type, status) in cases {
        let mut request = request("POST", "/sessions").body(minimal().to_string());
        if let Some(content_type) = content_type {
            request = request.header("Content-Type", content_type);
        }
        let body = Bench::new().send(request).expect(status);
        if status == 415 {
            assert_eq!(body["code"], "UNSUPPORTED_MEDIA_TYPE");
            assert!(
                body["message"]
                    .as_str()
                    .unwrap()
                    .contains("application/json")
            );
        }
    }
}

#[test]
fn bodies_of_a_mebibyte_and_more() {
    for (size, status) in [(1_048_576, 201), (1_048_577, 413), (5_000_000, 413)] {
        let mut body = minimal().to_string().into_bytes();
        body.resize(size, b' ');
        let mut bench = Bench::new();
        let answer = bench.send(post("/sessions", &json!(null)).body(body));
        let body = answer.expect(status);
        let kept = bench.sandbox.traffic().next().unwrap().request.body.len();
        assert_eq!(kept, size.min(1_048_577), "no more is kept than is needed");
        if status == 413 {
            assert_eq!(body["code"], "PAYLOAD_TOO_LARGE");
        }
    }
}

#[test]
fn requests_without_a_valid_token() {
    let mut bench = Bench::new();
    let id = bench.created(&minimal());
    let mut messages = Vec::new();
    for (method, path) in [
        ("POST", "/sessions".to_owned()),
        ("GET", format!("/sessions/{id}")),
        ("DELETE", format!("/sessions/{id}")),
        ("POST", format!("/sessions/{id}/extend")),
        ("GET", "/qos-profiles".to_owned()),
        ("GET", "/qos-profiles/QOS_E".to_owned()),
        ("GET", "/sessions/malformed".to_owned()),
    ] {
        for header in [
            None,
            Some(""),
            Some("Bearer"),
            Some("Bearer "),
            Some("Basic bW9jazptb2Nr"),
            Some("mock_sandbox_access_token"),
            Some("Bearer mock_sandbox_access_token2"),
            Some("Bearer MOCK_SANDBOX_ACCESS_TOKEN"),
            Some("Bearer x mock_sandbox_access_token"),
        ] {
            let mut request = Request::new(method, &format!("{ROOT}{path}"))
                .header("Content-Type", "text/plain")
                .body("junk");
            if let Some(header) = header {
                request = request.header("Authorization", header);
            }
            let answer = bench.send(request);
            assert_eq!(answer.headers.first("www-authenticate"), Some("Bearer"));
            messages.push(answer.body["message"].clone());
            answer.expect_error(401, "UNAUTHENTICATED", "Authorization failed: ...");
        }
    }
    // The message never says which it was.
    messages.dedup();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert_eq!(bench.status(&id), "REQUESTED");
}

#[test]
fn authorization_can_be_switched_off_and_is_a_client_of_its_own() {
    let mut bench = Bench::new();
    let id = bench.created(&minimal());
    bench.configure(Setting::Auth(Auth::Off));
    let path = format!("{ROOT}/sessions/{id}");
    assert_eq!(
        bench
            .send(Request::new("GET", &format!("{ROOT}/qos-profiles")))
            .status,
        200
    );
    let extend = json!({ "requestedAdditionalDuration": 60 }).to_string();
    for request in [
        Request::new("GET", &path),
        Request::new("DELETE", &path).header("Authorization", "Bearer mock_sandbox_access_token"),
        Request::new("POST", &format!("{path}/extend")).body(extend),
    ] {
        let answer = bench.send(request);
        answer.expect_error(403, "PERMISSION_DENIED", "Operation not allowed: ...");
    }
    // Others' flows are in the way all the same.
    assert_eq!(bench.create(&minimal()).status, 409);
    bench.configure(Setting::Auth(Auth::Required));
    assert_eq!(bench.delete(&id).status, 204);
}

#[test]
fn addresses_that_are_none() {
    for (method, url) in [
        ("GET", "/"),
        ("GET", "/qod/v0"),
        ("GET", "/qod/v0/"),
        ("GET", "/qod/v1/sessions"),
        ("GET", "/qod/v0x/sessions"),
        ("POST", "/qod/v0/sessions/"),
        ("GET", "/qod/v0/sessions/a/b"),
        ("POST", "/qod/v0/Sessions"),
        ("GET", "/sessions?x=/qod/v0/sessions"),
        ("GET", "https://qod/v0/sessions"),
        ("GET", "https://a.example"),
        ("GET", ""),
    ] {
        // Before authorization is looked at.
        let answer = Bench::new().send(Request::new(method, url));
        answer.expect_error(404, "NOT_FOUND", "The specified resource is not found: ...");
    }
}

#[test]
fn session_ids_that_are_malformed_or_unknown() {
    let extend = json!({ "requestedAdditionalDuration": 60 });
    let requests = |id: &str| {
        [
            request("GET", &format!("/sessions/{id}")),
            request("DELETE", &format!("/sessions/{id}")),
            post(&format!("/sessions/{id}/extend"), &extend),
        ]
    };
    for id in [
        "1",
        "123e4567e89b42d3a456426614174000",
        "123e4567-e89b-42d3-a456-42661417400g",
        "{}",
        "%20",
        "%FF",
    ] {
        for request in requests(id) {
            let answer = Bench::new().send(request);
            answer.expect_error(400, INVALID, schema!("sessionId: ..."));
        }
    }
    for request in requests(NOBODY) {
        let answer = Bench::new().send(request);
        answer.expect_error(404, "NOT_FOUND", "Session Id does not exist");
    }
    // The body is looked at first, then whether there is such a session.
    let answer = Bench::new().send(post(&format!("/sessions/{NOBODY}/extend"), &json!({})));
    assert_eq!(answer.status, 400);
}

#[test]
fn session_ids_are_found_in_either_case() {
    let mut bench = Bench::new();
    let id = bench.created(&minimal());
    assert_eq!(bench.status(&id.to_uppercase()), "REQUESTED");
}
