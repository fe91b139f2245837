//! The browsers that tests run in, each looked for when it is first needed.

use std::cell::LazyCell;
use std::fmt;

use anyhow::Result;

use super::known;
use crate::browser::{self, Browser};
use crate::firefox::{self, Firefox};
use crate::project::Project;
use crate::webkit::{self, WebKit};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Chromium,
    Firefox,
    WebKit,
}

impl Kind {
    pub(super) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        })
    }
}

/// A browser that is there.
#[derive(Clone, Copy)]
pub(super) enum In<'a> {
    Chromium(&'a Browser),
    Firefox(&'a Firefox),
    WebKit(&'a WebKit),
}

type Once<'a, T> = LazyCell<Result<T>, Box<dyn FnOnce() -> Result<T> + 'a>>;

pub(super) struct Browsers<'a> {
    chromium: Once<'a, Browser>,
    firefox: Once<'a, Option<Firefox>>,
    webkit: Once<'a, Option<WebKit>>,
}

impl<'a> Browsers<'a> {
    pub(super) fn new(project: &'a Project) -> Self {
        Self {
            chromium: LazyCell::new(Box::new(browser::ensure)),
            firefox: LazyCell::new(Box::new(|| firefox::ensure(project))),
            webkit: LazyCell::new(Box::new(webkit::ensure)),
        }
    }

    /// The browser; nothing where it is one that a machine may do without.
    pub(super) fn get(&self, kind: Kind) -> Result<Option<In<'_>>> {
        Ok(match kind {
            Kind::Chromium => Some(In::Chromium(self.chromium.as_ref().map_err(known)?)),
            Kind::Firefox => (self.firefox.as_ref().map_err(known)?.as_ref()).map(In::Firefox),
            Kind::WebKit => (self.webkit.as_ref().map_err(known)?.as_ref()).map(In::WebKit),
        })
    }
}
