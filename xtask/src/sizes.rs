//! How large the published files are, as they are and on the wire.

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
    let measured = command::output(node::node(project).args(["-e", MEASURE, "--"]).args(&files))?;
    println!(
        "\n{:<36} {:>9} {:>9} {:>9}",
        "bytes", "raw", "gzip", "brotli"
    );
    for (file, sizes) in files.iter().zip(measured.lines()) {
        let mut sizes = sizes.split(' ');
        let mut next = || sizes.next().context("node measured too little");
        let name = project.short(file).display().to_string();
        println!("{name:<36} {:>9} {:>9} {:>9}", next()?, next()?, next()?);
    }
    Ok(())
}
