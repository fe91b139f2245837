//! `POST /token`

use super::client;
use super::error::{OAuthError, OAuthRefusal};
use super::form::Form;
use super::jwt;
use super::scope::Scope;
use crate::http::Request;
use crate::time::Instant;

/// What a client asks for at the token endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenRequest {
    /// A token of its own (RFC 6749, section 4.4).
    ClientCredentials {
        /// Who asks.
        client: String,
        /// For what.
        scope: Scope,
    },
    /// The token that a user was asked for on another device (CIBA Core 1.0, section 10.1).
    Ciba {
        /// Who asks.
        client: String,
        /// What it was told when it asked the user.
        auth_req_id: String,
    },
    /// The token that a code stands for (RFC 6749, section 4.1.3).
    Code {
        /// Who asks.
        client: String,
        /// The code.
        code: String,
        /// Where the code was sent.
        redirect_uri: Option<String>,
        /// What the challenge was made of (RFC 7636, section 4.5).
        verifier: Option<String>,
    },
    /// A token for whom an assertion is about (RFC 7523, section 2.1).
    JwtBearer {
        /// The assertion's issuer.
        client: String,
        /// It is about someone else than the issuer.
        three_legged: bool,
        /// For what.
        scope: Scope,
    },
}

/// Reads a request of the token endpoint, of `limit` bytes at the most, at `now`.
///
/// # Errors
/// It is malformed, of an unknown kind, or the client does not say who it is.
pub(crate) fn token_request(
    request: &Request,
    limit: usize,
    now: Instant,
) -> Result<TokenRequest, OAuthRefusal> {
    let form = Form::body(request, limit)?;
    match form.required("grant_type")? {
        "client_credentials" => Ok(TokenRequest::ClientCredentials {
            client: client::authenticated(request, &form, now)?,
            scope: Scope::parse(form.get("scope"))?,
        }),
        "urn:openid:params:grant-type:ciba" => Ok(TokenRequest::Ciba {
            client: client::authenticated(request, &form, now)?,
            auth_req_id: form.required("auth_req_id")?.to_owned(),
        }),
        "authorization_code" => Ok(TokenRequest::Code {
            client: client::named(request, &form, now)?,
            code: form.required("code")?.to_owned(),
            redirect_uri: form.get("redirect_uri").map(str::to_owned),
            verifier: form.get("code_verifier").map(str::to_owned),
        }),
        "urn:ietf:params:oauth:grant-type:jwt-bearer" => {
            let assertion = jwt::assertion(form.required("assertion")?, now)
                .map_err(|description| OAuthError::InvalidGrant.because(description))?;
            Ok(TokenRequest::JwtBearer {
                three_legged: assertion.subject != assertion.issuer,
                client: assertion.issuer,
                scope: Scope::parse(form.get("scope"))?,
            })
        }
        other => Err(OAuthError::UnsupportedGrantType.because(format!(
            "there is no grant type {other}: use one of {}",
            super::response::GRANT_TYPES.join(", ")
        ))),
    }
}
