//! The style sheet of the element, as it is sent.

use std::fs;

use anyhow::{Context as _, Result};

use crate::project::Project;

/// How large the text of the console's panes is, in rem: what `em` means to the containers among them.
const BODY: f64 = 0.8125;

/// The style sheet as a module: a string that a shadow root can adopt, without a request and
/// without `style`. Adopted sheets import nothing: what the sheet imports is put in its place.
pub(crate) fn module(project: &Project) -> Result<String> {
    let read = |path: &str| {
        fs::read_to_string(project.source(path)).with_context(|| format!("cannot read {path}"))
    };
    let mut css = String::new();
    for part in imports(&read("www/console.css")?) {
        css += &own_unit(&without_comments(&read(&format!("www/{part}"))?));
    }
    Ok(format!(
        "export default {};\n",
        serde_json::to_string(&css)?
    ))
}

/// What a sheet imports, in its order.
fn imports(sheet: &str) -> Vec<&str> {
    let lines = sheet.lines();
    let paths = lines.filter_map(|line| line.strip_prefix("@import \"")?.strip_suffix("\";"));
    paths.collect()
}

/// A sheet as it is sent: comments are for those who read its source. No string of ours has `/*` in it.
fn without_comments(css: &str) -> String {
    let mut rest = css;
    let mut kept = String::new();
    while let Some((before, comment)) = rest.split_once("/*") {
        kept += before;
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept += rest;
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A sheet whose lengths are the console's own. A `rem` is a matter of the page's root, which may be
/// of any size: in its place stands `--rem`, the user's size of text. The element measures that, and
/// puts pixels in its place (`www/element/styles.js`).
/// Conditions take no properties: in those of containers `em` says the same, and in those of the
/// window `rem` does not depend on the page.
fn own_unit(css: &str) -> String {
    css.split_inclusive('\n').map(line_in_own_unit).collect()
}

fn line_in_own_unit(line: &str) -> String {
    let (condition, rules) = match line.find('{') {
        Some(end) if line.starts_with('@') => line.split_at(end),
        Some(_) | None => ("", line),
    };
    let rules = with_lengths(rules, |rem| format!("calc({rem}*var(--rem))"));
    if !condition.starts_with("@container") {
        return condition.to_owned() + &rules;
    }
    let size = if condition.starts_with("@container console ") {
        1.0
    } else {
        BODY
    };
    with_lengths(condition, |rem| format!("{:.4}em", rem / size)) + &rules
}

/// A text with each length in rem put in another way.
fn with_lengths(text: &str, put: impl Fn(f64) -> String) -> String {
    let mut done = String::new();
    let mut pieces = text.split("rem").peekable();
    while let Some(piece) = pieces.next() {
        let start = piece
            .rfind(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-')))
            .map_or(0, |end| end + 1);
        let (before, number) = piece.split_at(start);
        match number.parse() {
            Ok(rem) if pieces.peek().is_some() => {
                done += before;
                done += &put(rem);
            }
            Ok(_) | Err(_) => {
                done += piece;
                // It was a part of a word.
                done += if pieces.peek().is_some() { "rem" } else { "" };
            }
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::{imports, own_unit, without_comments};

    #[test]
    fn the_style_sheet_is_sent_whole_and_without_comments() {
        let sheet = "/* x */\n@import \"console/a.css\";\n@import \"console/b.css\";\n";
        assert_eq!(imports(sheet), ["console/a.css", "console/b.css"]);
        let css = "/* one */\n.a { left: 0; } /* two */\n\n  .b { top: 0; }\n";
        assert_eq!(without_comments(css), ".a { left: 0; }\n.b { top: 0; }\n");
    }

    #[test]
    fn lengths_do_not_depend_on_the_page() {
        for (written, sent) in [
            (
                ".a { margin: -.5rem 2rem; width: min(30rem, 10vw); }",
                ".a { margin: calc(-0.5*var(--rem)) calc(2*var(--rem)); width: min(calc(30*var(--rem)), 10vw); }",
            ),
            ("--rem: 16px;", "--rem: 16px;"),
            (
                ".theorem { --premium: 2px; }",
                ".theorem { --premium: 2px; }",
            ),
            (
                "@container console (min-width: 85.0012rem) and (max-width: 90rem) {",
                "@container console (min-width: 85.0012em) and (max-width: 90.0000em) {",
            ),
            (
                "@container request (min-width: 16.25rem) { .a { left: 1rem; } }",
                "@container request (min-width: 20.0000em) { .a { left: calc(1*var(--rem)); } }",
            ),
            (
                "@media (min-height: 37.5rem) {",
                "@media (min-height: 37.5rem) {",
            ),
        ] {
            assert_eq!(own_unit(written), sent);
        }
    }
}
