//! What can be done to a session: by its client, and by the network.

use yew::{
    AttrValue, Callback, Html, InputEvent, Properties, SubmitEvent, component, html, use_state,
};

use crate::engine::{NetworkAct, Session, State};
use crate::http::Request;
use crate::ui::act::Act;
use crate::ui::describe;
use crate::ui::parts::typed;
use crate::ui::shared::Shared;

/// The client's calls, which may be answered by an error, and the network's acts, which are not
/// offered where they are impossible.
pub(super) fn session_actions(session: &Shared<Session>, on_act: &Callback<Act>) -> Html {
    let call = |method: &'static str| {
        let url = session.url.clone();
        on_act.reform(move |_| Act::Send(Request::new(method, &url)))
    };
    let (get, delete) = client_hints(session);
    html! {
        <div class="acts">
            <div class="acts__group" role="group" aria-label="As the client">
                <span class="acts__label" aria-hidden="true">{ "As the client" }</span>
                <button class="btn btn--sm" type="button" title={get} onclick={call("GET")}>{ "Get" }</button>
                <Extend session={session.clone()} on_act={on_act.clone()} />
                <button class="btn btn--sm btn--danger" type="button" title={delete} onclick={call("DELETE")}>{ "Delete" }</button>
            </div>
            <div class="acts__group" role="group" aria-label="As the network">
                <span class="acts__label" aria-hidden="true">{ "As the network" }</span>
                { act(session, on_act, NetworkAct::Grant, "Grant") }
                { act(session, on_act, NetworkAct::Refuse, "Refuse") }
                { act(session, on_act, NetworkAct::Terminate, "Terminate") }
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ExtendProps {
    session: Shared<Session>,
    on_act: Callback<Act>,
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
        props.on_act.reform(move |event: SubmitEvent| {
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
            let request = Request::new("POST", &(url.to_string() + "/extend"));
            Act::Send(
                request
                    .header("Content-Type", "application/json")
                    .body(body),
            )
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

fn act(session: &Session, on_act: &Callback<Act>, act: NetworkAct, label: &'static str) -> Html {
    let outcome = describe::network_act(session, act);
    let (possible, title) = (outcome.is_ok(), outcome.unwrap_or_else(|why| why));
    let id = session.id;
    let onclick = on_act.reform(move |_| Act::Network(id, act));
    html! {
        <button class="btn btn--sm" type="button" disabled={!possible} {title} {onclick}>{ label }</button>
    }
}
