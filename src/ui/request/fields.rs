//! The fields of the operations' forms, as data.

use serde_json::Value;

use super::body::{number, string};
use super::form::{Form, IDENTIFIERS, Param, SERVERS};
use super::ports::ports;
use crate::api::Operation;

/// A field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Field {
    /// Unique in the console.
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    pub(super) place: Place,
    pub(super) kind: Kind,
    /// Marked so; empty where it is required.
    pub(super) optional: &'static str,
    /// The constraint, or what is to be known.
    pub(super) hint: &'static str,
    /// What to do where the constraint is broken.
    pub(super) fix: &'static str,
    /// The default.
    pub(super) placeholder: &'static str,
    /// Which choice stands opposite the label.
    pub(super) pick: Pick,
    /// As wide as the form.
    pub(super) wide: bool,
}

/// Where its value stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    Body(&'static str),
    Param(Param),
}

/// What its value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    /// A number of seconds.
    Seconds,
    Ports,
    Profile,
    Session,
    Status,
    Scenario,
}

/// A choice of what a field is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    None,
    Identifier,
    Server,
}

impl Kind {
    /// What a text stands for in the body.
    pub(super) fn value(self, text: &str) -> Option<Value> {
        match self {
            Self::Number | Self::Seconds => number(text),
            Self::Ports => ports(text),
            Self::Text | Self::Profile | Self::Session | Self::Status | Self::Scenario => {
                string(text)
            }
        }
    }
}

const fn body(id: &'static str, label: &'static str, pointer: &'static str, kind: Kind) -> Field {
    Field {
        id,
        label,
        place: Place::Body(pointer),
        kind,
        optional: "",
        hint: "",
        fix: "",
        placeholder: "",
        pick: Pick::None,
        wide: false,
    }
}

const fn param(id: &'static str, label: &'static str, param: Param, kind: Kind) -> Field {
    Field {
        place: Place::Param(param),
        ..body(id, label, "", kind)
    }
}

const PHONE: Field = Field {
    hint: "5 to 15 digits, + optional",
    fix: "Use 5 to 15 digits, with or without +.",
    ..body(
        "phone-number",
        "Phone number",
        "/device/phoneNumber",
        Kind::Text,
    )
};
const NAI: Field = Field {
    hint: "user@domain",
    ..body(
        "nai",
        "Network access identifier",
        "/device/networkAccessIdentifier",
        Kind::Text,
    )
};
const PUBLIC_ADDRESS: Field = Field {
    hint: "One public IPv4 address",
    fix: "Use one IPv4 address, without a mask.",
    ..body(
        "public-address",
        "Public IPv4 address",
        "/device/ipv4Address/publicAddress",
        Kind::Text,
    )
};
const PUBLIC_PORT: Field = Field {
    optional: "or private IP",
    hint: "0 to 65535",
    fix: "Use 0 to 65535.",
    ..body(
        "public-port",
        "Public port",
        "/device/ipv4Address/publicPort",
        Kind::Number,
    )
};
const PRIVATE_ADDRESS: Field = Field {
    optional: "or public port",
    hint: "The address behind the NAT",
    fix: "Use one IPv4 address, without a mask.",
    placeholder: "none",
    ..body(
        "private-address",
        "Private IPv4 address",
        "/device/ipv4Address/privateAddress",
        Kind::Text,
    )
};
const IPV6: Field = Field {
    hint: "One address, stands for its /64",
    fix: "Use one IPv6 address, without a mask.",
    ..body(
        "ipv6-address",
        "IPv6 address",
        "/device/ipv6Address",
        Kind::Text,
    )
};
const DEVICE_PORTS: Field = Field {
    optional: "optional",
    hint: "0 to 65535",
    fix: "Use ports and ranges from 0 to 65535: 443, 5000-5010.",
    placeholder: "all",
    ..body("device-ports", "Device ports", "/devicePorts", Kind::Ports)
};
const SERVER_IPV4: Field = Field {
    hint: "Address, or address/mask",
    fix: "Use an IPv4 address, or address/mask.",
    pick: Pick::Server,
    ..body(
        "server",
        "Application server",
        "/applicationServer/ipv4Address",
        Kind::Text,
    )
};
const SERVER_IPV6: Field = Field {
    hint: "Address, or address/prefix",
    fix: "Use an IPv6 address, or address/prefix.",
    ..body(
        "server-ipv6",
        "Application server",
        "/applicationServer/ipv6Address",
        Kind::Text,
    )
};
const SERVER_PORTS: Field = Field {
    optional: "optional",
    hint: "443, 5000-5010",
    fix: "Use ports and ranges from 0 to 65535: 443, 5000-5010.",
    placeholder: "all",
    ..body(
        "server-ports",
        "Server ports",
        "/applicationServerPorts",
        Kind::Ports,
    )
};
const PROFILE: Field = Field {
    fix: "Use 3 to 256 letters, digits, _, . and -.",
    ..body("profile", "QoS profile", "/qosProfile", Kind::Profile)
};
const DURATION: Field = Field {
    optional: "optional",
    hint: "1 to 86,400",
    fix: "Use 1 to 86,400.",
    placeholder: "86400",
    ..body("duration", "Duration", "/duration", Kind::Seconds)
};
const WEBHOOK_URL: Field = Field {
    optional: "optional",
    hint: "Notifications are sent there",
    fix: "Use a whole URL: https://…",
    placeholder: "none",
    ..body(
        "webhook-url",
        "Webhook URL",
        "/webhook/notificationUrl",
        Kind::Text,
    )
};
const WEBHOOK_TOKEN: Field = Field {
    optional: "optional",
    hint: "20 to 256 characters",
    fix: "Use 20 to 256 characters.",
    placeholder: "none",
    ..body(
        "webhook-token",
        "Webhook token",
        super::form::TOKEN,
        Kind::Text,
    )
};
const ADDITIONAL: Field = Field {
    hint: "1 to 86,399",
    fix: "Use 1 to 86,399.",
    ..body(
        "additional",
        "Additional duration",
        "/requestedAdditionalDuration",
        Kind::Seconds,
    )
};
const SESSION: Field = Field {
    hint: "The session that is selected, or another one's UUID",
    fix: "Use a UUID.",
    wide: true,
    ..param("session-id", "Session", Param::SessionId, Kind::Session)
};
const NAME: Field = Field {
    optional: "optional",
    hint: "Only the profile of that name",
    placeholder: "any",
    ..param("profile-filter", "Name", Param::Name, Kind::Text)
};
const STATUS: Field = Field {
    optional: "optional",
    hint: "Only profiles of that status",
    fix: "Use ACTIVE, INACTIVE or DEPRECATED.",
    ..param("status", "Status", Param::Status, Kind::Status)
};
const PROFILE_NAME: Field = Field {
    fix: "Use 3 to 256 letters, digits, _, . and -.",
    wide: true,
    ..param("profile-name", "Name", Param::Profile, Kind::Profile)
};
/// Header fields that every operation takes.
pub(super) const HEADERS: [Field; 2] = [
    Field {
        optional: "optional",
        hint: "Comes back in the answer",
        placeholder: "none",
        ..param(
            "x-correlator",
            "x-correlator",
            Param::Correlator,
            Kind::Text,
        )
    },
    Field {
        optional: "optional",
        hint: "What becomes of it",
        ..param(
            "x-qod-scenario",
            "x-qod-scenario",
            Param::Scenario,
            Kind::Scenario,
        )
    },
];

/// The fields of an operation's parameters and, where it is shown as a form, body.
pub(super) fn fields(operation: Operation, form: &Form) -> Vec<Field> {
    let with_body = |field: Field| (!form.json).then_some(field);
    match operation {
        Operation::CreateSession if form.json => Vec::new(),
        Operation::CreateSession => creation(form),
        Operation::GetSession | Operation::DeleteSession => vec![SESSION],
        Operation::ExtendQosSessionDuration => {
            [SESSION].into_iter().chain(with_body(ADDITIONAL)).collect()
        }
        Operation::GetQosProfiles => vec![NAME, STATUS],
        Operation::GetQosProfile => vec![PROFILE_NAME],
    }
}

/// Whether a field is one of the four that are always there.
pub(super) fn is_main(field: &Field) -> bool {
    let more = [
        "private-address",
        "device-ports",
        "server-ports",
        "webhook-url",
        "webhook-token",
    ];
    !more.contains(&field.id)
}

fn creation(form: &Form) -> Vec<Field> {
    let mut device = match form.shown(&IDENTIFIERS, form.identifier) {
        0 => vec![PHONE],
        1 => vec![NAI],
        2 => vec![PUBLIC_ADDRESS, PUBLIC_PORT, PRIVATE_ADDRESS],
        3 => vec![IPV6],
        _ => vec![
            PHONE,
            NAI,
            PUBLIC_ADDRESS,
            PUBLIC_PORT,
            PRIVATE_ADDRESS,
            IPV6,
        ],
    };
    let many = device.len() > 3;
    if let Some(first) = device.first_mut() {
        first.pick = Pick::Identifier;
        if !many {
            first.label = "Device";
        }
    }
    if many {
        device
            .iter_mut()
            .for_each(|field| field.optional = "at least one");
    }
    let server = match form.shown(&SERVERS, form.server) {
        0 => vec![SERVER_IPV4],
        1 => vec![Field {
            pick: Pick::Server,
            ..SERVER_IPV6
        }],
        _ => vec![
            SERVER_IPV4,
            Field {
                label: "Server IPv6",
                ..SERVER_IPV6
            },
        ],
    };
    let both = server.len() > 1;
    let mut fields = device;
    fields.push(Field {
        wide: many,
        ..DEVICE_PORTS
    });
    fields.extend(server);
    fields.push(Field {
        wide: both,
        ..SERVER_PORTS
    });
    fields.extend([PROFILE, DURATION, WEBHOOK_URL, WEBHOOK_TOKEN]);
    fields
}
