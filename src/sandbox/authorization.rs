//! Authorization: who makes a request, what they may do, and where tokens come from.

mod grants;
mod server;

use super::settings::Auth;
use crate::api::{Access, Dialect, Refusal, Token};
use crate::engine::ClientId;
use crate::http::Request;
use crate::time::Instant;
pub(super) use grants::Grants;

/// The access token that is always valid, from the developer portal.
pub const MOCK_ACCESS_TOKEN: &str = "mock_sandbox_access_token";

/// Who makes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The client, which owns the sessions that it makes.
    pub client: ClientId,
    scopes: Scopes,
}

/// What a token permits.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Scopes {
    All,
    Only(Vec<String>),
}

impl Principal {
    /// The principal of a request at `now`.
    ///
    /// # Errors
    /// There is no token, or not a valid one.
    pub(super) fn of(
        now: Instant,
        request: &Request,
        auth: Auth,
        grants: &Grants,
    ) -> Result<Self, Refusal> {
        if auth == Auth::Off {
            return Ok(Self::all("anonymous"));
        }
        let header = request
            .headers
            .first("authorization")
            .ok_or(Refusal::Unauthenticated(Token::Missing))?;
        let token = match bearer(header) {
            None => return Err(Refusal::Unauthenticated(Token::Malformed)),
            Some(MOCK_ACCESS_TOKEN) => return Ok(Self::all("mock")),
            Some(token) => (grants.token(token)).ok_or(Refusal::Unauthenticated(Token::Unknown))?,
        };
        if token.expires_at <= now {
            return Err(Refusal::Unauthenticated(Token::Expired(token.expires_at)));
        }
        Ok(Self {
            // Whatever a client calls itself, it is none of the two above.
            client: ClientId::new(&format!("client:{}", token.client)),
            scopes: (token.scopes.clone()).map_or(Scopes::All, Scopes::Only),
        })
    }

    /// Whether the principal may do something.
    ///
    /// # Errors
    /// A scope is missing.
    pub fn may(&self, access: Access, dialect: Dialect) -> Result<(), Refusal> {
        let sufficient = dialect.scopes(access);
        match &self.scopes {
            Scopes::Only(scopes)
                if !sufficient.is_empty()
                    && !scopes
                        .iter()
                        .any(|scope| sufficient.contains(&scope.as_str())) =>
            {
                Err(Refusal::ScopeMissing(sufficient))
            }
            Scopes::All | Scopes::Only(_) => Ok(()),
        }
    }

    fn all(client: &str) -> Self {
        Self {
            client: ClientId::new(client),
            scopes: Scopes::All,
        }
    }
}

/// The token of `Bearer <token>`; the scheme in any case (RFC 9110).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}
