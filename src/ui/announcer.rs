//! What assistive technology says: one sentence for each change, one every two seconds at most.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::{Html, Properties, UseStateSetter, component, html, use_state};

use super::use_effect::use_effect_with;
use super::{describe, format};
use crate::driver::{ClockState, Driver, Notice, Paused};
use crate::engine::{Cause, Session};
use crate::sandbox::Output;

/// Wall milliseconds between two sentences.
const PAUSE: u32 = 2_000;

/// How many changes are told one by one; more are counted.
const FEW: usize = 2;

#[derive(Properties, Clone)]
pub(super) struct AnnouncerProps {
    pub(super) driver: Driver,
}

/// A console has one driver all its life.
impl PartialEq for AnnouncerProps {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The status region, which only assistive technology sees.
#[component]
pub(super) fn Announcer(props: &AnnouncerProps) -> Html {
    let sentence = use_state(String::new);
    let setter = sentence.setter();
    let driver = props.driver.clone();
    use_effect_with((), move |()| {
        let speaker = Rc::new(Speaker {
            setter,
            waiting: RefCell::default(),
            pause: RefCell::default(),
        });
        let subscription = driver.subscribe({
            let speaker = speaker.clone();
            move |notices| {
                let sentences: Vec<_> = notices.iter().filter_map(sentence_of).collect();
                if !sentences.is_empty() {
                    speaker.waiting.borrow_mut().extend(sentences);
                    speak(&speaker);
                }
            }
        });
        move || {
            drop(subscription);
            speaker.pause.take();
        }
    });
    html! { <p class="vh" role="status">{ &*sentence }</p> }
}

struct Speaker {
    setter: UseStateSetter<String>,
    /// What is still to be said.
    waiting: RefCell<Vec<String>>,
    /// Runs while nothing may be said.
    pause: RefCell<Option<Timeout>>,
}

/// Says what waits, unless something was said just now.
fn speak(speaker: &Rc<Speaker>) {
    if speaker.pause.borrow().is_some() {
        return;
    }
    let waiting = speaker.waiting.take();
    if waiting.is_empty() {
        return;
    }
    speaker.setter.set(if waiting.len() > FEW {
        let last = waiting.last().map_or("", String::as_str);
        format!("{} events. Last: {last}", waiting.len())
    } else {
        waiting.join(" ")
    });
    let weak = Rc::downgrade(speaker);
    let pause = Timeout::new(PAUSE, move || {
        if let Some(speaker) = weak.upgrade() {
            speaker.pause.take();
            speak(&speaker);
        }
    });
    speaker.pause.replace(Some(pause));
}

fn sentence_of(notice: &Notice) -> Option<String> {
    match notice {
        Notice::Happened(Output::Exchange(exchange)) => {
            let status = exchange.status();
            Some(
                [
                    &exchange.request.method,
                    " answered ",
                    &status.to_string(),
                    " ",
                    format::reason(status),
                    ".",
                ]
                .concat(),
            )
        }
        Notice::Happened(Output::Session(session, change)) => {
            (change.cause != Cause::Created).then(|| standing(session))
        }
        Notice::Clock(ClockState {
            paused: Paused::Jump(missed),
            ..
        }) => {
            let missed = format::duration(*missed);
            Some(["The clock stopped: ", &missed, " went by at once."].concat())
        }
        Notice::Happened(
            Output::Notification(_)
            | Output::Delivery(..)
            | Output::Deliver(_)
            | Output::Abandon(..)
            | Output::Answered(_)
            | Output::Fired(_),
        )
        | Notice::Clock(_)
        | Notice::Settings
        | Notice::Broken(_) => None,
    }
}

fn standing(session: &Session) -> String {
    [
        "Session ",
        &format::shorter_id(session.id),
        " is ",
        describe::state(session).1,
        ".",
    ]
    .concat()
}
