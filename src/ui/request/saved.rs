//! What of the form is kept over a reload. Tokens are not.

use serde_json::{Map, Value};

use super::form::{EXAMPLE_TOKEN, Form, PARAMS, TOKEN};
use crate::api::Operation;

/// Under which name it is kept.
pub(super) const KEPT: &str = "request";

/// The form as text.
pub(super) fn written(form: &Form, operation: Operation) -> String {
    let mut saved = Map::new();
    let mut put = |name: &str, value: Value| drop(saved.insert(name.to_owned(), value));
    put("operation", operation.id().into());
    for (name, body) in ["create", "extend"].iter().zip(&form.bodies) {
        let mut body = body.clone();
        if body.at(TOKEN).is_some_and(|token| token != EXAMPLE_TOKEN) {
            body.set(TOKEN, None);
        }
        // What cannot be read may have a token in it anywhere.
        if body.value().is_ok() {
            put(name, body.text().as_str().into());
        }
    }
    for (name, value) in PARAMS.iter().zip(&form.params) {
        if *name != "sessionId" || !form.follows {
            put(name, value.as_str().into());
        }
    }
    put("identifier", form.identifier.into());
    put("server", form.server.into());
    put("language", form.language.into());
    put("json", form.json.into());
    put("more", form.more.into());
    Value::Object(saved).to_string()
}

/// The form that was kept, and the operation on show then.
pub(super) fn read(text: &str) -> Option<(Form, Operation)> {
    let saved: Value = serde_json::from_str(text).ok()?;
    let mut form = Form::default();
    let string = |name: &str| saved.get(name).and_then(Value::as_str);
    let number = |name: &str, otherwise: usize| {
        let number = saved.get(name).and_then(Value::as_u64);
        number
            .and_then(|number| usize::try_from(number).ok())
            .unwrap_or(otherwise)
    };
    let truth = |name: &str| saved.get(name).and_then(Value::as_bool).unwrap_or(false);
    for (name, body) in ["create", "extend"].iter().zip(&mut form.bodies) {
        if let Some(text) = string(name) {
            *body = text.to_owned().into();
        }
    }
    for (name, value) in PARAMS.iter().zip(&mut form.params) {
        if let Some(text) = string(name) {
            *value = text.to_owned().into();
        }
    }
    form.follows = string("sessionId").is_none();
    form.identifier = number("identifier", form.identifier);
    form.server = number("server", form.server);
    form.language = number("language", form.language);
    (form.json, form.more) = (truth("json"), truth("more"));
    let operation = string("operation");
    let operation = Operation::ALL
        .into_iter()
        .find(|one| Some(one.id()) == operation)?;
    Some((form, operation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::request::fields::Kind;
    use crate::ui::request::form::{Change, Param};
    use std::rc::Rc;
    use wasm_bindgen_test::wasm_bindgen_test;
    use yew::Reducible as _;

    #[wasm_bindgen_test]
    fn the_form_is_kept_but_for_tokens() {
        let token = Change::Field(Operation::CreateSession, TOKEN, Kind::Text, "s".repeat(20));
        let form = Rc::new(Form::default())
            .reduce(Change::Param(Param::SessionId, "x".into()))
            .reduce(Change::Identify(1))
            .reduce(Change::ShowJson(true));
        let kept = read(&written(&form, Operation::GetSession));
        let (kept, operation) = kept.unwrap();
        assert_eq!(operation, Operation::GetSession);
        assert_eq!((&kept.bodies, &kept.params), (&form.bodies, &form.params));
        assert_eq!((kept.follows, kept.identifier, kept.json), (false, 1, true));
        let text = written(&form.reduce(token), Operation::GetSession);
        assert!(!text.contains("sssss"));
        assert!(read("[]").is_none());
    }
}
