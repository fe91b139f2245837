//! `cargo xtask test --repeat N`: the tests that take a browser, round after round, to find those that fail now and then.
//!
//! Rounds rather than Playwright's `--repeat-each`: each is what a run of all tests is, with browsers of its own, the tests
//! in wasm are in it, and what was found is told and kept after each, not at the end of all.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use super::browsers::{Browsers, In, Kind};
use super::found::Found;
use super::in_browser::{PageTests, WasmTests};
use super::interrupt::Interrupt;
use super::tally::Tally;
use crate::build;
use crate::project::Project;

/// What it runs, all of it made before the first round.
struct Tests {
    wasm: WasmTests,
    page: PageTests,
}

/// Runs the rounds, also after a failure; the last line it prints is the count over all of them.
pub(super) fn run(project: &Project, rounds: u32) -> ExitCode {
    match rounds_of(project, rounds) {
        Ok(found) => found.finish(),
        Err(error) => {
            println!("error: {error:#}");
            Tally::failed(1).conclude()
        }
    }
}

fn rounds_of(project: &Project, rounds: u32) -> Result<Found> {
    build::make(project)?;
    let tests = Tests {
        wasm: WasmTests::compile(project)?,
        page: PageTests::serve(project)?,
    };
    let browsers = Browsers::new(project);
    let parts = parts(&browsers)?;
    let folder = project.target("test-reports/repeat");
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    let mut found = Found::begin(&folder, rounds)?;
    let interrupt = Interrupt::watch()?;
    for round in 1..=rounds {
        for (name, browser, wasm) in &parts {
            println!("\n=== Round {round} of {rounds}: {name}");
            let start = Instant::now();
            let mut failed = Vec::new();
            let left = folder.join(format!("{round}-{}", name.replace(' ', "-")));
            let outcome = if *wasm {
                tests.wasm.run(project, *browser, &mut failed)
            } else {
                tests.page_tests(project, *browser, &left, &mut failed)
            };
            if interrupt.came() {
                found.broken_off(round, name, &failed)?;
                return Ok(found);
            }
            found.add(round, name, outcome, failed, start.elapsed())?;
        }
        found.end_of_round(round);
    }
    Ok(found)
}

/// Each part of a round: its name, its browser, and whether it is the tests in wasm.
fn parts<'a>(browsers: &'a Browsers<'_>) -> Result<Vec<(String, In<'a>, bool)>> {
    let mut parts = Vec::new();
    for kind in Kind::ALL {
        if let Some(browser) = browsers.get(kind)? {
            parts.push((format!("wasm tests in {kind}"), browser, true));
            parts.push((format!("the page in {kind}"), browser, false));
        }
    }
    Ok(parts)
}

impl Tests {
    /// Keeps what a failure leaves, and nothing else.
    fn page_tests(
        &self,
        project: &Project,
        browser: In<'_>,
        left: &Path,
        failed: &mut Vec<String>,
    ) -> Result<Tally> {
        let tally = self.page.run(project, browser, left, failed);
        if matches!(&tally, Ok(tally) if !tally.has_failures()) && left.is_dir() {
            fs::remove_dir_all(left)?;
        }
        tally
    }
}
