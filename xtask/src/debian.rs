//! Programs of the system: where they are, and how a Debian gets those that are missing. No test tool fetches its own browser.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::command;

/// What the variable names, or else the first of the names that is on the PATH.
pub(crate) fn locate(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(path) = env::var_os(variable).filter(|path| !path.is_empty()) {
        return Some(PathBuf::from(path));
    }
    let folders = env::var_os("PATH")?;
    let folders: Vec<_> = env::split_paths(&folders).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|program| program.is_file())
}

/// Installs the packages of a browser that is missing, where that can be done; whether it was, and if not it says why.
///
/// # Errors
/// When they should be to be had, and are not.
pub(crate) fn provide(browser: &str, packages: &[&str]) -> Result<bool> {
    let skip = |why: &str| {
        println!("skipped: there is no {browser}, and {why}");
        Ok(false)
    };
    let installer = match Installer::find() {
        Ok(installer) => installer,
        Err(error) => return skip(&error.to_string()),
    };
    installer.update()?;
    if let Some(package) = packages.iter().find(|package| !Installer::offers(package)) {
        return skip(&format!("no package {package} here"));
    }
    installer.install(packages)?;
    Ok(true)
}

/// What installs packages here.
pub(crate) struct Installer {
    root: bool,
}

impl Installer {
    /// As root, or by way of a sudo that asks for no password.
    ///
    /// # Errors
    /// Where this is no Debian, or installing is not allowed.
    pub(crate) fn find() -> Result<Self> {
        if command::ask(Command::new("apt-get").arg("--version")).is_none() {
            bail!("there is no apt-get here");
        }
        let root = command::ask(Command::new("id").arg("-u")).is_some_and(|user| user == "0");
        if !root && command::ask(Command::new("sudo").args(["-n", "true"])).is_none() {
            bail!("installing takes root");
        }
        Ok(Self { root })
    }

    /// Gets the lists of what there is.
    pub(crate) fn update(&self) -> Result<()> {
        command::run(self.apt_get().arg("update"))
    }

    /// Whether such a package is on the lists.
    fn offers(package: &str) -> bool {
        let mut ask = Command::new("apt-cache");
        command::ask(ask.args(["show", "--no-all-versions", package])).is_some()
    }

    /// Installs packages.
    ///
    /// # Errors
    /// When one cannot be installed.
    pub(crate) fn install(&self, packages: &[&str]) -> Result<()> {
        println!("Installing {}", packages.join(" and "));
        let mut install = self.apt_get();
        install.args(["install", "-y", "--no-install-recommends"]);
        command::run(install.args(packages))
            .with_context(|| format!("install by hand: apt-get install {}", packages.join(" ")))
    }

    fn apt_get(&self) -> Command {
        let mut apt_get = if self.root {
            Command::new("apt-get")
        } else {
            let mut sudo = Command::new("sudo");
            sudo.args(["-n", "apt-get"]);
            sudo
        };
        apt_get.env("DEBIAN_FRONTEND", "noninteractive");
        apt_get
    }
}
