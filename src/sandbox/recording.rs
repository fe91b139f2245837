//! The run as it can be handed on: where it starts, what came in, and what came of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::authorization::MOCK_ACCESS_TOKEN;
use super::delivery::Run;
use super::notification::{Notification, NotificationId};
use super::traffic::Exchange;
use super::{Input, Sandbox, Settings};
use crate::api::secret::{Secret, Veil};
use crate::time::Instant;

/// Something that came in, when, and what came of a request.
pub type Recorded<'a> = (Instant, Input, Option<&'a Arc<Exchange>>);

impl Sandbox {
    /// Whether it has anything that a fresh one has not: requests, settings, devices, faults, or a
    /// branch to return to. Receivers do not count, for pages bring some along.
    pub fn has_more_than(&self, fresh: &Self) -> bool {
        self.state.records.exchanges.next() > 0
            || self.other.is_some()
            || self.state.settings != fresh.state.settings
            || self.faults().next().is_some()
            || !self.devices().eq(fresh.devices())
    }

    /// What came in since the start of the recording, oldest first.
    pub fn recorded(&self) -> impl Iterator<Item = Recorded<'_>> {
        let entries = self.journal.entries();
        entries.map(|entry| (entry.at, entry.input(), entry.exchange()))
    }

    /// The notifications since the start of the recording, as far as they are kept.
    pub fn recorded_notifications(&self) -> impl Iterator<Item = &Arc<Notification>> {
        let start = self.journal.start();
        let place = start.map_or(0, |start| start.records.notifications.next());
        self.state.records.notifications.from(place)
    }

    /// Seed, time and settings at the start of the recording.
    pub fn recorded_from(&self) -> (u64, Instant, &Settings) {
        let start = self.journal.start().unwrap_or(&self.state);
        (start.seed, start.now, &start.settings)
    }

    /// The state at the start of the recording, without its secrets and records, but for what is
    /// delivered again by hand; nothing where the recording starts with the run itself.
    pub fn recorded_start(&self, veil: Veil<'_>) -> Option<String> {
        if self.journal.is_whole() {
            return None;
        }
        let mut start = self.journal.start()?.clone();
        let again = (self.journal.entries()).filter_map(|entry| {
            let Input::Redeliver(id) = entry.input() else {
                return None;
            };
            let id = NotificationId::parse(&id)?;
            let found = (start.records.notifications).find(|it| it.message.id == id);
            found.map(|(place, _)| place)
        });
        let needed = again.min().unwrap_or(u64::MAX);
        start.veil(needed, veil);
        start.run = Run::default();
        Some(Self::from(start).snapshot(&()))
    }
}

/// Stand-ins: of the same length, and the same for the same secret, in the order of their coming.
#[derive(Clone, Debug, Default)]
pub struct StandIns(BTreeMap<String, String>);

impl StandIns {
    /// What stands in the place of a secret.
    pub fn veil(&mut self, secret: Secret<'_>) -> String {
        match secret {
            Secret::Plain(text) => self.token(text),
            Secret::Basic(text) => self.basic(text).unwrap_or_else(|| self.token(text)),
            Secret::Assertion(text) => match text.rsplit_once('.') {
                // Whom it is about is no secret; that it was signed is.
                Some((statement, signature)) => format!("{statement}.{}", self.token(signature)),
                None => self.token(text),
            },
            // Useless once the code is used, and no other fits.
            Secret::Verifier(text) => text.to_owned(),
        }
    }

    fn token(&mut self, secret: &str) -> String {
        if secret == MOCK_ACCESS_TOKEN || secret.is_empty() {
            return secret.to_owned();
        }
        // What was issued is found by what stands before the point.
        if let Some((place, rest)) = secret.split_once('.')
            && place.bytes().all(|b| b.is_ascii_hexdigit())
            && !rest.is_empty()
        {
            return format!("{place}.{}", self.of_length(rest));
        }
        self.of_length(secret)
    }

    fn of_length(&mut self, secret: &str) -> String {
        if let Some(known) = self.0.get(secret) {
            return known.clone();
        }
        let length = secret.chars().count();
        let number = self.0.len() + 1;
        let named = format!("stand-in-{number}-");
        let stand_in: String = if named.len() <= length {
            named
                .chars()
                .chain(std::iter::repeat('x'))
                .take(length)
                .collect()
        } else {
            let digits = format!("{number:0>length$}");
            digits
                .chars()
                .skip(digits.len().saturating_sub(length))
                .collect()
        };
        self.0.insert(secret.to_owned(), stand_in.clone());
        stand_in
    }

    /// The client stays, its password does not.
    fn basic(&mut self, credentials: &str) -> Option<String> {
        let bytes = BASE64_STANDARD.decode(credentials).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (client, secret) = text.split_once(':')?;
        Some(BASE64_STANDARD.encode(format!("{client}:{}", self.token(secret))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_have_the_length_of_their_secrets_and_stay_the_same() {
        let mut stand_ins = StandIns::default();
        let mut veil = |secret| stand_ins.veil(secret);
        let token = "c8974e592c2fa383d4a3960714";
        assert_eq!(veil(Secret::Plain(token)), "stand-in-1-xxxxxxxxxxxxxxx");
        assert_eq!(veil(Secret::Plain(token)), "stand-in-1-xxxxxxxxxxxxxxx");
        assert_eq!(veil(Secret::Plain("short")), "00002");
        assert_eq!(veil(Secret::Plain("")), "");
        assert_eq!(veil(Secret::Plain(MOCK_ACCESS_TOKEN)), MOCK_ACCESS_TOKEN);
        assert_eq!(
            veil(Secret::Plain("1f.0123456789abcdef")),
            "1f.stand-in-3-xxxxx"
        );
        assert_eq!(
            veil(Secret::Assertion("e30.e30.signature")),
            "e30.e30.000000004"
        );
        assert_eq!(veil(Secret::Verifier("v")), "v");
        let basic = BASE64_STANDARD.encode("me:password");
        let veiled = BASE64_STANDARD.decode(veil(Secret::Basic(&basic))).unwrap();
        assert_eq!(veiled, b"me:00000005");
    }
}
