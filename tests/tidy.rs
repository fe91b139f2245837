//! Tidiness of the sources: the floors of the building, who reads the clock, and a few habits.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::path::Path;

/// The rooms by floor, from the ground: a file imports from its own room, and from floors below.
const FLOORS: [&[&str]; 7] = [
    &["time", "http"],
    &["engine"],
    &["api"],
    &["sandbox"],
    &["driver"],
    &["ui", "js", "service"],
    &["lib"],
];

/// The one way from door to door: a console is mounted on a backend that the other door made. The
/// components behind it know nothing of that.
const BETWEEN_DOORS: (&str, &str) = ("ui.rs", "js");

/// From here on there is a browser.
const DRIVER: usize = 4;

/// Crates that need one.
const BROWSER: [&str; 6] = [
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "serde_wasm_bindgen",
    "gloo",
    "yew",
];

/// Ways to learn what time it is.
const CLOCKS: [&str; 4] = [
    "Date::now",
    "SystemTime::now",
    "Instant::now",
    "performance()",
];

/// What is left behind by accident.
const LEFTOVERS: [&str; 8] = [
    "TODO",
    "FIXME",
    "XXX",
    "dbg!",
    "println!",
    "print!",
    "todo!",
    "unimplemented!",
];

/// A file of `src`, by its path inside.
struct Source {
    path: String,
    text: String,
}

/// All that is wrong with a file.
fn breaches(source: &Source) -> Vec<String> {
    let mut breaches = Vec::new();
    let mut breach = |what: String| breaches.push(format!("src/{}: {what}", source.path));
    let room = source
        .path
        .trim_end_matches(".rs")
        .split('/')
        .next()
        .unwrap();
    let floor_of = |room: &str| FLOORS.iter().position(|rooms| rooms.contains(&room));
    let code = code(&source.text);

    match floor_of(room) {
        None => breach(format!("{room} stands on no floor: add it to FLOORS")),
        Some(floor) => {
            for other in imports(&code, !source.path.contains('/')) {
                let below = floor_of(&other).is_some_and(|other| other < floor);
                let allowed = BETWEEN_DOORS == (source.path.as_str(), other.as_str());
                if !below && !allowed && other != room && room != "lib" {
                    breach(format!("imports {other}, which is not below"));
                }
            }
            for name in BROWSER
                .iter()
                .filter(|name| floor < DRIVER && has_crate(&code, name))
            {
                breach(format!("{name} is for the driver and above"));
            }
        }
    }
    if room == "engine" && has_word(&code, "serde_json") {
        breach("the engine knows no JSON".to_owned());
    }
    for clock in CLOCKS
        .iter()
        .filter(|clock| room != "driver" && code.contains(*clock))
    {
        breach(format!("{clock}: only the driver reads the clock"));
    }
    if has_word(&code, "unsafe") {
        breach("unsafe".to_owned());
    }
    for leftover in LEFTOVERS
        .iter()
        .filter(|leftover| has_word(&source.text, leftover))
    {
        breach(format!("{leftover} is left"));
    }
    let lines = source.text.lines().count();
    if lines > 400 {
        breach(format!("{lines} lines: split it"));
    }
    if !source.text.starts_with("//! ") {
        breach("does not begin with a `//!` that says what it is".to_owned());
    }
    if source.path.ends_with("mod.rs") {
        breach("modules are `name.rs` and `name/`".to_owned());
    }
    breaches
}

/// A source without what follows `//`, and with literals of text as they are.
fn code(text: &str) -> String {
    let line = |line: &'_ str| match line.find("//") {
        // Inside a literal, as in "https://"; there it is no comment.
        Some(at) if line[..at].matches('"').count().is_multiple_of(2) => line[..at].to_owned(),
        _ => line.to_owned(),
    };
    text.lines().map(|text| line(text) + "\n").collect()
}

/// The rooms that a file mentions: `crate::room`, each of `crate::{a, b}`, and, in a file that is
/// a room of its own, `super::room`. `super::super` could lead anywhere, so it counts as one.
fn imports(code: &str, is_room: bool) -> Vec<String> {
    let mut rooms = Vec::new();
    let mut after = |marker: &str, code: &str| {
        for (at, _) in code.match_indices(marker) {
            let rest = &code[at + marker.len()..];
            let names = match rest.strip_prefix('{') {
                Some(group) => group_heads(group),
                None => vec![rest],
            };
            rooms.extend(names.into_iter().map(ident).filter(|name| name != "self"));
        }
    };
    after("crate::", code);
    if is_room {
        // The tests of a room are inside it.
        let outside = code.split("mod tests {").next().unwrap();
        after("super::", outside);
    }
    if code.contains("super::super") {
        rooms.push("super::super".to_owned());
    }
    rooms
}

/// Where the members of a `{a::{b, c}, d}` begin; its own brace is gone already.
fn group_heads(group: &str) -> Vec<&str> {
    let (mut depth, mut heads) = (0, vec![group]);
    for (at, char) in group.char_indices() {
        match char {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(&group[at + 1..]),
            _ => {}
        }
    }
    heads.retain(|head| !ident(head).is_empty());
    heads
}

fn ident(text: &str) -> String {
    let word = |char: &char| char.is_alphanumeric() || *char == '_';
    text.trim_start().chars().take_while(word).collect()
}

/// Whether `word` stands somewhere in `text`, and is no part of a longer one.
fn has_word(text: &str, word: &str) -> bool {
    let is_other = |char: char| !char.is_alphanumeric() && char != '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        before.is_none_or(is_other) && after.is_none_or(is_other)
    })
}

/// Whether `code` uses a crate, or one of the crates whose names begin with its name.
fn has_crate(code: &str, name: &str) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    code.split(|char| !is_part(char)).any(|word| {
        let rest = word.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    })
}

/// All files of a folder, in order.
fn sources(folder: &Path, inside: &str, found: &mut Vec<Source>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{inside}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            sources(&entry.path(), &format!("{path}/"), found);
        } else if path.ends_with(".rs") {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            found.push(Source { path, text });
        }
    }
}

#[test]
fn the_sources_are_tidy() {
    let mut found = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    sources(&folder, "", &mut found);
    assert!(found.len() > 20, "{} files", found.len());
    let breaches: Vec<_> = found.iter().flat_map(breaches).collect();
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn every_test_of_the_backend_is_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/backend");
    let root = std::fs::read_to_string(folder.join("main.rs")).unwrap();
    let files = std::fs::read_dir(&folder).unwrap();
    let names = files.map(|file| file.unwrap().path().file_stem().unwrap().to_owned());
    let left_out: Vec<_> = names
        .map(|name| name.into_string().unwrap())
        .filter(|name| name != "main" && !root.contains(&format!("\nmod {name};")))
        .collect();
    assert!(left_out.is_empty(), "main.rs has no mod {left_out:?}");
}

#[test]
fn the_checker_sees_what_is_not_tidy() {
    let check = |path: &str, code: &str, expected: &[&str]| {
        let (path, text) = (path.to_owned(), format!("//! A file.\n{code}\n"));
        let breaches = breaches(&Source { path, text });
        assert_eq!(breaches.len(), expected.len(), "{code}: {breaches:?}");
        for (breach, expected) in breaches.iter().zip(expected) {
            assert!(breach.contains(expected), "{code}: {breach}");
        }
    };
    // Floors.
    check("http.rs", "use crate::time::Instant;", &["imports time"]);
    check("engine/flow.rs", "use crate::time::Instant;", &[]);
    check("engine/flow.rs", "use crate::engine::Device;", &[]);
    check("engine/flow.rs", "use super::device::Device;", &[]);
    check("engine/flow.rs", "use crate::api::wire;", &["imports api"]);
    check(
        "engine/flow.rs",
        "use super::super::api;",
        &["imports super::super"],
    );
    check("engine.rs", "use super::api;", &["imports api"]);
    check("engine.rs", "mod tests {\n    use super::*;\n}", &[]);
    check(
        "api/parse.rs",
        "use crate::{engine::{Flow, api}, sandbox, time};",
        &["imports sandbox"],
    );
    check(
        "api/parse.rs",
        "use crate::{\n    http::Request,\n    driver::Driver,\n};",
        &["imports driver"],
    );
    check(
        "api/parse.rs",
        "fn f() -> crate::sandbox::Run {}",
        &["imports sandbox"],
    );
    check(
        "sandbox.rs",
        "// crate::driver\nlet x = \"https://crate\";",
        &[],
    );
    check("js.rs", "use crate::ui::App;", &["imports ui"]);
    check("ui/app.rs", "use crate::driver::Driver;", &[]);
    check("ui.rs", "use crate::js::Backend;", &[]);
    check("ui/app.rs", "use crate::js::Backend;", &["imports js"]);
    check("driver/live.rs", "use crate::js::Value;", &["imports js"]);
    check("lib.rs", "use crate::js::Value;", &[]);
    check("cellar.rs", "", &["stands on no floor"]);
    // Browser, JSON, clock.
    for name in BROWSER {
        check("sandbox/io.rs", &format!("use {name}::x;"), &[name]);
        check("driver/live.rs", &format!("use {name}::x;"), &[]);
    }
    check(
        "sandbox/io.rs",
        "use gloo_timers::callback::Timeout;",
        &["gloo"],
    );
    check("sandbox/io.rs", "let yewtree = 1;", &[]);
    check("engine/flow.rs", "use serde_json::Value;", &["JSON"]);
    check("api/parse.rs", "use serde_json::Value;", &[]);
    for clock in CLOCKS {
        check("ui/app.rs", &format!("let now = {clock};"), &[clock]);
        check("driver/live.rs", &format!("let now = {clock};"), &[]);
    }
    // Habits.
    check("http.rs", "unsafe { }", &["unsafe"]);
    check("http.rs", "#![forbid(unsafe_code)]", &[]);
    for leftover in LEFTOVERS {
        check("http.rs", &format!("// {leftover}"), &[leftover]);
    }
    check("http.rs", "eprintln!(\"{UNTODO}\");", &[]);
    check("http.rs", &"\n".repeat(398), &[]);
    check("http.rs", &"\n".repeat(399), &["401 lines"]);
    check("api/mod.rs", "", &["modules are"]);
    let (path, text) = (
        "http.rs".to_owned(),
        "/// Not what the file is.\n".to_owned(),
    );
    assert_eq!(breaches(&Source { path, text }).len(), 1);
}
