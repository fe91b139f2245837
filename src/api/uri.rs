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
    if !is_http(text) {
        return Some((text.into(), Scheme::Other));
    }
    let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    (!host.is_empty() && !host.starts_with(':')).then(|| (text.into(), Scheme::Http))
}

/// Whether a URI is of a scheme that notifications can be sent with.
pub(crate) fn is_http(uri: &str) -> bool {
    let scheme = uri.split(':').next().unwrap_or_default();
    ["http", "https"]
        .iter()
        .any(|http| scheme.eq_ignore_ascii_case(http))
}

/// An absolute URL in the form in which two are compared: scheme and host in lower case, without
/// user, the scheme's own port and fragment, and with a path.
pub(crate) fn normal(url: &str) -> String {
    let (origin, rest) = split(url);
    let rest = rest.split('#').next().unwrap_or_default();
    let slash = if rest.starts_with('/') { "" } else { "/" };
    origin + slash + rest
}

/// The origin of an absolute URL, in that form.
pub(crate) fn origin(url: &str) -> String {
    split(url).0
}

/// The origin, and what stands behind it.
fn split(url: &str) -> (String, &str) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (_, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    let own_port = match scheme.as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => "",
    };
    let host = host.strip_suffix(own_port).unwrap_or(&host);
    let host = host.strip_suffix(':').unwrap_or(host);
    (scheme + "://" + host, rest)
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
    fn urls_are_compared_without_regard_to_what_does_not_matter() {
        for same in [
            "https://a.example/",
            "https://a.example",
            "HTTPS://A.Example:443",
            "https://u:p@a.example:/#x",
        ] {
            assert_eq!(normal(same), "https://a.example/", "{same}");
            assert_eq!(origin(same), "https://a.example", "{same}");
        }
        assert_eq!(normal("http://[::1]:80/A?b#c"), "http://[::1]/A?b");
        assert_eq!(normal("http://a:443?b"), "http://a:443/?b");
        assert_eq!(origin("https://a.example:8443/x"), "https://a.example:8443");
    }

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
