//! A field as it is shown.

use std::rc::Rc;

use yew::{AttrValue, Callback, Html, html};

use super::body::text;
use super::check::{Complaint, complaint};
use super::fields::{Field, Kind, Pick, Place};
use super::form::{Change, Form, IDENTIFIERS, Param, SERVERS};
use super::ports::ports_text;
use super::profile_field;
use crate::api::Operation;
use crate::engine::{Catalogue, SessionId};
use crate::sandbox::Named;
use crate::ui::act::{Act, Open};
use crate::ui::format;
use crate::ui::parts::{Select, Shape, small_icon, typed};

/// What all fields of a form are shown with.
pub(super) struct View<'a> {
    pub(super) form: &'a Form,
    pub(super) operation: Operation,
    /// The session that a request is about.
    pub(super) session: &'a str,
    /// Sessions to choose from.
    pub(super) recent: &'a Rc<[SessionId]>,
    pub(super) catalogue: &'a Catalogue,
    pub(super) complaints: &'a [Complaint],
    pub(super) on_change: &'a Callback<Change>,
    pub(super) on_act: &'a Callback<Act>,
}

const IDENTIFY: [&str; 5] = ["Phone number", "NAI", "IPv4", "IPv6", "All identifiers"];
const SERVE: [&str; 3] = ["IPv4", "IPv6", "Both"];

impl View<'_> {
    /// These fields, one after the other.
    pub(super) fn fields(&self, fields: &[Field]) -> Html {
        fields.iter().map(|one| self.field(one, fields)).collect()
    }

    fn field(&self, field: &Field, fields: &[Field]) -> Html {
        let Field {
            id,
            label,
            optional,
            placeholder,
            ..
        } = *field;
        let value = self.value(field);
        let wrong = complaint(field, fields, self.complaints);
        let hint_id = [id, "-hint"].concat();
        let onchange = self.onchange(field);
        let control = match self.options(field, &value) {
            Some(options) => html! {
                <Select class="select" {id} describedby={hint_id.clone()} {options} value={value.clone()} onselect={onchange} />
            },
            None => {
                let list = (field.kind == Kind::Session).then_some("recent-sessions");
                let numeric =
                    matches!(field.kind, Kind::Number | Kind::Seconds).then_some("numeric");
                let oninput = onchange.reform(|event| AttrValue::from(typed(&event)));
                html! {
                    <span class="affix">
                        <input
                            class="input mono" {id} value={value.clone()} {placeholder} {oninput} {list} inputmode={numeric}
                            aria-describedby={hint_id.clone()} aria-invalid={wrong.is_some().then_some("true")}
                            aria-required={optional.is_empty().then_some("true")}
                            autocomplete="off" autocapitalize="off" spellcheck="false"
                        />
                        <span class="suffix">{ suffix(field, &value) }</span>
                    </span>
                }
            }
        };
        html! {
            <div key={id} class={if field.wide { "field field--wide" } else { "field" }}>
                <div class="field__top">
                    <label for={id}>{ label }</label>
                    if field.pick != Pick::None {
                        { self.pick(field.pick) }
                    } else if !optional.is_empty() {
                        <span class="opt">{ optional }</span>
                    }
                </div>
                { control }
                if let Some(wrong) = wrong {
                    <p class="fielderr" id={hint_id}>{ small_icon(Shape::Stop) }<span>{ wrong }</span></p>
                } else if field.kind == Kind::Profile {
                    <p class="facts num" id={hint_id}>{ profile_field::facts(self.catalogue, &value) }</p>
                } else {
                    <p class="hint" id={hint_id}>{ self.hint(field, &value) }</p>
                }
                if field.kind == Kind::Session {
                    <datalist id="recent-sessions">{ for self.recent.iter().map(|id| html! { <option key={id.to_string()} value={id.to_string()} /> }) }</datalist>
                }
            </div>
        }
    }

    /// What the field shows: as it was typed, where the body says the same.
    fn value(&self, field: &Field) -> AttrValue {
        let pointer = match field.place {
            Place::Param(Param::SessionId) => return self.session.to_owned().into(),
            Place::Param(param) => return self.form.param(param).clone(),
            Place::Body(pointer) => pointer,
        };
        let value = self
            .form
            .body(self.operation)
            .and_then(|body| body.at(pointer));
        match &self.form.typed {
            Some((place, typed))
                if *place == pointer && field.kind.value(typed).as_ref() == value =>
            {
                typed.clone()
            }
            _ if field.kind == Kind::Ports => value.map(ports_text).unwrap_or_default().into(),
            _ => value.map(text).unwrap_or_default().into(),
        }
    }

    fn onchange(&self, field: &Field) -> Callback<AttrValue> {
        let (operation, kind) = (self.operation, field.kind);
        match field.place {
            Place::Param(param) => self
                .on_change
                .reform(move |text| Change::Param(param, text)),
            Place::Body(pointer) => self.on_change.reform(move |text: AttrValue| {
                Change::Field(operation, pointer, kind, text.to_string())
            }),
        }
    }

    /// What a field has to choose from; one that is to be written has nothing.
    fn options(&self, field: &Field, value: &AttrValue) -> Option<Vec<(AttrValue, AttrValue)>> {
        let same = |name: &'static str| (AttrValue::from(name), AttrValue::from(name));
        let mut options = match field.kind {
            Kind::Text | Kind::Number | Kind::Seconds | Kind::Ports | Kind::Session => return None,
            Kind::Profile => profile_field::options(self.catalogue),
            Kind::Status => {
                let any = (AttrValue::default(), "any".into());
                std::iter::once(any)
                    .chain(["ACTIVE", "INACTIVE", "DEPRECATED"].map(same))
                    .collect()
            }
            Kind::Scenario => {
                let none = (AttrValue::default(), "none".into());
                std::iter::once(none)
                    .chain(Named::all().map(|named| same(named.name)))
                    .collect()
            }
        };
        // What was written in JSON or taken over may be another.
        if !options.iter().any(|(option, _)| option == value) {
            let shown = if value.is_empty() {
                "none".into()
            } else {
                value.clone()
            };
            options.push((value.clone(), shown));
        }
        Some(options)
    }

    fn pick(&self, pick: Pick) -> Html {
        let form = self.form;
        let (label, names, members, chosen, change): (
            _,
            &[&'static str],
            _,
            _,
            fn(usize) -> Change,
        ) = match pick {
            Pick::None => return Html::default(),
            Pick::Identifier => (
                "Identify the device by",
                &IDENTIFY,
                &IDENTIFIERS[..],
                form.identifier,
                Change::Identify,
            ),
            Pick::Server => (
                "Address family",
                &SERVE,
                &SERVERS[..],
                form.server,
                Change::Serve,
            ),
        };
        let shown = form.shown(members, chosen);
        let numbered = |(place, name): (usize, &&'static str)| {
            (AttrValue::from(place.to_string()), AttrValue::from(*name))
        };
        let mut options: Vec<_> = names.iter().enumerate().map(numbered).collect();
        let test_values = pick == Pick::Identifier;
        if test_values {
            options.push(("test".into(), "Test values…".into()));
        }
        let (on_change, on_act) = (self.on_change.clone(), self.on_act.clone());
        let onselect = Callback::from(move |chosen: AttrValue| match chosen.parse() {
            Ok(place) => on_change.emit(change(place)),
            Err(_) => on_act.emit(Act::Open(Open::TestValues)),
        });
        html! { <Select class="select select--sm select--bare" {label} {options} value={shown.to_string()} {onselect} /> }
    }

    fn hint(&self, field: &Field, value: &str) -> Html {
        match field.kind {
            Kind::Session if self.form.follows && !value.is_empty() => {
                html! { "The session that is selected" }
            }
            Kind::Scenario if !value.is_empty() => {
                let named = Named::all().find(|named| named.name == value);
                html! { { named.map_or("", |named| named.description) } }
            }
            Kind::Text
            | Kind::Number
            | Kind::Seconds
            | Kind::Ports
            | Kind::Profile
            | Kind::Session
            | Kind::Status
            | Kind::Scenario => html! { { field.hint } },
        }
    }
}

/// What stands behind the value: seconds as people say them.
fn suffix(field: &Field, value: &str) -> String {
    let seconds = (field.kind == Kind::Seconds)
        .then(|| value.parse().ok())
        .flatten();
    let words = seconds.map(|seconds| format::duration(std::time::Duration::from_secs(seconds)));
    words.map_or_else(String::new, |words| "s = ".to_owned() + &words)
}
