//! Every story, played to its end on a sandbox with a past.

use std::rc::Rc;

use wasm_bindgen_test::wasm_bindgen_test;
use yew::AttrValue;

use super::scene::{Scene, Since};
use super::tale::{TALES, Tale};
use crate::driver::{ClockMode, Driver, DriverOptions, Speed};
use crate::engine::{ConflictPolicy, Operator};
use crate::http::Request;
use crate::sandbox::{Scenario, Setting, Settings};
use crate::ui::act::Act;
use crate::ui::receiver_field::Choice;
use crate::ui::shared::List;
use crate::ui::state::{Backend, Snapshot};

struct Player {
    driver: Driver,
    read: Option<AttrValue>,
}

impl Player {
    fn new() -> Self {
        let driver = Driver::new(DriverOptions {
            seed: 1,
            start_at: None,
            clock: ClockMode::Manual,
            speed: Speed::REAL,
            settings: Settings::default(),
        });
        Choice::Status(204).apply(&driver).unwrap();
        Self { driver, read: None }
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot::from(Backend::of(&self.driver))
    }

    fn since(&self) -> Since {
        let now = self.snapshot();
        Since::now(&now.sessions, &now.notifications, &now.traffic)
    }

    fn look<T>(&self, since: &Since, look: impl FnOnce(&Scene<'_>) -> T) -> T {
        let now = self.snapshot();
        let records: (&List<_>, &List<_>, &List<_>) =
            (&now.sessions, &now.notifications, &now.traffic);
        look(&Scene::new(
            since,
            records,
            &now.clock,
            &Rc::clone(&now.config),
            self.read.as_ref(),
        ))
    }

    /// As the console does it.
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "few acts are of the helping hand"
    )]
    fn perform(&mut self, act: Act) {
        let driver = &self.driver;
        match act {
            Act::Send(request) => {
                let request = if request.headers.first("authorization").is_some() {
                    request
                } else {
                    request.header("Authorization", "Bearer mock_sandbox_access_token")
                };
                driver.request(request);
            }
            Act::Network(session, act) => driver.network(session, act).unwrap(),
            Act::Advance(by) => drop(driver.advance(by)),
            Act::Configure(setting) => driver.configure(setting),
            Act::Receive(choice) => choice.apply(driver).unwrap(),
            Act::Redeliver(id) => driver.redeliver(&id).unwrap(),
            Act::Read(id) => self.read = id,
            _ => panic!("no helping hand does that"),
        }
        self.driver.flush();
    }

    /// Each step waits until the hand has done it, which may take it some turns.
    fn play(&mut self, tale: &Tale) {
        let since = self.since();
        for (place, step) in tale.steps.iter().enumerate() {
            let at_start = place == 0 || step.title != "Put it back";
            assert!(
                !at_start || !self.look(&since, step.done),
                "{}: {} is done before it has begun",
                tale.title,
                step.title
            );
            self.help(&since, tale, place);
        }
    }

    fn help(&mut self, since: &Since, tale: &Tale, place: usize) {
        let step = &tale.steps[place];
        for _ in 0..5 {
            if self.look(since, step.done) {
                return;
            }
            for act in self.look(since, step.hand) {
                self.perform(act);
            }
        }
        assert!(
            self.look(since, step.done),
            "{}: {}",
            tale.title,
            step.title
        );
    }
}

#[wasm_bindgen_test]
fn each_story_can_be_played_in_a_sandbox_that_is_new() {
    for tale in &TALES {
        Player::new().play(tale);
    }
}

#[wasm_bindgen_test]
fn all_stories_one_after_the_other_and_once_more() {
    let mut player = Player::new();
    for tale in TALES.iter().chain(&TALES) {
        player.play(tale);
    }
}

#[wasm_bindgen_test]
fn stories_can_be_played_whatever_the_operator_is_like() {
    let mut player = Player::new();
    let never = Scenario::named("never-granted").map(std::sync::Arc::new);
    player.driver.configure(Setting::Scenario(never));
    player
        .driver
        .configure(Setting::Operator(std::sync::Arc::new(Operator {
            conflicts: ConflictPolicy::Strict,
            ..Operator::default()
        })));
    for tale in &TALES {
        let since = player.since();
        for place in 0..tale.steps.len() {
            player.help(&since, tale, place);
        }
    }
}

#[wasm_bindgen_test]
fn a_step_can_be_skipped_and_the_next_is_still_done() {
    for tale in &TALES {
        for skipped in 0..tale.steps.len() {
            let mut player = Player::new();
            let since = player.since();
            for place in skipped..tale.steps.len() {
                player.help(&since, tale, place);
            }
        }
    }
}

#[wasm_bindgen_test]
fn after_a_reset_all_there_is_counts() {
    let mut player = Player::new();
    player.play(&TALES[0]);
    let since = player.since();
    player.driver.reset();
    let request = Request::new("GET", "/qod/v0/sessions/x");
    player.perform(Act::Send(request));
    player.help(&since, &TALES[0], 0);
    assert_eq!(player.look(&since, |scene| scene.traffic.len()), 2);
}
