//! The life of a session: each row of the state table, and what time does.

use std::time::Duration;

use crate::common::*;
use qod_sandbox::engine::{
    NetworkAct, NetworkAnswer, NetworkPlan, Refusal, SessionId, Share, StatusInfo, Termination,
    TimerKind,
};
use qod_sandbox::sandbox::{Deadline, Declined, FiredKind, Output, Sandbox, Setting, Settings};
use qod_sandbox::time::Instant;
use serde_json::json;

/// One session on a bench of its own.
struct Life {
    bench: Bench,
    id: String,
}

impl Life {
    /// Created at 0 s, for 1,000 s, in a network with that plan.
    fn planned(plan: NetworkPlan) -> Self {
        Self::lasting(1000, plan)
    }

    fn lasting(seconds: u64, plan: NetworkPlan) -> Self {
        let mut bench = Bench::planned(plan);
        let id = bench.created(&lasting(seconds));
        Self { bench, id }
    }

    /// Goes to so many seconds after the start.
    fn at(mut self, seconds: u64) -> Self {
        let target = START.after(Duration::from_secs(seconds));
        let millis = target.since(self.bench.now).as_millis();
        self.bench.wait_millis(millis.try_into().unwrap());
        self
    }

    fn act(mut self, act: NetworkAct) -> Self {
        self.bench.network(&self.id, act).unwrap();
        self
    }

    fn delete(mut self) -> Self {
        assert_eq!(self.bench.delete(&self.id).status, 204);
        self
    }

    fn extend(mut self, additional: u64, duration: u64) -> Self {
        let body = self.bench.extend(&self.id, additional).expect(200);
        assert_eq!(body["duration"], duration);
        let started = START.epoch_seconds();
        assert_eq!(body["startedAt"], started);
        assert_eq!(
            body["expiresAt"].as_i64(),
            started.checked_add_unsigned(duration)
        );
        self
    }

    /// GET says this status now; "404" if it says that there is no such session.
    #[track_caller]
    fn is(mut self, status: &str) -> Self {
        assert_eq!(self.bench.status(&self.id), status);
        self
    }

    /// These are all the events so far.
    #[track_caller]
    fn told(self, events: &[&str]) -> Self {
        assert_eq!(self.bench.events(), events);
        self
    }
}

// The rows of the table.

#[test]
fn created_requested() {
    let mut bench = Bench::planned(never_answers());
    let info = bench.create(&lasting(60)).expect(201);
    let now = START.epoch_seconds();
    assert_eq!(info["qosStatus"], "REQUESTED");
    assert_eq!(
        (info["startedAt"].as_i64(), info["expiresAt"].as_i64()),
        (Some(now), Some(now + 60))
    );
    assert!(bench.events().is_empty());
}

#[test]
fn created_and_granted_at_once() {
    let mut bench = Bench::planned(grants_after(0));
    let info = bench.create(&lasting(60)).expect(201);
    assert_eq!(info["qosStatus"], "AVAILABLE");
    assert_eq!(bench.events(), ["0.000 AVAILABLE"]);
}

#[test]
fn created_and_refused_at_once() {
    let mut bench = Bench::planned(refuses_after(0));
    let info = bench.create(&lasting(1000)).expect(201);
    assert_eq!(info["qosStatus"], "UNAVAILABLE");
    assert_eq!(bench.events(), ["0.000 UNAVAILABLE NETWORK_TERMINATED"]);
    let id = info["sessionId"].as_str().unwrap();
    bench.wait_millis(359_999);
    assert_eq!(bench.status(id), "UNAVAILABLE");
    bench.wait_millis(1);
    assert_eq!(bench.status(id), "404");
    assert_eq!(bench.events().len(), 1);
}

#[test]
fn requested_network_grants() {
    let events = ["5.000 AVAILABLE"];
    // As planned, and on the spot.
    Life::planned(grants_after(5))
        .at(4)
        .is("REQUESTED")
        .at(5)
        .is("AVAILABLE")
        .told(&events);
    Life::planned(never_answers())
        .at(5)
        .act(NetworkAct::Grant)
        .is("AVAILABLE")
        .told(&events);
}

#[test]
fn requested_granted_does_not_move_the_start() {
    let mut life = Life::planned(grants_after(5)).at(6).is("AVAILABLE");
    let info = life
        .bench
        .get(&format!("/sessions/{}", life.id))
        .expect(200);
    assert_eq!(info["startedAt"], START.epoch_seconds());
    assert_eq!(info["expiresAt"], START.epoch_seconds() + 1000);
}

#[test]
fn requested_network_refuses() {
    let events = ["5.000 UNAVAILABLE NETWORK_TERMINATED"];
    Life::planned(refuses_after(5))
        .at(4)
        .is("REQUESTED")
        .at(5)
        .is("UNAVAILABLE")
        .told(&events)
        .at(364)
        .is("UNAVAILABLE")
        .at(365)
        .is("404")
        .told(&events);
    Life::planned(never_answers())
        .at(5)
        .act(NetworkAct::Refuse)
        .is("UNAVAILABLE")
        .told(&events);
}

#[test]
fn available_network_terminates() {
    let events = ["5.000 AVAILABLE", "7.000 UNAVAILABLE NETWORK_TERMINATED"];
    let planned = NetworkPlan {
        terminate: Some(Termination::After(Duration::from_secs(2))),
        ..grants_after(5)
    };
    Life::planned(planned)
        .at(6)
        .is("AVAILABLE")
        .at(7)
        .is("UNAVAILABLE")
        .told(&events)
        .at(366)
        .is("UNAVAILABLE")
        .at(367)
        .is("404")
        .told(&events);
    Life::planned(grants_after(5))
        .at(7)
        .act(NetworkAct::Terminate)
        .is("UNAVAILABLE")
        .told(&events);
}

#[test]
fn requested_expires() {
    Life::lasting(10, never_answers())
        .at(9)
        .is("REQUESTED")
        .at(10)
        .is("404")
        .told(&["10.000 UNAVAILABLE DURATION_EXPIRED"]);
}

#[test]
fn available_expires() {
    Life::lasting(10, grants_after(2))
        .at(9)
        .is("AVAILABLE")
        .at(10)
        .is("404")
        .told(&["2.000 AVAILABLE", "10.000 UNAVAILABLE DURATION_EXPIRED"]);
}

#[test]
fn unavailable_is_released_after_360_s_also_when_it_would_have_expired_meanwhile() {
    let events = ["5.000 UNAVAILABLE NETWORK_TERMINATED"];
    for duration in [10, 364, 365, 366, 1000] {
        Life::lasting(duration, refuses_after(5))
            .at(11)
            .is("UNAVAILABLE")
            .at(364)
            .is("UNAVAILABLE")
            .at(365)
            .is("404")
            .at(2000)
            .told(&events);
    }
}

#[test]
fn available_deleted() {
    Life::planned(grants_after(2))
        .at(3)
        .delete()
        .is("404")
        .told(&["2.000 AVAILABLE", "3.000 UNAVAILABLE DELETE_REQUESTED"]);
}

#[test]
fn requested_deleted() {
    Life::planned(grants_after(2))
        .at(1)
        .delete()
        .is("404")
        .at(2000)
        .told(&[]);
}

#[test]
fn unavailable_deleted_frees_the_flow() {
    let mut life = Life::planned(refuses_after(0)).at(1);
    assert_eq!(life.bench.create(&lasting(60)).status, 409);
    let mut life = life.delete().is("404");
    assert_eq!(life.bench.create(&lasting(60)).status, 201);
    life.at(2).told(&[
        "0.000 UNAVAILABLE NETWORK_TERMINATED",
        "1.000 UNAVAILABLE NETWORK_TERMINATED",
    ]);
}

#[test]
fn available_extended() {
    Life::planned(grants_after(2))
        .at(3)
        .extend(500, 1500)
        .is("AVAILABLE")
        .at(1499)
        .is("AVAILABLE")
        .at(1500)
        .is("404")
        .told(&["2.000 AVAILABLE", "1500.000 UNAVAILABLE DURATION_EXPIRED"]);
}

// What the table says besides.

#[test]
fn unavailable_never_becomes_available_again() {
    let mut life = Life::planned(refuses_after(0)).at(1);
    for act in [NetworkAct::Grant, NetworkAct::Refuse, NetworkAct::Terminate] {
        let refusal = life.bench.network(&life.id, act).unwrap_err();
        assert!(
            matches!(refusal, Declined::Engine(Refusal::NotPossible(..))),
            "{refusal}"
        );
    }
    let answer = life.bench.extend(&life.id, 60);
    answer.expect_error(400, "INVALID_ARGUMENT", "The target session is inactive");
    life.is("UNAVAILABLE")
        .told(&["0.000 UNAVAILABLE NETWORK_TERMINATED"]);
}

#[test]
fn only_an_available_session_is_extended() {
    let mut life = Life::planned(never_answers());
    let answer = life.bench.extend(&life.id, 60);
    answer.expect_error(400, "INVALID_ARGUMENT", "The target session is inactive");
    let mut life = life.at(1).delete();
    let answer = life.bench.extend(&life.id, 60);
    answer.expect_error(404, "NOT_FOUND", "Session Id does not exist");
}

#[test]
fn expiry_goes_before_grant_before_release() {
    // At 361 s the first is released, the second expires and the third is granted.
    let mut bench = Bench::planned(refuses_after(1));
    let session = |bench: &mut Bench, server: &str, seconds: u64| {
        let server = json!({ "applicationServer": { "ipv4Address": server } });
        bench.created(&with(lasting(seconds), &server))
    };
    let released = session(&mut bench, "198.51.100.1", 5000);
    bench.configure(Setting::Plan(grants_after(361)));
    let granted = session(&mut bench, "198.51.100.3", 5000);
    bench.configure(Setting::Plan(never_answers()));
    let expired = session(&mut bench, "198.51.100.2", 361);
    bench.wait(360).outputs();
    bench.wait(1);
    let fired: Vec<_> = bench
        .outputs()
        .into_iter()
        .filter_map(|output| {
            let Output::Fired(fired) = output else {
                return None;
            };
            Some((fired.kind, fired.session_id.to_string()))
        })
        .collect();
    assert_eq!(
        fired,
        [
            (FiredKind::Expired, expired),
            (FiredKind::Granted, granted),
            (FiredKind::Released, released)
        ]
    );
}

#[test]
fn a_session_that_would_be_granted_as_it_expires_only_expires() {
    Life::lasting(10, grants_after(10))
        .at(10)
        .is("404")
        .told(&["10.000 UNAVAILABLE DURATION_EXPIRED"]);
}

#[test]
fn deadlines_go_before_requests_of_the_same_instant() {
    let mut life = Life::lasting(10, grants_after(2));
    life.bench.now = START.after(Duration::from_secs(2));
    let mut life = life.extend(5, 15);
    life.bench.now = START.after(Duration::from_secs(15));
    assert_eq!(life.bench.extend(&life.id, 5).status, 404);
    // The flow is free again at that very moment.
    assert_eq!(life.bench.create(&lasting(10)).status, 201);
}

#[test]
fn the_next_deadline_says_what_it_is() {
    let mut life = Life::lasting(10, grants_after(2));
    let id = SessionId::parse(&life.id).unwrap();
    let next = |life: &Life| life.bench.sandbox.poll_timeout();
    let at = |seconds| START.after(Duration::from_secs(seconds));
    assert_eq!(
        next(&life),
        Some((at(2), Deadline::Session(TimerKind::Grant), Some(id)))
    );
    life = life.at(2);
    assert_eq!(
        next(&life),
        Some((at(10), Deadline::Session(TimerKind::Expire), Some(id)))
    );
    life = life.at(3).act(NetworkAct::Terminate);
    assert_eq!(
        next(&life),
        Some((at(363), Deadline::Session(TimerKind::Release), Some(id)))
    );
    life = life.at(363);
    assert_eq!(next(&life), None);
}

// Extension.

#[test]
fn the_specifications_example_of_an_extension() {
    Life::lasting(80_000, grants_after(0))
        .at(10_000)
        .extend(20_000, 96_400)
        .at(96_399)
        .is("AVAILABLE")
        .at(96_400)
        .is("404");
}

#[test]
fn an_extension_ends_at_the_largest_remaining_time() {
    // additional at 100 s of 1,000 s → duration
    for (additional, duration) in [
        (1, 1001),
        (60, 1060),
        (85_499, 86_499),
        (85_500, 86_500),
        (85_501, 86_500),
        (86_399, 86_500),
    ] {
        Life::planned(grants_after(0))
            .at(100)
            .extend(additional, duration);
    }
}

#[test]
fn what_the_network_cannot_do_is_said() {
    let mut bench = Bench::planned(grants_after(0));
    let id = bench.created(&minimal());
    for (act, word) in [(NetworkAct::Grant, "grant"), (NetworkAct::Refuse, "refuse")] {
        let declined = bench.network(&id, act).unwrap_err().to_string();
        assert!(
            declined.contains(word) && declined.contains(&id),
            "{declined}"
        );
    }
    bench.network(&id, NetworkAct::Terminate).unwrap();
    let declined = bench.network(&id, NetworkAct::Terminate).unwrap_err();
    assert!(declined.to_string().contains("terminate"), "{declined}");
}

#[test]
fn what_is_live_tells_its_client_and_why_it_ended() {
    let mut bench = Bench::planned(grants_after(0));
    let id = bench.created(&minimal());
    assert_eq!(bench.sandbox.live(), 1);
    let session = bench.sandbox.sessions()[0].clone();
    assert_eq!(session.owner.as_str(), "mock");
    assert_eq!(session.status_info(), None);
    bench.network(&id, NetworkAct::Terminate).unwrap();
    let session = bench.sandbox.sessions()[0].clone();
    assert_eq!(session.status_info(), Some(StatusInfo::NetworkTerminated));
    bench.delete(&id);
    assert_eq!(bench.sandbox.live(), 0);
}

#[test]
fn a_share_is_of_all_at_the_most() {
    let shares = [0, 1, 999_999, 1_000_000].map(|of| Share::new(of).map(Share::millionths));
    assert_eq!(shares, [Some(0), Some(1), Some(999_999), Some(1_000_000)]);
    assert_eq!(Share::new(1_000_001), None);
}

#[test]
fn an_extension_ends_at_the_profiles_maximum() {
    let mut bench = Bench::planned(grants_after(0));
    let narrow = json!({ "qosProfile": "BURST_UPLOAD" });
    let id = bench.created(&with(lasting(900), &narrow));
    for (wait, additional, duration) in
        [(0, 60, 900), (100, 60, 960), (0, 5000, 1000), (0, 1, 1000)]
    {
        bench.wait(wait);
        assert_eq!(
            bench.extend(&id, additional).expect(200)["duration"],
            duration
        );
    }
}

#[test]
fn extension_counts_in_whole_seconds() {
    let mut bench = Bench::planned(grants_after(0));
    bench.wait_millis(900);
    let id = bench.created(&lasting(86_400));
    // 10.9 s after the start of the second in which it was created.
    bench.wait_millis(10_000);
    let info = bench.extend(&id, 60).expect(200);
    assert_eq!(info["duration"], 86_410);
    let (started, expires) = (info["startedAt"].as_i64(), info["expiresAt"].as_i64());
    assert_eq!(expires.unwrap() - started.unwrap(), 86_410);
}

// Time.

#[test]
fn starts_at_the_second_rounded_down_and_lasts_from_there() {
    let mut bench = Bench::planned(never_answers());
    bench.wait_millis(1_999);
    let info = bench.create(&lasting(1)).expect(201);
    assert_eq!(info["startedAt"], START.epoch_seconds() + 1);
    assert_eq!(info["expiresAt"], START.epoch_seconds() + 2);
    let id = info["sessionId"].as_str().unwrap();
    assert_eq!(bench.status(id), "REQUESTED");
    bench.wait_millis(1);
    assert_eq!(bench.status(id), "404");
    assert_eq!(bench.events(), ["2.000 UNAVAILABLE DURATION_EXPIRED"]);
}

#[test]
fn event_times_have_three_digits_and_are_those_of_what_happened_however_late() {
    let plan = NetworkPlan {
        answer: NetworkAnswer::Grant(Duration::from_millis(1_050)),
        terminate: Some(Termination::After(Duration::from_millis(950))),
    };
    let mut bench = Bench::planned(plan);
    bench.created(&lasting(1000));
    bench.wait(1_000_000);
    let times: Vec<_> = bench
        .sandbox
        .notifications()
        .map(|notification| notification.message.event().time)
        .collect();
    assert_eq!(
        times,
        ["2026-01-01T00:00:01.050Z", "2026-01-01T00:00:02.000Z"]
    );
    let released = bench.sandbox.sessions()[0].released_at().unwrap();
    assert_eq!(released.to_string(), "2026-01-01T00:06:02.000Z");
}

#[test]
fn time_that_goes_back_counts_as_the_latest_so_far() {
    let mut life = Life::planned(grants_after(5)).at(6).is("AVAILABLE");
    life.bench.now = START;
    let mut life = life.is("AVAILABLE").delete();
    assert_eq!(
        life.bench.sandbox.now(),
        START.after(Duration::from_secs(6))
    );
    life.bench.sandbox.handle_timeout(START);
    life.told(&["5.000 AVAILABLE", "6.000 UNAVAILABLE DELETE_REQUESTED"]);
}

#[test]
fn any_time_will_do() {
    for start in [i64::MIN, -1, 0, Instant::MAX.as_millis(), i64::MAX] {
        let mut bench = Bench::starting(Instant::from_millis(start), Settings::default());
        let id = bench.created(&lasting(10));
        for now in [i64::MIN, 0, i64::MAX] {
            bench.now = Instant::from_millis(now);
            bench.status(&id);
        }
        let now = bench.sandbox.now();
        assert!((Instant::MIN..=Instant::MAX).contains(&now), "{now:?}");
    }
}

// What the network cannot do.

#[test]
fn what_a_state_forbids_is_refused_and_leaves_no_trace() {
    use NetworkAct::{Grant, Refuse, Terminate};
    let available = || Life::planned(grants_after(0));
    let cases: [(Life, &[NetworkAct]); 4] = [
        (Life::planned(never_answers()), &[Terminate]),
        (available(), &[Grant, Refuse]),
        (Life::planned(refuses_after(0)), &[Grant, Refuse, Terminate]),
        (available().delete(), &[Grant, Refuse, Terminate]),
    ];
    for (life, forbidden) in cases {
        let mut life = life.at(1);
        life.bench.outputs();
        let before = life.bench.sandbox.sessions();
        for act in forbidden {
            assert!(life.bench.network(&life.id, *act).is_err(), "{act}");
        }
        assert!(life.bench.outputs().is_empty());
        assert_eq!(life.bench.sandbox.sessions(), before);
        // Refused inputs are not part of what is played again; those around them are.
        life.bench.wait(1).get("/qos-profiles");
        let replay = life.bench.sandbox.replay();
        assert_eq!(replay.sessions(), life.bench.sandbox.sessions());
        let traffic = |sandbox: &Sandbox| sandbox.traffic().map(|x| x.record()).collect::<Vec<_>>();
        assert_eq!(traffic(&replay), traffic(&life.bench.sandbox));
    }
}

#[test]
fn the_network_knows_no_other_sessions() {
    let id = SessionId::from_random(7);
    let refusal = Bench::new().network(&id.to_string(), NetworkAct::Grant);
    assert_eq!(refusal, Err(Declined::Engine(Refusal::SessionUnknown(id))));
}
