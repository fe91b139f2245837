//! `cargo xtask wasm-test-runner`: what cargo runs a compiled wasm test with, see
//! `.cargo/config.toml`.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, absolute};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use wasm_bindgen_cli::wasm_bindgen_test_runner;

/// What the runner reads in the current folder.
const SETTINGS: &str = "webdriver.json";

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The compiled test
    file: OsString,
    /// Which tests to run, and other words for the runner
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<OsString>,
}

pub(crate) fn run(options: Options) -> Result<()> {
    let file = absolute(&options.file)?;
    let [variable, of_browser] = asked_for();
    if let Some(browser) = env::var_os(variable).filter(|path| !path.is_empty()) {
        choose_browser(of_browser, Path::new(&browser), &file)?;
    }
    let arguments = [OsString::from("wasm-test-runner"), file.into_os_string()];
    wasm_bindgen_test_runner::run_cli_with_args(arguments.into_iter().chain(options.rest))
}

/// Which variable names the browser, and where its driver reads of it. The runner takes geckodriver before all others.
fn asked_for() -> [&'static str; 2] {
    if env::var_os("GECKODRIVER").is_some() {
        ["FIREFOX", "moz:firefoxOptions"]
    } else {
        ["CHROME", "goog:chromeOptions"]
    }
}

/// A driver takes the first browser it knows. One that was chosen goes into the settings, and
/// those into a folder of their own, for the runner has no other way to be told.
fn choose_browser(options: &str, browser: &Path, test: &Path) -> Result<()> {
    let text = fs::read_to_string(SETTINGS).with_context(|| format!("cannot read {SETTINGS}"))?;
    let folder = test.with_extension("webdriver");
    fs::create_dir_all(&folder)?;
    fs::write(
        folder.join(SETTINGS),
        with_browser(&text, options, browser)?,
    )?;
    env::set_current_dir(folder)?;
    Ok(())
}

fn with_browser(settings: &str, options: &str, browser: &Path) -> Result<String> {
    let mut settings: Value = serde_json::from_str(settings).context(SETTINGS)?;
    let mut of_browser = settings
        .get_mut(options)
        .and_then(Value::as_object_mut)
        .map(std::mem::take)
        .with_context(|| format!("{SETTINGS} has no {options}"))?;
    of_browser.insert("binary".to_owned(), json!(browser));
    // Those of other browsers are no driver's business.
    Ok(json!({ options: of_browser }).to_string())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::{Value, json};

    use super::with_browser;

    #[test]
    fn the_browser_joins_the_other_settings() {
        let settings =
            r#"{ "goog:chromeOptions": { "args": ["--headless=new"] }, "moz:firefoxOptions": {} }"#;
        let made = |options| {
            let made = with_browser(settings, options, Path::new("/opt/it")).unwrap();
            serde_json::from_str::<Value>(&made).unwrap()
        };
        assert_eq!(
            made("goog:chromeOptions"),
            json!({ "goog:chromeOptions": { "args": ["--headless=new"], "binary": "/opt/it" } })
        );
        assert_eq!(
            made("moz:firefoxOptions"),
            json!({ "moz:firefoxOptions": { "binary": "/opt/it" } })
        );
        with_browser("{}", "goog:chromeOptions", Path::new("/opt/it")).unwrap_err();
    }
}
