//! Parameters of a form or a query.

use super::error::{OAuthError, OAuthRefusal};
use crate::http::Request;

/// More than any request needs.
const MOST: usize = 50;

/// Parameters by name, each at most once; one without a value counts as not given (RFC 6749,
/// section 3.1).
#[derive(Debug)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the body of a request.
    ///
    /// # Errors
    /// It is larger than `limit` bytes, declared to be something else than a form, or repeats a
    /// parameter.
    pub(super) fn body(request: &Request, limit: usize) -> Result<Self, OAuthRefusal> {
        if request.body.len() > limit {
            let rule = format!("the body is too large: at most {limit} bytes are allowed");
            return Err(OAuthError::InvalidRequest.because(rule));
        }
        let declared = request.headers.first("content-type").unwrap_or_default();
        let media_type = declared.split(';').next().unwrap_or_default().trim();
        if !media_type.is_empty()
            && !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded")
        {
            return Err(OAuthError::InvalidRequest.because(format!(
                "the body must be application/x-www-form-urlencoded, not {media_type}"
            )));
        }
        Self::of(&request.body)
    }

    /// Reads a query.
    ///
    /// # Errors
    /// It repeats a parameter.
    pub(super) fn of(encoded: &[u8]) -> Result<Self, OAuthRefusal> {
        let mut form = Self(Vec::new());
        for (name, value) in form_urlencoded::parse(encoded) {
            if form.0.iter().any(|(other, _)| *other == name) {
                return Err(OAuthError::InvalidRequest
                    .because(format!("the parameter {name} comes more than once")));
            }
            if form.0.len() == MOST {
                let rule = format!("there are more than {MOST} parameters");
                return Err(OAuthError::InvalidRequest.because(rule));
            }
            form.0.push((name.into_owned(), value.into_owned()));
        }
        Ok(form)
    }

    /// A parameter, if it is given.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(other, _)| other == name)?;
        (!value.is_empty()).then_some(value)
    }

    /// A parameter.
    ///
    /// # Errors
    /// It is not given.
    pub(super) fn required(&self, name: &str) -> Result<&str, OAuthRefusal> {
        self.get(name).ok_or_else(|| {
            OAuthError::InvalidRequest.because(format!("the parameter {name} is missing"))
        })
    }
}
