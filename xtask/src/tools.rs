//! Tools of cargo's that are no part of it: installed into the target folder when they are first needed, each at the
//! version that is named here.

use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::command;
use crate::project::Project;

pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

/// libFuzzer, and what it needs of the compiler.
pub(crate) const FUZZ: Tool = tool("cargo-fuzz", "0.13.2");
/// Coverage; reads what the compiler's own counters write without the tools of LLVM.
pub(crate) const TARPAULIN: Tool = tool("cargo-tarpaulin", "0.37.5");
/// Changes the code, and sees whether a test notices.
pub(crate) const MUTANTS: Tool = tool("cargo-mutants", "27.1.0");
/// The WebDriver of Firefox, of every one since 128.
pub(crate) const GECKODRIVER: Tool = tool("geckodriver", "0.37.1");
/// Licences, sources and versions of dependencies.
pub(crate) const DENY: Tool = tool("cargo-deny", "0.20.2");

const fn tool(name: &'static str, version: &'static str) -> Tool {
    Tool { name, version }
}

/// The tool, ready to be called at the top of the project.
pub(crate) fn ready(project: &Project, tool: &Tool) -> Result<Command> {
    let mut command = Command::new(program(project, tool)?);
    command.current_dir(project.source("."));
    Ok(command)
}

/// The program of a tool. They hand work on to others: nothing in them takes long enough to be optimised.
pub(crate) fn program(project: &Project, tool: &Tool) -> Result<PathBuf> {
    // Another version, another folder.
    let folder = project.target(&format!("tools/{}-{}", tool.name, tool.version));
    let program = folder.join(format!("bin/{}{}", tool.name, EXE_SUFFIX));
    if !program.is_file() {
        println!("Installing {} {}", tool.name, tool.version);
        let mut install = project.cargo("install --locked --debug --no-track --quiet");
        install
            .args([
                tool.name,
                "--version",
                &format!("={}", tool.version),
                "--root",
            ])
            .arg(&folder)
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        command::run(&mut install)?;
    }
    ensure!(program.is_file(), "{} was not made", program.display());
    Ok(program)
}
