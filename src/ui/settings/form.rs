//! A form of the settings, from its table: what is written stays until it is taken.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::{
    AttrValue, Callback, Event, Html, InputEvent, MouseEvent, NodeRef, Properties, SubmitEvent,
    TargetCast as _, component, html, use_node_ref, use_state,
};

use super::forms::{Input, Kind, Spec};
use crate::ui::page::Page;
use crate::ui::parts::{Select, Shape, small_icon, typed};
use crate::ui::use_effect::use_effect_with;

#[derive(Properties, PartialEq)]
pub(super) struct FormProps {
    pub(super) spec: &'static Spec,
    /// What stands in the fields, in their order; nothing, where it is left out.
    pub(super) initial: Vec<AttrValue>,
    pub(super) page: Page,
}

/// What came of the last attempt.
#[derive(Clone, Default, PartialEq)]
struct Outcome {
    /// The field that is wrong; empty, if it is none of them.
    field: AttrValue,
    /// What is wrong, why, and what to do about it.
    trouble: Option<AttrValue>,
    done: Option<AttrValue>,
}

/// The fields and, if there is one, the button.
#[component]
pub(super) fn Form(props: &FormProps) -> Html {
    let FormProps {
        spec,
        initial,
        page,
    } = props;
    let values = use_state(|| filled(spec, initial));
    let outcome = use_state(Outcome::default);
    let node = use_node_ref();
    use_effect_with(initial.clone(), {
        let (values, spec) = (values.setter(), *spec);
        move |initial| values.set(filled(spec, initial))
    });

    // Takes the values; `place` is the field of the last change, which the state may not have yet.
    let submit = {
        let (spec, page, node) = (*spec, page.clone(), node.clone());
        let (values, outcome, initial) = (values.clone(), outcome.setter(), initial.clone());
        Callback::from(move |changed: Option<(usize, AttrValue)>| {
            let mut given = (*values).clone();
            if let Some((place, value)) = changed
                && let Some(field) = given.get_mut(place)
            {
                *field = value;
            }
            let (outcome, node, fields) = (outcome.clone(), node.clone(), values.setter());
            let initial = initial.clone();
            let done = move |answer| {
                let heard = heard(answer);
                if heard.trouble.is_none() && !spec.submit.is_empty() && initial.is_empty() {
                    fields.set(filled(spec, &initial));
                }
                if !spec.submit.is_empty() {
                    focus(&node, &id(spec, &heard.field));
                }
                outcome.set(heard);
            };
            page.perform("settings", &details(spec, &given), Box::new(done));
        })
    };
    let onsubmit = {
        let submit = submit.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            submit.emit(None);
        }
    };
    // In a frame that may not send forms, nothing would be heard of `submit`.
    let onclick = submit.reform(|event: MouseEvent| {
        event.prevent_default();
        None
    });
    let edit = {
        let (values, outcome) = (values.clone(), outcome.clone());
        let auto = spec.submit.is_empty();
        // `whole`: it is a change to its end, and not a letter of one.
        Callback::from(move |(place, value, whole): (usize, AttrValue, bool)| {
            let mut now = (*values).clone();
            if let Some(field) = now.get_mut(place) {
                *field = value.clone();
            }
            values.set(now);
            if outcome.done.is_some() {
                outcome.set(Outcome::default());
            }
            if auto && whole {
                submit.emit(Some((place, value)));
            }
        })
    };
    let field = |(place, input): (usize, &Input)| {
        let value = values.get(place).cloned().unwrap_or_default();
        let trouble = outcome
            .trouble
            .as_ref()
            .filter(|_| outcome.field == input.name);
        field(spec, place, input, value, trouble, &edit)
    };
    html! {
        <form class="form set__form" ref={node} novalidate=true {onsubmit}>
            { for spec.inputs.iter().enumerate().map(field) }
            <div class="set__end">
                if !spec.submit.is_empty() {
                    <button class="btn" type="submit" {onclick}>{ spec.submit }</button>
                }
                <p class="set__done ok" role="status">
                    if let Some(done) = &outcome.done { { small_icon(Shape::Tick) }{ done } }
                </p>
                if let Some(trouble) = outcome.trouble.as_ref().filter(|_| outcome.field.is_empty()) {
                    <p class="fielderr" role="alert">{ small_icon(Shape::Stop) }<span>{ trouble }</span></p>
                }
            </div>
        </form>
    }
}

fn field(
    spec: &'static Spec,
    place: usize,
    input: &Input,
    value: AttrValue,
    trouble: Option<&AttrValue>,
    edit: &Callback<(usize, AttrValue, bool)>,
) -> Html {
    let id = id(spec, input.name);
    let hint = id.clone() + "-hint";
    let oninput = edit.reform(move |event: InputEvent| (place, typed(&event).into(), false));
    let onchange = edit.reform(move |event: Event| {
        let field: HtmlInputElement = event.target_unchecked_into();
        (place, field.value().into(), true)
    });
    let invalid = trouble.map(|_| "true");
    let control = match input.kind {
        Kind::Flag => {
            let onchange = edit.reform(move |event: Event| {
                let field: HtmlInputElement = event.target_unchecked_into();
                let yes = if field.checked() { "yes" } else { "" };
                (place, yes.into(), true)
            });
            return html! {
                <div key={input.name} class="field field--flag">
                    <label class="switch"><input type="checkbox" {id} checked={value == "yes"} {onchange} />{ input.label }</label>
                    { below(&hint, input.hint, trouble) }
                </div>
            };
        }
        Kind::One(options) => {
            let options: Vec<_> = options
                .iter()
                .map(|(value, words)| ((*value).into(), (*words).into()))
                .collect();
            let onselect = edit.reform(move |value| (place, value, true));
            html! { <Select class="select" id={id.clone()} describedby={hint.clone()} {options} {value} {onselect} /> }
        }
        Kind::Text => html! {
            <textarea
                class="input editor mono" id={id.clone()} rows="14" {value} {oninput} aria-describedby={hint.clone()}
                aria-invalid={invalid} autocomplete="off" autocapitalize="off" spellcheck="false"
            />
        },
        Kind::Line(placeholder, suffix) => html! {
            <span class="affix">
                <input
                    class="input mono" id={id.clone()} {value} {placeholder} {oninput} {onchange} aria-describedby={hint.clone()}
                    aria-invalid={invalid} autocomplete="off" autocapitalize="off" spellcheck="false"
                />
                <span class="suffix">{ suffix }</span>
            </span>
        },
    };
    let class = if matches!(input.kind, Kind::Text) {
        "field field--wide"
    } else {
        "field"
    };
    html! {
        <div key={input.name} {class}>
            <div class="field__top"><label for={id}>{ input.label }</label></div>
            { control }
            { below(&hint, input.hint, trouble) }
        </div>
    }
}

/// What is wrong, or else the hint.
fn below(id: &str, hint: &'static str, trouble: Option<&AttrValue>) -> Html {
    let id = id.to_owned();
    match trouble {
        Some(trouble) => html! {
            <p class="fielderr" {id} role="alert">{ small_icon(Shape::Stop) }<span>{ trouble }</span></p>
        },
        None => html! { <p class="hint" {id}>{ hint }</p> },
    }
}

fn id(spec: &Spec, name: &str) -> String {
    ["set-", spec.name, "-", name].concat()
}

/// A value for each field.
fn filled(spec: &Spec, initial: &[AttrValue]) -> Vec<AttrValue> {
    let first = |input: &Input| match input.kind {
        Kind::One([(value, _), ..]) => AttrValue::from(*value),
        Kind::One([]) | Kind::Line(..) | Kind::Text | Kind::Flag => AttrValue::default(),
    };
    let mut initial = initial.iter().cloned();
    let inputs = spec.inputs.iter();
    inputs
        .map(|input| initial.next().unwrap_or_else(|| first(input)))
        .collect()
}

/// The form's name, and its values by their names.
fn details(spec: &Spec, given: &[AttrValue]) -> Object {
    let (details, values) = (Object::new(), Object::new());
    for (input, value) in spec.inputs.iter().zip(given) {
        // Setting a member of a plain object cannot fail.
        let _ = Reflect::set(&values, &input.name.into(), &value.as_str().into());
    }
    let _ = Reflect::set(&details, &"form".into(), &spec.name.into());
    let _ = Reflect::set(&details, &"values".into(), &values);
    details
}

/// What the page says came of it: a text, or what is wrong with which field.
fn heard(answer: Result<JsValue, String>) -> Outcome {
    let member = |object: &JsValue, name: &str| {
        let member = Reflect::get(object, &name.into()).ok()?.as_string()?;
        Some(AttrValue::from(member))
    };
    match answer {
        Ok(object) if object.is_object() => Outcome {
            field: member(&object, "field").unwrap_or_default(),
            trouble: member(&object, "trouble"),
            done: None,
        },
        Ok(done) => Outcome {
            done: done.as_string().map(AttrValue::from),
            ..Outcome::default()
        },
        Err(trouble) => Outcome {
            trouble: Some(trouble.into()),
            ..Outcome::default()
        },
    }
}

/// Has the next key go to the field that is wrong.
fn focus(form: &NodeRef, id: &str) {
    let form = form.cast::<Element>();
    let field = form.and_then(|form| form.query_selector(&["#", id].concat()).ok()?);
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // A field takes the focus.
        let _ = field.focus();
    }
}
