//! Snapshots: all that a sandbox is, as a text that it can be restored from.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::journal::Journal;
use super::{Sandbox, State};
use crate::api;

/// What a snapshot begins with.
const MARK: &str = "qod-sandbox-snapshot";

/// The version of what is inside. It changes whenever `State` or anything in it does: what was
/// written by another version cannot be read.
const VERSION: u32 = 1;

/// How many bytes of the digest are kept: enough to notice what is damaged.
const DIGEST: usize = 9;

/// Why a text cannot be restored from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is something else.
    #[error("this is no snapshot of a QoD Sandbox")]
    NoSnapshot,
    /// It was written by another version.
    #[error("this snapshot is of version {0}; this sandbox reads version {VERSION}")]
    OtherVersion(String),
    /// It is not as it was written.
    #[error("this snapshot is damaged")]
    Damaged,
}

/// What is inside.
#[derive(Serialize, Deserialize)]
struct Content<S, X> {
    state: S,
    /// What whoever runs the sandbox keeps with it.
    extra: X,
}

impl Sandbox {
    /// All that this sandbox is, with its secrets, and `extra`, as a text.
    pub fn snapshot(&self, extra: &impl Serialize) -> String {
        let content = Content {
            state: &self.state,
            extra,
        };
        // State has no maps with keys that fail, nor anything else that cannot be written.
        let bytes = postcard::to_allocvec(&content).unwrap_or_default();
        let body = BASE64_STANDARD.encode(&bytes);
        [MARK, &VERSION.to_string(), &digest(&body), &body].join(":")
    }

    /// Becomes what the snapshot is of, in a run of its own: what is still under way is dropped when
    /// it comes. Time cannot be set back to before it. Returns the `extra` that was kept with it.
    ///
    /// # Errors
    /// It cannot be read: nothing has changed.
    pub fn restore<X: for<'de> Deserialize<'de>>(&mut self, text: &str) -> Result<X, Unreadable> {
        let Content { mut state, extra } = read(text)?;
        state.engine.rebuild();
        state.run = self.state.run.next();
        state.records.exchanges.change_all(|exchange| {
            api::find_patches(&exchange.request, &mut exchange.explanations);
        });
        let journal = Journal::in_the_middle(&state);
        *self = Self {
            journal,
            ..Self::from(state)
        };
        Ok(extra)
    }
}

fn read<X: for<'de> Deserialize<'de>>(text: &str) -> Result<Content<State, X>, Unreadable> {
    let parts: Vec<_> = text.trim().splitn(4, ':').collect();
    let [MARK, version, digest_then, body] = parts.as_slice() else {
        return Err(Unreadable::NoSnapshot);
    };
    if *version != VERSION.to_string() {
        return Err(Unreadable::OtherVersion((*version).to_owned()));
    }
    if *digest_then != digest(body) {
        return Err(Unreadable::Damaged);
    }
    let bytes = BASE64_STANDARD.decode(body).ok();
    bytes
        .and_then(|bytes| postcard::from_bytes(&bytes).ok())
        .ok_or(Unreadable::Damaged)
}

fn digest(body: &str) -> String {
    let digest = Sha256::digest(body.as_bytes());
    BASE64_STANDARD.encode(digest.get(..DIGEST).unwrap_or_default())
}
