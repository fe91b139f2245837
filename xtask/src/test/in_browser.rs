//! The tests that take a browser.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};
use serde_json::Value;

use super::browsers::In;
use super::in_node;
use super::names;
use super::step;
use super::tally::Tally;
use crate::browser::Browser;
use crate::command;
use crate::firefox::Firefox;
use crate::node;
use crate::project::Project;
use crate::server::{Server, listen};
use crate::wasm::Flavour;

/// `tests/web.rs` and the tests beside the code of the console, compiled to wasm.
pub(super) struct WasmTests {
    files: Vec<PathBuf>,
    /// This program is their runner, too: that of wasm-bindgen's own version.
    runner: PathBuf,
}

impl WasmTests {
    pub(super) fn compile(project: &Project) -> Result<Self> {
        let mut cargo = project.cargo("test --no-run --lib --test web");
        cargo
            .arg("--message-format=json-render-diagnostics")
            .args(Flavour::Console.arguments(project));
        let files = executables(&command::output(&mut cargo)?);
        ensure!(
            files.len() == 2,
            "{} programs of tests were made, not 2",
            files.len()
        );
        let runner = env::current_exe()?;
        Ok(Self { files, runner })
    }

    /// Runs them; adds the names of those that failed.
    pub(super) fn run(
        &self,
        project: &Project,
        browser: In<'_>,
        failed: &mut Vec<String>,
    ) -> Result<Tally> {
        let mut tally = Tally::default();
        for file in &self.files {
            let mut runner = self.runner(project, file, browser);
            tally = tally.plus(step::libtest_by_name(&mut runner, failed)?);
        }
        Ok(tally)
    }

    fn runner(&self, project: &Project, file: &Path, browser: In<'_>) -> Command {
        let mut runner = Command::new(&self.runner);
        runner
            .arg("wasm-test-runner")
            .arg(file)
            .current_dir(project.source("."))
            .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
            // For all tests of a file together; a small machine is slow, not broken.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
        // Of several drivers the runner would take another one first.
        runner.env_remove("GECKODRIVER").env_remove("SAFARIDRIVER");
        match browser {
            In::Chromium(Browser { chromedriver, .. }) => {
                runner.env("CHROMEDRIVER", chromedriver);
            }
            In::Firefox(Firefox {
                firefox,
                geckodriver,
            }) => {
                runner
                    .env("GECKODRIVER", geckodriver)
                    .env("FIREFOX", firefox);
            }
            // It speaks as Safari's does.
            In::WebKit(webkit) => {
                runner
                    .env("SAFARIDRIVER", &webkit.driver)
                    .env_remove("CHROME");
                return webkit.with_screen(&runner);
            }
        }
        runner
    }
}

/// The programs among what cargo says that it made.
fn executables(messages: &str) -> Vec<PathBuf> {
    let executable = |line| -> Option<PathBuf> {
        let message: Value = serde_json::from_str(line).ok()?;
        Some(message.get("executable")?.as_str()?.into())
    };
    messages.lines().filter_map(executable).collect()
}

/// The tests of the page and the modules, against `dist/site` and `dist/npm` as they will be published.
pub(super) struct PageTests {
    server: Server,
}

impl PageTests {
    pub(super) fn serve(project: &Project) -> Result<Self> {
        let server = Server::start(listen(0)?, project.dist("site"), None)?;
        Ok(Self { server })
    }

    /// Runs them; adds the names of those that failed. What they leave, pictures of failures, goes to `left`.
    pub(super) fn run(
        &self,
        project: &Project,
        browser: In<'_>,
        left: &Path,
        failed: &mut Vec<String>,
    ) -> Result<Tally> {
        match browser {
            In::Chromium(browser) => self.all(project, browser, left, failed),
            In::Firefox(firefox) => self.most(project, failed, "firefox", |mut node| {
                node.env("QOD_FIREFOX", &firefox.firefox)
                    .env("QOD_GECKODRIVER", &firefox.geckodriver)
                    .env_remove("QOD_WEBKITDRIVER");
                node
            }),
            In::WebKit(webkit) => self.most(project, failed, "webkit", |mut node| {
                webkit.with_screen(node.env("QOD_WEBKITDRIVER", &webkit.driver))
            }),
        }
    }

    /// What may be otherwise in a browser of another make, by WebDriver.
    fn most(
        &self,
        project: &Project,
        failed: &mut Vec<String>,
        name: &str,
        with_driver: impl FnOnce(Command) -> Command,
    ) -> Result<Tally> {
        let report = in_node::report(project, name)?;
        let mut node = in_node::command(project, "browsers", &report)?;
        node.env("QOD_BASE_URL", self.server.url());
        step::reported(&mut with_driver(node), &report, |report| {
            failed.extend(names::of_tap(report));
            Tally::of_tap(report)
        })
    }

    /// By Playwright, which drives no Firefox but its own.
    fn all(
        &self,
        project: &Project,
        browser: &Browser,
        left: &Path,
        failed: &mut Vec<String>,
    ) -> Result<Tally> {
        let report = project.target("test-reports/e2e.json");
        let mut playwright = node::tool(project, "@playwright/test/cli.js");
        playwright
            .args([
                "test",
                "--config",
                "tests/e2e/playwright.config.mjs",
                "--reporter=list,json",
                "--output",
            ])
            .arg(left)
            .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report)
            .env("QOD_BASE_URL", self.server.url())
            .env("QOD_CHROMIUM", &browser.chromium);
        step::reported(&mut playwright, &report, |report| {
            failed.extend(names::of_playwright(report));
            Tally::of_playwright(report)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::executables;

    #[test]
    fn what_cargo_made() {
        let messages = "{\"reason\":\"compiler-artifact\",\"executable\":null}\n\
            {\"reason\":\"compiler-artifact\",\"executable\":\"/t/deps/web-1.wasm\"}\n\
            {\"reason\":\"build-finished\",\"success\":true}\nnot JSON\n";
        assert_eq!(executables(messages), [Path::new("/t/deps/web-1.wasm")]);
    }
}
