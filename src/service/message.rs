//! Messages of the crate `http` to the sandbox's own, and back.

use std::sync::Arc;

use http::header::HOST;
use http::request::Parts;
use http::{HeaderName, HeaderValue, StatusCode};

use super::body::ResponseBody;
use crate::http::Request;
use crate::sandbox::Exchange;

/// What the sandbox gets: the URL whole, as far as it is known.
pub(super) fn request(head: &Parts, body: Vec<u8>) -> Request {
    let mut request = Request::new(head.method.as_str(), &url(head)).body(body);
    for (name, value) in &head.headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        request.headers.push(name.as_str(), &value);
    }
    request
}

/// The URL of a request: its target with the host that it names.
fn url(head: &Parts) -> String {
    let uri = &head.uri;
    let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = uri.authority().map(http::uri::Authority::as_str).or(host);
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    // Of `OPTIONS *`.
    let slash = if target.starts_with('/') { "" } else { "/" };
    match host {
        Some(host) => {
            let scheme = uri.scheme_str().unwrap_or("http");
            format!("{scheme}://{host}{slash}{target}")
        }
        None => format!("{slash}{target}"),
    }
}

/// The sandbox's answer; of a connection that fails, something that makes it fail.
pub(super) fn response(exchange: Arc<Exchange>) -> http::Response<ResponseBody> {
    let answer = &exchange.response();
    let mut response = if exchange.is_lost() {
        let mut response = http::Response::new(ResponseBody::lost());
        *response.status_mut() = StatusCode::BAD_GATEWAY;
        response
    } else {
        let mut response = http::Response::new(ResponseBody::of(&answer.body));
        *response.status_mut() =
            StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response
    };
    for (name, value) in answer.headers.iter() {
        // What is repeated from a request's field was one there.
        if let (Ok(name), Ok(value)) = (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_bytes(value.as_bytes()),
        ) {
            response.headers_mut().append(name, value);
        }
    }
    response.extensions_mut().insert(exchange);
    response
}

/// The answer to what did not arrive whole.
pub(super) fn bad_request() -> http::Response<ResponseBody> {
    let mut response = http::Response::new(ResponseBody::of(""));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}
