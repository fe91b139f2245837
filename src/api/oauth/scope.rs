//! Scopes: what a token is asked for.

use super::error::{OAuthError, OAuthRefusal};

/// The scopes that a client asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scope(pub Vec<String>);

/// The scopes that this server knows.
pub(super) const KNOWN: [&str; 7] = [
    "openid",
    "qod-sessions-write",
    "qod-sessions-read",
    "qod-sessions-delete",
    "qod-profiles-read",
    "qod",
    "dpv:RequestedServiceProvision#qod",
];

impl Scope {
    /// Reads a list of scopes separated by spaces.
    ///
    /// # Errors
    /// One is unknown.
    pub(super) fn parse(text: Option<&str>) -> Result<Self, OAuthRefusal> {
        let mut scopes: Vec<String> = Vec::new();
        for scope in text.unwrap_or_default().split_ascii_whitespace() {
            if !KNOWN.contains(&scope) {
                return Err(OAuthError::InvalidScope.because(format!(
                    "there is no scope {scope}: the scopes are {}",
                    KNOWN.join(", ")
                )));
            }
            if !scopes.iter().any(|other| other == scope) {
                scopes.push(scope.to_owned());
            }
        }
        Ok(Self(scopes))
    }
}
