//! A value that remembers how it was written.

use core::fmt;

use serde::{Deserialize, Serialize};

/// A parsed value together with the text that it came from, so that a client gets back what it
/// sent. The text is kept only where it differs from how the value prints itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written<T> {
    value: T,
    text: Option<Box<str>>,
}

impl<T: fmt::Display> Written<T> {
    /// `value`, written as `text`.
    pub fn new(value: T, text: &str) -> Self {
        let text = (value.to_string() != text).then(|| text.into());
        Self { value, text }
    }

    /// The value.
    pub const fn value(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> fmt::Display for Written<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => f.write_str(text),
            None => self.value.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv6Addr;

    #[test]
    fn prints_what_was_written() {
        let address: Ipv6Addr = "2001:db8::".parse().unwrap();
        for text in ["2001:db8::", "2001:DB8:0::0"] {
            assert_eq!(Written::new(address, text).to_string(), text);
        }
    }
}
