//! What a list is narrowed to: words that are typed, each of which has to be in sight in a row.

/// The words of a filter. None: everything matches.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted(Vec<String>);

impl Wanted {
    /// The words of what was typed; case does not matter, nor their order.
    pub(super) fn new(typed: &str) -> Self {
        Self(
            typed
                .split_whitespace()
                .map(str::to_ascii_lowercase)
                .collect(),
        )
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each begins one of `words`, or stands anywhere in one of `texts`. AVAILABLE is not
    /// meant by UNAVAILABLE: it is a word.
    pub(super) fn met(&self, words: &[&str], texts: &[&str]) -> bool {
        self.0.iter().all(|wanted| {
            let wanted = wanted.as_bytes();
            words.iter().any(|word| begins(word.as_bytes(), wanted))
                || texts.iter().any(|text| {
                    let mut stretches = text.as_bytes().windows(wanted.len());
                    stretches.any(|stretch| stretch.eq_ignore_ascii_case(wanted))
                })
        })
    }
}

fn begins(word: &[u8], wanted: &[u8]) -> bool {
    word.get(..wanted.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(wanted))
}

/// The digits of a status, written where there is room for them: thousands of rows are looked
/// through with each key.
pub(super) fn digits(status: u16, room: &mut [u8; 3]) -> &str {
    let tens = [status / 100, status / 10 % 10, status % 10];
    for (digit, place) in tens.into_iter().zip(room.iter_mut()) {
        *place = b'0' + u8::try_from(digit % 10).unwrap_or(0);
    }
    std::str::from_utf8(room).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn all_words_are_wanted_in_any_case_and_order() {
        let met = |typed: &str| {
            let room = &mut [0; 3];
            let texts = [
                "a41f6c20-93d7",
                "NETWORK_TERMINATED",
                digits(503, room),
                "refused",
                "https://é.example/hook",
            ];
            Wanted::new(typed).met(&["UNAVAILABLE"], &texts)
        };
        for typed in [
            "",
            "  ",
            "unav",
            "UNAVAILABLE",
            "a41f",
            "terminated Refused 50",
            "é.example",
            "503 unavailable",
        ] {
            assert!(met(typed), "{typed}");
        }
        for typed in [
            "available",
            "drone-9",
            "unavailable 204",
            "5030",
            "é.exampleé",
        ] {
            assert!(!met(typed), "{typed}");
        }
    }
}
