//! `cargo xtask test`: every check and every test, counted.

use std::cell::LazyCell;
use std::num::NonZeroU32;
use std::process::ExitCode;

use anyhow::{anyhow, ensure};

use crate::budget;
use crate::build;
use crate::fuzz;
use crate::model;
use crate::node;
use crate::project::Project;
use crate::toolchain;
use crate::wasm::Flavour;

use browsers::{Browsers, Kind};
use in_browser::{PageTests, WasmTests};
use suite::Suite;
use tally::Tally;

mod browsers;
mod found;
mod in_browser;
mod in_node;
mod interrupt;
mod names;
mod package;
mod repeat;
mod step;
mod suite;
mod tally;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Leave out what needs a browser, Node, or the release build
    #[arg(long)]
    quick: bool,
    /// Besides, a million commands beside a naive backend, and anything at all through every door for a minute
    #[arg(long, conflicts_with_all = ["quick", "repeat"])]
    long: bool,
    /// Run what needs a browser, and only that, so many times in a row, and name what fails now and then
    #[arg(long, value_name = "N", conflicts_with = "quick")]
    repeat: Option<NonZeroU32>,
}

/// What the crate can be besides, natively.
const SERVICE: &str = "qod-sandbox/tower";

/// Runs everything, also after a failure; the last line it prints is the count.
pub(crate) fn run(project: &Project, options: &Options) -> ExitCode {
    if let Some(rounds) = options.repeat {
        return repeat::run(project, rounds.get());
    }
    let mut suite = Suite::default();
    if let Err(error) =
        toolchain::ensure_components(project).and_then(|()| toolchain::ensure_wasm_target(project))
    {
        suite.run("Toolchain", || Err(error));
    }
    checks(project, &mut suite);
    suite.run("Native tests", || {
        let mut test = project.cargo("test --workspace --no-fail-fast");
        step::libtest(test.args(["--features", SERVICE]))
    });
    if !options.quick {
        built_tests(project, &mut suite);
    }
    if options.long {
        suite.run("Beside a naive backend", || {
            model::run(project, &model::Options::default()).map(|()| Tally::passed(1))
        });
        suite.run("Anything at all", || {
            fuzz::run(project, &fuzz::Options::default()).map(|()| Tally::passed(1))
        });
    }
    suite.finish()
}

fn checks(project: &Project, suite: &mut Suite) {
    suite.run("Format", || {
        step::check(&mut project.cargo("fmt --all --check"))
    });
    // Without default features it is the same code: they concern wasm alone.
    suite.run("Clippy", || {
        step::check(&mut project.cargo("clippy --workspace --all-targets -- -Dwarnings"))
    });
    suite.run("Clippy, with the service", || {
        let mut clippy = project.cargo("clippy --workspace --all-targets");
        step::check(clippy.args(["--features", SERVICE, "--", "-Dwarnings"]))
    });
    for flavour in Flavour::ALL {
        suite.run(&format!("Clippy for wasm, {}", flavour.name()), || {
            let mut clippy = project.cargo("clippy --lib --tests");
            clippy.args(flavour.arguments(project));
            step::check(clippy.args(["--", "-Dwarnings"]))
        });
    }
    suite.run("Documentation", || {
        let mut doc = project.cargo("doc --workspace --no-deps");
        doc.args(["--features", SERVICE]);
        step::check(doc.env("RUSTDOCFLAGS", "-Dwarnings"))
    });
    suite.run("Documentation for wasm", || {
        let mut doc = project.cargo("doc --no-deps");
        doc.args(Flavour::Console.arguments(project));
        step::check(doc.env("RUSTDOCFLAGS", "-Dwarnings"))
    });
}

/// What takes a browser or the release build.
fn built_tests(project: &Project, suite: &mut Suite) {
    let browsers = Browsers::new(project);
    let wasm_tests = LazyCell::new(|| WasmTests::compile(project));
    for kind in Kind::ALL {
        suite.run(&format!("Wasm tests in {kind}"), || {
            let Some(browser) = browsers.get(kind)? else {
                return Ok(Tally::left_out());
            };
            let tests = wasm_tests.as_ref().map_err(known)?;
            tests.run(project, browser, &mut Vec::new())
        });
    }

    let built = suite.run("Release build", || {
        build::run(project, &build::Options::default()).map(|()| Tally::passed(1))
    });
    let build = || {
        ensure!(built, "not run: there is no build to test");
        Ok(())
    };
    suite.run("Sizes, and their budgets", || {
        build().and_then(|()| budget::check(project).map(|()| Tally::passed(1)))
    });
    if project.source("tests/node").is_dir() {
        suite.run("The package in Node", || {
            build().and_then(|()| in_node::tests(project))
        });
    }
    suite.run("The package, as tools for packages see it", || {
        build().and_then(|()| package::checks(project))
    });
    if project.source("tests/types").is_dir() {
        let mut tsc = node::tool(project, "typescript/bin/tsc");
        tsc.args(["-p", "tests/types"]);
        suite.run("The types of the package", || {
            build().and_then(|()| step::check(&mut tsc))
        });
    }
    for kind in Kind::ALL {
        suite.run(&format!("The page in {kind}"), || {
            build()?;
            let Some(browser) = browsers.get(kind)? else {
                return Ok(Tally::left_out());
            };
            let left = project.target("e2e");
            PageTests::serve(project)?.run(project, browser, &left, &mut Vec::new())
        });
    }
}

/// An error that more than one step meets.
fn known(error: &anyhow::Error) -> anyhow::Error {
    anyhow!("{error:#}")
}
