//! Firefox, as the system has it, and geckodriver, its WebDriver.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::debian::{self, locate};
use crate::project::Project;
use crate::tools;

const FIREFOX: &[&str] = &["firefox-esr", "firefox"];
const GECKODRIVER: &[&str] = &["geckodriver"];
/// As Debian names it. It has no package of the driver.
const PACKAGE: &str = "firefox-esr";

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
    // Mozilla's crate is a program and no library: nothing can depend on it, cargo installs it.
    let geckodriver = match geckodriver {
        Some(program) => program,
        None => tools::program(project, &tools::GECKODRIVER)?,
    };
    Ok(Some(Firefox {
        firefox,
        geckodriver,
    }))
}
