//! What the page has a console on show do: the same acts as a person's.

use std::cell::RefCell;
use std::rc::Rc;

use yew::{Callback, hook};

use super::act::Act;
use super::use_effect::use_effect_with;

/// The way from the page to a console.
#[derive(Clone, Default)]
pub(super) struct Remote(Rc<RefCell<Option<Callback<Act>>>>);

impl Remote {
    /// Has the console do that, if it is there.
    pub(super) fn send(&self, act: Act) {
        // The borrow ends before: what is done may lead back here.
        let on_act = self.0.borrow().clone();
        if let Some(on_act) = on_act {
            on_act.emit(act);
        }
    }
}

/// Has the console do what comes by way of a remote.
#[hook]
pub(super) fn use_remote(remote: &Remote, on_act: &Callback<Act>) {
    let (remote, on_act) = (remote.clone(), on_act.clone());
    use_effect_with((), move |()| {
        remote.0.replace(Some(on_act));
        move || drop(remote.0.take())
    });
}
