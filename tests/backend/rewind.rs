//! Time backwards: what is as it was, what stays, and what is refused.

use std::time::Duration;

use crate::common::*;
use qod_sandbox::engine::NetworkAct;
use qod_sandbox::sandbox::{Answering, Input, NoWayBack, Reception, SetAnswer, SetReply, Target};
use qod_sandbox::time::Instant;
use serde_json::json;

fn at(seconds: u64) -> Instant {
    START.after(Duration::from_secs(seconds))
}

/// What a person does who sets the clock back.
fn rewind(bench: &mut Bench, seconds: u64) {
    bench.sandbox.rewind(at(seconds)).unwrap();
    bench.now = at(seconds);
}

#[test]
fn everything_is_as_it_was_and_can_go_another_way() {
    let mut bench = Bench::new();
    let id = bench.created(&lasting(3600));
    bench.wait(10).network(&id, NetworkAct::Terminate).unwrap();
    bench.wait(400);
    assert_eq!(bench.status(&id), "404");
    rewind(&mut bench, 5);
    assert_eq!(bench.sandbox.now(), at(5));
    assert_eq!(bench.events(), ["2.000 AVAILABLE"]);
    assert_eq!(bench.sandbox.traffic().count(), 1);
    assert_eq!(bench.status(&id), "AVAILABLE");
    bench.delete(&id);
    assert_eq!(
        bench.events(),
        ["2.000 AVAILABLE", "5.000 UNAVAILABLE DELETE_REQUESTED"]
    );
}

#[test]
fn chance_is_as_it_was() {
    let mut bench = Bench::new();
    bench.wait(10);
    let first = bench.created(&minimal());
    rewind(&mut bench, 10 - 1);
    bench.wait(1);
    assert_eq!(bench.created(&minimal()), first);
}

#[test]
fn the_branch_that_is_left_can_be_returned_to() {
    let mut bench = Bench::new();
    let id = bench.created(&lasting(3600));
    bench.wait(100);
    rewind(&mut bench, 50);
    assert_eq!(bench.sandbox.other_end(), Some(at(100)));
    // Looking further back does not lose it.
    rewind(&mut bench, 1);
    assert_eq!(bench.status(&id), "REQUESTED");
    rewind(&mut bench, 0);
    bench.sandbox.return_to_other().unwrap();
    // A look was made at one second: that is a branch of its own.
    assert_eq!(bench.sandbox.now(), at(1));
    let mut bench = Bench::new();
    let id = bench.created(&lasting(3600));
    bench.wait(100);
    for seconds in [50, 20, 1] {
        rewind(&mut bench, seconds);
    }
    bench.sandbox.return_to_other().unwrap();
    bench.now = at(100);
    assert_eq!(bench.sandbox.now(), at(100));
    assert_eq!(bench.status(&id), "AVAILABLE");
    assert_eq!(bench.sandbox.return_to_other(), Err(NoWayBack::NoOther));
    // And again.
    rewind(&mut bench, 50);
    bench.sandbox.return_to_other().unwrap();
    assert_eq!(bench.sandbox.now(), at(100));
}

#[test]
fn what_lies_ahead_or_too_long_ago_is_refused() {
    let mut bench = Bench::new();
    bench.wait(10);
    let ahead = bench.sandbox.rewind(at(11));
    assert_eq!(ahead, Err(NoWayBack::Ahead(at(11), at(10))));
    let before = Instant::from_millis(START.as_millis() - 1);
    let long_ago = bench.sandbox.rewind(before);
    assert_eq!(long_ago, Err(NoWayBack::TooLongAgo(before, START)));
    assert_eq!(bench.sandbox.now(), at(10));
}

#[test]
fn the_horizon_moves_with_a_long_run() {
    let mut bench = Bench::new();
    for _ in 0..25_000 {
        bench.wait_millis(10);
        bench
            .sandbox
            .request(bench.now, request("GET", "/qos-profiles/QOS_E"));
    }
    let horizon = bench.sandbox.horizon();
    // At least the last 10,000 inputs can be taken back, and not many more.
    let reach = bench.now.since(horizon);
    assert!((100_000..130_000).contains(&reach.as_millis()), "{reach:?}");
    bench.sandbox.rewind(horizon).unwrap();
    assert_eq!(bench.sandbox.now(), horizon);
    assert!(bench.sandbox.rewind(START).is_err());
}

#[test]
fn receivers_stay_and_what_was_under_way_is_dropped() {
    let mut bench = Bench::planned(grants_after(0));
    bench.wait(1);
    bench.receiver(Target::Any, Answering::Handler);
    bench.wait(1).created(&lasting(60));
    let dispatch = bench.dispatches().remove(0);
    rewind(&mut bench, 2);
    let late = Input::Received(dispatch.run, dispatch.id, Reception::Answered(204));
    bench.sandbox.handle(bench.now, late).unwrap();
    let delivery = &bench.sandbox.notifications().next().unwrap().deliveries[0];
    assert_eq!(delivery.status, None);
    // To before there was a receiver: there is one.
    rewind(&mut bench, 0);
    bench.created(&lasting(60));
    assert_eq!(bench.dispatches().len(), 1);
    assert_eq!(bench.sandbox.receivers().count(), 1);
}

#[test]
fn a_receiver_that_fails_first_has_failed_as_often_as_it_had() {
    let mut bench = Bench::planned(grants_after(0));
    let fails_twice = SetAnswer {
        fail_first: 2,
        ..SetAnswer::always(SetReply::Status(204))
    };
    bench.receiver(Target::Any, Answering::Set(fails_twice));
    for port in 0..3 {
        bench.wait(1).created(&with(
            lasting(60),
            &json!({ "devicePorts": { "ports": [port] } }),
        ));
    }
    let statuses = |bench: &Bench| {
        let notifications = bench.sandbox.notifications();
        notifications
            .map(|n| n.deliveries[0].status.unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(statuses(&bench), [503, 503, 204]);
    rewind(&mut bench, 1);
    for port in 1..3 {
        bench.wait(1).created(&with(
            lasting(60),
            &json!({ "devicePorts": { "ports": [port] } }),
        ));
    }
    assert_eq!(statuses(&bench), [503, 503, 204]);
}

#[test]
fn looking_at_the_past_is_told_from_going_on_from_there() {
    let mut bench = Bench::new();
    bench.created(&lasting(3600));
    bench.wait(100);
    assert!(!bench.sandbox.repeats_other());
    rewind(&mut bench, 50);
    assert!(bench.sandbox.repeats_other());
    bench.created(&with(
        minimal(),
        &json!({ "device": { "phoneNumber": "+34600000002" } }),
    ));
    assert!(!bench.sandbox.repeats_other());
    assert_eq!(bench.sandbox.other_end(), Some(at(100)));
}

#[test]
fn what_comes_next_is_told_in_its_order() {
    let mut bench = Bench::planned(grants_after(2));
    let id = bench.created(&lasting(60));
    let told = |bench: &Bench| {
        let upcoming = bench.sandbox.upcoming(3);
        let told = upcoming.iter().map(|(when, what, session)| {
            assert_eq!(session.unwrap().to_string(), id);
            format!("{} {what:?}", when.since(START).as_secs())
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(told(&bench), ["2 Session(Grant)", "60 Session(Expire)"]);
    bench.wait(2).network(&id, NetworkAct::Terminate).unwrap();
    assert_eq!(told(&bench), ["362 Session(Release)"]);
    assert_eq!(bench.sandbox.upcoming(0), []);
}
