//! A webhook that fails, and what can be done about it.

use super::hands::{create, grant};
use super::scene::{Scene, went_astray};
use super::tale::{Step, TRY_IT, Tale};
use crate::sandbox::Outcome;
use crate::ui::act::Act;
use crate::ui::receiver_field::Choice;

pub(super) const TALE: Tale = Tale {
    title: "A failing webhook",
    teaser: "Let the receiver break down, see what gets lost, and deliver it again.",
    steps: &[
        Step {
            title: "Break the receiver",
            text: "Set the Receiver of the notifications to 503. It stands for your own server, and answers every webhook in this tab.",
            wait: "a receiver that fails",
            places: &[("#receiver", "")],
            done: |scene| !works(scene.config.receiver),
            hand: |_| vec![Act::Receive(Choice::Status(503))],
        },
        Step {
            title: "Let something happen",
            text: "Ask for a session with Try it, and let it be granted. The notification is sent, and refused.",
            wait: "a notification that was not delivered",
            places: TRY_IT,
            done: |scene| scene.undelivered().is_some(),
            hand: |scene| match scene.live() {
                Some(_) if !works(scene.config.receiver) && scene.notifications.is_empty() => {
                    grant(scene)
                }
                _ => lose(scene),
            },
        },
        Step {
            title: "See what became of it",
            text: "Open the notification: every attempt is listed with its answer. The specification promises no second one, so this sandbox makes none unless it is told to.",
            wait: "that notification to be open",
            places: &[("#notifications li button", ""), ("#notifications", "")],
            done: |scene| scene.opened().is_some_and(went_astray),
            hand: |scene| {
                let lost = scene.undelivered();
                let id = lost.map(|one| one.message.id.to_string().into());
                id.map_or_else(|| lose(scene), |id| vec![Act::Read(Some(id))])
            },
        },
        Step {
            title: "Mend the receiver",
            text: "Set the Receiver to 204 again: what a consumer answers when it has got a notification.",
            wait: "a receiver that answers 204",
            places: &[("#receiver", "")],
            done: |scene| works(scene.config.receiver),
            hand: |_| vec![Act::Receive(Choice::Status(204))],
        },
        Step {
            title: "Deliver it again",
            text: "Press Redeliver at the notification. The same event comes once more, with the same id: a receiver that has it already can tell.",
            wait: "that notification to be delivered",
            places: &[
                ("#notifications button", "Redeliver"),
                ("#notifications button", "Deliver"),
                ("#notifications li button", ""),
            ],
            done: |scene| {
                let mut notifications = scene.notifications.iter();
                notifications.any(|one| {
                    let mut deliveries = one.deliveries.iter();
                    went_astray(one)
                        && deliveries.any(|delivery| delivery.outcome == Outcome::Delivered)
                })
            },
            hand: |scene| {
                let Some(lost) = scene.undelivered() else {
                    return lose(scene);
                };
                let again = Act::Redeliver(lost.message.id.to_string().into());
                if works(scene.config.receiver) {
                    vec![again]
                } else {
                    vec![Act::Receive(Choice::Status(204)), again]
                }
            },
        },
    ],
    learnt: "What a receiver misses may be lost: retries are nowhere specified. Answer 204 fast, expect an event twice, and poll now and then for what did not come.",
};

/// A notification that nobody takes.
fn lose(scene: &Scene<'_>) -> Vec<Act> {
    let create = create(scene, "granted-at-once");
    if works(scene.config.receiver) {
        vec![Act::Receive(Choice::Status(503)), create]
    } else {
        vec![create]
    }
}

/// Whether notifications get through.
const fn works(receiver: Choice) -> bool {
    matches!(
        receiver,
        Choice::Status(200..300) | Choice::Own | Choice::Network
    )
}
