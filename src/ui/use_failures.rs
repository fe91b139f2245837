//! A word on deliveries that failed, of sessions made in this console.

use yew::{AttrValue, UseReducerHandle, hook, use_mut_ref, use_state};

use super::act::Act;
use super::doer::Doer;
use super::format;
use super::state::{Snapshot, created};
use super::toasts::ToastTone;
use super::use_effect::use_effect_with;
use crate::driver::{Driver, Notice};
use crate::engine::SessionId;
use crate::sandbox::{Delivery, Message, Outcome, Output};
use crate::time::{Instant, millis};

/// Wall milliseconds from one word to the next.
const PAUSE: u64 = 5_000;

/// From this speed on there would be too many of them.
const FAST: u32 = 600;

/// What failed: the notification, and in words.
#[derive(Clone, PartialEq)]
struct Failure {
    id: AttrValue,
    text: AttrValue,
}

/// Shows it, with a button to deliver once more; after the way back from what a person has just
/// done, if that is on show.
#[hook]
pub(super) fn use_failures(driver: &Driver, snapshot: &UseReducerHandle<Snapshot>, doer: &Doer) {
    let own = use_mut_ref(Vec::<SessionId>::new);
    for (answer, _) in snapshot.answers.iter() {
        let new = created(answer).filter(|id| !own.borrow().contains(id));
        own.borrow_mut().extend(new);
    }
    let waiting = use_state(|| None::<Failure>);
    use_effect_with((), {
        let (driver, waiting) = (driver.clone(), waiting.setter());
        move |()| {
            let told = std::cell::Cell::new(None::<Instant>);
            let watched = driver.clone();
            let subscription = driver.subscribe(move |notices| {
                for notice in notices {
                    let Notice::Happened(Output::Delivery(message, delivery)) = notice else {
                        continue;
                    };
                    let Some(text) = words(message, delivery) else {
                        continue;
                    };
                    let wall = watched.wall();
                    let lately = |told: Instant| millis(wall.since(told)) < PAUSE;
                    if own.borrow().contains(&message.session)
                        && watched.leisurely(Driver::clock).speed.factor() < FAST
                        && !told.get().is_some_and(lately)
                        && is_last(&watched, message)
                    {
                        told.set(Some(wall));
                        waiting.set(Some(Failure {
                            id: message.id.to_string().into(),
                            text: text.into(),
                        }));
                    }
                }
            });
            move || drop(subscription)
        }
    });
    let toast = snapshot.toast.as_ref();
    let free = toast.is_none_or(|toast| toast.tone == ToastTone::Failed);
    use_effect_with(((*waiting).clone(), free), {
        let (doer, waiting) = (doer.clone(), waiting.setter());
        move |(failure, free)| {
            if let Some(failure) = failure.clone().filter(|_| *free) {
                waiting.set(None);
                doer.alert(failure.text, "Redeliver", Act::Redeliver(failure.id));
            }
        }
    });
}

/// Whether no other attempt follows by itself.
fn is_last(driver: &Driver, message: &Message) -> bool {
    driver.leisurely(|driver| {
        driver.look(|sandbox| {
            let mut newest_first = sandbox.notifications().rev();
            let found = newest_first.find(|one| one.message.id == message.id);
            found.is_some_and(|one| one.waiting.is_none())
        })
    })
}

/// What went wrong, if something did.
fn words(message: &Message, delivery: &Delivery) -> Option<String> {
    let session = format::shorter_id(message.session);
    let status = delivery.status.map(|status| status.to_string());
    match delivery.outcome {
        Outcome::Refused => {
            Some(["Receiver answered ", status.as_deref()?, " to ", &session].concat())
        }
        Outcome::Failed => Some(["The webhook of ", &session, " could not be reached."].concat()),
        Outcome::Timeout => Some(["No answer from the webhook of ", &session].concat()),
        Outcome::Pending | Outcome::Delivered | Outcome::NoReceiver => None,
    }
}
