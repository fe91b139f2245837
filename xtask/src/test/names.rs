//! Which tests failed, by name, read from what the runners themselves say.

use serde_json::Value;

/// A line of cargo's or wasm-bindgen's test runner: `test the::name ... FAILED`.
pub(super) fn of_libtest(line: &str) -> Option<&str> {
    let (name, result) = line.trim().strip_prefix("test ")?.rsplit_once(" ... ")?;
    matches!(result, "FAIL" | "FAILED").then_some(name)
}

/// A TAP report of Node's: `not ok 3 - the name`.
pub(super) fn of_tap(report: &str) -> Vec<String> {
    let failed = |line: &str| {
        let (number, name) = line.trim().strip_prefix("not ok ")?.split_once(" - ")?;
        let is_number = number.chars().all(|char| char.is_ascii_digit());
        is_number.then(|| name.to_owned())
    };
    report.lines().filter_map(failed).collect()
}

/// Playwright's JSON report: `file.spec.mjs › group › title`, once for each test with a try that failed.
/// A test that was interrupted has not failed.
pub(super) fn of_playwright(report: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(report).unwrap_or_default();
    let mut names = Vec::new();
    for suite in list(&report, "suites") {
        of_suite(suite, "", &mut names);
    }
    if !list(&report, "errors").is_empty() {
        names.push("outside of the tests".to_owned());
    }
    names
}

fn of_suite(suite: &Value, above: &str, names: &mut Vec<String>) {
    let path = format!("{above}{} › ", title(suite));
    for spec in list(suite, "specs") {
        let tests = list(spec, "tests").iter();
        let mut results = tests.flat_map(|test| list(test, "results"));
        if results.any(failed) {
            names.push(format!("{path}{}", title(spec)));
        }
    }
    for inner in list(suite, "suites") {
        of_suite(inner, &path, names);
    }
}

fn failed(result: &Value) -> bool {
    let status = result.get("status").and_then(Value::as_str);
    matches!(status, Some("failed" | "timedOut"))
}

fn title(of: &Value) -> &str {
    of.get("title").and_then(Value::as_str).unwrap_or("?")
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of.get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::{of_libtest, of_playwright, of_tap};

    #[test]
    fn libtest() {
        assert_eq!(of_libtest("test web::timer ... FAIL"), Some("web::timer"));
        assert_eq!(of_libtest("test a ... b ... FAILED\n"), Some("a ... b"));
        for line in [
            "test web::timer ... ok",
            "test result: FAILED. 1 passed",
            "",
        ] {
            assert_eq!(of_libtest(line), None, "{line}");
        }
    }

    #[test]
    fn tap() {
        let report = "TAP version 13\n# Subtest: a\nok 1 - a\n# Subtest: b - c\nnot ok 2 - b - c\n  ---\n  \
            error: 'not ok at all'\n1..2\n# fail 1\n";
        assert_eq!(of_tap(report), ["b - c"]);
    }

    #[test]
    fn playwright() {
        let spec = |title, statuses: &[&str]| {
            let results: Vec<_> = statuses
                .iter()
                .map(|status| serde_json::json!({ "status": status }))
                .collect();
            serde_json::json!({ "title": title, "tests": [{ "results": results }] })
        };
        let report = serde_json::json!({
            "suites": [{
                "title": "a.spec.mjs",
                "specs": [spec("good", &["passed"]), spec("tried again", &["failed", "passed"]), spec("broken off", &["interrupted"])],
                "suites": [{ "title": "group", "specs": [spec("slow", &["timedOut"])] }],
            }],
            "errors": [],
        });
        assert_eq!(
            of_playwright(&report.to_string()),
            ["a.spec.mjs › tried again", "a.spec.mjs › group › slow"]
        );
        let report = r#"{ "suites": [], "errors": [{ "message": "no such file" }] }"#;
        assert_eq!(of_playwright(report), ["outside of the tests"]);
        assert!(of_playwright("not JSON").is_empty());
    }
}
