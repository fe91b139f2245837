//! The tests that take a browser.

use std::env;

use anyhow::Result;

use super::step;
use super::tally::Tally;
use crate::browser::Browser;
use crate::node;
use crate::project::Project;
use crate::server::{Server, listen};
use crate::wasm::{Flavour, TARGET};

/// `tests/web.rs` and the tests beside the code of the console, compiled to wasm. This program is its runner, too: that of wasm-bindgen's own
/// version.
pub(super) fn wasm_tests(project: &Project, browser: &Browser) -> Result<Tally> {
    let runner = env::current_exe()?;
    let runner = serde_json::json!([runner.to_string_lossy(), "wasm-test-runner"]);
    let mut cargo = project.cargo("test --lib --test web");
    cargo
        .args(Flavour::Console.arguments(project))
        // A list, not the environment variable: that one is cut at every space of a path.
        .arg("--config")
        .arg(format!("target.{TARGET}.runner = {runner}"))
        .env("CHROMEDRIVER", &browser.chromedriver)
        .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
        // For all tests of a file together; a small machine is slow, not broken.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    step::libtest(&mut cargo)
}

/// Playwright's tests of the page, against `dist/site` as it will be published.
pub(super) fn page_tests(project: &Project, browser: &Browser) -> Result<Tally> {
    let server = Server::start(listen(0)?, project.dist("site"), None)?;
    let report = project.target("test-reports/e2e.json");
    let mut playwright = node::tool(project, "@playwright/test/cli.js");
    playwright
        .args([
            "test",
            "--config",
            "tests/e2e/playwright.config.mjs",
            "--reporter=list,json",
        ])
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report)
        .env("QOD_BASE_URL", server.url())
        .env("QOD_CHROMIUM", &browser.chromium);
    step::reported(&mut playwright, &report, Tally::of_playwright)
}
