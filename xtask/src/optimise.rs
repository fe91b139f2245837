//! What makes the release build small: wasm-opt for the wasm, esbuild for its glue.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::cache;
use crate::command;
use crate::node;
use crate::project::Project;
use crate::shorten;
use crate::wasm::Flavour;

/// Twice, for the second run still finds something; then functions in the order of their names, for
/// what is alike compresses well side by side. The lowest kilobyte is the end of the stack, which
/// rustc puts first: nothing is addressed there on purpose.
///
/// The features are those that rustc emits, by name: with `--all-features` the result needs more
/// than the engines have that it shall run in.
const OPTIONS: &[&str] = &[
    "--low-memory-unused",
    // More bytes, but fewer once compressed: small functions are alike, and so are expressions that go
    // through a local each; locals that stand for what is computed twice are not.
    "--one-caller-inline-max-function-size=0",
    "--skip-pass=local-cse",
    "--skip-pass=simplify-locals",
    "--skip-pass=memory-packing",
    "-Oz",
    "-Oz",
    "--reorder-functions-by-name",
    "--reorder-locals",
    "--strip-producers",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Makes the wasm of a glue folder smaller, and the names between it and its glue shorter; returns a folder with both of them.
pub(crate) fn run(project: &Project, flavour: Flavour, glue: &Path) -> Result<PathBuf> {
    let name = flavour.name();
    let (js, wasm) = (format!("{name}.js"), format!("{name}_bg.wasm"));
    let out = project.target("glue/optimised").join(name);
    let key = format!(
        "{} {} --strip-debug {} {}",
        version(project)?,
        OPTIONS.join(" "),
        cache::digest(&glue.join(&js))?,
        cache::digest(&glue.join(&wasm))?
    );
    cache::once_per(&key, &out, || {
        println!("Optimising {name}");
        let (js, wasm) = (out.join(&js), out.join(&wasm));
        for file in [&js, &wasm] {
            fs::copy(glue.join(file.file_name().unwrap_or_default()), file)?;
        }
        shorten::imports(&wasm, &js)?;
        wasm_opt(project, &wasm, &wasm, "--strip-debug")
    })?;
    Ok(out)
}

/// The same wasm, but that its functions have their names still, for people to see what is in it.
pub(crate) fn with_names(project: &Project, flavour: Flavour, glue: &Path) -> Result<PathBuf> {
    let wasm = format!("{}_bg.wasm", flavour.name());
    let out = project.target("glue/named").join(flavour.name());
    let key = format!(
        "{} {} {}",
        version(project)?,
        OPTIONS.join(" "),
        cache::digest(&glue.join(&wasm))?
    );
    cache::once_per(&key, &out, || {
        println!("Optimising {} with names", flavour.name());
        wasm_opt(project, &glue.join(&wasm), &out.join(&wasm), "--debuginfo")
    })?;
    Ok(out.join(wasm))
}

fn wasm_opt(project: &Project, input: &Path, output: &Path, names: &str) -> Result<()> {
    let mut wasm_opt = node::tool(project, "binaryen/bin/wasm-opt");
    wasm_opt.arg(input).args(OPTIONS).arg(names);
    command::run(wasm_opt.arg("-o").arg(output))
}

fn version(project: &Project) -> Result<String> {
    let file = project.source("node_modules/binaryen/package.json");
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let manifest: Value = serde_json::from_str(&text)?;
    let version = manifest.get("version").and_then(Value::as_str);
    Ok(format!("binaryen {}", version.unwrap_or_default()))
}
