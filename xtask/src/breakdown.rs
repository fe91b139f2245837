//! `cargo xtask sizes`: what the published wasm consists of.
//!
//! Functions have their names from rustc, as the optimiser has them before it takes them away. What
//! was inlined counts to where it is; the types that a generic function was made for are not in its name.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use crate::build;
use crate::function_name::{crate_of, module_of, without_hash};
use crate::optimise;
use crate::project::Project;
use crate::sizes;
use crate::wasm::{self, Flavour, Profile};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many lines each list has
    #[arg(long, default_value_t = 20)]
    top: usize,
    /// A file for all of it, as JSON
    #[arg(long)]
    json: Option<PathBuf>,
}

/// Bytes and functions by what they belong to.
type Shares = BTreeMap<String, Share>;

#[derive(Clone, Copy, Default)]
struct Share {
    bytes: usize,
    functions: usize,
}

/// What a wasm file consists of, but for the names in it.
#[derive(Default)]
struct Breakdown {
    sections: Shares,
    crates: Shares,
    modules: Shares,
    /// Functions that are there more than once, for other types each time.
    copies: Shares,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    build::make(project)?;
    let mut all = serde_json::Map::new();
    for (flavour, breakdown, [raw, brotli]) in of_both(project)? {
        breakdown.print(flavour, raw, brotli, options.top);
        all.insert(flavour.name().to_owned(), breakdown.to_json(raw, brotli));
    }
    if let Some(file) = &options.json {
        write(file, &Value::Object(all))?;
        println!("\nWrote {}", file.display());
    }
    Ok(())
}

/// What was built last consists of, by flavour.
pub(crate) fn to_json(project: &Project) -> Result<Value> {
    let all = of_both(project)?.into_iter();
    let all = all.map(|(flavour, breakdown, [raw, brotli])| {
        (flavour.name().to_owned(), breakdown.to_json(raw, brotli))
    });
    Ok(Value::Object(all.collect()))
}

/// With the size of what is published, as it is and with brotli.
fn of_both(project: &Project) -> Result<Vec<(Flavour, Breakdown, [usize; 2])>> {
    let of = |(flavour, glue): (Flavour, PathBuf)| {
        let named = optimise::with_names(project, flavour, &glue)?;
        let breakdown = Breakdown::of(&fs::read(&named)?)
            .with_context(|| format!("cannot take {} apart", named.display()))?;
        let published = project.dist(&format!("npm/glue/{}_bg.wasm", flavour.name()));
        let measured = sizes::measure(project, &[published])?;
        let [raw, _, brotli] = measured.first().copied().unwrap_or_default();
        Ok((flavour, breakdown, [raw, brotli]))
    };
    let built = wasm::build(project, Profile::Release)?;
    built.into_iter().map(of).collect()
}

fn write(file: &Path, value: &Value) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, format!("{value:#}\n"))
        .with_context(|| format!("cannot write {}", file.display()))
}

impl Breakdown {
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "all other sections count by their size alone"
    )]
    fn of(wasm: &[u8]) -> Result<Self> {
        let mut sections = Shares::new();
        let mut bodies = Vec::new();
        let mut names = BTreeMap::new();
        let mut imported = 0;
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            match &payload {
                Payload::ImportSection(imports) => {
                    for import in imports.clone().into_imports() {
                        let function =
                            matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_));
                        imported += u32::from(function);
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.range().len()),
                Payload::CustomSection(custom) => {
                    if let KnownCustom::Name(parts) = custom.as_known() {
                        for part in parts {
                            if let Name::Function(map) = part? {
                                for naming in map {
                                    let naming = naming?;
                                    names.insert(naming.index, naming.name.to_owned());
                                }
                            }
                        }
                    }
                    continue;
                }
                _ => {}
            }
            if let Some((id, range)) = payload.as_section() {
                add(&mut sections, section(id), range.len());
            }
        }
        let mut breakdown = Self {
            sections,
            ..Self::default()
        };
        for (index, bytes) in (imported..).zip(bodies) {
            let name = names.get(&index).map(String::as_str).unwrap_or_default();
            breakdown.count(name, bytes);
        }
        (breakdown.copies).retain(|name, share| share.functions > 1 && !name.is_empty());
        Ok(breakdown)
    }

    fn count(&mut self, name: &str, bytes: usize) {
        add(&mut self.crates, crate_of(name), bytes);
        if let Some(module) = module_of(name) {
            add(&mut self.modules, &module, bytes);
        }
        add(&mut self.copies, without_hash(name), bytes);
    }

    fn print(&self, flavour: Flavour, raw: usize, brotli: usize, top: usize) {
        let name = flavour.name();
        println!("\n{name}: {raw} bytes, {brotli} with brotli (shared out below by raw size)");
        let lists = [
            ("sections", &self.sections),
            ("crates", &self.crates),
            ("modules of qod_sandbox", &self.modules),
            ("functions made more than once", &self.copies),
        ];
        for (title, shares) in lists {
            println!(
                "\n{:>9} {:>9} {:>9}  {title}",
                "raw", "brotli ~", "functions"
            );
            for (name, share) in largest(shares).into_iter().take(top) {
                let wire = share.bytes * brotli / raw.max(1);
                println!(
                    "{:>9} {wire:>9} {:>9}  {name}",
                    share.bytes, share.functions
                );
            }
        }
    }

    fn to_json(&self, raw: usize, brotli: usize) -> Value {
        let list = |shares| {
            let share = |(name, share): (&String, Share)| json!({ "name": name, "bytes": share.bytes, "functions": share.functions });
            largest(shares).into_iter().map(share).collect::<Vec<_>>()
        };
        json!({
            "raw": raw,
            "brotli": brotli,
            "sections": list(&self.sections),
            "crates": list(&self.crates),
            "modules": list(&self.modules),
            "copies": list(&self.copies),
        })
    }
}

fn add(shares: &mut Shares, name: &str, bytes: usize) {
    let share = shares.entry(name.to_owned()).or_default();
    share.bytes += bytes;
    share.functions += 1;
}

/// The largest first; of the same size, in the order of their names.
fn largest(shares: &Shares) -> Vec<(&String, Share)> {
    let mut all: Vec<_> = shares.iter().map(|(name, share)| (name, *share)).collect();
    all.sort_by_key(|(_, share)| std::cmp::Reverse(share.bytes));
    all
}

fn section(id: u8) -> &'static str {
    match id {
        10 => "code",
        11 => "data",
        9 => "elements: functions that are called by pointer",
        2 | 7 => "imports and exports",
        _ => "the rest",
    }
}
