//! `Device`

use std::net::{Ipv4Addr, Ipv6Addr};

use super::flow::port;
use super::{given, insufficient, required};
use crate::api::hint;
use crate::api::json::{Member, Offences};
use crate::engine::{Device, DeviceIpv4, PhoneNumber, Written};

/// `Device`
pub(in crate::api) fn device(member: &Member<'_>, out: &mut Offences) -> Option<Device> {
    const SCHEMA: &str = "#/components/schemas/Device";
    member.object(out, SCHEMA)?;
    let phone_number = member.get("phoneNumber").map(|member| {
        let rule = (
            "must be 5 to 15 digits, with or without a leading +",
            "#/components/schemas/PhoneNumber",
        );
        member.parsed_or(out, rule, PhoneNumber::parse, hint::phone_number)
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
        let parse = |text: &str| Some(Written::new(text.parse::<Ipv6Addr>().ok()?, text));
        member.parsed_or(out, rule, parse, hint::ipv6)
    });
    if phone_number.is_none()
        && network_access_identifier.is_none()
        && ipv4_address.is_none()
        && ipv6_address.is_none()
    {
        let rule = "needs at least one of phoneNumber, networkAccessIdentifier, ipv4Address and ipv6Address";
        insufficient(member, rule, SCHEMA, out);
        return None;
    }
    Some(Device {
        phone_number: given(phone_number)?,
        network_access_identifier: given(network_access_identifier)?,
        ipv4_address: given(ipv4_address)?,
        ipv6_address: given(ipv6_address)?.map(Box::new),
    })
}

fn device_ipv4(member: &Member<'_>, out: &mut Offences) -> Option<DeviceIpv4> {
    const SCHEMA: &str = "#/components/schemas/DeviceIpv4Addr";
    if member.object(out, SCHEMA).is_none() {
        out.suggest(hint::ipv4_object(member.value));
        return None;
    }
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
    member.parsed_or(out, rule, |text| text.parse().ok(), hint::ipv4)
}
