//! The same without a picture: a table to read, and to copy.

use std::fmt::Write as _;

use yew::{Callback, Html, Properties, component, html, use_node_ref};

use crate::engine::{Cause, Session, SessionId};
use crate::time::Instant;
use crate::ui::act::Act;
use crate::ui::parts::{Shape, chip, small_icon};
use crate::ui::shared::{List, Shared};
use crate::ui::use_visible::use_visible;
use crate::ui::{describe, format};

const COLUMNS: [&str; 8] = [
    "Session",
    "Profile",
    "Device",
    "State",
    "Requested",
    "Available",
    "Ends",
    "Reason",
];

/// How high a row is, in pixels.
const HEIGHT: f64 = 28.0;

#[derive(Properties, PartialEq)]
pub(super) struct SessionTableProps {
    pub(super) sessions: List<Session>,
    pub(super) selected: Option<SessionId>,
    pub(super) on_select: Callback<SessionId>,
    pub(super) on_act: Callback<Act>,
}

/// A row a session, those in sight only; all of them are copied.
#[component]
pub(super) fn SessionTable(props: &SessionTableProps) -> Html {
    let sessions = &props.sessions;
    let body = use_node_ref();
    let visible = use_visible(&body, sessions.len(), HEIGHT, None);
    let row = |(place, session): (usize, &Shared<Session>)| {
        let id = session.id;
        let (tone, state) = describe::state(session);
        let [requested, available, ends] = moments(session).map(|at| {
            html! { <td class="num">{ for at.map(|at| html! { <time datetime={at.to_string()}>{ format::time_of_day(at) }</time> }) }</td> }
        });
        html! {
            <tr
                key={session.sequence} aria-rowindex={(place + 2).to_string()}
                aria-current={(props.selected == Some(id)).then_some("true")}
            >
                <th scope="row"><button class="sid__id mono" type="button" onclick={props.on_select.reform(move |_| id)}>{ id.to_string() }</button></th>
                <td><bdi class="trunc">{ session.request.profile.to_string() }</bdi></td>
                <td><bdi class="trunc">{ describe::device(&session.request.device) }</bdi></td>
                <td>{ chip(tone, state.into()) }</td>
                { requested }{ available }{ ends }
                <td><code>{ session.status_info().map(describe::status_info) }</code></td>
            </tr>
        }
    };
    let oncopy = {
        let sessions = sessions.clone();
        props
            .on_act
            .reform(move |_| Act::Copy(text(&sessions).into(), "The table".into()))
    };
    let shown = sessions.iter().enumerate();
    let shown = shown.skip(visible.from).take(visible.until - visible.from);
    let gap = |height: f64| html! { <tr class="gap-row" aria-hidden="true"><td colspan="8" height={format::number(height)} /></tr> };
    html! {
        <div class="sess__table scroll" role="group" aria-label="Sessions as a table" tabindex="0">
            <button class="btn btn--sm sess__copy" type="button" onclick={oncopy}>{ small_icon(Shape::Copy) }{ "Copy table" }</button>
            <table aria-label="Sessions, newest first" aria-rowcount={(sessions.len() + 1).to_string()}>
                <thead><tr aria-rowindex="1">{ for COLUMNS.map(|title| html! { <th key={title} scope="col">{ title }</th> }) }</tr></thead>
                <tbody>if visible.above > 0.0 { { gap(visible.above) } }</tbody>
                <tbody ref={body}>{ for shown.map(row) }</tbody>
                <tbody>if visible.below > 0.0 { { gap(visible.below) } }</tbody>
            </table>
        </div>
    }
}

/// When it was requested and became available, and when it ended or will.
fn moments(session: &Session) -> [Option<Instant>; 3] {
    let history = &session.history;
    let granted = history.iter().find(|change| change.cause == Cause::Granted);
    let end = session.released_at();
    let end = end.or_else(|| session.timers().min().map(|(at, _)| at));
    [
        history.first().map(|change| change.at),
        granted.map(|change| change.at),
        end,
    ]
}

/// Lines with tabs between their cells, as spreadsheets take them; moments with their date.
fn text(sessions: &[Shared<Session>]) -> String {
    let mut text = COLUMNS.join("\t");
    for session in sessions {
        let profile = session.request.profile.to_string();
        let device = describe::device(&session.request.device);
        // Writing to a string cannot fail.
        let _ = write!(text, "\n{}\t{profile}\t{}", session.id, plain(&device));
        text += "\t";
        text += describe::state(session).1;
        for at in moments(session) {
            text += "\t";
            text += &at.map_or_else(String::new, |at| at.to_string());
        }
        text += "\t";
        text += session.status_info().map_or("", describe::status_info);
    }
    text
}

/// A cell stays a cell, and is no formula.
fn plain(text: &str) -> String {
    let text = text.replace(['\t', '\n', '\r'], " ");
    if text.starts_with(['=', '-', '@']) {
        "'".to_owned() + &text
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::NetworkAct;
    use crate::ui::sessions::sample::acted;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_is_copied_has_a_line_a_session() {
        let session = acted(&[NetworkAct::Grant, NetworkAct::Terminate]);
        let text = text(&[session.clone(), session]);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.split('\t').count() == 8));
        assert!(
            lines[1].ends_with("2025-06-12T14:09:02.000Z\tNETWORK_TERMINATED"),
            "{text}"
        );
        assert_eq!(plain("=1+1\t2"), "'=1+1 2");
    }
}
