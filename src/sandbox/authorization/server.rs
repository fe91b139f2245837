//! The authorization server: tokens for clients, for codes, for users who are asked, and for
//! assertions. Everything expires on the sandbox's clock.

use std::time::Duration;

use super::grants::{AccessToken, Backchannel, Code, Issued};
use crate::api::oauth::{self, Endpoint, Hint, OAuthError, OAuthRefusal, Scope, TokenRequest};
use crate::engine::{Device, DeviceIpv4, Written};
use crate::http::{Request, Response};
use crate::sandbox::Sandbox;
use crate::time::Instant;

/// How long a token is valid.
const TOKEN: Duration = Duration::from_secs(3600);
/// How long a code is valid.
const CODE: Duration = Duration::from_secs(60);
/// How long a user is waited for, unless the client asks for less.
const EXPIRY: u32 = 120;
/// How long a client must wait from one poll to the next.
const INTERVAL: Duration = Duration::from_secs(2);
/// How much longer after each poll that came too early.
const SLOW_DOWN: Duration = Duration::from_secs(5);
/// How long a user takes to say yes: longer than one interval.
const APPROVAL: Duration = Duration::from_secs(3);

impl Sandbox {
    /// Answers a request of an endpoint at `api_root`.
    pub(in crate::sandbox) fn authorize(
        &mut self,
        now: Instant,
        request: &Request,
        (endpoint, api_root, query): (Endpoint, &str, &str),
    ) -> Result<Response, OAuthRefusal> {
        match endpoint {
            Endpoint::Configuration => Ok(oauth::configuration(api_root)),
            Endpoint::Authorize => self.issue_code(now, query),
            Endpoint::BackchannelAuthorize => self.ask_user(now, request),
            Endpoint::Token => match oauth::token_request(request, self.most(), now)? {
                TokenRequest::ClientCredentials { client, scope } => {
                    Ok(self.issue_token(now, client, &scope, false))
                }
                TokenRequest::JwtBearer {
                    client,
                    three_legged,
                    scope,
                } => Ok(self.issue_token(now, client, &scope, three_legged)),
                TokenRequest::Code {
                    client,
                    code,
                    redirect_uri,
                    verifier,
                } => {
                    let code = self.state.grants.take_code(&code);
                    let code = code.filter(|code| code.client == client && now < code.expires_at);
                    let code = code.ok_or_else(|| {
                        OAuthError::InvalidGrant
                            .because("the code is unknown, used, expired, or another client's")
                    })?;
                    redeemable(&code, redirect_uri.as_deref(), verifier.as_deref())?;
                    Ok(self.issue_token(now, client, &Scope(code.scopes), true))
                }
                TokenRequest::Ciba {
                    client,
                    auth_req_id,
                } => {
                    let scope = self.poll(now, &client, &auth_req_id)?;
                    Ok(self.issue_token(now, client, &scope, true))
                }
            },
        }
    }

    /// A token: without scopes, a client's own may do all, one for a user nothing.
    fn issue_token(
        &mut self,
        now: Instant,
        client: String,
        scope: &Scope,
        three_legged: bool,
    ) -> Response {
        let everything = scope.0.is_empty() && !three_legged;
        let name = self.issue(Issued::Token(AccessToken {
            client,
            scopes: (!everything).then(|| scope.0.clone()),
            expires_at: now.after(TOKEN),
        }));
        oauth::token(&name, TOKEN.as_secs(), scope)
    }

    fn issue_code(&mut self, now: Instant, query: &str) -> Result<Response, OAuthRefusal> {
        let request = oauth::authorize_request(query)?;
        let (redirect_uri, state) = (request.redirect_uri, request.state.as_deref());
        let (scope, challenge) = match request.asked {
            Ok(asked) => asked,
            Err(refusal) => return Ok(oauth::redirect_refusal(&redirect_uri, &refusal, state)),
        };
        let name = self.issue(Issued::Code(Code {
            client: request.client,
            scopes: scope.0,
            redirect_uri: redirect_uri.clone(),
            challenge,
            expires_at: now.after(CODE),
        }));
        Ok(oauth::redirect(&redirect_uri, &name, state))
    }

    fn ask_user(&mut self, now: Instant, request: &Request) -> Result<Response, OAuthRefusal> {
        let request = oauth::backchannel_request(request, self.most(), now)?;
        if !self.state.engine.knows(&device(&request.hint)) {
            let rule = "the operator knows no device of that login_hint";
            return Err(OAuthError::UnknownUserId.because(rule));
        }
        let expiry = request.requested_expiry.unwrap_or(EXPIRY).min(EXPIRY);
        let name = self.issue(Issued::Backchannel(Backchannel {
            client: request.client,
            scopes: request.scope.0,
            approved_at: now.after(APPROVAL),
            expires_at: now.after(Duration::from_secs(expiry.into())),
            interval: INTERVAL,
            polled_at: None,
        }));
        Ok(oauth::backchannel(&name, expiry.into(), INTERVAL.as_secs()))
    }

    /// Whether the user has said yes: to what.
    fn poll(
        &mut self,
        now: Instant,
        client: &str,
        auth_req_id: &str,
    ) -> Result<Scope, OAuthRefusal> {
        let grants = &mut self.state.grants;
        let waiting = grants.backchannel(auth_req_id, client).ok_or_else(|| {
            OAuthError::InvalidGrant
                .because("the auth_req_id is unknown, used, or another client's")
        })?;
        if waiting.expires_at <= now {
            return Err(OAuthError::ExpiredToken.because("the auth_req_id has expired: ask again"));
        }
        let last = waiting.polled_at.replace(now);
        if last.is_some_and(|last| now.since(last) < waiting.interval) {
            waiting.interval += SLOW_DOWN;
            return Err(OAuthError::SlowDown.because(format!(
                "wait {} s from one poll to the next",
                waiting.interval.as_secs()
            )));
        }
        if now < waiting.approved_at {
            let rule = "the user has not answered yet: poll again";
            return Err(OAuthError::AuthorizationPending.because(rule));
        }
        let scope = Scope(std::mem::take(&mut waiting.scopes));
        grants.use_up(auth_req_id);
        Ok(scope)
    }

    /// How many bytes a body may have.
    const fn most(&self) -> usize {
        self.state.settings.limits.body_bytes
    }

    /// Issues something: its name.
    fn issue(&mut self, issued: Issued) -> String {
        let chance = self.state.draw();
        self.state.grants.issue(chance, issued)
    }
}

fn redeemable(
    code: &Code,
    redirect_uri: Option<&str>,
    verifier: Option<&str>,
) -> Result<(), OAuthRefusal> {
    let invalid = |rule: &str| Err(OAuthError::InvalidGrant.because(rule));
    if redirect_uri != Some(code.redirect_uri.as_str()) {
        return invalid("redirect_uri must be that of the request for the code");
    }
    match (&code.challenge, verifier) {
        (None, None) => Ok(()),
        (None, Some(_)) => {
            invalid("code_verifier is given, but the code was asked for without code_challenge")
        }
        (Some(_), None) => invalid("code_verifier is missing"),
        (Some(challenge), Some(verifier)) if challenge.is_met_by(verifier) => Ok(()),
        (Some(_), Some(_)) => invalid("code_verifier does not match code_challenge"),
    }
}

fn device(hint: &Hint) -> Device {
    match hint {
        Hint::Phone(number) => Device {
            phone_number: Some(number.clone()),
            ..Device::default()
        },
        Hint::Address(std::net::SocketAddr::V4(address)) => Device {
            ipv4_address: Some(DeviceIpv4 {
                public_address: *address.ip(),
                private_address: None,
                public_port: Some(address.port()),
            }),
            ..Device::default()
        },
        Hint::Address(std::net::SocketAddr::V6(address)) => Device {
            ipv6_address: Some(Box::new(Written::new(
                *address.ip(),
                &address.ip().to_string(),
            ))),
            ..Device::default()
        },
    }
}
