//! What a file is, by the end of its name.

use std::path::Path;

pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
pub(super) const TEXT: &str = "text/plain; charset=utf-8";

const KINDS: &[(&str, &str)] = &[
    ("html", HTML),
    ("js", JAVASCRIPT),
    ("mjs", JAVASCRIPT),
    // What browsers insist on before they compile while they load.
    ("wasm", "application/wasm"),
    ("css", "text/css; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("map", "application/json; charset=utf-8"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("png", "image/png"),
    ("ico", "image/x-icon"),
    ("ts", TEXT),
    ("txt", TEXT),
    ("md", "text/markdown; charset=utf-8"),
    ("yaml", "application/yaml; charset=utf-8"),
];

pub(super) fn of(file: &Path) -> &'static str {
    let end = file.extension().unwrap_or_default().to_ascii_lowercase();
    KINDS
        .iter()
        .find(|(name, _)| end == *name)
        .map_or("application/octet-stream", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::of;

    #[test]
    fn kinds_by_name() {
        for (file, kind) in [
            ("index.html", "text/html; charset=utf-8"),
            ("qod-sandbox.js", "text/javascript; charset=utf-8"),
            ("a.MJS", "text/javascript; charset=utf-8"),
            ("headless_bg.wasm", "application/wasm"),
            ("console.css", "text/css; charset=utf-8"),
            ("console.css.js", "text/javascript; charset=utf-8"),
            ("qod-sandbox.d.ts", "text/plain; charset=utf-8"),
            ("LICENSE", "application/octet-stream"),
        ] {
            assert_eq!(of(Path::new(file)), kind, "{file}");
        }
    }
}
