//! `cargo xtask audit`: what is known of the dependencies: licences, sources, advisories.

use anyhow::{Result, bail};

use crate::command;
use crate::node;
use crate::project::Project;
use crate::tools;

/// Folders with a lock file of npm's.
const PACKAGES: [&str; 2] = [".", "bench"];

/// Folders with a lock file of cargo's.
const CRATES: [&str; 2] = [".", "fuzz"];

pub(crate) fn run(project: &Project) -> Result<()> {
    let mut failed = Vec::new();
    for folder in CRATES {
        // Advisories come from a repository that not every machine reaches: on their own.
        for checks in [&["bans", "licenses", "sources"][..], &["advisories"]] {
            let mut deny = tools::ready(project, &tools::DENY)?;
            deny.args(["--manifest-path"])
                .arg(project.source(folder).join("Cargo.toml"))
                .arg("--config")
                .arg(project.source("deny.toml"))
                .arg("check")
                .args(checks);
            note(&mut failed, folder, &mut deny);
        }
    }
    for folder in PACKAGES {
        let mut audit = node::npm(project);
        audit.args(["audit", "--prefix", folder]);
        note(&mut failed, folder, &mut audit);
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!("{}", failed.join("\n       "))
}

/// Runs all of them, also after one that failed.
fn note(failed: &mut Vec<String>, folder: &str, command: &mut std::process::Command) {
    println!("\n=== {} in {folder}", command::line(command));
    if let Err(error) = command::run(command) {
        failed.push(format!("in {folder}: {error:#}"));
    }
}
