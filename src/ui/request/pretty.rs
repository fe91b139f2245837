//! JSON laid out for people to change, its members in the specification's order.

use serde_json::Value;

/// Members as the specification lists them; no two objects contradict each other. Others follow.
const ORDER: [&str; 21] = [
    "device",
    "phoneNumber",
    "networkAccessIdentifier",
    "ipv4Address",
    "publicAddress",
    "privateAddress",
    "publicPort",
    "ipv6Address",
    "applicationServer",
    "devicePorts",
    "applicationServerPorts",
    "ranges",
    "from",
    "to",
    "ports",
    "qosProfile",
    "webhook",
    "notificationUrl",
    "notificationAuthToken",
    "duration",
    "requestedAdditionalDuration",
];

/// Up to this many characters a list of plain values stays on one line.
const SHORT: usize = 60;

/// A value as text.
pub(in crate::ui) fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out
}

fn write(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            let known = ORDER.iter().filter_map(|name| members.get_key_value(*name));
            let others = members
                .iter()
                .filter(|(name, _)| !ORDER.contains(&name.as_str()));
            let count = members.len();
            out.push('{');
            for (place, (name, value)) in known.chain(others).enumerate() {
                line(depth + 1, out);
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push_str(": ");
                write(value, depth + 1, out);
                if place + 1 < count {
                    out.push(',');
                }
            }
            line(depth, out);
            out.push('}');
        }
        Value::Array(items) if !items.is_empty() && !is_short(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                line(depth + 1, out);
                write(item, depth + 1, out);
                if place + 1 < items.len() {
                    out.push(',');
                }
            }
            line(depth, out);
            out.push(']');
        }
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push_str(", ");
                }
                out.push_str(&item.to_string());
            }
            out.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            out.push_str(&value.to_string());
        }
    }
}

fn line(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

fn is_short(items: &[Value]) -> bool {
    let plain = |item: &Value| !item.is_object() && !item.is_array();
    items.iter().all(plain)
        && items
            .iter()
            .map(|item| item.to_string().len() + 2)
            .sum::<usize>()
            < SHORT
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn members_stand_in_the_order_of_the_specification_and_others_last() {
        let value = serde_json::from_str(
            r#"{"duration":1,"a\"b":[],"device":{"ipv6Address":"::1","applicationServer":{},"phoneNumber":"1"},
                "devicePorts":{"ports":[1,2],"ranges":[{"to":2,"from":1}]}}"#,
        );
        let expected = [
            "{",
            "  \"device\": {",
            "    \"phoneNumber\": \"1\",",
            "    \"ipv6Address\": \"::1\",",
            "    \"applicationServer\": {}",
            "  },",
            "  \"devicePorts\": {",
            "    \"ranges\": [",
            "      {",
            "        \"from\": 1,",
            "        \"to\": 2",
            "      }",
            "    ],",
            "    \"ports\": [1, 2]",
            "  },",
            "  \"duration\": 1,",
            "  \"a\\\"b\": []",
            "}",
        ];
        assert_eq!(pretty(&value.unwrap()), expected.join("\n"));
    }
}
