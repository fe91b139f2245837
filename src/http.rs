//! HTTP messages as plain values: what every door hands in and gets back.

use serde::{Deserialize, Serialize};

/// A request as it reaches the backend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// `GET`, `POST` …; upper case.
    pub method: String,
    /// An absolute URL; a relative one is read against [`Request::BASE`].
    pub url: String,
    /// Header fields.
    pub headers: Headers,
    /// The body's bytes, empty if there is none.
    pub body: Vec<u8>,
}

impl Request {
    /// Where relative URLs are resolved: a host that no one can own.
    pub const BASE: &'static str = "https://sandbox.example";

    /// A request without headers and body.
    pub fn new(method: &str, url: &str) -> Self {
        Self {
            method: method.to_owned(),
            url: url.to_owned(),
            headers: Headers::default(),
            body: Vec::new(),
        }
    }

    /// The same with one more header field.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push(name, value);
        self
    }

    /// The same with a body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }
}

/// The backend's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// 100 to 599.
    pub status: u16,
    /// Header fields.
    pub headers: Headers,
    /// The body, empty if there is none.
    pub body: String,
}

impl Response {
    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Headers::default(),
            body: String::new(),
        }
    }

    /// An answer whose body is `body` in JSON.
    pub fn json(status: u16, body: &impl Serialize) -> Self {
        // The shapes that are rendered have string keys and finite numbers: this cannot fail.
        Self::of_json(status, serde_json::to_string(body).unwrap_or_default())
    }

    fn of_json(status: u16, mut body: String) -> Self {
        // Records keep it.
        body.shrink_to_fit();
        let mut response = Self::empty(status);
        response.headers.push("content-type", "application/json");
        response.body = body;
        response
    }

    /// The same with one more header field.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push(name, value);
        self
    }
}

/// Header fields in the order given, their names in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// Adds a field.
    pub fn push(&mut self, name: &str, value: &str) {
        self.0
            .push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }

    /// The value of the first field of that name; `name` in lower case.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.iter()
            .find_map(|(field, value)| (field == name).then_some(value))
    }

    /// All fields, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case_and_values_trimmed() {
        let request = Request::new("GET", "/").header("X-Correlator", " abc ");
        assert_eq!(request.headers.first("x-correlator"), Some("abc"));
        assert_eq!(request.headers.first("accept"), None);
    }
}
