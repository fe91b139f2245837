//! The place that the page's address names: an operation, a session, a notification.

use yew::{Callback, hook};

use super::act::Act;
use super::page::Page;
use super::use_effect::use_effect_with;
use crate::api::Operation;
use crate::engine::SessionId;

/// Goes to the place that the address names, now and whenever it comes to name another.
#[hook]
pub(super) fn use_place(page: &Page, on_act: &Callback<Act>) {
    let (page, on_act) = (page.clone(), on_act.clone());
    use_effect_with((), move |()| {
        let go = move |place: String| {
            if let Some(act) = act_of(&place) {
                on_act.emit(act);
            }
        };
        go(page.place());
        let listening = page.on_place(go);
        move || drop(listening)
    });
}

/// What leads to a place.
fn act_of(place: &str) -> Option<Act> {
    let (room, name) = place.split_once('/')?;
    match room {
        "operations" => {
            let operation = Operation::ALL.into_iter().find(|one| one.id() == name);
            operation.map(Act::Operate)
        }
        "sessions" => SessionId::parse(name).map(|id| Act::Select(Some(id))),
        "notifications" => Some(Act::Read(Some(name.to_owned().into()))),
        _ => None,
    }
}
