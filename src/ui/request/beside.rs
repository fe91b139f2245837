//! What a body says that the form has no field for.

use serde_json::Value;

use crate::api::Operation;

/// Members of the body that no field is for, dotted.
pub(super) fn others(operation: Operation, body: &Value) -> Vec<String> {
    let known: &[&str] = match operation {
        Operation::CreateSession => &[
            "/device/phoneNumber",
            "/device/networkAccessIdentifier",
            "/device/ipv4Address/publicAddress",
            "/device/ipv4Address/privateAddress",
            "/device/ipv4Address/publicPort",
            "/device/ipv6Address",
            "/applicationServer/ipv4Address",
            "/applicationServer/ipv6Address",
            "/devicePorts/ports",
            "/devicePorts/ranges",
            "/applicationServerPorts/ports",
            "/applicationServerPorts/ranges",
            "/qosProfile",
            "/webhook/notificationUrl",
            "/webhook/notificationAuthToken",
            "/duration",
        ],
        Operation::ExtendQosSessionDuration => &["/requestedAdditionalDuration"],
        Operation::GetSession
        | Operation::DeleteSession
        | Operation::GetQosProfiles
        | Operation::GetQosProfile => &[],
    };
    let mut found = Vec::new();
    search(body, "", known, &mut found);
    found
}

fn search(value: &Value, path: &str, known: &[&str], found: &mut Vec<String>) {
    for (name, inner) in value.as_object().into_iter().flatten() {
        let path = [path, "/", name].concat();
        let holds = |known: &&str| {
            known
                .strip_prefix(&path)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        if known.contains(&path.as_str()) {
            continue;
        }
        if known.iter().any(holds) {
            search(inner, &path, known, found);
        } else {
            found.push(path.trim_start_matches('/').replace('/', "."));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_has_no_field_is_named() {
        let body = json!({ "device": { "applicationServer": { "x": 1 }, "phoneNumber": "1" }, "y": 1, "duration": 2 });
        let names = others(Operation::CreateSession, &body);
        assert_eq!(names, ["device.applicationServer", "y"]);
        assert!(
            others(
                Operation::CreateSession,
                &crate::ui::request::form::example()
            )
            .is_empty()
        );
    }
}
