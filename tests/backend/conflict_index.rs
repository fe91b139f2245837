//! The conflict index against a linear scan: many sessions of one device, arbitrary flows.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use ipnet::{Ipv4Net, Ipv6Net};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use qod_sandbox::engine::{
    ApplicationServer, ClientId, ConflictPolicy, Device, Engine, Flow, NetworkPlan, NewSession,
    PhoneNumber, PortRange, PortsSpec, ProfileName, Refusal, SessionId, SessionRequest, Written,
};
use qod_sandbox::time::Instant;

const START: Instant = Instant::from_millis(0);

/// Addresses that share long prefixes, with any mask, so that networks often nest.
fn ipv4() -> impl Strategy<Value = Ipv4Net> {
    let address = prop_oneof![
        3 => (0..16_u32).prop_map(|host| 0xC633_6400 | host),
        1 => any::<u32>(),
        1 => (0..32_u32).prop_map(|bit| 1 << bit),
    ];
    let mask = prop_oneof![6 => 26..=32_u8, 1 => 0..=32_u8];
    (address, mask).prop_map(|(address, mask)| Ipv4Net::new(Ipv4Addr::from(address), mask).unwrap())
}

fn ipv6() -> impl Strategy<Value = Ipv6Net> {
    let address = prop_oneof![
        3 => (0..16_u128).prop_map(|host| 0x2001_0db8 << 96 | host),
        1 => any::<u128>(),
        1 => (0..128_u32).prop_map(|bit| 1 << bit),
    ];
    let mask = prop_oneof![6 => 122..=128_u8, 1 => 0..=128_u8];
    (address, mask).prop_map(|(address, mask)| Ipv6Net::new(Ipv6Addr::from(address), mask).unwrap())
}

fn server() -> impl Strategy<Value = ApplicationServer> {
    let either = prop_oneof![
        4 => ipv4().prop_map(|net| (Some(net), None)),
        4 => ipv6().prop_map(|net| (None, Some(net))),
        1 => (ipv4(), ipv6()).prop_map(|(v4, v6)| (Some(v4), Some(v6))),
    ];
    either.prop_map(|(ipv4, ipv6)| ApplicationServer {
        ipv4: ipv4.map(|net| Written::new(net, &net.to_string())),
        ipv6: ipv6.map(|net| Box::new(Written::new(net, &net.to_string()))),
    })
}

fn port() -> impl Strategy<Value = u16> {
    prop_oneof![4 => 0..64_u16, 1 => any::<u16>(), 1 => Just(u16::MAX)]
}

fn ports() -> impl Strategy<Value = Option<PortsSpec>> {
    let range = (port(), port()).prop_map(|(a, b)| PortRange {
        from: a.min(b),
        to: a.max(b),
    });
    let narrow = (port(), 0..4_u16).prop_map(|(from, more)| PortRange {
        from,
        to: from.saturating_add(more),
    });
    let ranges = vec(prop_oneof![1 => range, 6 => narrow], 1..3);
    let spec = prop_oneof![
        vec(port(), 1..4).prop_map(|ports| (None, Some(ports))),
        ranges.clone().prop_map(|ranges| (Some(ranges), None)),
        (ranges, vec(port(), 1..4)).prop_map(|(ranges, ports)| (Some(ranges), Some(ports))),
    ];
    option::weighted(
        0.8,
        spec.prop_map(|(ranges, ports)| PortsSpec { ranges, ports }),
    )
}

fn flow() -> BoxedStrategy<Flow> {
    (server(), ports(), ports())
        .prop_map(|(server, device_ports, server_ports)| Flow {
            server,
            device_ports: device_ports.map(Box::new),
            server_ports: server_ports.map(Box::new),
        })
        .boxed()
}

/// Asks for a session of the one device.
fn create(engine: &mut Engine, number: u128, flow: &Flow) -> Result<SessionId, Refusal> {
    let device = Device {
        phone_number: PhoneNumber::parse("+34600000001"),
        ipv6_address: Some(Box::new(Written::new(
            "2001:db8::1".parse().unwrap(),
            "2001:db8::1",
        ))),
        ..Device::default()
    };
    let new = NewSession {
        id: SessionId::from_random(number),
        owner: ClientId::new("test"),
        url: "https://sandbox.example".into(),
        request: SessionRequest {
            device,
            flow: flow.clone(),
            profile: ProfileName::parse("QOS_E").unwrap(),
            duration: Duration::from_secs(60),
            webhook: None,
        },
        remarks: Vec::new(),
        plan: NetworkPlan::default(),
    };
    engine.create(START, new).map(|session| session.id)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_agrees_with_a_linear_scan(steps in vec((flow(), 0..8_usize, any::<prop::sample::Index>()), 1..120)) {
        let mut engine = Engine::default();
        let mut live: Vec<(SessionId, Flow)> = Vec::new();
        for (number, (flow, what, which)) in steps.iter().enumerate() {
            if *what == 7 {
                engine.rebuild();
            }
            if *what < 3 && !live.is_empty() {
                let (id, _) = live.swap_remove(which.index(live.len()));
                engine.delete(START, id).unwrap();
                continue;
            }
            let in_the_way: Vec<_> =
                live.iter().filter(|(_, other)| other.overlaps(flow)).map(|(id, _)| *id).collect();
            match create(&mut engine, number.try_into().unwrap(), flow) {
                Ok(id) => {
                    prop_assert!(in_the_way.is_empty(), "{:?} overlaps {:?}", flow, in_the_way);
                    live.push((id, flow.clone()));
                }
                Err(Refusal::Conflict(id, _)) => prop_assert!(in_the_way.contains(&id), "{:?}", flow),
                Err(other) => prop_assert!(false, "{}", other),
            }
        }
        // Nothing is left behind: without sessions every flow is free.
        for (id, _) in live {
            engine.delete(START, id).unwrap();
        }
        for (number, (flow, ..)) in steps.iter().enumerate() {
            let id = create(&mut engine, number.try_into().unwrap(), flow).unwrap();
            engine.delete(START, id).unwrap();
        }
    }
}

#[test]
fn the_one_in_the_way_is_named_among_thousands() {
    let mut engine = Engine::default();
    let flow = |server: u32, device: u16| Flow {
        server: ApplicationServer {
            ipv4: Some(Written::new(Ipv4Net::from(Ipv4Addr::from(server)), "")),
            ipv6: None,
        },
        device_ports: Some(Box::new(PortsSpec {
            ranges: None,
            ports: Some(vec![device]),
        })),
        server_ports: None,
    };
    for n in 0..1_000_u16 {
        create(&mut engine, n.into(), &flow(n.into(), n % 7)).unwrap();
    }
    for n in 0..1_000_u16 {
        let again = create(&mut engine, 0, &flow(n.into(), n % 7));
        assert_eq!(
            again,
            Err(Refusal::Conflict(
                SessionId::from_random(n.into()),
                ConflictPolicy::Flow
            ))
        );
        create(
            &mut engine,
            u128::from(n) + 10_000,
            &flow(n.into(), n % 7 + 7),
        )
        .unwrap();
    }
}
