//! Two sessions of a device: when they are in each other's way.

use super::hands::{again, beside, create, make_room};
use super::scene::Kind;
use super::tale::{Step, TRY_IT, Tale};

pub(super) const TALE: Tale = Tale {
    title: "Conflict",
    teaser: "Provoke a 409, get around it by a port, and get rid of it.",
    steps: &[
        Step {
            title: "Have a session",
            text: "Ask for a session with Try it. From now on its flow is taken: this device, this server, these ports.",
            wait: "a request that is answered by 201",
            places: TRY_IT,
            done: |scene| scene.place(Kind::Create, 201).is_some(),
            hand: |scene| vec![create(scene, "granted-at-once")],
        },
        Step {
            title: "Ask for the same",
            text: "Press Try it again, with nothing changed. 409: another session is created for the same device. The explanation names the one that is in the way.",
            wait: "a request that is answered by 409",
            places: TRY_IT,
            done: |scene| scene.place(Kind::Create, 409).is_some(),
            hand: |scene| again(scene, 201),
        },
        Step {
            title: "Use another port",
            text: "Change the server's ports to 8443, say, and try it. Sessions of a device live side by side if their servers or ports do not overlap. No ports at all means all ports.",
            wait: "a request after that one that is answered by 201",
            places: &[
                ("#request #server-ports", ""),
                ("#request button[part=try]", ""),
            ],
            done: |scene| scene.after(scene.place(Kind::Create, 409), Kind::Create, 201),
            hand: |scene| match scene.place(Kind::Create, 409) {
                Some(_) => vec![beside(scene)],
                None => again(scene, 201),
            },
        },
        Step {
            title: "Make room",
            text: "Delete the first session, put the old port back, and try it. What is gone is in nobody's way, and the refused request is accepted.",
            wait: "a DELETE, and a create after it that is answered by 201",
            places: &[
                ("#sessions button", "Delete"),
                ("#sessions .sess button", ""),
            ],
            done: |scene| {
                let mut deletes = scene.traffic.iter().enumerate().filter(|(_, exchange)| {
                    super::scene::kind_of(exchange) == Some(Kind::Delete)
                        && exchange.status() == 204
                });
                deletes.any(|(place, _)| scene.after(Some(place), Kind::Create, 201))
            },
            hand: make_room,
        },
    ],
    learnt: "409 needs all of it: the same device, and servers, device ports and server ports that overlap. Sessions that the network took back count too, for 360 s. An operator may also allow one session for each device: see the settings.",
};
