//! A session from its request to its end.

use super::hands::{call, create, grant, with_live};
use super::scene::Kind;
use super::tale::{GET, Step, TRY_IT, Tale};
use crate::engine::{Status, StatusInfo};
use crate::ui::act::Act;

pub(super) const TALE: Tale = Tale {
    title: "Your first session",
    teaser: "Ask for it, see it granted, read what the webhook is told, give it back.",
    steps: &[
        Step {
            title: "Ask for a session",
            text: "Press Try it. The form holds a whole request: a device, a server, a profile, an hour. The answer is 201 with REQUESTED: the network has not decided yet.",
            wait: "a request that is answered by 201",
            places: TRY_IT,
            done: |scene| scene.place(Kind::Create, 201).is_some(),
            hand: |scene| vec![create(scene, "granted-after-2s")],
        },
        Step {
            title: "See it granted",
            text: "Two seconds later the network grants it, and the session turns AVAILABLE. No need to wait: Next event goes straight to what happens next.",
            wait: "a session that is AVAILABLE",
            places: &[
                (".nextbtn:enabled", ""),
                (".g-jump button", ""),
                ("#sessions", ""),
            ],
            done: |scene| scene.was_granted(),
            hand: grant,
        },
        Step {
            title: "Read the notification",
            text: "Open the newest notification. It is a CloudEvent, POSTed to the webhook of the request: whose status changed, and to what.",
            wait: "a notification that is open",
            places: &[("#notifications li button", ""), ("#notifications", "")],
            done: |scene| scene.opened().is_some(),
            hand: |scene| {
                let newest = scene.notifications.first();
                newest.map_or_else(
                    || grant(scene),
                    |one| vec![Act::Read(Some(one.message.id.to_string().into()))],
                )
            },
        },
        Step {
            title: "Ask how it stands",
            text: "Press Get at the session. Clients without a webhook poll like this; the times of the answer are epoch seconds.",
            wait: "a GET of the session that is answered by 200",
            places: GET,
            done: |scene| scene.place(Kind::Get, 200).is_some(),
            hand: |scene| with_live(scene, |session| vec![call("GET", session)]),
        },
        Step {
            title: "Give it back",
            text: "Press Delete. The answer is 204, the session is gone at once, and the webhook hears UNAVAILABLE with the reason DELETE_REQUESTED.",
            wait: "a notification that says DELETE_REQUESTED",
            places: &[
                ("#sessions button", "Delete"),
                ("#sessions .sess button", ""),
            ],
            done: |scene| scene.was_told(StatusInfo::DeleteRequested),
            hand: |scene| {
                with_live(scene, |session| match session.status() {
                    Status::Requested => grant(scene),
                    Status::Available | Status::Unavailable => vec![call("DELETE", session)],
                })
            },
        },
    ],
    learnt: "A create is answered before the network has decided. REQUESTED, then AVAILABLE, then gone: of every change while it lasts the webhook hears.",
};
