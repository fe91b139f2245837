//! The portal's edition of the API, where it differs.

use crate::common::*;
use qod_sandbox::api::Dialect;
use qod_sandbox::http::Request;
use qod_sandbox::sandbox::{Auth, Setting};
use serde_json::{Value, json};

const NOBODY: &str = "123e4567-e89b-42d3-a456-426614174000";

fn speaking(dialect: Dialect) -> Bench {
    let mut bench = Bench::new();
    bench.configure(Setting::Dialect(dialect));
    bench
}

fn telefonica() -> Bench {
    speaking(Dialect::Telefonica)
}

/// Status and code of a request in either dialect.
fn codes(prepare: impl Fn(&mut Bench) -> Request) -> [(u16, String); 2] {
    [Dialect::Camara, Dialect::Telefonica].map(|dialect| {
        let mut bench = speaking(dialect);
        let request = prepare(&mut bench);
        let answer = bench.send(request);
        assert_eq!(answer.body["status"], answer.status);
        let code = answer.body["code"].as_str().unwrap_or_default().to_owned();
        (answer.status, code)
    })
}

#[test]
fn codes_differ_by_operation_and_refusal() {
    let session = format!("/sessions/{NOBODY}");
    let extend = format!("/sessions/{NOBODY}/extend");
    // method, path, body; status, camara's code, telefonica's
    let cases: [(_, &str, Option<Value>, _, _, _); 13] = [
        (
            "POST",
            "/sessions",
            Some(json!({})),
            400,
            "INVALID_ARGUMENT",
            "INVALID_ARGUMENT",
        ),
        (
            "POST",
            "/sessions",
            Some(with(minimal(), &json!({ "qosProfile": "NONE" }))),
            400,
            "INVALID_ARGUMENT",
            "INVALID_ARGUMENT",
        ),
        (
            "POST",
            "/sessions",
            Some(with(minimal(), &json!({ "qosProfile": "BURST_UPLOAD" }))),
            400,
            "OUT_OF_RANGE",
            "OUT_OF_RANGE",
        ),
        (
            "POST",
            "/sessions/x/extend",
            Some(json!({})),
            400,
            "INVALID_ARGUMENT",
            "INVALID_ARGUMENT",
        ),
        (
            "POST",
            &extend,
            Some(json!({ "requestedAdditionalDuration": 0 })),
            400,
            "INVALID_ARGUMENT",
            "INVALID_ARGUMENT",
        ),
        (
            "GET",
            "/sessions/x",
            None,
            400,
            "INVALID_ARGUMENT",
            "INVALID_INPUT",
        ),
        (
            "DELETE",
            "/sessions/x",
            None,
            400,
            "INVALID_ARGUMENT",
            "INVALID_INPUT",
        ),
        (
            "GET",
            "/qos-profiles?status=X",
            None,
            400,
            "INVALID_ARGUMENT",
            "INVALID_INPUT",
        ),
        (
            "GET",
            "/qos-profiles/!",
            None,
            400,
            "INVALID_ARGUMENT",
            "INVALID_INPUT",
        ),
        ("GET", &session, None, 404, "NOT_FOUND", "NOT_FOUND"),
        (
            "GET",
            "/qos-profiles/NONE",
            None,
            404,
            "NOT_FOUND",
            "NOT_FOUND",
        ),
        ("GET", "/nothing", None, 404, "NOT_FOUND", "NOT_FOUND"),
        (
            "PUT",
            "/sessions",
            None,
            405,
            "METHOD_NOT_ALLOWED",
            "METHOD_NOT_ALLOWED",
        ),
    ];
    for (method, path, body, status, camara, telefonica) in cases {
        let request = match &body {
            Some(body) => post(path, body),
            None => request(method, path),
        };
        let seen = codes(|_| request.clone());
        let expected = [(status, camara.to_owned()), (status, telefonica.to_owned())];
        assert_eq!(seen, expected, "{method} {path}");
    }
    for (method, path) in [
        ("POST", "/sessions"),
        ("GET", &*session),
        ("GET", "/qos-profiles"),
    ] {
        let seen = codes(|_| Request::new(method, &format!("{ROOT}{path}")));
        let expected = [
            (401, "UNAUTHENTICATED".to_owned()),
            (401, "UNAUTHORIZED".to_owned()),
        ];
        assert_eq!(seen, expected, "{method} {path}");
    }
    for method in ["GET", "DELETE"] {
        let seen = codes(|bench| {
            let id = bench.created(&minimal());
            bench.configure(Setting::Auth(Auth::Off));
            request(method, &format!("/sessions/{id}"))
        });
        let expected = [
            (403, "PERMISSION_DENIED".to_owned()),
            (403, "FORBIDDEN".to_owned()),
        ];
        assert_eq!(seen, expected, "{method}");
    }
}

#[test]
fn profiles_are_names_and_only_the_four_are_shown() {
    let names = json!(["QOS_E", "QOS_S", "QOS_M", "QOS_L"]);
    for (path, expect) in [
        ("/qos-profiles", Some(names.clone())),
        ("/qos-profiles?status=ACTIVE", Some(names)),
        ("/qos-profiles?name=QOS_M", Some(json!(["QOS_M"]))),
        ("/qos-profiles?name=BURST_UPLOAD", None),
        ("/qos-profiles?status=DEPRECATED", None),
        ("/qos-profiles/QOS_L", Some(json!("QOS_L"))),
        ("/qos-profiles/BURST_UPLOAD", None),
    ] {
        let answer = telefonica().get(path);
        match expect {
            Some(body) => assert_eq!(answer.expect(200), body, "{path}"),
            None => assert_eq!(answer.expect(404)["code"], "NOT_FOUND", "{path}"),
        }
    }
}

#[test]
fn identifiers_that_end_in_9_are_conflicts() {
    let ipv4 =
        |address: &str| json!({ "ipv4Address": { "publicAddress": address, "publicPort": 59999 } });
    for (device, conflict) in [
        (json!({ "phoneNumber": "+34600000009" }), true),
        (json!({ "phoneNumber": "+34600000090" }), false),
        (json!({ "networkAccessIdentifier": "129@domain.com" }), true),
        (json!({ "networkAccessIdentifier": "120@domain9" }), false),
        (json!({ "networkAccessIdentifier": "9" }), true),
        (json!({ "networkAccessIdentifier": "" }), false),
        (ipv4("84.125.93.9"), true),
        (ipv4("84.125.99.10"), false),
        (json!({ "ipv6Address": "2001:db8::9" }), true),
        (json!({ "ipv6Address": "2001:db8:9::" }), false),
        (
            json!({ "phoneNumber": "+34600000001", "ipv6Address": "2001:db8::9" }),
            true,
        ),
    ] {
        let body = with(minimal(), &json!({ "device": device }));
        speaking(Dialect::Camara).create(&body).expect(201);
        let mut bench = telefonica();
        let answer = bench.create(&body);
        if conflict {
            let message = "Another session is created for the same UE";
            answer.expect_error(409, "CONFLICT", message);
            let rule = bench.explanations()[0]["rule"].clone();
            assert!(
                rule.as_str()
                    .unwrap()
                    .starts_with("injected: in the telefonica dialect"),
                "{rule}"
            );
        } else {
            answer.expect(201);
        }
    }
}

#[test]
fn the_rule_comes_after_the_schema_and_before_the_profile() {
    let nine = json!({ "device": { "phoneNumber": "+34600000009" }, "qosProfile": "NONE" });
    telefonica().create(&with(minimal(), &nine)).expect(409);
    let breach = with(minimal(), &with(nine, &json!({ "duration": 0 })));
    telefonica().create(&breach).expect(400);
}

#[test]
fn a_conflict_that_is_worked_out_has_its_own_words() {
    let mut bench = telefonica();
    bench.created(&minimal());
    let message = "Another session is created for the same device";
    bench
        .create(&minimal())
        .expect_error(409, "CONFLICT", message);
}

#[test]
fn an_accepted_request_comes_back_with_what_the_session_has() {
    let body = with(minimal(), &json!({ "duration": 300 }));
    let info = telefonica().create(&body).expect(201);
    let more = json!({ "sessionId": info["sessionId"], "startedAt": 1_767_225_600, "expiresAt": 1_767_225_900, "qosStatus": "REQUESTED" });
    assert_eq!(info, with(body, &more));
}
