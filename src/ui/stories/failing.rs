//! A webhook that fails, and what can be done about it.

use super::hands::{create, terminate};
use super::scene::went_astray;
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
                Some(session)
                    if session.released_at().is_none() && scene.notifications.is_empty() =>
                {
                    super::hands::grant(scene)
                }
                Some(_) if works(scene.config.receiver) => terminate(scene),
                _ => vec![create(scene, "granted-at-once")],
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
                let id = lost.map(|one| one.message.id.clone().into());
                vec![id.map_or_else(
                    || create(scene, "granted-at-once"),
                    |id| Act::Read(Some(id)),
                )]
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
                let lost = scene.undelivered().map(|one| one.message.id.clone().into());
                vec![lost.map_or_else(|| create(scene, "granted-at-once"), Act::Redeliver)]
            },
        },
    ],
    learnt: "What a receiver misses may be lost: retries are nowhere specified. Answer 204 fast, expect an event twice, and poll now and then for what did not come.",
};

/// Whether notifications get through.
const fn works(receiver: Choice) -> bool {
    matches!(
        receiver,
        Choice::Status(200..300) | Choice::Own | Choice::Network
    )
}
