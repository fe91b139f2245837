//! `cargo xtask mutants`: whether a test notices when the code of the backend is another.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::command;
use crate::project::Project;
use crate::tools;

/// The share of mutants that a test must notice, in percent.
const GOAL: f64 = 95.0;

/// What notices most of them, and is built and run soonest.
const FIRST: [&str; 2] = ["--test", "backend"];

/// What those meet that survive; a test that takes a browser or a server of its own notices nothing that these do not.
const THEN: [&str; 9] = [
    "--lib",
    "--test",
    "backend",
    "--test",
    "model",
    "--test",
    "reference",
    "--test",
    "memory",
];

/// How cargo-mutants ends: all were noticed, some were not, some took too long (which is noticing).
const ENDS: [Option<i32>; 3] = [Some(0), Some(2), Some(3)];

#[derive(clap::Args)]
pub(crate) struct Options {
    /// One of so many parts, such as 3/20; all of it takes hours on two cores
    #[arg(long)]
    shard: Option<String>,
    /// Go on where the last run ended: leave out what was caught before
    #[arg(long)]
    iterate: bool,
    /// How many at the same time
    #[arg(long, default_value_t = 2)]
    jobs: u32,
    /// Only where the path begins so, such as src/api/uri
    paths: Vec<String>,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let mut ledger = Ledger::open(project, options.iterate)?;
    ledger.add_outcomes()?;
    pass(project, options, options.iterate, &FIRST)?;
    ledger.add_outcomes()?;
    pass(project, options, true, &THEN)?;
    ledger.add_outcomes()?;

    let list = command::output(mutants(project, options)?.arg("--list"))?;
    let count = Count::of(list.lines(), &ledger.known);
    println!("{}", count.text());
    ensure!(
        count.share() >= GOAL,
        "{GOAL} % at least must be caught of them"
    );
    Ok(())
}

fn mutants(project: &Project, options: &Options) -> Result<std::process::Command> {
    let mut mutants = tools::ready(project, &tools::MUTANTS)?;
    mutants.arg("mutants");
    for path in &options.paths {
        mutants.args(["--re", &format!("^{path}")]);
    }
    if let Some(shard) = &options.shard {
        mutants.args(["--shard", shard]);
    }
    Ok(mutants)
}

fn pass(project: &Project, options: &Options, iterate: bool, tests: &[&str]) -> Result<()> {
    let mut mutants = mutants(project, options)?;
    mutants.args(["--jobs", &options.jobs.to_string(), "--output"]);
    mutants.arg(project.target("mutants"));
    if iterate {
        mutants.arg("--iterate");
    }
    mutants.arg("--").args(tests);
    let status = mutants
        .status()
        .with_context(|| command::cannot_start(&mutants))?;
    ensure!(
        ENDS.contains(&status.code()),
        "cargo-mutants ended with {status}"
    );
    Ok(())
}

/// What came of each mutant, in this run and in those that it goes on from.
struct Ledger {
    known: BTreeMap<String, String>,
    file: PathBuf,
    outcomes: PathBuf,
}

impl Ledger {
    fn open(project: &Project, goes_on: bool) -> Result<Self> {
        let folder = project.target("mutants");
        let file = folder.join("ledger.json");
        let outcomes = folder.join("mutants.out/outcomes.json");
        let known = if goes_on && file.is_file() {
            serde_json::from_str(&fs::read_to_string(&file)?)?
        } else {
            BTreeMap::new()
        };
        if !goes_on && outcomes.is_file() {
            fs::remove_file(&outcomes)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Self {
            known,
            file,
            outcomes,
        })
    }

    /// What the last pass, which may have been cut off, has found.
    fn add_outcomes(&mut self) -> Result<()> {
        if !self.outcomes.is_file() {
            return Ok(());
        }
        let found: Value = serde_json::from_str(&fs::read_to_string(&self.outcomes)?)?;
        let outcomes = found.get("outcomes").and_then(Value::as_array);
        for outcome in outcomes.into_iter().flatten() {
            // The baseline is no mutant, and has no name.
            let name = outcome.pointer("/scenario/Mutant/name");
            let summary = outcome.get("summary").and_then(Value::as_str);
            if let (Some(name), Some(summary)) = (name.and_then(Value::as_str), summary) {
                self.known.insert(name.to_owned(), summary.to_owned());
            }
        }
        fs::write(&self.file, serde_json::to_string_pretty(&self.known)?)?;
        Ok(())
    }
}

#[derive(Default)]
struct Count {
    caught: u32,
    timed_out: u32,
    unviable: u32,
    missed: Vec<String>,
    untested: u32,
}

impl Count {
    /// Of these mutants, as far as they are known.
    fn of<'a>(names: impl Iterator<Item = &'a str>, known: &BTreeMap<String, String>) -> Self {
        let mut count = Self::default();
        for name in names {
            match known.get(name).map(String::as_str) {
                Some("CaughtMutant") => count.caught += 1,
                Some("Timeout") => count.timed_out += 1,
                Some("Unviable") => count.unviable += 1,
                Some("MissedMutant") => count.missed.push(name.to_owned()),
                _ => count.untested += 1,
            }
        }
        count
    }

    fn noticed(&self) -> u32 {
        self.caught + self.timed_out
    }

    fn all(&self) -> u32 {
        self.noticed() + u32::try_from(self.missed.len()).unwrap_or(u32::MAX)
    }

    fn share(&self) -> f64 {
        f64::from(self.noticed()) * 100.0 / f64::from(self.all().max(1))
    }

    fn text(&self) -> String {
        let missed: String = self
            .missed
            .iter()
            .map(|name| format!("missed: {name}\n"))
            .collect();
        format!(
            "{missed}caught: {} of {} ({:.1} %), {} of them by their time; {} do not compile, {} were not tested",
            self.noticed(),
            self.all(),
            self.share(),
            self.timed_out,
            self.unviable,
            self.untested
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_compile_and_what_was_not_tested_does_not_count() {
        let known = [
            ("a", "CaughtMutant"),
            ("b", "Timeout"),
            ("c", "Unviable"),
            ("d", "MissedMutant"),
            ("gone", "MissedMutant"),
        ];
        let known = known.map(|(name, summary)| (name.to_owned(), summary.to_owned()));
        let count = Count::of(["a", "b", "c", "d", "e"].into_iter(), &known.into());
        assert_eq!(
            count.text(),
            "missed: d\ncaught: 2 of 3 (66.7 %), 1 of them by their time; 1 do not compile, 1 were not tested"
        );
    }
}
