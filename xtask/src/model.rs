//! `cargo xtask model`: the sandbox beside the naive operator of `tests/reference`, for many commands.

use anyhow::Result;

use crate::command;
use crate::project::Project;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many random commands
    #[arg(long, default_value_t = Self::default().commands)]
    commands: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            commands: 1_000_000,
        }
    }
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    // As fast as a test can be, with the checks that a test has.
    let mut cargo = project.cargo("test --profile bench --test reference");
    cargo
        .env("QOD_COMMANDS", options.commands.to_string())
        .env("CARGO_PROFILE_BENCH_DEBUG_ASSERTIONS", "true")
        .env("CARGO_PROFILE_BENCH_OVERFLOW_CHECKS", "true")
        .env("CARGO_PROFILE_BENCH_LTO", "false")
        .env("CARGO_PROFILE_BENCH_PANIC", "unwind");
    command::run(&mut cargo)?;
    println!(
        "{} commands: same answers, same notifications, same order",
        options.commands
    );
    Ok(())
}
