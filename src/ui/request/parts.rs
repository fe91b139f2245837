//! The parts of the form around its fields.

use serde_json::Value;
use yew::{AttrValue, Callback, Html, NodeRef, html};

use super::arrange::Need;
use super::beside::others;
use super::editor::{editor, marks};
use super::examples::{By, Example, examples};
use super::field_view::View;
use super::fields::{Field, HEADERS, Pick, is_main};
use super::form::{Change, Form};
use super::{MOCK, RequestPaneProps};
use crate::api::{Dialect, Operation};
use crate::http::Request;
use crate::sandbox::{Auth, Exchange};
use crate::ui::act::{Act, doing};
use crate::ui::format;
use crate::ui::parts::{Item, Line, Menu, Shape, icon, segmented, small_icon, tone_of};

/// Method and URL; `open` if the path lacks its session.
pub(super) fn url_row(operation: Operation, url: &str, open: bool, on_act: &Callback<Act>) -> Html {
    let method = operation.method();
    let path = url.strip_prefix(Request::BASE).unwrap_or(url);
    let shown = if open && path.contains("/sessions/") {
        path.replacen("/sessions/", "/sessions/{sessionId}", 1)
    } else {
        path.to_owned()
    };
    let copied = AttrValue::from(url.to_owned());
    let onclick = doing(on_act, Act::Copy(copied, "URL".into()));
    html! {
        <p class="urlrow">
            <span class={["verb ", &method.to_ascii_lowercase()].concat()}>{ method }</span>
            <span class="mono grow url" title={url.to_owned()}><span class="host trunc">{ Request::BASE }</span><b class="trunc">{ shown }</b></span>
            <button class="btn btn--ghost btn--sm btn--icon" type="button" title="Copy URL" aria-label="Copy URL" {onclick}>{ icon(Shape::Copy) }</button>
        </p>
    }
}

/// What is below, how it is shown, and examples of it.
pub(super) fn body_head(
    operation: Operation,
    form: &Form,
    lines: Vec<Line>,
    on_change: &Callback<Change>,
    on_act: &Callback<Act>,
) -> Html {
    let has_body = form.body(operation).is_some();
    let profiles = [Operation::GetQosProfiles, Operation::GetQosProfile];
    let which = profiles.iter().position(|one| *one == operation);
    let on_view = on_change.reform(|chosen: usize| Change::ShowJson(chosen == 1));
    let on_which = on_act.reform(move |chosen: usize| {
        Act::Operate(if chosen == 0 {
            Operation::GetQosProfiles
        } else {
            Operation::GetQosProfile
        })
    });
    html! {
        <div class="bodyhead">
            <h3>{ if has_body { "Body" } else { "Parameters" } }</h3>
            if has_body {
                { segmented("Body as", "body", &["Form", "JSON"], Some(usize::from(form.json)), &on_view) }
            } else if which.is_some() {
                { segmented("Profiles", "which-profiles", &["All", "One by name"], which, &on_which) }
            }
            <span class="grow" />
            <Menu class="pick" name="Examples" {lines}>{ "Load example" }{ small_icon(Shape::Chevron) }</Menu>
        </div>
    }
}

/// What is to be known before the fields.
pub(super) fn body_note(operation: Operation, form: &Form, on_change: &Callback<Change>) -> Html {
    let note = if form.note.is_empty() {
        Html::default()
    } else {
        html! { <p class="note">{ form.note }</p> }
    };
    let Some(body) = form.body(operation) else {
        return note;
    };
    let to_json = on_change.reform(|_| Change::ShowJson(true));
    let show = || html! { <button class="link" type="button" onclick={to_json.clone()}>{ "Show JSON" }</button> };
    let trouble = match body.value() {
        Err(misread) => {
            let at = [
                "The body is no JSON: ",
                &misread.why,
                " in line ",
                &misread.line.to_string(),
                ", column ",
                &misread.column.to_string(),
                ".",
            ];
            html! { <p class="fielderr" id="body-note" role="status">{ small_icon(Shape::Stop) }<span>{ at.concat() }{ " " }if !form.json { { show() } }</span></p> }
        }
        Ok(value) if !value.is_object() && !form.json => {
            html! { <p class="fielderr">{ small_icon(Shape::Stop) }<span>{ "The body is no object: it has no fields. " }{ show() }</span></p> }
        }
        Ok(value) if !form.json => beside(operation, value, &show),
        Ok(_) => Html::default(),
    };
    html! { <>{ note }{ trouble }</> }
}

/// Members that no field is for.
fn beside(operation: Operation, value: &Value, show: &dyn Fn() -> Html) -> Html {
    const MOST: usize = 5;
    let names = others(operation, value);
    if names.is_empty() {
        return Html::default();
    }
    let more = names.len().saturating_sub(MOST);
    let few: Vec<_> = names.into_iter().take(MOST).collect();
    html! {
        <p class="note">
            { "Also in the body: " }<code>{ few.join(", ") }</code>
            if more > 0 {
                { " and " }{ more }{ " more" }
            }
            { " " }{ show() }
        </p>
    }
}

/// The fields, or the editor.
pub(super) fn body(
    view: &View<'_>,
    shown: &[Field],
    (fill, area, answer): (bool, &NodeRef, Option<&Exchange>),
) -> Html {
    let (form, operation) = (view.form, view.operation);
    let body = form.body(operation);
    let fields_fit = body.is_none_or(|body| body.value().is_ok_and(Value::is_object));
    let (mut main, rest): (Vec<_>, Vec<_>) = shown
        .iter()
        .copied()
        .partition(|field| fill || is_main(field));
    if !fill {
        widen(&mut main);
    }
    let headers = if fill { &HEADERS[..] } else { &[] };
    let hidden = rest.len() + headers.len();
    let params_only: Vec<_> = shown
        .iter()
        .copied()
        .filter(|field| matches!(field.place, super::fields::Place::Param(_)))
        .collect();
    let (main, rest) = if fields_fit {
        (main, rest)
    } else {
        (params_only, Vec::new())
    };
    let more = form.more || headers.iter().any(|field| matches!(field.place, super::fields::Place::Param(param) if !form.param(param).is_empty()));
    let onclick = view.on_change.reform(|_| Change::ShowMore);
    let label = match (form.more, fill) {
        (true, true) => "Hide header fields".to_owned(),
        (true, false) => "Fewer fields".to_owned(),
        (false, true) => "Header fields".to_owned(),
        (false, false) => [&hidden.to_string(), " more fields"].concat(),
    };
    let editor = body.filter(|_| form.json).map(|body| {
        let onchange = view
            .on_change
            .reform(move |text| Change::Text(operation, text));
        editor(area, body, &marks(body, answer), &onchange)
    });
    html! {
        <>
            if !main.is_empty() {
                <div class="form">{ view.fields(&main) }</div>
            }
            { editor }
            if more && hidden > 0 {
                <div class="form form--more">{ view.fields(&rest) }{ view.fields(headers) }</div>
            }
            if hidden > 0 {
                <p class="morefields"><button class="link" type="button" aria-expanded={more.to_string()} {onclick}>{ label }</button></p>
            }
        </>
    }
}

/// Has a field whose neighbour is among those that are not shown take its place too.
fn widen(main: &mut [Field]) {
    let beside_port = main.iter().any(|field| field.id == "public-port");
    for field in main {
        let device = field.pick == Pick::Identifier && !beside_port;
        field.wide |= device || field.id.starts_with("server");
    }
}

/// The examples of the operation on show, each a line of a menu.
pub(super) fn example_lines(props: &RequestPaneProps, on_change: &Callback<Change>) -> Vec<Line> {
    let line = |example: Example| {
        let (operation, made) = (props.operation, props.made);
        let (on_act, on_change) = (props.on_act.clone(), on_change.clone());
        let open = props.config.settings.auth == Auth::Off;
        let onpick = Callback::from(move |()| {
            pick(&example, operation, (made, open), (&on_act, &on_change));
        });
        let code = if props.config.settings.dialect == Dialect::Camara {
            example.code
        } else {
            ""
        };
        let words = if code.is_empty() {
            format::reason(example.status)
        } else {
            code
        };
        let label = [&example.status.to_string(), " ", words].concat();
        Line::Item(Item {
            shape: Some(tone_of(example.status).shape()),
            note: example.note.into(),
            ..Item::new(label, onpick)
        })
    };
    let heading = Line::Heading("Responses, each with a request that gets it");
    std::iter::once(heading)
        .chain(examples(props.operation).into_iter().map(line))
        .collect()
}

/// Puts an example into the form, and what it needs into the sandbox.
fn pick(
    example: &Example,
    operation: Operation,
    (made, open): (usize, bool),
    (on_act, on_change): (&Callback<Act>, &Callback<Change>),
) {
    if example.need != Need::Nothing {
        on_act.emit(Act::Arrange(example.need));
    }
    let (body, mut params) = example.parts(operation, made);
    // Where nobody is asked for a token, the refusal is brought about otherwise.
    let instead = match example.by {
        By::Nobody if open => "unauthenticated",
        By::Scope(_) if open => "permission-denied",
        By::Mock | By::Nobody | By::Scope(_) => "",
    };
    if let (Some(scenario), false) = (params.last_mut(), instead.is_empty()) {
        *scenario = AttrValue::Static(instead);
    }
    on_act.emit(match example.by {
        By::Nobody if !open => Act::Credential(AttrValue::default()),
        By::Scope(scope) if !open => Act::Mint(scope),
        By::Mock | By::Nobody | By::Scope(_) => Act::Credential(MOCK),
    });
    on_change.emit(Change::Take(
        operation,
        body,
        Box::new(params),
        example.note,
    ));
}
