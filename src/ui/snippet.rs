//! A request as `www/snippets/` takes it, to be written in a language.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::http::Request;

/// What `snippet` of the page is asked for.
pub(super) fn details(language: &str, request: &Request) -> Object {
    let headers = request.headers.iter();
    let headers: Array = headers
        .map(|(name, value)| Array::of2(&name.into(), &value.into()))
        .collect();
    let body = String::from_utf8_lossy(&request.body);
    object(&[
        ("language", language.into()),
        (
            "request",
            object(&[
                ("method", request.method.as_str().into()),
                ("url", request.url.as_str().into()),
                ("headers", headers.into()),
                ("body", body.as_ref().into()),
            ])
            .into(),
        ),
    ])
}

/// The text of what it answered: pieces, each of a kind and a text.
pub(super) fn text(pieces: &JsValue) -> String {
    let pieces = Array::from(pieces);
    let text = |piece| Array::from(&piece).get(1).as_string().unwrap_or_default();
    pieces.iter().map(text).collect()
}

fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a plain object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}
