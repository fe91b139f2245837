//! `cargo xtask budget`: what is sent over the wire, held against what it may be.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value, json};

use crate::build;
use crate::bundle::Graph;
use crate::command;
use crate::hints::{CONSOLE, HEADLESS};
use crate::node;
use crate::project::Project;
use crate::sizes;
use crate::wasm::Flavour;

/// Where the budgets stand.
const FILE: &str = "bench/budgets.json";

/// How much larger something may be: compressors of other versions of Node differ by less.
const TOLERANCE: f64 = 0.01;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Write the sizes as they are now into the file, as budgets from now on
    #[arg(long)]
    set: bool,
}

/// Builds, and says how large everything is beside its budget.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    build::make(project)?;
    if !options.set {
        return check(project);
    }
    let text = format!("{}\n", serde_json::to_string_pretty(&measured(project)?)?);
    fs::write(project.source(FILE), text)?;
    println!("Wrote {FILE}");
    Ok(())
}

/// Prints what was built beside its budget.
///
/// # Errors
/// When something is larger, or has no budget, or a budget is of nothing that there is.
pub(crate) fn check(project: &Project) -> Result<()> {
    let text = fs::read_to_string(project.source(FILE))
        .with_context(|| format!("cannot read {FILE}: make it with `cargo xtask budget --set`"))?;
    let budgets: Value = serde_json::from_str(&text).context(FILE)?;
    let (table, wrong) = compare(&measured(project)?, &budgets);
    print!("{table}");
    if wrong.is_empty() {
        return Ok(());
    }
    bail!(
        "{}\nFind what made it larger; where it is worth that, `cargo xtask budget --set` writes the new sizes into {FILE}",
        wrong.join("\n")
    )
}

/// Every size, by artefact and compression: what a page loads is the sum of its files.
pub(crate) fn measured(project: &Project) -> Result<Value> {
    let graph = Graph::read(project)?;
    let [headless, console] =
        Flavour::ALL.map(|flavour| format!("glue/{}_bg.wasm", flavour.name()));
    let modules = |starts: &[&str]| -> Result<Vec<String>> {
        Ok(graph
            .closure(starts)?
            .into_iter()
            .map(str::to_owned)
            .collect())
    };
    let with = |mut files: Vec<String>, file: &String| {
        files.push(file.clone());
        files
    };
    let artefacts = [
        ("headless", with(modules(&[HEADLESS])?, &headless)),
        ("element, before it is near", modules(&["element.js"])?),
        (
            "console",
            with(modules(&["element.js", CONSOLE])?, &console),
        ),
        (
            "frame of a sample",
            with(modules(&["element/running.js"])?, &"run.html".to_owned()),
        ),
        ("headless.wasm", vec![headless.clone()]),
        ("console.wasm", vec![console.clone()]),
    ];
    let mut sizes = Map::new();
    for (name, files) in artefacts {
        let files: Vec<PathBuf> = files
            .iter()
            .map(|file| project.dist("npm").join(file))
            .collect();
        let (mut gzip, mut brotli) = (0, 0);
        for [_, zipped, smaller] in sizes::measure(project, &files)? {
            gzip += zipped;
            brotli += smaller;
        }
        sizes.insert(name.to_owned(), json!({ "brotli": brotli, "gzip": gzip }));
    }
    sizes.insert(
        "npm package".to_owned(),
        json!({ "gzip": packed(project)? }),
    );
    Ok(Value::Object(sizes))
}

/// The size of the package as npm sends it.
fn packed(project: &Project) -> Result<Value> {
    let mut pack = node::npm(project);
    pack.args(["pack", "--dry-run", "--json", "--ignore-scripts"])
        .arg(project.dist("npm"));
    let said: Value = serde_json::from_str(&command::output(&mut pack)?)?;
    said.pointer("/0/size")
        .cloned()
        .context("`npm pack` tells no size")
}

/// A table of all sizes, and what is wrong with them.
fn compare(sizes: &Value, budgets: &Value) -> (String, Vec<String>) {
    let mut table = format!("{:<28} {:<7} {:>9} {:>9}\n", "bytes", "", "size", "budget");
    let mut wrong = Vec::new();
    for (name, compression, size) in leaves(sizes) {
        let budget = budgets
            .get(name)
            .and_then(|budget| budget.get(compression)?.as_f64());
        let Some(budget) = budget else {
            wrong.push(format!("{name}, {compression}: there is no budget for it"));
            continue;
        };
        let share = (size / budget - 1.0) * 100.0;
        let _ = writeln!(
            table,
            "{name:<28} {compression:<7} {size:>9} {budget:>9} {share:>+6.1} %"
        );
        if size > budget * (1.0 + TOLERANCE) {
            let over = size - budget;
            wrong.push(format!(
                "{name}, {compression}: {size} bytes are {over} ({share:.1} %) over the budget of {budget}"
            ));
        }
    }
    for (name, compression, _) in leaves(budgets) {
        if sizes
            .get(name)
            .and_then(|size| size.get(compression))
            .is_none()
        {
            wrong.push(format!(
                "{name}, {compression}: a budget of nothing that is built"
            ));
        }
    }
    (table, wrong)
}

fn leaves(sizes: &Value) -> impl Iterator<Item = (&str, &str, f64)> {
    let all = sizes.as_object().into_iter().flatten();
    all.flat_map(|(name, by)| {
        let by = by.as_object().into_iter().flatten();
        by.map(move |(compression, size)| {
            (
                name.as_str(),
                compression.as_str(),
                size.as_f64().unwrap_or(f64::NAN),
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::compare;

    #[test]
    fn what_is_over_its_budget_is_named() {
        let sizes = json!({ "a": { "brotli": 1011, "gzip": 1010 }, "b": { "gzip": 5 } });
        let budgets = json!({ "a": { "brotli": 1000, "gzip": 1000 }, "c": { "gzip": 1 } });
        let (table, wrong) = compare(&sizes, &budgets);
        assert_eq!(
            wrong,
            [
                "a, brotli: 1011 bytes are 11 (1.1 %) over the budget of 1000",
                "b, gzip: there is no budget for it",
                "c, gzip: a budget of nothing that is built",
            ]
        );
        assert_eq!(table.lines().count(), 3);
    }

    #[test]
    fn less_is_no_fault() {
        let (_, wrong) = compare(
            &json!({ "a": { "gzip": 1 } }),
            &json!({ "a": { "gzip": 2 } }),
        );
        assert!(wrong.is_empty());
    }
}
