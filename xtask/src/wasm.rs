//! The crate, compiled to wasm and given its JavaScript glue.

use std::path::{Path, PathBuf};
use std::{fmt, fs};

use anyhow::{Context as _, Result};
use wasm_bindgen_cli::wasm_bindgen;

use crate::cache;
use crate::command;
use crate::paths;
use crate::project::Project;
use crate::toolchain;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// What wasm-bindgen is asked for. The last lets the module be started over after a panic.
///
/// Not `--force-enable-abort-handler`: with it the wasm imports `WebAssembly.JSTag`, and Node 20,
/// which has none, does not load it.
const BINDGEN: &[&str] = &[
    "--target",
    "web",
    "--no-typescript",
    // www/wasm.js knows where the file is, and what to say when it is not there.
    "--omit-default-module-path",
    "--experimental-reset-state-function",
];

/// Goes before the generated glue: its timers are the instance's own, see www/timers.js.
const OWN_TIMERS: &str = "\
import { ownTimers } from '../timers.js';
const { setTimeout, clearTimeout, setInterval, clearInterval, clearTimers } = ownTimers();
export { clearTimers };
";

/// The two builds of the crate.
#[derive(Clone, Copy)]
pub(crate) enum Flavour {
    /// The backend alone, for pages, workers and Node.
    Headless,
    /// With the console and the custom element.
    Console,
}

/// How much the compiler is asked to do.
#[derive(Clone, Copy)]
pub(crate) enum Profile {
    /// Compiles fast.
    Dev,
    /// Runs fast, loads fast.
    Release,
}

impl Flavour {
    pub(crate) const ALL: [Self; 2] = [Self::Headless, Self::Console];

    /// What its files are called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Headless => "headless",
            Self::Console => "console",
        }
    }

    /// What cargo is told, whatever the command: the features, the target, and where to work.
    ///
    /// Each flavour has a target folder of its own. Cargo gives a cdylib one name whatever its
    /// features, so in a shared folder each flavour would push the other out and every build would
    /// compile both again.
    pub(crate) fn arguments(self, project: &Project) -> Vec<String> {
        let folder = self.target_folder(project);
        let mut arguments = vec![
            "--target".to_owned(),
            TARGET.to_owned(),
            "--target-dir".to_owned(),
            folder.to_string_lossy().into_owned(),
        ];
        let more: &[&str] = match self {
            Self::Headless => &["--no-default-features"],
            // What a person waits for is the download, not the backend's microseconds.
            Self::Console => &["--config", "profile.release.opt-level='z'"],
        };
        arguments.extend(more.iter().map(ToString::to_string));
        arguments
    }

    /// What the compiler of a release is told, once all crates are together.
    fn for_release(self) -> &'static [&'static str] {
        match self {
            // Functions are put into others up to this size, not 50: less to load, and hardly slower.
            Self::Headless => &["-Cllvm-args=--inline-threshold=30"],
            // With 'z' it is 5 already.
            Self::Console => &[],
        }
    }

    fn target_folder(self, project: &Project) -> PathBuf {
        project.target("wasm").join(self.name())
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dev => "dev",
            Self::Release => "release",
        })
    }
}

/// Compiles both flavours; each comes with the folder of its glue: `<name>.js`, `<name>_bg.wasm`,
/// and any snippets.
pub(crate) fn build(project: &Project, profile: Profile) -> Result<Vec<(Flavour, PathBuf)>> {
    toolchain::ensure_wasm_target(project)?;
    let folder = |flavour| Ok((flavour, build_one(project, flavour, profile)?));
    Flavour::ALL.into_iter().map(folder).collect()
}

fn build_one(project: &Project, flavour: Flavour, profile: Profile) -> Result<PathBuf> {
    println!("Building {} ({profile})", flavour.name());
    let wasm = compile(project, flavour, profile)?;
    let out = project
        .target("glue")
        .join(profile.to_string())
        .join(flavour.name());
    let key = format!(
        "{} {} {OWN_TIMERS}",
        BINDGEN.join(" "),
        cache::digest(&wasm)?
    );
    cache::once_per(&key, &out, || bind(flavour, &wasm, &out))?;
    Ok(out)
}

fn compile(project: &Project, flavour: Flavour, profile: Profile) -> Result<PathBuf> {
    // The library for Rust is not made beside it: what it would export could not be inlined and forgotten.
    let mut cargo = project.cargo("rustc --package qod-sandbox --lib --crate-type cdylib");
    cargo.args(flavour.arguments(project));
    let folder = match profile {
        Profile::Dev => "debug",
        Profile::Release => {
            // Flags from outside would take the place of the project's own.
            cargo
                .env_remove("RUSTFLAGS")
                .env_remove("CARGO_ENCODED_RUSTFLAGS");
            cargo.args(["--release", "--config", &paths::config(project, TARGET)?]);
            cargo.arg("--").args(flavour.for_release());
            "release"
        }
    };
    command::run(&mut cargo)?;
    Ok(flavour
        .target_folder(project)
        .join(TARGET)
        .join(folder)
        .join("qod_sandbox.wasm"))
}

fn bind(flavour: Flavour, wasm: &Path, out: &Path) -> Result<()> {
    let mut arguments = vec![
        Path::new("wasm-bindgen"),
        wasm,
        Path::new("--out-dir"),
        out,
        Path::new("--out-name"),
        Path::new(flavour.name()),
    ];
    arguments.extend(BINDGEN.iter().map(Path::new));
    wasm_bindgen::run_cli_with_args(arguments)
        .with_context(|| format!("wasm-bindgen refused the {} build", flavour.name()))?;
    let glue = out.join(format!("{}.js", flavour.name()));
    let generated = fs::read_to_string(&glue)?;
    fs::write(&glue, OWN_TIMERS.to_owned() + &generated)?;
    Ok(())
}
