//! The request: what is sent, as a form or as the very JSON, and what is answered.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};
use yew::{
    AttrValue, Callback, Html, KeyboardEvent, MouseEvent, NodeRef, Properties, component, html,
    use_node_ref, use_reducer,
};

use super::act::{Act, doing};
use super::layout::role;
use super::page::Page;
use super::parts::{Shape, icon, tabs};
use super::shared::Shared;
use super::state::Config;
use super::use_effect::use_effect_with;
use crate::api::{Operation, Patch};
use crate::engine::SessionId;
use crate::http::Request;
use crate::sandbox::{Exchange, MOCK_ACCESS_TOKEN};
use check::complaints;
use credentials::credentials;
use fields::fields;
use form::{Change, Form, Param};
use response::Response;

pub(super) mod arrange;
mod beside;
mod body;
mod call;
mod check;
pub(super) mod code;
mod credentials;
mod editor;
mod examples;
mod field_view;
mod fields;
mod form;
mod parts;
mod ports;
pub(super) mod pretty;
mod profile_field;
mod response;
mod saved;
mod text;

#[derive(Properties, PartialEq)]
pub(super) struct RequestPaneProps {
    pub(super) config: Rc<Config>,
    pub(super) token: AttrValue,
    /// The operation whose form is on show.
    pub(super) operation: Operation,
    /// A request to be put into the form, and its number.
    pub(super) edit: Option<(u32, Rc<Request>)>,
    /// A device's identifier to be put into the form, by its member, and its number.
    pub(super) use_value: Option<(u32, AttrValue, AttrValue)>,
    pub(super) selected: Option<SessionId>,
    /// The newest sessions.
    pub(super) recent: Rc<[SessionId]>,
    /// How many there are.
    pub(super) made: usize,
    /// The last answers, newest first, and how many milliseconds they took.
    pub(super) answers: Rc<[(Shared<Exchange>, Option<f64>)]>,
    pub(super) shown: Option<Shared<Exchange>>,
    pub(super) page: Page,
    /// Whether the console fills a page of its own.
    pub(super) fill: bool,
    pub(super) on_act: Callback<Act>,
}

const TABS: [&str; 5] = ["Create session", "Get", "Extend", "Delete", "Profiles"];

/// The operations in that order.
const OPERATIONS: [Operation; 5] = [
    Operation::CreateSession,
    Operation::GetSession,
    Operation::ExtendQosSessionDuration,
    Operation::DeleteSession,
    Operation::GetQosProfiles,
];

/// An operation's form, the button that sends it, and the answer.
#[component]
pub(super) fn RequestPane(props: &RequestPaneProps) -> Html {
    let RequestPaneProps {
        operation, page, ..
    } = props;
    let operation = *operation;
    let form = use_reducer(|| {
        let kept = page.load(saved::KEPT);
        kept.and_then(|kept| saved::read(&kept))
            .map_or_else(Form::default, |(form, _)| form)
    });
    let (pane, area, button) = (use_node_ref(), use_node_ref(), use_node_ref());
    let on_change = {
        let dispatcher = form.dispatcher();
        Callback::from(move |change| dispatcher.dispatch(change))
    };
    use_effect_with((), {
        let (page, on_act) = (page.clone(), props.on_act.clone());
        move |()| {
            let kept = page.load(saved::KEPT).and_then(|kept| saved::read(&kept));
            if let Some((_, kept)) =
                kept.filter(|(_, kept)| page.place().is_empty() && *kept != operation)
            {
                on_act.emit(Act::Operate(kept));
            }
        }
    });
    use_effect_with(((*form).clone(), operation), {
        let page = page.clone();
        move |(form, operation)| page.save(saved::KEPT, &saved::written(form, *operation))
    });
    use_effect_with(props.edit.as_ref().map(|(number, _)| *number), {
        let (edit, form) = (props.edit.clone(), (*form).clone());
        let (on_act, on_change) = (props.on_act.clone(), on_change.clone());
        move |_| {
            if let Some((_, request)) = edit {
                take_up(&request, &form, &on_act, &on_change);
            }
        }
    });
    use_effect_with(props.use_value.clone(), {
        let (on_act, on_change) = (props.on_act.clone(), on_change.clone());
        move |value| {
            if let Some((_, member, value)) = value.clone() {
                on_act.emit(Act::Operate(Operation::CreateSession));
                on_change.emit(Change::Device(member, value));
            }
        }
    });
    use_effect_with(form.go.clone(), {
        let (form, pane, area) = ((*form).clone(), pane.clone(), area.clone());
        move |(number, pointer)| {
            if *number > 0 {
                go(&form, operation, pointer, (&pane, &area));
            }
        }
    });

    let selected = props.selected.map(|id| id.to_string()).unwrap_or_default();
    let session = if form.follows {
        selected
    } else {
        form.param(Param::SessionId).to_string()
    };
    let request = call::request(&form, operation, &session);
    let with_token = Rc::new(if props.token.is_empty() {
        request.clone()
    } else {
        request
            .clone()
            .header("Authorization", &["Bearer ", &props.token].concat())
    });
    let send = doing(&props.on_act, Act::Send(request));
    // Also what Enter does in a field. A frame that may not send forms would never hear of `submit`.
    let onclick = send.reform(|event: MouseEvent| event.prevent_default());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            send.emit(());
        }
    });
    let on_tab = props.on_act.reform(|place: usize| {
        Act::Operate(
            OPERATIONS
                .get(place)
                .copied()
                .unwrap_or(Operation::CreateSession),
        )
    });
    let tab = OPERATIONS
        .iter()
        .position(|one| *one == operation)
        .unwrap_or(OPERATIONS.len() - 1);
    let oncurl = {
        let request = with_token.clone();
        props.on_act.reform(move |_| Act::CopyCurl(request.clone()))
    };
    let on_patch = {
        let (on_change, button) = (on_change.clone(), button.clone());
        Callback::from(move |patch: Vec<Patch>| {
            on_change.emit(Change::Patch(operation, patch));
            // The button that was pressed goes: what comes next is to try it.
            focus(button.get());
        })
    };
    let complaints = complaints(&form, operation, &session, &props.config);
    let shown = fields(operation, &form);
    let view = field_view::View {
        form: &form,
        operation,
        session: &session,
        recent: &props.recent,
        catalogue: &props.config.catalogue,
        complaints: &complaints,
        on_change: &on_change,
        on_act: &props.on_act,
    };
    let examples = parts::example_lines(props, &on_change);
    html! {
        <section ref={pane} class="pane request" part="request" role={role(props.fill)} id="request" aria-labelledby="h-request" tabindex="-1" {onkeydown}>
            <h2 id="h-request" class="vh">{ "Request" }</h2>
            <div class="head rule">{ tabs("Operation", "operation", "tabs", &TABS, tab, &on_tab) }</div>
            <div class="request__split" role="tabpanel" id="operation-panel" aria-label={TABS.get(tab).copied().unwrap_or_default()}>
            <form class="request__form" aria-labelledby={props.fill.then_some("h-request")} novalidate=true>
                <div class="request__top">
                    { parts::url_row(operation, &with_token.url, session.is_empty(), &props.on_act) }
                    { credentials(&props.token, &props.on_act) }
                </div>
                { parts::body_head(operation, &form, examples.clone(), &on_change, &props.on_act) }
                <div class="request__body">
                    { parts::body_note(operation, &form, &on_change) }
                    { parts::body(&view, &shown, (props.fill, &area, props.shown.as_deref())) }
                </div>
                <div class="actions">
                    <button ref={button} class="btn btn--primary" part="try" type="submit" aria-keyshortcuts="Control+Enter" {onclick}>
                        { icon(Shape::Arrow) }{ "Try it" }
                    </button>
                    <span class="keys" aria-hidden="true"><kbd>{ "Ctrl" }</kbd><kbd>{ "Enter" }</kbd></span>
                    <span class="grow" />
                    <button class="btn btn--ghost btn--sm" type="button" onclick={oncurl}>{ icon(Shape::Copy) }{ "Copy as cURL" }</button>
                </div>
            </form>
            <Response
                shown={props.shown.clone()} answers={props.answers.clone()} form={Rc::new((*form).clone())} {operation}
                request={with_token.clone()} {examples} page={page.clone()} fill={props.fill} {on_patch} {on_change} on_act={props.on_act.clone()}
            />
            </div>
        </section>
    }
}

/// Puts a request that was made before into the form.
fn take_up(request: &Request, form: &Form, on_act: &Callback<Act>, on_change: &Callback<Change>) {
    let Some((operation, body, params)) = call::taken(request, form) else {
        return;
    };
    let authorization = request.headers.first("authorization").unwrap_or_default();
    let (_, token) = authorization.split_once(' ').unwrap_or_default();
    on_act.emit(Act::Credential(token.trim().to_owned().into()));
    on_act.emit(Act::Operate(operation));
    on_change.emit(Change::Take(operation, body, Box::new(params), ""));
}

/// Has the focus where a member of the body is changed.
fn go(form: &Form, operation: Operation, pointer: &str, (pane, area): (&NodeRef, &NodeRef)) {
    if form.json {
        let text = form
            .body(operation)
            .map(|body| body.text().clone())
            .unwrap_or_default();
        let found = text::place(&text, pointer);
        if let (Some((.., start, end)), Some(area)) = (found, area.cast::<HtmlTextAreaElement>()) {
            let units = |end: usize| {
                let count = text.get(..end).unwrap_or_default().encode_utf16().count();
                u32::try_from(count).unwrap_or(u32::MAX)
            };
            focus(Some(area.clone().into()));
            // The text is what is in it.
            let _ = area.set_selection_range(units(start), units(end));
        }
        return;
    }
    let shown = fields(operation, form);
    let field = shown.iter().find(|field| field.place_within(pointer));
    let pane = pane.cast::<Element>();
    let found = field
        .zip(pane)
        .and_then(|(field, pane)| pane.query_selector(&["#", field.id].concat()).ok()?);
    focus(found.map(Into::into));
}

fn focus(node: Option<web_sys::Node>) {
    if let Some(element) = node.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        // What is in the page takes the focus.
        let _ = element.focus();
    }
}

/// The token of examples that need no other.
const MOCK: AttrValue = AttrValue::Static(MOCK_ACCESS_TOKEN);
