//! What can be done to a session: by the network, and by its client.

use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::api::Operation;
use crate::engine::{NetworkAct, Session, State};
use crate::http::Request;
use crate::ui::act::{Act, doing};
use crate::ui::parts::{Item, Line, Menu, Shape, icon};
use crate::ui::shared::Shared;
use crate::ui::{describe, format};

#[derive(Properties, PartialEq)]
pub(super) struct RowMenuProps {
    pub(super) session: Shared<Session>,
    pub(super) on_act: Callback<Act>,
}

/// The menu of a row. The network's acts are not possible in every state; the client's calls are,
/// and some are answered by an error.
#[component]
pub(super) fn RowMenu(props: &RowMenuProps) -> Html {
    let RowMenuProps { session, on_act } = props;
    let id = session.id;
    let network = |act, label, key, shape| {
        let outcome = describe::network_act(session, act);
        Line::Item(Item {
            shape: Some(shape),
            note: outcome.unwrap_or_else(|why| why).into(),
            key,
            disabled: outcome.is_err(),
            ..Item::new(label, doing(on_act, Act::Network(id, act)))
        })
    };
    let client = |label: &'static str, key, shape, note: &'static str, onpick| {
        Line::Item(Item {
            shape: Some(shape),
            note: note.into(),
            key,
            danger: label == "Delete",
            ..Item::new(label, onpick)
        })
    };
    let answers = answers(session);
    let whole = AttrValue::from(id.to_string());
    let (text, filter) = (whole.clone(), whole);
    let lines = vec![
        Line::Heading("Act as the network"),
        network(NetworkAct::Grant, "Grant now", "G", Shape::Check),
        network(NetworkAct::Refuse, "Refuse", "R", Shape::Stop),
        network(NetworkAct::Terminate, "Terminate", "T", Shape::Close),
        Line::Rule,
        Line::Heading("Act as the client"),
        client("Get", "", Shape::Down, answers.0, get(session, on_act)),
        client(
            "Extend…",
            "E",
            Shape::Plus,
            answers.1,
            extend(session, on_act),
        ),
        client(
            "Delete",
            "Del",
            Shape::Trash,
            answers.2,
            delete(session, on_act),
        ),
        Line::Rule,
        client(
            "Show only this session",
            "",
            Shape::Search,
            "Filters the notifications",
            doing(on_act, Act::Filter(filter)),
        ),
        client(
            "Copy id",
            "",
            Shape::Copy,
            "",
            doing(on_act, Act::Copy(text, "Session id".into())),
        ),
    ];
    let label = AttrValue::from("Actions for session ".to_owned() + &format::short_id(id));
    let name = AttrValue::from("Session ".to_owned() + &format::shorter_id(id));
    html! {
        <Menu class="btn btn--ghost btn--sm btn--icon" {label} {name} {lines}>{ icon(Shape::More) }</Menu>
    }
}

/// Asks for it.
pub(super) fn get(session: &Session, on_act: &Callback<Act>) -> Callback<()> {
    let url = session.url.clone();
    on_act.reform(move |()| Act::Send(Request::new("GET", &url)))
}

/// Goes to the form that extends it.
pub(super) fn extend(session: &Session, on_act: &Callback<Act>) -> Callback<()> {
    let (id, on_act) = (session.id, on_act.clone());
    Callback::from(move |()| {
        on_act.emit(Act::Select(Some(id)));
        on_act.emit(Act::Operate(Operation::ExtendQosSessionDuration));
    })
}

/// Deletes it, with a way back where there is something to come back to.
pub(super) fn delete(session: &Session, on_act: &Callback<Act>) -> Callback<()> {
    let url = session.url.clone();
    let done = (session.released_at().is_none()).then(|| {
        let words = ["Session ", &format::shorter_id(session.id), " deleted."];
        AttrValue::from(words.concat())
    });
    on_act.reform(move |()| {
        let request = Request::new("DELETE", &url);
        match done.clone() {
            Some(words) => Act::SendUndoable(request, words),
            None => Act::Send(request),
        }
    })
}

/// What get, extend and delete will be answered.
pub(super) const fn answers(session: &Session) -> (&'static str, &'static str, &'static str) {
    const GONE: &str = "Answers 404: it is gone";
    const INACTIVE: &str = "Answers 400: the session is inactive";
    match session.state {
        State::Requested { .. } => (
            "Answers 200: REQUESTED",
            INACTIVE,
            "The webhook does not hear of it",
        ),
        State::Available { .. } => (
            "Answers 200: AVAILABLE",
            "Adds to the remaining time, up to a day",
            "The webhook hears DELETE_REQUESTED",
        ),
        State::Unavailable { .. } => (
            "Answers 200: UNAVAILABLE, not why",
            INACTIVE,
            "Frees its flow; the webhook does not hear of it",
        ),
        State::Released { .. } => (GONE, GONE, GONE),
    }
}
