//! JSON web tokens, as far as an assertion is looked at: its form and its times, not its signature.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::time::Instant;

/// What an assertion says of its issuer.
pub(super) struct Assertion {
    pub(super) issuer: String,
    pub(super) subject: String,
}

/// Reads an assertion at `now`.
///
/// # Errors
/// What is wrong with it, in words.
pub(super) fn assertion(token: &str, now: Instant) -> Result<Assertion, String> {
    let mut parts = token.split('.');
    let (Some(header), Some(claims), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err("the assertion is no JWT: it must have three parts with dots between".into());
    };
    let header = part(header).ok_or("the assertion's header is not JSON in base64url")?;
    let claims = part(claims).ok_or("the assertion's claims are not JSON in base64url")?;
    let algorithm = header.get("alg").and_then(Value::as_str);
    if signature.is_empty() || algorithm.is_none_or(|alg| alg.eq_ignore_ascii_case("none")) {
        return Err("the assertion must be signed; any key will do".into());
    }
    let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
    let missing = |name: &str| format!("the assertion has no claim {name}");
    let issuer = text("iss").ok_or_else(|| missing("iss"))?;
    let subject = text("sub").ok_or_else(|| missing("sub"))?;
    claims.get("aud").ok_or_else(|| missing("aud"))?;
    let seconds = |name: &str| claims.get(name).and_then(Value::as_f64);
    let expiry = seconds("exp").ok_or_else(|| missing("exp"))?;
    let now_seconds = now.epoch_seconds() as f64;
    if expiry <= now_seconds {
        return Err(format!("the assertion has expired: it is {now} here"));
    }
    if seconds("nbf").is_some_and(|not_before| not_before > now_seconds) {
        return Err(format!("the assertion is not valid yet: it is {now} here"));
    }
    if issuer.is_empty() || subject.is_empty() {
        return Err("the assertion's iss and sub must not be empty".into());
    }
    Ok(Assertion { issuer, subject })
}

fn part(encoded: &str) -> Option<Value> {
    let bytes = BASE64_URL_SAFE_NO_PAD
        .decode(encoded.trim_end_matches('='))
        .ok()?;
    let value: Value = serde_json::from_slice(&bytes).ok()?;
    value.is_object().then_some(value)
}
