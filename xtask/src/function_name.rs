//! The name of a compiled function, as rustc and wasm-bindgen write it.

/// The library's crate, as it stands in names.
const OWN: &str = "qod_sandbox";

/// The crate that a function was written in: that of the type, else of the trait.
pub(crate) fn crate_of(name: &str) -> &str {
    let no_path = if name.is_empty() {
        "(no name)"
    } else if name.starts_with(['<', '[']) {
        "core"
    } else {
        "(exported)"
    };
    first_path(name).map_or(no_path, |path| {
        let end = path.find(|c| !is_word(c)).unwrap_or(path.len());
        match path.get(..end) {
            // Methods of primitive types.
            Some("char" | "str" | "u8" | "u64" | "u128" | "f64") => "core",
            Some(name) => name,
            None => no_path,
        }
    })
}

/// The module of the library's crate, two levels deep.
pub(crate) fn module_of(name: &str) -> Option<String> {
    let own = first_path(without_hash(name))?.strip_prefix(OWN)?;
    let mut levels = Vec::new();
    let mut path = own.strip_prefix("::")?;
    while let Some((level, rest)) = path.split_once("::")
        && levels.len() < 2
    {
        let is_module = level.starts_with(|c: char| c.is_ascii_lowercase())
            && level.chars().all(is_word)
            // A function has closures.
            && !rest.starts_with('{');
        if !is_module {
            break;
        }
        levels.push(level);
        path = rest;
    }
    (!levels.is_empty()).then(|| levels.join("::"))
}

/// The name without what tells copies of one function from each other.
pub(crate) fn without_hash(name: &str) -> &str {
    match name.rfind("::h") {
        Some(end) if is_hash(name.get(end + 3..).unwrap_or_default()) => {
            name.get(..end).unwrap_or(name)
        }
        _ => name,
    }
}

/// Where the first path in the name begins that has a crate in front.
fn first_path(name: &str) -> Option<&str> {
    let mut start = None;
    for (place, letter) in name.char_indices() {
        match (letter, start) {
            (':' | '[', Some(begin)) => return name.get(begin..),
            _ if !is_word(letter) => start = None,
            (_, None) => start = Some(place),
            _ => {}
        }
    }
    None
}

/// Sixteen digits; wasm-bindgen and wasm-opt may have put a number behind.
fn is_hash(text: &str) -> bool {
    let digits = text.split(['_', '$', '.']).next().unwrap_or_default();
    digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::{crate_of, module_of, without_hash};

    const MAP: &str = "<core::iter::adapters::map::Map<I,F> as core::iter::traits::iterator::Iterator>::next::h0123456789abcdef";
    const METHOD: &str =
        "qod_sandbox::sandbox::answer::<impl qod_sandbox::sandbox::Sandbox>::answer";
    const COMPONENT: &str = "<qod_sandbox::ui::app::App as yew::functional::FunctionProvider>::run";
    const DERIVED: &str = "qod_sandbox::sandbox::_::<impl serde_core::ser::Serialize for qod_sandbox::sandbox::State>";

    #[test]
    fn functions_belong_to_the_crate_of_the_type_or_else_of_the_trait() {
        let crates = [
            MAP,
            METHOD,
            COMPONENT,
            "<T as alloc::string::ToString>::to_string",
            "<dlmalloc[e24a27700634d609]::dlmalloc::Dlmalloc<S>>::malloc",
            "<char>::escape_debug_ext",
            "backend_exportRun",
            "",
        ];
        assert_eq!(
            crates.map(crate_of),
            [
                "core",
                "qod_sandbox",
                "qod_sandbox",
                "alloc",
                "dlmalloc",
                "core",
                "(exported)",
                "(no name)"
            ]
        );
    }

    #[test]
    fn modules_are_two_levels_deep_and_neither_types_nor_functions() {
        assert_eq!(module_of(METHOD).as_deref(), Some("sandbox::answer"));
        assert_eq!(module_of(COMPONENT).as_deref(), Some("ui::app"));
        assert_eq!(module_of(DERIVED).as_deref(), Some("sandbox"));
        let function = "qod_sandbox::api::search_profiles::h0123456789abcdef";
        assert_eq!(module_of(function).as_deref(), Some("api"));
        let closure = "qod_sandbox::api::search_profiles::{{closure}}::h0123456789abcdef";
        assert_eq!(module_of(closure).as_deref(), Some("api"));
        assert_eq!(module_of(MAP), None);
    }

    #[test]
    fn copies_have_the_same_name_without_their_hash() {
        assert!(without_hash(MAP).ends_with("::next"));
        assert_eq!(without_hash("a::h0123456789abcdef_2"), "a");
        assert_eq!(without_hash("a::hint::nearest"), "a::hint::nearest");
    }
}
