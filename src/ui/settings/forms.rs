//! The forms of the settings, as tables. `www/settings.js` reads what is written into them.

use std::time::Duration;

use yew::AttrValue;

use crate::time::millis;
use crate::ui::state::Config;

/// A form.
pub(super) struct Spec {
    /// What `www/settings.js` knows it by.
    pub(super) name: &'static str,
    /// What its button says; without one each change applies when its field is left.
    pub(super) submit: &'static str,
    pub(super) inputs: &'static [Input],
}

/// A field.
pub(super) struct Input {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    pub(super) kind: Kind,
}

/// What is written into a field.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A line of text; the second is an example, the third what stands behind the value.
    Line(&'static str, &'static str),
    /// As much as that.
    Text,
    /// One of some: values and words.
    One(&'static [(&'static str, &'static str)]),
    /// Yes, if it is `yes`.
    Flag,
}

impl PartialEq for Spec {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

const fn input(name: &'static str, label: &'static str, hint: &'static str, kind: Kind) -> Input {
    Input {
        name,
        label,
        hint,
        kind,
    }
}

use Kind::{Flag, Line, One, Text};

pub(super) const SCENARIO: Spec = Spec {
    name: "scenario",
    submit: "Use it",
    inputs: &[
        input(
            "name",
            "Name",
            "What the traffic calls it",
            Line("custom", ""),
        ),
        input(
            "answer",
            "The network",
            "",
            One(&[
                ("grant", "grants it"),
                ("refuse", "refuses it"),
                ("never", "never answers"),
            ]),
        ),
        input("after", "After", "0s stands for at once", Line("2s", "")),
        input(
            "terminate",
            "Taken back",
            "",
            One(&[
                ("no", "no"),
                ("after", "a time after granting"),
                ("share", "at a share of its duration"),
            ]),
        ),
        input(
            "when",
            "When",
            "A time such as 10s, or a share",
            Line("10s, or 50 %", ""),
        ),
        input("delay", "Notifications later by", "", Line("0s", "")),
        input(
            "copies",
            "Each sent",
            "1 to 10, with the same id",
            Line("1", "times"),
        ),
        input("reorder", "AVAILABLE after UNAVAILABLE", "", Flag),
        input(
            "failFirst",
            "Webhook fails first",
            "0 to 99",
            Line("0", "times"),
        ),
        input("failStatus", "With status", "200 to 599", Line("503", "")),
    ],
};

pub(super) const FAULT: Spec = Spec {
    name: "fault",
    submit: "Add fault",
    inputs: &[
        input(
            "operation",
            "Operation",
            "",
            One(&[
                ("", "all"),
                ("createSession", "create session"),
                ("getSession", "get session"),
                ("deleteSession", "delete session"),
                ("extendQosSessionDuration", "extend session"),
                ("getQosProfiles", "get profiles"),
                ("getQosProfile", "get one profile"),
            ]),
        ),
        input("networkError", "The connection fails", "", Flag),
        input("status", "Status answered", "400 to 599", Line("503", "")),
        input(
            "code",
            "Code",
            "Left out: the status's own",
            Line("UNAVAILABLE", ""),
        ),
        input("min", "Late by at least", "", Line("500ms", "")),
        input("max", "At most", "Left out: the same", Line("2s", "")),
        input(
            "requests",
            "429 after",
            "Then it is refused",
            Line("10", "requests"),
        ),
        input("per", "In each", "", Line("1m", "")),
        input(
            "rate",
            "Share of requests",
            "Left out: all",
            Line("25", "%"),
        ),
        input(
            "times",
            "Only the next",
            "Left out: for ever",
            Line("3", "times"),
        ),
    ],
};

pub(super) const OPERATOR: Spec = Spec {
    name: "operator",
    submit: "",
    inputs: &[
        input(
            "retention",
            "Keeps what it took back for",
            "360s or more, for clients that poll",
            Line("360s", ""),
        ),
        input(
            "requests",
            "Answers each client",
            "More are 429. Empty: all",
            Line("no limit", "requests"),
        ),
        input(
            "per",
            "In each",
            "Counted from a client's first",
            Line("1m", ""),
        ),
    ],
};

pub(super) const DEVICE: Spec = Spec {
    name: "device",
    submit: "Add device",
    inputs: &[
        input(
            "phoneNumber",
            "Phone number",
            "5 to 15 digits, + optional",
            Line("+34600000001", ""),
        ),
        input(
            "networkAccessIdentifier",
            "Network access identifier",
            "",
            Line("user@domain", ""),
        ),
        input("publicAddress", "IPv4, public", "", Line("203.0.113.7", "")),
        input("publicPort", "Public port", "0 to 65535", Line("59765", "")),
        input(
            "privateAddress",
            "IPv4, private",
            "Or a public port",
            Line("10.0.0.7", ""),
        ),
        input(
            "ipv6Address",
            "IPv6",
            "Stands for its /64",
            Line("2001:db8::7", ""),
        ),
        input("unsupported", "The network cannot serve it (501)", "", Flag),
    ],
};

pub(super) const PROFILES: Spec = Spec {
    name: "profiles",
    submit: "Replace the catalogue",
    inputs: &[input(
        "json",
        "Profiles, as JSON",
        "A list of QosProfile, as the specification has it",
        Text,
    )],
};

pub(super) const LIMITS: Spec = Spec {
    name: "limits",
    submit: "",
    inputs: &[
        input("traffic", "Requests kept", "", Line("10000", "")),
        input("notifications", "Notifications kept", "", Line("10000", "")),
        input(
            "releasedSessions",
            "Ended sessions kept",
            "",
            Line("10000", ""),
        ),
        input(
            "bodyBytes",
            "Longest body",
            "Longer ones are 413",
            Line("1048576", "bytes"),
        ),
    ],
};

/// What stands in the operator's form.
pub(super) fn operator(config: &Config) -> Vec<AttrValue> {
    let limit = config.settings.rate_limit;
    let (requests, per) = limit.map_or_else(Default::default, |limit| {
        (limit.requests.to_string(), span(limit.per))
    });
    let retention = config.settings.operator.retention.duration().as_secs();
    let retention = retention.to_string() + "s";
    texts([retention, requests, per])
}

/// What stands in the form of the limits.
pub(super) fn limits(config: &Config) -> Vec<AttrValue> {
    let limits = config.settings.limits;
    texts(
        [
            limits.traffic,
            limits.notifications,
            limits.released_sessions,
            limits.body_bytes,
        ]
        .map(|limit| limit.to_string()),
    )
}

pub(super) fn texts<const N: usize>(texts: [String; N]) -> Vec<AttrValue> {
    texts.into_iter().map(AttrValue::from).collect()
}

/// A duration as it is written into a field: `1500ms`, `2s`, `6m`, `1h`.
pub(super) fn span(duration: Duration) -> String {
    let millis = millis(duration);
    let units = [(3_600_000, "h"), (60_000, "m"), (1_000, "s")];
    let unit = units
        .into_iter()
        .find(|(unit, _)| millis > 0 && millis.is_multiple_of(*unit));
    let (unit, name) = unit.unwrap_or((1, if millis == 0 { "s" } else { "ms" }));
    (millis / unit).to_string() + name
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn durations_are_written_in_the_largest_unit_that_fits() {
        for (millis, text) in [
            (0, "0s"),
            (250, "250ms"),
            (1_500, "1500ms"),
            (2_000, "2s"),
            (90_000, "90s"),
            (360_000, "6m"),
            (7_200_000, "2h"),
        ] {
            assert_eq!(span(Duration::from_millis(millis)), text);
        }
    }
}
