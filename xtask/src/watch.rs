//! Noticing that a source has changed.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context as _, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::project::Project;

/// Watched with all below them.
const FOLDERS: &[&str] = &["src", "www"];
/// Watched through the folder they are in, for editors replace a file rather than write to it.
const FILES: &[&str] = &["index.html", "Cargo.toml", "Cargo.lock"];

/// An editor that saves a file makes several changes; they count as one.
const QUIET: Duration = Duration::from_millis(150);

/// Changes of the sources, from when they were first asked for.
pub(crate) struct Changes {
    events: Receiver<notify::Result<Event>>,
    sources: Sources,
    /// Watches until it is dropped.
    _watcher: RecommendedWatcher,
}

struct Sources {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

/// Begins to watch.
pub(crate) fn sources(project: &Project) -> Result<Changes> {
    let paths = |names: &[&str]| names.iter().map(|name| project.source(name)).collect();
    let sources = Sources {
        folders: paths(FOLDERS),
        files: paths(FILES),
    };
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(sender).context("cannot watch for changes")?;
    watcher.watch(&project.source(""), RecursiveMode::NonRecursive)?;
    for folder in &sources.folders {
        watcher
            .watch(folder, RecursiveMode::Recursive)
            .with_context(|| format!("cannot watch {}", folder.display()))?;
    }
    Ok(Changes {
        events,
        sources,
        _watcher: watcher,
    })
}

impl Changes {
    /// Waits until a source has changed and then nothing more for a moment; `None` when watching
    /// has come to an end.
    pub(crate) fn wait(&self) -> Option<()> {
        while !self.sources.concerns(self.events.recv().ok()?) {}
        loop {
            match self.events.recv_timeout(QUIET) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return Some(()),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

impl Sources {
    fn concerns(&self, event: notify::Result<Event>) -> bool {
        let Ok(event) = event else {
            // Something was missed: better one build too many.
            return true;
        };
        // The build itself opens and reads the sources.
        let read = matches!(event.kind, EventKind::Access(_));
        !read && event.paths.iter().any(|path| self.contain(path))
    }

    fn contain(&self, path: &Path) -> bool {
        let path = path.to_path_buf();
        self.files.contains(&path) || self.folders.iter().any(|folder| path.starts_with(folder))
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use notify::event::{AccessKind, ModifyKind};
    use notify::{Event, EventKind};

    use super::Sources;

    #[test]
    fn a_change_counts_and_reading_does_not() {
        let sources = Sources {
            folders: vec!["/p/src".into(), "/p/www".into()],
            files: vec!["/p/index.html".into()],
        };
        let changed = EventKind::Modify(ModifyKind::Any);
        let read = EventKind::Access(AccessKind::Any);
        for (kind, path, counts) in [
            (changed, "/p/src/ui/app.rs", true),
            (changed, "/p/index.html", true),
            (changed, "/p/README.md", false),
            (changed, "/p/srcs", false),
            (read, "/p/src/lib.rs", false),
        ] {
            let event = Event::new(kind).add_path(PathBuf::from(path));
            assert_eq!(sources.concerns(Ok(event)), counts, "{path}");
        }
    }
}
