//! JSON, laid out and coloured.

use yew::{AttrValue, Html, html};

/// Up to this many characters a list or object without others inside stays on one line.
const SHORT: usize = 44;

const INDENTS: [&str; 7] = [
    "ln", "ln in1", "ln in2", "ln in3", "ln in4", "ln in5", "ln in6",
];

/// A well-formed JSON text, member by member in its own order. `label` says what it is.
pub(in crate::ui) fn json(label: &'static str, text: &str) -> Html {
    let token = |token: &Token<'_>| {
        let text = AttrValue::from(token.text.to_owned());
        html! { <span class={token.kind.class()}>{ text }</span> }
    };
    let line = |line: &Line<'_>| {
        let class = INDENTS.get(line.depth).copied().unwrap_or("ln in6");
        html! { <span {class}>{ for line.tokens.iter().map(token) }</span> }
    };
    html! {
        <pre class="codebox" tabindex="0" role="group" aria-label={label}>
            { for lines(text).iter().map(line) }
        </pre>
    }
}

#[derive(Debug, Default, PartialEq)]
struct Line<'a> {
    depth: usize,
    tokens: Vec<Token<'a>>,
}

#[derive(Debug, PartialEq)]
struct Token<'a> {
    kind: Kind,
    text: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Key,
    Text,
    Other,
    Mark,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Key => "k",
            Self::Text => "s",
            Self::Other => "n",
            Self::Mark => "p",
        }
    }
}

/// Cuts a text into tokens and these into lines.
fn lines(json: &str) -> Vec<Line<'_>> {
    let mut lines = vec![Line::default()];
    let (mut depth, mut inline) = (0_usize, 0_usize);
    let mut rest = json.trim_start();
    let mut last = ' ';
    while let Some(first) = rest.chars().next() {
        let (text, after) = rest
            .split_at_checked(length(first, rest))
            .unwrap_or((rest, ""));
        rest = after.trim_start();
        let kind = match first {
            '"' if rest.starts_with(':') => Kind::Key,
            '"' => Kind::Text,
            '{' | '[' | '}' | ']' | ',' | ':' => Kind::Mark,
            _ => Kind::Other,
        };
        let mut push = |text| {
            if let Some(line) = lines.last_mut() {
                line.tokens.push(Token { kind, text });
            }
        };
        match first {
            '{' | '[' if inline > 0 || is_short(rest) => {
                inline += 1;
                push(if first == '{' && !rest.starts_with('}') {
                    "{ "
                } else {
                    text
                });
            }
            '}' | ']' if inline > 0 => {
                inline -= 1;
                push(if first == '}' && last != '{' {
                    " }"
                } else {
                    text
                });
            }
            ':' => push(": "),
            ',' if inline > 0 => push(", "),
            '{' | '[' | ',' => {
                push(text);
                depth += usize::from(first != ',');
                lines.push(Line {
                    depth,
                    tokens: Vec::new(),
                });
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                let tokens = vec![Token { kind, text }];
                lines.push(Line { depth, tokens });
            }
            _ => push(text),
        }
        last = first;
    }
    lines
}

/// How many bytes the token at the start of `rest` has.
fn length(first: char, rest: &str) -> usize {
    let end = match first {
        '"' => {
            let mut escaped = false;
            let mut close = |c: char| {
                let closes = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                closes
            };
            (rest.char_indices().skip(1)).find_map(|(at, c)| close(c).then_some(at + 1))
        }
        '{' | '[' | '}' | ']' | ',' | ':' => Some(1),
        _ => rest.find(|c: char| "{}[],:\"".contains(c) || c.is_whitespace()),
    };
    end.unwrap_or(rest.len())
}

/// Whether the list or object whose inside `rest` begins with is short and has no other in it.
fn is_short(rest: &str) -> bool {
    let end = rest.find(['{', '[', '}', ']']);
    end.is_some_and(|end| end <= SHORT && matches!(rest.as_bytes().get(end), Some(b'}' | b']')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn members_keep_their_order_and_short_lists_their_line() {
        let json =
            r#"{"b":{"ports":[443],"ranges":[{"from":1,"to":2}]},"a":"x\"}","c":null,"d":{}}"#;
        let text: Vec<String> = lines(json)
            .iter()
            .map(|line| {
                let text: String = line.tokens.iter().map(|token| token.text).collect();
                "  ".repeat(line.depth) + &text
            })
            .collect();
        assert_eq!(
            text,
            [
                "{",
                "  \"b\": {",
                "    \"ports\": [443],",
                "    \"ranges\": [",
                "      { \"from\": 1, \"to\": 2 }",
                "    ]",
                "  },",
                "  \"a\": \"x\\\"}\",",
                "  \"c\": null,",
                "  \"d\": {}",
                "}",
            ]
        );
    }
}
