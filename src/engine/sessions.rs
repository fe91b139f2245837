//! The live sessions by id, in parts that copies of the map share: a copy costs a count for each part,
//! and the parts are copied one by one when they change. A persistent map of a library (rpds) was
//! tried: an operation among 100,000 sessions then takes 1.34 to 1.49 times one among 1,000.

use std::fmt;
use std::sync::Arc;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::session::{Session, SessionId};

/// How many sessions a part has on average, at most; a quarter, at least. So many are counted anew
/// when one of them changes after a copy was made, and each part when a copy is made: of 100,000
/// sessions, of which thousands change from copy to copy, both together are the least.
const PART: usize = 12;

/// How many parts there may be: ids are told apart by so many of their first bits.
const MOST_BITS: u32 = 20;

/// Live sessions in the order of their ids, which are random. They are in 2^`bits` parts by the
/// first bits of their ids.
#[derive(Clone, Debug)]
pub(super) struct Sessions {
    parts: Vec<Part>,
    bits: u32,
    count: usize,
}

/// Sessions in the order of their ids.
type Part = Arc<Vec<(SessionId, Arc<Session>)>>;

impl Default for Sessions {
    fn default() -> Self {
        Self {
            parts: vec![Part::default()],
            bits: 0,
            count: 0,
        }
    }
}

impl Sessions {
    pub(super) fn get(&self, id: SessionId) -> Option<&Arc<Session>> {
        let part = self.parts.get(self.part(id))?;
        Some(&part.get(place(part, id).ok()?)?.1)
    }

    /// A session, to be changed.
    pub(super) fn get_mut(&mut self, id: SessionId) -> Option<&mut Arc<Session>> {
        let part = self.part(id);
        let part = self.parts.get_mut(part)?;
        let place = place(part, id).ok()?;
        Some(&mut Arc::make_mut(part).get_mut(place)?.1)
    }

    /// Adds a session, or puts it in the place of that with its id.
    pub(super) fn insert(&mut self, session: Arc<Session>) {
        self.divide();
        let (id, part) = (session.id, self.part(session.id));
        let Some(part) = self.parts.get_mut(part).map(Arc::make_mut) else {
            return;
        };
        match place(part, id) {
            Ok(place) => {
                if let Some((_, there)) = part.get_mut(place) {
                    *there = session;
                }
            }
            Err(place) => {
                part.insert(place, (id, session));
                self.count += 1;
            }
        }
    }

    pub(super) fn remove(&mut self, id: SessionId) -> Option<Arc<Session>> {
        let part = self.part(id);
        let part = self.parts.get_mut(part)?;
        let place = place(part, id).ok()?;
        let (_, session) = Arc::make_mut(part).remove(place);
        self.count -= 1;
        self.unite();
        Some(session)
    }

    /// All sessions, by id.
    pub(super) fn values(&self) -> impl ExactSizeIterator<Item = &Arc<Session>> {
        let all = self.parts.iter().flat_map(|part| part.iter());
        Counted(all.map(|(_, session)| session), self.count)
    }

    /// All sessions, to be changed.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Arc<Session>> {
        let parts = self.parts.iter_mut();
        parts.flat_map(|part| Arc::make_mut(part).iter_mut().map(|(_, session)| session))
    }

    fn part(&self, id: SessionId) -> usize {
        // A shift by all bits is none.
        let first = id.first_bits().checked_shr(u32::BITS - self.bits);
        usize::try_from(first.unwrap_or(0)).unwrap_or(0)
    }

    /// Makes more parts where there are many sessions.
    fn divide(&mut self) {
        if self.count >= self.parts.len() * PART && self.bits < MOST_BITS {
            self.redistribute(self.bits + 2);
        }
    }

    /// Makes fewer parts where there are few sessions.
    fn unite(&mut self) {
        if self.bits > 0 && self.count < self.parts.len() * PART / 16 {
            self.redistribute(self.bits - 2);
        }
    }

    fn redistribute(&mut self, bits: u32) {
        let all = Self {
            parts: std::mem::take(&mut self.parts),
            ..*self
        };
        self.bits = bits;
        self.parts.resize_with(1 << bits, Part::default);
        for part in all.parts {
            for (id, session) in Arc::unwrap_or_clone(part) {
                let part = self.part(id);
                if let Some(part) = self.parts.get_mut(part) {
                    // They come in their order.
                    Arc::make_mut(part).push((id, session));
                }
            }
        }
    }
}

fn place(part: &[(SessionId, Arc<Session>)], id: SessionId) -> Result<usize, usize> {
    part.binary_search_by_key(&id, |(id, _)| *id)
}

/// So many.
struct Counted<I>(I, usize);

impl<I: Iterator> Iterator for Counted<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.1 = self.1.saturating_sub(1);
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.1, Some(self.1))
    }
}

impl<I: Iterator> ExactSizeIterator for Counted<I> {}

/// As a map.
impl Serialize for Sessions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.values().map(|session| (session.id, session)))
    }
}

impl<'de> Deserialize<'de> for Sessions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Sessions;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("sessions by id")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Sessions, A::Error> {
                let mut sessions = Sessions::default();
                while let Some((_, session)) = map.next_entry::<SessionId, _>()? {
                    sessions.insert(session);
                }
                Ok(sessions)
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::*;
    use crate::engine::{
        ApplicationServer, ClientId, Device, Engine, Flow, NetworkPlan, NewSession, PhoneNumber,
        ProfileName, SessionRequest,
    };
    use crate::time::Instant;

    /// A session of its own, its id anywhere among the others.
    fn session(number: u32) -> Arc<Session> {
        let id = u128::from(number.wrapping_mul(0x9E37_79B9)) << 96 | u128::from(number);
        let new = NewSession {
            id: SessionId::from_random(id),
            owner: ClientId::new("test"),
            url: "https://sandbox.example".into(),
            request: SessionRequest {
                device: Device {
                    phone_number: PhoneNumber::parse("+34600000001"),
                    ..Device::default()
                },
                flow: Flow {
                    server: ApplicationServer::default(),
                    device_ports: None,
                    server_ports: None,
                },
                profile: ProfileName::parse("QOS_E").unwrap(),
                duration: Duration::from_secs(60),
                webhook: None,
            },
            remarks: Vec::new(),
            plan: NetworkPlan::default(),
        };
        let start = Instant::from_millis(0);
        Engine::default().create(start, new).unwrap()
    }

    /// Every session is found, in its order and in its part, and there are so many parts.
    fn check(sessions: &Sessions, expected: &BTreeMap<SessionId, Arc<Session>>, parts: usize) {
        let count = expected.len();
        assert_eq!(sessions.parts.len(), parts, "{count} sessions");
        assert!(sessions.values().eq(expected.values()), "{count} sessions");
        assert_eq!(sessions.values().len(), count);
        for (part, there) in sessions.parts.iter().enumerate() {
            for (id, session) in there.iter() {
                assert_eq!(sessions.get(*id), Some(session));
                assert_eq!(sessions.part(*id), part);
                // As their first digits say, the first part has the first ids.
                let first = u64::from_str_radix(&id.to_string()[..8], 16).unwrap();
                let first = (first * u64::try_from(parts).unwrap()) >> 32;
                assert_eq!(first, u64::try_from(part).unwrap());
            }
        }
    }

    #[test]
    fn parts_grow_in_number_with_the_sessions_and_shrink_late() {
        let mut sessions = Sessions::default();
        let mut expected = BTreeMap::new();
        for number in 1..=200 {
            let session = session(number);
            sessions.insert(session.clone());
            expected.insert(session.id, session);
            let parts = match number {
                ..=12 => 1,
                13..=48 => 4,
                49..=192 => 16,
                _ => 64,
            };
            check(&sessions, &expected, parts);
        }
        // A copy keeps what it has.
        let (copy, all) = (sessions.clone(), expected.clone());
        for number in 1..=200_u32 {
            let id = session(number).id;
            assert_eq!(sessions.remove(id).map(|removed| removed.id), Some(id));
            assert_eq!(sessions.remove(id), None);
            expected.remove(&id);
            let parts = match expected.len() {
                48.. => 64,
                12.. => 16,
                3.. => 4,
                _ => 1,
            };
            check(&sessions, &expected, parts);
        }
        check(&copy, &all, 64);
    }

    #[test]
    fn a_session_takes_the_place_of_that_with_its_id() {
        let mut sessions = Sessions::default();
        sessions.insert(session(1));
        let mut other = Session::clone(&session(1));
        other.duration = 99;
        sessions.insert(Arc::new(other));
        assert_eq!(
            sessions
                .values()
                .map(|one| one.duration)
                .collect::<Vec<_>>(),
            [99]
        );
        assert_eq!(sessions.values().len(), 1);
        let id = session(1).id;
        Arc::make_mut(sessions.get_mut(id).unwrap()).duration = 7;
        assert_eq!(sessions.get(id).unwrap().duration, 7);
    }
}
