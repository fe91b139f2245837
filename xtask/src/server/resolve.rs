//! From the path of a request to a file, and never out of the folder.

use std::path::{Component, Path, PathBuf};

use percent_encoding::percent_decode_str;

/// The file that a path names below `root`; a path that ends in `/` names the `index.html` there.
pub(super) fn file(root: &Path, path: &str) -> Option<PathBuf> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let below = decoded.strip_prefix('/')?;
    let below = match below.rsplit_once('/') {
        None if below.is_empty() => "index.html".to_owned(),
        Some((_, "")) => format!("{below}index.html"),
        None | Some(_) => below.to_owned(),
    };
    if !below.split('/').all(is_plain_name) {
        return None;
    }
    // Links are followed before the comparison: one that leads out of the folder leads nowhere.
    let file = root.join(below).canonicalize().ok()?;
    let root = root.canonicalize().ok()?;
    (file.starts_with(root) && file.is_file()).then_some(file)
}

/// Whether the system, too, reads this as one name: not `..`, not a drive, not two names with a `\`
/// between them.
fn is_plain_name(name: &str) -> bool {
    let mut components = Path::new(name).components();
    let alone = matches!(components.next(), Some(Component::Normal(same)) if same == name);
    alone && components.next().is_none() && !name.contains(['\\', '\0'])
}

#[cfg(test)]
mod tests {
    use std::env::temp_dir;
    use std::fs;
    use std::process::id;

    use super::file;

    #[test]
    fn only_files_of_the_folder_are_found() {
        let top = temp_dir().join(format!("xtask-resolve-{}", id()));
        let root = top.join("site");
        fs::create_dir_all(root.join("sub")).unwrap();
        for path in [
            "secret.txt",
            "site/index.html",
            "site/sub/index.html",
            "site/a b.js",
            "site/..txt",
        ] {
            fs::write(top.join(path), "x").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(top.join("secret.txt"), root.join("link.txt")).unwrap();

        let found = root.canonicalize().unwrap();
        for (path, expected) in [
            ("/", Some("index.html")),
            ("/index.html", Some("index.html")),
            ("/sub/", Some("sub/index.html")),
            ("/a%20b.js", Some("a b.js")),
            ("/..txt", Some("..txt")),
            ("/sub", None),
            ("/none.js", None),
            ("index.html", None),
            ("", None),
            ("//index.html", None),
            ("/./index.html", None),
            ("/sub/../index.html", None),
            ("/../secret.txt", None),
            ("/%2e%2e/secret.txt", None),
            ("/..%2fsecret.txt", None),
            ("/sub%2f..%2f..%2fsecret.txt", None),
            ("/..%5csecret.txt", None),
            ("/%2fetc/passwd", None),
            ("/index.html%00", None),
            ("/%ff", None),
            ("/link.txt", None),
        ] {
            assert_eq!(
                file(&root, path),
                expected.map(|name| found.join(name)),
                "{path}"
            );
        }
        fs::remove_dir_all(&top).unwrap();
    }
}
