//! The same session, seen by a client that polls and by one that is called back.

use std::sync::Arc;
use std::time::Duration;

use super::hands::{call, create, terminate, with_live};
use super::scene::{Kind, Scene};
use super::tale::{GET, Step, TRY_IT, Tale};
use crate::engine::{Session, StatusInfo};
use crate::sandbox::{DEFAULT_SCENARIO, Scenario, Setting};
use crate::ui::act::Act;

const SHORT: &str = "terminated-after-10s";

/// Granted after 2 s, taken back 10 s later.
const LIFE: Duration = Duration::from_secs(12);

pub(super) const TALE: Tale = Tale {
    title: "Polling or callback?",
    teaser: "One session, two clients: who learns what, and when?",
    steps: &[
        Step {
            title: "Choose how it goes",
            text: "Set New sessions are, at the top, to Terminated after 10 s. Scenarios say what becomes of new sessions.",
            wait: "the scenario Terminated after 10 s",
            places: &[("#scenario", "")],
            done: |scene| chosen(scene) == Some(SHORT),
            hand: |_| vec![choose(Scenario::named(SHORT))],
        },
        Step {
            title: "Ask for a session",
            text: "Press Try it. This session is going to be granted after 2 s, and taken back 10 s later.",
            wait: "a request that follows the scenario",
            places: TRY_IT,
            done: |scene| {
                let made = |scenario: &Arc<str>| &**scenario == SHORT;
                let mut traffic = scene.traffic.iter();
                traffic.any(|exchange| {
                    exchange.status() == 201 && exchange.scenario.as_ref().is_some_and(made)
                })
            },
            hand: |scene| vec![create(scene, SHORT)],
        },
        Step {
            title: "Poll it",
            text: "Press Get now. A client without a webhook knows what this answer says, until it asks again.",
            wait: "a GET of the session that is answered by 200",
            places: GET,
            done: |scene| scene.place(Kind::Get, 200).is_some(),
            hand: |scene| with_live(scene, |session| vec![call("GET", session)]),
        },
        Step {
            title: "Let it be taken back",
            text: "Press Next event until it is UNAVAILABLE. The webhook hears of both changes in the moment they happen, and of the reason.",
            wait: "a notification that says NETWORK_TERMINATED",
            places: &[(".nextbtn:enabled", ""), ("#sessions", "")],
            done: |scene| scene.was_told(StatusInfo::NetworkTerminated),
            hand: |scene| {
                let mut timers = scene.live().into_iter().flat_map(Session::timers);
                let soon = timers.any(|(at, _)| at.since(scene.clock.now) <= LIFE);
                if soon {
                    vec![Act::Advance(LIFE)]
                } else {
                    terminate(scene)
                }
            },
        },
        Step {
            title: "Poll it again",
            text: "The client that polls still believes its last answer. Press Get: UNAVAILABLE, this late, and without the reason. Its details show what either could see, and when.",
            wait: "a GET after that which says UNAVAILABLE",
            places: GET,
            done: |scene| {
                let mut got = scene.traffic.iter();
                got.any(|exchange| {
                    super::scene::kind_of(exchange) == Some(Kind::Get)
                        && exchange.response().body.contains("\"UNAVAILABLE\"")
                })
            },
            hand: |scene| match scene.kept() {
                Some(session) => vec![call("GET", session)],
                None => terminate(scene),
            },
        },
        Step {
            title: "Put it back",
            text: "Set New sessions are to Granted after 2 s again, so that nothing surprises you later.",
            wait: "the scenario Granted after 2 s",
            places: &[("#scenario", "")],
            done: |scene| chosen(scene).is_none_or(|name| name == DEFAULT_SCENARIO),
            hand: |_| vec![choose(Scenario::named(DEFAULT_SCENARIO))],
        },
    ],
    learnt: "Callbacks tell at once, with the reason; polling tells late, without it, and after 360 s only 404. Use a webhook, and a GET now and then for what may have got lost.",
};

fn chosen<'a>(scene: &'a Scene<'_>) -> Option<&'a str> {
    let scenario = scene.config.settings.scenario.as_ref()?;
    Some(&scenario.name)
}

fn choose(scenario: Option<Scenario>) -> Act {
    Act::Configure(Setting::Scenario(scenario.map(Arc::new)))
}
