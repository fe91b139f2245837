//! From the form to a request, and back.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use yew::AttrValue;

use super::body::Body;
use super::form::{Form, Param};
use crate::api::{Action, Operation, Route};
use crate::http::Request;

const API: &str = "/qod/v0";

/// What stands in a path or a query as it is.
const OTHERS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The path and query of an operation; `session` is its parameter where it has one.
pub(super) fn path(form: &Form, operation: Operation, session: &str) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, OTHERS).to_string();
    match operation {
        Operation::CreateSession => [API, "/sessions"].concat(),
        Operation::GetSession | Operation::DeleteSession => {
            [API, "/sessions/", &encoded(session)].concat()
        }
        Operation::ExtendQosSessionDuration => {
            [API, "/sessions/", &encoded(session), "/extend"].concat()
        }
        Operation::GetQosProfile => {
            [API, "/qos-profiles/", &encoded(form.param(Param::Profile))].concat()
        }
        Operation::GetQosProfiles => {
            let mut path = [API, "/qos-profiles"].concat();
            let mut stroke = "?";
            for (name, param) in [("name", Param::Name), ("status", Param::Status)] {
                let value = form.param(param);
                if !value.is_empty() {
                    path = [&path, stroke, name, "=", &encoded(value)].concat();
                    stroke = "&";
                }
            }
            path
        }
    }
}

/// The request, without credentials.
pub(super) fn request(form: &Form, operation: Operation, session: &str) -> Request {
    let url = Request::BASE.to_owned() + &path(form, operation, session);
    let mut request = Request::new(operation.method(), &url);
    if let Some(body) = form.body(operation) {
        request = request
            .header("Content-Type", "application/json")
            .body(body.text().as_bytes());
    }
    for (name, param) in [
        ("x-correlator", Param::Correlator),
        ("x-qod-scenario", Param::Scenario),
    ] {
        let value = form.param(param);
        if !value.is_empty() {
            request = request.header(name, value);
        }
    }
    request
}

/// What a form holds of a request: its operation, body and parameters.
pub(super) fn taken(
    request: &Request,
    form: &Form,
) -> Option<(Operation, Option<Body>, [AttrValue; 6])> {
    let route = Route::of(request).ok()?;
    let Action::Operation(operation) = route.action else {
        return None;
    };
    let query = |name: &str| AttrValue::from(route.query(name).unwrap_or_default().into_owned());
    let header = |name: &str| {
        let value = request.headers.first(name).unwrap_or_default();
        AttrValue::from(value.to_owned())
    };
    let of_session = !matches!(
        operation,
        Operation::CreateSession | Operation::GetQosProfiles | Operation::GetQosProfile
    );
    let parameter = AttrValue::from(route.parameter.clone());
    let session = if of_session {
        parameter.clone()
    } else {
        AttrValue::default()
    };
    let profile = if operation == Operation::GetQosProfile {
        parameter
    } else {
        form.param(Param::Profile).clone()
    };
    let params = [
        session,
        query("name"),
        query("status"),
        profile,
        header("x-correlator"),
        header("x-qod-scenario"),
    ];
    let body = String::from_utf8_lossy(&request.body).into_owned();
    let body = form.body(operation).is_some().then(|| body.into());
    Some((operation, body, params))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::request::form::Change;
    use std::rc::Rc;
    use wasm_bindgen_test::wasm_bindgen_test;
    use yew::Reducible as _;

    #[wasm_bindgen_test]
    fn a_request_that_is_taken_up_is_made_again() {
        for (method, path, body) in [
            ("POST", "/sessions", "{\n \"x\": 1 }"),
            ("GET", "/sessions/a%20b%2Fc", ""),
            ("DELETE", "/sessions/a", ""),
            ("POST", "/sessions/a/extend", "no json"),
            ("GET", "/qos-profiles?name=a%26b&status=ACTIVE", ""),
            ("GET", "/qos-profiles/QOS_E", ""),
        ] {
            let url = [Request::BASE, API, path].concat();
            let mut before = Request::new(method, &url);
            if !body.is_empty() {
                before = before.header("content-type", "application/json").body(body);
            }
            before = before
                .header("x-correlator", "c")
                .header("x-qod-scenario", "slow-answer");
            let form = Rc::new(Form::default());
            let (operation, body, params) = taken(&before, &form).unwrap();
            let session = params[0].clone();
            let form = form.reduce(Change::Take(operation, body, Box::new(params), ""));
            assert_eq!(request(&form, operation, &session), before);
        }
    }
}
