//! HTTP messages as plain values: what every door hands in and gets back.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
        let mut text = Vec::with_capacity(Self::ROOM);
        // The shapes that are rendered have string keys and finite numbers: this cannot fail.
        let _ = serde_json::to_writer(&mut text, body);
        Self::of_json(status, text)
    }

    /// Enough for the body of most answers.
    const ROOM: usize = 768;

    fn of_json(status: u16, mut body: Vec<u8>) -> Self {
        let mut response = Self::empty(status);
        response.headers.push("content-type", "application/json");
        // It is kept for long.
        body.shrink_to_fit();
        response.body = String::from_utf8(body).unwrap_or_default();
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
///
/// They are one text, a line of `name: value` for each: many requests are kept, and every field of
/// its own would be two more pieces of memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(String);

impl Headers {
    /// Header fields of lines of `name: value`; a line without a colon is none.
    pub fn from_lines(lines: &str) -> Self {
        let mut headers = Self(String::with_capacity(lines.len().saturating_add(1)));
        for line in lines.lines() {
            if let Some((name, value)) = line.split_once(':') {
                headers.push(name, value);
            }
        }
        headers
    }

    /// Adds a field. What no field can have, a line break in it or a colon in its name, becomes a
    /// space.
    pub fn push(&mut self, name: &str, value: &str) {
        let length = name.len().saturating_add(value.len());
        self.0.reserve(length.saturating_add(": \n".len()));
        let start = self.0.len();
        self.add(name, |byte| matches!(byte, b':' | b'\n' | b'\r'));
        if let Some(name) = self.0.get_mut(start..) {
            name.make_ascii_lowercase();
        }
        self.0.push_str(": ");
        self.add(value.trim(), |byte| matches!(byte, b'\n' | b'\r'));
        self.0.push('\n');
    }

    /// The value of the first field of that name; `name` in lower case.
    pub fn first(&self, name: &str) -> Option<&str> {
        let mut lines = self.0.split_terminator('\n');
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// All fields, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let lines = self.0.split_terminator('\n');
        lines.filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name, value.strip_prefix(' ')?))
        })
    }

    /// All fields, each a line of `name: value`.
    pub fn as_lines(&self) -> &str {
        &self.0
    }

    fn add(&mut self, text: &str, banned: fn(u8) -> bool) {
        if text.bytes().any(banned) {
            let clean = |c: char| match u8::try_from(c) {
                Ok(byte) if banned(byte) => ' ',
                _ => c,
            };
            self.0.extend(text.chars().map(clean));
        } else {
            self.0.push_str(text);
        }
    }
}

impl Serialize for Headers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().collect::<Vec<_>>())
    }
}

impl<'de> Deserialize<'de> for Headers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut headers = Self::default();
        for (name, value) in Vec::<(String, String)>::deserialize(deserializer)? {
            headers.push(&name, &value);
        }
        Ok(headers)
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

    #[test]
    fn no_field_makes_another() {
        let mut headers = Headers::default();
        headers.push("a", "1\r\nb: 2");
        headers.push("C:\nd", "");
        headers.push("e", " f: g ");
        let fields: Vec<_> = headers.iter().collect();
        assert_eq!(fields, [("a", "1  b: 2"), ("c  d", ""), ("e", "f: g")]);
        assert_eq!(Headers::from_lines(headers.as_lines()), headers);
    }
}
