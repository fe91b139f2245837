//! The parts of the Rust toolchain that a fresh machine may lack.
//!
//! `rust-toolchain.toml` names them and rustup installs them by itself, unless it was told not to.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::command;
use crate::project::Project;
use crate::wasm::TARGET;

/// Installs the standard library for wasm where it is missing.
pub(crate) fn ensure_wasm_target(project: &Project) -> Result<()> {
    if has_wasm_target() {
        return Ok(());
    }
    rustup(project, &["target", "add", TARGET])
}

/// Installs clippy and rustfmt where they are missing.
pub(crate) fn ensure_components(project: &Project) -> Result<()> {
    for (component, subcommand) in [("clippy", "clippy"), ("rustfmt", "fmt")] {
        if command::ask(&mut project.cargo(&format!("{subcommand} --version"))).is_none() {
            rustup(project, &["component", "add", component])?;
        }
    }
    Ok(())
}

fn has_wasm_target() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    let mut ask = Command::new(rustc);
    ask.args(["--print", "target-libdir", "--target", TARGET]);
    command::ask(&mut ask).is_some_and(|folder| Path::new(&folder).is_dir())
}

fn rustup(project: &Project, arguments: &[&str]) -> Result<()> {
    let mut install = Command::new("rustup");
    install.args(arguments).current_dir(project.source("."));
    println!("Installing: {}", command::line(&install));
    ensure!(
        command::ask(Command::new("rustup").arg("--version")).is_some(),
        "this needs `{}`, and there is no rustup here: install that part of the toolchain by hand",
        arguments.join(" ")
    );
    command::run(&mut install)
}
