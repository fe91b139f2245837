//! `ApplicationServer` and `PortsSpec`

use super::{given, insufficient, required};
use crate::api::hint;
use crate::api::json::{Member, Offences};
use crate::api::refusal::Breach;
use crate::engine::{
    ApplicationServer, PortRange, PortsSpec, Written, parse_ipv4_network, parse_ipv6_network,
};

pub(super) fn application_server(
    member: &Member<'_>,
    out: &mut Offences,
) -> Option<ApplicationServer> {
    const SCHEMA: &str = "#/components/schemas/ApplicationServer";
    member.object(out, SCHEMA)?;
    let ipv4 = member.get("ipv4Address").map(|member| {
        let rule = (
            "must be an IPv4 address or address/mask",
            "#/components/schemas/ApplicationServerIpv4Address",
        );
        let parse = |text: &str| Some(Written::new(parse_ipv4_network(text)?, text));
        member.parsed_or(out, rule, parse, hint::ipv4_network)
    });
    let ipv6 = member.get("ipv6Address").map(|member| {
        let rule = (
            "must be an IPv6 address or address/mask",
            "#/components/schemas/ApplicationServerIpv6Address",
        );
        let parse = |text: &str| Some(Written::new(parse_ipv6_network(text)?, text));
        member.parsed_or(out, rule, parse, hint::ipv6_network)
    });
    if ipv4.is_none() && ipv6.is_none() {
        let rule = "needs at least one of ipv4Address and ipv6Address";
        insufficient(member, rule, SCHEMA, out);
        return None;
    }
    Some(ApplicationServer {
        ipv4: given(ipv4)?,
        ipv6: given(ipv6)?.map(Box::new),
    })
}

pub(super) fn ports(member: &Member<'_>, out: &mut Offences) -> Option<PortsSpec> {
    const SCHEMA: &str = "#/components/schemas/PortsSpec";
    if member.object(out, SCHEMA).is_none() {
        out.suggest(hint::ports_object(member.value));
        return None;
    }
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
        if items.is_empty() {
            out.suggest(hint::list(ports.value));
        }
        let read: Vec<_> = items.iter().map(|item| port(item, out)).collect();
        read.into_iter().collect()
    });
    if ranges.is_none() && ports.is_none() {
        let rule = "needs at least one of ranges and ports";
        insufficient(member, rule, SCHEMA, out);
        return None;
    }
    Some(PortsSpec {
        ranges: given(ranges)?,
        ports: given(ports)?,
    })
}

fn port_range(range: &Member<'_>, spec: &Member<'_>, out: &mut Offences) -> Option<PortRange> {
    const SCHEMA: &str = "#/components/schemas/PortsSpec";
    if range.object(out, SCHEMA).is_none() {
        out.suggest(hint::range(range.value));
        return None;
    }
    let mut end = |name| required(range, name, SCHEMA, out)?.integer(out, SCHEMA);
    let (from, to) = (end("from"), end("to"));
    let (from, to) = (from?, to?);
    match (u16::try_from(from), u16::try_from(to)) {
        (Ok(from), Ok(to)) if from <= to => Some(PortRange { from, to }),
        (first, last) => {
            // The specification's message names the whole of the ports.
            let rule = "from and to must be 0 to 65535, and from at most to";
            out.add_as(&spec.path, Breach::PortRanges, range, rule, SCHEMA);
            if first.is_ok() && last.is_ok() {
                out.suggest(Some(hint::swapped(from, to)));
            }
            None
        }
    }
}

/// `Port`
pub(super) fn port(member: &Member<'_>, out: &mut Offences) -> Option<u16> {
    const SCHEMA: &str = "#/components/schemas/Port";
    let port = u16::try_from(member.integer(out, SCHEMA)?).ok();
    if port.is_none() {
        out.add(Breach::PortValue, member, "must be 0 to 65535", SCHEMA);
    }
    port
}
