//! Runs that come from outside: files that are dropped onto the console, and links in its address.

use yew::{Callback, hook};

use super::act::Act;
use super::page::Page;
use super::use_effect::use_effect_with;

/// Opens the run of a file that is dropped, and of an address that comes to hold one.
#[hook]
pub(super) fn use_runs(page: &Page, on_act: &Callback<Act>) {
    let (page, on_act) = (page.clone(), on_act.clone());
    use_effect_with((), move |()| {
        let dropped = on_act.clone();
        let listening = (
            page.on_drop(move |_| dropped.emit(Act::Import)),
            page.on_shared(move |_| on_act.emit(Act::OpenLink)),
        );
        move || drop(listening)
    });
}
