//! A request's body: one text, which the form and the JSON view both show and change.

use std::rc::Rc;

use serde_json::{Map, Value};
use yew::AttrValue;

use super::pretty::pretty;

/// The text, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Body {
    text: AttrValue,
    value: Result<Rc<Value>, Misread>,
}

/// Why a text is no JSON, and where.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Misread {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) why: String,
}

/// Objects that stay when they are empty: the specification requires them.
const STAY: [&str; 2] = ["/device", "/applicationServer"];

impl From<String> for Body {
    fn from(text: String) -> Self {
        let value = serde_json::from_str(&text).map(Rc::new);
        let value = value.map_err(|error| {
            let why = error.to_string();
            Misread {
                line: error.line().max(1),
                column: error.column().max(1),
                why: why.split(" at line ").next().unwrap_or_default().to_owned(),
            }
        });
        Self {
            text: text.into(),
            value,
        }
    }
}

impl From<Value> for Body {
    fn from(value: Value) -> Self {
        Self {
            text: pretty(&value).into(),
            value: Ok(Rc::new(value)),
        }
    }
}

impl Body {
    pub(super) const fn text(&self) -> &AttrValue {
        &self.text
    }

    /// What it says.
    ///
    /// # Errors
    /// It is no JSON.
    pub(super) fn value(&self) -> Result<&Value, &Misread> {
        self.value.as_deref()
    }

    /// The value of that place; nothing where there is none.
    pub(super) fn at(&self, pointer: &str) -> Option<&Value> {
        self.value().ok()?.pointer(pointer)
    }

    /// Puts a value into its place, or takes it away together with the objects that are empty then.
    /// A text that is no object stays as it is.
    pub(super) fn set(&mut self, pointer: &str, value: Option<Value>) {
        let Ok(root) = self.value() else {
            return;
        };
        if !root.is_object() {
            return;
        }
        let mut root = root.clone();
        match value {
            Some(value) => put(&mut root, pointer, value),
            None => take(&mut root, pointer),
        }
        *self = root.into();
    }
}

fn put(root: &mut Value, pointer: &str, value: Value) {
    let mut place = root;
    for name in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = Map::new().into();
        }
        let Some(members) = place.as_object_mut() else {
            return;
        };
        place = members.entry(name).or_insert(Value::Null);
    }
    *place = value;
}

fn take(root: &mut Value, pointer: &str) {
    let mut pointer = pointer;
    while let Some((parent, name)) = pointer.rsplit_once('/') {
        let Some(Value::Object(members)) = root.pointer_mut(parent) else {
            return;
        };
        members.remove(name);
        if !members.is_empty() || parent.is_empty() || STAY.contains(&parent) {
            return;
        }
        pointer = parent;
    }
}

/// A value as a field shows it.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// What a field's text stands for: nothing if it is empty.
pub(super) fn string(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::from(text))
}

/// The same for a number: what is none stays the string that it is, for the backend to judge.
pub(super) fn number(text: &str) -> Option<Value> {
    let number = || {
        let number = text.trim().parse();
        number.map_or_else(|_| Value::from(text), Value::Number)
    };
    (!text.is_empty()).then(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn members_are_set_and_taken_with_what_held_nothing_else() {
        let mut body = Body::from(json!({}));
        body.set("/webhook/notificationUrl", string("https://a.example"));
        body.set("/device/ipv4Address/publicPort", number("80x"));
        body.set("/duration", number("3600"));
        body.set("/device/x", number(""));
        let expected = json!({
            "device": { "ipv4Address": { "publicPort": "80x" } },
            "webhook": { "notificationUrl": "https://a.example" },
            "duration": 3600,
        });
        assert_eq!(body.value(), Ok(&expected));
        body.set("/webhook/notificationUrl", None);
        body.set("/device/ipv4Address/publicPort", None);
        assert_eq!(body.value(), Ok(&json!({ "device": {}, "duration": 3600 })));
        assert_eq!(
            &**body.text(),
            "{\n  \"device\": {},\n  \"duration\": 3600\n}"
        );
    }

    #[wasm_bindgen_test]
    fn what_is_no_json_says_where_and_stays() {
        let mut body = Body::from("{\n  \"a\": 1,\n}".to_owned());
        let misread = body.value().unwrap_err();
        assert_eq!((misread.line, misread.why.as_str()), (3, "trailing comma"));
        let before = body.clone();
        body.set("/b", string("x"));
        assert_eq!(body, before);
    }
}
