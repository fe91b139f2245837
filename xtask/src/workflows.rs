//! The workflows under `.github`, held against what they call. They run where this does not.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use serde_json::Value;

use crate::Cli;

/// Commands of others that publish.
const PUBLISHING: [&str; 2] = ["npm publish --provenance --access public", "cargo publish"];

/// Who may say who the workflow is, and to whom.
const IDENTIFIED: [&str; 3] = ["npm", "crate", "pages"];

fn workflow(name: &str) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(root.join(".github/workflows").join(name)).unwrap();
    serde_saphyr::from_str(&text).unwrap()
}

fn jobs(workflow: &Value) -> BTreeMap<&String, &Value> {
    workflow["jobs"].as_object().unwrap().iter().collect()
}

fn steps(job: &Value) -> &Vec<Value> {
    job["steps"].as_array().unwrap()
}

/// What is wrong with a command; nothing if it can be called.
fn wrong(command: &str) -> Option<String> {
    let words: Vec<_> = command
        .split(' ')
        .map(|word| word.trim_matches('"'))
        .collect();
    match words.as_slice() {
        ["cargo", "xtask", arguments @ ..] => {
            let all = std::iter::once(&"cargo xtask").chain(arguments);
            let parsed = Cli::command().try_get_matches_from(all);
            parsed.err().map(|error| error.to_string())
        }
        ["bash", script] => {
            let script = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("..")
                .join(script);
            (!script.is_file()).then(|| "there is no such script".to_owned())
        }
        _ => (!PUBLISHING.contains(&command)).then(|| "nothing that is known".to_owned()),
    }
}

#[test]
fn what_they_run_exists() {
    for name in ["ci.yml", "release.yml"] {
        let workflow = workflow(name);
        let mut commands = 0;
        for (job, steps_of) in jobs(&workflow) {
            for step in steps(steps_of) {
                let Some(command) = step["run"].as_str() else {
                    continue;
                };
                assert_eq!(wrong(command), None, "{name}, {job}: {command}");
                commands += 1;
            }
        }
        assert!(commands > 0, "{name}");
    }
    for bad in [
        "cargo xtask release",
        "cargo xtask release-check",
        "bash .ci/walk",
        "rm -r x",
        "cargo xtask build && x",
    ] {
        assert!(wrong(bad).is_some(), "{bad}");
    }
}

#[test]
fn actions_have_a_major_version_and_jobs_an_end() {
    for name in ["ci.yml", "release.yml"] {
        for (job, content) in jobs(&workflow(name)) {
            assert!(content["timeout-minutes"].is_u64(), "{name}, {job}");
            for action in steps(content)
                .iter()
                .filter_map(|step| step["uses"].as_str())
            {
                let (of, version) = action.split_once('@').unwrap();
                assert_eq!(of.matches('/').count(), 1, "{action}");
                let major = version.strip_prefix('v').unwrap();
                assert!(major.parse::<u32>().is_ok(), "{action}");
            }
        }
    }
}

#[test]
fn nobody_may_do_more_than_is_needed() {
    let (ci, release) = (workflow("ci.yml"), workflow("release.yml"));
    assert_eq!(ci["permissions"], serde_json::json!({ "contents": "read" }));
    assert_eq!(release["permissions"], serde_json::json!({}));
    for (job, content) in jobs(&ci) {
        assert!(content.get("permissions").is_none(), "{job}");
    }
    for (job, content) in jobs(&release) {
        let permissions = content["permissions"].as_object().unwrap();
        let identified = permissions.contains_key("id-token");
        assert_eq!(identified, IDENTIFIED.contains(&job.as_str()), "{job}");
        let writes = permissions.iter().filter(|(_, access)| *access == "write");
        let allowed = ["id-token", "pages"];
        for (permission, _) in writes {
            assert!(
                allowed.contains(&permission.as_str()),
                "{job}: {permission}"
            );
        }
    }
}

#[test]
fn a_release_is_checked_and_tested_before_anything_is_published() {
    let release = workflow("release.yml");
    assert_eq!(release["on"]["push"]["tags"], serde_json::json!(["v*"]));
    assert_eq!(release["concurrency"]["cancel-in-progress"], false);
    let build = &release["jobs"]["build"];
    let commands: Vec<_> = steps(build)
        .iter()
        .filter_map(|step| step["run"].as_str())
        .collect();
    assert_eq!(
        commands,
        [
            "cargo xtask release-check \"$GITHUB_REF_NAME\"",
            "bash .ci/run",
            "cargo xtask pages",
        ]
    );
    for (job, needs) in [("npm", "build"), ("crate", "build"), ("pages", "npm")] {
        assert_eq!(release["jobs"][job]["needs"], needs, "{job}");
    }
}
