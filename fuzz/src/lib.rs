//! What the targets have in common: a client that says anything, and how much it may cost.

use std::sync::Arc;
use std::time::Duration;

use arbitrary::Arbitrary;
use qod_sandbox::engine::NetworkAct;
use qod_sandbox::sandbox::Named;
use qod_sandbox::{
    Auth, Dialect, Instant, Options, Request, Response, Sandbox, Scenario, SessionId, Setting,
};
use serde_json::Value;

/// How many bytes may live at once, beyond what did before.
const MOST_MEMORY: u64 = 64 << 20;

/// When every sandbox starts: 2026-01-01T00:00:00Z.
pub const START: Instant = Instant::from_millis(1_767_225_600_000);

/// How many calls one run has at the most.
const MOST_CALLS: usize = 64;

/// Does something within the memory that it may have.
pub fn bounded(act: impl FnOnce()) {
    let took = allocation_counter::measure(act);
    assert!(took.bytes_max <= MOST_MEMORY, "{took:?}");
}

/// A sandbox at its start.
pub fn new_sandbox() -> Sandbox {
    Sandbox::new(&Options::new(1, START))
}

/// Something that is done to a sandbox.
#[derive(Arbitrary, Debug)]
pub enum Call {
    Wait(u32),
    Request(Method, To, Vec<Header>, Body),
    Network(u8, Act),
    Scenario(u8),
    Auth(bool),
    Telefonica(bool),
    Rewind(u8),
    Return,
    Restore,
}

#[derive(Arbitrary, Debug)]
pub enum Act {
    Grant,
    Refuse,
    Terminate,
}

#[derive(Arbitrary, Debug)]
pub enum Method {
    Get,
    Post,
    Delete,
    Options,
    Other(String),
}

/// Where a request goes: to a place of the API, or anywhere.
#[derive(Arbitrary, Debug)]
pub enum To {
    Sessions,
    Session(u8),
    Extend(u8),
    Profiles(String),
    Profile(String),
    Token,
    Backchannel,
    Authorize(String),
    Configuration,
    Anywhere(String),
}

#[derive(Arbitrary, Debug)]
pub enum Header {
    Token,
    TokenOf(u8),
    Json,
    Form,
    Scenario(u8),
    Correlator(String),
    Accept(String),
    Other(String, String),
}

#[derive(Arbitrary, Debug)]
pub enum Body {
    None,
    /// A request that is in order but for its device and ports.
    Usual(u8, u16, Option<u32>),
    Additional(u32),
    /// A form of the authorization server's.
    Grant(u8, String),
    Text(String),
    Bytes(Vec<u8>),
}

/// What a run knows of what it was answered.
pub struct Client {
    pub sandbox: Sandbox,
    pub now: Instant,
    ids: Vec<String>,
    tokens: Vec<String>,
}

impl Client {
    pub fn of(sandbox: Sandbox) -> Self {
        Self {
            now: sandbox.now(),
            sandbox,
            ids: Vec::new(),
            tokens: Vec::new(),
        }
    }

    pub fn run(&mut self, calls: &[Call]) {
        for call in calls.iter().take(MOST_CALLS) {
            self.call(call);
        }
    }

    fn call(&mut self, call: &Call) {
        match call {
            Call::Wait(millis) => {
                self.now = self.now.after(Duration::from_millis((*millis).into()));
                self.sandbox.handle_timeout(self.now);
            }
            Call::Request(method, to, headers, body) => {
                let request = self.request(method, to, headers, body);
                let answer = self.sandbox.request(self.now, request);
                self.learn(&answer);
            }
            Call::Network(session, act) => {
                let act = match act {
                    Act::Grant => NetworkAct::Grant,
                    Act::Refuse => NetworkAct::Refuse,
                    Act::Terminate => NetworkAct::Terminate,
                };
                if let Some(id) = SessionId::parse(&self.id(*session)) {
                    let _ = self.sandbox.network(self.now, id, act);
                }
            }
            Call::Scenario(number) => {
                let scenario = scenario(*number).and_then(|name| Scenario::named(&name));
                let setting = Setting::Scenario(scenario.map(Arc::new));
                self.sandbox.configure(self.now, setting);
            }
            Call::Auth(required) => {
                let auth = if *required { Auth::Required } else { Auth::Off };
                self.sandbox.configure(self.now, Setting::Auth(auth));
            }
            Call::Telefonica(on) => {
                let dialect = if *on {
                    Dialect::Telefonica
                } else {
                    Dialect::Camara
                };
                self.sandbox.configure(self.now, Setting::Dialect(dialect));
            }
            Call::Rewind(share) => {
                let horizon = self.sandbox.horizon();
                let back = self.now.since(horizon) * (*share).into() / 256;
                let moment = horizon.after(back);
                if self.sandbox.rewind(moment).is_ok() {
                    self.now = self.sandbox.now();
                }
            }
            Call::Return => {
                if self.sandbox.return_to_other().is_ok() {
                    self.now = self.sandbox.now();
                }
            }
            Call::Restore => {
                let kept = self.sandbox.snapshot(&());
                assert_eq!(self.sandbox.restore::<()>(&kept), Ok(()));
            }
        }
        self.now = self.now.max(self.sandbox.now());
    }

    fn request(&self, method: &Method, to: &To, headers: &[Header], body: &Body) -> Request {
        let method = match method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Delete => "DELETE",
            Method::Options => "OPTIONS",
            Method::Other(method) => method,
        };
        let url = match to {
            To::Sessions => "/qod/v0/sessions".to_owned(),
            To::Session(number) => format!("/qod/v0/sessions/{}", self.id(*number)),
            To::Extend(number) => format!("/qod/v0/sessions/{}/extend", self.id(*number)),
            To::Profiles(query) => format!("/qod/v0/qos-profiles?{query}"),
            To::Profile(name) => format!("/qod/v0/qos-profiles/{name}"),
            To::Token => "/token".to_owned(),
            To::Backchannel => "/bc-authorize".to_owned(),
            To::Authorize(query) => format!("/authorize?{query}"),
            To::Configuration => "/.well-known/openid-configuration".to_owned(),
            To::Anywhere(url) => url.clone(),
        };
        let mut request = Request::new(method, &url).body(match body {
            Body::None => Vec::new(),
            Body::Usual(device, port, duration) => usual(*device, *port, *duration).into_bytes(),
            Body::Additional(seconds) => {
                format!(r#"{{"requestedAdditionalDuration":{seconds}}}"#).into_bytes()
            }
            Body::Grant(kind, rest) => self.grant(*kind, rest).into_bytes(),
            Body::Text(text) => text.clone().into_bytes(),
            Body::Bytes(bytes) => bytes.clone(),
        });
        for header in headers {
            request = match header {
                Header::Token => {
                    request.header("Authorization", "Bearer mock_sandbox_access_token")
                }
                Header::TokenOf(number) => {
                    let token = nth(&self.tokens, *number).unwrap_or_default();
                    request.header("Authorization", &format!("Bearer {token}"))
                }
                Header::Json => request.header("Content-Type", "application/json"),
                Header::Form => request.header("Content-Type", "application/x-www-form-urlencoded"),
                Header::Scenario(number) => {
                    let name = scenario(*number).unwrap_or_default();
                    request.header("x-qod-scenario", &name)
                }
                Header::Correlator(text) => request.header("x-correlator", text),
                Header::Accept(text) => request.header("Accept", text),
                Header::Other(name, value) => request.header(name, value),
            };
        }
        request
    }

    fn grant(&self, kind: u8, rest: &str) -> String {
        let token = self.tokens.last().map_or("", String::as_str);
        match kind % 4 {
            0 => format!("grant_type=client_credentials&client_id=a&client_secret=b&{rest}"),
            1 => format!(
                "grant_type=urn:openid:params:grant-type:ciba&client_id=a&client_secret=b&auth_req_id={token}&{rest}"
            ),
            2 => format!(
                "grant_type=authorization_code&client_id=a&client_secret=b&redirect_uri=https://a.example&code={token}&{rest}"
            ),
            _ => format!(
                "login_hint=tel:%2B34600000001&client_id=a&client_secret=b&scope=openid&{rest}"
            ),
        }
    }

    /// What an answer must be, and what there is to know from it.
    fn learn(&mut self, answer: &Response) {
        assert!((100..600).contains(&answer.status) || answer.status == 0);
        let json = answer.headers.first("content-type") == Some("application/json");
        assert!(json || answer.body.is_empty(), "{answer:?}");
        let body: Value = if json {
            serde_json::from_str(&answer.body).expect("an answer is JSON")
        } else {
            Value::Null
        };
        if answer.status >= 400 && body.get("error").is_none() {
            assert!(
                body["code"].is_string() && body["message"].is_string(),
                "{body}"
            );
            assert_eq!(body["status"], answer.status);
        }
        self.ids
            .extend(body["sessionId"].as_str().map(str::to_owned));
        for name in ["access_token", "auth_req_id"] {
            self.tokens.extend(body[name].as_str().map(str::to_owned));
        }
        let code = (answer.headers.first("location"))
            .and_then(|url| Some(url.split_once("code=")?.1.split('&').next()?.to_owned()));
        self.tokens.extend(code);
    }

    fn id(&self, number: u8) -> String {
        nth(&self.ids, number)
            .unwrap_or("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
            .to_owned()
    }
}

/// What two sandboxes must have in common to be the same to everybody who looks.
pub fn seen(sandbox: &Sandbox) -> String {
    let sessions: Vec<_> = sandbox.sessions();
    let notifications: Vec<_> = sandbox.notifications().map(|one| one.record()).collect();
    let traffic: Vec<_> = sandbox.traffic().map(|one| one.record()).collect();
    let records = serde_json::to_string(&(notifications, traffic)).expect("records are JSON");
    format!("{sessions:?} {records}")
}

fn usual(device: u8, port: u16, duration: Option<u32>) -> String {
    let duration = duration.map_or(String::new(), |seconds| format!(r#","duration":{seconds}"#));
    let number = u32::from(device % 32);
    format!(
        r#"{{"device":{{"phoneNumber":"+999000000{number:02}"}},"devicePorts":{{"ports":[{port}]}},"applicationServer":{{"ipv4Address":"198.51.100.0/24"}},"qosProfile":"QOS_E","webhook":{{"notificationUrl":"https://a.example/hook"}}{duration}}}"#
    )
}

fn scenario(number: u8) -> Option<String> {
    let all: Vec<_> = Named::all().collect();
    let place = usize::from(number) % (all.len() + 1);
    all.get(place).map(|named| named.name.to_owned())
}

fn nth(all: &[String], number: u8) -> Option<&str> {
    let length = all.len().max(1);
    all.get(usize::from(number) % length).map(String::as_str)
}
