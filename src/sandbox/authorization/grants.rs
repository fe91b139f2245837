//! What the authorization server has issued: tokens, codes, and requests that wait for a user.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::api::oauth::Challenge;
use crate::time::Instant;

/// How much is remembered; older ones are forgotten, expired or not.
const LIMIT: usize = 10_000;

/// All that was issued, by the text that stands for it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::sandbox) struct Grants {
    issued: BTreeMap<Arc<str>, Issued>,
    order: VecDeque<Arc<str>>,
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
    pub(super) fn insert(&mut self, name: &str, issued: Issued) {
        let name: Arc<str> = name.into();
        self.order.push_back(name.clone());
        self.issued.insert(name, issued);
        while self.order.len() > LIMIT
            && let Some(oldest) = self.order.pop_front()
        {
            self.issued.remove(&oldest);
        }
    }

    pub(super) fn token(&self, name: &str) -> Option<&AccessToken> {
        match self.issued.get(name)? {
            Issued::Token(token) => Some(token),
            Issued::Code(_) | Issued::Backchannel(_) => None,
        }
    }

    /// A code, which is then used up.
    pub(super) fn take_code(&mut self, name: &str) -> Option<Code> {
        let Issued::Code(code) = self.issued.get(name)? else {
            return None;
        };
        let code = code.clone();
        self.issued.remove(name);
        Some(code)
    }

    /// A request that waits for its user, of that client.
    pub(super) fn backchannel(&mut self, name: &str, client: &str) -> Option<&mut Backchannel> {
        match self.issued.get_mut(name)? {
            Issued::Backchannel(waiting) if waiting.client == client => Some(waiting),
            Issued::Backchannel(_) | Issued::Token(_) | Issued::Code(_) => None,
        }
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.issued.remove(name);
    }
}
