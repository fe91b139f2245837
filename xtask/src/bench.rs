//! `cargo xtask bench`: how fast the published build is.

use anyhow::Result;

use crate::build;
use crate::command;
use crate::node;
use crate::project::Project;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Passed on to bench/advance.mjs
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    build::make(project)?;
    let mut node = node::node(project);
    command::run(node.arg("bench/advance.mjs").args(&options.arguments))
}
