//! The Content Security Policy of each page.
//!
//! The server is as strict as the strictest page the sandbox shall run in: what works here needs no
//! exception there.

const STRICT: &str = "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Frameworks of others write markup from strings.
const EXAMPLES: &str = "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

/// Path and policy. A path that ends in `/` stands for all below it; the first that fits counts.
const POLICIES: &[(&str, &str)] = &[
    ("/run.html", "default-src 'none'; script-src 'self' blob:"),
    ("/examples/", EXAMPLES),
    ("/", STRICT),
];

pub(super) fn of(path: &str) -> &'static str {
    choose(POLICIES, path).unwrap_or(STRICT)
}

fn choose<'a>(policies: &[(&str, &'a str)], path: &str) -> Option<&'a str> {
    policies
        .iter()
        .find(|(place, _)| path == *place || (place.ends_with('/') && path.starts_with(place)))
        .map(|(_, policy)| *policy)
}

#[cfg(test)]
mod tests {
    use super::{STRICT, choose, of};

    #[test]
    fn every_path_has_the_strict_policy_unless_the_table_says_otherwise() {
        for path in ["/", "/index.html", "/embed.html", "", "nonsense"] {
            assert_eq!(of(path), STRICT, "{path}");
        }
    }

    #[test]
    fn the_first_row_that_fits_counts() {
        let table = [("/embed.html", "a"), ("/examples/", "b"), ("/", "c")];
        for (path, policy) in [
            ("/embed.html", Some("a")),
            ("/embed.html.js", Some("c")),
            ("/examples/first.html", Some("b")),
            ("/examples", Some("c")),
            ("/", Some("c")),
            ("elsewhere", None),
        ] {
            assert_eq!(choose(&table, path), policy, "{path}");
        }
    }
}
