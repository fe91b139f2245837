//! The request: what is sent, as a form or as the very JSON.

use std::rc::Rc;

use web_sys::HtmlTextAreaElement;
use yew::{
    AttrValue, Callback, Html, InputEvent, KeyboardEvent, Properties, SubmitEvent, TargetCast as _,
    component, html, use_node_ref, use_state,
};

use super::act::Act;
use super::page::Page;
use super::parts::{Select, Shape, icon, segmented, small_icon, typed};
use super::shared::Shared;
use super::state::Config;
use crate::api::Operation;
use crate::engine::SessionId;
use crate::http::Request;
use crate::sandbox::Exchange;
use draft::Draft;
use examples::EXAMPLES;
use form::request_form;
use response::Response;

mod draft;
mod examples;
mod form;
mod profile_field;
mod response;

const PATH: &str = "/qod/v0/sessions";

#[derive(Properties, PartialEq)]
pub(super) struct RequestPaneProps {
    pub(super) config: Rc<Config>,
    pub(super) token: AttrValue,
    /// The operation whose form is on show.
    pub(super) operation: Operation,
    /// A request to be put into the form, and its number.
    pub(super) edit: Option<(u32, Rc<Request>)>,
    pub(super) selected: Option<SessionId>,
    /// The last answers, newest first, and how many milliseconds they took.
    pub(super) answers: Rc<[(Shared<Exchange>, Option<f64>)]>,
    pub(super) shown: Option<Shared<Exchange>>,
    pub(super) page: Page,
    pub(super) on_act: Callback<Act>,
}

/// What is on show of the body.
#[derive(Clone, PartialEq)]
enum View {
    Form,
    /// The text, and why it does not fit into the form, once that was tried.
    Json(String, Option<String>),
}

/// *Create session*: URL, credentials, body, and the button that sends it.
#[component]
pub(super) fn RequestPane(props: &RequestPaneProps) -> Html {
    let draft = use_state(Draft::default);
    let view = use_state(|| View::Form);
    let note = use_state(|| None::<&'static str>);

    let send = {
        let (draft, view, on_act) = (draft.clone(), view.clone(), props.on_act.clone());
        move || {
            let body = match &*view {
                View::Form => draft.json(),
                View::Json(text, _) => text.clone(),
            };
            let url = Request::BASE.to_owned() + PATH;
            let request = Request::new("POST", &url).header("Content-Type", "application/json");
            on_act.emit(Act::Send(request.body(body)));
        }
    };
    let onsubmit = {
        let send = send.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            send();
        })
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            send();
        }
    });
    let on_view = {
        let (draft, view, note) = (draft.clone(), view.clone(), note.clone());
        Callback::from(move |chosen: usize| match &*view {
            View::Form if chosen == 1 => view.set(View::Json(draft.json(), None)),
            View::Json(text, _) if chosen == 0 => match draft.parse(text) {
                Ok(parsed) => {
                    draft.set(parsed);
                    view.set(View::Form);
                }
                Err(why) => {
                    view.set(View::Json(text.clone(), Some(why)));
                    note.set(None);
                }
            },
            View::Form | View::Json(..) => {}
        })
    };
    let on_example = {
        let (draft, view, note) = (draft.clone(), view.clone(), note.clone());
        Callback::from(move |name: AttrValue| {
            let Some(example) = EXAMPLES.iter().find(|example| example.name == name) else {
                return;
            };
            note.set(Some(example.note));
            match draft.parse(&example.json()) {
                Ok(parsed) => {
                    if matches!(*view, View::Json(..)) {
                        view.set(View::Json(parsed.json(), None));
                    }
                    draft.set(parsed);
                }
                Err(_) => view.set(View::Json(example.json(), None)),
            }
        })
    };
    let on_draft = {
        let draft = draft.clone();
        Callback::from(move |changed| draft.set(changed))
    };
    let on_text = {
        let view = view.clone();
        Callback::from(move |event: InputEvent| {
            let editor: HtmlTextAreaElement = event.target_unchecked_into();
            view.set(View::Json(editor.value(), None));
        })
    };
    let on_token = props
        .on_act
        .reform(|event| Act::Credential(typed(&event).into()));
    let examples = std::iter::once((AttrValue::default(), "Load example".into()))
        .chain(
            EXAMPLES
                .iter()
                .map(|example| (example.name.into(), example.name.into())),
        )
        .collect::<Vec<_>>();
    let why = match &*view {
        View::Json(_, why) => why.clone(),
        View::Form => None,
    };

    let node = use_node_ref();
    html! {
        <section class="pane request" id="request" aria-labelledby="h-request" tabindex="-1">
        <form class="request__form" aria-labelledby="h-request" novalidate=true {onsubmit} {onkeydown}>
            <div class="head rule"><h2 id="h-request">{ "Create session" }</h2></div>
            <div class="request__top">
                <p class="urlrow">
                    <span class="verb post">{ "POST" }</span>
                    <span class="mono grow url"><span class="host trunc">{ Request::BASE }</span><b>{ PATH }</b></span>
                </p>
                <div class="credrow">
                    { small_icon(Shape::Key) }
                    <label for="token">{ "Access token" }</label>
                    <input
                        class="input mono" id="token" value={&props.token} oninput={on_token}
                        autocomplete="off" autocapitalize="off" spellcheck="false"
                    />
                </div>
            </div>
            <div class="bodyhead">
                <h3>{ "Body" }</h3>
                { segmented("Body as", "body", &["Form", "JSON"], Some(usize::from(*view != View::Form)), &on_view) }
                <span class="grow" />
                <Select
                    class="select select--sm select--bare" label="Load example" options={examples}
                    value="" onselect={on_example}
                />
            </div>
            <div class="request__body">
                <div>
                    if let Some(why) = why {
                        <p class="fielderr" role="alert">{ small_icon(Shape::Stop) }{ why }{ ". It stays JSON." }</p>
                    } else if let Some(note) = *note {
                        <p class="note">{ note }</p>
                    }
                </div>
                if let View::Json(text, _) = &*view {
                    <textarea
                        class="input mono editor" aria-label="Body, JSON" value={text.clone()} oninput={on_text}
                        rows={(text.lines().count().max(8) + 1).to_string()}
                        autocomplete="off" autocapitalize="off" spellcheck="false"
                    />
                } else {
                    { request_form(&draft, &props.config.catalogue, &on_draft) }
                }
            </div>
            <div class="actions">
                <button class="btn btn--primary" type="submit" aria-keyshortcuts="Control+Enter">
                    { icon(Shape::Arrow) }{ "Try it" }
                </button>
                <span class="keys" aria-hidden="true"><kbd>{ "Ctrl" }</kbd><kbd>{ "Enter" }</kbd></span>
            </div>
        </form>
        <Response {node} shown={props.shown.clone()} answers={props.answers.clone()} on_act={props.on_act.clone()} />
        </section>
    }
}
