//! JSON as the text that someone writes: what is what in a line, and where a member stands.

/// Words of a line, with the class that colours each.
pub(super) fn words(line: &str) -> Vec<(&'static str, &str)> {
    let mut words = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (word, after) = rest
            .split_at_checked(length(first, rest))
            .unwrap_or((rest, ""));
        rest = after;
        let class = match first {
            '"' if rest.trim_start().starts_with(':') => "k",
            '"' => "s",
            '{' | '}' | '[' | ']' | ',' | ':' => "p",
            _ if first.is_whitespace() => "",
            _ => "n",
        };
        words.push((class, word));
    }
    words
}

/// The first and the last line of a member, counted from 0, and the bytes from its name to its end.
/// The text is JSON.
pub(super) fn place(text: &str, pointer: &str) -> Option<(usize, usize, usize, usize)> {
    let mut reader = Reader { text, at: 0 };
    let mut start = 0;
    for name in pointer.split('/').skip(1) {
        let name = name.replace("~1", "/").replace("~0", "~");
        start = reader.enter(&name)?;
    }
    reader.skip();
    let lines = |end| text.get(..end).map(|text| text.matches('\n').count());
    Some((lines(start)?, lines(reader.at)?, start, reader.at))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// Goes to the value of a member or item of what begins here; says where its name does.
    fn enter(&mut self, name: &str) -> Option<usize> {
        self.space();
        let list = match self.next()? {
            '{' => false,
            '[' => true,
            _ => return None,
        };
        self.at += 1;
        let mut found = None;
        for place in 0_usize.. {
            self.space();
            if matches!(self.next()?, '}' | ']') {
                break;
            }
            let start = self.at;
            let same = if list {
                place.to_string() == name
            } else {
                let written = self.skip();
                self.space();
                self.at += 1;
                serde_json::from_str::<String>(written).is_ok_and(|written| written == name)
            };
            self.space();
            if same {
                // Of several of one name the last counts.
                found = Some((start, self.at));
            }
            self.skip();
            self.space();
            if self.next()? == ',' {
                self.at += 1;
            }
        }
        let (start, value) = found?;
        self.at = value;
        Some(start)
    }

    /// Goes behind the value that begins here.
    fn skip(&mut self) -> &'a str {
        self.space();
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(first) = self.next() {
            match first {
                '{' | '[' => depth += 1,
                '}' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            let rest = self.text.get(self.at..).unwrap_or_default();
            self.at += length(first, rest);
            if depth == 0 {
                break;
            }
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn space(&mut self) {
        while self.next().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn next(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }
}

/// How many bytes the word has that `rest` begins with.
fn length(first: char, rest: &str) -> usize {
    let end = match first {
        '"' => {
            let mut escaped = false;
            let mut closes = |c: char| {
                let closes = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                closes
            };
            (rest.char_indices().skip(1)).find_map(|(at, c)| closes(c).then_some(at + 1))
        }
        '{' | '}' | '[' | ']' | ',' | ':' => Some(1),
        _ if first.is_whitespace() => rest.find(|c: char| !c.is_whitespace()),
        _ => rest.find(|c: char| "{}[],:\"".contains(c) || c.is_whitespace()),
    };
    end.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn members_are_found_where_they_stand() {
        let text =
            "{\n  \"a/b\": [1, { \"c\": \"}\\\"\" },\n 2],\n  \"d\": {\n  },\n \"d\": 1\n}\n";
        for (pointer, lines) in [
            ("", Some((0, 6))),
            ("/a~1b", Some((1, 2))),
            ("/a~1b/1/c", Some((1, 1))),
            ("/a~1b/2", Some((2, 2))),
            ("/d", Some((5, 5))),
            ("/e", None),
            ("/a~1b/3", None),
            ("/d/x", None),
        ] {
            let found = place(text, pointer).map(|(from, to, ..)| (from, to));
            assert_eq!(found, lines, "{pointer}");
        }
    }

    #[wasm_bindgen_test]
    fn a_line_is_its_words() {
        let line = "  \"a\": [tru, \"x:\\\"\", -1.5e3 \"open";
        let found = words(line);
        let all: String = found.iter().map(|(_, word)| *word).collect();
        assert_eq!(all, line);
        let classes: String = found.iter().map(|(class, _)| *class).collect();
        assert_eq!(classes, "kppnpspns");
    }
}
