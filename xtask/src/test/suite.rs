//! The steps of a run: a heading, the work, how long it took, and the count over all.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use super::tally::Tally;

#[derive(Default)]
pub(super) struct Suite {
    total: Tally,
    failures: Vec<String>,
}

impl Suite {
    /// Runs one step and says whether it went well. A step that ends without a count counts as one
    /// failure.
    pub(super) fn run(&mut self, heading: &str, work: impl FnOnce() -> Result<Tally>) -> bool {
        println!("\n=== {heading}");
        let start = Instant::now();
        let tally = work().unwrap_or_else(|error| {
            println!("error: {error:#}");
            Tally::failed(1)
        });
        println!(
            "--- {heading}: {tally} in {:.1} s",
            start.elapsed().as_secs_f32()
        );
        self.total = self.total.plus(tally);
        if tally.has_failures() {
            self.failures.push(heading.to_owned());
        }
        !tally.has_failures()
    }

    /// Names what failed; then, as the last line, the count.
    pub(super) fn finish(self) -> ExitCode {
        println!();
        if !self.failures.is_empty() {
            println!("Failed: {}", self.failures.join(", "));
        }
        self.total.conclude()
    }
}
