//! What the published folders hold: the site, and the npm package.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::folder::Folder;
use crate::integrity;
use crate::project::Project;
use crate::style;
use crate::vendor;

/// The site: the page, all that is public in `www/`, and the glue.
pub(crate) fn site(project: &Project, glue: Folder) -> Result<Folder> {
    let mut site = Folder::read(&project.source("www"))?.keep(|path| path != "package.json");
    site.insert_file("index.html", &project.source("index.html"))?;
    site.insert("console.css.js", style::module(project)?);
    site.insert("openapi.js", openapi_module(project)?);
    site.merge("vendor/", vendor::modules(project)?);
    site.merge("glue/", glue);
    Ok(site)
}

/// The npm package: the modules and their types, the glue, and what a package has to say about
/// itself.
pub(crate) fn npm(project: &Project, glue: Folder) -> Result<Folder> {
    let mut package = Folder::read(&project.source("www"))?.keep(belongs_in_the_package);
    package.insert("console.css.js", style::module(project)?);
    package.insert("openapi.js", openapi_module(project)?);
    package.merge("vendor/", vendor::modules(project)?);
    package.merge("glue/", glue);
    package.insert("package.json", package_json(project)?);
    for file in ["README.md", "LICENSE", "CHANGELOG.md", "index.html"] {
        package.insert_file(file, &project.source(file))?;
    }
    Ok(package)
}

/// The glue of both builds in one folder, with the hashes of the wasm.
pub(crate) fn glue(folders: &[PathBuf]) -> Result<Folder> {
    let mut glue = Folder::default();
    for folder in folders {
        glue.merge("", Folder::read(folder)?);
    }
    let hashes = integrity::module(&glue)?;
    glue.insert("integrity.js", hashes);
    Ok(glue)
}

fn belongs_in_the_package(path: &str) -> bool {
    let module = [".js", ".mjs", ".d.ts"]
        .iter()
        .any(|end| path.ends_with(end));
    let page = matches!(path, "embed.html" | "run.html" | "page.css" | "icon.svg");
    (module && !path.starts_with("examples/")) || page || path == "openapi.json"
}

/// The OpenAPI document as a module, which every platform and bundler can load when asked for.
fn openapi_module(project: &Project) -> Result<String> {
    let text = fs::read_to_string(project.source("www/openapi.json"))
        .context("cannot read www/openapi.json")?;
    let document: Value = serde_json::from_str(&text).context("www/openapi.json")?;
    Ok(format!("export default {document};\n"))
}

fn package_json(project: &Project) -> Result<String> {
    let template = fs::read_to_string(project.source("www/package.json"))
        .context("cannot read www/package.json")?;
    let manifest = with_version(&template, &project.version()?)?;
    Ok(match project.repository()? {
        Some(address) => with_repository(&manifest, &address),
        None => manifest,
    })
}

/// Says where the sources are, as npm asks for it: what is published with provenance must.
fn with_repository(manifest: &str, address: &str) -> String {
    let address = address.trim_end_matches('/').trim_end_matches(".git");
    let lines = format!(
        "  \"homepage\": \"{address}#readme\",\n  \"bugs\": \"{address}/issues\",\n  \
         \"repository\": {{ \"type\": \"git\", \"url\": \"git+{address}.git\" }},\n"
    );
    manifest.replacen("  \"type\"", &format!("{lines}  \"type\""), 1)
}

/// Sets the version and leaves every other character alone: the order of `exports` has a meaning.
fn with_version(template: &str, version: &str) -> Result<String> {
    let old = version_of(template)?;
    let line = |version: &str| format!("\"version\": \"{version}\"");
    let new = template.replacen(&line(&old), &line(version), 1);
    ensure!(
        version_of(&new)? == version,
        "www/package.json: write the version as `\"version\": \"…\"`"
    );
    Ok(new)
}

fn version_of(manifest: &str) -> Result<String> {
    let manifest: Value = serde_json::from_str(manifest).context("www/package.json")?;
    let version = manifest.get("version").and_then(Value::as_str);
    version
        .map(str::to_owned)
        .context("www/package.json has no version")
}

#[cfg(test)]
mod tests {
    use super::{belongs_in_the_package, with_repository, with_version};

    #[test]
    fn the_version_is_set_and_the_order_kept() {
        let template = r#"{ "version": "0.0.0", "exports": { "types": "a", "default": "b" } }"#;
        let made = with_version(template, "1.2.3").unwrap();
        assert_eq!(made, template.replace("0.0.0", "1.2.3"));
        with_version("{}", "1.2.3").unwrap_err();
        with_version("{\"version\" : \"0.0.0\"}", "1.2.3").unwrap_err();
    }

    #[test]
    fn the_repository_is_told_as_npm_asks_for_it() {
        let made = with_repository("{\n  \"type\": \"module\"\n}", "https://git.example/a/b/");
        let made: serde_json::Value = serde_json::from_str(&made).unwrap();
        let expected = serde_json::json!({
            "homepage": "https://git.example/a/b#readme",
            "bugs": "https://git.example/a/b/issues",
            "repository": { "type": "git", "url": "git+https://git.example/a/b.git" },
            "type": "module",
        });
        assert_eq!(made, expected);
    }

    #[test]
    fn the_package_holds_modules_and_their_pages() {
        for (path, belongs) in [
            ("qod-sandbox.js", true),
            ("qod-sandbox.d.ts", true),
            ("parts/openapi.js", true),
            ("openapi.json", true),
            ("embed.html", true),
            ("run.html", true),
            ("console.css", false),
            ("package.json", false),
            ("examples/first.js", false),
        ] {
            assert_eq!(belongs_in_the_package(path), belongs, "{path}");
        }
    }
}
