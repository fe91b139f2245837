//! `GET /authorize` and `POST /bc-authorize`: asking a user.

use std::net::SocketAddr;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::client;
use super::error::{OAuthError, OAuthRefusal};
use super::form::Form;
use super::scope::Scope;
use crate::api::uri;
use crate::engine::PhoneNumber;
use crate::http::Request;
use crate::time::Instant;

/// A client asks for a code (RFC 6749, section 4.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuthorizeRequest {
    /// Who asks.
    pub(crate) client: String,
    /// Where the code is to be sent.
    pub(crate) redirect_uri: String,
    /// What is to be sent along.
    pub(crate) state: Option<String>,
    /// For what, and with which challenge; or what is wrong with that, to be sent in the code's
    /// place.
    pub(crate) asked: Result<(Scope, Option<Challenge>), OAuthRefusal>,
}

/// What proves that who redeems a code is who asked for it (RFC 7636).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Challenge {
    /// The verifier itself.
    Plain(String),
    /// Its SHA-256, in base64url.
    S256(String),
}

/// A client asks a user on another device (CIBA Core 1.0, section 7.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BackchannelRequest {
    /// Who asks.
    pub(crate) client: String,
    /// For what.
    pub(crate) scope: Scope,
    /// Whom.
    pub(crate) hint: Hint,
    /// How long the client wants to wait, in seconds.
    pub(crate) requested_expiry: Option<u32>,
}

/// The user's device, by a `login_hint`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hint {
    /// `tel:+34600000001`
    Phone(PhoneNumber),
    /// `ipport:203.0.113.25:8080`, `ipport:[2001:db8::1]:8080`
    Address(SocketAddr),
}

impl Challenge {
    /// Whether `verifier` is what the challenge was made of.
    pub(crate) fn is_met_by(&self, verifier: &str) -> bool {
        match self {
            Self::Plain(challenge) => challenge == verifier,
            Self::S256(challenge) => {
                BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == *challenge
            }
        }
    }

    fn read(form: &Form) -> Result<Option<Self>, OAuthRefusal> {
        let Some(challenge) = form.get("code_challenge") else {
            return Ok(None);
        };
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
        if !(43..=128).contains(&challenge.len()) || !challenge.bytes().all(allowed) {
            let rule = "code_challenge must be 43 to 128 letters, digits, -, ., _ and ~";
            return Err(OAuthError::InvalidRequest.because(rule));
        }
        let challenge = challenge.to_owned();
        match form.get("code_challenge_method") {
            None | Some("plain") => Ok(Some(Self::Plain(challenge))),
            Some("S256") => Ok(Some(Self::S256(challenge))),
            Some(_) => {
                let rule = "code_challenge_method must be S256 or plain";
                Err(OAuthError::InvalidRequest.because(rule))
            }
        }
    }
}

/// Reads the query of a request for a code.
///
/// # Errors
/// The client or the address to answer to is missing or malformed: nothing can be sent there.
pub(crate) fn authorize_request(query: &str) -> Result<AuthorizeRequest, OAuthRefusal> {
    let form = Form::of(query.as_bytes())?;
    let client = form.required("client_id")?.to_owned();
    let redirect_uri = form.required("redirect_uri")?;
    if uri::parse(redirect_uri).is_none() || redirect_uri.contains('#') {
        let rule = "redirect_uri must be an absolute URI without a fragment";
        return Err(OAuthError::InvalidRequest.because(rule));
    }
    Ok(AuthorizeRequest {
        client,
        redirect_uri: redirect_uri.to_owned(),
        state: form.get("state").map(str::to_owned),
        asked: asked(&form),
    })
}

fn asked(form: &Form) -> Result<(Scope, Option<Challenge>), OAuthRefusal> {
    if form.required("response_type")? != "code" {
        let rule = "response_type must be code";
        return Err(OAuthError::UnsupportedResponseType.because(rule));
    }
    Ok((Scope::parse(form.get("scope"))?, Challenge::read(form)?))
}

/// Reads a request to ask a user on another device, of `limit` bytes at the most, at `now`.
///
/// # Errors
/// It is malformed, or the client does not say who it is.
pub(crate) fn backchannel_request(
    request: &Request,
    limit: usize,
    now: Instant,
) -> Result<BackchannelRequest, OAuthRefusal> {
    let form = Form::body(request, limit)?;
    let client = client::authenticated(request, &form, now)?;
    let scope = form.required("scope")?;
    for hint in ["login_hint_token", "id_token_hint"] {
        if form.get(hint).is_some() {
            let rule = format!("{hint} is not supported: use login_hint alone");
            return Err(OAuthError::InvalidRequest.because(rule));
        }
    }
    let hint = form.required("login_hint")?;
    let rule = "login_hint must be tel: and a phone number, or ipport: and an address with a port";
    let hint = Hint::parse(hint).ok_or_else(|| OAuthError::InvalidRequest.because(rule))?;
    let requested_expiry = match form.get("requested_expiry") {
        None => None,
        Some(text) => Some(
            text.parse()
                .ok()
                .filter(|seconds| *seconds > 0)
                .ok_or_else(|| {
                    OAuthError::InvalidRequest
                        .because("requested_expiry must be a number of seconds")
                })?,
        ),
    };
    Ok(BackchannelRequest {
        client,
        scope: Scope::parse(Some(scope))?,
        hint,
        requested_expiry,
    })
}

impl Hint {
    fn parse(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("tel", number) => PhoneNumber::parse(number).map(Self::Phone),
            ("ipport", address) => address.parse().ok().map(Self::Address),
            _ => None,
        }
    }
}
