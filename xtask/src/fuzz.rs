//! `cargo xtask fuzz`: anything at all, through every door, for as long as wanted.
//!
//! The targets in `fuzz/targets` are run by libFuzzer, each from its folder of `fuzz/corpus`; what one finds is left in
//! `fuzz/artifacts`, to become a test. The modules' own doors are those of `tests/node/anything.test.mjs`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use crate::build;
use crate::command;
use crate::folder;
use crate::node;
use crate::project::Project;
use crate::tools;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// How long in all, in seconds, shared by the targets
    #[arg(long, default_value_t = Self::default().seconds)]
    seconds: u64,
    /// Add the fewest inputs that reach all that was reached to the corpus
    #[arg(long)]
    keep: bool,
    /// Which targets: `modules` and the names in fuzz/targets; all, if none is named
    targets: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seconds: 60,
            keep: false,
            targets: Vec::new(),
        }
    }
}

/// How long one input may take, in seconds. What it may take of memory, the targets see to themselves.
const HANG: u32 = 1;

/// What the process may take with all that libFuzzer keeps, in MB.
const PROCESS: u32 = 1_024;

/// The doors that are not Rust's.
const MODULES: &str = "modules";

/// How many of them there are; each has its share of the time.
const DOORS: u64 = 5;

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let targets = chosen(project, &options.targets)?;
    let seconds = (options.seconds / u64::try_from(targets.len())?).max(1);
    let mut all = 0;
    for target in &targets {
        println!("\n=== {target}, {seconds} s");
        let executions = if target == MODULES {
            modules(project, seconds)?
        } else {
            Native::of(project, target)?.run(seconds, options.keep)?
        };
        println!("{target}: {executions} executions, none that failed");
        all += executions;
    }
    println!("\n{all} executions, none that failed: no crash, none over {HANG} s or 64 MB");
    Ok(())
}

fn chosen(project: &Project, names: &[String]) -> Result<Vec<String>> {
    let files = folder::files_below(&project.source("fuzz/targets"))?;
    let stems = files.iter().filter_map(|file| file.file_stem());
    let mut known: Vec<_> = stems
        .map(|stem| stem.to_string_lossy().into_owned())
        .collect();
    known.push(MODULES.to_owned());
    known.sort();
    for name in names {
        ensure!(
            known.contains(name),
            "there is no target {name}, but {}",
            known.join(", ")
        );
    }
    known.retain(|name| names.is_empty() || names.contains(name));
    Ok(known)
}

/// A target of libFuzzer's, and its folders.
struct Native<'a> {
    project: &'a Project,
    name: &'a str,
    corpus: PathBuf,
    grown: PathBuf,
    artifacts: PathBuf,
}

impl<'a> Native<'a> {
    fn of(project: &'a Project, name: &'a str) -> Result<Self> {
        let native = Self {
            project,
            name,
            corpus: project.source("fuzz/corpus").join(name),
            grown: project.target("fuzz").join(name),
            artifacts: project.source("fuzz/artifacts").join(name),
        };
        for folder in [&native.corpus, &native.grown, &native.artifacts] {
            fs::create_dir_all(folder)?;
        }
        Ok(native)
    }

    fn run(&self, seconds: u64, keep: bool) -> Result<u64> {
        let limits = [
            format!("-max_total_time={seconds}"),
            format!("-timeout={HANG}"),
            format!("-rss_limit_mb={PROCESS}"),
            format!("-artifact_prefix={}/", self.artifacts.display()),
            format!("-dict={}", self.project.source("fuzz/words.dict").display()),
            "-print_final_stats=1".to_owned(),
        ];
        // libFuzzer adds to the first folder.
        let said = self.call([&self.grown, &self.corpus], &limits)?;
        if keep {
            // The fewest by what code they reach, however often; they are few enough for the repository.
            let fewest = ["-set_cover_merge=1", "-use_counters=0"].map(str::to_owned);
            self.call([&self.corpus, &self.grown], &fewest)?;
        }
        executions(&said).context("libFuzzer does not say how often it ran")
    }

    /// Without a sanitizer: there is no unsafe code to watch, and the pinned compiler will do.
    fn call(&self, folders: [&Path; 2], options: &[String]) -> Result<String> {
        let build = self.project.target("fuzz-build");
        let mut fuzz = tools::ready(self.project, &tools::FUZZ)?;
        fuzz.args(["run", "--sanitizer", "none", "--target-dir"])
            .arg(&build)
            .env("CARGO_TARGET_DIR", &build)
            .arg(self.name)
            .args(folders)
            .arg("--")
            .args(options);
        let (status, said) = heard(&mut fuzz)?;
        if status.success() {
            return Ok(said);
        }
        let lines: Vec<_> = said.lines().collect();
        println!(
            "{}",
            lines
                .get(lines.len().saturating_sub(60)..)
                .unwrap_or_default()
                .join("\n")
        );
        let place = self.project.short(&self.artifacts).display();
        bail!("{} has found something: see {place}", self.name)
    }
}

/// Properties that Node holds the modules to, for so long.
fn modules(project: &Project, seconds: u64) -> Result<u64> {
    build::run(project, &build::Options::default())?;
    let mut node = node::node(project);
    node.args([
        "--test",
        "--test-reporter=spec",
        "tests/node/anything.test.mjs",
    ])
    .env("QOD_SECONDS", (seconds / DOORS).max(1).to_string());
    let said = command::output(&mut node)?;
    let counts = said
        .lines()
        .filter_map(|line| line.strip_suffix(" executions"));
    Ok(counts
        .filter_map(|line| line.split_whitespace().last()?.parse::<u64>().ok())
        .sum())
}

/// Runs it; what it says of its progress stays unseen, unless it fails.
fn heard(command: &mut Command) -> Result<(ExitStatus, String)> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .with_context(|| command::cannot_start(command))?;
    Ok((
        output.status,
        String::from_utf8_lossy(&output.stderr).into_owned(),
    ))
}

/// `stat::number_of_executed_units: 1234`
fn executions(said: &str) -> Option<u64> {
    let (_, rest) = said.rsplit_once("stat::number_of_executed_units:")?;
    rest.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::executions;

    #[test]
    fn how_often_it_ran_is_read_from_what_libfuzzer_says() {
        assert_eq!(
            executions("Done\nstat::number_of_executed_units: 77\nstat::x: 1\n"),
            Some(77)
        );
        assert_eq!(executions("Done"), None);
    }
}
