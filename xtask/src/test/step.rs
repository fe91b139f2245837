//! Running one step: what it prints streams through, and its own summary is the count.

use std::fs;
use std::io::{BufRead, BufReader, Write, stdout};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use super::names;
use super::tally::Tally;
use crate::command;

/// A check that either holds or does not; it counts as one.
pub(super) fn check(command: &mut Command) -> Result<Tally> {
    command::run(command)?;
    Ok(Tally::passed(1))
}

/// Tests whose runner ends with `test result: …`, once or for each of several programs.
pub(super) fn libtest(command: &mut Command) -> Result<Tally> {
    libtest_by_name(command, &mut Vec::new())
}

/// The same; adds the names of those that failed.
pub(super) fn libtest_by_name(command: &mut Command, failed: &mut Vec<String>) -> Result<Tally> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| command::cannot_start(command))?;
    let mut tally = Tally::default();
    if let Some(output) = child.stdout.take() {
        pass_through(BufReader::new(output), stdout(), |line| {
            tally = tally.plus(Tally::of_libtest(line).unwrap_or_default());
            failed.extend(names::of_libtest(line).map(str::to_owned));
        })?;
    }
    let status = child.wait()?;
    settle(tally, status.success())
}

/// Tests whose runner leaves a report in a file.
pub(super) fn reported(
    command: &mut Command,
    report: &Path,
    read: impl FnOnce(&str) -> Option<Tally>,
) -> Result<Tally> {
    // The report of another run would do for a runner that died.
    if report.exists() {
        fs::remove_file(report)?;
    }
    let status = command
        .status()
        .with_context(|| command::cannot_start(command))?;
    let text = fs::read_to_string(report).unwrap_or_default();
    let tally =
        read(&text).with_context(|| format!("the runner ended without a report ({status})"))?;
    settle(tally, status.success())
}

/// Brings the count and the way the runner ended together.
fn settle(tally: Tally, ended_well: bool) -> Result<Tally> {
    if ended_well {
        ensure!(!tally.is_empty(), "no test ran");
        return Ok(tally);
    }
    if tally.has_failures() {
        return Ok(tally);
    }
    if tally.is_empty() {
        bail!("it ended before a test ran");
    }
    println!("error: the runner failed, though no test of those it counted did");
    Ok(tally.plus(Tally::failed(1)))
}

fn pass_through(
    mut from: impl BufRead,
    mut to: impl Write,
    mut see: impl FnMut(&str),
) -> Result<()> {
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        to.flush()?;
        see(&String::from_utf8_lossy(&line));
        line.clear();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{pass_through, settle};
    use crate::test::tally::Tally;

    #[test]
    fn a_runner_that_fails_or_runs_nothing_is_never_a_success() {
        let (some, none) = (Tally::passed(2), Tally::default());
        assert_eq!(settle(some, true).unwrap(), some);
        assert_eq!(settle(some, false).unwrap(), some.plus(Tally::failed(1)));
        assert_eq!(settle(Tally::failed(2), false).unwrap(), Tally::failed(2));
        settle(none, true).unwrap_err();
        settle(none, false).unwrap_err();
    }

    #[test]
    fn every_line_is_seen_also_one_that_is_not_text() {
        let (text, mut passed, mut seen) = (b"a\n\xff\nlast", Vec::new(), Vec::new());
        pass_through(&text[..], &mut passed, |line| {
            seen.push(line.trim_end().to_owned());
        })
        .unwrap();
        assert_eq!(passed, text);
        assert_eq!(seen, ["a", "\u{fffd}", "last"]);
    }
}
