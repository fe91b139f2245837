//! The sessions of this sandbox, whoever created them.

use std::rc::Rc;

use yew::{Callback, Html, Properties, component, html, use_state};

use super::act::Act;
use super::describe;
use super::parts::{PAGE, more};
use super::shared::{List, Shared};
use crate::driver::ClockState;
use crate::engine::{Session, SessionId};
use crate::sandbox::Perspective;
use crate::time::Instant;
use details::session_details;
use row::SessionRow;

mod actions;
mod details;
mod row;

#[derive(Properties, PartialEq)]
pub(super) struct SessionsProps {
    pub(super) sessions: List<Session>,
    /// How many older ones are gone.
    pub(super) dropped: u64,
    pub(super) selected: Option<SessionId>,
    pub(super) clock: ClockState,
    /// What clients have been able to see of the one selected.
    pub(super) perspectives: Rc<Option<Vec<Perspective>>>,
    pub(super) on_act: Callback<Act>,
}

/// Rows, newest first; the one selected with its details.
#[component]
pub(super) fn Sessions(props: &SessionsProps) -> Html {
    let shown = use_state(|| PAGE);
    let sessions = &props.sessions;
    let ended = sessions
        .iter()
        .filter(|session| session.released_at().is_some())
        .count();
    let on_select = {
        let selected = props.selected;
        props
            .on_act
            .reform(move |id| Act::Select((selected != Some(id)).then_some(id)))
    };
    let row = |session: &Shared<Session>| {
        let (before, time, after) = describe::outlook(session, props.clock.now);
        let open = props.selected == Some(session.id);
        html! {
            <li key={session.sequence} class={if open { "sess is-open" } else { "sess" }}>
                <SessionRow
                    session={session.clone()} {before} {time} {after} {open}
                    progress={progress(session, props.clock.now)} on_select={on_select.clone()}
                />
                if open {
                    { session_details(session, props.clock.now, &props.on_act) }
                }
            </li>
        }
    };
    html! {
        <section class="sessions" id="sessions" tabindex="-1" aria-labelledby="h-sessions">
            <div class="head rule">
                <h2 id="h-sessions">{ "Sessions" }</h2>
                if !sessions.is_empty() {
                    <span class="count num">{ sessions.len() - ended }{ " open, " }{ ended }{ " ended" }</span>
                }
            </div>
            if sessions.is_empty() {
                <div class="empty">
                    <h3>{ "No sessions yet" }</h3>
                    <p>{ "Press Try it: the session gets a row here, with all that the network can do to it." }</p>
                </div>
            } else {
                <div class="scroll">
                    <ul class="rows" aria-label="Sessions, newest first">
                        { for sessions.iter().take(*shown).map(row) }
                    </ul>
                    { more(&shown, sessions.len(), props.dropped) }
                </div>
            }
        </section>
    }
}

/// How much of a session's life is over, in thousandths.
fn progress(session: &Session, now: Instant) -> u32 {
    let start = session
        .history
        .first()
        .map_or(session.started_at, |change| change.at);
    let end = session.timers().map(|(at, _)| at).max().unwrap_or(now);
    let whole = end.since(start).as_millis().max(1);
    u32::try_from(now.min(end).since(start).as_millis() * 1000 / whole).unwrap_or(1000)
}
