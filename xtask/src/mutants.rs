//! `cargo xtask mutants`: whether a test notices when the code of the backend is another.

use anyhow::Result;

use crate::command;
use crate::project::Project;
use crate::tools;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// One of so many parts, such as 3/20; all of it takes a day on two cores
    #[arg(long)]
    shard: Option<String>,
    /// Go on where the last run ended: leave out what was caught before
    #[arg(long)]
    iterate: bool,
    /// How many at the same time
    #[arg(long, default_value_t = 2)]
    jobs: u32,
    /// Only in these files
    files: Vec<String>,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let mut mutants = tools::ready(project, &tools::MUTANTS)?;
    mutants
        .args(["mutants", "--jobs", &options.jobs.to_string(), "--output"])
        .arg(project.target("mutants"));
    if let Some(shard) = &options.shard {
        mutants.args(["--shard", shard]);
    }
    if options.iterate {
        mutants.arg("--iterate");
    }
    for file in &options.files {
        mutants.args(["--file", file]);
    }
    command::run(&mut mutants)
}
