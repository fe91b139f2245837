//! The keyboard: single keys for what is done often, and the list of them.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent};
use yew::{
    Callback, Event, Html, NodeRef, Properties, UseReducerHandle, component, hook, html,
    use_mut_ref, use_state,
};

use super::act::{Act, Open, doing};
use super::clock::{SPEEDS, mark_after, mark_before};
use super::listener::{Hears, Listener};
use super::page::Page;
use super::parts::Dialog;
use super::state::Snapshot;
use super::use_effect::use_effect_with;
use crate::api::Operation;
use crate::driver::{ClockMode, Paused, Speed};
use crate::engine::NetworkAct;
use crate::http::Request;

/// Under which name it is kept that single keys are off.
const KEPT: &str = "keys";

const LIST: [(&str, &[&str]); 11] = [
    ("Pause or run", &["Space"]),
    ("Next event", &["N"]),
    ("Previous, next mark in time", &["[", "]"]),
    ("Speed", &["1", "…", "5"]),
    ("Next, previous session", &["J", "K"]),
    ("Grant, refuse, terminate", &["G", "R", "T"]),
    ("Extend, delete", &["E", "Del"]),
    ("Filter notifications", &["/"]),
    ("Try it", &["Ctrl", "Enter"]),
    ("Close", &["Esc"]),
    ("This list", &["?"]),
];

/// Has single keys do what they stand for: on a page of its own wherever the focus is, in a
/// document while it is inside `root`.
#[hook]
pub(super) fn use_keys(
    snapshot: &UseReducerHandle<Snapshot>,
    page: &Page,
    root: &NodeRef,
    fill: bool,
    on_act: &Callback<Act>,
) {
    let latest = use_mut_ref(|| (**snapshot).clone());
    latest.replace((**snapshot).clone());
    let (page, root, on_act) = (page.clone(), root.clone(), on_act.clone());
    use_effect_with((), move |()| {
        let inside = root.get();
        let target: Option<EventTarget> = if fill {
            web_sys::window().map(Into::into)
        } else {
            inside.clone().map(Into::into)
        };
        let listener = target.map(|target| {
            Listener::new(&target, "keydown", Hears::Bubbling, move |event| {
                let event: KeyboardEvent = event.unchecked_into();
                let off = page.load(KEPT).as_deref() == Some("off");
                if let Some(act) = act_of(&event, &latest, off) {
                    event.prevent_default();
                    on_act.emit(act);
                } else if event.key() == "/" && plain(&event) && !off {
                    focus_filter(inside.as_ref(), &event);
                }
            })
        });
        move || drop(listener)
    });
}

/// What a key stands for, where something can be done about it.
fn act_of(event: &KeyboardEvent, latest: &Rc<RefCell<Snapshot>>, off: bool) -> Option<Act> {
    let snapshot = latest.borrow();
    if !plain(event) || snapshot.open.is_some() {
        return None;
    }
    let key = event.key();
    if key == "?" {
        return Some(Act::Open(Open::Keys));
    }
    if off {
        return None;
    }
    let clock = &snapshot.clock;
    match key.as_str() {
        " " if on_button(event) || clock.mode == ClockMode::Manual => None,
        " " if clock.paused == Paused::No => Some(Act::Pause),
        " " => Some(Act::Run),
        "n" => clock.next.map(|_| Act::Next),
        "[" => mark_before(&snapshot).map(Act::Rewind),
        "]" => mark_after(&snapshot).map(Act::Rewind),
        "1" | "2" | "3" | "4" | "5" => {
            let place: usize = key.parse().ok()?;
            let speed = Speed::new(*SPEEDS.get(place - 1)?)?;
            (clock.mode == ClockMode::Real).then_some(Act::Speed(speed))
        }
        "j" => step(&snapshot, 1),
        "k" => step(&snapshot, -1),
        "g" => network(&snapshot, NetworkAct::Grant),
        "r" => network(&snapshot, NetworkAct::Refuse),
        "t" => network(&snapshot, NetworkAct::Terminate),
        "e" => snapshot
            .selected
            .map(|_| Act::Operate(Operation::ExtendQosSessionDuration)),
        "Delete" => {
            let id = snapshot.selected?;
            let session = snapshot.sessions.iter().find(|session| session.id == id)?;
            let request = Request::new("DELETE", &session.url);
            Some(Act::SendUndoable(request, "Session deleted.".into()))
        }
        _ => None,
    }
}

/// Whether a key was pressed alone, where nothing is written.
fn plain(event: &KeyboardEvent) -> bool {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    let writes = origin(event).is_some_and(|element| {
        element.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=menu]")
            .is_ok_and(|found| found.is_some())
    });
    !modified && !writes && !event.default_prevented()
}

fn on_button(event: &KeyboardEvent) -> bool {
    origin(event).is_some_and(|element| {
        element
            .matches("button, a, summary, input")
            .unwrap_or(false)
    })
}

/// The element with the focus, also inside of the shadow tree.
fn origin(event: &KeyboardEvent) -> Option<Element> {
    event.composed_path().get(0).dyn_into().ok()
}

/// The session below or above the one selected.
fn step(snapshot: &Snapshot, by: isize) -> Option<Act> {
    let sessions = &snapshot.sessions;
    let at = snapshot
        .selected
        .and_then(|id| sessions.iter().position(|session| session.id == id));
    let next = match at {
        Some(at) => at.checked_add_signed(by)?,
        None => 0,
    };
    sessions
        .get(next)
        .map(|session| Act::Select(Some(session.id)))
}

/// An act of the network on the session selected, where that is possible.
fn network(snapshot: &Snapshot, act: NetworkAct) -> Option<Act> {
    let id = snapshot.selected?;
    let session = snapshot.sessions.iter().find(|session| session.id == id)?;
    super::describe::network_act(session, act).ok()?;
    Some(Act::Network(id, act))
}

fn focus_filter(root: Option<&web_sys::Node>, event: &KeyboardEvent) {
    let root = root.and_then(|root| root.dyn_ref::<Element>());
    let field = root.and_then(|root| root.query_selector("#filter").ok()?);
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        // A text field takes the focus.
        let _ = field.focus();
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct KeyListProps {
    pub(super) page: Page,
    pub(super) on_act: Callback<Act>,
}

/// The list of keys, and the switch for single ones.
#[component]
pub(super) fn KeyList(props: &KeyListProps) -> Html {
    let on = use_state(|| props.page.load(KEPT).as_deref() != Some("off"));
    let onchange = {
        let (on, page) = (on.clone(), props.page.clone());
        move |_: Event| {
            page.save(KEPT, if *on { "off" } else { "on" });
            on.set(!*on);
        }
    };
    let row = |(what, keys): (&'static str, &'static [&'static str])| {
        html! {
            <div key={what}><dt>{ what }</dt><dd>{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</dd></div>
        }
    };
    html! {
        <Dialog title="Keyboard" onclose={doing(&props.on_act, Act::Close)}>
            <dl class="keylist">{ for LIST.map(row) }</dl>
            <label class="switch">
                <input type="checkbox" checked={*on} {onchange} />
                { "Single keys (Ctrl Enter, Esc and ? are always on)" }
            </label>
        </Dialog>
    }
}
