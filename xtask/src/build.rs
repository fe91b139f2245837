//! `cargo xtask build`: what is published.

use anyhow::Result;

use crate::assemble;
use crate::bundle::Bundle;
use crate::hints;
use crate::integrity::{self, Hashes};
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

/// Makes what is published, and says how large it came out and what its hashes are.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let hashes = make_for(project, &options.base)?;
    sizes::print(project)?;
    hashes.print()
}

/// Makes what is published. Where nothing changed this takes a second.
pub(crate) fn make(project: &Project) -> Result<()> {
    make_for(project, integrity::BASE).map(|_| ())
}

/// Makes `dist/site` and `dist/npm`, and beside them the hashes of the package as it will be at an address.
fn make_for(project: &Project, base: &str) -> Result<Hashes> {
    node::ensure_modules(project)?;
    let mut folders = Vec::new();
    for (flavour, glue) in wasm::build(project, Profile::Release)? {
        let smaller = optimise::run(project, flavour, &glue)?;
        folders.extend([glue, smaller]);
    }
    let (site, npm) = (project.dist("site"), project.dist("npm"));
    let package = assemble::npm(project, assemble::glue(&folders)?)?;
    let bundle = Bundle::of(project, &package)?;
    let published = |folder| hints::in_pages(bundle.replace(folder), &bundle.graph);
    let package = published(package)?;
    published(assemble::site(project, assemble::glue(&folders)?)?)?.write(&site)?;
    package.write(&npm)?;
    let hashes = Hashes::of(&package, base);
    hashes.write(project)?;
    hints::for_others(&package, &bundle.graph, base)?.write_into(&project.dist(""))?;
    println!(
        "Made {} and {}",
        project.short(&site).display(),
        project.short(&npm).display()
    );
    Ok(hashes)
}
