//! Modules of others that the package brings along, each with its licence.

use std::fs;

use anyhow::{Context as _, Result};

use crate::folder::Folder;
use crate::node;
use crate::project::Project;

/// What each is called in the package, its module, and its licence, in `node_modules`.
const MODULES: &[(&str, &str, &str)] =
    &[("json5.js", "json5/dist/index.min.mjs", "json5/LICENSE.md")];

/// They are modules as they come: nothing is bundled.
pub(crate) fn modules(project: &Project) -> Result<Folder> {
    node::ensure_modules(project)?;
    let read = |path: &str| {
        let file = project.source("node_modules").join(path);
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
    };
    let mut folder = Folder::default();
    for (name, module, licence) in MODULES {
        folder.insert(name, with_licence(&read(module)?, &read(licence)?));
    }
    Ok(folder)
}

fn with_licence(module: &str, licence: &str) -> String {
    format!("/*!\n{}\n*/\n{module}", licence.trim().replace("*/", "* /"))
}

#[cfg(test)]
mod tests {
    use super::with_licence;

    #[test]
    fn the_licence_goes_before_the_module() {
        assert_eq!(
            with_licence("export {};\n", "MIT */ …\n"),
            "/*!\nMIT * / …\n*/\nexport {};\n"
        );
    }
}
