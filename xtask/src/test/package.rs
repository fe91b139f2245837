//! What tools that know packages say of ours, packed as npm packs it.

use std::fs;

use anyhow::{Context as _, Result};

use super::step;
use super::tally::Tally;
use crate::command;
use crate::node;
use crate::project::Project;

/// publint reads `package.json` against the files; Are the Types Wrong resolves every export as TypeScript does.
/// The package is of ES modules alone, and says so.
pub(super) fn checks(project: &Project) -> Result<Tally> {
    let folder = project.target("pack");
    fs::create_dir_all(&folder)?;
    let mut pack = node::npm(project);
    pack.args(["pack", "--silent", "--pack-destination"])
        .arg(&folder)
        .arg(project.dist("npm"));
    let name = command::output(&mut pack)?;
    let name = name.lines().last().context("`npm pack` names no file")?;
    let tarball = folder.join(name.trim());

    let mut publint = node::tool(project, "publint/src/cli.js");
    publint.arg(&tarball).arg("--strict");
    let mut types = node::tool(project, "@arethetypeswrong/cli/dist/index.js");
    types
        .arg(&tarball)
        .args(["--profile", "esm-only", "--no-color", "--format", "ascii"]);
    Ok(step::check(&mut publint)?.plus(step::check(&mut types)?))
}
