//! Chromium and ChromeDriver, as the system has them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::command;
use crate::debian::{Installer, locate};

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

fn install() -> Result<()> {
    let installer = Installer::find().context(
        "install Chromium and the ChromeDriver of its version, \
         or name them in CHROME and CHROMEDRIVER",
    )?;
    installer.update()?;
    installer.install(&PACKAGES)
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
