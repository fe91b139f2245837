//! `cargo xtask coverage`: which lines of the backend the native tests run.

use std::fs;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::command;
use crate::project::Project;
use crate::tools;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Name the lines that no test runs
    #[arg(long)]
    lines: bool,
}

/// What is looked at.
const FLOORS: [&str; 3] = ["engine", "api", "sandbox"];

/// How much must be, in percent.
const GOAL: f64 = 95.0;

#[derive(Default)]
struct Count {
    run: usize,
    all: usize,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let folder = project.target("coverage");
    fs::create_dir_all(&folder)?;
    let mut tarpaulin = tools::ready(project, &tools::TARPAULIN)?;
    tarpaulin
        .args([
            "--engine",
            "llvm",
            "--skip-clean",
            "--timeout",
            "600",
            "--out",
            "json",
            "--lib",
        ])
        .args([
            "--features",
            "tower",
            "--exclude-files",
            "tests/*",
            "--output-dir",
        ])
        .arg(&folder)
        .arg("--target-dir")
        .arg(project.target("coverage-build"));
    for test in tests(project)? {
        tarpaulin.args(["--test", &test]);
    }
    command::run(&mut tarpaulin)?;
    let report = fs::read_to_string(folder.join("tarpaulin-report.json"))?;
    let report: Value = serde_json::from_str(&report)?;
    let mut total = Count::default();
    for floor in FLOORS {
        let count = floor_of(&report, floor, options.lines)?;
        println!("src/{floor}: {}", count.text());
        total.run += count.run;
        total.all += count.all;
    }
    println!("all three: {}", total.text());
    ensure!(total.share() >= GOAL, "it must be {GOAL} % at least");
    Ok(())
}

/// All native tests but that of the example, which is another program.
fn tests(project: &Project) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(project.source("tests"))? {
        let path = entry?.path();
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let is_file = path.extension().is_some_and(|ending| ending == "rs");
        if (is_file || path.join("main.rs").is_file()) && name != "serve_example" {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn floor_of(report: &Value, floor: &str, names: bool) -> Result<Count> {
    let mut count = Count::default();
    let files = report["files"]
        .as_array()
        .context("the report has no files")?;
    for file in files {
        let path = path_of(file);
        let inside = path.contains(&format!("/src/{floor}/"));
        if !inside && !path.ends_with(&format!("/src/{floor}.rs")) {
            continue;
        }
        let mut missed = Vec::new();
        for trace in file
            .get("traces")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            count.all += 1;
            if trace.pointer("/stats/Line").and_then(Value::as_u64) > Some(0) {
                count.run += 1;
            } else {
                missed.extend(trace.get("line").map(Value::to_string));
            }
        }
        if names && !missed.is_empty() {
            let short = path
                .rsplit_once("/src/")
                .map_or(path.as_str(), |(_, short)| short);
            println!("  src/{short}: {}", missed.join(", "));
        }
    }
    ensure!(count.all > 0, "the report has no line of src/{floor}");
    Ok(count)
}

/// A path is a list of its parts.
fn path_of(file: &Value) -> String {
    let parts = file
        .get("path")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let parts: Vec<_> = parts.filter_map(Value::as_str).collect();
    parts.join("/")
}

impl Count {
    #[allow(clippy::cast_precision_loss, reason = "lines are few")]
    fn share(&self) -> f64 {
        100.0 * self.run as f64 / self.all.max(1) as f64
    }

    fn text(&self) -> String {
        format!("{:.1} % ({} of {} lines)", self.share(), self.run, self.all)
    }
}
