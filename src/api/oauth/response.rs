//! Answers of the authorization server.

use serde::Serialize;

use super::error::OAuthRefusal;
use super::scope::{KNOWN, Scope};
use crate::api::value_of;
use crate::http::Response;

/// The grant types of the token endpoint.
pub(super) const GRANT_TYPES: [&str; 4] = [
    "client_credentials",
    "urn:openid:params:grant-type:ciba",
    "authorization_code",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
];

/// RFC 6749, section 5.1
#[derive(Serialize)]
struct Token<'a> {
    access_token: &'a str,
    token_type: &'a str,
    expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

/// CIBA Core 1.0, section 7.3
#[derive(Serialize)]
struct Backchannel<'a> {
    auth_req_id: &'a str,
    expires_in: u64,
    interval: u64,
}

/// OpenID Connect Discovery 1.0, section 3; CIBA Core 1.0, section 4
#[derive(Serialize)]
struct Configuration {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    backchannel_authentication_endpoint: String,
    backchannel_token_delivery_modes_supported: [&'static str; 1],
    scopes_supported: [&'static str; 7],
    response_types_supported: [&'static str; 1],
    grant_types_supported: [&'static str; 4],
    code_challenge_methods_supported: [&'static str; 2],
    token_endpoint_auth_methods_supported: [&'static str; 4],
}

/// A token, for `expires_in` seconds.
pub(crate) fn token(access_token: &str, expires_in: u64, scope: &Scope) -> Response {
    let body = Token {
        access_token,
        token_type: "Bearer",
        expires_in,
        scope: (!scope.0.is_empty()).then(|| scope.0.join(" ")),
    };
    Response::json(200, &body).header("cache-control", "no-store")
}

/// A user is being asked: the token can be polled for every `interval` seconds.
pub(crate) fn backchannel(auth_req_id: &str, expires_in: u64, interval: u64) -> Response {
    let body = Backchannel {
        auth_req_id,
        expires_in,
        interval,
    };
    Response::json(200, &body).header("cache-control", "no-store")
}

/// A code, sent to where the client wants it.
pub(crate) fn redirect(redirect_uri: &str, code: &str, state: Option<&str>) -> Response {
    to(redirect_uri, &[("code", code)], state)
}

/// An error in the place of a code.
pub(crate) fn redirect_refusal(
    redirect_uri: &str,
    refusal: &OAuthRefusal,
    state: Option<&str>,
) -> Response {
    let error = value_of(&refusal.error);
    let error = error.as_str().unwrap_or_default();
    let parameters = [
        ("error", error),
        ("error_description", &refusal.description),
    ];
    to(redirect_uri, &parameters, state)
}

/// The server's own description, for `api_root`.
pub(crate) fn configuration(api_root: &str) -> Response {
    Response::json(
        200,
        &Configuration {
            issuer: api_root.to_owned(),
            authorization_endpoint: format!("{api_root}/authorize"),
            token_endpoint: format!("{api_root}/token"),
            backchannel_authentication_endpoint: format!("{api_root}/bc-authorize"),
            backchannel_token_delivery_modes_supported: ["poll"],
            scopes_supported: KNOWN,
            response_types_supported: ["code"],
            grant_types_supported: GRANT_TYPES,
            code_challenge_methods_supported: ["S256", "plain"],
            token_endpoint_auth_methods_supported: [
                "client_secret_basic",
                "client_secret_post",
                "private_key_jwt",
                "none",
            ],
        },
    )
}

fn to(redirect_uri: &str, parameters: &[(&str, &str)], state: Option<&str>) -> Response {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters);
    query.extend_pairs(state.map(|state| ("state", state)));
    let separator = if redirect_uri.contains('?') { '&' } else { '?' };
    let location = format!("{redirect_uri}{separator}{}", query.finish());
    Response::empty(302).header("location", &location)
}
