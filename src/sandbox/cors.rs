//! What browsers ask for before and after a request to another origin (Fetch, section 3.2).

use crate::http::{Request, Response};

/// The header fields of answers that pages of other origins may read.
const EXPOSED: &str = "location, retry-after, x-correlator, www-authenticate";

/// An answer that a page of any origin may read.
pub(super) fn shared(response: Response) -> Response {
    response
        .header("access-control-allow-origin", "*")
        .header("access-control-expose-headers", EXPOSED)
}

/// The answer to OPTIONS: the methods, and to a preflight what it asks for.
pub(super) fn options(request: &Request, allow: &[&str]) -> Response {
    let methods = allow.join(", ");
    let response = Response::empty(204).header("allow", &methods);
    if request
        .headers
        .first("access-control-request-method")
        .is_none()
    {
        return response;
    }
    let response = response
        .header("access-control-allow-methods", &methods)
        .header("access-control-max-age", "86400")
        .header("vary", "access-control-request-headers");
    match request.headers.first("access-control-request-headers") {
        Some(names) => response.header("access-control-allow-headers", names),
        None => response,
    }
}
