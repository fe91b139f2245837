//! Errors of the authorization server: RFC 6749 sections 4.1.2.1 and 5.2, CIBA Core 1.0 section 11.

use serde::Serialize;

use crate::api::Explanation;
use crate::http::Response;

/// Why the authorization server refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OAuthRefusal {
    /// The code.
    pub(crate) error: OAuthError,
    /// For people: what, and what to do.
    pub(crate) description: String,
}

/// The codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the codes")]
pub(crate) enum OAuthError {
    InvalidRequest,
    InvalidClient,
    InvalidGrant,
    InvalidScope,
    UnsupportedGrantType,
    UnsupportedResponseType,
    UnknownUserId,
    AuthorizationPending,
    SlowDown,
    ExpiredToken,
}

#[derive(Serialize)]
struct Body<'a> {
    error: OAuthError,
    error_description: &'a str,
}

impl OAuthError {
    /// A refusal for this reason.
    pub(crate) fn because(self, description: impl Into<String>) -> OAuthRefusal {
        OAuthRefusal {
            error: self,
            description: description.into(),
        }
    }

    /// Where it is defined.
    const fn reference(self) -> &'static str {
        match self {
            Self::InvalidRequest
            | Self::InvalidClient
            | Self::InvalidGrant
            | Self::InvalidScope
            | Self::UnsupportedGrantType => "RFC 6749, section 5.2",
            Self::UnsupportedResponseType => "RFC 6749, section 4.1.2.1",
            Self::UnknownUserId => "CIBA Core 1.0, section 13",
            Self::AuthorizationPending | Self::SlowDown | Self::ExpiredToken => {
                "CIBA Core 1.0, section 11"
            }
        }
    }
}

impl OAuthRefusal {
    /// The same for people.
    pub(crate) fn explanation(&self) -> Explanation {
        Explanation {
            pointer: String::new(),
            rule: self.description.clone(),
            seen: None,
            reference: self.error.reference().to_owned(),
            suggestion: None,
            patch: Vec::new(),
        }
    }
}

/// The answer of a refusal: 401 where the client is not authenticated, else 400.
pub(crate) fn oauth_error(refusal: &OAuthRefusal) -> Response {
    let body = Body {
        error: refusal.error,
        error_description: &refusal.description,
    };
    if refusal.error == OAuthError::InvalidClient {
        let challenge = "Basic realm=\"qod-sandbox\"";
        return Response::json(401, &body)
            .header("cache-control", "no-store")
            .header("www-authenticate", challenge);
    }
    Response::json(400, &body).header("cache-control", "no-store")
}
