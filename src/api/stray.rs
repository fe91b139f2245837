//! Members that stand where no schema has them: misspelt, or in the wrong place.

use serde_json::Value;

use super::hint::nearest;
use super::json::{Member, Path};
use super::patch::Patch;
use super::refusal::{Breach, Offence};

/// The members that an object may have.
pub(super) struct Shape {
    schema: &'static str,
    reference: &'static str,
    members: &'static [(&'static str, Option<&'static Shape>)],
}

/// A member that no schema has.
pub(super) struct Stray {
    /// Where it was probably meant to stand, dotted.
    pub(super) target: Option<String>,
    pub(super) offence: Offence,
}

pub(super) static CREATE_SESSION: Shape = Shape {
    schema: "CreateSession",
    reference: "#/components/schemas/CreateSession",
    members: &[
        ("device", Some(&DEVICE)),
        ("applicationServer", Some(&APPLICATION_SERVER)),
        ("devicePorts", Some(&PORTS_SPEC)),
        ("applicationServerPorts", Some(&PORTS_SPEC)),
        ("qosProfile", None),
        ("webhook", Some(&WEBHOOK)),
        ("duration", None),
    ],
};

pub(super) static EXTEND_SESSION_DURATION: Shape = Shape {
    schema: "ExtendSessionDuration",
    reference: "#/components/schemas/ExtendSessionDuration",
    members: &[("requestedAdditionalDuration", None)],
};

static DEVICE: Shape = Shape {
    schema: "Device",
    reference: "#/components/schemas/Device",
    members: &[
        ("phoneNumber", None),
        ("networkAccessIdentifier", None),
        ("ipv4Address", Some(&DEVICE_IPV4_ADDR)),
        ("ipv6Address", None),
    ],
};

static DEVICE_IPV4_ADDR: Shape = Shape {
    schema: "DeviceIpv4Addr",
    reference: "#/components/schemas/DeviceIpv4Addr",
    members: &[
        ("publicAddress", None),
        ("privateAddress", None),
        ("publicPort", None),
    ],
};

static APPLICATION_SERVER: Shape = Shape {
    schema: "ApplicationServer",
    reference: "#/components/schemas/ApplicationServer",
    members: &[("ipv4Address", None), ("ipv6Address", None)],
};

static PORTS_SPEC: Shape = Shape {
    schema: "PortsSpec",
    reference: "#/components/schemas/PortsSpec",
    members: &[("ranges", Some(&RANGE)), ("ports", None)],
};

static RANGE: Shape = Shape {
    schema: "PortsSpec.ranges",
    reference: "#/components/schemas/PortsSpec",
    members: &[("from", None), ("to", None)],
};

static WEBHOOK: Shape = Shape {
    schema: "BaseSessionInfo.webhook",
    reference: "#/components/schemas/BaseSessionInfo",
    members: &[("notificationUrl", None), ("notificationAuthToken", None)],
};

/// Where members of a create request stand that can be in one place only; and names of other
/// versions of the API.
const PLACES: [(&str, &str); 22] = [
    ("device", "device"),
    ("applicationServer", "applicationServer"),
    ("devicePorts", "devicePorts"),
    ("applicationServerPorts", "applicationServerPorts"),
    ("qosProfile", "qosProfile"),
    ("webhook", "webhook"),
    ("duration", "duration"),
    ("phoneNumber", "device.phoneNumber"),
    ("ipv4Address", "device.ipv4Address"),
    ("networkAccessIdentifier", "device.networkAccessIdentifier"),
    ("publicAddress", "device.ipv4Address.publicAddress"),
    ("privateAddress", "device.ipv4Address.privateAddress"),
    ("publicPort", "device.ipv4Address.publicPort"),
    ("notificationUrl", "webhook.notificationUrl"),
    ("notificationAuthToken", "webhook.notificationAuthToken"),
    ("sink", "webhook.notificationUrl"),
    ("sinkCredential", "webhook.notificationAuthToken"),
    ("msisdn", "device.phoneNumber"),
    ("ueId", "device"),
    ("asId", "applicationServer"),
    ("uePorts", "devicePorts"),
    ("asPorts", "applicationServerPorts"),
];

/// A body of a mebibyte can have very many; nobody reads more.
const MOST_STRAYS: usize = 100;

/// Members that no schema has, as far as there are schemas: the first hundred.
pub(super) fn strays(root: &Member<'_>, shape: &'static Shape) -> Vec<Stray> {
    let mut found = Vec::new();
    search(root, shape, &mut found);
    found
}

fn search(member: &Member<'_>, shape: &'static Shape, found: &mut Vec<Stray>) {
    if let Value::Array(_) = member.value {
        for item in member.each() {
            search(&item, shape, found);
        }
        return;
    }
    for name in member
        .value
        .as_object()
        .into_iter()
        .flat_map(|object| object.keys())
    {
        if found.len() == MOST_STRAYS {
            return;
        }
        let Some(inner) = member.get(name) else {
            continue;
        };
        match shape.members.iter().find(|(known, _)| known == name) {
            Some((_, Some(shape))) => search(&inner, shape, found),
            Some((_, None)) => {}
            None => found.push(stray(&inner, name, &member.path, shape)),
        }
    }
}

fn stray(member: &Member<'_>, name: &str, parent: &Path<'_>, shape: &'static Shape) -> Stray {
    let from = member.path.pointer();
    let meant = meant(name, parent, shape);
    let (target, suggestion, patch) = match meant {
        Some((target, path, suggestion)) => {
            let patch = vec![Patch::Move {
                from: from.clone(),
                path,
            }];
            (Some(target), Some(suggestion), patch)
        }
        None => (None, None, Vec::new()),
    };
    Stray {
        target,
        offence: Offence {
            breach: Breach::Ignored,
            subject: member.path.subject(),
            path: member.path.dotted(),
            pointer: from,
            rule: format!("is no member of {}, and is ignored", shape.schema),
            seen: Some(member.value.clone()),
            reference: shape.reference,
            suggestion,
            patch,
        },
    }
}

/// Where a member was probably meant to stand, dotted and as a pointer, and what to do.
fn meant(name: &str, parent: &Path<'_>, shape: &'static Shape) -> Option<(String, String, String)> {
    let above = parent.pointer();
    let parent = parent.dotted();
    let of_create = shape.schema != EXTEND_SESSION_DURATION.schema;
    let place = PLACES.iter().find(|(known, _)| of_create && *known == name);
    if let Some((_, target)) = place {
        let (above, last) = target.rsplit_once('.').unwrap_or(("", target));
        let suggestion = match (above, last == name) {
            ("", true) => {
                let levels = parent.split('.').count();
                let levels = if levels == 1 {
                    "one level".to_owned()
                } else {
                    format!("{levels} levels")
                };
                format!("`{name}` stands inside `{parent}`: move it {levels} up")
            }
            (above, true) => format!("`{name}` belongs into `{above}`: move it there"),
            (_, false) => format!("in this version it is `{target}`"),
        };
        let pointer = "/".to_owned() + &target.replace('.', "/");
        return Some(((*target).to_owned(), pointer, suggestion));
    }
    let names: Vec<_> = shape.members.iter().map(|(known, _)| *known).collect();
    let near = nearest(name, &names)?;
    let target = if parent.is_empty() {
        near.to_owned()
    } else {
        format!("{parent}.{near}")
    };
    let pointer = [&above, "/", near].concat();
    Some((target, pointer, format!("did you mean `{near}`?")))
}
