//! From JSON to commands of the engine: what comes out cannot hold a bad value.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use serde_json::Value;

use super::json::{Member, Offences, Path};
use super::refusal::{Breach, Refusal};
use super::uri;
use crate::engine::{
    ApplicationServer, Device, DeviceIpv4, Flow, PhoneNumber, PortRange, PortsSpec, ProfileName,
    Remark, SessionId, SessionRequest, Webhook, Written, parse_ipv4_network, parse_ipv6_network,
};

/// The members of a create request that stand beside `device`.
const BESIDE_DEVICE: [&str; 6] = [
    "applicationServer",
    "devicePorts",
    "applicationServerPorts",
    "qosProfile",
    "webhook",
    "duration",
];

/// `CreateSession`: what is asked for, and what the operator remarks on it.
///
/// # Errors
/// Every breach of the schema, in the order of the specification.
pub fn create_session(body: &Value) -> Result<(SessionRequest, Vec<Remark>), Refusal> {
    const SCHEMA: &str = "#/components/schemas/CreateSession";
    let mut offences = Offences::default();
    let root = Member {
        value: body,
        path: Path::Root,
    };
    let read = root.object(&mut offences, SCHEMA).and_then(|_| {
        let out = &mut offences;
        let device = required(&root, "device", SCHEMA, out).and_then(|member| device(&member, out));
        let server = required(&root, "applicationServer", SCHEMA, out)
            .and_then(|member| application_server(&member, out));
        let device_ports = root.get("devicePorts").map(|member| ports(&member, out));
        let server_ports = root
            .get("applicationServerPorts")
            .map(|member| ports(&member, out));
        let profile = required(&root, "qosProfile", SCHEMA, out)
            .and_then(|member| profile_name(&member, out));
        let webhook = root.get("webhook").map(|member| webhook(&member, out));
        let duration = root
            .get("duration")
            .map(|member| seconds(&member, 86_400, SCHEMA, out));
        let (webhook, remark) = webhook.unwrap_or_default().unzip();
        Some((
            SessionRequest {
                device: device?,
                flow: Flow {
                    server: server?,
                    device_ports: given(device_ports)?,
                    server_ports: given(server_ports)?,
                },
                profile: profile?,
                duration: Duration::from_secs(duration.unwrap_or(Some(86_400))?),
                webhook,
            },
            remark.flatten().into_iter().collect(),
        ))
    });
    offences.finish(read)
}

/// `ExtendSessionDuration`: the additional time in seconds.
///
/// # Errors
/// The breach of the schema.
pub fn extend_session(body: &Value) -> Result<u64, Refusal> {
    const SCHEMA: &str = "#/components/schemas/ExtendSessionDuration";
    let mut offences = Offences::default();
    let root = Member {
        value: body,
        path: Path::Root,
    };
    let read = root.object(&mut offences, SCHEMA).and_then(|_| {
        let member = required(&root, "requestedAdditionalDuration", SCHEMA, &mut offences)?;
        seconds(&member, 86_399, SCHEMA, &mut offences)
    });
    offences.finish(read)
}

/// `SessionId`: a UUID.
///
/// # Errors
/// It is none.
pub fn session_id(text: &str) -> Result<SessionId, Refusal> {
    let value = Value::from(text);
    let path = Path::Member(&Path::Root, "sessionId");
    let member = Member {
        value: &value,
        path,
    };
    let mut offences = Offences::default();
    let rule = ("must be a UUID", "#/components/schemas/SessionId");
    let id = member.parsed(&mut offences, rule, SessionId::parse);
    offences.finish(id)
}

/// `QosProfileName`, as a path parameter.
///
/// # Errors
/// It is none.
pub fn qos_profile_name(text: &str) -> Result<ProfileName, Refusal> {
    let value = Value::from(text);
    let path = Path::Member(&Path::Root, "name");
    let member = Member {
        value: &value,
        path,
    };
    let mut offences = Offences::default();
    let name = profile_name(&member, &mut offences);
    offences.finish(name)
}

/// `Device`
pub(super) fn device(member: &Member<'_>, out: &mut Offences) -> Option<Device> {
    const SCHEMA: &str = "#/components/schemas/Device";
    member.object(out, SCHEMA)?;
    let phone_number = member.get("phoneNumber").map(|member| {
        let rule = (
            "must be 5 to 15 digits, with or without a leading +",
            "#/components/schemas/PhoneNumber",
        );
        member.parsed(out, rule, PhoneNumber::parse)
    });
    let network_access_identifier = member.get("networkAccessIdentifier").map(|member| {
        member
            .string(out, "#/components/schemas/NetworkAccessIdentifier")
            .map(Into::into)
    });
    let ipv4_address = member
        .get("ipv4Address")
        .map(|member| device_ipv4(&member, out));
    let ipv6_address = member.get("ipv6Address").map(|member| {
        let rule = (
            "must be one IPv6 address, without a mask",
            "#/components/schemas/DeviceIpv6Address",
        );
        member.parsed(out, rule, |text| {
            Some(Written::new(text.parse::<Ipv6Addr>().ok()?, text))
        })
    });
    if phone_number.is_none()
        && network_access_identifier.is_none()
        && ipv4_address.is_none()
        && ipv6_address.is_none()
    {
        insufficient(
            member,
            "needs at least one of phoneNumber, networkAccessIdentifier, ipv4Address and ipv6Address",
            SCHEMA,
            out,
        );
        return None;
    }
    Some(Device {
        phone_number: given(phone_number)?,
        network_access_identifier: given(network_access_identifier)?,
        ipv4_address: given(ipv4_address)?,
        ipv6_address: given(ipv6_address)?,
    })
}

fn device_ipv4(member: &Member<'_>, out: &mut Offences) -> Option<DeviceIpv4> {
    const SCHEMA: &str = "#/components/schemas/DeviceIpv4Addr";
    member.object(out, SCHEMA)?;
    let public_address =
        required(member, "publicAddress", SCHEMA, out).and_then(|member| ipv4(&member, out));
    let private_address = member
        .get("privateAddress")
        .map(|member| ipv4(&member, out));
    let public_port = member.get("publicPort").map(|member| port(&member, out));
    if private_address.is_none() && public_port.is_none() {
        out.breach(
            member,
            "needs privateAddress or publicPort beside publicAddress",
            SCHEMA,
        );
        return None;
    }
    Some(DeviceIpv4 {
        public_address: public_address?,
        private_address: given(private_address)?,
        public_port: given(public_port)?,
    })
}

fn ipv4(member: &Member<'_>, out: &mut Offences) -> Option<Ipv4Addr> {
    let rule = (
        "must be one IPv4 address, without a mask",
        "#/components/schemas/SingleIpv4Addr",
    );
    member.parsed(out, rule, |text| text.parse().ok())
}

fn application_server(member: &Member<'_>, out: &mut Offences) -> Option<ApplicationServer> {
    const SCHEMA: &str = "#/components/schemas/ApplicationServer";
    member.object(out, SCHEMA)?;
    let ipv4 = member.get("ipv4Address").map(|member| {
        let rule = (
            "must be an IPv4 address or address/mask",
            "#/components/schemas/ApplicationServerIpv4Address",
        );
        member.parsed(out, rule, |text| {
            Some(Written::new(parse_ipv4_network(text)?, text))
        })
    });
    let ipv6 = member.get("ipv6Address").map(|member| {
        let rule = (
            "must be an IPv6 address or address/mask",
            "#/components/schemas/ApplicationServerIpv6Address",
        );
        member.parsed(out, rule, |text| {
            Some(Written::new(parse_ipv6_network(text)?, text))
        })
    });
    if ipv4.is_none() && ipv6.is_none() {
        insufficient(
            member,
            "needs at least one of ipv4Address and ipv6Address",
            SCHEMA,
            out,
        );
        return None;
    }
    Some(ApplicationServer {
        ipv4: given(ipv4)?,
        ipv6: given(ipv6)?,
    })
}

fn ports(member: &Member<'_>, out: &mut Offences) -> Option<PortsSpec> {
    const SCHEMA: &str = "#/components/schemas/PortsSpec";
    member.object(out, SCHEMA)?;
    let ranges = member.get("ranges").map(|ranges| -> Option<Vec<_>> {
        let items = ranges.items(out, SCHEMA);
        let read: Vec<_> = items
            .iter()
            .map(|item| port_range(item, member, out))
            .collect();
        read.into_iter().collect()
    });
    let ports = member.get("ports").map(|ports| -> Option<Vec<_>> {
        let items = ports.items(out, SCHEMA);
        let read: Vec<_> = items.iter().map(|item| port(item, out)).collect();
        read.into_iter().collect()
    });
    if ranges.is_none() && ports.is_none() {
        insufficient(
            member,
            "needs at least one of ranges and ports",
            SCHEMA,
            out,
        );
        return None;
    }
    Some(PortsSpec {
        ranges: given(ranges)?,
        ports: given(ports)?,
    })
}

fn port_range(range: &Member<'_>, spec: &Member<'_>, out: &mut Offences) -> Option<PortRange> {
    const SCHEMA: &str = "#/components/schemas/PortsSpec";
    range.object(out, SCHEMA)?;
    let mut end = |name| required(range, name, SCHEMA, out)?.integer(out, SCHEMA);
    let (from, to) = (end("from"), end("to"));
    let (from, to) = (from?, to?);
    match (u16::try_from(from), u16::try_from(to)) {
        (Ok(from), Ok(to)) if from <= to => Some(PortRange { from, to }),
        _ => {
            // The specification's message names the whole of the ports.
            let rule = "from and to must be 0 to 65535, and from at most to";
            out.add_as(&spec.path, Breach::PortRanges, range, rule, SCHEMA);
            None
        }
    }
}

fn port(member: &Member<'_>, out: &mut Offences) -> Option<u16> {
    const SCHEMA: &str = "#/components/schemas/Port";
    let port = u16::try_from(member.integer(out, SCHEMA)?).ok();
    if port.is_none() {
        out.add(Breach::PortValue, member, "must be 0 to 65535", SCHEMA);
    }
    port
}

fn profile_name(member: &Member<'_>, out: &mut Offences) -> Option<ProfileName> {
    let rule = (
        "must be 3 to 256 letters, digits, _, . and -",
        "#/components/schemas/QosProfileName",
    );
    member.parsed(out, rule, ProfileName::parse)
}

fn webhook(member: &Member<'_>, out: &mut Offences) -> Option<(Webhook, Option<Remark>)> {
    const SCHEMA: &str = "#/components/schemas/BaseSessionInfo";
    member.object(out, SCHEMA)?;
    let url = required(member, "notificationUrl", SCHEMA, out)
        .and_then(|member| member.parsed(out, ("must be an absolute URI", SCHEMA), uri::parse));
    let token = member.get("notificationAuthToken").map(|member| {
        let long_enough = |text: &str| {
            (20..=256)
                .contains(&text.chars().count())
                .then(|| text.into())
        };
        member.parsed(out, ("must have 20 to 256 characters", SCHEMA), long_enough)
    });
    let (url, scheme) = url?;
    let remark = (scheme == uri::Scheme::Other).then_some(Remark::WebhookSchemeNotHttp);
    Some((
        Webhook {
            url,
            token: given(token)?,
        },
        remark,
    ))
}

fn seconds(
    member: &Member<'_>,
    most: i64,
    schema: &'static str,
    out: &mut Offences,
) -> Option<u64> {
    let seconds = member.integer(out, schema)?;
    if (1..=most).contains(&seconds) {
        return u64::try_from(seconds).ok();
    }
    out.breach(member, &format!("must be 1 to {most} seconds"), schema);
    None
}

fn required<'b>(
    parent: &'b Member<'b>,
    name: &'b str,
    schema: &'static str,
    out: &mut Offences,
) -> Option<Member<'b>> {
    let member = parent.get(name);
    if member.is_none() {
        let nested = BESIDE_DEVICE.contains(&name)
            && parent.value.pointer(&format!("/device/{name}")).is_some();
        let suggestion =
            nested.then(|| format!("`{name}` stands inside `device`: move it one level up"));
        out.missing(&parent.path, name, schema, suggestion);
    }
    member
}

fn insufficient(member: &Member<'_>, rule: &str, schema: &'static str, out: &mut Offences) {
    out.add(Breach::Insufficient, member, rule, schema);
}

/// An optional member: absent is fine, unreadable is not.
fn given<T>(member: Option<Option<T>>) -> Option<Option<T>> {
    match member {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}
