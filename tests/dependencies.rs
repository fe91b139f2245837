//! The table of dependencies in ARCHITECTURE.md: a reason for each that there is, and for none that there is not.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::path::Path;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The dependencies of a manifest of Cargo: what stands at the left of a line, in sections of them.
fn of_cargo(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in text.lines() {
        if let Some(section) = line.strip_prefix('[') {
            inside = section.trim_end_matches(']').ends_with("dependencies");
        } else if inside
            && !line.starts_with('#')
            && let Some((name, _)) = line.split_once(" = ")
        {
            names.push(name.trim().to_owned());
        }
    }
    names
}

/// The programs that cargo installs: `tool("name", "version")`.
fn of_tools(text: &str) -> Vec<String> {
    let calls = text.split("= tool(\"").skip(1);
    calls
        .filter_map(|call| Some(call.split('"').next()?.to_owned()))
        .collect()
}

/// The dependencies of a package.json.
fn of_npm(text: &str) -> Vec<String> {
    let manifest: serde_json::Value = serde_json::from_str(text).unwrap();
    let sections = ["dependencies", "devDependencies", "optionalDependencies"];
    let members = sections
        .iter()
        .filter_map(|name| manifest.get(name)?.as_object());
    members
        .flat_map(|members| members.keys().cloned())
        .collect()
}

/// What the first column of the table names: rows, names in a row, and scopes that a row shortens,
/// as in `@ast-grep/napi, lang-go`.
fn named(table: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for row in table.lines().filter_map(|line| line.strip_prefix("| ")) {
        let (column, reason) = row.split_once(" | ").unwrap();
        assert!(reason.trim_end_matches(" |").len() > 10, "{row}: no reason");
        // What stands in brackets says where they are needed.
        let parts = column
            .split('(')
            .map(|part| part.split_once(')').map_or(part, |(_, rest)| rest));
        let column: String = parts.collect();
        let scope = column
            .strip_prefix('@')
            .and_then(|rest| rest.split_once('/'));
        for name in column.split([',', ';']).map(str::trim) {
            names.insert(name.to_owned());
            if let Some((scope, _)) = scope.filter(|_| !name.starts_with('@')) {
                names.insert(format!("@{scope}/{name}"));
            }
        }
    }
    names
}

/// The table in a text: from its head to the line that is none of it.
fn table(text: &str) -> String {
    let (_, rest) = text.split_once("| crate | why |\n| --- | --- |\n").unwrap();
    let rows = rest.lines().take_while(|line| line.starts_with('|'));
    rows.map(|row| row.to_owned() + "\n").collect()
}

#[test]
fn each_dependency_has_its_reason_and_each_reason_its_dependency() {
    let mut there = BTreeSet::new();
    for path in [
        "Cargo.toml",
        "xtask/Cargo.toml",
        "bench/native/Cargo.toml",
        "fuzz/Cargo.toml",
    ] {
        there.extend(of_cargo(&read(path)));
    }
    for path in ["package.json", "bench/package.json"] {
        there.extend(of_npm(&read(path)));
    }
    there.extend(of_tools(&read("xtask/src/tools.rs")));
    // The project itself, measured.
    there.remove("qod-sandbox");
    assert!(there.len() > 50, "{there:?}");

    let named = named(&table(&read("ARCHITECTURE.md")));
    let missing: Vec<_> = there.difference(&named).collect();
    assert!(missing.is_empty(), "no row in ARCHITECTURE.md: {missing:?}");
    let plain = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    let short: BTreeSet<_> = there.iter().map(|name| plain(name)).collect();
    let known = |name: &&String| there.contains(*name) || short.contains(&plain(name));
    let gone: Vec<_> = named.iter().filter(|name| !known(name)).collect();
    assert!(
        gone.is_empty(),
        "a row in ARCHITECTURE.md for what is gone: {gone:?}"
    );
}

#[test]
fn the_readers_see_what_there_is() {
    let cargo = "[package]\nname = \"x\"\n[dependencies]\na = \"1\"\n# b = \"1\"\nc-d = { version = \"1\" }\n[target.'cfg(unix)'.dev-dependencies]\ne = \"1\"\n[lints]\nf = \"1\"\n";
    assert_eq!(of_cargo(cargo), ["a", "c-d", "e"]);
    assert_eq!(
        of_npm(
            r#"{"name": "x", "devDependencies": {"@a/b": "1"}, "optionalDependencies": {"c": "1"}}"#
        ),
        ["@a/b", "c"]
    );
    let text = "Before\n\n| crate | why |\n| --- | --- |\n| a, b (feature `x`); c (xtask) | because of this |\n| @d/e, f (npm, elsewhere) | because of that |\n\nAfter | x\n";
    let names = named(&table(text));
    for name in ["a", "b", "c", "@d/e", "@d/f"] {
        assert!(names.contains(name), "{name} in {names:?}");
    }
    assert!(!names.contains("After"));
}
