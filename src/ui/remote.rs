//! What the page has a console on show do: the same acts as a person's.

use std::cell::RefCell;
use std::rc::Rc;

use yew::{Callback, hook};

use super::act::Act;
use super::use_effect::use_effect_with;

/// The way from the page to a console.
#[derive(Clone, Default)]
pub(super) struct Remote(Rc<RefCell<Way>>);

#[derive(Default)]
struct Way {
    on_act: Option<Callback<Act>>,
    /// What came before the console was there.
    waiting: Vec<Act>,
}

impl Remote {
    /// Has the console do that, as soon as it is there.
    pub(super) fn send(&self, act: Act) {
        // The borrow ends before: what is done may lead back here.
        let on_act = self.0.borrow().on_act.clone();
        match on_act {
            Some(on_act) => on_act.emit(act),
            None => self.0.borrow_mut().waiting.push(act),
        }
    }
}

/// Has the console do what comes by way of a remote.
#[hook]
pub(super) fn use_remote(remote: &Remote, on_act: &Callback<Act>) {
    let (remote, on_act) = (remote.clone(), on_act.clone());
    use_effect_with((), move |()| {
        let waiting = std::mem::take(&mut remote.0.borrow_mut().waiting);
        for act in waiting {
            on_act.emit(act);
        }
        remote.0.borrow_mut().on_act = Some(on_act);
        move || drop(remote.0.take())
    });
}
