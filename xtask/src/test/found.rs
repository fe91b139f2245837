//! What rounds of the same tests have found so far: told as it comes, and kept in a file.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::json;

use super::tally::Tally;

pub(super) struct Found {
    rounds: u32,
    begun: Instant,
    done: u32,
    /// Of the rounds that were done.
    good: u32,
    round_is_good: bool,
    total: Tally,
    /// In which rounds each test failed, by its name.
    failed: BTreeMap<String, Vec<u32>>,
    path: PathBuf,
    file: File,
}

impl Found {
    /// The file is begun anew; it has a line of JSON for each part of a round.
    pub(super) fn begin(folder: &Path, rounds: u32) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let path = folder.join("rounds.jsonl");
        let file =
            File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        println!("\nWhat is found goes to {}", path.display());
        Ok(Self {
            rounds,
            begun: Instant::now(),
            done: 0,
            good: 0,
            round_is_good: true,
            total: Tally::default(),
            failed: BTreeMap::new(),
            path,
            file,
        })
    }

    /// A part of a round is over. One that ended without a count counts as one failure.
    pub(super) fn add(
        &mut self,
        round: u32,
        part: &str,
        outcome: Result<Tally>,
        mut failed: Vec<String>,
        took: Duration,
    ) -> Result<()> {
        let tally = outcome.unwrap_or_else(|error| {
            println!("error: {error:#}");
            Tally::failed(1)
        });
        if tally.has_failures() && failed.is_empty() {
            failed.push("the runner, and no test of its".to_owned());
        }
        self.total = self.total.plus(tally);
        self.round_is_good &= !tally.has_failures();
        println!("--- {part}: {tally} in {:.1} s", took.as_secs_f32());
        self.note(round, part, &failed, Some((tally, took)))
    }

    /// A part of a round did not come to its end, so that only what had failed by then counts.
    pub(super) fn broken_off(&mut self, round: u32, part: &str, failed: &[String]) -> Result<()> {
        println!("--- {part}: broken off");
        self.total = self.total.plus(Tally::failed(failed.len().try_into()?));
        self.note(round, part, failed, None)
    }

    fn note(
        &mut self,
        round: u32,
        part: &str,
        failed: &[String],
        end: Option<(Tally, Duration)>,
    ) -> Result<()> {
        for name in failed {
            let name = format!("{part}: {name}");
            self.failed.entry(name).or_default().push(round);
        }
        let line = match end {
            Some((tally, took)) => {
                let (passed, count) = tally.count();
                let seconds = took.as_secs();
                json!({ "round": round, "part": part, "passed": passed, "failed": count, "seconds": seconds, "names": failed })
            }
            None => json!({ "round": round, "part": part, "brokenOff": true, "names": failed }),
        };
        writeln!(self.file, "{line}")
            .with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// Says how far it has come.
    pub(super) fn end_of_round(&mut self, round: u32) {
        self.done = round;
        self.good += u32::from(self.round_is_good);
        self.round_is_good = true;
        let each = self.begun.elapsed() / round;
        let left = each * self.rounds.saturating_sub(round);
        println!(
            "\n--- {} of {round} rounds without a failure so far; {} min to go",
            self.good,
            left.as_secs().div_ceil(60)
        );
    }

    /// Names what failed, and how often; then, as the last line, the count.
    pub(super) fn finish(self) -> ExitCode {
        for line in self.told() {
            println!("{line}");
        }
        self.total.conclude()
    }

    fn told(&self) -> Vec<String> {
        let mut told = vec![String::new()];
        let mut names: Vec<_> = self.failed.iter().collect();
        names.sort_by_key(|(_, rounds)| std::cmp::Reverse(rounds.len()));
        for (name, rounds) in names {
            let which: Vec<_> = rounds.iter().map(u32::to_string).collect();
            let (times, which) = (rounds.len(), which.join(", "));
            told.push(format!("Failed {times} times, in round {which}: {name}"));
        }
        told.push(format!(
            "{} of {} rounds done, {} without a failure; see {}",
            self.done,
            self.rounds,
            self.good,
            self.path.display()
        ));
        told
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;
    use std::{env, fs, process};

    use anyhow::anyhow;
    use serde_json::{Value, json};

    use super::Found;
    use crate::test::tally::Tally;

    #[test]
    fn what_failed_is_named_with_its_rounds_and_kept_line_by_line() {
        let folder = env::temp_dir().join(format!("qod-found-{}", process::id()));
        let mut found = Found::begin(&folder, 5).unwrap();
        let took = Duration::from_secs(7);
        let bad = || Ok(Tally::passed(2).plus(Tally::failed(1)));
        found
            .add(1, "page", Ok(Tally::passed(3)), Vec::new(), took)
            .unwrap();
        found.end_of_round(1);
        found
            .add(2, "page", bad(), vec!["a › b".to_owned()], took)
            .unwrap();
        found.end_of_round(2);
        found
            .add(3, "page", bad(), vec!["a › b".to_owned()], took)
            .unwrap();
        found
            .add(3, "wasm", Err(anyhow!("no driver")), Vec::new(), took)
            .unwrap();
        found.end_of_round(3);
        found.broken_off(4, "page", &["c".to_owned()]).unwrap();

        let told = found.told();
        assert_eq!(told[1], "Failed 2 times, in round 2, 3: page: a › b");
        assert!(told.contains(&"Failed 1 times, in round 4: page: c".to_owned()));
        assert!(told.iter().any(|line| line.contains("wasm: the runner")));
        assert!(told[4].starts_with("3 of 5 rounds done, 1 without a failure"));
        assert_eq!(found.total, Tally::passed(7).plus(Tally::failed(4)));

        let text = fs::read_to_string(folder.join("rounds.jsonl")).unwrap();
        let lines: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines.len(), 5);
        let second = json!({ "round": 2, "part": "page", "passed": 2, "failed": 1, "seconds": 7, "names": ["a › b"] });
        assert_eq!(lines[1], second);
        assert_eq!(lines[4]["brokenOff"], true);
        fs::remove_dir_all(folder).unwrap();
    }
}
