//! Chromium and ChromeDriver, as the system has them: no test tool fetches its own.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::command;

const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome"];
const CHROMEDRIVER: &[&str] = &["chromedriver"];
/// As Debian names them.
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// What the browser tests need.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
}

/// Finds both; where one is missing, installs both if this is a Debian.
pub(crate) fn ensure() -> Result<Browser> {
    let browser = match find() {
        Some(browser) => browser,
        None => {
            install()?;
            find().context("Chromium and ChromeDriver were installed, but are not on the PATH")?
        }
    };
    warn_of_different_versions(&browser);
    Ok(browser)
}

fn find() -> Option<Browser> {
    Some(Browser {
        chromium: locate("CHROME", CHROMIUM)?,
        chromedriver: locate("CHROMEDRIVER", CHROMEDRIVER)?,
    })
}

/// What the variable names, or else the first of the names that is on the PATH.
fn locate(variable: &str, names: &[&str]) -> Option<PathBuf> {
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

fn install() -> Result<()> {
    if command::ask(Command::new("apt-get").arg("--version")).is_none() {
        bail!(
            "install Chromium and the ChromeDriver of its version, \
             or name them in CHROME and CHROMEDRIVER"
        );
    }
    println!("Installing {}", PACKAGES.join(" and "));
    let installed = command::run(apt_get()?.arg("update")).and_then(|()| {
        let mut install = apt_get()?;
        install.args(["install", "-y", "--no-install-recommends"]);
        command::run(install.args(PACKAGES))
    });
    installed.with_context(|| format!("install by hand: apt-get install {}", PACKAGES.join(" ")))
}

/// As root, or by way of a sudo that asks for no password.
fn apt_get() -> Result<Command> {
    let root = command::ask(Command::new("id").arg("-u")).is_some_and(|user| user == "0");
    let mut apt_get = if root {
        Command::new("apt-get")
    } else if command::ask(Command::new("sudo").args(["-n", "true"])).is_some() {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "apt-get"]);
        sudo
    } else {
        bail!("Chromium and ChromeDriver are missing, and installing them takes root");
    };
    apt_get.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(apt_get)
}

fn warn_of_different_versions(browser: &Browser) {
    let (chromium, driver) = (version(&browser.chromium), version(&browser.chromedriver));
    if let (Some(chromium), Some(driver)) = (chromium, driver)
        && chromium != driver
    {
        eprintln!(
            "warning: Chromium is of version {chromium}, ChromeDriver of {driver}; \
             tests may not start"
        );
    }
}

fn version(program: &Path) -> Option<u32> {
    major(&command::ask(Command::new(program).arg("--version"))?)
}

/// The first part of the first word that begins with a digit: 156 for `Chromium 156.0.1 built on …`.
fn major(text: &str) -> Option<u32> {
    let version = text
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    version.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn major_versions() {
        assert_eq!(
            major("Chromium 156.0.7000.1 built on Debian GNU/Linux 13 (trixie)\n"),
            Some(156)
        );
        assert_eq!(
            major("ChromeDriver 99.0.1 (0a1b-refs/heads@{#2})"),
            Some(99)
        );
        assert_eq!(major("no version"), None);
    }
}
