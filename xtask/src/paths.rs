//! The folders of this machine, which panics name: same sources, same bytes, wherever they are built.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::command;
use crate::project::Project;

/// For cargo's `--config`: what rustc is to write in the place of folders. It is added to the flags of
/// `.cargo/config.toml`.
pub(crate) fn config(project: &Project, target: &str) -> Result<String> {
    let flags: Vec<_> = names(project)?
        .into_iter()
        .map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()))
        .collect();
    // A JSON array of texts is a TOML array, too.
    Ok(format!(
        "target.{target}.rustflags = {}",
        serde_json::to_string(&flags)?
    ))
}

/// Folders and the names that they get. The last one that fits counts: rustc reads them like that.
fn names(project: &Project) -> Result<Vec<(PathBuf, String)>> {
    let mut names = vec![
        (project.source(""), "qod-sandbox".to_owned()),
        (project.target(""), "target".to_owned()),
    ];
    names.extend(
        shelves(project)?
            .into_iter()
            .map(|folder| (folder, "crates".to_owned())),
    );
    names.push(library()?);
    Ok(names)
}

/// Where the sources of the crates are: a registry's folder is called by its address and a hash.
fn shelves(project: &Project) -> Result<BTreeSet<PathBuf>> {
    let mut metadata = project.cargo("metadata --format-version 1 --quiet");
    let metadata: Value = serde_json::from_str(&command::output(&mut metadata)?)?;
    let packages = metadata.get("packages").and_then(Value::as_array);
    let folder = |package: &Value| {
        // Those of this workspace have no source.
        package.get("source")?.as_str()?;
        let manifest = Path::new(package.get("manifest_path")?.as_str()?);
        Some(manifest.parent()?.parent()?.to_path_buf())
    };
    Ok(packages
        .context("`cargo metadata` names no packages")?
        .iter()
        .filter_map(folder)
        .collect())
}

/// The sources of the standard library are here only if the component `rust-src` is installed; they get
/// the name that they have without it.
fn library() -> Result<(PathBuf, String)> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    let ask = |argument: &[&str]| command::output(Command::new(&rustc).args(argument));
    let version = ask(&["-vV"])?;
    let commit = version
        .lines()
        .find_map(|line| line.strip_prefix("commit-hash: "))
        .context("`rustc -vV` names no commit")?;
    let sysroot = ask(&["--print", "sysroot"])?;
    Ok((
        Path::new(sysroot.trim()).join("lib/rustlib/src/rust"),
        format!("/rustc/{commit}"),
    ))
}
