//! `cargo xtask serve`: the page, on this machine.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::{io, thread};

use anyhow::Result;

use crate::assemble;
use crate::build;
use crate::project::Project;
use crate::server::{Reload, Server, listen};
use crate::wasm::{self, Profile};
use crate::watch;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The port on 127.0.0.1; 0 takes any that is free
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Build with optimisations
    #[arg(long)]
    release: bool,
    /// Build again when a source changes, and load the page again
    #[arg(long)]
    watch: bool,
    /// Build as `build` does, and serve dist/site
    #[arg(long, conflicts_with = "release")]
    dist: bool,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let listener = listen(options.port)?;
    // Before the build: what is changed while it runs must not go unseen.
    let changes = options.watch.then(|| watch::sources(project)).transpose()?;
    let site = make(project, options)?;
    let reload = Arc::new(Reload::default());
    let server = Server::start(listener, site, options.watch.then(|| Arc::clone(&reload)))?;
    announce(&server)?;
    let Some(changes) = changes else {
        loop {
            thread::park();
        }
    };
    while changes.wait().is_some() {
        match make(project, options) {
            Ok(_) => {
                reload.tell();
                announce(&server)?;
            }
            Err(error) => eprintln!("error: {error:#}\nStill serving what was built before."),
        }
    }
    Ok(())
}

fn make(project: &Project, options: &Options) -> Result<PathBuf> {
    if options.dist {
        build::make(project)?;
        return Ok(project.dist("site"));
    }
    let profile = if options.release {
        Profile::Release
    } else {
        Profile::Dev
    };
    let glue = wasm::build(project, profile)?;
    let folders: Vec<_> = glue.into_iter().map(|(_, folder)| folder).collect();
    let site = project.target("site");
    assemble::site(project, assemble::glue(&folders)?)?.write(&site)?;
    Ok(site)
}

/// Flushed, for whoever waits for this line at the other end of a pipe.
fn announce(server: &Server) -> Result<()> {
    println!("Serving on {}", server.url());
    io::stdout().flush()?;
    Ok(())
}
