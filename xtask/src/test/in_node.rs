//! The tests that Node runs: those of the npm package, and those that drive browsers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::step;
use super::tally::Tally;
use crate::folder;
use crate::node;
use crate::project::Project;

/// The tests of the package.
pub(super) fn tests(project: &Project) -> Result<Tally> {
    let report = report(project, "node")?;
    let mut node = command(project, "node", &report)?;
    step::reported(&mut node, &report, Tally::of_tap)
}

/// What a run of a folder's tests is reported in.
pub(super) fn report(project: &Project, name: &str) -> Result<PathBuf> {
    let report = project.target(&format!("test-reports/{name}.tap"));
    if let Some(folder) = report.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(report)
}

/// Runs every `*.test.mjs` of a folder of `tests`, named one by one: versions of Node differ in what a
/// folder means to them.
pub(super) fn command(project: &Project, folder: &str, report: &Path) -> Result<Command> {
    let mut files = folder::files_below(&project.source("tests").join(folder))?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    let mut node = node::node(project);
    node.arg("--test")
        // To be read by people …
        .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
        // … and to be counted.
        .arg("--test-reporter=tap")
        .arg(format!("--test-reporter-destination={}", report.display()))
        .args(files);
    Ok(node)
}
