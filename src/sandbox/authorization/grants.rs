//! What the authorization server has issued: tokens, codes, and requests that wait for a user.

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::api::oauth::Challenge;
use crate::time::Instant;

/// How much is remembered; older ones are forgotten, expired or not.
const LIMIT: usize = 10_000;

/// All that was issued, in order. The name of each begins with its place, and is found by it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::sandbox) struct Grants {
    forgotten: usize,
    issued: VecDeque<(String, Issued)>,
}

/// Something that was issued.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Issued {
    /// An access token.
    Token(AccessToken),
    /// A code that can be changed into a token, once.
    Code(Code),
    /// A user is being asked.
    Backchannel(Backchannel),
    /// It is used up.
    Used,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct AccessToken {
    pub(super) client: String,
    /// None stands for everything.
    pub(super) scopes: Option<Vec<String>>,
    pub(super) expires_at: Instant,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Code {
    pub(super) client: String,
    pub(super) scopes: Vec<String>,
    pub(super) redirect_uri: String,
    pub(super) challenge: Option<Challenge>,
    pub(super) expires_at: Instant,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Backchannel {
    pub(super) client: String,
    pub(super) scopes: Vec<String>,
    /// When the user says yes.
    pub(super) approved_at: Instant,
    pub(super) expires_at: Instant,
    /// How long the client must wait from one poll to the next.
    pub(super) interval: Duration,
    pub(super) polled_at: Option<Instant>,
}

impl Grants {
    /// Issues something under a name that `chance` makes hard to guess.
    pub(super) fn issue(&mut self, chance: u128, issued: Issued) -> String {
        let place = self.forgotten.saturating_add(self.issued.len());
        let name = format!("{place:x}.{chance:032x}");
        self.issued.push_back((name.clone(), issued));
        if self.issued.len() > LIMIT {
            self.issued.pop_front();
            self.forgotten = self.forgotten.saturating_add(1);
        }
        name
    }

    /// Gives tokens and codes other names.
    pub(in crate::sandbox) fn rename(&mut self, mut rename: impl FnMut(&str) -> String) {
        for (name, issued) in &mut self.issued {
            if matches!(issued, Issued::Token(_) | Issued::Code(_)) {
                *name = rename(name);
            }
        }
    }

    pub(super) fn token(&self, name: &str) -> Option<&AccessToken> {
        match self.issued.get(self.place(name)?)? {
            (own, Issued::Token(token)) if own == name => Some(token),
            _ => None,
        }
    }

    /// A code, which is then used up.
    pub(super) fn take_code(&mut self, name: &str) -> Option<Code> {
        let issued = self.find(name)?;
        let Issued::Code(code) = issued else {
            return None;
        };
        let code = code.clone();
        *issued = Issued::Used;
        Some(code)
    }

    /// A request that waits for its user, of that client.
    pub(super) fn backchannel(&mut self, name: &str, client: &str) -> Option<&mut Backchannel> {
        match self.find(name)? {
            Issued::Backchannel(waiting) if waiting.client == client => Some(waiting),
            Issued::Backchannel(_) | Issued::Token(_) | Issued::Code(_) | Issued::Used => None,
        }
    }

    pub(super) fn use_up(&mut self, name: &str) {
        if let Some(issued) = self.find(name) {
            *issued = Issued::Used;
        }
    }

    fn find(&mut self, name: &str) -> Option<&mut Issued> {
        let place = self.place(name)?;
        let (own, issued) = self.issued.get_mut(place)?;
        (own == name).then_some(issued)
    }

    fn place(&self, name: &str) -> Option<usize> {
        let (place, _) = name.split_once('.')?;
        usize::from_str_radix(place, 16)
            .ok()?
            .checked_sub(self.forgotten)
    }
}
