//! The sessions of this sandbox, whoever created them: as a picture, as a table, one in detail.

use std::rc::Rc;

use yew::{
    Callback, Html, Properties, classes, component, html, use_callback, use_memo, use_mut_ref,
    use_state_eq,
};

use super::act::Act;
use super::layout::role;
use super::parts::{Shape, Tone, icon, segmented};
use super::shared::{List, Shared};
use crate::driver::{ClockMode, ClockState, Paused};
use crate::engine::{Session, SessionId};
use crate::sandbox::{Notification, Perspective};
use crate::time::Instant;
use details::Details;
use embed_life::EmbedLife;
use empty::empty;
use table::SessionTable;
use timeline::Timeline;
use track::swatch;
use view::{SPAN_NAMES, View};

mod axis;
mod details;
mod embed_life;
mod empty;
mod gestures;
mod life;
mod motion;
mod perspectives;
mod row;
mod row_menu;
#[cfg(test)]
mod sample;
mod table;
#[cfg(test)]
mod tests;
mod timeline;
mod track;
mod view;

pub(super) use empty::example;

/// Which sessions are listed.
const SHOWN: [&str; 3] = ["All", "Open", "Ended"];

const KEY: [(Tone, bool, &str); 5] = [
    (Tone::Wait, false, "Requested"),
    (Tone::Ok, false, "Available"),
    (Tone::Ok, true, "Planned"),
    (Tone::Bad, false, "Unavailable, held 360 s"),
    (Tone::End, false, "Ended"),
];

#[derive(Properties, PartialEq)]
pub(super) struct SessionsProps {
    pub(super) sessions: List<Session>,
    /// How many older ones are gone.
    pub(super) dropped: u64,
    pub(super) selected: Option<SessionId>,
    pub(super) notifications: List<Notification>,
    pub(super) clock: ClockState,
    /// The sandbox's time, between two of the clock's ticks too.
    pub(super) now: Callback<(), Instant>,
    /// What clients have been able to see of the one selected.
    pub(super) perspectives: Rc<Option<Vec<Perspective>>>,
    /// Whether one of them is shown, rather than all.
    pub(super) one: bool,
    /// Whether there is a form to ask for one.
    pub(super) form: bool,
    /// Whether there is the room of a page.
    pub(super) fill: bool,
    /// Whether guided stories are told here.
    pub(super) stories: bool,
    pub(super) on_act: Callback<Act>,
}

/// The pane of sessions: head, picture or table, key, and details; or one of them.
#[component]
pub(super) fn Sessions(props: &SessionsProps) -> Html {
    let SessionsProps {
        sessions,
        selected,
        on_act,
        ..
    } = props;
    let view = use_state_eq(View::default);
    let shown = use_state_eq(|| 0_usize);
    let as_table = use_state_eq(|| false);
    let parts = use_memo(sessions.clone(), |sessions| {
        let is_open = |session: &&Shared<Session>| session.released_at().is_none();
        let open: List<_> = sessions.iter().filter(is_open).cloned().collect();
        let ended = sessions.iter().filter(|session| !is_open(session));
        (open, ended.cloned().collect::<List<_>>())
    });
    let listed = match *shown {
        0 => sessions,
        1 => &parts.0,
        _ => &parts.1,
    };
    let none = sessions.is_empty();
    let on_view = {
        let view = view.setter();
        use_callback((), move |chosen, ()| view.set(chosen))
    };
    let latest = use_mut_ref(|| *selected);
    *latest.borrow_mut() = *selected;
    let on_select = use_callback(on_act.clone(), move |id, on_act: &Callback<Act>| {
        let other = (*latest.borrow() != Some(id)).then_some(id);
        on_act.emit(Act::Select(other));
    });
    let on_shown = {
        let shown = shown.setter();
        Callback::from(move |place| shown.set(place))
    };
    let on_table = {
        let as_table = as_table.clone();
        move |_| as_table.set(!*as_table)
    };
    if props.one {
        return one(props);
    }
    html! {
        <section class="sessions" part="timeline" role={role(props.fill)} id="sessions" tabindex="-1" aria-labelledby="h-sessions">
            <div class={classes!("head", (none || *as_table).then_some("rule"))}>
                <h2 id="h-sessions">{ "Sessions" }</h2>
                if !none {
                    <span class="count num">{ parts.0.len() }{ " open, " }{ parts.1.len() }{ " ended" }</span>
                }
                <span class="grow" />
                if !none {
                    <button
                        class="btn btn--ghost btn--sm btn--icon" type="button" title="Table" aria-label="Table"
                        aria-pressed={as_table.to_string()} onclick={on_table}
                    >
                        { icon(Shape::List) }
                    </button>
                    { segmented("Show", "sessions-shown", &SHOWN, Some(*shown), &on_shown) }
                    if !*as_table {
                        { segmented("Time span", "sessions-span", &SPAN_NAMES, view.chosen(), &on_view.reform(View::choose)) }
                    }
                }
            </div>
            if none {
                { empty(props.stories, on_act) }
            } else if *as_table {
                <SessionTable sessions={listed.clone()} selected={*selected} {on_select} on_act={on_act.clone()} />
            } else {
                <Timeline
                    sessions={listed.clone()} selected={*selected} clock={props.clock.clone()} now={props.now.clone()}
                    view={*view} {on_view} {on_select} on_act={on_act.clone()}
                >
                    { end(listed, *shown, props.dropped) }
                </Timeline>
            }
            if !none {
                if !*as_table {
                    { key() }
                }
                { details(props) }
            }
        </section>
    }
}

/// The one selected, or the newest.
fn one(props: &SessionsProps) -> Html {
    let selected = props
        .sessions
        .iter()
        .find(|session| Some(session.id) == props.selected);
    html! {
        <section class="sessions sessions--one" part="session" role={role(props.fill)} id="session" tabindex="-1" aria-labelledby="h-session">
            <h2 class="vh" id="h-session">{ "Session" }</h2>
            if let Some(session) = selected.or(props.sessions.first()) {
                <EmbedLife
                    key={session.sequence} session={session.clone()} notifications={props.notifications.clone()}
                    clock={props.clock.clone()} now={props.now.clone()} on_act={props.on_act.clone()}
                />
            } else {
                <p class="pick-one">{ if props.form { "No session yet: try the request." } else { "No session yet." } }</p>
            }
        </section>
    }
}

/// What there is to say below the rows.
fn end(listed: &List<Session>, shown: usize, dropped: u64) -> Html {
    let which = if shown == 1 { "open" } else { "ended" };
    html! {
        if listed.is_empty() {
            <p class="pick-one">{ "There are no " }{ which }{ " sessions." }</p>
        } else if dropped > 0 && shown != 1 {
            <p class="pick-one num">{ dropped }{ " older ones are not kept." }</p>
        }
    }
}

fn key() -> Html {
    let item = |(tone, plan, name): (Tone, bool, &'static str)| {
        html! { <li key={name}>{ swatch(tone, plan) }{ name }</li> }
    };
    html! { <ul class="legend" aria-label="Key">{ for KEY.map(item) }</ul> }
}

fn details(props: &SessionsProps) -> Html {
    let Some(id) = props.selected else {
        return html! { <p class="pick-one">{ "Select a session" }</p> };
    };
    let session = props.sessions.iter().find(|session| session.id == id);
    let Some(session) = session else {
        return html! { <p class="pick-one">{ "There is no session " }<code>{ id.to_string() }</code>{ " here at this moment." }</p> };
    };
    html! {
        <Details
            key={session.sequence} session={session.clone()} now={props.clock.now}
            perspectives={props.perspectives.clone()} fill={props.fill} on_act={props.on_act.clone()}
        />
    }
}

/// Whether a clock moves by itself.
fn runs(clock: &ClockState) -> bool {
    clock.mode == ClockMode::Real && clock.paused == Paused::No
}
