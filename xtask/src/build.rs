//! `cargo xtask build`: what is published.

use anyhow::Result;

use crate::assemble;
use crate::folder::Folder;
use crate::integrity;
use crate::node;
use crate::optimise;
use crate::project::Project;
use crate::sizes;
use crate::wasm::{self, Profile};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The address at which pages find the files of dist/npm, for dist/importmap.html
    #[arg(long, default_value = integrity::BASE)]
    base: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            base: integrity::BASE.to_owned(),
        }
    }
}

/// Makes `dist/site` and `dist/npm`, and says how large they came out and what their hashes are.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    make(project)?;
    sizes::print(project)?;
    let package = Folder::read(&project.dist("npm"))?;
    integrity::publish(project, &package, &options.base)
}

/// Makes `dist/site` and `dist/npm`. Where nothing changed this takes a second.
pub(crate) fn make(project: &Project) -> Result<()> {
    node::ensure_modules(project)?;
    let mut folders = Vec::new();
    for (flavour, glue) in wasm::build(project, Profile::Release)? {
        let smaller = optimise::run(project, flavour, &glue)?;
        folders.extend([glue, smaller]);
    }
    let (site, npm) = (project.dist("site"), project.dist("npm"));
    assemble::site(project, assemble::glue(&folders)?)?.write(&site)?;
    assemble::npm(project, assemble::glue(&folders)?)?.write(&npm)?;
    println!(
        "Made {} and {}",
        project.short(&site).display(),
        project.short(&npm).display()
    );
    Ok(())
}
