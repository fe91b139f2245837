//! `cargo xtask pages`: the site as it is published, with a folder for every version.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::build;
use crate::command;
use crate::folder::Folder;
use crate::node;
use crate::project::Project;

/// The package, as www/package.json names it.
const PACKAGE: &str = "qod-sandbox";

/// For hosts that read such a file; for others it is one more. What stands below `v/` never changes.
const HEADERS: &str = "\
/*
  Access-Control-Allow-Origin: *
/v/*
  Cache-Control: public, max-age=31536000, immutable
";

/// Makes `dist/pages`: the newest site at the top, and below `v/` the package in each version that
/// was ever published, so that no page that names one has to change.
pub(crate) fn run(project: &Project) -> Result<()> {
    build::make(project)?;
    let version = project.version()?;
    let mut pages = Folder::read(&project.dist("site"))?;
    for older in published()?.iter().filter(|older| **older != version) {
        println!("Fetching {PACKAGE} {older}");
        let package = fetch(project, older)?;
        pages.merge(&place(older), Folder::read(&package)?);
    }
    pages.merge(&place(&version), Folder::read(&project.dist("npm"))?);
    // Where this is served from, files whose names begin with an underscore are files as any.
    pages.insert(".nojekyll", "");
    pages.insert("_headers", HEADERS);
    let to = project.dist("pages");
    pages.write(&to)?;
    println!("Made {}", project.short(&to).display());
    Ok(())
}

fn place(version: &str) -> String {
    format!("v/{version}/")
}

/// The versions that npm has.
fn published() -> Result<Vec<String>> {
    let mut npm = Command::new(node::NPM);
    npm.args(["view", PACKAGE, "versions", "--json"]);
    // Where there is no such package that is said on the standard output, too.
    let answer = npm
        .output()
        .with_context(|| command::cannot_start(&npm))?
        .stdout;
    versions(&answer).with_context(|| format!("`{}`", command::line(&npm)))
}

/// What npm says: a list, one alone, or that there is no such package.
fn versions(answer: &[u8]) -> Result<Vec<String>> {
    let answer: Value = serde_json::from_slice(answer).context("did not answer in JSON")?;
    if answer.pointer("/error/code") == Some(&Value::from("E404")) {
        return Ok(Vec::new());
    }
    let all = if let Value::Array(all) = answer {
        all
    } else {
        vec![answer]
    };
    let text = |version: &Value| version.as_str().map(str::to_owned);
    let versions: Option<_> = all.iter().map(text).collect();
    versions.with_context(|| format!("answered with something else than versions: {all:?}"))
}

/// The folder of a version, taken from npm. What is there is what was published: no version changes.
fn fetch(project: &Project, version: &str) -> Result<PathBuf> {
    let folder = project.target(&format!("published/{version}"));
    let package = folder.join("node_modules").join(PACKAGE);
    if !package.is_dir() {
        install(&folder, &format!("{PACKAGE}@{version}"))?;
    }
    Ok(package)
}

fn install(folder: &Path, package: &str) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut npm = Command::new(node::NPM);
    npm.args(["install", "--no-save", "--ignore-scripts"])
        .args(["--no-audit", "--no-fund", "--prefix"])
        .arg(folder)
        .arg(package);
    command::run(&mut npm)
}

#[cfg(test)]
mod tests {
    use super::{HEADERS, PACKAGE, versions};

    #[test]
    fn what_npm_says_is_understood() {
        let of = |answer: &str| versions(answer.as_bytes());
        assert_eq!(of(r#"["0.1.0", "0.2.0"]"#).unwrap(), ["0.1.0", "0.2.0"]);
        assert_eq!(of(r#""0.1.0""#).unwrap(), ["0.1.0"]);
        let none = r#"{ "error": { "code": "E404", "summary": "Not Found" } }"#;
        assert!(of(none).unwrap().is_empty());
        of(r#"{ "error": { "code": "ENOTFOUND" } }"#).unwrap_err();
        of("[1]").unwrap_err();
        of("").unwrap_err();
    }

    #[test]
    fn the_headers_are_those_of_the_document() {
        assert!(include_str!("../../docs/hosting.md").contains(HEADERS));
    }

    #[test]
    fn the_package_has_this_name() {
        let manifest: serde_json::Value =
            serde_json::from_str(include_str!("../../www/package.json")).unwrap();
        assert_eq!(manifest["name"], PACKAGE);
    }
}
