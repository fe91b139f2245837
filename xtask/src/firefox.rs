//! Firefox, as the system has it, and geckodriver, its WebDriver.

use std::env;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};

use crate::command;
use crate::debian::{self, locate};
use crate::project::Project;

const FIREFOX: &[&str] = &["firefox-esr", "firefox"];
const GECKODRIVER: &[&str] = &["geckodriver"];
/// As Debian names it. It has no package of the driver.
const PACKAGE: &str = "firefox-esr";
/// The driver that is compiled where the system has none: it goes with every Firefox since 128.
const VERSION: &str = "0.37.1";

/// What the tests in Firefox need.
pub(crate) struct Firefox {
    pub(crate) firefox: PathBuf,
    pub(crate) geckodriver: PathBuf,
}

/// Finds both, or gets them. Where there is no Firefox and none can be got it says so, and there is nothing.
///
/// # Errors
/// When one of them should be to be had, and is not.
pub(crate) fn ensure(project: &Project) -> Result<Option<Firefox>> {
    let firefox = match locate("FIREFOX", FIREFOX) {
        Some(firefox) => firefox,
        None if debian::provide("Firefox", &[PACKAGE])? => {
            locate("FIREFOX", FIREFOX).context("Firefox was installed, but is not on the PATH")?
        }
        None => return Ok(None),
    };
    let geckodriver = locate("GECKODRIVER", GECKODRIVER);
    let geckodriver = geckodriver.map_or_else(|| compile(project), Ok)?;
    Ok(Some(Firefox {
        firefox,
        geckodriver,
    }))
}

/// Mozilla's crate is a program and no library: nothing can depend on it, cargo installs it.
fn compile(project: &Project) -> Result<PathBuf> {
    let folder = project.target(&format!("tools/geckodriver-{VERSION}"));
    let program = folder.join(format!("bin/geckodriver{}", env::consts::EXE_SUFFIX));
    if program.is_file() {
        return Ok(program);
    }
    let mut cargo = project.cargo("install geckodriver --locked --debug --no-track --version");
    cargo
        .arg(VERSION)
        .arg("--root")
        .arg(&folder)
        // It hands on what others say: nothing in it takes time.
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    command::run(&mut cargo)?;
    ensure!(program.is_file(), "{} was not made", program.display());
    Ok(program)
}
