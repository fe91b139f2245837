//! `cargo xtask conformance`: a property tester of others, pointed at the published build.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::build;
use crate::command;
use crate::node;
use crate::project::Project;

/// The tester, and the version that the hooks and the configuration are written for.
const TESTER: &str = "schemathesis==4.32.5";

#[derive(clap::Args)]
pub(crate) struct Options {
    /// How long each document is tested for, in seconds
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

/// Tests the build against the project's own document, and against the official one where that
/// lies beside the project.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    build::make(project)?;
    let tester = tester(project)?;
    let bridge = Bridge::start(project)?;
    test(
        project,
        options,
        (&tester, &bridge),
        "www/openapi.json",
        None,
    )?;
    let official = "../shared/spec/camara-qod-v0.10.1.yaml";
    if project.source(official).exists() {
        let excused = Some("tests/conformance/official.toml");
        test(project, options, (&tester, &bridge), official, excused)
    } else {
        println!("skipped: the official document does not lie beside the project");
        Ok(())
    }
}

fn test(
    project: &Project,
    options: &Options,
    (tester, bridge): (&Path, &Bridge),
    document: &str,
    configuration: Option<&str>,
) -> Result<()> {
    println!("Testing against {document}");
    let mut test = Command::new(tester);
    test.current_dir(project.source("."))
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("PYTHONPATH", "tests/conformance");
    if let Some(configuration) = configuration {
        test.args(["--config-file", configuration]);
    }
    let seconds = options.seconds.to_string();
    test.args(["run", document, "--url", &bridge.address])
        .args([
            "--header",
            "Authorization: Bearer mock_sandbox_access_token",
        ])
        .arg("--continue-on-failure")
        .args(["--max-time", &seconds]);
    command::run(&mut test)
}

/// The tester's program, installed where nothing else is touched.
fn tester(project: &Project) -> Result<PathBuf> {
    let folder = project.target("conformance");
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let program = programs.join("schemathesis");
    if !program.exists() {
        let python = if cfg!(windows) { "python" } else { "python3" };
        ensure!(
            command::ask(Command::new(python).arg("--version")).is_some(),
            "this needs Python 3.10 or newer, as {python}, with pip: install it"
        );
        command::run(Command::new(python).args(["-m", "venv"]).arg(&folder))?;
        let pip = programs.join("pip");
        command::run(Command::new(pip).args(["install", "--quiet", TESTER]))?;
    }
    Ok(program)
}

/// The build behind a port of this machine; it ends with this.
struct Bridge {
    process: Child,
    address: String,
}

impl Bridge {
    fn start(project: &Project) -> Result<Self> {
        let mut process = node::node(project)
            .arg("tests/conformance/bridge.mjs")
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start `node`: is it installed?")?;
        let mut address = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut address)?;
        }
        let address = address.trim().to_owned();
        ensure!(!address.is_empty(), "the bridge did not start");
        Ok(Self { process, address })
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        // If it has ended by itself there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
