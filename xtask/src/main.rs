//! The project's commands, run as `cargo xtask <command>`.
//!
//! In reading order: [`project`] knows where things are; [`wasm`] turns the crate into wasm and its
//! JavaScript glue; [`optimise`] makes that small, [`bundle`] the modules; [`folder`] and
//! [`assemble`] put the published folders together; [`server`] serves one; [`mod@test`] runs every check there is. The files named
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
mod audit;
mod bench;
mod breakdown;
mod browser;
mod budget;
mod build;
mod bundle;
mod cache;
mod command;
mod conformance;
mod coverage;
mod debian;
mod firefox;
mod folder;
mod function_name;
mod fuzz;
mod hints;
mod integrity;
mod model;
mod mutants;
mod node;
mod optimise;
mod pages;
mod paths;
mod project;
mod release_check;
mod serve;
mod server;
mod shorten;
mod shots;
mod sizes;
mod style;
mod test;
mod toolchain;
mod tools;
mod vendor;
mod wasm;
mod wasm_test_runner;
mod watch;
mod webkit;
#[cfg(test)]
mod workflows;

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
    /// Makes what is published: dist/site and dist/npm, and their hashes
    Build(build::Options),
    /// Builds as `build` does, then holds what is sent over the wire against its budgets
    Budget(budget::Options),
    /// Runs every check and every test, and counts them
    Test(test::Options),
    /// Lets the backend answer beside a naive one, for very many random commands
    Model(model::Options),
    /// Hands anything at all to every door, for a while
    Fuzz(fuzz::Options),
    /// Shows how many lines of the backend the native tests run
    Coverage(coverage::Options),
    /// Changes the backend's code in every way that a test should notice; long
    Mutants(mutants::Options),
    /// Sees what is known of the dependencies: licences, sources, advisories
    Audit,
    /// Builds as `build` does, then shows what the wasm consists of
    Sizes(breakdown::Options),
    /// Builds as `build` does, then measures
    Bench(bench::Options),
    /// Builds as `build` does, then makes the pictures in docs/ anew
    Shots,
    /// Builds as `build` does, then has Schemathesis (Python) look for answers that its document does not allow
    Conformance(conformance::Options),
    /// Builds as `build` does, then makes dist/pages: the site, and a folder for each version
    Pages,
    /// Sees whether a tag may be published: its version, and what the changelog says of it
    ReleaseCheck(release_check::Options),
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
        Task::Build(options) => build::run(&project()?, &options)?,
        Task::Budget(options) => budget::run(&project()?, &options)?,
        Task::Test(options) => return Ok(test::run(&project()?, &options)),
        Task::Model(options) => model::run(&project()?, &options)?,
        Task::Fuzz(options) => drop(fuzz::run(&project()?, &options)?),
        Task::Coverage(options) => coverage::run(&project()?, &options)?,
        Task::Mutants(options) => mutants::run(&project()?, &options)?,
        Task::Audit => audit::run(&project()?)?,
        Task::Sizes(options) => breakdown::run(&project()?, &options)?,
        Task::Bench(options) => bench::run(&project()?, &options)?,
        Task::Shots => shots::run(&project()?)?,
        Task::Conformance(options) => conformance::run(&project()?, &options)?,
        Task::Pages => pages::run(&project()?)?,
        Task::ReleaseCheck(options) => release_check::run(&project()?, &options)?,
        // Where cargo calls it from is where it works.
        Task::WasmTestRunner(options) => wasm_test_runner::run(options)?,
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Cli;

    const README: &str = include_str!("../../README.md");

    #[test]
    fn the_commands_and_flags_of_the_readme_exist() {
        let cli = Cli::command();
        let mut named = 0;
        for after in README.split("cargo xtask ").skip(1) {
            let command = after.split(|c: char| !c.is_ascii_alphanumeric()).next();
            assert!(
                command.is_some_and(|name| cli.find_subcommand(name).is_some()),
                "{command:?}"
            );
            named += 1;
        }
        assert!(named >= 3, "{named}");
        for flag in README
            .split("`--")
            .skip(1)
            .filter_map(|after| after.split('`').next())
        {
            let takes = |command: &clap::Command| {
                command
                    .get_arguments()
                    .any(|arg| arg.get_long() == Some(flag))
            };
            assert!(cli.get_subcommands().any(takes), "--{flag}");
        }
    }
}
