//! `cargo xtask bench`: how fast, how large and how smooth the published build is.
//!
//! Each measurement is a script in `bench/`; what they report becomes one table, in the terminal, as
//! `bench/results.json` and in `BENCHMARKS.md`.

use std::fs;

use anyhow::{Context as _, Result};
use clap::ValueEnum as _;
use serde_json::json;

use crate::breakdown;
use crate::browser;
use crate::budget;
use crate::build;
use crate::command;
use crate::node;
use crate::project::Project;

/// What is measured, each by a script of its name in `bench/`.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Measure {
    /// What a call costs, beside MSW, Prism and the floors
    Calls,
    /// What a call costs in Rust
    Native,
    /// What an operation costs when many sessions are live already
    Growth,
    /// How long a day and 100,000 deadlines in a second take
    Storms,
    /// How long they block a page
    Blocked,
    /// What sessions take of memory
    Memory,
    /// How large what is published is, and what it is made of
    Sizes,
    /// How long a page takes until it answers, beside other mocks
    Start,
    /// How smooth the console is with 10,000 sessions
    Frames,
    /// What one event changes in the console
    Renders,
    /// How long 10,000 notifications take to reach a handler
    Deliveries,
    /// How long it takes to set the clock back
    Rewind,
    /// How long `serve` and `test` take from a fresh clone; only when named; half an hour
    Build,
    /// Whether 30 days in a browser, in ten minutes, lose or delay nothing and take no more memory; only when named
    Soak,
}

impl Measure {
    /// Whether it is so long that it has to be named.
    const fn is_long(self) -> bool {
        matches!(self, Self::Build | Self::Soak)
    }

    fn name(self) -> Result<String> {
        let value = self.to_possible_value().context("it has a name")?;
        Ok(value.get_name().to_owned())
    }
}

#[derive(clap::Args)]
pub(crate) struct Options {
    /// What to measure; all but the long ones if left out, and the table is written
    #[arg(value_enum)]
    measures: Vec<Measure>,
    /// Write what was measured into the table, in the place of what it says now
    #[arg(long)]
    write: bool,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    build::make(project)?;
    node::ensure_peers(project)?;
    let all = options.measures.is_empty();
    let wanted =
        |measure: &Measure| options.measures.contains(measure) || (all && !measure.is_long());
    let rows = project.target("bench/rows");
    if rows.is_dir() {
        fs::remove_dir_all(&rows)?;
    }
    let chromium = browser::ensure()?.chromium;
    for measure in Measure::value_variants().iter().filter(|one| wanted(one)) {
        if *measure == Measure::Sizes {
            write_sizes(project)?;
        }
        let mut node = node::node(project);
        node.arg(format!("bench/{}.mjs", measure.name()?))
            .env("QOD_CHROMIUM", &chromium)
            .env("QOD_BENCH_OUT", &rows);
        command::run(&mut node)?;
    }
    if all || options.write {
        let mut render = node::node(project);
        render.arg("bench/render.mjs").arg(&rows);
        if all {
            render.arg("--all");
        }
        command::run(&mut render)?;
    }
    Ok(())
}

/// For the script that reports them.
fn write_sizes(project: &Project) -> Result<()> {
    let sizes = json!({
        "artefacts": budget::measured(project)?,
        "wasm": breakdown::to_json(project)?,
    });
    let file = project.target("bench/sizes.json");
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&file, format!("{sizes:#}\n")).context("cannot write the sizes")
}
