//! Secrets in what is shown or handed on: tokens and credentials, with something in their place.
//!
//! Clients and receivers get everything in full; records and the console get it masked. What is not
//! secret stays as it was, byte for byte, also where a text is not well formed.

use std::borrow::Cow;

use serde_json::{Map, Value};

mod json;

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

/// A URL with its password, and the secrets of its query and fragment, masked.
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
        "location" | "content-location" | "referer" => veiled_url(value, veil),
        _ if is_secret(name) => Cow::Owned(veil(Secret::Plain(value))),
        _ => Cow::Borrowed(value),
    }
}

/// A URL with something in the place of its password, and of the secrets of its query and fragment.
pub(crate) fn veiled_url<'a>(url: &'a str, veil: Veil<'_>) -> Cow<'a, str> {
    let (before, after) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let before = veiled_user(before, veil);
    let parts = after.split_inclusive(['?', '#']);
    let veiled: Vec<_> = parts.map(|part| veiled_pairs(part, veil)).collect();
    let same = |part: &Cow<'_, str>| matches!(part, Cow::Borrowed(_));
    if same(&before) && veiled.iter().all(same) {
        return Cow::Borrowed(url);
    }
    Cow::Owned(before.into_owned() + &veiled.concat())
}

/// What stands before the query of a URL, with something in the place of its password; of a user
/// without one, which is then a token.
fn veiled_user<'a>(url: &'a str, veil: Veil<'_>) -> Cow<'a, str> {
    let authority = url.split_once("://").map(|(scheme, rest)| {
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        (scheme, authority.rsplit_once('@'), path)
    });
    let Some((scheme, Some((user, host)), path)) = authority else {
        return Cow::Borrowed(url);
    };
    let user = match user.split_once(':') {
        Some((user, password)) => format!("{user}:{}", veil(Secret::Plain(password))),
        None => veil(Secret::Plain(user)),
    };
    Cow::Owned(format!("{scheme}://{user}@{host}{path}"))
}

/// Whether a text is a URL, which may have secrets inside.
fn is_url(text: &str) -> bool {
    let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    !scheme.is_empty() && scheme.bytes().all(letter)
}

/// The value of the member `name` with its secrets masked.
pub(super) fn masked_value(name: &str, value: &Value) -> Value {
    let secret = is_secret(name);
    match value {
        Value::String(text) if secret => masked(text).into(),
        Value::Number(number) if secret => masked(&number.to_string()).into(),
        Value::String(text) if is_url(text) => masked_url(text).into(),
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

/// Whether a member or a header field of that name holds a secret: whatever ends in token, secret,
/// assertion, password and the like, however it is written. `token_type` does not.
fn is_secret(name: &str) -> bool {
    const ENDS: [&str; 8] = [
        "token",
        "tokenhint",
        "secret",
        "assertion",
        "password",
        "passphrase",
        "apikey",
        "privatekey",
    ];
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
            (
                r#"{"accessToken":{"a":{"b":"<>"},"c":"<>"},"d":["<>"]}"#,
                r#"{"accessToken":{"a":{"b":"**"},"c":"**"},"d":["<>"]}"#,
            ),
            // Not quite JSON.
            (r#"{"accessToken":,"<>"}"#, r#"{"accessToken":,"<>"}"#),
            (r#"{"accessToken":"<>"#, r#"{"accessToken":"**""#),
            (
                "{accessToken: '<>', b: '<>'}",
                "{accessToken: \"**\", b: '<>'}",
            ),
            ("{“accessToken” : <>}", "{“accessToken” : \"**\"}"),
            (r#"{"accessToken":}"#, r#"{"accessToken":}"#),
            (r#"]]}{"accessToken":"<>"}"#, r#"]]}{"accessToken":"**"}"#),
            ("[object Object]", "[object Object]"),
            // URLs.
            (
                r#"{"notificationUrl":"https://a.example/?access_token=<>&b=c","c":"x@y?token=<>"}"#,
                r#"{"notificationUrl":"https://a.example/?access_token=**&b=c","c":"x@y?token=<>"}"#,
            ),
            (
                r#"["https:\/\/me:<>@a.example\/"]"#,
                r#"["https://me:**@a.example/"]"#,
            ),
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
        // No scheme, and so a secret as well.
        assert_eq!(header("authorization", "a.b.c d"), "•••••••");
        assert_eq!(header("content-type", "a; token=b"), "a; token=b");
        let url = |url: &str| masked_url(&url.replace("TOKEN", TOKEN)).replace(MASKED, "M");
        for same in [
            "https://a.example/code",
            "/a?b=c&d#e",
            "https://a.example/?scope=token",
        ] {
            assert_eq!(url(same), same);
        }
        for name in ["x-api-key", "x-auth-token", "cookie", "proxy-authorization"] {
            assert_eq!(header(name, TOKEN), "M", "{name}");
        }
        assert_eq!(
            url("https://me:TOKEN@a.example/@b"),
            "https://me:M@a.example/@b"
        );
        assert_eq!(url("https://TOKEN@a.example?x"), "https://M@a.example?x");
        assert_eq!(url("/cb?code=TOKEN&state=s#x"), "/cb?code=M&state=s#x");
        assert_eq!(url("/cb#access_token=TOKEN&a=b"), "/cb#access_token=M&a=b");
        assert_eq!(
            header("location", &format!("/cb?code={TOKEN}")),
            "/cb?code=M"
        );
    }

    #[test]
    fn what_kind_of_secret_it_is_goes_by_its_name() {
        fn kind(secret: Secret<'_>) -> String {
            let name = match secret {
                Secret::Plain(_) => "plain",
                Secret::Basic(_) => "basic",
                Secret::Assertion(_) => "assertion",
                Secret::Verifier(_) => "verifier",
            };
            format!("{name} {}", secret.text())
        }
        let form = "assertion=1&client_assertion=2&code_verifier=3&code=4&client_secret=5&b=6";
        assert_eq!(
            veiled_body(form, &mut kind),
            "assertion=assertion 1&client_assertion=assertion 2&code_verifier=verifier 3&code=plain 4&client_secret=plain 5&b=6"
        );
        for (value, expected) in [
            ("basic YTpi", "basic basic YTpi"),
            ("Bearer t", "Bearer plain t"),
        ] {
            assert_eq!(veiled_header("authorization", value, &mut kind), expected);
        }
    }

    #[test]
    fn values_keep_everything_but_their_secrets() {
        let value = json!({ "url": "u", "clientSecret": ["a", { "b": 12, "c": null }] });
        let masked = json!({ "url": "u", "clientSecret": ["•", { "b": "••", "c": null }] });
        assert_eq!(masked_value("webhook", &value), masked);
        assert_eq!(masked_value("accessToken", &json!("abc")), "•••");
        for no_url in ["x?token=abc", "://a?token=abc", "a b://c?token=abc"] {
            assert_eq!(masked_value("note", &json!(no_url)), no_url);
        }
        assert_eq!(
            masked_value("notificationUrl", &json!("https://a:b@c.example/")),
            "https://a:•@c.example/"
        );
    }
}
