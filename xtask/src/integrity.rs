//! Hashes of what is published, for pages that take it from elsewhere and want to be sure of it.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256, Sha384};

use crate::folder::Folder;
use crate::project::Project;
use crate::wasm::Flavour;

/// What the snippet calls the address of the package, unless another is given.
pub(crate) const BASE: &str = "/qod-sandbox/";

/// What a page imports; the rest is imported by these.
const ENTRIES: [(&str, &str); 4] = [
    ("qod-sandbox", "qod-sandbox.js"),
    ("qod-sandbox/element", "element.js"),
    ("qod-sandbox/intercept", "intercept.js"),
    ("qod-sandbox/frame", "frame.js"),
];

/// A module with the hashes of the wasm files, which the loader hands to `fetch`.
pub(crate) fn module(glue: &Folder) -> Result<String> {
    let mut module = String::new();
    for flavour in Flavour::ALL {
        let file = format!("{}_bg.wasm", flavour.name());
        let wasm = glue.get(&file).with_context(|| format!("no {file}"))?;
        writeln!(module, "export const {} = '{}';", flavour.name(), sri(wasm))?;
    }
    Ok(module)
}

/// The hashes of a package, and a page's import map with them.
pub(crate) struct Hashes {
    files: Map<String, Value>,
    content: String,
    base: String,
}

impl Hashes {
    /// Those of a package that pages find at an address.
    pub(crate) fn of(package: &Folder, base: &str) -> Self {
        let hash = |(path, content): (&str, &[u8])| (path.to_owned(), sri(content).into());
        Self {
            files: package.files().map(hash).collect(),
            content: content_hash(package),
            base: format!("{}/", base.trim_end_matches('/')),
        }
    }

    /// Writes `dist/integrity.json` and `dist/importmap.html`.
    pub(crate) fn write(&self, project: &Project) -> Result<()> {
        let list = json!({ "content": self.content, "files": self.files });
        let list = format!("{}\n", serde_json::to_string_pretty(&list)?);
        let snippet = format!("<script type=\"importmap\">{}</script>\n", self.script()?);
        let mut files = Folder::default();
        files.insert("integrity.json", list);
        files.insert("importmap.html", snippet);
        files.write_into(&project.dist(""))
    }

    /// What pages are likely to need.
    pub(crate) fn print(&self) -> Result<()> {
        println!("\nIntegrity, of every file in dist/integrity.json:");
        let entries = ENTRIES.iter().map(|(_, file)| (*file).to_owned());
        let wasm = Flavour::ALL.map(|flavour| format!("glue/{}_bg.wasm", flavour.name()));
        for file in entries.chain(wasm) {
            let hash = self.files.get(&file).and_then(Value::as_str);
            println!(
                "  {file:<24} {}",
                hash.with_context(|| format!("no {file}"))?
            );
        }
        println!(
            "An import map with all of it, for {}: dist/importmap.html",
            self.base
        );
        println!(
            "  its hash for script-src  '{}'",
            source_hash(&self.script()?)
        );
        println!(
            "The whole package, for addresses that never change: {}",
            self.content
        );
        Ok(())
    }

    fn script(&self) -> Result<String> {
        let map = serde_json::to_string_pretty(&map(&self.files, &self.base))?;
        Ok(format!("\n{map}\n"))
    }
}

/// The import map: where the entries are, and what each module must be.
fn map(hashes: &Map<String, Value>, base: &str) -> Value {
    let imports: Map<_, _> = ENTRIES
        .iter()
        .map(|(name, file)| ((*name).to_owned(), format!("{base}{file}").into()))
        .collect();
    let integrity: Map<_, _> = hashes
        .iter()
        .filter(|(path, _)| path.ends_with(".js"))
        .map(|(path, hash)| (format!("{base}{path}"), hash.clone()))
        .collect();
    json!({ "imports": imports, "integrity": integrity })
}

/// As the attribute `integrity` has it.
pub(crate) fn sri(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// As `script-src` has it.
fn source_hash(script: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(script)))
}

/// One short hash of all paths and contents.
pub(crate) fn content_hash(folder: &Folder) -> String {
    let mut all = Sha256::new();
    for (path, content) in folder.files() {
        all.update(format!("{path} {}\n", sri(content)));
    }
    let hash = all.finalize();
    hash.iter()
        .take(8)
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::{content_hash, map, sri};
    use crate::folder::Folder;

    #[test]
    fn hashes_are_those_of_the_standard() {
        // From the specification of Subresource Integrity.
        assert_eq!(
            sri(b"alert('Hello, world.');"),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }

    #[test]
    fn the_content_hash_is_of_paths_and_contents() {
        let hash = |path, content: &str| {
            let mut folder = Folder::default();
            folder.insert(path, content);
            content_hash(&folder)
        };
        assert_eq!(hash("a", "1").len(), 16);
        assert_eq!(hash("a", "1"), hash("a", "1"));
        assert_ne!(hash("a", "1"), hash("a", "2"));
        assert_ne!(hash("a", "1"), hash("b", "1"));
    }

    #[test]
    fn the_map_holds_modules_alone() {
        let hashes = [("a.js", "x"), ("b.wasm", "y"), ("c.d.ts", "z")]
            .map(|(path, hash)| (path.to_owned(), hash.into()));
        let map = map(&hashes.into_iter().collect(), "https://cdn.example/q/");
        assert_eq!(
            map["integrity"],
            serde_json::json!({ "https://cdn.example/q/a.js": "x" })
        );
        assert_eq!(
            map["imports"]["qod-sandbox/element"],
            "https://cdn.example/q/element.js"
        );
    }
}
