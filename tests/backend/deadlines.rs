//! Deadlines: in which order things happen by themselves, all at once or a few at a time.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::common::*;
use qod_sandbox::sandbox::{
    Answering, Deadline, DeliveryPolicy, Destination, SetAnswer, SetReply, Setting, Target,
};
use qod_sandbox::time::Instant;
use serde_json::json;

fn at(seconds: u64) -> Instant {
    START.after(Duration::from_secs(seconds))
}

/// Sessions whose notifications are refused and tried again, some of them just when others end.
fn busy() -> Bench {
    let mut bench = Bench::planned(grants_after(0));
    bench.configure(Setting::Delivery(DeliveryPolicy {
        attempts: NonZeroU32::new(5).unwrap(),
        ..DeliveryPolicy::default()
    }));
    let refused = SetAnswer::always(SetReply::Status(503));
    bench.receiver(Target::Any, Answering::Set(refused));
    for seconds in 1..=12 {
        let device = json!({ "device": { "phoneNumber": format!("+346000000{seconds:02}") } });
        bench.created(&with(lasting(seconds), &device));
    }
    bench
}

#[test]
fn what_happens_next_is_the_first_of_what_is_coming_and_sessions_go_first() {
    let mut bench = busy();
    let is_delivery = |deadline: &Deadline| !matches!(deadline, Deadline::Session(_));
    let mut together = 0;
    while let Some(next) = bench.sandbox.poll_timeout() {
        let upcoming = bench.sandbox.upcoming(100);
        assert_eq!(upcoming.first(), Some(&next));
        assert_eq!(bench.sandbox.upcoming(2), upcoming[..upcoming.len().min(2)]);
        for (one, other) in upcoming.iter().zip(&upcoming[1..]) {
            let order = (one.0, is_delivery(&one.1)) <= (other.0, is_delivery(&other.1));
            assert!(order, "{one:?} is before {other:?}");
            together += u32::from(one.0 == other.0 && one.1 != other.1);
        }
        if !bench.sandbox.handle_some(at(1_000_000), 1) {
            assert_eq!(bench.sandbox.now(), next.0);
        }
    }
    assert!(together > 0, "nothing came at one time");
}

#[test]
fn a_few_at_a_time_come_to_the_same_as_all_at_once() {
    let mut whole = busy();
    whole.sandbox.handle_timeout(at(100));
    for count in [1, 2, 7, 1_000] {
        let mut parts = busy();
        let mut calls = 1;
        while !parts.sandbox.handle_some(at(100), count) {
            assert!(parts.sandbox.now() <= at(100));
            calls += 1;
        }
        assert_eq!(calls > 1, count < 1_000);
        assert_eq!(parts.sandbox.snapshot(&()), whole.sandbox.snapshot(&()));
    }
}

#[test]
fn as_many_as_there_are_is_all() {
    let sandbox = || {
        let mut bench = Bench::planned(grants_after(2));
        for number in 1..=3 {
            let device = json!({ "device": { "phoneNumber": format!("+3460000000{number}") } });
            bench.created(&with(minimal(), &device));
        }
        bench
    };
    let mut bench = sandbox();
    assert!(bench.sandbox.handle_some(at(10), 3));
    assert_eq!(bench.sandbox.now(), at(10));
    let mut bench = sandbox();
    assert!(!bench.sandbox.handle_some(at(10), 2));
    assert_eq!(bench.sandbox.now(), at(2));
    assert!(!bench.sandbox.handle_some(at(10), 0));
    assert!(bench.sandbox.handle_some(at(10), 1));
}

#[test]
fn time_that_passes_goes_on_from_the_past_and_a_call_without_does_not() {
    let looking = || {
        let mut bench = Bench::planned(grants_after(0));
        bench.created(&lasting(60));
        bench.wait(100);
        bench.sandbox.rewind(at(50)).unwrap();
        assert!(bench.sandbox.repeats_other());
        bench
    };
    for (seconds, looks) in [(0, true), (50, true), (51, false), (60, false), (61, false)] {
        let mut bench = looking();
        bench.sandbox.handle_timeout(at(seconds));
        assert_eq!(bench.sandbox.repeats_other(), looks, "{seconds} s");
    }
}

#[test]
fn real_posts_are_switched_off_without_going_on_from_the_past() {
    let policy = DeliveryPolicy {
        to: Destination::Network,
        attempts: NonZeroU32::new(7).unwrap(),
        ..DeliveryPolicy::default()
    };
    let mut bench = Bench::new();
    bench.configure(Setting::Delivery(policy));
    bench.wait(100);
    bench.sandbox.rewind(at(50)).unwrap();
    bench.sandbox.stay_in_the_page();
    let to = Destination::Receivers;
    assert_eq!(
        bench.sandbox.settings().delivery,
        DeliveryPolicy { to, ..policy }
    );
    assert!(bench.sandbox.repeats_other());
    bench.sandbox.handle_timeout(at(51));
    bench.sandbox.stay_in_the_page();
    assert!(!bench.sandbox.repeats_other());
}
