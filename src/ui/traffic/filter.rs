//! Which requests a filter means.

use crate::sandbox::Exchange;
use crate::ui::format;
use crate::ui::matching::{Wanted, digits};

/// Whether what is wanted can be seen in its row. Thousands are asked with each key: nothing is
/// allocated here.
pub(super) fn matches(exchange: &Exchange, wanted: &Wanted) -> bool {
    let (request, status) = (&exchange.request, exchange.status());
    let mut room = [0; 3];
    wanted.met(
        &[&request.method, digits(status, &mut room)],
        &[&request.url, verdict(exchange)],
    )
}

/// What a status says in a word: the code of an error, else its reason.
pub(super) fn verdict(exchange: &Exchange) -> &str {
    match exchange.status() {
        0 => "connection failed",
        status => (exchange.error())
            .and_then(|response| code(&response.body))
            .unwrap_or_else(|| format::reason(status)),
    }
}

/// The code in the body of an error, or what the authorization server calls it. The sandbox writes
/// bodies without spaces, and a quote inside a text has a backslash before it: no text looks like it.
fn code(body: &str) -> Option<&str> {
    ["\"code\":\"", "\"error\":\""]
        .into_iter()
        .find_map(|name| {
            let (_, rest) = body.split_once(name)?;
            rest.split('"').next()
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn codes_are_found_in_bodies() {
        for (body, found) in [
            (
                r#"{"status":400,"code":"OUT_OF_RANGE","message":"x"}"#,
                Some("OUT_OF_RANGE"),
            ),
            (r#"{"message":"\"code\":\"NO\"","code":"YES"}"#, Some("YES")),
            (r#"{"error":"invalid_client"}"#, Some("invalid_client")),
            ("", None),
            ("[]", None),
        ] {
            assert_eq!(code(body), found, "{body}");
        }
    }
}
