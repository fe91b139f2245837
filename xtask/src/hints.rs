//! What pages are told ahead: all that they are going to load, so that nothing waits for what names it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use crate::bundle::{Graph, scripts};
use crate::folder::Folder;
use crate::integrity::sri;
use crate::wasm::Flavour;

/// Loaded with the first element.
pub(crate) const CONSOLE: &str = "console.js";

/// What pages import that have no console.
pub(crate) const HEADLESS: &str = "qod-sandbox.js";

/// In the source of a page with a console; the build puts everything in its place.
const MARK: &str = "    <link rel=\"modulepreload\" href=\"console.js\" />\n";

/// Puts hints into the pages of a folder that show a console at once.
pub(crate) fn in_pages(mut folder: Folder, graph: &Graph) -> Result<Folder> {
    for path in ["index.html", "embed.html"] {
        let page = folder.get(path).with_context(|| format!("no {path}"))?;
        let page = String::from_utf8(page.to_vec())?;
        let own: Vec<_> = scripts(&page).collect();
        let mut starts: Vec<_> = own.iter().map(String::as_str).collect();
        starts.push(CONSOLE);
        let mut modules = graph.closure(&starts)?;
        modules.retain(|module| !own.iter().any(|script| script == module));
        let links = links(&folder, Flavour::Console, &modules, None)?;
        let (before, after) = page
            .split_once(MARK)
            .with_context(|| format!("{path}: no line {}", MARK.trim()))?;
        folder.insert(path, format!("{before}{links}{after}"));
    }
    Ok(folder)
}

/// `preload.html`: the same for pages of others that call `createSandbox` when they are opened, with hashes.
pub(crate) fn for_others(package: &Folder, graph: &Graph, base: &str) -> Result<Folder> {
    let modules = graph.closure(&[HEADLESS])?;
    let base = format!("{}/", base.trim_end_matches('/'));
    let mut folder = Folder::default();
    folder.insert(
        "preload.html",
        links(package, Flavour::Headless, &modules, Some(&base))?,
    );
    Ok(folder)
}

/// Links to modules and to the wasm, which has no hash here: the module that takes it sees to that, and Chromium warns
/// of attributes that it does not heed.
fn links(
    folder: &Folder,
    flavour: Flavour,
    modules: &BTreeSet<&str>,
    elsewhere: Option<&str>,
) -> Result<String> {
    let hash = |path: &str| {
        let content = folder.get(path).with_context(|| format!("no {path}"))?;
        anyhow::Ok(sri(content))
    };
    let base = elsewhere.unwrap_or_default();
    let indent = if elsewhere.is_some() { "" } else { "    " };
    let wasm = format!("glue/{}_bg.wasm", flavour.name());
    let mut links = format!(
        "{indent}<link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" href=\"{base}{wasm}\" crossorigin />\n"
    );
    for module in modules {
        let checked = match elsewhere {
            Some(_) => format!(" integrity=\"{}\" crossorigin", hash(module)?),
            None => String::new(),
        };
        writeln!(
            links,
            "{indent}<link rel=\"modulepreload\" href=\"{base}{module}\"{checked} />"
        )?;
    }
    Ok(links)
}

#[cfg(test)]
mod tests {
    use super::MARK;

    #[test]
    fn the_pages_have_a_place_for_hints() {
        for page in [
            include_str!("../../index.html"),
            include_str!("../../www/embed.html"),
        ] {
            assert_eq!(page.matches(MARK).count(), 1);
        }
    }
}
