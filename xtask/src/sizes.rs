//! How large the published files are, as they are and on the wire.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::command;
use crate::folder;
use crate::node;
use crate::project::Project;

/// Node has both compressions built in: no crate is compiled for the sake of a table.
const MEASURE: &str = r#"
const { readFileSync } = require("node:fs");
const { brotliCompressSync, gzipSync } = require("node:zlib");
for (const file of process.argv.slice(1)) {
  const bytes = readFileSync(file);
  console.log(bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length);
}
"#;

/// Prints a line for each module and each wasm file of the npm package.
pub(crate) fn print(project: &Project) -> Result<()> {
    let mut files = folder::files_below(&project.dist("npm"))?;
    files.retain(|file| {
        file.extension()
            .is_some_and(|end| end == "js" || end == "wasm")
    });
    println!(
        "\n{:<36} {:>9} {:>9} {:>9}",
        "bytes", "raw", "gzip", "brotli"
    );
    for (file, [raw, gzip, brotli]) in files.iter().zip(measure(project, &files)?) {
        let name = project.short(file).display().to_string();
        println!("{name:<36} {raw:>9} {gzip:>9} {brotli:>9}");
    }
    Ok(())
}

/// How large each file is: as it is, with gzip, with brotli.
pub(crate) fn measure(project: &Project, files: &[PathBuf]) -> Result<Vec<[usize; 3]>> {
    let measured = command::output(node::node(project).args(["-e", MEASURE, "--"]).args(files))?;
    let line = |line: &str| {
        let mut sizes = line.split(' ').map(str::parse);
        let mut next = || sizes.next()?.ok();
        Some([next()?, next()?, next()?])
    };
    let measured: Option<Vec<_>> = measured.lines().map(line).collect();
    measured
        .filter(|sizes| sizes.len() == files.len())
        .context("node measured too little")
}
