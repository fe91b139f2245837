//! The authorization server on the wire: OAuth 2.0 (RFC 6749) with PKCE (RFC 7636), JWT bearer
//! grants and client assertions (RFC 7523), and CIBA Core 1.0 in poll mode.
//!
//! Any client id and secret are good, and so is any signature: what is checked is the form of
//! requests, and what was issued to whom.

mod authorize;
mod client;
mod error;
mod form;
mod jwt;
mod response;
mod scope;
mod token;

pub(crate) use authorize::{Challenge, Hint, authorize_request, backchannel_request};
pub(crate) use error::{OAuthError, OAuthRefusal, oauth_error};
pub(crate) use response::{backchannel, configuration, redirect, redirect_refusal, token};
pub(crate) use scope::Scope;
pub(crate) use token::{TokenRequest, token_request};

/// The addresses of the authorization server, beside those of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// `POST {apiRoot}/token`
    Token,
    /// `POST {apiRoot}/bc-authorize`
    BackchannelAuthorize,
    /// `GET {apiRoot}/authorize`
    Authorize,
    /// `GET {apiRoot}/.well-known/openid-configuration`
    Configuration,
}

impl Endpoint {
    /// Each with its path after the API root.
    pub(crate) const ALL: [(Self, &'static str); 4] = [
        (Self::Token, "/token"),
        (Self::BackchannelAuthorize, "/bc-authorize"),
        (Self::Authorize, "/authorize"),
        (Self::Configuration, "/.well-known/openid-configuration"),
    ];

    /// Its method.
    pub(crate) const fn method(self) -> &'static str {
        match self {
            Self::Token | Self::BackchannelAuthorize => "POST",
            Self::Authorize | Self::Configuration => "GET",
        }
    }
}
