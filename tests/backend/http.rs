//! What belongs to HTTP rather than to the API: methods, media types, and pages of other origins.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::common::*;
use qod_sandbox::http::Request;
use qod_sandbox::sandbox::{Auth, RateLimit, Setting};
use serde_json::{Value, json};

const NOBODY: &str = "123e4567-e89b-42d3-a456-426614174000";

/// Every resource, and the methods that it takes.
fn resources() -> [(String, &'static str); 9] {
    [
        ("/sessions".to_owned(), "POST, OPTIONS"),
        (format!("/sessions/{NOBODY}"), "GET, HEAD, DELETE, OPTIONS"),
        (format!("/sessions/{NOBODY}/extend"), "POST, OPTIONS"),
        ("/qos-profiles".to_owned(), "GET, HEAD, OPTIONS"),
        ("/qos-profiles/QOS_E".to_owned(), "GET, HEAD, OPTIONS"),
        ("https://api.example.com/token".to_owned(), "POST, OPTIONS"),
        (
            "https://api.example.com/bc-authorize".to_owned(),
            "POST, OPTIONS",
        ),
        (
            "https://api.example.com/authorize".to_owned(),
            "GET, HEAD, OPTIONS",
        ),
        (
            "https://api.example.com/.well-known/openid-configuration".to_owned(),
            "GET, HEAD, OPTIONS",
        ),
    ]
}

fn anonymous(method: &str, path: &str) -> Request {
    let mut request = request(method, path);
    request.headers = qod_sandbox::http::Headers::default();
    request
}

#[test]
fn methods_that_are_not_allowed() {
    for (path, allow) in resources() {
        for method in [
            "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "TRACE", "get",
        ] {
            if allow.split(", ").any(|allowed| allowed == method) {
                continue;
            }
            // Before authorization is looked at.
            let answer = Bench::new().send(anonymous(method, &path));
            assert_eq!(
                answer.headers.first("allow"),
                Some(allow),
                "{method} {path}"
            );
            assert_eq!(answer.status, 405);
            if method != "HEAD" {
                assert_eq!(answer.body["code"], "METHOD_NOT_ALLOWED");
            }
        }
    }
}

#[test]
fn options_tells_the_methods() {
    for (path, allow) in resources() {
        let answer = Bench::new().send(anonymous("OPTIONS", &path));
        assert_eq!((answer.status, &answer.body), (204, &Value::Null), "{path}");
        assert_eq!(answer.headers.first("allow"), Some(allow));
    }
    let answer = Bench::new().send(anonymous("OPTIONS", "/nothing"));
    assert_eq!(answer.expect(404)["code"], "NOT_FOUND");
}

#[test]
fn a_preflight_allows_what_it_asks_for() {
    let preflight = anonymous("OPTIONS", "/sessions")
        .header("Origin", "https://page.example")
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization,x-own");
    let answer = Bench::new().send(preflight);
    let field = |name| answer.headers.first(name);
    assert_eq!(answer.status, 204);
    assert_eq!(field("access-control-allow-origin"), Some("*"));
    assert_eq!(field("access-control-allow-methods"), Some("POST, OPTIONS"));
    assert_eq!(
        field("access-control-allow-headers"),
        Some("authorization,x-own")
    );
}

#[test]
fn pages_of_other_origins_may_read_answers() {
    for (path, status) in [
        ("/qos-profiles", 200),
        ("/sessions/x", 400),
        ("/nothing", 404),
    ] {
        let answer = Bench::new().send(request("GET", path).header("Origin", "null"));
        assert_eq!(answer.status, status);
        assert_eq!(
            answer.headers.first("access-control-allow-origin"),
            Some("*")
        );
        let exposed = answer.headers.first("access-control-expose-headers");
        assert!(exposed.unwrap().contains("location"), "{exposed:?}");
        let answer = Bench::new().get(path);
        assert_eq!(answer.headers.first("access-control-allow-origin"), None);
    }
}

#[test]
fn head_is_get_without_its_body() {
    for path in [
        "/qos-profiles",
        "/qos-profiles/QOS_E",
        "/qos-profiles/!",
        &format!("/sessions/{NOBODY}"),
    ] {
        let get = Bench::new().get(path);
        let head = Bench::new().send(request("HEAD", path));
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(head.headers, get.headers, "{path}");
        assert_eq!(head.body, Value::Null);
    }
    let answer = Bench::new().send(anonymous("HEAD", "/qos-profiles"));
    assert_eq!(answer.status, 401);
}

#[test]
fn clients_that_take_no_json() {
    let create = || post("/sessions", &minimal());
    for (accept, taken) in [
        ("application/json", true),
        ("text/plain, */*;q=0.5", true),
        ("application/*", true),
        ("", true),
        ("text/html", false),
        ("application/json;q=0", false),
    ] {
        let mut bench = Bench::new();
        let answer = bench.send(create().header("Accept", accept));
        assert_eq!(answer.status, if taken { 201 } else { 406 }, "{accept}");
        if !taken {
            assert_eq!(answer.body["code"], "NOT_ACCEPTABLE");
            assert_eq!(bench.sandbox.live(), 0);
        }
        let profiles = request("GET", "/qos-profiles").header("Accept", accept);
        assert_eq!(bench.send(profiles).status, if taken { 200 } else { 406 });
    }
    // An answer without a body suits everybody.
    let mut bench = Bench::new();
    let id = bench.created(&minimal());
    let delete = request("DELETE", &format!("/sessions/{id}")).header("Accept", "text/html");
    bench.send(delete).expect(204);
}

#[test]
fn too_many_requests_are_told_when_to_come_back() {
    let mut bench = Bench::new();
    let limit = RateLimit {
        requests: NonZeroU32::new(2).unwrap(),
        per: Duration::from_millis(1_500),
    };
    bench.configure(Setting::RateLimit(Some(limit)));
    let status = |bench: &mut Bench| bench.get("/qos-profiles").status;
    assert_eq!(status(&mut bench), 200);
    bench.wait_millis(400);
    assert_eq!(status(&mut bench), 200);
    let answer = bench.get("/qos-profiles");
    assert_eq!(answer.headers.first("retry-after"), Some("2"));
    answer.expect_error(429, "TOO_MANY_REQUESTS", "Too many requests: ...");
    // Another client has time of its own; one without a token has none to use.
    assert_eq!(bench.send(anonymous("GET", "/qos-profiles")).status, 401);
    bench.configure(Setting::Auth(Auth::Off));
    assert_eq!(status(&mut bench), 200);
    bench.configure(Setting::Auth(Auth::Required));
    bench.wait_millis(1_099);
    assert_eq!(status(&mut bench), 429);
    bench.wait_millis(1);
    assert_eq!(status(&mut bench), 200);
    bench.configure(Setting::RateLimit(None));
    for _ in 0..9 {
        assert_eq!(status(&mut bench), 200);
    }
}

#[test]
fn the_order_of_checks() {
    // Each request breaks a rule, and all that come after it.
    let body = json!({ "device": {} }).to_string();
    let wrong = |url: &str, method: &str, token: &str, accept: &str, content: &str, body: &str| {
        Request::new(method, &format!("https://api.example.com{url}"))
            .header("Authorization", token)
            .header("Accept", accept)
            .header("Content-Type", content)
            .body(body)
    };
    let mock = "Bearer mock_sandbox_access_token";
    for (request, status) in [
        (
            wrong("/qod/v0/session", "PUT", "x", "text/html", "text/html", "{"),
            404,
        ),
        (
            wrong(
                "/qod/v0/sessions",
                "PUT",
                "x",
                "text/html",
                "text/html",
                "{",
            ),
            405,
        ),
        (
            wrong(
                "/qod/v0/sessions",
                "POST",
                "x",
                "text/html",
                "text/html",
                "{",
            ),
            401,
        ),
        (
            wrong(
                "/qod/v0/sessions",
                "POST",
                mock,
                "text/html",
                "text/html",
                "{",
            ),
            406,
        ),
        (
            wrong("/qod/v0/sessions", "POST", mock, "*/*", "text/html", "{"),
            415,
        ),
        (wrong("/qod/v0/sessions", "POST", mock, "*/*", "", "{"), 400),
        (
            wrong(
                "/qod/v0/sessions",
                "POST",
                mock,
                "*/*",
                "application/json",
                &body,
            ),
            400,
        ),
    ] {
        let answer = Bench::new().send(request);
        assert_eq!(answer.status, status, "{}", answer.body);
    }
}

#[test]
fn a_correlator_comes_back_on_any_answer() {
    for (path, status) in [
        ("/qos-profiles", 200),
        ("/nothing", 404),
        ("/sessions/x", 400),
    ] {
        let answer = Bench::new().send(request("GET", path).header("X-Correlator", "abc-1"));
        assert_eq!(
            (answer.status, answer.headers.first("x-correlator")),
            (status, Some("abc-1"))
        );
    }
}

#[test]
fn an_empty_parameter_is_no_resource() {
    for path in ["/sessions/", "/sessions//extend", "/qos-profiles/"] {
        assert_eq!(Bench::new().get(path).status, 404, "{path}");
    }
}
