//! `Accept`: whether a client takes JSON (RFC 9110, section 12.5.1).

/// Whether `application/json` is among what the header accepts. The most specific range that fits
/// decides; a header that cannot be read accepts anything.
pub(super) fn takes_json(accept: &str) -> bool {
    let mut best: Option<(usize, bool)> = None;
    let mut readable = false;
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let media = parts.next().unwrap_or_default().to_ascii_lowercase();
        if !media.contains('/') {
            continue;
        }
        readable = true;
        let specific = match media.as_str() {
            "*/*" => 0,
            "application/*" => 1,
            "application/json" => 2,
            _ => continue,
        };
        let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
        let taken = weight.is_none_or(|q| q.trim().bytes().any(|b| b != b'0' && b != b'.'));
        if best.is_none_or(|(other, _)| specific > other) {
            best = Some((specific, taken));
        }
    }
    best.map_or(!readable, |(_, taken)| taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_specific_range_decides() {
        for (accept, taken) in [
            ("", true),
            ("*/*", true),
            ("application/json", true),
            ("Application/JSON; charset=utf-8", true),
            ("text/html, application/*;q=0.8", true),
            ("text/html, */*;q=0.1", true),
            ("nonsense", true),
            ("text/html", false),
            ("application/xml, text/*", false),
            ("application/json;q=0", false),
            ("application/json; q=0.0, */*", false),
            ("*/*;q=0, application/json", true),
            // Of two that are as specific, the first.
            ("application/json;q=0, application/json", false),
            ("application/json, application/json;q=0", true),
            ("application/problem+json", false),
        ] {
            assert_eq!(takes_json(accept), taken, "{accept:?}");
        }
    }
}
