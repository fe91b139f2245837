//! A request as `www/snippets/` takes it, to be written in a language.

use std::rc::Rc;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use yew::AttrValue;

use crate::api::secret::{Secret, veiled_body, veiled_header, veiled_url};
use crate::http::Request;
use crate::sandbox::MOCK_ACCESS_TOKEN;

/// A recorded request as it may be copied: without its secrets, but with the token that everyone has.
pub(super) fn recorded(request: &Request) -> Request {
    let mut veil = |secret: Secret<'_>| match secret.text() {
        MOCK_ACCESS_TOKEN => MOCK_ACCESS_TOKEN.to_owned(),
        _ => "SECRET".to_owned(),
    };
    let body = String::from_utf8_lossy(&request.body);
    let body = veiled_body(&body, &mut veil).into_owned();
    let url = veiled_url(&request.url, &mut veil);
    let mut copied = Request::new(&request.method, &url).body(body);
    for (name, value) in request.headers.iter() {
        copied
            .headers
            .push(name, &veiled_header(name, value, &mut veil));
    }
    copied
}

/// What `snippet` of the page is asked for.
pub(super) fn details(language: &str, request: &Request) -> Object {
    let headers = request.headers.iter();
    let headers: Array = headers
        .map(|(name, value)| Array::of2(&name.into(), &value.into()))
        .collect();
    let body = String::from_utf8_lossy(&request.body);
    let body = (!request.body.is_empty()).then(|| body.as_ref().into());
    let request = object(&[
        ("method", request.method.as_str().into()),
        ("url", request.url.as_str().into()),
        ("headers", headers.into()),
        ("body", body.unwrap_or(JsValue::UNDEFINED)),
    ]);
    object(&[("language", language.into()), ("request", request.into())])
}

/// What it answered: pieces of code, each of a kind and a text.
pub(super) fn pieces(answer: &JsValue) -> Rc<[(AttrValue, AttrValue)]> {
    let piece = |piece: JsValue| {
        let pair = Array::from(&piece);
        let part = |place| AttrValue::from(pair.get(place).as_string().unwrap_or_default());
        (part(0), part(1))
    };
    Array::from(answer).iter().map(piece).collect()
}

/// All of their text.
pub(super) fn text(pieces: &[(AttrValue, AttrValue)]) -> String {
    pieces.iter().map(|(_, text)| text.as_str()).collect()
}

fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a plain object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}
