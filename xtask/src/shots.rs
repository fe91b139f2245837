//! `cargo xtask shots`: the pictures of the console in `docs/`, all made anew.

use anyhow::Result;

use crate::browser;
use crate::build;
use crate::command;
use crate::node;
use crate::project::Project;
use crate::server::{Server, listen};

pub(crate) fn run(project: &Project) -> Result<()> {
    build::make(project)?;
    let server = Server::start(listen(0)?, project.dist("site"), None)?;
    let mut node = node::node(project);
    node.arg("tests/e2e/shots.mjs")
        .env("QOD_BASE_URL", server.url())
        .env("QOD_CHROMIUM", browser::ensure()?.chromium);
    command::run(&mut node)
}
