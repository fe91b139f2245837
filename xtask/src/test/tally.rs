//! Counts of tests, read from what the runners themselves say.

use std::fmt;
use std::io::{Write as _, stdout};
use std::process::ExitCode;

use serde_json::Value;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Tally {
    pub(super) fn passed(passed: u64) -> Self {
        Self {
            passed,
            ..Self::default()
        }
    }

    pub(super) fn failed(failed: u64) -> Self {
        Self {
            failed,
            ..Self::default()
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed.saturating_add(other.passed),
            failed: self.failed.saturating_add(other.failed),
            skipped: self.skipped.saturating_add(other.skipped),
        }
    }

    /// How many passed, and how many failed.
    pub(super) fn count(self) -> (u64, u64) {
        (self.passed, self.failed)
    }

    /// One test was left out.
    pub(super) fn left_out() -> Self {
        Self {
            skipped: 1,
            ..Self::default()
        }
    }

    /// Prints the count as the last line there is, and says how the program ends.
    pub(super) fn conclude(self) -> ExitCode {
        println!("{self}");
        // Whoever reads the count from a pipe that was closed early still gets the exit code.
        let _ = stdout().flush();
        if self.has_failures() {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }

    pub(super) fn has_failures(self) -> bool {
        self.failed > 0
    }

    /// Whether not one test ran: where tests are expected, that is a failure.
    pub(super) fn is_empty(self) -> bool {
        self.passed == 0 && self.failed == 0
    }

    /// A line of cargo's or wasm-bindgen's test runner: `test result: ok. 3 passed; 0 failed; 1
    /// ignored; …`.
    pub(super) fn of_libtest(line: &str) -> Option<Self> {
        let (_, counts) = line
            .trim_start()
            .strip_prefix("test result: ")?
            .split_once(". ")?;
        let count = |name| {
            counts
                .split("; ")
                .find_map(|part| part.trim().strip_suffix(name)?.trim().parse().ok())
        };
        Some(Self {
            passed: count("passed")?,
            failed: count("failed")?,
            skipped: count("ignored").unwrap_or(0),
        })
    }

    /// The end of a TAP report of Node's: `# pass 3`, `# fail 0`, and so on, a line each.
    pub(super) fn of_tap(report: &str) -> Option<Self> {
        let count = |name: &str| {
            let mut lines = report.lines().rev();
            lines.find_map(|line| {
                line.strip_prefix("# ")?
                    .strip_prefix(name)?
                    .trim()
                    .parse::<u64>()
                    .ok()
            })
        };
        Some(Self {
            passed: count("pass ")?,
            failed: count("fail ")?.saturating_add(count("cancelled ").unwrap_or(0)),
            skipped: count("skipped ")
                .unwrap_or(0)
                .saturating_add(count("todo ").unwrap_or(0)),
        })
    }

    /// Playwright's JSON report. A test that passed only when tried again has failed.
    pub(super) fn of_playwright(report: &str) -> Option<Self> {
        let report: Value = serde_json::from_str(report).ok()?;
        let stats = report.get("stats")?;
        let count = |name| stats.get(name).and_then(Value::as_u64);
        let errors = report
            .get("errors")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        Some(Self {
            passed: count("expected")?,
            failed: count("unexpected")?
                .saturating_add(count("flaky")?)
                .saturating_add(errors.try_into().unwrap_or(u64::MAX)),
            skipped: count("skipped")?,
        })
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn tally(passed: u64, failed: u64, skipped: u64) -> Option<Tally> {
        Some(Tally {
            passed,
            failed,
            skipped,
        })
    }

    #[test]
    fn libtest() {
        for (line, expected) in [
            (
                "test result: ok. 12 passed; 0 failed; 2 ignored; 0 measured; finished in 0.01s",
                tally(12, 0, 2),
            ),
            (
                "test result: FAILED. 1 passed; 3 failed; 0 ignored; 0 filtered out",
                tally(1, 3, 0),
            ),
            (
                "    test result: ok. 1 passed; 0 failed; 0 ignored",
                tally(1, 0, 0),
            ),
            ("test tests::result ... ok", None),
            ("test result: ok", None),
            ("", None),
        ] {
            assert_eq!(Tally::of_libtest(line), expected, "{line}");
        }
    }

    #[test]
    fn tap() {
        let report = "TAP version 13\n# Subtest: pass 9\nok 1 - pass 9\n1..3\n\
            # tests 6\n# suites 0\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 1\n# duration_ms 52.1\n";
        assert_eq!(Tally::of_tap(report), tally(2, 2, 2));
        assert_eq!(Tally::of_tap("TAP version 13\n"), None);
    }

    #[test]
    fn playwright() {
        let report =
            |errors, stats| format!(r#"{{ "errors": [{errors}], "stats": {{ {stats} }} }}"#);
        let stats = r#""expected": 4, "skipped": 1, "unexpected": 2, "flaky": 1"#;
        assert_eq!(Tally::of_playwright(&report("", stats)), tally(4, 3, 1));
        let none = r#""expected": 0, "skipped": 0, "unexpected": 0, "flaky": 0"#;
        assert_eq!(Tally::of_playwright(&report("{}", none)), tally(0, 1, 0));
        assert_eq!(Tally::of_playwright("not JSON"), None);
    }

    #[test]
    fn the_last_line() {
        assert_eq!(tally(3, 1, 0).unwrap().to_string(), "3 passed, 1 failed");
        assert_eq!(
            tally(3, 0, 2).unwrap().to_string(),
            "3 passed, 0 failed, 2 skipped"
        );
    }
}
