//! The engine against a model of three states a session, over very many random inputs.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use qod_sandbox::engine::{
    ApplicationServer, Cause, ClientId, Device, Engine, Flow, NetworkAct, NetworkAnswer,
    NetworkPlan, NewSession, Operator, PhoneNumber, ProfileName, Refusal, SessionId,
    SessionRequest, Status, StatusInfo, Termination, Written, parse_ipv4_network,
};
use qod_sandbox::time::Instant;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng as _, SeedableRng as _};

/// What the specification tells of a session, and when it goes on by itself. Times in milliseconds.
#[derive(Clone, Debug)]
enum Model {
    Requested {
        answer: Option<(i64, bool)>,
        terminate: Option<i64>,
    },
    Available {
        terminates: Option<i64>,
    },
    Unavailable {
        released: i64,
    },
}

#[derive(Clone, Debug)]
struct Session {
    model: Model,
    started: i64,
    duration: i64,
}

/// What a webhook would hear, and when.
type Told = (i64, usize, Status, Option<StatusInfo>);

const RETENTION: i64 = 360_000;
const DAY: i64 = 86_400;

impl Session {
    fn expires(&self) -> i64 {
        self.started + self.duration * 1_000
    }

    /// What happens by itself next: when, and in which order at one instant.
    fn next(&self) -> (i64, u8) {
        let expire = (self.expires(), 0);
        match self.model {
            Model::Requested {
                answer: Some((at, grants)),
                ..
            } => expire.min((at, if grants { 1 } else { 2 })),
            Model::Requested { answer: None, .. } | Model::Available { terminates: None } => expire,
            Model::Available {
                terminates: Some(at),
            } => expire.min((at, 3)),
            Model::Unavailable { released } => (released, 4),
        }
    }
}

/// All sessions that there are, by their number.
#[derive(Default)]
struct World {
    sessions: BTreeMap<usize, Session>,
    told: Vec<Told>,
}

impl World {
    fn network(&mut self, now: i64, number: usize, act: NetworkAct) -> bool {
        let Some(session) = self.sessions.get_mut(&number) else {
            return false;
        };
        let (model, told) = match (&session.model, act) {
            (Model::Requested { terminate, .. }, NetworkAct::Grant) => {
                let terminates = terminate.map(|delay| now + delay);
                (Model::Available { terminates }, (Status::Available, None))
            }
            (Model::Requested { .. }, NetworkAct::Refuse)
            | (Model::Available { .. }, NetworkAct::Terminate) => {
                let told = (Status::Unavailable, Some(StatusInfo::NetworkTerminated));
                (
                    Model::Unavailable {
                        released: now + RETENTION,
                    },
                    told,
                )
            }
            _ => return false,
        };
        session.model = model;
        self.told.push((now, number, told.0, told.1));
        true
    }

    /// Lets happen what is due, one after the other.
    fn catch_up(&mut self, now: i64) {
        loop {
            let due = self
                .sessions
                .iter()
                .map(|(number, session)| (session.next(), *number));
            let Some(((at, kind), number)) = due.min().filter(|((at, _), _)| *at <= now) else {
                return;
            };
            match kind {
                0 => {
                    self.sessions.remove(&number);
                    self.told.push((
                        at,
                        number,
                        Status::Unavailable,
                        Some(StatusInfo::DurationExpired),
                    ));
                }
                1 => assert!(self.network(at, number, NetworkAct::Grant)),
                2 => assert!(self.network(at, number, NetworkAct::Refuse)),
                3 => assert!(self.network(at, number, NetworkAct::Terminate)),
                _ => drop(self.sessions.remove(&number)),
            }
        }
    }
}

/// A run of the engine and of the model side by side.
struct Pair {
    engine: Engine,
    world: World,
    ids: Vec<SessionId>,
    heard: usize,
    now: i64,
    chance: Xoshiro256PlusPlus,
}

impl Pair {
    fn new(seed: u64) -> Self {
        Self {
            engine: Engine::new(Arc::new(Operator::default())),
            world: World::default(),
            ids: Vec::new(),
            heard: 0,
            now: 0,
            chance: Xoshiro256PlusPlus::seed_from_u64(seed),
        }
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.chance.next_u64() % bound
    }

    /// Some moment later: now, soon, at a deadline, or long after.
    fn delay(&mut self) -> i64 {
        let bound = [1, 1_000, 10_000, 400_000][usize::try_from(self.below(4)).unwrap()];
        i64::try_from(self.below(bound)).unwrap()
    }

    fn step(&mut self) {
        let pass = self.below(3) != 0;
        let pass = if pass { self.delay() } else { 0 };
        self.now += pass;
        let now = Instant::from_millis(self.now);
        while self.engine.handle_timeout(now) {}
        self.world.catch_up(self.now);
        match self.below(8) {
            0..=2 => self.create(now),
            3 => self.delete(now),
            4 => self.extend(now),
            act => self.network(
                now,
                [NetworkAct::Grant, NetworkAct::Refuse, NetworkAct::Terminate]
                    [usize::try_from(act - 5).unwrap()],
            ),
        }
        self.compare();
    }

    fn pick(&mut self) -> Option<usize> {
        let last = u64::try_from(self.ids.len().min(12)).unwrap();
        (last > 0).then(|| self.ids.len() - 1 - usize::try_from(self.below(last)).unwrap())
    }

    fn create(&mut self, now: Instant) {
        let number = self.ids.len();
        let duration = [1, 5, 300, 86_400][usize::try_from(self.below(4)).unwrap()];
        let (kind, after) = (self.below(4), self.delay());
        let terminate = (self.below(3) == 0).then(|| self.delay());
        let millis = |millis: i64| Duration::from_millis(millis.unsigned_abs());
        let answer = match kind {
            0 => NetworkAnswer::Never,
            1 => NetworkAnswer::Refuse(millis(after)),
            _ => NetworkAnswer::Grant(millis(after)),
        };
        let id = SessionId::from_random(self.chance.next_u64().into());
        let created = self.engine.create(
            now,
            NewSession {
                id,
                owner: ClientId::new("a client"),
                url: "https://a.example/".into(),
                request: request(number, duration),
                remarks: Vec::new(),
                plan: NetworkPlan {
                    answer,
                    terminate: terminate.map(|delay| Termination::After(millis(delay))),
                },
            },
        );
        created.unwrap();
        self.ids.push(id);
        let answer = (kind > 0).then_some((self.now + after, kind > 1));
        self.world.sessions.insert(
            number,
            Session {
                model: Model::Requested { answer, terminate },
                started: self.now.div_euclid(1_000) * 1_000,
                duration: duration.cast_signed(),
            },
        );
        if after == 0 && kind > 0 {
            let act = if kind > 1 {
                NetworkAct::Grant
            } else {
                NetworkAct::Refuse
            };
            assert!(self.world.network(self.now, number, act));
        }
    }

    fn delete(&mut self, now: Instant) {
        let Some(number) = self.pick() else { return };
        let deleted = self.engine.delete(now, self.ids[number]);
        let was = self.world.sessions.remove(&number);
        assert_eq!(deleted.is_ok(), was.is_some());
        if let Some(Session {
            model: Model::Available { .. },
            ..
        }) = was
        {
            self.world.told.push((
                self.now,
                number,
                Status::Unavailable,
                Some(StatusInfo::DeleteRequested),
            ));
        }
    }

    fn extend(&mut self, now: Instant) {
        let Some(number) = self.pick() else { return };
        let additional = 1 + self.below(86_399);
        let extended = self.engine.extend(now, self.ids[number], additional);
        match self.world.sessions.get_mut(&number) {
            Some(session) if matches!(session.model, Model::Available { .. }) => {
                let elapsed = (self.now - session.started).div_euclid(1_000);
                let remaining = session.duration - elapsed + additional.cast_signed();
                session.duration = elapsed + remaining.min(DAY);
                assert_eq!(extended.unwrap().duration.cast_signed(), session.duration);
            }
            Some(_) => assert!(matches!(extended, Err(Refusal::SessionInactive(..)))),
            None => assert!(matches!(extended, Err(Refusal::SessionUnknown(_)))),
        }
    }

    fn network(&mut self, now: Instant, act: NetworkAct) {
        let Some(number) = self.pick() else { return };
        let done = self.engine.network(now, self.ids[number], act);
        assert_eq!(done.is_ok(), self.world.network(self.now, number, act));
    }

    /// Both hold the same sessions in the same states, and have told the same.
    fn compare(&mut self) {
        while let Some(event) = self.engine.poll_event() {
            let change = event.change;
            if change.cause == Cause::Released {
                assert!(!change.notifies);
            }
            if !change.notifies {
                continue;
            }
            let (at, number, status, info) = self.world.told[self.heard];
            self.heard += 1;
            let told = (
                change.at.as_millis(),
                event.session.id,
                change.status,
                change.info,
            );
            assert_eq!(told, (at, self.ids[number], status, info));
        }
        assert_eq!(self.heard, self.world.told.len());
        assert_eq!(self.engine.sessions().len(), self.world.sessions.len());
        for (number, session) in &self.world.sessions {
            let status = match session.model {
                Model::Requested { .. } => Status::Requested,
                Model::Available { .. } => Status::Available,
                Model::Unavailable { .. } => Status::Unavailable,
            };
            let own = self.engine.session(self.ids[*number]).unwrap();
            assert_eq!(
                (own.status(), own.expires_at().as_millis()),
                (status, session.expires())
            );
        }
        let next = self
            .world
            .sessions
            .values()
            .map(Session::next)
            .min()
            .map(|(at, _)| at);
        assert_eq!(
            self.engine.poll_timeout().map(|(at, ..)| at.as_millis()),
            next
        );
    }
}

/// Of a device of its own: nothing is in its way.
fn request(number: usize, seconds: u64) -> SessionRequest {
    let network = "198.51.100.10";
    let server = ApplicationServer {
        ipv4: Some(Written::new(parse_ipv4_network(network).unwrap(), network)),
        ipv6: None,
    };
    SessionRequest {
        device: Device {
            phone_number: PhoneNumber::parse(&format!("1202{number:011}")),
            ..Device::default()
        },
        flow: Flow {
            server,
            server_ports: None,
            device_ports: None,
        },
        profile: ProfileName::parse("QOS_E").unwrap(),
        duration: Duration::from_secs(seconds),
        webhook: None,
    }
}

fn run(seeds: std::ops::Range<u64>, steps: usize) {
    for seed in seeds {
        let mut pair = Pair::new(seed);
        for _ in 0..steps {
            pair.step();
        }
    }
}

// A million inputs in all, in two halves that run side by side.

#[test]
fn the_engine_does_what_the_model_says() {
    run(0..1_000, 500);
}

#[test]
fn the_engine_does_what_the_model_says_whatever_the_seed() {
    run(1_000..2_000, 500);
}
