//! Secrets: clients get them in full, records show them masked.

use crate::common::*;
use qod_sandbox::api::SessionView;
use qod_sandbox::http::Request;
use qod_sandbox::sandbox::Reception;
use qod_sandbox::{Answering, Input, Target};
use serde_json::{Value, json};

const WEBHOOK_TOKEN: &str = "c8974e592c2fa383d4a3960714";

/// Everything that a sandbox shows, as text.
fn records(bench: &Bench) -> String {
    let sandbox = &bench.sandbox;
    let sessions: Vec<_> = sandbox
        .sessions()
        .iter()
        .map(|s| SessionView::of(s))
        .collect();
    let notifications: Vec<_> = sandbox.notifications().map(|n| n.record()).collect();
    let traffic: Vec<_> = sandbox.traffic().map(|x| x.record()).collect();
    json!([sessions, notifications, traffic]).to_string()
}

fn with_webhook(token: &Value) -> Value {
    let webhook = json!({
        "notificationUrl": "https://a.example/hook",
        "notificationAuthToken": token,
    });
    with(minimal(), &json!({ "webhook": webhook }))
}

#[test]
fn a_client_gets_its_tokens_in_full_and_records_show_them_masked() {
    let mut bench = Bench::planned(grants_after(0));
    let info = bench
        .create(&with_webhook(&json!(WEBHOOK_TOKEN)))
        .expect(201);
    assert_eq!(info["webhook"]["notificationAuthToken"], WEBHOOK_TOKEN);

    let form =
        "grant_type=client_credentials&client_id=me&client_secret=my-very-secret-client-secret";
    let request = Request::new("POST", "https://api.example.com/token")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form);
    let answer = bench.send(request).expect(200);
    let bearer = answer["access_token"].as_str().unwrap().to_owned();
    let request = Request::new("GET", &format!("{ROOT}/qos-profiles"))
        .header("Authorization", &format!("Bearer {bearer}"));
    bench.send(request).expect(200);

    let shown = records(&bench);
    for secret in [
        WEBHOOK_TOKEN,
        &bearer,
        "mock_sandbox_access_token",
        "very-secret",
    ] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    assert!(shown.contains("c897••••••••••••••••••0714"), "{shown}");
    assert!(
        shown.contains("Bearer mock•••••••••••••••••oken"),
        "{shown}"
    );
}

#[test]
fn a_refusal_is_explained_without_the_token() {
    for token in [
        json!("too-short-a-token"),
        json!(12_345_678_901_234_567_890_u64),
        json!(["a-token-in-an-array"]),
    ] {
        let mut bench = Bench::new();
        bench.create(&with_webhook(&token)).expect(400);
        let explanation = &bench.explanations()[0];
        assert_eq!(explanation["pointer"], "/webhook/notificationAuthToken");
        let shown = records(&bench);
        for secret in [
            "too-short-a-token",
            "12345678901234567890",
            "a-token-in-an-array",
        ] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn a_token_in_the_wrong_place_is_masked_too() {
    let mut bench = Bench::new();
    let body = with(
        minimal(),
        &json!({ "notificationAuthToken": WEBHOOK_TOKEN, "sinkCredential": { "accessToken": WEBHOOK_TOKEN } }),
    );
    bench.create(&body).expect(201);
    let shown = records(&bench);
    assert!(!shown.contains(WEBHOOK_TOKEN), "{shown}");
}

#[test]
fn a_code_in_a_redirect_is_masked() {
    let mut bench = Bench::new();
    let url = "https://api.example.com/authorize?response_type=code&client_id=me&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&state=s&scope=openid";
    let answer = bench.send(Request::new("GET", url));
    assert_eq!(answer.status, 302);
    let location = answer.headers.first("location").unwrap();
    let (_, code) = location.split_once("code=").unwrap();
    let code = code.split('&').next().unwrap();
    assert!(!records(&bench).contains(code), "{}", records(&bench));
}

#[test]
fn secrets_in_other_headers_and_in_urls_are_masked() {
    const SECRET: &str = "a-secret-of-some-length-0123456789";
    let mut bench = Bench::planned(grants_after(0));
    let hook = format!("https://me:{SECRET}@a.example/hook?access_token={SECRET}&b=c");
    let body = with(
        minimal(),
        &json!({ "webhook": { "notificationUrl": hook } }),
    );
    let url = format!("https://user:{SECRET}@api.example.com/qod/v0/sessions?apiKey={SECRET}");
    let mut request = Request::new("POST", &url)
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer mock_sandbox_access_token")
        .header(
            "Referer",
            &format!("https://app.example/#id_token={SECRET}"),
        )
        .body(body.to_string());
    for name in [
        "Cookie",
        "Proxy-Authorization",
        "X-Api-Key",
        "X-Auth-Token",
        "X-Client-Secret",
    ] {
        request = request.header(name, SECRET);
    }
    bench.send(request).expect(201);
    // One that is refused, and explained.
    let hook = format!("ftp//me:{SECRET}");
    let webhook = json!({ "notificationUrl": format!("https://:{SECRET}@/"), "token": hook });
    bench
        .create(&with(minimal(), &json!({ "webhook": webhook })))
        .expect(400);
    bench.wait(60);
    let shown = records(&bench);
    assert!(!shown.contains(SECRET), "{shown}");
    assert!(shown.contains("@a.example/hook?access_token="), "{shown}");
    assert!(shown.contains("&b=c"), "{shown}");
}

#[test]
fn what_a_receiver_says_of_its_failure_does_not_give_the_url_away() {
    const SECRET: &str = "a-secret-of-some-length-0123456789";
    let mut bench = Bench::planned(grants_after(0));
    bench.receiver(Target::Any, Answering::Handler);
    let hook = format!("https://a.example/hook?token={SECRET}");
    let body = with(
        minimal(),
        &json!({ "webhook": { "notificationUrl": hook } }),
    );
    bench.create(&body).expect(201);
    let dispatch = bench.dispatches().remove(0);
    assert!(dispatch.request.url.contains(SECRET));
    let reason = format!("no route to {hook}");
    let input = Input::Received(dispatch.run, dispatch.id, Reception::Failed(reason));
    bench.sandbox.handle(bench.now, input).unwrap();
    let shown = records(&bench);
    assert!(
        shown.contains("no route to https://a.example/hook?token="),
        "{shown}"
    );
    assert!(!shown.contains(SECRET), "{shown}");
}
