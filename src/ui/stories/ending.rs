//! A session that the network takes back, and who learns why.

use super::hands::{call, create, grant, release, terminate, with_live};
use super::scene::Kind;
use super::tale::{GET, Step, TRY_IT, Tale};
use crate::engine::StatusInfo;

pub(super) const TALE: Tale = Tale {
    title: "Why did it end?",
    teaser: "Take a session back as the network, and find out who learns the reason.",
    steps: &[
        Step {
            title: "Have a session",
            text: "Ask for a session with Try it, and let it become AVAILABLE.",
            wait: "a session that is AVAILABLE",
            places: TRY_IT,
            done: |scene| scene.was_granted(),
            hand: |scene| match scene.live() {
                Some(_) => grant(scene),
                None => vec![create(scene, "granted-at-once")],
            },
        },
        Step {
            title: "Take it back",
            text: "Now be the network: choose Terminate in the menu of the session, or press T. A cell is full, a licence has run out; the client did nothing.",
            wait: "a notification that says NETWORK_TERMINATED",
            places: &[
                ("#sessions button", "Terminate"),
                ("#sessions .sess button[aria-haspopup]", ""),
                ("#sessions", ""),
            ],
            done: |scene| scene.was_told(StatusInfo::NetworkTerminated),
            hand: terminate,
        },
        Step {
            title: "Ask why",
            text: "Press Get at the session. 200, UNAVAILABLE, and no word on why: in this version SessionInfo has no statusInfo. Only the notification told it.",
            wait: "a GET that says UNAVAILABLE",
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
            title: "Let six minutes pass",
            text: "The operator keeps it for clients that poll, for 360 s. Jump over them: +10 m, or Next event.",
            wait: "the session to be released",
            places: &[
                (".g-jump button", "+10"),
                (".nextbtn:enabled", ""),
                (".g-jumpmenu button", ""),
            ],
            done: |scene| scene.was_released(),
            hand: release,
        },
        Step {
            title: "Ask again",
            text: "Press Get once more. Who polls too seldom finds nothing: 404, and neither that it ended nor why.",
            wait: "a GET that is answered by 404",
            places: GET,
            done: |scene| scene.place(Kind::Get, 404).is_some(),
            hand: |scene| {
                let gone = scene
                    .sessions
                    .iter()
                    .find(|session| session.released_at().is_some());
                gone.map_or_else(
                    || with_live(scene, |_| release(scene)),
                    |session| vec![call("GET", session)],
                )
            },
        },
    ],
    learnt: "Three reasons end a session: DURATION_EXPIRED, NETWORK_TERMINATED and DELETE_REQUESTED. Only notifications carry them. What the network took back is kept for 360 s; what expired or was deleted is 404 at once.",
};
