//! Where the project's files are, and how its tools are called.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;

use anyhow::{Context as _, Result};

/// The checkout this command was called in.
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// Finds the checkout around the current folder and makes its top the current folder.
    pub(crate) fn locate() -> Result<Self> {
        let here = env::current_dir().context("the current folder is gone")?;
        let root = here
            .ancestors()
            .find(|folder| folder.join("xtask/Cargo.toml").is_file())
            .context("run this inside a checkout of QoD Sandbox")?
            .to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => absolute(folder)?,
            None => root.join("target"),
        };
        env::set_current_dir(&root)?;
        Ok(Self { root, target })
    }

    /// A file or folder of the sources.
    pub(crate) fn source(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A file or folder that only this machine needs.
    pub(crate) fn target(&self, path: &str) -> PathBuf {
        self.target.join(path)
    }

    /// A file or folder of what is published.
    pub(crate) fn dist(&self, path: &str) -> PathBuf {
        self.root.join("dist").join(path)
    }

    /// The path as people read it: from the top of the checkout.
    pub(crate) fn short<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// The cargo that runs this tool, so that a toolchain chosen by hand stays chosen.
    /// The words of its command line are given as one.
    pub(crate) fn cargo(&self, words: &str) -> Command {
        let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut command = Command::new(program);
        command
            .args(words.split(' '))
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// The version in Cargo.toml; the only place it is written by hand.
    pub(crate) fn version(&self) -> Result<String> {
        let manifest = fs::read_to_string(self.source("Cargo.toml"))?;
        package_text(&manifest, "version")
            .map(str::to_owned)
            .context("Cargo.toml has no line `version = \"…\"` under [package]")
    }

    /// Where the sources are to be had, once Cargo.toml says so.
    pub(crate) fn repository(&self) -> Result<Option<String>> {
        let manifest = fs::read_to_string(self.source("Cargo.toml"))?;
        Ok(package_text(&manifest, "repository").map(str::to_owned))
    }
}

fn package_text<'a>(manifest: &'a str, key: &str) -> Option<&'a str> {
    let (_, package) = manifest.split_once("[package]")?;
    let line = package
        .lines()
        .take_while(|line| !line.starts_with('['))
        .find(|line| {
            line.split('=')
                .next()
                .is_some_and(|name| name.trim_end() == key)
        })?;
    line.split('"').nth(1)
}

#[cfg(test)]
mod tests {
    use super::package_text;

    #[test]
    fn the_version_is_the_packages_not_a_dependencys() {
        let manifest = "[workspace.package]\nversion = \"9.9.9\"\n\
            [package]\nname = \"a\"\nversion = \"1.2.3\"\n\n\
            [dependencies]\nversion = \"0.0.1\"\n";
        assert_eq!(package_text(manifest, "version"), Some("1.2.3"));
        assert_eq!(package_text(manifest, "repository"), None);
        assert_eq!(
            package_text(
                "[package]\nname = \"a\"\n[lib]\nversion = \"1\"\n",
                "version"
            ),
            None
        );
    }
}
