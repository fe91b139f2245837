//! A client that does anything at any time, by a seed.

use qod_sandbox::engine::NetworkAct;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};

use crate::operator::{Plan, Terminate};

/// What is done next, and when.
pub(crate) struct Step {
    /// How many milliseconds later.
    pub(crate) passes: i64,
    /// Whether nobody lets time pass in between.
    pub(crate) at_once: bool,
    pub(crate) command: Command,
}

pub(crate) enum Command {
    Create(Value),
    Get,
    Delete,
    Extend(Value),
    Profiles(Option<&'static str>),
    Network(NetworkAct),
    Token {
        owner: &'static str,
        scopes: Option<&'static str>,
    },
    Scenario(&'static str, Plan),
    Rules {
        strict: bool,
        closed: bool,
        retention: i64,
    },
    Restore,
}

pub(crate) struct Client {
    chance: Xoshiro256PlusPlus,
    /// What the next request has as its token.
    pub(crate) bearer: Option<String>,
}

impl Client {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            chance: Xoshiro256PlusPlus::seed_from_u64(seed ^ 0x0051_0d0d),
            bearer: None,
        }
    }

    /// What is done next, where the operator does something by itself after `due` milliseconds.
    pub(crate) fn step(&mut self, due: Option<i64>) -> Step {
        let passes = match (self.below(8), due) {
            (0..=2, _) => 0,
            (3, _) => self.millis(1_000),
            (4, _) => self.millis(20_000),
            (5, _) => self.millis(500_000),
            // Right before it, at it, right after it.
            (_, Some(due)) => (due + self.millis(3) - 1).max(0),
            (_, None) => self.millis(100_000),
        };
        Step {
            passes,
            at_once: self.one_in(2),
            command: self.command(),
        }
    }

    fn command(&mut self) -> Command {
        match self.below(40) {
            0..=16 => Command::Create(self.body()),
            17..=21 => Command::Get,
            22..=24 => Command::Delete,
            25..=28 => Command::Extend(self.extension()),
            29 => Command::Profiles(self.one_of(&[
                None,
                Some("ACTIVE"),
                Some("INACTIVE"),
                Some("DEPRECATED"),
                Some("ALL"),
            ])),
            30..=35 => Command::Network(self.one_of(&[
                NetworkAct::Grant,
                NetworkAct::Refuse,
                NetworkAct::Terminate,
            ])),
            36 => Command::Token {
                owner: self.one_of(&["anna", "berta"]),
                scopes: self.one_of(&[
                    None,
                    None,
                    Some("qod-sessions-read"),
                    Some("qod-sessions-write"),
                ]),
            },
            37 => self.scenario(),
            38 => Command::Rules {
                strict: self.one_in(4),
                closed: self.one_in(6),
                retention: self.one_of(&[360_000, 360_000, 600_000]),
            },
            _ => Command::Restore,
        }
    }

    /// Which token is taken; none, or one that there is not, if nothing.
    pub(crate) fn token(&mut self, tokens: usize) -> Option<usize> {
        match self.below(12) {
            0 => None,
            1..=7 => Some(0),
            _ => Some(self.place(tokens)),
        }
    }

    /// The id of a session, mostly of one that is there.
    pub(crate) fn id(&mut self, ids: &[String]) -> String {
        let recent = &ids[ids.len().saturating_sub(12)..];
        if recent.is_empty() || self.one_in(20) {
            return self
                .one_of(&["f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "1", "not-a-uuid"])
                .to_owned();
        }
        recent[self.place(recent.len())].clone()
    }

    fn scenario(&mut self) -> Command {
        let granted = |after, terminate| Plan {
            answer: Some((after, true)),
            terminate,
        };
        let refused = |after| Plan {
            answer: Some((after, false)),
            terminate: None,
        };
        let (name, plan) = self.one_of(&[
            ("granted-after-2s", granted(2_000, None)),
            ("granted-at-once", granted(0, None)),
            ("granted-after-60s", granted(60_000, None)),
            ("never-granted", Plan::default()),
            ("refused-after-2s", refused(2_000)),
            ("refused-at-once", refused(0)),
            (
                "terminated-after-10s",
                granted(2_000, Some(Terminate::After(10_000))),
            ),
            (
                "terminated-halfway",
                granted(2_000, Some(Terminate::Halfway)),
            ),
        ]);
        Command::Scenario(name, plan)
    }

    fn extension(&mut self) -> Value {
        let seconds = self.one_of(&[1, 60, 3_600, 86_399, 0, 86_400]);
        if self.one_in(20) {
            json!({})
        } else {
            json!({ "requestedAdditionalDuration": seconds })
        }
    }

    /// A request for a session; one in eight is wrong somewhere.
    fn body(&mut self) -> Value {
        let mut body = json!({
            "device": self.device(),
            "applicationServer": self.server(),
            "qosProfile": self.one_of(&["QOS_E", "QOS_S", "QOS_L", "BURST_UPLOAD", "QOS_E"]),
        });
        if self.one_in(2) {
            body["devicePorts"] = self.ports();
        }
        if self.one_in(2) {
            body["applicationServerPorts"] = self.ports();
        }
        if !self.one_in(4) {
            body["duration"] = self.one_of(&[1, 5, 60, 300, 900, 86_400]).into();
        }
        if self.one_in(2) {
            body["webhook"] = json!({ "notificationUrl": "https://app.example/hook" });
        }
        if self.one_in(8) {
            self.spoil(&mut body);
        }
        body
    }

    fn spoil(&mut self, body: &mut Value) {
        let (pointer, value) = self.one_of(&[
            ("device", None),
            ("device", Some("{}")),
            ("device", Some("\"+34600000001\"")),
            ("device", Some(r#"{ "phoneNumber": "+12" }"#)),
            (
                "device",
                Some(r#"{ "ipv4Address": { "publicAddress": "203.0.113.7", "publicPort": 70000 } }"#),
            ),
            ("applicationServer", None),
            ("applicationServer", Some("{}")),
            ("devicePorts", Some("{}")),
            ("devicePorts", Some(r#"{ "ranges": [{ "from": 9, "to": 8 }] }"#)),
            ("applicationServerPorts", Some(r#"{ "ranges": [{ "from": 0, "to": 65536 }] }"#)),
            ("qosProfile", None),
            ("qosProfile", Some("\"QOS_X\"")),
            ("qosProfile", Some("\"DRONE_CONTROL\"")),
            ("qosProfile", Some("\"VOICE_CLASSIC\"")),
            ("qosProfile", Some("\"Q\"")),
            ("duration", Some("0")),
            ("duration", Some("86401")),
            ("webhook", Some(r#"{ "notificationUrl": "https://a.example", "notificationAuthToken": "short" }"#)),
        ]);
        match value {
            None => drop(body.as_object_mut().unwrap().remove(pointer)),
            Some(json) => body[pointer] = serde_json::from_str(json).unwrap(),
        }
    }

    /// One of few devices, by one of its identifiers or by several; or a test value.
    fn device(&mut self) -> Value {
        let number = self.below(6);
        let other = if self.one_in(8) {
            self.below(6)
        } else {
            number
        };
        let phone = match (number, self.below(10)) {
            (_, 0) => format!("+999000000{:02}", 1 + self.below(17)),
            (0..=2, _) => format!("+447700900{}", 101 + number),
            (_, 1..=4) => format!("3460000000{number}"),
            _ => format!("+3460000000{number}"),
        };
        let mut device = json!({});
        let given = 1 + self.below(15);
        if given & 1 != 0 {
            device["phoneNumber"] = phone.into();
        }
        if given & 2 != 0 {
            let public = format!("203.0.113.{}", 101 + other);
            let port = 40_101 + other;
            let private = format!("10.0.0.{}", 101 + other);
            device["ipv4Address"] = match self.below(3) {
                0 => json!({ "publicAddress": public, "publicPort": port }),
                1 => json!({ "publicAddress": public, "privateAddress": private }),
                _ => {
                    json!({ "publicAddress": public, "privateAddress": private, "publicPort": port })
                }
            };
        }
        if given & 4 != 0 {
            let host = 1 + self.below(2);
            device["ipv6Address"] = format!("2001:db8:{:x}:1::{host}", 101 + number).into();
        }
        if given & 8 != 0 && given != 8 || device == json!({}) {
            device["networkAccessIdentifier"] =
                format!("447700900{}@operator.example", 101 + number).into();
        }
        device
    }

    fn server(&mut self) -> Value {
        let ipv4 = self.one_of(&[
            "198.51.100.10",
            "198.51.100.11",
            "198.51.100.200/24",
            "198.51.100.8/29",
            "0.0.0.0/0",
            "192.0.2.1/32",
        ]);
        let ipv6 = self.one_of(&[
            "2001:db8:ffff::1",
            "2001:db8:ffff::2/32",
            "2001:db9::/64",
            "::/0",
        ]);
        match self.below(4) {
            0 => json!({ "ipv6Address": ipv6 }),
            1 => json!({ "ipv4Address": ipv4, "ipv6Address": ipv6 }),
            _ => json!({ "ipv4Address": ipv4 }),
        }
    }

    fn ports(&mut self) -> Value {
        let ports = self.one_of(&[&[80][..], &[443], &[80, 443], &[0], &[65_535]]);
        let ranges = self.one_of(&[
            (0, 65_535),
            (80, 90),
            (400, 500),
            (443, 443),
            (1_000, 2_000),
        ]);
        let ranges = json!([{ "from": ranges.0, "to": ranges.1 }]);
        match self.below(3) {
            0 => json!({ "ranges": ranges }),
            1 => json!({ "ports": ports }),
            _ => json!({ "ranges": ranges, "ports": ports }),
        }
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.chance.next_u64() % bound
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    fn millis(&mut self, bound: u64) -> i64 {
        self.below(bound).cast_signed()
    }

    fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap()
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.place(all.len())]
    }
}
