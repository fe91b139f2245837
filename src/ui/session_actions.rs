//! What can be done to a session: by its client, and by the network.

use yew::{
    AttrValue, Callback, Html, InputEvent, MouseEvent, Properties, SubmitEvent, component, html,
    use_state,
};

use super::parts::{status_chip, typed};
use super::shared::Shared;
use crate::engine::{NetworkAct, Session, SessionId, State};
use crate::http::Request;
use crate::sandbox::Exchange;

/// What a person can set going from a session.
#[derive(Clone, PartialEq)]
pub(super) struct Acts {
    /// Makes a request.
    pub(super) send: Callback<Request>,
    /// Lets the network act.
    pub(super) network: Callback<(SessionId, NetworkAct)>,
    /// Shows an answer.
    pub(super) show: Callback<Shared<Exchange>>,
}

/// The client's calls, which may be answered by an error, and the network's acts, which are not
/// offered where they are impossible. `answer` is the last one that a request about it got.
pub(super) fn session_actions(
    session: &Shared<Session>,
    answer: Option<&Shared<Exchange>>,
    acts: &Acts,
) -> Html {
    let call = |method: &'static str| {
        let url = session.url.clone();
        acts.send.reform(move |_| Request::new(method, &url))
    };
    let (get, delete) = client_hints(session);
    html! {
        <div class="acts">
            <div class="acts__group" role="group" aria-label="As the client">
                <span class="acts__label" aria-hidden="true">{ "As the client" }</span>
                <button class="btn btn--sm" type="button" title={get} onclick={call("GET")}>{ "Get" }</button>
                <Extend session={session.clone()} on_send={acts.send.clone()} />
                <button class="btn btn--sm btn--danger" type="button" title={delete} onclick={call("DELETE")}>{ "Delete" }</button>
            </div>
            <div class="acts__group" role="group" aria-label="As the network">
                <span class="acts__label" aria-hidden="true">{ "As the network" }</span>
                { act(session, acts, NetworkAct::Grant, "Grant") }
                { act(session, acts, NetworkAct::Refuse, "Refuse") }
                { act(session, acts, NetworkAct::Terminate, "Terminate") }
            </div>
            if let Some(answer) = answer {
                <p class="acts__answer">
                    <span class={["verb ", &answer.request.method.to_ascii_lowercase()].concat()}>{ &answer.request.method }</span>
                    { status_chip(answer.response.status) }
                    <button class="link" type="button" onclick={show(answer, acts)}>
                        { "Show response" }
                    </button>
                </p>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ExtendProps {
    session: Shared<Session>,
    on_send: Callback<Request>,
}

/// *Extend*, and by how many seconds.
#[component]
fn Extend(props: &ExtendProps) -> Html {
    let seconds = use_state(|| AttrValue::from("600"));
    let oninput = {
        let seconds = seconds.setter();
        move |event: InputEvent| seconds.set(typed(&event).into())
    };
    let onsubmit = {
        let (url, seconds) = (props.session.url.clone(), seconds.clone());
        props.on_send.reform(move |event: SubmitEvent| {
            event.prevent_default();
            // What is no number goes as a string, for the backend to judge.
            let number = seconds.parse::<serde_json::Number>();
            let value =
                number.map_or_else(|_| serde_json::Value::from(seconds.as_str()), Into::into);
            let body = [
                "{\"requestedAdditionalDuration\": ",
                &value.to_string(),
                "}",
            ]
            .concat();
            Request::new("POST", &(url.to_string() + "/extend"))
                .header("Content-Type", "application/json")
                .body(body)
        })
    };
    let title = if matches!(props.session.state, State::Available { .. }) {
        "Adds to the remaining time, up to a day"
    } else {
        "Answered by an error: only an AVAILABLE session can be extended"
    };
    html! {
        <form class="extend" novalidate=true {onsubmit}>
            <button class="btn btn--sm" type="submit" {title}>{ "Extend" }</button>
            <span class="affix">
                <input
                    class="input input--sm mono" aria-label="Seconds to add" inputmode="numeric"
                    value={(*seconds).clone()} {oninput} autocomplete="off"
                />
                <span class="suffix" aria-hidden="true">{ "s" }</span>
            </span>
        </form>
    }
}

/// What the client's calls will be answered.
fn client_hints(session: &Session) -> (&'static str, &'static str) {
    match session.state {
        State::Released { .. } => ("Answered by 404: it is gone", "Answered by 404: it is gone"),
        State::Available { .. } => (
            "GET this session",
            "DELETE this session; its webhook hears of it",
        ),
        State::Requested { .. } | State::Unavailable { .. } => (
            "GET this session",
            "DELETE this session; its webhook does not hear of it",
        ),
    }
}

fn show(answer: &Shared<Exchange>, acts: &Acts) -> Callback<MouseEvent> {
    let answer = answer.clone();
    acts.show.reform(move |_| answer.clone())
}

fn act(session: &Session, acts: &Acts, act: NetworkAct, label: &'static str) -> Html {
    let (possible, title) = match (act, session.state) {
        (_, State::Released { .. }) => (false, "The session is gone"),
        (NetworkAct::Grant, State::Requested { .. }) => (true, "The webhook hears AVAILABLE"),
        (NetworkAct::Refuse, State::Requested { .. }) => {
            (true, "NETWORK_TERMINATED, kept for 360 s")
        }
        (NetworkAct::Terminate, State::Available { .. }) => {
            (true, "NETWORK_TERMINATED, kept for 360 s")
        }
        (NetworkAct::Grant | NetworkAct::Refuse, _) => (false, "Only while it is REQUESTED"),
        (NetworkAct::Terminate, _) => (false, "Only while it is AVAILABLE"),
    };
    let id = session.id;
    let onclick = acts.network.reform(move |_| (id, act));
    html! {
        <button class="btn btn--sm" type="button" disabled={!possible} {title} {onclick}>{ label }</button>
    }
}
