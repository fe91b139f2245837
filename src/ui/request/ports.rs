//! `PortsSpec` as people write it: `443, 5000-5010`.

use serde_json::{Map, Value};

use super::body::{number, text};

/// What a text stands for.
pub(super) fn ports(text: &str) -> Option<Value> {
    let (mut single, mut ranges) = (Vec::new(), Vec::new());
    for item in text.split(',').map(str::trim) {
        match item.split_once('-') {
            Some((from, to)) if !from.is_empty() => {
                let ends = [("from", number(from.trim())), ("to", number(to.trim()))];
                ranges.extend(object(ends));
            }
            _ => single.extend(number(item)),
        }
    }
    let list = |items: Vec<Value>| (!items.is_empty()).then_some(Value::Array(items));
    object([("ranges", list(ranges)), ("ports", list(single))])
}

/// The text for a value.
pub(super) fn ports_text(spec: &Value) -> String {
    let lists = |name: &str| spec.get(name).is_none_or(Value::is_array);
    if !spec.is_object() || !lists("ports") || !lists("ranges") {
        return text(spec);
    }
    let items = |name: &str| {
        spec.get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let range = |range: &Value| match (range.get("from"), range.get("to")) {
        (Some(from), Some(to)) => text(from) + "-" + &text(to),
        (Some(from), None) => text(from) + "-",
        _ => text(range),
    };
    let all: Vec<_> = items("ports")
        .map(text)
        .chain(items("ranges").map(range))
        .collect();
    all.join(", ")
}

/// An object of the members that there are; nothing if there are none.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Option<Value> {
    let given = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    // `collect` would sort them, by more code than all else here.
    let mut object = Map::new();
    object.extend(given);
    (!object.is_empty()).then_some(Value::Object(object))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn ports_and_ranges_are_one_text() {
        for (text, value) in [
            ("443", json!({ "ports": [443] })),
            (
                "443, x, 5000-5010",
                json!({ "ports": [443, "x"], "ranges": [{ "from": 5000, "to": 5010 }] }),
            ),
            ("-1", json!({ "ports": [-1] })),
        ] {
            assert_eq!(ports(text), Some(value.clone()));
            assert_eq!(ports_text(&value), text);
        }
        assert_eq!(ports(" , "), None);
        assert_eq!(ports_text(&json!(443)), "443");
    }
}
