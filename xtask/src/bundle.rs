//! The modules as they are published: few files, and small ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::cache;
use crate::command;
use crate::folder::Folder;
use crate::integrity;
use crate::node;
use crate::project::Project;

/// Runs in frames, which share nothing with the page around: it is one file.
const ALONE: &str = "element/running.js";

/// Which module loads which others.
pub(crate) struct Graph {
    imports: BTreeMap<String, Vec<String>>,
}

/// Modules, bundled, and what they import of each other.
pub(crate) struct Bundle {
    modules: Folder,
    pub(crate) graph: Graph,
}

impl Bundle {
    /// Bundles the modules of a package, unless it was done before.
    pub(crate) fn of(project: &Project, package: &Folder) -> Result<Self> {
        let sources = package.copy(|path| path.ends_with(".js"));
        let script = project.source("xtask/bundle.mjs");
        let key = format!(
            "{} {} {}",
            integrity::content_hash(&sources),
            cache::digest(&script)?,
            cache::digest(&project.source("package-lock.json"))?
        );
        let to = place(project);
        cache::once_per(&key, &to, || {
            println!("Bundling the modules");
            let from = project.target("bundle/sources");
            sources.write(&from)?;
            let mut bundle = node::node(project);
            bundle.arg(&script).arg(&from).arg(&to);
            bundle.args(["--alone", ALONE]).args(entries(package)?);
            command::run(&mut bundle)
        })?;
        Ok(Self {
            modules: Folder::read(&to)?.keep(|path| path != "graph.json"),
            graph: Graph::read(project)?,
        })
    }

    /// A folder with what was made of its modules in their place. Examples stay as people copy them.
    pub(crate) fn replace(&self, folder: Folder) -> Folder {
        let mut folder =
            folder.keep(|path| !path.ends_with(".js") || path.starts_with("examples/"));
        folder.merge("", self.modules.copy(|_| true));
        folder
    }
}

impl Graph {
    /// That of the last build.
    pub(crate) fn read(project: &Project) -> Result<Self> {
        let file = place(project).join("graph.json");
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(Self {
            imports: serde_json::from_str(&text).context("graph.json")?,
        })
    }

    /// Some modules, with all that they bring along.
    pub(crate) fn closure(&self, starts: &[&str]) -> Result<BTreeSet<&str>> {
        let mut all = BTreeSet::new();
        let mut left = starts.to_vec();
        while let Some(name) = left.pop() {
            let (name, imports) = self
                .imports
                .get_key_value(name)
                .with_context(|| format!("there is no module {name}"))?;
            if all.insert(name.as_str()) {
                left.extend(imports.iter().map(String::as_str));
            }
        }
        Ok(all)
    }
}

fn place(project: &Project) -> PathBuf {
    project.target("bundle/modules")
}

/// What is loaded by its name from outside: what is exported, and the scripts of pages.
fn entries(package: &Folder) -> Result<BTreeSet<String>> {
    let manifest = package.get("package.json").context("no package.json")?;
    let manifest: Value = serde_json::from_slice(manifest)?;
    let mut found = BTreeSet::new();
    let exported = manifest.get("exports").context("no `exports`")?;
    collect(exported, &mut found);
    for (_, page) in package.files().filter(|(path, _)| path.ends_with(".html")) {
        found.extend(scripts(&String::from_utf8_lossy(page)));
    }
    found.remove(ALONE);
    Ok(found)
}

fn collect(exported: &Value, found: &mut BTreeSet<String>) {
    let conditions = exported.as_object().into_iter().flatten();
    conditions.for_each(|(_, value)| collect(value, found));
    if let Some(path) = exported.as_str().filter(|path| path.ends_with(".js")) {
        found.insert(path.trim_start_matches("./").to_owned());
    }
}

/// The modules that a page names.
pub(crate) fn scripts(page: &str) -> impl Iterator<Item = String> {
    let named = page.split("<script type=\"module\" src=\"").skip(1);
    named.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Graph, entries};
    use crate::folder::Folder;

    #[test]
    fn entries_are_what_is_exported_and_what_pages_load() {
        let mut package = Folder::default();
        let exports = r#"{ ".": { "node": "./n.js", "default": "./a.js", "types": "./a.d.ts" }, "./w": "./w.wasm" }"#;
        package.insert("package.json", format!("{{ \"exports\": {exports} }}"));
        package.insert(
            "p.html",
            "<script type=\"module\" src=\"p.js\"></script><link href=\"x.js\">",
        );
        package.insert(
            "run.html",
            "<script type=\"module\" src=\"element/running.js\"></script>",
        );
        let entries: Vec<_> = entries(&package).unwrap().into_iter().collect();
        assert_eq!(entries, ["a.js", "n.js", "p.js"]);
    }

    #[test]
    fn modules_bring_along_what_those_import() {
        let imports = serde_json::json!({ "a": ["b"], "b": ["c", "a"], "c": [], "d": [] });
        let graph = Graph {
            imports: serde_json::from_value(imports).unwrap(),
        };
        let all: Vec<_> = graph.closure(&["a"]).unwrap().into_iter().collect();
        assert_eq!(all, ["a", "b", "c"]);
        graph.closure(&["x"]).map(|_| ()).unwrap_err();
    }
}
