//! Runs as they are handed on: what came in, from where on, and without whose secrets.

use crate::common::*;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use qod_sandbox::engine::NetworkAct;
use qod_sandbox::http::Request;
use qod_sandbox::sandbox::{
    Answering, Auth, DeliveryPolicy, Disorder, Input, Limits, Receiver, Receivers, Sandbox,
    SetAnswer, SetReply, Setting, StandIns, Target,
};
use serde_json::json;

const TOKEN: &str = "c8974e592c2fa383d4a3960714";

/// How many inputs there can be until the oldest are let go.
const MANY: usize = 13_000;

fn with_token() -> serde_json::Value {
    let webhook =
        json!({ "notificationUrl": "https://a.example/hook", "notificationAuthToken": TOKEN });
    with(lasting(86_400), &json!({ "webhook": webhook }))
}

fn token_request(client: &str) -> Request {
    let form = format!("grant_type=client_credentials&client_id={client}&client_secret=hush-hush");
    Request::new("POST", "https://api.example.com/token")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form)
}

fn issued(bench: &mut Bench, client: &str) -> String {
    let answer = bench.sandbox.request(bench.now, token_request(client));
    let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    body["access_token"].as_str().unwrap().to_owned()
}

fn insisting(token: &str) -> Receiver {
    Receiver {
        target: Target::Any,
        answering: Answering::Set(SetAnswer {
            require_token: Some(token.into()),
            ..SetAnswer::always(SetReply::Status(204))
        }),
    }
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[test]
fn what_came_in_is_told_with_its_time_and_its_answer() {
    let mut bench = Bench::new();
    let id = bench.created(&lasting(60));
    bench.wait(2);
    bench.get(&format!("/sessions/{id}"));
    bench.configure(Setting::Auth(Auth::Off));
    let told: Vec<_> = bench.sandbox.recorded().collect();
    let times: Vec<_> = told
        .iter()
        .map(|(at, ..)| at.since(START).as_secs())
        .collect();
    assert_eq!(times, [0, 2, 2]);
    let statuses: Vec<_> = told
        .iter()
        .map(|(.., exchange)| exchange.map(|exchange| exchange.response().status))
        .collect();
    assert_eq!(statuses, [Some(201), Some(200), None]);
    assert_eq!(told[2].1, Input::Configure(Setting::Auth(Auth::Off)));
    assert_eq!(bench.sandbox.recorded_notifications().count(), 1);
    let (seed, start, settings) = bench.sandbox.recorded_from();
    assert_eq!((seed, start, settings.auth), (1, START, Auth::Required));
    // It starts with the run itself: nothing is to be told of before.
    let veil = &mut |_: qod_sandbox::api::Secret<'_>| String::new();
    assert_eq!(bench.sandbox.recorded_start(veil), None);
}

#[test]
fn a_run_that_starts_in_the_middle_tells_its_start_without_secrets() {
    let mut bench = Bench::new();
    bench.receiver(Target::Any, insisting(TOKEN).answering);
    bench.configure(Setting::Delivery(DeliveryPolicy {
        disorder: Disorder {
            delay: std::time::Duration::from_secs(60),
            ..Disorder::default()
        },
        ..DeliveryPolicy::default()
    }));
    let client = issued(&mut bench, "anna");
    let id = bench.created(&with_token());
    bench.wait(2);
    let notification = bench.sandbox.notifications().next().unwrap().message.id;
    for _ in 0..MANY {
        bench.configure(Setting::Limits(Limits::default()));
    }
    let redelivered = bench
        .sandbox
        .redeliver(bench.now, &notification.to_string());
    redelivered.unwrap();
    bench.get(&format!("/sessions/{id}"));

    let mut stand_ins = StandIns::default();
    let start = bench
        .sandbox
        .recorded_start(&mut |secret| stand_ins.veil(secret));
    let start = start.unwrap();
    let content = BASE64_STANDARD
        .decode(start.rsplit(':').next().unwrap())
        .unwrap();
    assert!(!has(&content, TOKEN) && !has(&content, &client));
    assert!(!has(&content, "hush-hush"));
    assert!(has(&content, "stand-in-1-"));

    let mut again = Bench::new();
    let again = &mut again.sandbox;
    again.restore::<()>(&start).unwrap();
    let mut last = None;
    for (at, input, _) in bench.sandbox.recorded() {
        again.handle(at, input).unwrap();
        last = Some(at);
    }
    again.handle_timeout(last.unwrap());
    let seen = |sandbox: &Sandbox| {
        let last = sandbox.traffic().next_back();
        let last = last.map(|exchange| exchange.response().status);
        let sessions = sandbox.sessions();
        let sessions: Vec<_> = sessions
            .iter()
            .map(|session| (session.id, session.status()))
            .collect();
        (last, sessions, sandbox.live())
    };
    assert_eq!(seen(again), seen(&bench.sandbox));
}

#[test]
fn a_sandbox_in_the_place_of_another_hears_nothing_of_what_is_under_way_there() {
    let bench = Bench::new();
    let mut other = Bench::new();
    other.sandbox.in_the_run_after(&bench.sandbox);
    assert_ne!(other.sandbox.run(), bench.sandbox.run());
}

#[test]
fn receivers_are_a_text_and_back() {
    let mut bench = Bench::new();
    bench.receiver(
        Target::Url("https://a.example/hook".into()),
        insisting(TOKEN).answering,
    );
    bench.receiver(
        Target::Pattern("https://*.example/*".into()),
        Answering::Handler,
    );
    let all = bench.sandbox.all_receivers().clone();
    assert_eq!(Receivers::parse(&all.to_text()), Some(all.clone()));
    assert_eq!(Receivers::parse("no base64!"), None);
    assert_eq!(Receivers::parse(""), None);

    let rest = all.without_handlers();
    let [insisting, handler] = all.iter().collect::<Vec<_>>()[..] else {
        panic!("{all:?}")
    };
    assert_eq!(rest.iter().collect::<Vec<_>>(), [insisting]);
    assert!(!rest.is_empty() && Receivers::default().is_empty());

    let mut stand_ins = StandIns::default();
    let veiled = all.veiled(&mut |secret| stand_ins.veil(secret));
    assert!(!has(
        &BASE64_STANDARD.decode(veiled.to_text()).unwrap(),
        TOKEN
    ));
    // All else is as it was.
    let veiled: Vec<_> = veiled.iter().collect();
    assert_eq!(veiled.len(), 2);
    assert_eq!((veiled[0].0, veiled[1]), (insisting.0, handler));
}

#[test]
fn receivers_go_on_counting_where_others_of_the_same_kind_were() {
    let mut bench = Bench::new();
    let failing = |reply| {
        Answering::Set(SetAnswer {
            fail_first: 2,
            ..SetAnswer::always(reply)
        })
    };
    bench.receiver(Target::Any, failing(SetReply::Status(204)));
    let before = bench.sandbox.all_receivers().clone();
    bench.created(&lasting(60));
    bench.wait(2);
    let after = bench.sandbox.all_receivers().clone();
    assert_ne!(before, after);
    assert_eq!(before.counted_as(&after), after);
    assert_eq!(after.counted_as(&before), before);
    // Another one in its place has failed nothing.
    let mut other = Bench::new();
    other.receiver(Target::Any, failing(SetReply::Status(200)));
    let other = other.sandbox.all_receivers().clone();
    assert_eq!(other.counted_as(&after), other);
}

#[test]
fn of_very_many_tokens_the_oldest_go() {
    let mut bench = Bench::new();
    let first = issued(&mut bench, "anna");
    let get = |token: &str| {
        Request::new("GET", &format!("{ROOT}/qos-profiles"))
            .header("Authorization", &format!("Bearer {token}"))
    };
    for _ in 0..9_999 {
        bench.sandbox.request(bench.now, token_request("berta"));
    }
    assert_eq!(bench.sandbox.request(bench.now, get(&first)).status, 200);
    let last = issued(&mut bench, "berta");
    assert_eq!(bench.sandbox.request(bench.now, get(&first)).status, 401);
    assert_eq!(bench.sandbox.request(bench.now, get(&last)).status, 200);
}

#[test]
fn records_beyond_their_limits_are_counted() {
    let mut bench = Bench::new();
    bench.configure(Setting::Limits(Limits {
        traffic: 2,
        notifications: 1,
        released_sessions: 1,
        ..Limits::default()
    }));
    for _ in 0..3 {
        let id = bench.created(&lasting(60));
        bench.wait(2);
        bench.delete(&id);
    }
    let kept = [
        bench.sandbox.traffic().count(),
        bench.sandbox.notifications().count(),
        bench.sandbox.sessions().len(),
    ];
    assert_eq!(kept, [2, 1, 1]);
    let dropped = bench.sandbox.dropped();
    assert_eq!(
        (dropped.traffic, dropped.notifications, dropped.sessions),
        (4, 5, 2)
    );
}

#[test]
fn what_was_declined_is_no_part_of_the_run() {
    let mut bench = Bench::new();
    let id = bench.created(&lasting(60));
    let count = bench.sandbox.recorded().count();
    assert!(
        bench
            .sandbox
            .handle(bench.now, Input::Redeliver("nothing".to_owned()))
            .is_err()
    );
    bench.delete(&id);
    assert!(bench.network(&id, NetworkAct::Grant).is_err());
    assert_eq!(bench.sandbox.recorded().count(), count + 1);
}

#[test]
fn what_a_run_would_replace_is_more_than_a_fresh_sandbox_has() {
    let fresh = Bench::new();
    let more = |act: &dyn Fn(&mut Bench)| {
        let mut bench = Bench::new();
        act(&mut bench);
        bench.sandbox.has_more_than(&fresh.sandbox)
    };
    assert!(!more(&|_| ()));
    assert!(!more(&|bench| {
        bench.wait(5);
    }));
    assert!(!more(&|bench| {
        bench.receiver(Target::Any, Answering::Handler);
    }));
    assert!(more(&|bench| drop(bench.get("/qos-profiles"))));
    assert!(more(&|bench| bench.configure(Setting::Auth(Auth::Off))));
    assert!(more(&|bench| {
        let device = bench.sandbox.devices().next().unwrap().id;
        let taken = Input::RemoveDevice(device);
        bench.sandbox.handle(bench.now, taken).unwrap();
    }));
    assert!(more(&|bench| {
        bench.wait(5).sandbox.rewind(START).unwrap();
    }));
    assert!(more(&|bench| {
        let fault = crate::faults::any();
        bench.sandbox.add_fault(bench.now, fault);
    }));
}

#[test]
fn whether_receivers_have_patterns_is_known() {
    let mut bench = Bench::new();
    bench.receiver(Target::Any, Answering::Handler);
    assert!(!bench.sandbox.has_patterns());
    bench.receiver(Target::Pattern("*".into()), Answering::Handler);
    assert!(bench.sandbox.has_patterns());
}
