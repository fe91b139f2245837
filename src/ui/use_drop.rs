//! Files that are dropped onto the console.

use yew::{Callback, hook};

use super::act::Act;
use super::page::Page;
use super::use_effect::use_effect_with;

/// Plays the run of a file that is dropped.
#[hook]
pub(super) fn use_drop(page: &Page, on_act: &Callback<Act>) {
    let (page, on_act) = (page.clone(), on_act.clone());
    use_effect_with((), move |()| {
        let listening = page.on_drop(move |_| on_act.emit(Act::Import));
        move || drop(listening)
    });
}
