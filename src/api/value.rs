//! JSON values, made and written in one way only: by the code that writes answers. Others, such as
//! `json!`, `to_value` and `Display`, would each bring a second one along for every shape.

use serde::Serialize;
use serde_json::{Map, Value};

/// The value that `shape` is written as.
pub(crate) fn value_of(shape: &impl Serialize) -> Value {
    value_from(&serde_json::to_string(shape).unwrap_or_default())
}

fn value_from(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// A value as its text.
pub fn value_text(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// An object with one member.
pub fn member(name: &str, value: impl Into<Value>) -> Map<String, Value> {
    object(vec![(name, value.into())])
}

/// An object with these members.
pub fn object(members: Vec<(&str, Value)>) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, value) in members {
        object.insert(name.to_owned(), value);
    }
    object
}
