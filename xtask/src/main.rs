//! The project's commands, run as `cargo xtask <command>`.
//!
//! In reading order: [`project`] knows where things are; [`wasm`] turns the crate into wasm and its
//! JavaScript glue; [`optimise`] makes that small; [`folder`] and [`assemble`] put the published
//! folders together; [`server`] serves one; [`mod@test`] runs every check there is. The files named
//! like commands hold the commands.

#![allow(
    clippy::disallowed_methods,
    reason = "the ban on clocks holds for the crate; a tool may time its own steps"
)]

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use project::Project;

mod assemble;
mod bench;
mod browser;
mod build;
mod cache;
mod command;
mod folder;
mod node;
mod optimise;
mod project;
mod serve;
mod server;
mod sizes;
mod test;
mod toolchain;
mod wasm;
mod wasm_test_runner;
mod watch;

/// The commands of QoD Sandbox.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds the page and serves it on this machine, for working on it
    Serve(serve::Options),
    /// Makes what is published: dist/site and dist/npm
    Build,
    /// Runs every check and every test, and counts them
    Test(test::Options),
    /// Builds as `build` does, then measures
    Bench(bench::Options),
    /// Runs one compiled wasm test; cargo calls this, see .cargo/config.toml
    #[command(hide = true)]
    WasmTestRunner(wasm_test_runner::Options),
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<ExitCode> {
    let project = Project::locate;
    match task {
        Task::Serve(options) => serve::run(&project()?, &options)?,
        Task::Build => build::run(&project()?)?,
        Task::Test(options) => return Ok(test::run(&project()?, &options)),
        Task::Bench(options) => bench::run(&project()?, &options)?,
        // Where cargo calls it from is where it works.
        Task::WasmTestRunner(options) => wasm_test_runner::run(options)?,
    }
    Ok(ExitCode::SUCCESS)
}
