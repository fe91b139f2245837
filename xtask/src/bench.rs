//! `cargo xtask bench`: how fast the published build is.

use anyhow::Result;
use clap::ValueEnum as _;

use crate::browser;
use crate::build;
use crate::command;
use crate::node;
use crate::project::Project;

/// What is measured, each by a script of its name in `bench/`.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Measure {
    /// How long `advance` takes over a day
    Advance,
    /// How long 10,000 notifications take to reach a handler
    Deliveries,
    /// How long it takes to set the clock back
    Rewind,
    /// What 30 days take of memory; minutes
    Soak,
    /// What a create costs when many sessions are live already
    Growth,
    /// How smooth the console is with 10,000 sessions; in Chromium
    Frames,
}

#[derive(clap::Args)]
pub(crate) struct Options {
    /// What to measure; all of it if left out
    #[arg(value_enum)]
    measures: Vec<Measure>,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    build::make(project)?;
    for measure in Measure::value_variants() {
        if options.measures.is_empty() || options.measures.contains(measure) {
            let name = measure.to_possible_value().unwrap_or_default();
            let script = format!("bench/{}.mjs", name.get_name());
            let mut node = node::node(project);
            if *measure == Measure::Frames {
                node.env("QOD_CHROMIUM", browser::ensure()?.chromium);
            }
            command::run(node.arg(script))?;
        }
    }
    Ok(())
}
