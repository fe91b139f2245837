//! A folder as it shall be: made in memory, then written without leaving anything stale.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Files by their path in the folder, with `/` between its parts.
#[derive(Default)]
pub(crate) struct Folder {
    files: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    /// What is in a folder on disk, with all below it.
    pub(crate) fn read(from: &Path) -> Result<Self> {
        let mut folder = Self::default();
        for file in files_below(from)? {
            let path = slashed(file.strip_prefix(from)?);
            let content = read(&file)?;
            folder.files.insert(path, content);
        }
        Ok(folder)
    }

    /// Adds a file; one of the same path gives way.
    pub(crate) fn insert(&mut self, path: &str, content: impl Into<Vec<u8>>) {
        self.files.insert(path.to_owned(), content.into());
    }

    /// Adds a file as it is on disk.
    pub(crate) fn insert_file(&mut self, path: &str, from: &Path) -> Result<()> {
        self.insert(path, read(from)?);
        Ok(())
    }

    /// Adds all files of another folder, under a path of this one: `""` or one that ends in `/`.
    pub(crate) fn merge(&mut self, under: &str, other: Self) {
        let files = other.files.into_iter();
        self.files
            .extend(files.map(|(path, content)| (format!("{under}{path}"), content)));
    }

    /// All files, in the order of their paths.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(path, content)| (path.as_str(), content.as_slice()))
    }

    /// The content of a file.
    pub(crate) fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// Leaves only the files whose path pleases.
    pub(crate) fn keep(mut self, pleases: impl Fn(&str) -> bool) -> Self {
        self.files.retain(|path, _| pleases(path));
        self
    }

    /// Another folder, of the files whose path pleases.
    pub(crate) fn copy(&self, pleases: impl Fn(&str) -> bool) -> Self {
        let files = self.files.iter().filter(|(path, _)| pleases(path));
        Self {
            files: files
                .map(|(path, content)| (path.clone(), content.clone()))
                .collect(),
        }
    }

    /// Makes the folder on disk the same as this one: what differs is written, what is not here is
    /// removed.
    pub(crate) fn write(&self, to: &Path) -> Result<()> {
        if to.is_dir() {
            for file in files_below(to)? {
                if !self.files.contains_key(&slashed(file.strip_prefix(to)?)) {
                    fs::remove_file(&file)?;
                }
            }
            remove_empty_folders(to)?;
        }
        self.write_into(to)
    }

    /// Writes what differs, and leaves what else there is.
    pub(crate) fn write_into(&self, to: &Path) -> Result<()> {
        for (path, content) in &self.files {
            let file = to.join(path);
            if fs::read(&file).is_ok_and(|last| last == *content) {
                continue;
            }
            if let Some(parent) = file.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&file, content)
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(())
    }
}

/// All files below a folder, in a fixed order.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

fn remove_empty_folders(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_empty_folders(&path)?;
            if fs::read_dir(&path)?.next().is_none() {
                fs::remove_dir(&path)?;
            }
        }
    }
    Ok(())
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use std::env::temp_dir;
    use std::fs;
    use std::process::id;

    use super::Folder;

    #[test]
    fn writing_leaves_nothing_stale() {
        let disk = temp_dir().join(format!("xtask-folder-{}", id()));
        let mut first = Folder::default();
        first.insert("old/deep/a.txt", "a");
        first.insert("b.txt", "b");
        first.write(&disk).unwrap();

        let mut second = Folder::default();
        second.insert("b.txt", "changed");
        second.insert("glue/c.txt", "c");
        second.write(&disk).unwrap();

        assert!(!disk.join("old").exists());
        assert_eq!(Folder::read(&disk).unwrap().files, second.files);
        fs::remove_dir_all(&disk).unwrap();
    }

    #[test]
    fn merging_puts_files_below() {
        let mut inner = Folder::default();
        inner.insert("a.js", "1");
        inner.insert("a.html", "2");
        let mut outer = Folder::default();
        outer.merge("glue/", inner.keep(|path| path.ends_with(".js")));
        assert_eq!(outer.files.keys().collect::<Vec<_>>(), ["glue/a.js"]);
    }
}
