//! Secrets in what is shown or handed on: tokens and credentials, with something in their place.
//!
//! Clients and receivers get everything in full; records and the console get it masked. What is not
//! secret stays as it was, byte for byte, also where a text is not well formed.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// From how many characters on the ends of a secret are shown. A webhook's token has 20 or more.
const LONG: usize = 16;

/// A secret with its first and last four characters only; a short one without any.
pub(crate) fn masked(secret: &str) -> String {
    let length = secret.chars().count();
    let shown = |place: usize| length >= LONG && (place < 4 || place + 4 >= length);
    let mask = |(place, character)| if shown(place) { character } else { '•' };
    secret.chars().enumerate().map(mask).collect()
}

/// A secret that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret<'a> {
    /// A token, a code, a password.
    Plain(&'a str),
    /// Credentials of the scheme Basic.
    Basic(&'a str),
    /// A signed statement about someone.
    Assertion(&'a str),
    /// What proves that a code is used by whom it was asked for by.
    Verifier(&'a str),
}

/// What stands in the place of a secret.
pub type Veil<'v> = &'v mut dyn FnMut(Secret<'_>) -> String;

impl<'a> Secret<'a> {
    /// The secret itself.
    pub(crate) const fn text(self) -> &'a str {
        match self {
            Self::Plain(text)
            | Self::Basic(text)
            | Self::Assertion(text)
            | Self::Verifier(text) => text,
        }
    }
}

fn mask(secret: Secret<'_>) -> String {
    masked(secret.text())
}

/// A body in JSON, or a form, with its secrets masked.
pub(crate) fn masked_body(body: &str) -> Cow<'_, str> {
    veiled_body(body, &mut mask)
}

/// A header field's value with its secrets masked.
pub(crate) fn masked_header<'a>(name: &str, value: &'a str) -> Cow<'a, str> {
    veiled_header(name, value, &mut mask)
}

/// A URL with the secrets of its query and fragment masked.
pub(crate) fn masked_url(url: &str) -> Cow<'_, str> {
    veiled_url(url, &mut mask)
}

/// A body in JSON, or a form, with something in the place of its secrets.
pub(crate) fn veiled_body<'a>(body: &'a str, veil: Veil<'_>) -> Cow<'a, str> {
    let form = !body.trim_start().starts_with(['{', '[', '"']) && body.contains('=');
    if form {
        veiled_pairs(body, veil)
    } else {
        json::veiled(body, veil)
    }
}

/// A header field's value with something in the place of its secrets.
pub(crate) fn veiled_header<'a>(name: &str, value: &'a str, veil: Veil<'_>) -> Cow<'a, str> {
    match name {
        "authorization" | "proxy-authorization" => match value.split_once(' ') {
            Some((scheme, credentials)) if scheme.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                let secret = if scheme.eq_ignore_ascii_case("basic") {
                    Secret::Basic(credentials)
                } else {
                    Secret::Plain(credentials)
                };
                Cow::Owned(format!("{scheme} {}", veil(secret)))
            }
            Some(_) | None => Cow::Owned(veil(Secret::Plain(value))),
        },
        "cookie" | "set-cookie" => Cow::Owned(veil(Secret::Plain(value))),
        "location" => veiled_url(value, veil),
        _ => Cow::Borrowed(value),
    }
}

/// A URL with something in the place of the secrets of its query and fragment.
pub(crate) fn veiled_url<'a>(url: &'a str, veil: Veil<'_>) -> Cow<'a, str> {
    let Some(at) = url.find(['?', '#']) else {
        return Cow::Borrowed(url);
    };
    let (before, after) = url.split_at(at);
    let parts = after.split_inclusive(['?', '#']);
    let veiled: Vec<_> = parts.map(|part| veiled_pairs(part, veil)).collect();
    if veiled.iter().all(|part| matches!(part, Cow::Borrowed(_))) {
        return Cow::Borrowed(url);
    }
    Cow::Owned(before.to_owned() + &veiled.concat())
}

/// The value of the member `name` with its secrets masked.
pub(super) fn masked_value(name: &str, value: &Value) -> Value {
    let secret = is_secret(name);
    match value {
        Value::String(text) if secret => masked(text).into(),
        Value::Number(number) if secret => masked(&number.to_string()).into(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
        Value::Array(items) => items.iter().map(|item| masked_value(name, item)).collect(),
        Value::Object(members) => {
            let mut shown = Map::new();
            for (inner, value) in members {
                let name = if secret { name } else { inner };
                shown.insert(inner.clone(), masked_value(name, value));
            }
            shown.into()
        }
    }
}

/// Whether a member of that name holds a secret: whatever ends in token, secret, assertion or
/// password, however it is written. `token_type` does not.
fn is_secret(name: &str) -> bool {
    const ENDS: [&str; 4] = ["token", "secret", "assertion", "password"];
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    ENDS.iter().any(|end| plain.ends_with(end))
}

/// A form, or what stands between `?` and `#`. There, codes can be turned into tokens.
fn veiled_pairs<'a>(form: &'a str, veil: Veil<'_>) -> Cow<'a, str> {
    let mut changed = false;
    let mut pair = |pair: &str| {
        let Some((name, value)) = pair.split_once('=') else {
            return pair.to_owned();
        };
        let plain = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
        let end = value.find(['?', '#']).unwrap_or(value.len());
        let (value, rest) = value.split_at(end);
        let secret = match &*plain {
            "assertion" | "client_assertion" => Secret::Assertion(value),
            "code_verifier" => Secret::Verifier(value),
            "code" => Secret::Plain(value),
            name if is_secret(name) => Secret::Plain(value),
            _ => return pair.to_owned(),
        };
        changed = true;
        format!("{name}={}{rest}", veil(secret))
    };
    let pairs: Vec<_> = form.split('&').map(&mut pair).collect();
    if changed {
        Cow::Owned(pairs.join("&"))
    } else {
        Cow::Borrowed(form)
    }
}

/// Text that is JSON, or nearly.
mod json {
    use std::borrow::Cow;

    /// What a scanner knows when it meets a value.
    #[derive(Default)]
    struct Scanner {
        /// Brackets that are open.
        depth: usize,
        /// All that is inside this many brackets is secret.
        secret_inside: Option<usize>,
        /// The next value is secret.
        secret_next: bool,
    }

    /// The text with something in the place of the values of secret members.
    pub(super) fn veiled<'a>(text: &'a str, veil: super::Veil<'_>) -> Cow<'a, str> {
        let (mut scanner, mut out, mut rest) = (Scanner::default(), String::new(), text);
        let mut changed = false;
        while let Some(first) = rest.chars().next() {
            let length = match first {
                '"' | '\'' => literal(rest, first),
                _ if is_bare(first) => rest.find(|c| !is_bare(c)).unwrap_or(rest.len()),
                _ => first.len_utf8(),
            };
            let (piece, after) = rest.split_at(length);
            rest = after;
            if scanner.see(first, piece, after) {
                let secret = content(piece);
                out.push_str(&quoted(&veil(super::Secret::Plain(&secret))));
                changed = true;
            } else {
                out.push_str(piece);
            }
        }
        if changed {
            Cow::Owned(out)
        } else {
            Cow::Borrowed(text)
        }
    }

    impl Scanner {
        /// Whether a piece is secret.
        fn see(&mut self, first: char, piece: &str, after: &str) -> bool {
            match first {
                '{' | '[' => {
                    self.depth += 1;
                    if std::mem::take(&mut self.secret_next) && self.secret_inside.is_none() {
                        self.secret_inside = Some(self.depth);
                    }
                }
                '}' | ']' => {
                    if self.secret_inside == Some(self.depth) {
                        self.secret_inside = None;
                    }
                    self.depth = self.depth.saturating_sub(1);
                }
                ',' => self.secret_next = false,
                _ if piece.len() == first.len_utf8() && !is_bare(first) => {}
                _ if after.trim_start().starts_with(':') => {
                    self.secret_next = super::is_secret(&content(piece));
                }
                _ => {
                    let secret = std::mem::take(&mut self.secret_next);
                    let word = matches!(piece, "null" | "true" | "false");
                    return (secret || self.secret_inside.is_some()) && !word;
                }
            }
            false
        }
    }

    /// The length of a literal of text, with its quotes; of all that is left if it has no end.
    fn literal(text: &str, quote: char) -> usize {
        let mut escaped = false;
        for (at, character) in text.char_indices().skip(1) {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                _ if character == quote => return at + 1,
                _ => {}
            }
        }
        text.len()
    }

    /// Numbers, words, and names without quotes, or in such as text processors make.
    fn is_bare(character: char) -> bool {
        !character.is_ascii() || character.is_ascii_alphanumeric() || "_-+.$".contains(character)
    }

    /// What a literal says.
    fn content(piece: &str) -> Cow<'_, str> {
        match serde_json::from_str(piece) {
            Ok(serde_json::Value::String(text)) => Cow::Owned(text),
            Ok(_) | Err(_) => piece.trim_matches(['"', '\'']).into(),
        }
    }

    fn quoted(text: &str) -> String {
        crate::api::value_text(&text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn of_a_secret_only_the_ends_are_shown() {
        let token = "c8974e592c2fa383d4a3960714";
        assert_eq!(masked(token), "c897••••••••••••••••••0714");
        assert_eq!(masked("123456789012345"), "•".repeat(15));
    }

    #[test]
    fn bodies_keep_everything_but_their_secrets() {
        const TOKEN: &str = "0123456789abcdefghij";
        const MASKED: &str = "0123••••••••••••ghij";
        for (body, expected) in [
            ("", ""),
            (r#"{"token_type": "<>"}"#, r#"{"token_type": "<>"}"#),
            (
                r#"{"code":"NOT_FOUND","a":1.50}"#,
                r#"{"code":"NOT_FOUND","a":1.50}"#,
            ),
            (
                "{ \"webhook\" : {\n \"notificationAuthToken\" : \"<>\" , \"x\": \"<>\" } }",
                "{ \"webhook\" : {\n \"notificationAuthToken\" : \"**\" , \"x\": \"<>\" } }",
            ),
            (
                r#"{"access_token":"<>","expires_in":3600}"#,
                r#"{"access_token":"**","expires_in":3600}"#,
            ),
            // Other spellings, also escaped ones.
            (
                r#"{"Notification-Auth-Token":"<>"}"#,
                r#"{"Notification-Auth-Token":"**"}"#,
            ),
            (
                r#"{"notification\u0041uthToken":"<>"}"#,
                r#"{"notification\u0041uthToken":"**"}"#,
            ),
            (r#"{"client_secret":"\"\\"}"#, r#"{"client_secret":"••"}"#),
            // Of another kind.
            (
                r#"{"accessToken":1234,"b":1}"#,
                r#"{"accessToken":"••••","b":1}"#,
            ),
            (
                r#"{"accessToken":null,"b":"<>"}"#,
                r#"{"accessToken":null,"b":"<>"}"#,
            ),
            (
                r#"{"accessToken":{"a":["<>",true]},"b":"<>"}"#,
                r#"{"accessToken":{"a":["**",true]},"b":"<>"}"#,
            ),
            // Not quite JSON.
            (r#"{"accessToken":"<>"#, r#"{"accessToken":"**""#),
            (
                "{accessToken: '<>', b: '<>'}",
                "{accessToken: \"**\", b: '<>'}",
            ),
            ("{“accessToken” : <>}", "{“accessToken” : \"**\"}"),
            (r#"{"accessToken":}"#, r#"{"accessToken":}"#),
            (r#"]]}{"accessToken":"<>"}"#, r#"]]}{"accessToken":"**"}"#),
            ("[object Object]", "[object Object]"),
            // Forms.
            (
                "grant_type=x&client%5Fsecret=<>&code=<>&scope=token",
                "grant_type=x&client%5Fsecret=**&code=**&scope=token",
            ),
        ] {
            let body = body.replace("<>", TOKEN);
            let expected = expected.replace("<>", TOKEN).replace("**", MASKED);
            assert_eq!(masked_body(&body), expected);
        }
    }

    #[test]
    fn headers_and_urls_keep_everything_but_their_secrets() {
        const TOKEN: &str = "0123456789abcdefghij";
        const MASKED: &str = "0123••••••••••••ghij";
        let header = |name, value: &str| masked_header(name, value).replace(MASKED, "M");
        assert_eq!(
            header("authorization", &format!("Bearer {TOKEN}")),
            "Bearer M"
        );
        assert_eq!(header("authorization", TOKEN), "M");
        assert_eq!(header("authorization", "Basic YTpi"), "Basic ••••");
        assert_eq!(header("content-type", "a; token=b"), "a; token=b");
        let url = |url: &str| masked_url(&url.replace("TOKEN", TOKEN)).replace(MASKED, "M");
        for same in [
            "https://a.example/code",
            "/a?b=c&d#e",
            "https://a.example/?scope=token",
        ] {
            assert_eq!(url(same), same);
        }
        assert_eq!(url("/cb?code=TOKEN&state=s#x"), "/cb?code=M&state=s#x");
        assert_eq!(url("/cb#access_token=TOKEN&a=b"), "/cb#access_token=M&a=b");
        assert_eq!(
            header("location", &format!("/cb?code={TOKEN}")),
            "/cb?code=M"
        );
    }

    #[test]
    fn values_keep_everything_but_their_secrets() {
        let value = json!({ "url": "u", "clientSecret": ["a", { "b": 12, "c": null }] });
        let masked = json!({ "url": "u", "clientSecret": ["•", { "b": "••", "c": null }] });
        assert_eq!(masked_value("webhook", &value), masked);
        assert_eq!(masked_value("accessToken", &json!("abc")), "•••");
    }
}
