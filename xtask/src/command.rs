//! Running other programs, with errors that name them.

use std::process::{Command, ExitStatus, Output, Stdio};

use anyhow::{Context as _, Result, bail};

/// Runs to the end; what it prints passes through.
///
/// # Errors
/// When it cannot start, or ends otherwise than well.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    ended_well(command, status)
}

/// Runs to the end and returns what it printed to its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let Output { status, stdout, .. } = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| cannot_start(command))?;
    ended_well(command, status)?;
    String::from_utf8(stdout).with_context(|| format!("`{}` did not print UTF-8", line(command)))
}

/// What it printed, where it starts and ends well; whatever else happens stays unseen.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let answer = command.stdin(Stdio::null()).output().ok()?;
    let answered = answer.status.success();
    answered.then(|| String::from_utf8_lossy(&answer.stdout).trim().to_owned())
}

pub(crate) fn cannot_start(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    format!("cannot start `{program}`: is it installed?")
}

/// The command as one would type it, without its path.
pub(crate) fn line(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

fn ended_well(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("`{}` failed ({status})", line(command))
}
