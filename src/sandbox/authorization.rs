//! Authorization: who makes a request, and what they may do.

use super::settings::Auth;
use crate::api::{Access, Refusal, Token};
use crate::engine::ClientId;
use crate::http::Request;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scopes {
    All,
}

impl Principal {
    /// The principal of a request.
    ///
    /// # Errors
    /// There is no token, or not a valid one.
    pub fn of(request: &Request, auth: Auth) -> Result<Self, Refusal> {
        if auth == Auth::Off {
            return Ok(Self::all("anonymous"));
        }
        let header = request
            .headers
            .first("authorization")
            .ok_or(Refusal::Unauthenticated(Token::Missing))?;
        match bearer(header) {
            None => Err(Refusal::Unauthenticated(Token::Malformed)),
            Some(MOCK_ACCESS_TOKEN) => Ok(Self::all("mock")),
            Some(_) => Err(Refusal::Unauthenticated(Token::Unknown)),
        }
    }

    /// Whether the principal may do something.
    ///
    /// # Errors
    /// A scope is missing.
    pub fn may(&self, access: Access) -> Result<(), Refusal> {
        match (self.scopes, access) {
            (Scopes::All, Access::Write | Access::Read | Access::Delete | Access::Profiles) => {
                Ok(())
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_mock_token_is_valid() {
        let cases = [
            (None, Some(Token::Missing)),
            (Some("Bearer mock_sandbox_access_token"), None),
            (Some("bearer  mock_sandbox_access_token"), None),
            (Some("Bearer"), Some(Token::Malformed)),
            (Some("Basic abc"), Some(Token::Malformed)),
            (Some("Bearer other"), Some(Token::Unknown)),
        ];
        for (header, expected) in cases {
            let mut request = Request::new("GET", "/");
            if let Some(header) = header {
                request = request.header("Authorization", header);
            }
            let refusal = Principal::of(&request, Auth::Required).err();
            assert_eq!(
                refusal,
                expected.map(Refusal::Unauthenticated),
                "{header:?}"
            );
            assert!(Principal::of(&request, Auth::Off).is_ok());
        }
    }
}
