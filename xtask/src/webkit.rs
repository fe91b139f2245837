//! WebKit, as GTK has it: the engine of Safari, with a driver and a small browser of its own.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::debian::{self, locate};

const DRIVER: &[&str] = &["WebKitWebDriver"];
/// It opens a window: this gives it a screen that nobody sees.
const SCREEN: &[&str] = &["xvfb-run"];
/// As Debian names them; the last is what the screen takes.
const PACKAGES: &[&str] = &["webkit2gtk-driver", "xvfb", "xauth"];

/// What the tests in WebKit need.
pub(crate) struct WebKit {
    pub(crate) driver: PathBuf,
    screen: PathBuf,
}

impl WebKit {
    /// The command, with a screen of its own.
    pub(crate) fn with_screen(&self, command: &Command) -> Command {
        let mut wrapped = Command::new(&self.screen);
        wrapped
            .arg("-a")
            .arg(command.get_program())
            .args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => wrapped.env(name, value),
                None => wrapped.env_remove(name),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            wrapped.current_dir(folder);
        }
        wrapped
    }
}

/// Finds it, or gets it. Where there is none and none can be got it says so, and there is nothing.
///
/// # Errors
/// When it should be to be had, and is not.
pub(crate) fn ensure() -> Result<Option<WebKit>> {
    if let Some(webkit) = find() {
        return Ok(Some(webkit));
    }
    if !debian::provide("WebKit with a driver", PACKAGES)? {
        return Ok(None);
    }
    let webkit = find().context("WebKitWebDriver was installed, but is not on the PATH")?;
    Ok(Some(webkit))
}

fn find() -> Option<WebKit> {
    Some(WebKit {
        driver: locate("WEBKITDRIVER", DRIVER)?,
        screen: locate("XVFB_RUN", SCREEN)?,
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::process::Command;

    use super::WebKit;

    #[test]
    fn a_screen_changes_nothing_else_about_a_command() {
        let webkit = WebKit {
            driver: PathBuf::from("driver"),
            screen: PathBuf::from("xvfb-run"),
        };
        let mut command = Command::new("node");
        command.args(["--test", "a b"]).current_dir("/");
        command.env("SET", "1").env_remove("GONE");
        let wrapped = webkit.with_screen(&command);
        assert_eq!(wrapped.get_program(), "xvfb-run");
        let arguments: Vec<_> = wrapped.get_args().collect();
        assert_eq!(arguments, ["-a", "node", "--test", "a b"]);
        assert_eq!(wrapped.get_current_dir(), command.get_current_dir());
        assert!(wrapped.get_envs().eq(command.get_envs()));
    }
}
