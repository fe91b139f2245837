//! Tokens: where they come from, what they permit, and how long.

use std::sync::Arc;

use crate::common::*;
use proptest::prelude::*;
use qod_sandbox::api::Dialect;
use qod_sandbox::engine::{Operator, RegistryMode};
use qod_sandbox::http::Request;
use qod_sandbox::sandbox::{Auth, Setting};
use serde_json::{Value, json};

const SERVER: &str = "https://api.example.com";
const CIBA: &str = "urn:openid:params:grant-type:ciba";
const JWT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const PORTAL: &str = "dpv:RequestedServiceProvision#qod";
/// A verifier, and its SHA-256 in base64url, from RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn encoded(parameters: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(parameters).finish()
}

/// A form sent to an endpoint.
fn form(path: &str, parameters: &[(&str, &str)]) -> Request {
    Request::new("POST", &format!("{SERVER}{path}"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(encoded(parameters))
}

/// A form of the client `app`.
fn of_app(path: &str, parameters: &[(&str, &str)]) -> Request {
    let client = [("client_id", "app"), ("client_secret", "any")];
    form(path, &[&client, parameters].concat())
}

fn token(answer: Answer) -> String {
    assert_eq!(answer.headers.first("cache-control"), Some("no-store"));
    let body = answer.expect(200);
    assert_eq!(
        (&body["token_type"], &body["expires_in"]),
        (&json!("Bearer"), &json!(3600))
    );
    body["access_token"].as_str().unwrap().to_owned()
}

#[track_caller]
fn refused(answer: Answer, status: u16, error: &str) {
    assert_eq!(
        answer.headers.first("www-authenticate").is_some(),
        status == 401
    );
    let body = answer.expect(status);
    assert_eq!(body["error"], error, "{body}");
    assert!(
        body["error_description"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    );
}

/// A token of the client's own, for `scope`.
fn own_token(bench: &mut Bench, client: &str, scope: &str) -> String {
    token(bench.send(form(
        "/token",
        &[
            ("grant_type", "client_credentials"),
            ("client_id", client),
            ("client_secret", "any"),
            ("scope", scope),
        ],
    )))
}

fn with_token(mut request: Request, token: &str) -> Request {
    request.headers = qod_sandbox::http::Headers::default();
    request.header("Authorization", &format!("Bearer {token}"))
}

fn asked(bench: &mut Bench, parameters: &[(&str, &str)]) -> Answer {
    let url = format!("{SERVER}/authorize?{}", encoded(parameters));
    bench.send(Request::new("GET", &url))
}

/// The parameters that a redirection carries.
#[track_caller]
fn redirected(answer: &Answer, to: &str) -> Vec<(String, String)> {
    assert_eq!(answer.status, 302, "{}", answer.body);
    let location = answer.headers.first("location").unwrap();
    let (address, query) = location.split_at(to.len());
    assert_eq!(address, to);
    form_urlencoded::parse(&query.as_bytes()[1..])
        .into_owned()
        .collect()
}

fn jwt(claims: &Value) -> String {
    use base64::Engine as _;
    let part = |value: &Value| base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.c2ln", part(&json!({ "alg": "RS256" })), part(claims))
}

fn claims(subject: &str, seconds: i64) -> Value {
    json!({ "iss": "app", "sub": subject, "aud": SERVER, "exp": START.epoch_seconds() + seconds })
}

#[test]
fn client_credentials() {
    let basic = form("/token", &[("grant_type", "client_credentials")])
        .header("Authorization", "Basic YXBwOnNlY3JldA==");
    let assertion = jwt(&claims("app", 60));
    let signed = form(
        "/token",
        &[
            ("grant_type", "client_credentials"),
            (
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ),
            ("client_assertion", &assertion),
        ],
    );
    for ask in [
        of_app("/token", &[("grant_type", "client_credentials")]),
        basic,
        signed,
    ] {
        let mut bench = Bench::new();
        let token = token(bench.send(ask));
        let id = bench.send(with_token(request_create(), &token)).expect(201)["sessionId"].clone();
        // All of them are the same client.
        let other = own_token(&mut bench, "app", "");
        let path = format!("/sessions/{}", id.as_str().unwrap());
        bench
            .send(with_token(request("GET", &path), &other))
            .expect(200);
    }
}

#[test]
fn a_client_says_who_it_is_in_one_way() {
    const APP: &str = "Basic YXBwOnNlY3JldA==";
    let assertion = jwt(&claims("app", 60));
    let id = ("client_id", "app");
    let secret = ("client_secret", "secret");
    let signed = [
        (
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ),
        ("client_assertion", &assertion),
    ];
    let unknown = [("grant_type", "authorization_code"), ("code", "x")];
    // header, what stands in the form, whether that is one way
    for (header, sent, one) in [
        (Some(APP), vec![], true),
        (Some(APP), vec![id], true),
        (None, vec![id, secret], true),
        (None, [&signed[..], &[id]].concat(), true),
        (Some(APP), vec![("client_id", "other")], false),
        (Some(APP), vec![id, secret], false),
        (Some(APP), [&signed[..], &[id]].concat(), false),
        (None, [&signed[..], &[id, secret]].concat(), false),
        (
            None,
            [&signed[..], &[("client_id", "other")]].concat(),
            false,
        ),
    ] {
        let ask = |grant: &[(&str, &str)]| {
            let request = form("/token", &[grant, &sent].concat());
            match header {
                Some(header) => request.header("Authorization", header),
                None => request,
            }
        };
        let answer = Bench::new().send(ask(&[("grant_type", "client_credentials")]));
        if one {
            token(answer);
        } else {
            refused(answer, 400, "invalid_request");
        }
        // Who has said it is told that there is no such code.
        let error = if one {
            "invalid_grant"
        } else {
            "invalid_request"
        };
        refused(Bench::new().send(ask(&unknown)), 400, error);
    }
}

#[test]
fn a_form_need_not_be_declared_but_not_as_something_else() {
    let parameters = [
        ("grant_type", "client_credentials"),
        ("client_id", "app"),
        ("client_secret", "any"),
    ];
    for (declared, taken) in [
        (None, true),
        (Some("application/x-www-form-urlencoded"), true),
        (
            Some("Application/X-WWW-Form-urlencoded; charset=UTF-8"),
            true,
        ),
        (Some("application/json"), false),
        (Some("text/plain"), false),
    ] {
        let mut request =
            Request::new("POST", &format!("{SERVER}/token")).body(encoded(&parameters));
        if let Some(declared) = declared {
            request = request.header("Content-Type", declared);
        }
        let answer = Bench::new().send(request);
        if taken {
            token(answer);
        } else {
            refused(answer, 400, "invalid_request");
        }
    }
}

fn request_create() -> Request {
    post("/sessions", &minimal())
}

#[test]
fn scopes_permit_operations() {
    let all = ["create", "get", "extend", "delete", "profiles"];
    // What each token may do: in camara's dialect, in telefonica's.
    for (scope, camara, telefonica) in [
        ("", &all[..], &all[..]),
        (
            "qod-sessions-write",
            &["create", "extend", "profiles"][..],
            &[][..],
        ),
        ("qod-sessions-read", &["get", "profiles"], &[]),
        ("qod-sessions-delete", &["delete", "profiles"], &[]),
        ("qod-profiles-read", &["profiles"], &[]),
        (
            "qod-sessions-read qod-sessions-delete",
            &["get", "delete", "profiles"],
            &[],
        ),
        (PORTAL, &all, &all),
        ("qod", &["profiles"], &all),
        ("openid", &["profiles"], &[]),
    ] {
        for (dialect, permitted, code) in [
            (Dialect::Camara, camara, "PERMISSION_DENIED"),
            (Dialect::Telefonica, telefonica, "FORBIDDEN"),
        ] {
            for operation in all {
                let mut bench = Bench::planned(grants_after(0));
                bench.configure(Setting::Dialect(dialect));
                let everything = own_token(&mut bench, "app", "");
                let created = bench
                    .send(with_token(request_create(), &everything))
                    .expect(201);
                let path = format!("/sessions/{}", created["sessionId"].as_str().unwrap());
                let extend = json!({ "requestedAdditionalDuration": 1 });
                let elsewhere = json!({ "applicationServer": { "ipv6Address": "::1" } });
                let request = match operation {
                    "create" => post("/sessions", &with(minimal(), &elsewhere)),
                    "get" => request("GET", &path),
                    "extend" => post(&format!("{path}/extend"), &extend),
                    "delete" => request("DELETE", &path),
                    _ => request("GET", "/qos-profiles"),
                };
                let token = own_token(&mut bench, "app", scope);
                let answer = bench.send(with_token(request, &token));
                if permitted.contains(&operation) {
                    assert!(answer.status < 300, "{scope} {operation}: {}", answer.body);
                } else {
                    assert_eq!(answer.expect(403)["code"], code, "{scope} {operation}");
                }
            }
        }
    }
}

#[test]
fn sessions_belong_to_the_client_that_made_them() {
    let mut bench = Bench::planned(grants_after(0));
    // Whatever a client calls itself, it is not the mock token's, nor the one without a token.
    let tokens: Vec<_> = ["a", "b", "mock", "anonymous"]
        .map(|client| own_token(&mut bench, client, ""))
        .into();
    let mock = bench.created(&minimal());
    for (n, token) in tokens.iter().enumerate() {
        let device = json!({ "device": { "phoneNumber": format!("+3461000000{n}") } });
        let create = post("/sessions", &with(minimal(), &device));
        let created = bench.send(with_token(create, token)).expect(201);
        let path = format!("/sessions/{}", created["sessionId"].as_str().unwrap());
        let extend = json!({ "requestedAdditionalDuration": 1 });
        for other in tokens.iter().filter(|other| *other != token) {
            for request in [
                request("GET", &path),
                request("DELETE", &path),
                post(&format!("{path}/extend"), &extend),
            ] {
                let answer = bench.send(with_token(request, other));
                answer.expect_error(403, "PERMISSION_DENIED", "Operation not allowed: ...");
            }
        }
        assert_eq!(bench.get(&path).status, 403);
        bench
            .send(with_token(request("GET", &path), token))
            .expect(200);
        let mocks = bench.send(with_token(
            request("GET", &format!("/sessions/{mock}")),
            token,
        ));
        assert_eq!(mocks.status, 403);
    }
}

#[test]
fn tokens_expire_on_the_sandboxs_clock() {
    let mut bench = Bench::new();
    let token = own_token(&mut bench, "app", "");
    let profiles = || with_token(request("GET", "/qos-profiles"), &token);
    bench.wait(3599);
    bench.send(profiles()).expect(200);
    bench.wait(1);
    let message = "Authorization failed: ...";
    bench
        .send(profiles())
        .expect_error(401, "UNAUTHENTICATED", message);
    let rule = bench.explanations()[0]["rule"].clone();
    assert_eq!(
        rule,
        "the access token expired at 2026-01-01T01:00:00.000Z, on the sandbox's clock"
    );
}

#[test]
fn the_answer_never_says_what_is_wrong_with_a_token() {
    let mut messages = Vec::new();
    for header in [
        None,
        Some("Bearer"),
        Some("Bearer "),
        Some("Basic eDp5"),
        Some("Basic mock_sandbox_access_token"),
        Some("Bearer nobody's"),
    ] {
        let mut bench = Bench::new();
        let mut request = with_token(request("GET", "/qos-profiles"), "");
        request.headers = qod_sandbox::http::Headers::default();
        if let Some(header) = header {
            request = request.header("Authorization", header);
        }
        let answer = bench.send(request);
        assert_eq!(answer.headers.first("www-authenticate"), Some("Bearer"));
        messages.push(answer.expect(401)["message"].clone());
        assert!(bench.explanations()[0]["rule"].is_string());
    }
    messages.dedup();
    assert_eq!(messages.len(), 1, "{messages:?}");
}

#[test]
fn a_token_is_taken_as_it_was_issued_and_no_other_way() {
    let mut bench = Bench::new();
    let token = own_token(&mut bench, "app", "");
    let (start, last) = token.split_at(token.len() - 1);
    let other = if last == "0" { "1" } else { "0" };
    for guessed in [
        format!("{start}{other}"),
        start.to_owned(),
        format!("{token}{last}"),
    ] {
        let profiles = with_token(request("GET", "/qos-profiles"), &guessed);
        bench.send(profiles).expect(401);
    }
}

#[test]
fn without_authorization_no_token_is_looked_at() {
    let mut bench = Bench::new();
    bench.configure(Setting::Auth(Auth::Off));
    bench
        .send(with_token(request_create(), "nobody's"))
        .expect(201);
}

#[test]
fn a_code_is_redeemed_once() {
    let to = "https://app.example/back?a=b";
    let mut bench = Bench::new();
    let answer = asked(
        &mut bench,
        &[
            ("response_type", "code"),
            ("client_id", "app"),
            ("redirect_uri", to),
            ("scope", "openid qod-sessions-read"),
            ("state", "s t"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ],
    );
    let parameters = redirected(&answer, to);
    let [(_, code), (_, state)] = parameters.as_slice() else {
        panic!("{parameters:?}")
    };
    assert_eq!(state, "s t");
    let redeem = form(
        "/token",
        &[
            ("grant_type", "authorization_code"),
            ("client_id", "app"),
            ("code", code),
            ("redirect_uri", to),
            ("code_verifier", VERIFIER),
        ],
    );
    let answer = bench.send(redeem.clone());
    assert_eq!(answer.body["scope"], "openid qod-sessions-read");
    let token = token(answer);
    refused(bench.send(redeem), 400, "invalid_grant");
    // A user's token is held to its scopes.
    bench
        .send(with_token(request("GET", "/qos-profiles"), &token))
        .expect(200);
    bench.send(with_token(request_create(), &token)).expect(403);
}

#[test]
fn a_token_for_a_user_without_scopes_permits_nothing() {
    let mut bench = Bench::new();
    let assertion = jwt(&claims("tel:+34600000001", 60));
    let user = token(bench.send(form(
        "/token",
        &[("grant_type", JWT), ("assertion", &assertion)],
    )));
    bench.send(with_token(request_create(), &user)).expect(403);
    // One that is about its issuer is the client's own.
    let assertion = jwt(&claims("app", 60));
    let own = token(bench.send(form(
        "/token",
        &[("grant_type", JWT), ("assertion", &assertion)],
    )));
    bench.send(with_token(request_create(), &own)).expect(201);
}

#[test]
fn codes_that_cannot_be_redeemed() {
    let to = "https://app.example/back";
    let ask = [
        ("response_type", "code"),
        ("client_id", "app"),
        ("redirect_uri", to),
    ];
    let s256 = [
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let plain = [("code_challenge", VERIFIER)];
    let verifier = ("code_verifier", VERIFIER);
    let back = ("redirect_uri", to);
    // challenge, what is sent with the code, seconds later, whether it is redeemed
    for (challenge, sent, seconds, redeemed) in [
        (&s256[..], vec![back, verifier], 0, true),
        (&plain, vec![back, verifier], 59, true),
        (&[], vec![back], 0, true),
        (&[], vec![back], 60, false),
        (&[], vec![], 0, false),
        (
            &[],
            vec![("redirect_uri", "https://app.example/other")],
            0,
            false,
        ),
        (&[], vec![back, verifier], 0, false),
        (&s256, vec![back], 0, false),
        (&s256, vec![back, ("code_verifier", CHALLENGE)], 0, false),
    ] {
        let mut bench = Bench::new();
        let answer = asked(&mut bench, &[&ask, challenge].concat());
        let parameters = redirected(&answer, to);
        let grant = [
            ("grant_type", "authorization_code"),
            ("code", &parameters[0].1),
        ];
        bench.wait(seconds);
        let answer = bench.send(of_app("/token", &[&grant[..], &sent].concat()));
        if redeemed {
            token(answer);
        } else {
            refused(answer, 400, "invalid_grant");
        }
    }
    // Another client's.
    let mut bench = Bench::new();
    let answer = asked(&mut bench, &ask);
    let code = &redirected(&answer, to)[0].1;
    let stolen = [
        ("grant_type", "authorization_code"),
        ("client_id", "thief"),
        ("code", code),
        back,
    ];
    refused(bench.send(form("/token", &stolen)), 400, "invalid_grant");
}

#[test]
fn requests_for_a_code_that_are_wrong() {
    let to = "https://app.example/back";
    let client = ("client_id", "app");
    let back = ("redirect_uri", to);
    for parameters in [
        vec![],
        vec![client],
        vec![back],
        vec![client, ("redirect_uri", "/back")],
        vec![client, ("redirect_uri", "https://app.example/#fragment")],
        vec![client, client, back],
    ] {
        refused(
            asked(&mut Bench::new(), &parameters),
            400,
            "invalid_request",
        );
    }
    let code = ("response_type", "code");
    for (more, error) in [
        (vec![], "invalid_request"),
        (
            vec![("response_type", "token")],
            "unsupported_response_type",
        ),
        (vec![code, ("scope", "everything")], "invalid_scope"),
        (vec![code, ("code_challenge", "short")], "invalid_request"),
        (
            vec![
                code,
                ("code_challenge", CHALLENGE),
                ("code_challenge_method", "S512"),
            ],
            "invalid_request",
        ),
    ] {
        let parameters = [&[client, back, ("state", "1")], &more[..]].concat();
        let answer = asked(&mut Bench::new(), &parameters);
        let sent = redirected(&answer, to);
        assert_eq!(sent[0], ("error".to_owned(), error.to_owned()));
        assert_eq!(sent[2], ("state".to_owned(), "1".to_owned()));
    }
}

#[test]
fn a_user_is_asked_on_another_device() {
    let mut bench = Bench::new();
    let ask = of_app(
        "/bc-authorize",
        &[
            ("login_hint", "tel:+34600000001"),
            ("scope", "openid qod-sessions-write"),
        ],
    );
    let asked = bench.send(ask).expect(200);
    assert_eq!(
        (&asked["expires_in"], &asked["interval"]),
        (&json!(120), &json!(2))
    );
    let id = asked["auth_req_id"].as_str().unwrap();
    let poll = || of_app("/token", &[("grant_type", CIBA), ("auth_req_id", id)]);
    refused(bench.wait(2).send(poll()), 400, "authorization_pending");
    let other = form(
        "/token",
        &[
            ("grant_type", CIBA),
            ("auth_req_id", id),
            ("client_id", "b"),
            ("client_secret", "x"),
        ],
    );
    refused(bench.send(other), 400, "invalid_grant");
    // Too early: the interval is 7 s from now on, counted from each poll.
    refused(bench.wait(1).send(poll()), 400, "slow_down");
    refused(bench.wait(6).send(poll()), 400, "slow_down");
    let answer = bench.wait(12).send(poll());
    assert_eq!(answer.body["scope"], "openid qod-sessions-write");
    let token = token(answer);
    bench.send(with_token(request_create(), &token)).expect(201);
    refused(bench.wait(12).send(poll()), 400, "invalid_grant");
}

#[test]
fn a_user_who_is_polled_for_as_often_as_is_allowed() {
    // When it is asked for each time, in milliseconds after the last, until there is a token.
    for polls in [&[2000, 2000][..], &[3000], &[2999, 2000]] {
        let mut bench = Bench::new();
        let ask = of_app(
            "/bc-authorize",
            &[("login_hint", "tel:+34600000001"), ("scope", "openid")],
        );
        let asked = bench.send(ask).expect(200);
        let id = asked["auth_req_id"].as_str().unwrap();
        let poll = || of_app("/token", &[("grant_type", CIBA), ("auth_req_id", id)]);
        let (last, early) = polls.split_last().unwrap();
        for millis in early {
            let answer = bench.wait_millis(*millis).send(poll());
            refused(answer, 400, "authorization_pending");
        }
        token(bench.wait_millis(*last).send(poll()));
    }
}

#[test]
fn a_user_who_is_not_fetched_in_time() {
    for (expiry, seconds, granted) in [
        (None, 119, true),
        (None, 120, false),
        (Some("10"), 9, true),
        (Some("10"), 10, false),
        (Some("9000"), 120, false),
    ] {
        let mut bench = Bench::new();
        let mut parameters = vec![
            ("login_hint", "ipport:[2001:db8::1]:8080"),
            ("scope", "openid"),
        ];
        parameters.extend(expiry.map(|seconds| ("requested_expiry", seconds)));
        let asked = bench.send(of_app("/bc-authorize", &parameters)).expect(200);
        let id = asked["auth_req_id"].as_str().unwrap();
        bench.wait(seconds);
        let answer = bench.send(of_app(
            "/token",
            &[("grant_type", CIBA), ("auth_req_id", id)],
        ));
        if granted {
            token(answer);
        } else {
            refused(answer, 400, "expired_token");
        }
    }
}

#[test]
fn requests_to_ask_a_user_that_are_wrong() {
    let tel = ("login_hint", "tel:+34600000001");
    let scope = ("scope", "openid");
    for (parameters, error) in [
        (vec![scope], "invalid_request"),
        (vec![tel], "invalid_request"),
        (
            vec![scope, ("login_hint", "+34600000001")],
            "invalid_request",
        ),
        (vec![scope, ("login_hint", "tel:x")], "invalid_request"),
        (
            vec![scope, ("login_hint", "ipport:203.0.113.25")],
            "invalid_request",
        ),
        (vec![scope, tel, ("id_token_hint", "x")], "invalid_request"),
        (
            vec![scope, tel, ("requested_expiry", "0")],
            "invalid_request",
        ),
        (vec![("scope", "all"), tel], "invalid_scope"),
    ] {
        refused(
            Bench::new().send(of_app("/bc-authorize", &parameters)),
            400,
            error,
        );
    }
    let mut bench = Bench::new();
    let closed = Operator {
        registry: RegistryMode::Closed,
        ..Operator::default()
    };
    bench.configure(Setting::Operator(Arc::new(closed)));
    refused(
        bench.send(of_app("/bc-authorize", &[scope, tel])),
        400,
        "unknown_user_id",
    );
    let known = ("login_hint", "ipport:203.0.113.101:40101");
    bench
        .send(of_app("/bc-authorize", &[scope, known]))
        .expect(200);
    refused(
        bench.send(form("/bc-authorize", &[scope, tel])),
        401,
        "invalid_client",
    );
}

#[test]
fn token_requests_that_are_wrong() {
    let credentials = ("grant_type", "client_credentials");
    let json = Request::new("POST", "/token")
        .header("Content-Type", "application/json")
        .body("{}");
    let late = jwt(&claims("app", 0));
    let early = jwt(&with(
        claims("app", 60),
        &json!({ "nbf": START.epoch_seconds() + 1 }),
    ));
    let lacking = ["iss", "sub", "aud", "exp"]
        .map(|name| jwt(&with(claims("app", 60), &json!({ name: null }))));
    let now = json!({ "nbf": START.epoch_seconds() });
    for valid in [claims("app", 60), with(claims("app", 60), &now)] {
        let assertion = ("assertion", &*jwt(&valid));
        token(Bench::new().send(form("/token", &[("grant_type", JWT), assertion])));
    }
    let empty = ["iss", "sub"].map(|name| jwt(&with(claims("app", 60), &json!({ name: "" }))));
    let signed = jwt(&claims("app", 60));
    let unsigned = signed.trim_end_matches("c2ln");
    let (_, rest) = signed.split_once('.').unwrap();
    // { "alg": "none" }
    let none = format!("eyJhbGciOiJub25lIn0.{rest}");
    let mut cases = vec![
        (json, 400, "invalid_request"),
        (form("/token", &[]), 400, "invalid_request"),
        (
            of_app("/token", &[("grant_type", "password")]),
            400,
            "unsupported_grant_type",
        ),
        (
            of_app("/token", &[credentials, ("scope", "qod-sessions-write x")]),
            400,
            "invalid_scope",
        ),
        (
            of_app("/token", &[credentials, credentials]),
            400,
            "invalid_request",
        ),
        (form("/token", &[credentials]), 401, "invalid_client"),
        (
            form("/token", &[credentials, ("client_id", "app")]),
            401,
            "invalid_client",
        ),
        (
            form(
                "/token",
                &[credentials, ("client_id", "app"), ("client_secret", "")],
            ),
            401,
            "invalid_client",
        ),
        (
            form("/token", &[credentials]).header("Authorization", "Bearer x"),
            401,
            "invalid_client",
        ),
        (
            form("/token", &[credentials]).header("Authorization", "Basic ="),
            401,
            "invalid_client",
        ),
        (
            form("/token", &[credentials]).header("Authorization", "Basic Og=="),
            401,
            "invalid_client",
        ),
        (
            form("/token", &[credentials]).header("Authorization", "Basic YXBwOg=="),
            401,
            "invalid_client",
        ),
        (
            form("/token", &[credentials]).header("Authorization", "Basic OnNlY3JldA=="),
            401,
            "invalid_client",
        ),
        (
            of_app("/token", &[credentials]).header("Authorization", "Basic eDp5"),
            400,
            "invalid_request",
        ),
        (
            of_app("/token", &[("grant_type", CIBA)]),
            400,
            "invalid_request",
        ),
        (
            of_app("/token", &[("grant_type", CIBA), ("auth_req_id", "x")]),
            400,
            "invalid_grant",
        ),
        (
            of_app(
                "/token",
                &[("grant_type", "authorization_code"), ("code", "x")],
            ),
            400,
            "invalid_grant",
        ),
        (
            form("/token", &[("grant_type", JWT)]),
            400,
            "invalid_request",
        ),
    ];
    let many: Vec<_> = (0..51).map(|n| (n.to_string(), "")).collect();
    let many: Vec<_> = many
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    let large = "a".repeat(1_048_576);
    let small = of_app("/token", &[credentials, ("x", "")]).body.len();
    let largest = "a".repeat(1_048_576 - small);
    token(Bench::new().send(of_app("/token", &[credentials, ("x", &largest)])));
    cases.push((form("/token", &many), 400, "invalid_request"));
    cases.push((
        of_app("/token", &[credentials, ("x", &large)]),
        400,
        "invalid_request",
    ));
    for assertion in ["x", "a.b.c", &late, &early, unsigned, &none]
        .into_iter()
        .chain(lacking.iter().chain(&empty).map(String::as_str))
    {
        cases.push((
            form("/token", &[("grant_type", JWT), ("assertion", assertion)]),
            400,
            "invalid_grant",
        ));
    }
    for (request, status, error) in cases {
        let mut bench = Bench::new();
        refused(bench.send(request), status, error);
        let explanation = &bench.explanations()[0];
        assert!(
            explanation["reference"]
                .as_str()
                .unwrap()
                .contains("section"),
            "{explanation}"
        );
    }
}

#[test]
fn clients_find_the_endpoints_by_themselves() {
    let mut bench = Bench::new();
    let url = "https://op.example/some/.well-known/openid-configuration";
    let found = bench.send(Request::new("GET", url)).expect(200);
    assert_eq!(found["issuer"], "https://op.example/some");
    assert_eq!(found["token_endpoint"], "https://op.example/some/token");
    let url = found["token_endpoint"].as_str().unwrap();
    let mut request = of_app("/token", &[("grant_type", "client_credentials")]);
    url.clone_into(&mut request.url);
    token(bench.send(request));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_sent_the_answer_is_well_formed(
        path in prop_oneof![Just("/token"), Just("/bc-authorize")],
        parameters in proptest::collection::vec((
            prop_oneof![
                Just("grant_type"), Just("client_id"), Just("client_secret"), Just("scope"), Just("login_hint"), Just("code"),
                Just("assertion"), Just("auth_req_id"), Just("client_assertion"), Just("requested_expiry"),
            ],
            prop_oneof![
                Just("client_credentials".to_owned()), Just(CIBA.to_owned()), Just(JWT.to_owned()), Just("authorization_code".to_owned()),
                Just("openid".to_owned()), Just("tel:+34600000001".to_owned()), any::<String>(),
            ],
        ), 0..6),
        basic in any::<Option<String>>(),
    ) {
        let pairs: Vec<_> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut request = form(path, &pairs);
        if let Some(basic) = basic {
            request = request.header("Authorization", &basic);
        }
        let answer = Bench::new().send(request);
        prop_assert!([200, 400, 401].contains(&answer.status), "{}", answer.status);
        prop_assert_eq!(answer.body["error"].is_string(), answer.status != 200, "{}", answer.body);
    }
}
