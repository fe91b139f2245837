//! Properties of arbitrary runs: replays, step sizes, conflicts against a model, and no panic.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use crate::common::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use qod_sandbox::api::{Dialect, Injected, InjectedError, Operation, SessionView, wire};
use qod_sandbox::engine::{
    Device, KnownDeviceId, NetworkAct, NetworkAnswer, NetworkPlan, Operator, PhoneNumber,
    RegistryMode, Retention, SessionId, Share, Termination,
};
use qod_sandbox::http::Request;
use qod_sandbox::sandbox::{
    Answering, Auth, DeliveryId, DeliveryPolicy, Destination, Disorder, Exchange, Fault, FaultId,
    Input, Named, NewDevice, Options, Output, Rate, RateLimit, Receiver, ReceiverId, Reception,
    Run, Sandbox, Scenario, SetAnswer, SetReply, Setting, Settings, Target,
};
use qod_sandbox::time::Instant;
use serde_json::{Value, json};

/// What is done to a sandbox; sessions and deliveries are picked among those that there are.
#[derive(Clone, Debug)]
enum Command {
    Create(Value),
    Get(usize),
    Delete(usize),
    Extend(usize, i64),
    Profiles,
    Network(usize, NetworkAct),
    Configure(Setting),
    AddDevice(NewDevice),
    RemoveDevice(u32),
    AddReceiver(Receiver),
    RemoveReceiver(u32),
    Received(usize, Reception, bool),
    Redeliver(usize),
    AddFault(Fault),
    RemoveFault(u32),
    Junk(Request),
}

fn delay() -> impl Strategy<Value = Duration> {
    prop_oneof![
        Just(Duration::ZERO),
        (1..2_000_u64).prop_map(Duration::from_millis),
        (1..10_u64).prop_map(Duration::from_secs),
        (1..400_u64).prop_map(Duration::from_secs),
    ]
}

fn plan() -> impl Strategy<Value = NetworkPlan> {
    let answer = prop_oneof![
        3 => delay().prop_map(NetworkAnswer::Grant),
        1 => delay().prop_map(NetworkAnswer::Refuse),
        1 => Just(NetworkAnswer::Never),
    ];
    let termination = prop_oneof![
        delay().prop_map(Termination::After),
        (0..=1_000_000_u32).prop_map(|share| Termination::At(Share::new(share).unwrap())),
    ];
    (answer, option::of(termination))
        .prop_map(|(answer, terminate)| NetworkPlan { answer, terminate })
}

fn device() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({ "phoneNumber": "+34600000001" })),
        Just(json!({ "phoneNumber": "34600000001", "ipv6Address": "2001:db8::1" })),
        Just(json!({ "ipv6Address": "2001:db8::2" })),
        Just(json!({ "ipv4Address": { "publicAddress": "203.0.113.25", "publicPort": 1 } })),
        Just(
            json!({ "ipv4Address": { "publicAddress": "203.0.113.25", "publicPort": 1, "privateAddress": "10.0.0.1" } })
        ),
        Just(
            json!({ "ipv4Address": { "publicAddress": "203.0.113.25", "privateAddress": "10.0.0.1" }, "networkAccessIdentifier": "a@b" })
        ),
    ]
}

fn server() -> impl Strategy<Value = Value> {
    prop_oneof![
        (0..4_u8, 29..=32_u8)
            .prop_map(|(host, mask)| json!({ "ipv4Address": format!("198.51.100.{host}/{mask}") })),
        (0..3_u8, 126..=128_u8)
            .prop_map(|(host, mask)| json!({ "ipv6Address": format!("2001:db8::{host}/{mask}") })),
        Just(json!({ "ipv4Address": "198.51.100.1", "ipv6Address": "2001:db8::1" })),
        Just(json!({ "ipv4Address": "0.0.0.0/0" })),
    ]
}

fn ports() -> impl Strategy<Value = Value> {
    let range =
        (0..12_u16, 0..4_u16).prop_map(|(from, more)| json!({ "from": from, "to": from + more }));
    prop_oneof![
        2 => Just(Value::Null),
        2 => vec(0..12_u16, 1..3).prop_map(|ports| json!({ "ports": ports })),
        1 => vec(range, 1..3).prop_map(|ranges| json!({ "ranges": ranges })),
    ]
}

fn create() -> BoxedStrategy<Value> {
    let duration = prop_oneof![Just(json!(null)), (0..1_000_i64).prop_map(|n| json!(n))];
    let webhook = prop_oneof![
        Just(json!(null)),
        Just(json!({ "notificationUrl": "https://a.example/hook" })),
        Just(
            json!({ "notificationUrl": "https://b.example/hook", "notificationAuthToken": "t".repeat(20) })
        ),
        Just(json!({ "notificationUrl": "ws://a.example/hook" })),
    ];
    let profile =
        prop_oneof![5 => Just("QOS_E"), 1 => Just("BURST_UPLOAD"), 1 => Just("DRONE_CONTROL")];
    (
        device(),
        server(),
        ports(),
        ports(),
        duration,
        webhook,
        profile,
    )
        .prop_map(
            |(device, server, device_ports, server_ports, duration, webhook, profile)| {
                let members = json!({
                    "device": device,
                    "applicationServer": server,
                    "devicePorts": device_ports,
                    "applicationServerPorts": server_ports,
                    "duration": duration,
                    "webhook": webhook,
                    "qosProfile": profile,
                });
                with(json!({}), &members)
            },
        )
        .boxed()
}

fn act() -> impl Strategy<Value = NetworkAct> {
    prop_oneof![
        Just(NetworkAct::Grant),
        Just(NetworkAct::Refuse),
        Just(NetworkAct::Terminate)
    ]
}

fn setting() -> BoxedStrategy<Setting> {
    prop_oneof![
        4 => plan().prop_map(Setting::Plan),
        3 => policy().prop_map(Setting::Delivery),
        2 => option::of(scenario()).prop_map(|name| {
            Setting::Scenario(name.and_then(Scenario::named).map(Arc::new))
        }),
        1 => prop_oneof![Just(Auth::Required), Just(Auth::Off)].prop_map(Setting::Auth),
        1 => operator().prop_map(|operator| Setting::Operator(Arc::new(operator))),
    ]
    .boxed()
}

fn operator() -> impl Strategy<Value = Operator> {
    let registry = prop_oneof![3 => Just(RegistryMode::Open), 1 => Just(RegistryMode::Closed)];
    (360..800_u64, registry).prop_map(|(seconds, registry)| Operator {
        retention: Retention::new(Duration::from_secs(seconds)).unwrap(),
        registry,
        ..Operator::default()
    })
}

/// A device that no request is about.
fn new_device() -> BoxedStrategy<NewDevice> {
    (0..4_u8, any::<bool>())
        .prop_map(|(number, unsupported)| NewDevice {
            device: Device {
                phone_number: PhoneNumber::parse(&format!("+4470090010{number}")),
                ..Device::default()
            },
            unsupported,
        })
        .boxed()
}

fn scenario() -> impl Strategy<Value = &'static str> {
    let names: Vec<_> = Named::all().map(|named| named.name).collect();
    prop::sample::select(names)
}

fn fault() -> BoxedStrategy<Fault> {
    let operation = option::of(prop::sample::select(Operation::ALL.to_vec()));
    let status = prop::sample::select(vec![400, 404, 409, 429, 500, 503]);
    let error = status.prop_map(|status| Injected {
        error: InjectedError::Status(status, None),
        by: "a test".to_owned(),
    });
    let limit = (1..4_u32, 1..60_u64).prop_map(|(requests, seconds)| RateLimit {
        requests: NonZeroU32::new(requests).unwrap(),
        per: Duration::from_secs(seconds),
    });
    let latency = (delay(), delay()).prop_map(|(least, more)| (least, least + more));
    let rate = (0.0..=1.0_f64).prop_map(|rate| Rate::new(rate).unwrap());
    (
        operation,
        option::of(error),
        prop::bool::weighted(0.2),
        option::of(latency),
        option::weighted(0.2, limit),
        option::of(rate),
        option::of(0..4_u32),
    )
        .prop_map(
            |(operation, error, network_error, latency, rate_limit, rate, times)| Fault {
                operation,
                error,
                network_error,
                latency,
                rate_limit,
                rate,
                times,
            },
        )
        .boxed()
}

fn count(most: u32) -> impl Strategy<Value = NonZeroU32> {
    (1..=most).prop_map(|count| NonZeroU32::new(count).unwrap())
}

fn policy() -> impl Strategy<Value = DeliveryPolicy> {
    let to = prop_oneof![3 => Just(Destination::Receivers), 1 => Just(Destination::Network)];
    let late = prop_oneof![2 => Just(Duration::ZERO), 1 => delay()];
    let disorder = (late, count(3), prop::bool::weighted(0.3));
    (to, count(4), delay(), 1..30_000_u64, disorder).prop_map(
        |(to, attempts, backoff, timeout, (delay, copies, reorder))| DeliveryPolicy {
            to,
            attempts,
            backoff,
            timeout: Duration::from_millis(timeout),
            disorder: Disorder {
                delay,
                copies,
                reorder,
            },
        },
    )
}

fn receiver() -> BoxedStrategy<Receiver> {
    let url = prop_oneof![
        Just("https://a.example/hook"),
        Just("https://b.example/hook")
    ];
    let target = prop_oneof![
        url.clone().prop_map(|url| Target::Url(url.into())),
        url.prop_map(|url| Target::Origin(url.into())),
        Just(Target::Pattern("*".into())),
        Just(Target::Any),
    ];
    let reply = || {
        prop_oneof![
            3 => (200..600_u16).prop_map(SetReply::Status),
            1 => Just(SetReply::Never)
        ]
    };
    let token = option::of(Just("t".repeat(20).into()));
    let set = (reply(), 0..4_u32, reply(), token).prop_map(
        |(reply, fail_first, fail_with, require_token)| {
            Answering::Set(SetAnswer {
                reply,
                fail_first,
                fail_with,
                require_token,
            })
        },
    );
    (target, prop_oneof![2 => set, 1 => Just(Answering::Handler)])
        .prop_map(|(target, answering)| Receiver { target, answering })
        .boxed()
}

fn reception() -> impl Strategy<Value = Reception> {
    prop_oneof![
        (100..600_u16).prop_map(Reception::Answered),
        Just(Reception::Failed("no route".to_owned())),
        Just(Reception::NoReceiver),
        (0..4_u32).prop_map(|id| Reception::Routed(ReceiverId::from_number(id))),
    ]
}

fn header() -> impl Strategy<Value = (String, String)> {
    let name = prop_oneof![
        Just("authorization".to_owned()),
        Just("content-type".to_owned()),
        Just("x-correlator".to_owned()),
        any::<String>()
    ];
    let value = prop_oneof![
        3 => Just("Bearer mock_sandbox_access_token".to_owned()),
        1 => Just("application/json".to_owned()),
        2 => any::<String>(),
    ];
    (name, value)
}

/// Requests of arbitrary bytes, and some that get further because parts of them are right.
fn junk() -> BoxedStrategy<Request> {
    let method = prop_oneof![
        4 => prop_oneof![Just("GET"), Just("POST"), Just("DELETE")].prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    let path = prop_oneof![
        Just("/sessions".to_owned()),
        Just("/qos-profiles".to_owned()),
        any::<String>().prop_map(|id| format!("/sessions/{id}")),
        any::<u128>().prop_map(|bits| format!("/sessions/{}/extend", SessionId::from_random(bits))),
        any::<String>().prop_map(|query| format!("/qos-profiles?status={query}")),
        any::<String>(),
    ];
    let root = prop_oneof![3 => Just("/qod/v0".to_owned()), 1 => any::<String>()];
    let body = prop_oneof![
        vec(any::<u8>(), 0..40),
        // A valid request with one byte changed, cut off, or more.
        (
            create(),
            any::<prop::sample::Index>(),
            any::<u8>(),
            any::<bool>()
        )
            .prop_map(|(body, at, byte, cut)| {
                let mut bytes = body.to_string().into_bytes();
                let at = at.index(bytes.len());
                bytes[at] = byte;
                if cut {
                    bytes.truncate(at);
                }
                bytes
            }),
        // A valid request with one member of another kind.
        (create(), any::<prop::sample::Index>(), value()).prop_map(|(mut body, at, value)| {
            let mut members = leaves(&mut body);
            let at = at.index(members.len());
            *members.swap_remove(at) = value;
            body.to_string().into_bytes()
        }),
    ];
    let headers = vec(header(), 0..4);
    (method, root, path, headers, any::<bool>(), body)
        .prop_map(|(method, root, path, headers, token, body)| {
            let mut request = Request::new(&method, &format!("{root}{path}")).body(body);
            if token {
                request = request.header("Authorization", "Bearer mock_sandbox_access_token");
            }
            for (name, value) in headers {
                request = request.header(&name, &value);
            }
            request
        })
        .boxed()
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        Just(json!({})),
        Just(json!([])),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ]
}

/// Every value of a body, objects and arrays too.
fn leaves(value: &mut Value) -> Vec<&mut Value> {
    if value.as_object().is_some_and(|object| !object.is_empty()) {
        value
            .as_object_mut()
            .unwrap()
            .values_mut()
            .flat_map(leaves)
            .collect()
    } else if value.as_array().is_some_and(|array| !array.is_empty()) {
        value
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .flat_map(leaves)
            .collect()
    } else {
        vec![value]
    }
}

fn command() -> BoxedStrategy<Command> {
    let pick = 0..6_usize;
    prop_oneof![
        8 => create().prop_map(Command::Create),
        2 => pick.clone().prop_map(Command::Get),
        2 => pick.clone().prop_map(Command::Delete),
        2 => (pick.clone(), -1..90_000_i64).prop_map(|(pick, more)| Command::Extend(pick, more)),
        1 => Just(Command::Profiles),
        4 => (pick.clone(), act()).prop_map(|(pick, act)| Command::Network(pick, act)),
        3 => setting().prop_map(Command::Configure),
        1 => new_device().prop_map(Command::AddDevice),
        1 => (0..6_u32).prop_map(Command::RemoveDevice),
        2 => receiver().prop_map(Command::AddReceiver),
        1 => (0..6_u32).prop_map(Command::RemoveReceiver),
        1 => pick.clone().prop_map(Command::Redeliver),
        1 => fault().prop_map(Command::AddFault),
        2 => (1..4_u32).prop_map(Command::RemoveFault),
        3 => (pick, reception(), prop::bool::weighted(0.9))
            .prop_map(|(pick, reception, ours)| Command::Received(pick, reception, ours)),
        1 => junk().prop_map(Command::Junk),
    ]
    .boxed()
}

/// Commands, each with the time that passes before it.
fn commands(most: usize) -> impl Strategy<Value = Vec<(Duration, Command)>> {
    vec((delay(), command()), 1..most)
}

fn options(seed: u64) -> Options {
    Options {
        seed,
        start_at: START.after(Duration::from_millis(250)),
        settings: Settings {
            delivery: DeliveryPolicy {
                to: Destination::Network,
                ..DeliveryPolicy::default()
            },
            ..Settings::default()
        },
    }
}

/// A sandbox in use, and everything that came out of it.
struct Play {
    sandbox: Sandbox,
    now: Instant,
    outputs: Vec<Output>,
}

impl Play {
    fn new(seed: u64) -> Self {
        let options = options(seed);
        Self {
            sandbox: Sandbox::new(&options),
            now: options.start_at,
            outputs: Vec::new(),
        }
    }

    /// Plays all commands; `step` lets time pass from one to the next.
    fn all(
        seed: u64,
        commands: &[(Duration, Command)],
        mut step: impl FnMut(&mut Sandbox, Instant, Instant),
    ) -> Self {
        let mut play = Self::new(seed);
        for (gap, command) in commands {
            let until = play.now.after(*gap);
            step(&mut play.sandbox, play.now, until);
            play.now = until;
            play.command(command);
        }
        play
    }

    /// The same, with all that is due at the last instant.
    fn to_the_end(seed: u64, commands: &[(Duration, Command)]) -> Self {
        let mut play = Self::all(seed, commands, at_once);
        play.sandbox.handle_timeout(play.now);
        play
    }

    fn command(&mut self, command: &Command) {
        match command {
            Command::Create(body) => self.request(post("/sessions", body)),
            Command::Get(pick) => self.request(request("GET", &self.path(*pick))),
            Command::Delete(pick) => self.request(request("DELETE", &self.path(*pick))),
            Command::Extend(pick, more) => {
                let body = json!({ "requestedAdditionalDuration": more });
                self.request(post(&format!("{}/extend", self.path(*pick)), &body));
            }
            Command::Profiles => self.request(request("GET", "/qos-profiles")),
            Command::Network(pick, act) => {
                let id = self.pick(*pick);
                let _ = self.sandbox.network(self.now, id, *act);
            }
            Command::AddDevice(device) => {
                // Refused where the registry has the number already.
                let _ = self.sandbox.add_device(self.now, device.clone());
            }
            Command::RemoveDevice(number) => {
                let id = KnownDeviceId::parse(&format!("device-{number}")).unwrap();
                let _ = self.sandbox.remove_device(self.now, id);
            }
            Command::Configure(setting) => self.sandbox.configure(self.now, setting.clone()),
            Command::AddReceiver(receiver) => {
                self.sandbox.add_receiver(self.now, receiver.clone());
            }
            Command::RemoveReceiver(id) => {
                let id = ReceiverId::from_number(*id);
                self.sandbox.remove_receiver(self.now, id);
            }
            Command::Redeliver(pick) => {
                // Which there are must not depend on the steps.
                self.sandbox.handle_timeout(self.now);
                let picked = self.sandbox.notifications().rev().nth(*pick);
                let id = picked.map_or(String::new(), |picked| picked.message.id.to_string());
                // Declined where there is no webhook.
                let _ = self.sandbox.redeliver(self.now, &id);
            }
            Command::AddFault(fault) => {
                self.sandbox.add_fault(self.now, fault.clone());
            }
            Command::RemoveFault(number) => {
                let id = FaultId::parse(&format!("fault-{number}")).unwrap();
                // Declined where it is not on.
                let _ = self.sandbox.remove_fault(self.now, id);
            }
            Command::Received(pick, reception, ours) => self.receive(*pick, reception, *ours),
            Command::Junk(request) => self.request(request.clone()),
        }
        self.drain();
    }

    fn request(&mut self, request: Request) {
        self.sandbox.request(self.now, request);
    }

    /// One of the last sessions, released ones among them.
    fn pick(&self, pick: usize) -> SessionId {
        let sessions = self.sandbox.sessions();
        let picked = sessions.iter().rev().nth(pick);
        picked.map_or(SessionId::from_random(0), |session| session.id)
    }

    fn path(&self, pick: usize) -> String {
        format!("/sessions/{}", self.pick(pick))
    }

    /// What a receiver did with one of the last deliveries, or with one that there never was.
    fn receive(&mut self, pick: usize, reception: &Reception, ours: bool) {
        let handed_out = self.outputs.iter().rev().filter_map(|output| {
            let Output::Deliver(dispatch) = output else {
                return None;
            };
            Some((dispatch.run, dispatch.id))
        });
        let (mut run, id): (Run, DeliveryId) = { handed_out }
            .nth(pick)
            .unwrap_or_else(|| (Run::default(), serde_json::from_value(json!(999)).unwrap()));
        if !ours {
            run = serde_json::from_value(json!(7)).unwrap();
        }
        let input = Input::Received(run, id, reception.clone());
        self.sandbox.handle(self.now, input).unwrap();
    }

    fn drain(&mut self) {
        self.outputs
            .extend(std::iter::from_fn(|| self.sandbox.poll_output()));
    }
}

/// An output as a listener gets it.
fn line(output: &Output) -> String {
    match output {
        Output::Exchange(exchange) => json!(["exchange", exchange.record()]),
        Output::Session(session, change) => json!(["session", SessionView::of(session), change]),
        Output::Notification(notification) => json!(["notification", notification.record()]),
        Output::Delivery(message, delivery) => json!(["delivery", message.id, delivery]),
        Output::Deliver(dispatch) => {
            json!([
                "deliver",
                dispatch.run,
                dispatch.id,
                dispatch.to,
                *dispatch.request
            ])
        }
        Output::Abandon(run, id) => json!(["abandon", run, id]),
        Output::Answered(id) => json!(["answered", id]),
        Output::Fired(fired) => json!(["fired", fired]),
    }
    .to_string()
}

fn lines(outputs: &[Output]) -> Vec<String> {
    outputs.iter().map(line).collect()
}

/// All that a sandbox shows.
fn views(sandbox: &Sandbox) -> String {
    json!({
        "now": sandbox.now(),
        "live": sandbox.live(),
        "settings": sandbox.settings(),
        "next": sandbox.poll_timeout(),
        "sessions": sandbox.sessions().iter().map(|s| SessionView::of(s)).collect::<Vec<_>>(),
        "notifications": sandbox.notifications().map(|n| n.record()).collect::<Vec<_>>(),
        "traffic": sandbox.traffic().map(|x| x.record()).collect::<Vec<_>>(),
    })
    .to_string()
}

fn straight_start() -> Instant {
    options(8).start_at
}

fn at_once(_: &mut Sandbox, _: Instant, _: Instant) {}

/// The answer's error body is what the specification says.
fn check_error(exchange: &Exchange) {
    let response = &exchange.response();
    if exchange.is_lost() {
        return;
    }
    assert!((200..600).contains(&response.status));
    if response.status < 400 {
        return;
    }
    assert_eq!(
        response.headers.first("content-type"),
        Some("application/json")
    );
    let info: wire::ErrorInfo = serde_json::from_str(&response.body).unwrap();
    assert_eq!(info.status, response.status);
    assert!(
        info.code
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b == b'_')
            && !info.code.is_empty()
    );
    assert!(!info.message.is_empty());
    assert!(!exchange.explanations.is_empty(), "{}", response.body);
    let wanted = exchange.fault.is_some() || exchange.scenario.is_some();
    assert!(response.status != 500 || wanted, "{}", response.body);
}

// A model of what gets into each other's way, written from the specification's members alone.

fn same_device(a: &Value, b: &Value) -> bool {
    let phone = |v: &Value| {
        Some(
            v["phoneNumber"]
                .as_str()?
                .trim_start_matches('+')
                .to_owned(),
        )
    };
    let nai = |v: &Value| Some(v["networkAccessIdentifier"].as_str()?.to_owned());
    let subnet = |v: &Value| {
        let address: Ipv6Addr = v["ipv6Address"].as_str()?.parse().ok()?;
        Some(u128::from(address) >> 64)
    };
    let ipv4 = |v: &Value, name: &str| {
        let address = v.pointer("/ipv4Address/publicAddress")?.clone();
        Some((address, v["ipv4Address"].get(name)?.clone()))
    };
    let equal = |a: Option<String>, b: Option<String>| a.is_some() && a == b;
    equal(phone(a), phone(b))
        || equal(nai(a), nai(b))
        || (subnet(a).is_some() && subnet(a) == subnet(b))
        || ["publicPort", "privateAddress"]
            .iter()
            .any(|name| ipv4(a, name).is_some() && ipv4(a, name) == ipv4(b, name))
}

/// First and last address of a network.
fn bounds(text: &str) -> (u128, u128) {
    let (address, mask) = text.split_once('/').unwrap_or((text, ""));
    let (bits, width) = match address.parse::<Ipv4Addr>() {
        Ok(address) => (u128::from(u32::from(address)), 32),
        Err(_) => (address.parse::<Ipv6Addr>().unwrap().into(), 128),
    };
    let host = width - mask.parse().unwrap_or(width);
    let size = 1_u128.checked_shl(host).unwrap_or(0).wrapping_sub(1);
    (bits & !size, (bits & !size) | size)
}

fn same_server(a: &Value, b: &Value) -> bool {
    ["ipv4Address", "ipv6Address"].iter().any(|name| {
        let (Some(a), Some(b)) = (a[name].as_str(), b[name].as_str()) else {
            return false;
        };
        let (a, b) = (bounds(a), bounds(b));
        a.0 <= b.1 && b.0 <= a.1
    })
}

fn same_port(a: Option<&Value>, b: Option<&Value>) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return true;
    };
    let has = |spec: &Value, port: u64| {
        let single = spec["ports"]
            .as_array()
            .is_some_and(|ports| ports.contains(&json!(port)));
        single
            || spec["ranges"].as_array().is_some_and(|ranges| {
                ranges.iter().any(|range| {
                    (range["from"].as_u64().unwrap()..=range["to"].as_u64().unwrap())
                        .contains(&port)
                })
            })
    };
    (0..20).any(|port| has(a, port) && has(b, port))
}

fn in_conflict(a: &Value, b: &Value) -> bool {
    same_device(&a["device"], &b["device"])
        && same_server(&a["applicationServer"], &b["applicationServer"])
        && ["devicePorts", "applicationServerPorts"]
            .iter()
            .all(|name| same_port(a.get(name), b.get(name)))
}

/// The live sessions as clients see them.
fn live(sandbox: &Sandbox) -> Vec<Value> {
    let sessions = sandbox.sessions();
    let live = sessions
        .iter()
        .filter(|session| session.released_at().is_none());
    live.map(|session| serde_json::to_value(SessionView::of(session)).unwrap())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_replay_is_the_same_again(seed in any::<u64>(), commands in commands(40)) {
        let mut play = Play::all(seed, &commands, at_once);
        play.sandbox.handle_timeout(play.now.after(Duration::from_secs(500)));
        play.drain();
        let mut replay = play.sandbox.replay();
        let outputs: Vec<_> = std::iter::from_fn(|| replay.poll_output()).collect();
        prop_assert_eq!(&outputs, &play.outputs);
        prop_assert_eq!(lines(&outputs), lines(&play.outputs));
        prop_assert_eq!(views(&replay), views(&play.sandbox));
        // And what comes next is the same as well.
        let next = post("/sessions", &minimal());
        prop_assert_eq!(replay.request(play.now, next.clone()), play.sandbox.request(play.now, next));
    }

    #[test]
    fn the_same_seed_makes_the_same_bytes(seed in any::<u64>(), commands in commands(25)) {
        let (a, b) = (Play::all(seed, &commands, at_once), Play::all(seed, &commands, at_once));
        prop_assert_eq!(lines(&a.outputs), lines(&b.outputs));
        prop_assert_eq!(views(&a.sandbox), views(&b.sandbox));
    }

    #[test]
    fn steps_of_any_size_make_the_same_outputs(
        commands in commands(40),
        cuts in vec(0.0..1.0_f64, 1..40),
    ) {
        let one = Play::all(3, &commands, at_once);
        // Cut anywhere, and told to look again for nothing.
        let mut fractions = cuts.iter().cycle();
        let many = Play::all(3, &commands, |sandbox, from, until| {
            let gap = until.since(from);
            let mut cuts: Vec<_> = fractions.by_ref().take(3).map(|cut| gap.mul_f64(*cut)).collect();
            cuts.sort();
            for cut in cuts {
                sandbox.handle_timeout(from.after(cut));
                sandbox.handle_timeout(from.after(cut));
                sandbox.handle_timeout(from);
            }
        });
        // Woken for every deadline, as a timer would.
        let woken = Play::all(3, &commands, |sandbox, _, until| {
            while let Some((at, ..)) = sandbox.poll_timeout().filter(|(at, ..)| *at <= until) {
                sandbox.handle_timeout(at);
            }
            sandbox.handle_timeout(until);
        });
        for other in [many, woken] {
            prop_assert_eq!(lines(&one.outputs), lines(&other.outputs));
            prop_assert_eq!(views(&one.sandbox), views(&other.sandbox));
        }
    }

    #[test]
    fn after_a_rewind_the_same_commands_lead_to_the_same_end(
        commands in commands(40),
        cut in any::<prop::sample::Index>(),
        back in any::<prop::sample::Index>(),
    ) {
        // What comes from outside is dropped after a rewind, and receivers stay as they are.
        let ours = |(_, command): &&(Duration, Command)| {
            !matches!(
                command,
                Command::Received(..) | Command::AddReceiver(_) | Command::RemoveReceiver(_)
            )
        };
        let commands: Vec<_> = commands.iter().filter(ours).cloned().collect();
        let straight = Play::to_the_end(8, &commands);
        let mut times = vec![straight_start()];
        for (gap, _) in &commands {
            times.push(times.last().unwrap().after(*gap));
        }
        // To the end of an instant, from any later one.
        let cut = cut.index(times.len());
        let last = times.iter().rposition(|time| *time == times[cut]).unwrap();
        let (before, after) = commands.split_at(last);
        let mut play = Play::to_the_end(8, &commands[..last + back.index(after.len() + 1)]);
        let left = views(&play.sandbox);
        play.sandbox.rewind(times[last]).unwrap();
        prop_assert_eq!(views(&play.sandbox), views(&Play::to_the_end(8, before).sandbox), "as it was");
        // Back and forth, as often as one likes.
        if play.sandbox.other_end().is_some() {
            play.sandbox.return_to_other().unwrap();
            prop_assert_eq!(views(&play.sandbox), left, "returned");
            play.sandbox.rewind(times[last]).unwrap();
        }
        play.now = times[last];
        for (gap, command) in after {
            play.now = play.now.after(*gap);
            play.command(command);
        }
        play.sandbox.handle_timeout(play.now);
        prop_assert_eq!(views(&play.sandbox), views(&straight.sandbox), "on from there");
        prop_assert_eq!(views(&play.sandbox.replay()), views(&straight.sandbox), "played again");
    }

    #[test]
    fn a_restored_sandbox_behaves_as_the_original_whatever_comes_next(
        commands in commands(40),
        cut in any::<prop::sample::Index>(),
    ) {
        // What comes from outside is dropped after it was restored.
        let ours = |(_, command): &&(Duration, Command)| !matches!(command, Command::Received(..));
        let commands: Vec<_> = commands.iter().filter(ours).cloned().collect();
        let (before, after) = commands.split_at(cut.index(commands.len() + 1));
        let mut original = Play::all(9, before, at_once);
        let text = original.sandbox.snapshot(&7_u8);
        let mut restored = Play::new(10);
        prop_assert_eq!(restored.sandbox.restore(&text), Ok(7_u8));
        prop_assert_eq!(views(&restored.sandbox), views(&original.sandbox));
        restored.now = original.now;
        original.outputs.clear();
        original.drain();
        original.outputs.clear();
        for (gap, command) in after {
            for play in [&mut original, &mut restored] {
                play.now = play.now.after(*gap);
                play.command(command);
            }
        }
        prop_assert_eq!(views(&restored.sandbox), views(&original.sandbox));
        prop_assert_eq!(original.sandbox.snapshot(&()).len(), restored.sandbox.snapshot(&()).len());
    }

    #[test]
    fn a_session_is_in_conflict_exactly_if_the_model_says_so(commands in commands(40)) {
        let mut play = Play::new(4);
        for (gap, command) in &commands {
            play.now = play.now.after(*gap);
            play.sandbox.handle_timeout(play.now);
            let before = live(&play.sandbox);
            play.command(command);
            let status = play.sandbox.traffic().next_back().map(|x| x.status());
            let wanted = play.sandbox.traffic().next_back().is_some_and(|x| !x.explanations.is_empty() && x.explanations[0].rule.starts_with("injected"));
            if let (Command::Create(body), Some(status @ (201 | 409)), false) = (command, status, wanted) {
                let conflict = before.iter().any(|other| in_conflict(body, other));
                prop_assert_eq!(status == 409, conflict, "{} among {:?}", body, before);
            }
            let live = live(&play.sandbox);
            for (n, a) in live.iter().enumerate() {
                for b in &live[n + 1..] {
                    prop_assert!(!in_conflict(a, b), "{} and {}", a, b);
                }
            }
        }
    }

    #[test]
    fn every_answer_of_a_run_is_well_formed(commands in commands(40)) {
        let play = Play::all(5, &commands, at_once);
        for exchange in play.sandbox.traffic() {
            check_error(exchange);
            // What is injected need not be described: any status can be, of any operation.
            if exchange.is_lost() || exchange.fault.is_some() || exchange.scenario.is_some() {
                continue;
            }
            schema::check_answer(Dialect::Camara, &exchange.request, &exchange.response());
        }
        for session in play.sandbox.sessions() {
            let info = SessionView::of(&session).info;
            prop_assert_eq!(info.expires_at - info.started_at, i64::try_from(info.duration).unwrap());
            // UNAVAILABLE is the end: only the release comes after it.
            let unavailable = |status| status == qod_sandbox::engine::Status::Unavailable;
            let mut statuses = session.history.iter().map(|change| change.status);
            statuses.find(|status| unavailable(*status));
            prop_assert!(statuses.all(unavailable));
        }
    }
}

#[test]
fn a_long_run_is_played_again_from_a_checkpoint() {
    let mut options = options(7);
    options.settings.limits.traffic = 20;
    let mut play = Play {
        sandbox: Sandbox::new(&options),
        now: START,
        outputs: Vec::new(),
    };
    play.request(post("/sessions", &lasting(86_400)));
    for n in 0..20_010_u32 {
        play.now = play.now.after(Duration::from_secs(1));
        // Now and then something that is refused, also where a checkpoint is due.
        if n % 10 == 9 {
            assert!(
                play.sandbox
                    .network(play.now, play.pick(0), NetworkAct::Refuse)
                    .is_err()
            );
        }
        play.request(Request::new("GET", ""));
    }
    assert_eq!(views(&play.sandbox.replay()), views(&play.sandbox));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn junk_is_answered(request in junk()) {
        let mut sandbox = Sandbox::new(&options(6));
        sandbox.request(START, request);
        check_error(sandbox.traffic().next_back().unwrap());
    }
}
