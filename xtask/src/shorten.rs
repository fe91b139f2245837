//! Names that only the wasm and its glue know, made short: each ends in a hash, which no compression
//! makes smaller, and stands in both.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use walrus::Module;

/// Renames what the wasm imports, in both files.
pub(crate) fn imports(wasm: &Path, glue: &Path) -> Result<()> {
    let mut module = Module::from_file(wasm)?;
    let mut text = fs::read_to_string(glue)?;
    for (number, import) in module.imports.iter_mut().enumerate() {
        let short = short(number);
        text = with_member(&text, &import.name, &short)
            .with_context(|| format!("{} does not provide {} once", glue.display(), import.name))?;
        import.name = short;
    }
    module.emit_wasm_file(wasm)?;
    fs::write(glue, text)?;
    Ok(())
}

/// Renames a member of the object of imports, which has its lines to itself.
fn with_member(text: &str, name: &str, short: &str) -> Result<String> {
    let member = format!("\n        {name}: ");
    let (before, after) = text.split_once(&member).context("it is not there")?;
    ensure!(!after.contains(&member), "it is there twice");
    Ok([before, "\n        ", short, ": ", after].concat())
}

/// `a` to `z`, `aa` and so on.
fn short(number: usize) -> String {
    let letter = ('a'..='z').nth(number % 26);
    let before = (number / 26).checked_sub(1).map(short);
    before.unwrap_or_default() + &String::from_iter(letter)
}

#[cfg(test)]
mod tests {
    use super::{short, with_member};

    #[test]
    fn numbers_have_short_names_of_their_own() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(short),
            ["a", "z", "aa", "az", "ba", "zz", "aaa"]
        );
    }

    #[test]
    fn a_member_is_renamed_where_it_is_one_only() {
        let glue = "const import0 = {\n        __wbg_a_1: function() {\n            __wbg_a_1();\n        },\n    };\n";
        let renamed = with_member(glue, "__wbg_a_1", "a").unwrap();
        assert!(renamed.contains("\n        a: function() {\n            __wbg_a_1();"));
        with_member(glue, "__wbg_b_2", "b").unwrap_err();
        with_member(&format!("{glue}{glue}"), "__wbg_a_1", "a").unwrap_err();
    }
}
