//! Scenarios: what becomes of a session, told beforehand by a name, a test value or the sandbox.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::delivery::Disorder;
use crate::api::Injected;
use crate::engine::{
    Device, NetworkAnswer, NetworkPlan, PhoneNumber, SessionId, Share, Termination,
};

/// What becomes of a session, or of the request for it.
///
/// ```
/// use qod_sandbox::{Instant, Options, Sandbox, Scenario, Setting};
///
/// let now = Instant::from_millis(0);
/// let mut sandbox = Sandbox::new(&Options::new(1, now));
/// let scenario = Scenario::named("terminated-after-10s").unwrap();
/// sandbox.configure(now, Setting::Scenario(Some(scenario.into())));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// A name of the catalogue, or what its user calls it.
    pub name: Arc<str>,
    /// What the network does.
    pub plan: NetworkPlan,
    /// How the session's notifications go astray; as the policy says, if not given.
    pub disorder: Option<Disorder>,
    /// How its webhook fails.
    pub failing: Option<Failing>,
    /// The error that is answered instead.
    pub error: Option<Injected>,
    /// How much later the answer comes.
    pub latency: Duration,
}

/// A webhook that fails each notification so many times before its receiver gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failing {
    /// How many times. At least one attempt more is made.
    pub first: u32,
    /// With what status.
    pub status: u16,
}

/// Which sessions follow a scenario that is about their notifications.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Astray(BTreeMap<SessionId, Arc<Scenario>>);

impl Astray {
    pub(super) fn follow(&mut self, session: SessionId, scenario: Arc<Scenario>) {
        self.0.insert(session, scenario);
    }

    /// The scenario of a session, if it follows one.
    pub(super) fn of(&self, session: SessionId) -> Option<&Arc<Scenario>> {
        self.0.get(&session)
    }

    /// Forgets a session: nothing will be told of it any more.
    pub(super) fn forget(&mut self, session: SessionId) {
        self.0.remove(&session);
    }
}

/// A scenario of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// What it is called: what happens, then when.
    pub name: &'static str,
    /// The same in a sentence.
    pub description: &'static str,
    /// Its number, which its test values end in.
    number: u8,
}

/// The identifiers that stand for a scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestValues {
    /// Of a country that there is not.
    pub phone_number: String,
    /// In a domain of the sandbox's own.
    pub network_access_identifier: String,
    /// A public address in 192.0.2.0/24, with any port or private address.
    pub ipv4_address: String,
    /// An address in 2001:db8:5a7d::/48; any of its /64 will do.
    pub ipv6_address: String,
}

/// The name that is in force where no other is chosen.
pub const DEFAULT_SCENARIO: &str = "granted-after-2s";

const CATALOGUE: [(&str, &str); 22] = [
    (
        DEFAULT_SCENARIO,
        "The network grants the session 2 s after the request.",
    ),
    ("granted-at-once", "The 201 says AVAILABLE already."),
    (
        "granted-after-60s",
        "The network takes a minute to grant the session.",
    ),
    (
        "never-granted",
        "The network never answers: REQUESTED until the duration ends.",
    ),
    (
        "refused-after-2s",
        "The network refuses the session 2 s after the request.",
    ),
    ("refused-at-once", "The 201 says UNAVAILABLE already."),
    (
        "terminated-after-10s",
        "Granted after 2 s, taken back 10 s later.",
    ),
    (
        "terminated-halfway",
        "Granted after 2 s, taken back when half of the duration is over.",
    ),
    (
        "device-unknown",
        "400: the operator cannot identify the device.",
    ),
    (
        "device-inconsistent",
        "400: the identifiers belong to different devices.",
    ),
    (
        "not-implemented",
        "501: the service is not there for this device.",
    ),
    ("conflict", "409: another session is in the way."),
    ("unauthenticated", "401: the access token is not taken."),
    (
        "permission-denied",
        "403: the access token does not permit it.",
    ),
    ("too-many-requests", "429, to be tried again after 10 s."),
    ("internal-error", "500: the operator fails."),
    ("unavailable", "503: the service is not available."),
    (
        "slow-answer",
        "The answer takes 5 s; what it tells of happens at once.",
    ),
    (
        "webhook-fails-twice",
        "Each notification is refused with 503 twice, and taken the third time.",
    ),
    (
        "notification-duplicated",
        "Each notification is sent twice, with the same id.",
    ),
    (
        "notification-late",
        "Each notification is sent 30 s after its event.",
    ),
    (
        "notification-out-of-order",
        "AVAILABLE is sent after UNAVAILABLE.",
    ),
];

impl Named {
    /// All scenarios of the catalogue.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..)
            .zip(CATALOGUE)
            .map(|(number, (name, description))| Self {
                name,
                description,
                number,
            })
    }

    /// The identifiers that stand for it.
    pub fn test_values(&self) -> TestValues {
        let (name, number) = (self.name, self.number);
        TestValues {
            phone_number: format!("+99900000{number:03}"),
            network_access_identifier: format!("{name}@qod-sandbox.example"),
            ipv4_address: format!("192.0.2.{number}"),
            ipv6_address: format!("2001:db8:5a7d:{number}::1"),
        }
    }

    /// The one for which a device's identifiers stand: of phone number, network access identifier,
    /// IPv4 and IPv6 address the first that stands for any.
    fn of_device(device: &Device) -> Option<Self> {
        let phone = device.phone_number.as_ref().map(PhoneNumber::as_str);
        let phone = phone.map(|number| number.trim_start_matches('+'));
        let number = phone.and_then(|number| number.strip_prefix("99900000"));
        let nai = device.network_access_identifier.as_deref();
        let name = nai.and_then(|nai| nai.strip_suffix("@qod-sandbox.example"));
        let ipv4 = device
            .ipv4_address
            .as_ref()
            .map(|ipv4| ipv4.public_address.octets());
        let ipv6 = device
            .ipv6_address
            .as_ref()
            .map(|ipv6| ipv6.value().segments());
        let by_number = |number: u16| Self::all().find(|one| u16::from(one.number) == number);
        number
            .filter(|number| number.len() == 3)
            .and_then(|number| by_number(number.parse().ok()?))
            .or_else(|| Self::all().find(|one| Some(one.name) == name))
            .or_else(|| match ipv4? {
                [192, 0, 2, number] => by_number(number.into()),
                _ => None,
            })
            // The number is written in hexadecimal digits, and read as it looks.
            .or_else(|| match ipv6? {
                [0x2001, 0xdb8, 0x5a7d, digits, ..] => {
                    by_number(format!("{digits:x}").parse().ok()?)
                }
                _ => None,
            })
    }
}

impl Scenario {
    /// The scenario of that name in the catalogue ([`Named::all`]); nothing if there is none.
    pub fn named(name: &str) -> Option<Self> {
        let Named { name, .. } = Named::all().find(|known| known.name == name)?;
        let mut scenario = Self::granted(name, Duration::from_secs(2));
        let plan = &mut scenario.plan;
        let disorder = Disorder::default();
        match name {
            "granted-at-once" => plan.answer = NetworkAnswer::Grant(Duration::ZERO),
            "granted-after-60s" => plan.answer = NetworkAnswer::Grant(Duration::from_secs(60)),
            "never-granted" => plan.answer = NetworkAnswer::Never,
            "refused-after-2s" => plan.answer = NetworkAnswer::Refuse(Duration::from_secs(2)),
            "refused-at-once" => plan.answer = NetworkAnswer::Refuse(Duration::ZERO),
            "terminated-after-10s" => {
                plan.terminate = Some(Termination::After(Duration::from_secs(10)));
            }
            "terminated-halfway" => plan.terminate = Share::new(500_000).map(Termination::At),
            "slow-answer" => scenario.latency = Duration::from_secs(5),
            "webhook-fails-twice" => {
                scenario.failing = Some(Failing {
                    first: 2,
                    status: 503,
                });
            }
            "notification-duplicated" => {
                scenario.disorder = Some(Disorder {
                    copies: std::num::NonZeroU32::MIN.saturating_add(1),
                    ..disorder
                });
            }
            "notification-late" => {
                scenario.disorder = Some(Disorder {
                    delay: Duration::from_secs(30),
                    ..disorder
                });
            }
            "notification-out-of-order" => {
                scenario.disorder = Some(Disorder {
                    reorder: true,
                    ..disorder
                });
            }
            name => scenario.error = Injected::scenario(name),
        }
        Some(scenario)
    }

    /// The scenario for which a device's identifiers stand, if they do for any.
    pub(super) fn of_device(device: &Device) -> Option<Arc<Self>> {
        Self::named(Named::of_device(device)?.name).map(Arc::new)
    }

    /// A session that is granted after that time; all else as ever.
    pub fn granted(name: &str, after: Duration) -> Self {
        Self {
            name: name.into(),
            plan: NetworkPlan {
                answer: NetworkAnswer::Grant(after),
                terminate: None,
            },
            disorder: None,
            failing: None,
            error: None,
            latency: Duration::ZERO,
        }
    }

    /// Whether it is about the session's notifications.
    pub(super) const fn is_about_notifications(&self) -> bool {
        self.disorder.is_some() || self.failing.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Request;
    use crate::sandbox::{Auth, Options, Sandbox, Setting};
    use crate::time::Instant;

    #[test]
    fn every_name_of_the_catalogue_stands_for_something_of_its_own() {
        let mut seen = Vec::new();
        for named in Named::all() {
            let scenario = Scenario::named(named.name).unwrap();
            assert_eq!(&*scenario.name, named.name);
            let what = Scenario {
                name: "".into(),
                ..scenario
            };
            assert!(!seen.contains(&what), "{}", named.name);
            seen.push(what);
        }
        assert_eq!(Scenario::named("granted"), None);
    }

    #[test]
    fn a_session_is_followed_for_its_notifications_alone_and_while_it_is_there() {
        const BODY: &str = r#"{"device":{"phoneNumber":"+34600000001"},"applicationServer":{"ipv4Address":"198.51.100.10"},"qosProfile":"QOS_E"}"#;
        for (name, followed) in [
            (DEFAULT_SCENARIO, 0),
            ("webhook-fails-twice", 1),
            ("notification-late", 1),
        ] {
            let now = Instant::from_millis(0);
            let mut sandbox = Sandbox::new(&Options::new(1, now));
            sandbox.configure(now, Setting::Auth(Auth::Off));
            let url = "https://api.example/qod/v0/sessions";
            let request = Request::new("POST", url).header("x-qod-scenario", name);
            let request = request
                .header("Content-Type", "application/json")
                .body(BODY);
            assert_eq!(sandbox.request(now, request).status, 201, "{name}");
            assert_eq!(sandbox.state.astray.0.len(), followed, "{name}");
            let id = sandbox.sessions().first().unwrap().id;
            let request = Request::new("DELETE", &format!("{url}/{id}"));
            assert_eq!(sandbox.request(now, request).status, 204, "{name}");
            assert_eq!(sandbox.state.astray.0.len(), 0, "{name}");
        }
    }
}
