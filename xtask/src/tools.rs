//! Tools of cargo's that are no part of it: installed into the target folder when they are first needed, each at the
//! version that is named here.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

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
/// Licences, sources and versions of dependencies.
pub(crate) const DENY: Tool = tool("cargo-deny", "0.20.2");

const fn tool(name: &'static str, version: &'static str) -> Tool {
    Tool { name, version }
}

/// The tool, ready to be called at the top of the project.
pub(crate) fn ready(project: &Project, tool: &Tool) -> Result<Command> {
    let folder = folder(project, tool);
    let program = folder.join("bin").join(tool.name);
    if !program.is_file() {
        println!("Installing {} {}", tool.name, tool.version);
        let version = format!("={}", tool.version);
        let mut install = project.cargo("install --locked --quiet");
        install
            .args([tool.name, "--version", &version, "--root"])
            .arg(&folder);
        command::run(&mut install)?;
    }
    let mut command = Command::new(program);
    command.current_dir(project.source("."));
    Ok(command)
}

/// Another version, another folder.
fn folder(project: &Project, tool: &Tool) -> PathBuf {
    project.target(&format!("tools/{}-{}", tool.name, tool.version))
}
