//! Absolute URIs (RFC 3986), as far as the API needs to know one.

use std::sync::Arc;

/// What kind of URI it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    /// `http` or `https`, with a host.
    Http,
    /// Any other.
    Other,
}

/// Parses an absolute URI; nothing if it is relative or has characters that a URI has not.
pub(super) fn parse(text: &str) -> Option<(Arc<str>, Scheme)> {
    let (scheme, rest) = text.split_once(':')?;
    let mut letters = scheme.bytes();
    let named = letters.next()?.is_ascii_alphabetic()
        && letters.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    if !named || !well_formed(rest) {
        return None;
    }
    if !["http", "https"]
        .iter()
        .any(|http| scheme.eq_ignore_ascii_case(http))
    {
        return Some((text.into(), Scheme::Other));
    }
    let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    (!host.is_empty() && !host.starts_with(':')).then(|| (text.into(), Scheme::Http))
}

fn well_formed(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    let hex = |bytes: &mut std::str::Bytes<'_>| bytes.next().is_some_and(|b| b.is_ascii_hexdigit());
    while let Some(byte) = bytes.next() {
        let allowed = match byte {
            b'%' => hex(&mut bytes) && hex(&mut bytes),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&byte),
        };
        if !allowed {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_uris_are_told_from_other_text() {
        let scheme = |text| parse(text).map(|(_, scheme)| scheme);
        for http in [
            "https://application-server.com/notifications",
            "HTTP://a",
            "http://u@h:1/?q#f",
            "https://[::1]/%20",
        ] {
            assert_eq!(scheme(http), Some(Scheme::Http), "{http}");
        }
        for other in ["mailto:a@b", "urn:x:y", "ws://host"] {
            assert_eq!(scheme(other), Some(Scheme::Other), "{other}");
        }
        for none in [
            "",
            "/relative",
            "no scheme",
            "https:",
            "https://",
            "https://:80/",
            "https://a/ b",
            "https://a/%2",
            "1a:b",
            "https://\u{e9}",
        ] {
            assert_eq!(scheme(none), None, "{none}");
        }
    }
}
