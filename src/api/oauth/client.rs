//! Who a client is: its id, with anything for a secret.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::error::{OAuthError, OAuthRefusal};
use super::form::Form;
use super::jwt;
use crate::http::Request;
use crate::time::Instant;

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The id of the client that makes a request: with its secret in a Basic header or in the body, or
/// with an assertion.
///
/// # Errors
/// It does not say who it is, in two ways at once, or in a malformed one.
pub(super) fn authenticated(
    request: &Request,
    form: &Form,
    now: Instant,
) -> Result<String, OAuthRefusal> {
    let in_body = form.get("client_id");
    let header = request.headers.first("authorization");
    let (id, ways) = match (header, form.get("client_assertion")) {
        (Some(header), None) => (basic(header)?, form.get("client_secret").is_some()),
        (None, Some(assertion)) => {
            if form.required("client_assertion_type")? != ASSERTION_TYPE {
                return Err(invalid(format!(
                    "client_assertion_type must be {ASSERTION_TYPE}"
                )));
            }
            let assertion = jwt::assertion(assertion, now).map_err(invalid)?;
            (assertion.issuer, form.get("client_secret").is_some())
        }
        (None, None) => match (in_body, form.get("client_secret")) {
            (Some(id), Some(_)) => (id.to_owned(), false),
            _ => {
                return Err(invalid(
                    "client_id and client_secret are required, in a Basic header or in the body; any will do",
                ));
            }
        },
        (Some(_), Some(_)) => (String::new(), true),
    };
    if ways || in_body.is_some_and(|other| other != id) {
        let description = "the client must say who it is in one way only";
        return Err(OAuthError::InvalidRequest.because(description));
    }
    Ok(id)
}

/// The same, where a client that cannot keep a secret may give its id alone.
///
/// # Errors
/// As [`authenticated`].
pub(super) fn named(request: &Request, form: &Form, now: Instant) -> Result<String, OAuthRefusal> {
    let alone = request.headers.first("authorization").is_none()
        && form.get("client_secret").is_none()
        && form.get("client_assertion").is_none();
    match form.get("client_id") {
        Some(id) if alone => Ok(id.to_owned()),
        _ => authenticated(request, form, now),
    }
}

/// The id in `Basic <id:secret in base64>`, both encoded as in a form (RFC 6749, section 2.3.1).
fn basic(header: &str) -> Result<String, OAuthRefusal> {
    let malformed =
        || invalid("the Authorization header must be Basic, of client_id:client_secret");
    let (scheme, encoded) = header.split_once(' ').ok_or_else(malformed)?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(malformed());
    }
    let bytes = BASE64_STANDARD
        .decode(encoded.trim())
        .map_err(|_| malformed())?;
    let text = String::from_utf8(bytes).map_err(|_| malformed())?;
    let (id, secret) = text.split_once(':').ok_or_else(malformed)?;
    let decoded = |text: &str| {
        let plain = text.replace('+', " ");
        percent_encoding::percent_decode_str(&plain)
            .decode_utf8_lossy()
            .into_owned()
    };
    if id.is_empty() || secret.is_empty() {
        return Err(malformed());
    }
    Ok(decoded(id))
}

fn invalid(description: impl Into<String>) -> OAuthRefusal {
    OAuthError::InvalidClient.because(description)
}
