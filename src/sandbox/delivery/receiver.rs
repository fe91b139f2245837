//! Receivers of webhooks: who there is, for which URLs, and what they answer.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use super::Reception;
use crate::api::secret::{Secret, Veil, veiled_url};
use crate::api::uri;
use crate::engine::Webhook;

/// A receiver of webhooks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receiver {
    /// What it is there for.
    pub target: Target,
    /// What it does.
    pub answering: Answering,
}

/// What a receiver is there for. What is exact goes before an origin, an origin before a pattern,
/// and that before what is there for all; of equals, the one that came last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// One URL; case of scheme and host, the scheme's own port and a fragment do not matter.
    Url(Arc<str>),
    /// All URLs of an origin.
    Origin(Arc<str>),
    /// Those that whoever runs the sandbox says: it is asked for each delivery, with
    /// [`To::Unrouted`](super::To::Unrouted).
    Pattern(Arc<str>),
    /// All URLs.
    Any,
}

/// What a receiver does with a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answering {
    /// It gives a set answer, at once.
    Set(SetAnswer),
    /// Whoever runs the sandbox hands it on, and tells what came of it.
    Handler,
}

/// An answer that is known beforehand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAnswer {
    /// What it answers.
    pub reply: SetReply,
    /// How many deliveries it fails first.
    pub fail_first: u32,
    /// In what way.
    pub fail_with: SetReply,
    /// The bearer token that it wants to see; without it, 401.
    pub require_token: Option<Arc<str>>,
}

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SetReply {
    /// With this status.
    Status(u16),
    /// None, ever.
    Never,
}

/// A receiver's identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReceiverId(u32);

/// All receivers, found by what they are there for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Receivers {
    next: u32,
    /// By age.
    all: Vec<(ReceiverId, Entry)>,
    /// By URL and origin, in the form in which they are compared: a URL has a path, an origin not.
    addresses: Vec<(Arc<str>, Vec<ReceiverId>)>,
    patterns: Vec<ReceiverId>,
    any: Vec<ReceiverId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    receiver: Receiver,
    /// How many deliveries it has failed.
    failed: u32,
}

/// Who is there for a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This one.
    Receiver(ReceiverId),
    /// Perhaps one of those with a pattern.
    Perhaps,
    /// Nobody.
    Nobody,
}

impl SetAnswer {
    /// Always the same answer.
    pub const fn always(reply: SetReply) -> Self {
        Self {
            reply,
            fail_first: 0,
            fail_with: SetReply::Status(503),
            require_token: None,
        }
    }
}

impl ReceiverId {
    /// The identifier as a number, for whoever runs the sandbox.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The identifier of that number.
    pub const fn from_number(number: u32) -> Self {
        Self(number)
    }
}

impl Receivers {
    /// The identifier of the next one.
    pub(in crate::sandbox) const fn next_id(&self) -> ReceiverId {
        ReceiverId(self.next)
    }

    /// All of them, by age.
    pub fn iter(&self) -> impl Iterator<Item = (ReceiverId, &Receiver)> {
        self.all.iter().map(|(id, entry)| (*id, &entry.receiver))
    }

    pub(in crate::sandbox) const fn has_patterns(&self) -> bool {
        !self.patterns.is_empty()
    }

    /// The same, as if nothing had been delivered to them yet.
    #[must_use]
    pub(in crate::sandbox) fn fresh(&self) -> Self {
        let mut fresh = self.clone();
        for (_, entry) in &mut fresh.all {
            entry.failed = 0;
        }
        fresh
    }

    /// The same with something in the place of the tokens that are insisted on, and of the secrets
    /// of URLs.
    #[must_use]
    pub fn veiled(&self, veil: Veil<'_>) -> Self {
        let mut veiled = Self::default();
        for (id, entry) in &self.all {
            let mut receiver = entry.receiver.clone();
            if let Target::Url(url) = &receiver.target {
                receiver.target = Target::Url(veiled_url(url, veil).into());
            }
            if let Answering::Set(SetAnswer {
                require_token: Some(token),
                ..
            }) = &mut receiver.answering
            {
                *token = veil(Secret::Plain(token)).into();
            }
            veiled.next = id.0;
            let id = veiled.add(receiver);
            if let Some(same) = veiled.entry(id) {
                same.failed = entry.failed;
            }
        }
        veiled.next = self.next;
        veiled
    }

    /// All of them as a text.
    pub fn to_text(&self) -> String {
        let bytes = postcard::to_allocvec(self).unwrap_or_default();
        crate::api::base64(&bytes)
    }

    /// What [`Receivers::to_text`] made; nothing if it is something else.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_STANDARD.decode(text).ok()?;
        postcard::from_bytes(&bytes).ok()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Those with a set answer: the others' handlers are with whoever ran the sandbox.
    #[must_use]
    pub fn without_handlers(&self) -> Self {
        let mut rest = self.clone();
        for (id, entry) in &self.all {
            if entry.receiver.answering == Answering::Handler {
                rest.remove(*id);
            }
        }
        rest
    }

    /// The same, with as many deliveries failed as `other` says.
    #[must_use]
    pub fn counted_as(&self, other: &Self) -> Self {
        let mut counted = self.fresh();
        for (id, entry) in &other.all {
            if let Some(same) = counted.entry(*id)
                && same.receiver == entry.receiver
            {
                same.failed = entry.failed;
            }
        }
        counted
    }

    pub(in crate::sandbox) fn add(&mut self, receiver: Receiver) -> ReceiverId {
        let id = self.next_id();
        self.next = self.next.saturating_add(1);
        match address(&receiver.target) {
            None => self.without_address(&receiver.target).push(id),
            Some(address) => match self.place(&address) {
                Ok(place) => {
                    if let Some((_, same)) = self.addresses.get_mut(place) {
                        same.push(id);
                    }
                }
                Err(place) => self.addresses.insert(place, (address.into(), vec![id])),
            },
        }
        let failed = 0;
        self.all.push((id, Entry { receiver, failed }));
        id
    }

    /// Takes a receiver away, if it is there.
    pub(in crate::sandbox) fn remove(&mut self, id: ReceiverId) {
        let Ok(place) = self.all.binary_search_by_key(&id, |(id, _)| *id) else {
            return;
        };
        let (_, Entry { receiver, .. }) = self.all.remove(place);
        let Some(address) = address(&receiver.target) else {
            let same = self.without_address(&receiver.target);
            return same.retain(|other| *other != id);
        };
        let Ok(place) = self.place(&address) else {
            return;
        };
        if let Some((_, same)) = self.addresses.get_mut(place) {
            same.retain(|other| *other != id);
            if same.is_empty() {
                self.addresses.remove(place);
            }
        }
    }

    fn without_address(&mut self, target: &Target) -> &mut Vec<ReceiverId> {
        match target {
            Target::Any => &mut self.any,
            Target::Url(_) | Target::Origin(_) | Target::Pattern(_) => &mut self.patterns,
        }
    }

    fn place(&self, address: &str) -> Result<usize, usize> {
        (self.addresses).binary_search_by(|(other, _)| (**other).cmp(address))
    }

    /// The last of those that are there for an address.
    fn last(&self, address: &str) -> Option<ReceiverId> {
        let (_, same) = self.addresses.get(self.place(address).ok()?)?;
        same.last().copied()
    }

    fn entry(&mut self, id: ReceiverId) -> Option<&mut Entry> {
        let place = self.all.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.all.get_mut(place).map(|(_, entry)| entry)
    }

    /// Who is there for a URL.
    pub(super) fn find(&self, url: &str) -> Found {
        let exact = || self.last(&uri::normal(url));
        let with_address = match self.addresses.is_empty() {
            true => None,
            false => exact().or_else(|| self.last(&uri::origin(url))),
        };
        match with_address {
            Some(id) => Found::Receiver(id),
            None if self.patterns.is_empty() => self.find_any(),
            None => Found::Perhaps,
        }
    }

    /// Who is there for a URL for which no other receiver is.
    pub(super) fn find_any(&self) -> Found {
        self.any
            .last()
            .map_or(Found::Nobody, |id| Found::Receiver(*id))
    }

    /// What a receiver with a set answer answers to what is sent to `webhook`; nothing if it never
    /// does.
    pub(super) fn answer(&mut self, id: ReceiverId, webhook: &Webhook) -> Option<Reception> {
        let Some(entry) = self.entry(id) else {
            return Some(Reception::NoReceiver);
        };
        let Answering::Set(answer) = &entry.receiver.answering else {
            return None;
        };
        if answer.require_token.is_some() && answer.require_token != webhook.token {
            return Some(Reception::Answered(401));
        }
        let reply = if entry.failed < answer.fail_first {
            entry.failed = entry.failed.saturating_add(1);
            answer.fail_with
        } else {
            answer.reply
        };
        match reply {
            SetReply::Status(status) => Some(Reception::Answered(status)),
            SetReply::Never => None,
        }
    }

    /// Whether what a receiver does comes from outside.
    pub(super) fn is_handler(&mut self, id: ReceiverId) -> bool {
        let entry = self.entry(id);
        entry.is_some_and(|entry| entry.receiver.answering == Answering::Handler)
    }
}

/// Where those that are there for a target stand, if it has an address.
fn address(target: &Target) -> Option<String> {
    match target {
        Target::Url(url) => Some(uri::normal(url)),
        Target::Origin(url) => Some(uri::origin(url)),
        Target::Pattern(_) | Target::Any => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_found_and_of_equals_the_last() {
        let mut receivers = Receivers::default();
        let add = |receivers: &mut Receivers, target| {
            receivers.add(Receiver {
                target,
                answering: Answering::Handler,
            })
        };
        let url = |url: &str| Target::Url(url.into());
        let origin = add(&mut receivers, Target::Origin("https://A.example".into()));
        let first = add(&mut receivers, url("https://a.example/hook"));
        assert_eq!(
            receivers.find("https://a.example/hook"),
            Found::Receiver(first)
        );
        let second = add(&mut receivers, url("HTTPS://a.example:443/hook#x"));
        assert_eq!(
            receivers.find("https://a.example/hook"),
            Found::Receiver(second)
        );
        assert_eq!(
            receivers.find("https://a.example/"),
            Found::Receiver(origin)
        );
        assert_eq!(receivers.find("https://a.example:8443/"), Found::Nobody);
        let any = add(&mut receivers, Target::Any);
        assert_eq!(
            receivers.find("https://a.example:8443/"),
            Found::Receiver(any)
        );
        let pattern = add(&mut receivers, Target::Pattern("*".into()));
        assert_eq!(receivers.find("https://a.example:8443/"), Found::Perhaps);
        receivers.remove(second);
        receivers.remove(pattern);
        receivers.remove(any);
        assert_eq!(receivers.find("https://a.example:8443/"), Found::Nobody);
        assert_eq!(
            receivers.find("https://a.example/hook"),
            Found::Receiver(first)
        );
        receivers.remove(first);
        receivers.remove(origin);
        receivers.remove(origin);
        assert_eq!(receivers.find("https://a.example/hook"), Found::Nobody);
    }
}
