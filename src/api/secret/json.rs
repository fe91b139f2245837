//! Secrets in text that is JSON, or nearly.

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
        let shown = if scanner.see(first, piece, after) {
            Some(veil(super::Secret::Plain(&content(piece))))
        } else {
            url(first, piece, veil)
        };
        match shown {
            Some(shown) => {
                out.push_str(&quoted(&shown));
                changed = true;
            }
            None => out.push_str(piece),
        }
    }
    if changed {
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

/// A literal that is a URL with secrets, with something in their place.
fn url(first: char, piece: &str, veil: super::Veil<'_>) -> Option<String> {
    // Most have none of these, and are not read.
    if !matches!(first, '"' | '\'') || !piece.contains(['@', '?', '#', '\\']) {
        return None;
    }
    let text = content(piece);
    let veiled = super::is_url(&text).then(|| super::veiled_url(&text, veil))?;
    match veiled {
        Cow::Owned(veiled) => Some(veiled),
        Cow::Borrowed(_) => None,
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
