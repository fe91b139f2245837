//! The tests of the npm package, run by Node.

use std::fs;

use anyhow::Result;

use super::step;
use super::tally::Tally;
use crate::folder;
use crate::node;
use crate::project::Project;

/// Runs every `*.test.mjs` of `tests/node`, named one by one: versions of Node differ in what a
/// folder means to them.
pub(super) fn tests(project: &Project) -> Result<Tally> {
    let mut files = folder::files_below(&project.source("tests/node"))?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    let report = project.target("test-reports/node.tap");
    if let Some(folder) = report.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut node = node::node(project);
    node.arg("--test")
        // To be read by people …
        .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
        // … and to be counted.
        .arg("--test-reporter=tap")
        .arg(format!("--test-reporter-destination={}", report.display()))
        .args(files);
    step::reported(&mut node, &report, Tally::of_tap)
}
