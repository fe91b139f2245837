//! Deliveries: receivers with a set answer, retries, timeouts, and what goes astray.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::common::*;
use qod_sandbox::engine::NetworkAct;
use qod_sandbox::sandbox::{
    Answering, Declined, DeliveryId, DeliveryPolicy, Destination, Disorder, Fired, FiredKind,
    Input, Options, Output, ReceiverId, Reception, Run, SetAnswer, SetReply, Setting, Target, To,
};
use qod_sandbox::time::Instant;
use serde_json::{Value, json};

const HOOK: &str = "https://a.example/hook";

fn at(seconds: u64) -> Instant {
    START.after(Duration::from_secs(seconds))
}

fn status(status: u16) -> Answering {
    Answering::Set(SetAnswer::always(SetReply::Status(status)))
}

fn policy(attempts: u32) -> DeliveryPolicy {
    DeliveryPolicy {
        attempts: NonZeroU32::new(attempts).unwrap(),
        ..DeliveryPolicy::default()
    }
}

fn astray(disorder: Disorder) -> DeliveryPolicy {
    DeliveryPolicy {
        disorder,
        ..DeliveryPolicy::default()
    }
}

/// A sandbox with one receiver at [`HOOK`], and that policy; sessions are granted at once.
fn with_receiver(answering: Answering, policy: DeliveryPolicy) -> Bench {
    let mut bench = Bench::planned(grants_after(0));
    bench.configure(Setting::Delivery(policy));
    bench.receiver(Target::Url(HOOK.into()), answering);
    bench
}

/// The records of all notifications, in JSON.
fn records(bench: &Bench) -> Vec<Value> {
    let records = bench.sandbox.notifications().map(|n| n.record());
    records
        .map(|record| serde_json::to_value(record).unwrap())
        .collect()
}

/// The attempts for a notification: `0 s event: refused 503`.
fn attempts(notification: &Value) -> Vec<String> {
    let attempts = notification["deliveries"].as_array().unwrap();
    for (place, attempt) in attempts.iter().enumerate() {
        assert_eq!(attempt["attempt"], place + 1, "{attempts:?}");
        assert_eq!(attempt["url"], HOOK);
        let reason = attempt.get("reason").is_some();
        let fine = ["delivered", "pending"].contains(&attempt["outcome"].as_str().unwrap());
        assert_eq!(reason, !fine, "{attempt}");
        assert_eq!(
            attempt.get("durationMs").is_none(),
            attempt["outcome"] == "pending"
        );
    }
    let line = |attempt: &Value| {
        let at = Instant::parse_rfc3339(attempt["at"].as_str().unwrap()).unwrap();
        let (cause, outcome) = (
            attempt["cause"].as_str().unwrap(),
            attempt["outcome"].as_str().unwrap(),
        );
        let status = attempt
            .get("status")
            .map_or(String::new(), |status| format!(" {status}"));
        format!("{} s {cause}: {outcome}{status}", at.since(START).as_secs())
    };
    attempts.iter().map(line).collect()
}

fn fired(bench: &mut Bench) -> Vec<Fired> {
    let outputs = bench.outputs().into_iter();
    outputs
        .filter_map(|output| {
            if let Output::Fired(fired) = output {
                Some(fired)
            } else {
                None
            }
        })
        .collect()
}

#[test]
fn a_receiver_with_a_set_answer_answers_at_once() {
    for (code, outcome) in [
        (200, "delivered"),
        (204, "delivered"),
        (302, "refused"),
        (400, "refused"),
        (401, "refused"),
        (410, "refused"),
        (500, "refused"),
        (503, "refused"),
    ] {
        let mut bench = with_receiver(status(code), DeliveryPolicy::default());
        bench.created(&lasting(60));
        let told = records(&bench);
        assert_eq!(attempts(&told[0]), [format!("0 s event: {outcome} {code}")]);
        assert_eq!(told[0]["deliveries"][0]["durationMs"], 0);
        // Nothing is left to be done.
        bench.wait(50);
        assert_eq!(attempts(&records(&bench)[0]).len(), 1);
        assert!(
            !bench
                .outputs()
                .iter()
                .any(|output| matches!(output, Output::Deliver(_)))
        );
    }
}

#[test]
fn a_record_has_the_request_with_its_token_masked() {
    let mut bench = with_receiver(status(204), DeliveryPolicy::default());
    let token = "c8974e592c2fa383d4a3960714";
    let webhook = json!({ "notificationUrl": HOOK, "notificationAuthToken": token });
    bench.created(&with(minimal(), &json!({ "webhook": webhook })));
    let told = &records(&bench)[0];
    assert_eq!(
        told["request"],
        json!({
            "method": "POST",
            "url": HOOK,
            "headers": {
                "content-type": "application/cloudevents+json",
                "authorization": "Bearer c897••••••••••••••••••0714",
            },
        })
    );
    // The body is the event, byte for byte.
    let notification = bench.sandbox.notifications().next().unwrap();
    let message = &notification.message;
    let body = message.request(message.webhook.as_ref().unwrap()).body;
    assert_eq!(body, serde_json::to_vec(&message.event()).unwrap());
}

#[test]
fn a_receiver_can_insist_on_its_token() {
    let token = "c8974e592c2fa383d4a3960714";
    let insists = || {
        Answering::Set(SetAnswer {
            require_token: Some(token.into()),
            ..SetAnswer::always(SetReply::Status(204))
        })
    };
    for (given, expected) in [
        (json!(token), "0 s event: delivered 204"),
        (
            json!("another-token-of-that-length"),
            "0 s event: refused 401",
        ),
        (Value::Null, "0 s event: refused 401"),
    ] {
        let mut bench = with_receiver(insists(), DeliveryPolicy::default());
        let webhook = with(
            json!({ "notificationUrl": HOOK }),
            &json!({ "notificationAuthToken": given }),
        );
        bench.created(&with(minimal(), &json!({ "webhook": webhook })));
        assert_eq!(attempts(&records(&bench)[0]), [expected]);
    }
}

#[test]
fn retries_wait_longer_each_time_and_end() {
    let mut bench = with_receiver(status(503), policy(4));
    bench.created(&lasting(3600));
    assert_eq!(records(&bench)[0]["nextAttemptAt"], at(1).to_string());
    assert_eq!(bench.sandbox.poll_timeout().unwrap().0, at(1));
    bench.outputs();
    bench.wait(100);
    assert_eq!(
        attempts(&records(&bench)[0]),
        [
            "0 s event: refused 503",
            "1 s retry: refused 503",
            "3 s retry: refused 503",
            "7 s retry: refused 503",
        ]
    );
    assert_eq!(records(&bench)[0].get("nextAttemptAt"), None);
    let fired = fired(&mut bench);
    let times: Vec<_> = fired.iter().map(|fired| (fired.at, fired.kind)).collect();
    assert_eq!(
        times,
        [1, 3, 7].map(|seconds| (at(seconds), FiredKind::Delivery))
    );
    let id = records(&bench)[0]["id"].clone();
    assert!(
        fired
            .iter()
            .all(|fired| fired.notification_id.map(|id| id.to_string()).as_deref() == id.as_str())
    );
}

#[test]
fn a_receiver_that_fails_twice_gets_it_the_third_time() {
    let fails_twice = Answering::Set(SetAnswer {
        fail_first: 2,
        ..SetAnswer::always(SetReply::Status(204))
    });
    let mut bench = with_receiver(fails_twice, policy(5));
    let id = bench.created(&lasting(3600));
    bench.wait(10).delete(&id);
    let told = records(&bench);
    assert_eq!(
        attempts(&told[0]),
        [
            "0 s event: refused 503",
            "1 s retry: refused 503",
            "3 s retry: delivered 204"
        ]
    );
    assert_eq!(attempts(&told[1]), ["10 s event: delivered 204"]);
    // After a reset it fails again.
    let options = Options {
        seed: 1,
        start_at: START,
        settings: bench.sandbox.settings().clone(),
    };
    bench.sandbox.reset(&options);
    bench.now = START;
    bench.created(&lasting(3600));
    assert_eq!(attempts(&records(&bench)[0]), ["0 s event: refused 503"]);
}

#[test]
fn a_receiver_that_is_gone_is_not_tried_again() {
    let mut bench = with_receiver(status(410), policy(5));
    bench.created(&lasting(3600));
    bench.wait(100);
    assert_eq!(attempts(&records(&bench)[0]), ["0 s event: refused 410"]);
}

#[test]
fn a_receiver_that_never_answers_times_out_and_holds_back_no_others() {
    let policy = DeliveryPolicy {
        timeout: Duration::from_secs(4),
        ..policy(2)
    };
    let never = Answering::Set(SetAnswer::always(SetReply::Never));
    let mut bench = with_receiver(never, policy);
    bench.receiver(Target::Origin("https://b.example".into()), status(204));
    let id = bench.created(&lasting(3600));
    assert_eq!(attempts(&records(&bench)[0]), ["0 s event: pending"]);
    let other = json!({ "devicePorts": { "ports": [1] }, "applicationServer": { "ipv4Address": "198.51.100.11" }, "webhook": { "notificationUrl": "https://b.example/x" } });
    bench.created(&with(minimal(), &other));
    assert_eq!(records(&bench)[1]["deliveries"][0]["outcome"], "delivered");
    // Nor its own next one.
    bench.wait(1).delete(&id);
    bench.outputs();
    bench.wait(20);
    assert_eq!(
        attempts(&records(&bench)[0]),
        ["0 s event: timeout", "5 s retry: timeout"]
    );
    assert_eq!(records(&bench)[0]["deliveries"][0]["durationMs"], 4000);
    assert_eq!(
        records(&bench)[0]["deliveries"][0]["reason"],
        "no answer within 4000 ms of the sandbox's time"
    );
    assert_eq!(
        attempts(&records(&bench)[2]),
        ["1 s event: timeout", "6 s retry: timeout"]
    );
    let kinds: Vec<_> = fired(&mut bench).iter().map(|fired| fired.kind).collect();
    assert_eq!(kinds.len(), 6, "{kinds:?}");
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| **kind == FiredKind::Timeout)
            .count(),
        4
    );
}

#[test]
fn what_is_handed_out_times_out_and_is_abandoned() {
    let mut bench = with_receiver(Answering::Handler, policy(2));
    bench.created(&lasting(3600));
    let first = bench.dispatches().remove(0);
    assert!(matches!(first.to, To::Receiver(_)));
    bench.wait(11);
    let outputs = bench.outputs();
    assert!(
        outputs.contains(&Output::Abandon(first.run, first.id)),
        "{outputs:?}"
    );
    let Some(Output::Deliver(second)) = outputs
        .iter()
        .find(|output| matches!(output, Output::Deliver(_)))
    else {
        panic!("{outputs:?}");
    };
    // The late answer to the first changes nothing; that to the second counts.
    for (dispatch, status) in [(&first, 500), (second, 204)] {
        let input = Input::Received(dispatch.run, dispatch.id, Reception::Answered(status));
        bench.sandbox.handle(bench.now, input).unwrap();
    }
    assert_eq!(
        attempts(&records(&bench)[0]),
        ["0 s event: timeout", "11 s retry: delivered 204"]
    );
    // What came too late is no part of the run.
    let received = |input: &Input| matches!(input, Input::Received(..));
    let inputs = bench.sandbox.recorded().map(|(_, input, _)| input);
    assert_eq!(inputs.filter(received).count(), 1);
}

#[test]
fn deliveries_and_receivers_are_numbers_and_back() {
    for number in [0, 1, 2, 77] {
        assert_eq!(ReceiverId::from_number(number).number(), number);
        assert_eq!(Run::from_number(number).number(), number);
        let id = DeliveryId::from_number(number.into());
        assert_eq!(id.number(), u64::from(number));
    }
    let mut bench = with_receiver(Answering::Handler, policy(2));
    bench.created(&lasting(3600));
    let dispatch = bench.dispatches().remove(0);
    let id = DeliveryId::from_number(dispatch.id.number());
    let run = Run::from_number(dispatch.run.number());
    assert_eq!((id, run), (dispatch.id, dispatch.run));
}

#[test]
fn notifications_come_late() {
    let late = Disorder {
        delay: Duration::from_secs(30),
        ..Disorder::default()
    };
    let mut bench = with_receiver(status(204), astray(late));
    bench.created(&lasting(60));
    assert_eq!(records(&bench)[0]["deliveries"], json!([]));
    assert_eq!(records(&bench)[0]["nextAttemptAt"], at(30).to_string());
    bench.wait(100);
    let told = records(&bench);
    assert_eq!(attempts(&told[0]), ["30 s event: delivered 204"]);
    assert_eq!(attempts(&told[1]), ["90 s event: delivered 204"]);
    // They say when it happened, however late.
    assert_eq!(told[0]["event"]["time"], START.to_string());
}

#[test]
fn notifications_come_twice_with_the_same_id() {
    let twice = Disorder {
        copies: NonZeroU32::new(2).unwrap(),
        ..Disorder::default()
    };
    let mut bench = with_receiver(Answering::Handler, astray(twice));
    bench.created(&lasting(60));
    let sent = bench.dispatches();
    let bodies: Vec<_> = sent.iter().map(|sent| &sent.request.body).collect();
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(
        attempts(&records(&bench)[0]),
        ["0 s event: pending", "0 s copy: pending"]
    );
}

#[test]
fn notifications_come_in_the_wrong_order_and_none_is_lost() {
    let disorder = Disorder {
        reorder: true,
        ..Disorder::default()
    };
    type End = fn(&mut Bench, &str);
    let ends: [(End, u64); 3] = [
        (|bench, id| drop(bench.wait(5).delete(id)), 5),
        (
            |bench, id| bench.wait(7).network(id, NetworkAct::Terminate).unwrap(),
            7,
        ),
        (|bench, _| _ = bench.wait(60), 60),
    ];
    for (end, second) in ends {
        let mut bench = with_receiver(status(204), astray(disorder));
        let id = bench.created(&lasting(60));
        let told = records(&bench);
        assert_eq!(
            (&told[0]["deliveries"], &told[0]["heldBack"]),
            (&json!([]), &json!(true))
        );
        end(&mut bench, &id);
        bench.wait(30);
        let told = records(&bench);
        assert_eq!(
            attempts(&told[1]),
            [format!("{second} s event: delivered 204")]
        );
        assert_eq!(
            attempts(&told[0]),
            [format!("{} s event: delivered 204", second + 1)]
        );
        assert_eq!(told[0].get("heldBack"), None);
    }
}

#[test]
fn any_recorded_notification_can_be_delivered_again() {
    let mut bench = with_receiver(status(204), policy(3));
    bench.created(&lasting(60));
    let id = records(&bench)[0]["id"].as_str().unwrap().to_owned();
    bench.wait(70);
    bench.sandbox.redeliver(bench.now, &id).unwrap();
    assert_eq!(
        attempts(&records(&bench)[0]),
        ["0 s event: delivered 204", "70 s redelivery: delivered 204"]
    );
    // By hand it is tried once.
    bench.receiver(Target::Url(HOOK.into()), status(500));
    bench.sandbox.redeliver(bench.now, &id).unwrap();
    bench.wait(100);
    assert_eq!(attempts(&records(&bench)[0]).len(), 3);
    let declined = bench.sandbox.redeliver(bench.now, "x");
    assert_eq!(declined, Err(Declined::NoNotification("x".to_owned())));
    bench.created(&minimal());
    let id = records(&bench).pop().unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let declined = bench.sandbox.redeliver(bench.now, &id);
    assert_eq!(declined, Err(Declined::NoWebhook(id)));
}

#[test]
fn what_no_receiver_is_there_for_goes_to_the_network_only_if_that_is_wanted() {
    let network = DeliveryPolicy {
        to: Destination::Network,
        ..DeliveryPolicy::default()
    };
    let to = |bench: &mut Bench| bench.dispatches().first().map(|sent| sent.to);
    let elsewhere = with(
        minimal(),
        &json!({ "webhook": { "notificationUrl": "https://b.example/" } }),
    );
    let mut bench = with_receiver(status(204), DeliveryPolicy::default());
    bench.created(&elsewhere);
    assert_eq!(to(&mut bench), None);
    assert_eq!(
        records(&bench)[0]["deliveries"][0]["outcome"],
        "no-receiver"
    );

    let mut bench = with_receiver(status(204), network);
    bench.created(&elsewhere);
    assert_eq!(to(&mut bench), Some(To::Network));
    // A receiver of the sandbox goes first.
    bench.created(&with(
        lasting(60),
        &json!({ "applicationServer": { "ipv4Address": "198.51.100.11" } }),
    ));
    assert_eq!(to(&mut bench), None);

    // Receivers with a pattern are asked first, too.
    let mut bench = with_receiver(status(204), network).with_receivers_outside();
    bench.created(&elsewhere);
    let asked = bench.dispatches().remove(0);
    assert_eq!(asked.to, To::Unrouted);
    let none = Input::Received(asked.run, asked.id, Reception::NoReceiver);
    bench.sandbox.handle(bench.now, none.clone()).unwrap();
    assert_eq!(to(&mut bench), Some(To::Network));
    bench.sandbox.handle(bench.now, none).unwrap();
    assert_eq!(
        records(&bench)[0]["deliveries"][0]["outcome"],
        "no-receiver"
    );
}

#[test]
fn receivers_with_a_pattern_can_have_a_set_answer() {
    let mut bench = Bench::planned(grants_after(0));
    let pattern = bench.receiver(Target::Pattern("https://*.example/*".into()), status(503));
    bench.created(&lasting(60));
    let asked = bench.dispatches().remove(0);
    let routed = Input::Received(asked.run, asked.id, Reception::Routed(pattern));
    bench.sandbox.handle(bench.now, routed).unwrap();
    assert_eq!(attempts(&records(&bench)[0]), ["0 s event: refused 503"]);
}

#[test]
fn what_is_delivered_to_one_receiver_cannot_be_sent_on_to_another() {
    let mut bench = with_receiver(Answering::Handler, policy(1));
    let other = bench.receiver(Target::Pattern("https://*.example/*".into()), status(204));
    bench.created(&lasting(60));
    let asked = bench.dispatches().remove(0);
    assert!(matches!(asked.to, To::Receiver(_)));
    let routed = Input::Received(asked.run, asked.id, Reception::Routed(other));
    bench.sandbox.handle(bench.now, routed).unwrap();
    assert_eq!(attempts(&records(&bench)[0]), ["0 s event: no-receiver"]);
}

#[test]
fn a_reason_does_not_give_the_token_away_and_has_a_limit() {
    let token = "c8974e592c2fa383d4a3960714";
    let mut bench = with_receiver(Answering::Handler, DeliveryPolicy::default());
    let webhook = json!({ "notificationUrl": HOOK, "notificationAuthToken": token });
    bench.created(&with(minimal(), &json!({ "webhook": webhook })));
    let sent = bench.dispatches().remove(0);
    let reason = format!("no {token}: {}", "é".repeat(2_000));
    let input = Input::Received(sent.run, sent.id, Reception::Failed(reason));
    bench.sandbox.handle(bench.now, input).unwrap();
    let told = &records(&bench)[0]["deliveries"][0];
    let reason = told["reason"].as_str().unwrap();
    assert!(
        reason.starts_with("no c897••••••••••••••••••0714: é"),
        "{reason}"
    );
    assert!(reason.len() < 1_200, "{}", reason.len());
}

#[test]
fn a_refusal_has_its_reason() {
    let other = "the receiver answered with something else than 2xx";
    for (code, expected) in [
        (401, "the receiver did not take the token"),
        (410, "the receiver is gone for good: no more attempts"),
        (300, "the receiver redirected, which is not followed"),
        (399, "the receiver redirected, which is not followed"),
        (400, other),
        (500, other),
    ] {
        let mut bench = with_receiver(status(code), DeliveryPolicy::default());
        bench.created(&lasting(60));
        assert_eq!(records(&bench)[0]["deliveries"][0]["reason"], expected);
    }
}

#[test]
fn a_reason_of_a_thousand_bytes_is_whole() {
    for (length, kept) in [(1_000, 1_000), (1_001, 1_000)] {
        let mut bench = with_receiver(Answering::Handler, DeliveryPolicy::default());
        bench.created(&lasting(60));
        let sent = bench.dispatches().remove(0);
        let input = Input::Received(sent.run, sent.id, Reception::Failed("x".repeat(length)));
        bench.sandbox.handle(bench.now, input).unwrap();
        let told = &records(&bench)[0]["deliveries"][0]["reason"];
        let cut = if length > kept { "…" } else { "" };
        assert_eq!(*told, "x".repeat(kept) + cut);
    }
}

#[test]
fn a_receiver_that_was_taken_away_gets_nothing_more() {
    let mut bench = Bench::planned(grants_after(0));
    let receiver = bench.receiver(Target::Any, status(204));
    bench.sandbox.remove_receiver(bench.now, receiver);
    assert_eq!(bench.sandbox.receivers().count(), 0);
    bench.created(&lasting(60));
    assert_eq!(
        records(&bench)[0]["deliveries"][0]["outcome"],
        "no-receiver"
    );
}

#[test]
fn deliveries_go_on_when_their_record_is_gone() {
    let mut settings = Bench::planned(grants_after(0)).sandbox.settings().clone();
    settings.limits.notifications = 2;
    settings.delivery = policy(3);
    let mut bench = Bench::starting(START, settings);
    bench.receiver(Target::Url(HOOK.into()), status(503));
    for port in 0..5 {
        let ports = json!({ "devicePorts": { "ports": [port] } });
        bench.created(&with(lasting(3600), &ports));
    }
    bench.outputs();
    bench.wait(10);
    let told = |output: &Output| matches!(output, Output::Delivery(..));
    // Two more attempts for each of the five.
    assert_eq!(
        bench.outputs().iter().filter(|output| told(output)).count(),
        10
    );
}
