//! Work that is skipped while its input stays the same.

use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::Path;

use anyhow::{Context as _, Result};

/// Makes the folder `out` anew, unless it was last made with the same `key`.
///
/// The key is written beside the folder, and only after the work has gone well: work that was cut
/// short is done again.
pub(crate) fn once_per(key: &str, out: &Path, work: impl FnOnce() -> Result<()>) -> Result<()> {
    let stamp = out.with_extension("stamp");
    if out.is_dir() && fs::read_to_string(&stamp).is_ok_and(|last| last == key) {
        return Ok(());
    }
    if stamp.exists() {
        fs::remove_file(&stamp)?;
    }
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    fs::create_dir_all(out)?;
    work()?;
    fs::write(&stamp, key).with_context(|| format!("cannot write {}", stamp.display()))
}

/// The content of a file, in few characters.
pub(crate) fn digest(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut hasher = DefaultHasher::new();
    hasher.write(&bytes);
    Ok(format!("{:016x}-{}", hasher.finish(), bytes.len()))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::env::temp_dir;
    use std::fs;
    use std::process::id;

    use super::once_per;

    #[test]
    fn the_same_key_works_once_and_a_failure_is_forgotten() {
        let out = temp_dir().join(format!("xtask-cache-{}", id()));
        let times = Cell::new(0);
        let work = || {
            times.set(times.get() + 1);
            Ok(())
        };
        once_per("a", &out, work).unwrap();
        once_per("a", &out, work).unwrap();
        assert_eq!(times.get(), 1);
        once_per("b", &out, || anyhow::bail!("no")).unwrap_err();
        once_per("a", &out, work).unwrap();
        assert_eq!(times.get(), 2);
        fs::remove_dir_all(&out).unwrap();
        fs::remove_file(out.with_extension("stamp")).unwrap();
    }
}
