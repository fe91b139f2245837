//! `cargo xtask release-check`: whether a tag may be published.

use std::env;
use std::fs;

use anyhow::{Context as _, Result, ensure};

use crate::project::Project;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The tag: v and the version of Cargo.toml
    tag: String,
}

/// What is known of the version that is to be published.
struct Release<'a> {
    version: &'a str,
    changelog: &'a str,
    /// The repository that Cargo.toml names, if it does; the npm package takes it from there.
    named: Option<&'a str>,
    /// `owner/name` of the repository whose workflow this is, if it is one.
    repository: Option<&'a str>,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let read = |path| {
        fs::read_to_string(project.source(path)).with_context(|| format!("cannot read {path}"))
    };
    let repository = env::var("GITHUB_REPOSITORY").ok();
    let tag = &options.tag;
    let wrong = Release {
        version: &project.version()?,
        changelog: &read("CHANGELOG.md")?,
        named: project.repository()?.as_deref(),
        repository: repository.as_deref(),
    }
    .wrong(tag);
    ensure!(
        wrong.is_empty(),
        "{tag} is not ready:\n- {}",
        wrong.join("\n- ")
    );
    println!("{tag} is ready to be published");
    Ok(())
}

impl Release<'_> {
    /// All that is in the way of publishing it under that tag.
    fn wrong(&self, tag: &str) -> Vec<String> {
        let version = self.version;
        let mut wrong = Vec::new();
        if tag.strip_prefix('v') != Some(version) {
            wrong.push(format!(
                "Cargo.toml has version {version}: the tag is v{version}, or the version another"
            ));
        }
        match section(self.changelog, version) {
            None => wrong.push(format!(
                "CHANGELOG.md has no section `## [{version}] - YYYY-MM-DD`: make one of Unreleased"
            )),
            Some(section) if !has_entries(section) => {
                wrong.push(format!("CHANGELOG.md says nothing under [{version}]"));
            }
            Some(_) => {}
        }
        if section(self.changelog, "Unreleased").is_some_and(has_entries) {
            wrong.push(format!(
                "CHANGELOG.md has entries under [Unreleased]: they belong to [{version}]"
            ));
        }
        wrong.extend(self.wrong_with_the_repository());
        wrong
    }

    /// npm takes a package with provenance only if it names the repository that it comes from.
    fn wrong_with_the_repository(&self) -> Option<String> {
        let Some(named) = self.named else {
            let what = "Cargo.toml has no `repository`: npm publishes with provenance only what \
                        names the repository that it comes from";
            return Some(what.to_owned());
        };
        let own = self.repository?;
        let same = named
            .trim_end_matches('/')
            .trim_end_matches(".git")
            .ends_with(&format!("/{own}"));
        (!same).then(|| format!("Cargo.toml names the repository {named}, this is {own}"))
    }
}

/// What stands below the heading of a version. One that is released has a date.
fn section<'a>(changelog: &'a str, version: &str) -> Option<&'a str> {
    let mut sections = changelog.split("\n## ").skip(1);
    sections.find_map(|section| {
        let (heading, body) = section.split_once('\n').unwrap_or((section, ""));
        let date = heading.strip_prefix(&format!("[{version}]"))?;
        let right = match date.strip_prefix(" - ") {
            Some(date) => is_date(date),
            None => date.is_empty() && version == "Unreleased",
        };
        right.then_some(body)
    })
}

fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.chars().enumerate().all(|(at, char)| match at {
            4 | 7 => char == '-',
            _ => char.is_ascii_digit(),
        })
}

fn has_entries(section: &str) -> bool {
    section.lines().any(|line| line.starts_with("- "))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::Release;
    use crate::command;

    const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-31\n\n\
        ### Added\n\n- Something.\n\n## [1.2.2] - 2026-01-01\n\n## [1.2.1]\n\n- Older.\n";

    fn wrong(tag: &str, version: &str, changelog: &str, named: Option<&str>) -> String {
        let release = Release {
            version,
            changelog,
            named,
            repository: Some("someone/qod"),
        };
        release.wrong(tag).join("; ")
    }

    const OWN: Option<&str> = Some("https://github.com/someone/qod");

    #[test]
    fn the_crate_holds_what_a_dependency_needs_and_no_more() {
        let mut list = Command::new(env!("CARGO"));
        list.args(["package", "--list", "--allow-dirty", "--offline"])
            .args(["--package", "qod-sandbox"])
            .current_dir(env!("CARGO_MANIFEST_DIR"));
        let listed = command::output(&mut list).unwrap();
        let rest = |file: &&str| !file.starts_with("src/") && !file.starts_with("examples/");
        let rest: Vec<_> = listed.lines().filter(rest).collect();
        let made = [".cargo_vcs_info.json", "Cargo.toml.orig"];
        let named = [
            "CHANGELOG.md",
            "Cargo.lock",
            "Cargo.toml",
            "LICENSE",
            "README.md",
        ];
        for file in &rest {
            assert!(made.contains(file) || named.contains(file), "{file}");
        }
        assert!(named.iter().all(|file| rest.contains(file)), "{rest:?}");
        assert!(listed.lines().any(|file| file == "src/lib.rs"));
    }

    #[test]
    fn what_is_ready_is_ready() {
        for named in [
            "https://github.com/someone/qod",
            "https://github.com/someone/qod.git",
            "https://github.com/someone/qod/",
        ] {
            assert_eq!(
                wrong("v1.2.3", "1.2.3", CHANGELOG, Some(named)),
                "",
                "{named}"
            );
        }
    }

    #[test]
    fn everything_that_is_in_the_way_is_named() {
        let unreleased = CHANGELOG.replace("[Unreleased]\n", "[Unreleased]\n\n- More.\n");
        for (tag, version, changelog, repository, named) in [
            ("v1.2.4", "1.2.3", CHANGELOG, OWN, "the tag is v1.2.3"),
            ("1.2.3", "1.2.3", CHANGELOG, OWN, "the tag is v1.2.3"),
            ("v1.2.4", "1.2.4", CHANGELOG, OWN, "no section"),
            ("v1.2.1", "1.2.1", CHANGELOG, OWN, "no section"),
            ("v1.2.2", "1.2.2", CHANGELOG, OWN, "nothing under [1.2.2]"),
            ("v1.2.3", "1.2.3", &unreleased, OWN, "under [Unreleased]"),
            ("v1.2.3", "1.2.3", CHANGELOG, None, "no `repository`"),
            (
                "v1.2.3",
                "1.2.3",
                CHANGELOG,
                Some("https://github.com/else/qod"),
                "this is someone/qod",
            ),
        ] {
            let wrong = wrong(tag, version, changelog, repository);
            assert!(wrong.contains(named), "{tag} {version}: {wrong}");
        }
    }
}
