//! Node and the tools of `package.json`.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context as _, Result, ensure};

use crate::command;
use crate::project::Project;

pub(crate) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Node, started at the top of the project.
pub(crate) fn node(project: &Project) -> Command {
    let mut node = Command::new("node");
    node.current_dir(project.source("."));
    node
}

/// Node running a tool of `node_modules`; called by its file, for `npx` would fetch what is
/// missing.
pub(crate) fn tool(project: &Project, script: &str) -> Command {
    let mut node = node(project);
    node.arg(Path::new("node_modules").join(script));
    node
}

/// npm, started at the top of the project.
pub(crate) fn npm(project: &Project) -> Command {
    let mut npm = Command::new(NPM);
    npm.current_dir(project.source("."));
    npm
}

/// Installs what `package-lock.json` names, unless it is there already.
pub(crate) fn ensure_modules(project: &Project) -> Result<()> {
    ensure_installed(project, ".", &[], "the tools of package.json")
}

/// The same for what the sandbox is measured beside. None of it needs its scripts.
pub(crate) fn ensure_peers(project: &Project) -> Result<()> {
    let options = &["--ignore-scripts"];
    ensure_installed(project, "bench", options, "the peers of bench/package.json")
}

fn ensure_installed(project: &Project, folder: &str, options: &[&str], what: &str) -> Result<()> {
    let file = |name: &str| modified(&project.source(folder).join(name));
    let installed = file("node_modules/.package-lock.json");
    if installed.is_some() && installed >= file("package-lock.json") {
        return Ok(());
    }
    ensure!(
        command::ask(Command::new("node").arg("--version")).is_some(),
        "this needs Node 20 or newer: install it, with npm"
    );
    println!("Installing {what}");
    let mut npm = npm(project);
    npm.args(["ci", "--no-audit", "--no-fund", "--prefix", folder])
        .args(options)
        // The tests drive the system's browser.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command::run(&mut npm).with_context(|| format!("cannot install {what}"))
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}
