//! wasm-opt, as the release build uses it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::cache;
use crate::command;
use crate::node;
use crate::project::Project;
use crate::wasm::Flavour;

/// Twice, for the second run still finds something; then functions in the order of their names, for
/// what is alike compresses well side by side. The lowest kilobyte is the end of the stack, which
/// rustc puts first: nothing is addressed there on purpose.
///
/// The features are those that rustc emits, by name: with `--all-features` the result needs more
/// than the engines have that it shall run in.
const OPTIONS: &[&str] = &[
    "--low-memory-unused",
    // More bytes, but fewer once compressed: small functions are alike, locals that stand for what
    // is computed twice are not.
    "--one-caller-inline-max-function-size=0",
    "--skip-pass=local-cse",
    "-Oz",
    "-Oz",
    "--reorder-functions-by-name",
    "--reorder-locals",
    "--strip-debug",
    "--strip-producers",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Makes the wasm of a glue folder smaller; returns a folder with that one file.
pub(crate) fn run(project: &Project, flavour: Flavour, glue: &Path) -> Result<PathBuf> {
    let name = format!("{}_bg.wasm", flavour.name());
    let input = glue.join(&name);
    let out = project.target("glue/optimised").join(flavour.name());
    let key = format!(
        "{} {} {}",
        version(project)?,
        OPTIONS.join(" "),
        cache::digest(&input)?
    );
    cache::once_per(&key, &out, || {
        println!("Optimising {}", flavour.name());
        let mut wasm_opt = node::tool(project, "binaryen/bin/wasm-opt");
        wasm_opt
            .arg(&input)
            .args(OPTIONS)
            .arg("-o")
            .arg(out.join(&name));
        command::run(&mut wasm_opt)
    })?;
    Ok(out)
}

fn version(project: &Project) -> Result<String> {
    let file = project.source("node_modules/binaryen/package.json");
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let manifest: Value = serde_json::from_str(&text)?;
    let version = manifest.get("version").and_then(Value::as_str);
    Ok(format!("binaryen {}", version.unwrap_or_default()))
}
