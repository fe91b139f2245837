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
    if let Some(browser) = env::var_os("CHROME").filter(|path| !path.is_empty()) {
        choose_browser(Path::new(&browser), &file)?;
    }
    let arguments = [OsString::from("wasm-test-runner"), file.into_os_string()];
    wasm_bindgen_test_runner::run_cli_with_args(arguments.into_iter().chain(options.rest))
}

/// ChromeDriver takes the first browser it knows. One that was chosen goes into the settings, and
/// those into a folder of their own, for the runner has no other way to be told.
fn choose_browser(browser: &Path, test: &Path) -> Result<()> {
    let text = fs::read_to_string(SETTINGS).with_context(|| format!("cannot read {SETTINGS}"))?;
    let folder = test.with_extension("webdriver");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(SETTINGS), with_browser(&text, browser)?)?;
    env::set_current_dir(folder)?;
    Ok(())
}

fn with_browser(settings: &str, browser: &Path) -> Result<String> {
    let mut settings: Value = serde_json::from_str(settings).context(SETTINGS)?;
    let options = settings
        .get_mut("goog:chromeOptions")
        .and_then(Value::as_object_mut)
        .with_context(|| format!("{SETTINGS} has no goog:chromeOptions"))?;
    options.insert("binary".to_owned(), json!(browser));
    Ok(settings.to_string())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::{Value, json};

    use super::with_browser;

    #[test]
    fn the_browser_joins_the_other_settings() {
        let settings = r#"{ "goog:chromeOptions": { "args": ["--headless=new"] } }"#;
        let made = with_browser(settings, Path::new("/opt/chrome")).unwrap();
        assert_eq!(
            serde_json::from_str::<Value>(&made).unwrap(),
            json!({ "goog:chromeOptions": { "args": ["--headless=new"], "binary": "/opt/chrome" } })
        );
        with_browser("{}", Path::new("/opt/chrome")).unwrap_err();
    }
}
