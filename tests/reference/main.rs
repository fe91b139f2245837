//! The sandbox against a naive operator: a client that does anything at any time gets the same
//! answers from both, and their webhooks hear the same, in the same order.
//!
//! `QOD_COMMANDS` says how many commands; what fails names the seed of its run.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod client;
mod dates;
mod flows;
mod operator;
mod rules;

use std::sync::Arc;
use std::time::Duration;

use client::{Client, Command, Step};
use operator::Operator;
use qod_sandbox::engine::{self, ConflictPolicy, NetworkAct, RegistryMode, Retention, SessionId};
use qod_sandbox::http::{Request, Response};
use qod_sandbox::sandbox::{Options, Sandbox, Setting, Settings};
use qod_sandbox::time::Instant;
use rules::{Body, Expected};
use serde_json::{Value, json};

/// The API root of all requests.
const ROOT: &str = "https://api.example.com/qod/v0";

/// When every run starts: 2026-01-01T00:00:00.000Z.
const START: i64 = 1_767_225_600_000;

/// How many commands a run has.
const RUN: u64 = 500;

/// How many there are in all, unless someone wants more.
const COMMANDS: u64 = 10_000;

/// A token of the client's: of whom, what it may do (everything, if nothing), and until when.
struct Token {
    text: String,
    owner: &'static str,
    scopes: Option<&'static str>,
    expires: i64,
}

/// A run of both, side by side.
struct Pair {
    sandbox: Sandbox,
    operator: Operator,
    client: Client,
    now: i64,
    tokens: Vec<Token>,
    ids: Vec<String>,
    heard: usize,
}

impl Pair {
    fn new(seed: u64) -> Self {
        let options = Options {
            seed,
            start_at: Instant::from_millis(START),
            settings: Settings::default(),
        };
        let mut operator = Operator::new();
        operator.pass(START);
        Self {
            sandbox: Sandbox::new(&options),
            operator,
            client: Client::new(seed),
            now: START,
            tokens: vec![Token {
                text: "mock_sandbox_access_token".to_owned(),
                owner: "mock",
                scopes: None,
                expires: i64::MAX,
            }],
            ids: Vec::new(),
            heard: 0,
        }
    }

    fn step(&mut self) {
        let Step {
            passes,
            at_once,
            command,
        } = self
            .client
            .step(self.operator.next().map(|at| at - self.now));
        let begin = self.now;
        self.now += passes;
        if !at_once {
            // In between, too: it must not matter.
            let between = Instant::from_millis(begin + passes / 2);
            self.sandbox.handle_timeout(between);
            self.sandbox.handle_timeout(self.time());
        }
        self.operator.pass(self.now);
        self.run(command);
        // What that made due at once.
        self.sandbox.handle_timeout(self.time());
        self.operator.pass(self.now);
        self.compare();
    }

    fn run(&mut self, command: Command) {
        match command {
            Command::Create(body) => self.create(&body),
            Command::Get => {
                let id = self.client.id(&self.ids);
                let (owner, refused) = self.who("qod-sessions-read");
                let expected = refused.unwrap_or_else(|| flat(self.operator.get(owner, &id)));
                let answer = self.send("GET", &format!("/sessions/{id}"), None);
                check(&answer, &expected);
            }
            Command::Delete => {
                let id = self.client.id(&self.ids);
                let (owner, refused) = self.who("qod-sessions-delete");
                let expected = refused.unwrap_or_else(|| flat(self.operator.delete(owner, &id)));
                let answer = self.send("DELETE", &format!("/sessions/{id}"), None);
                check(&answer, &expected);
            }
            Command::Extend(body) => {
                let id = self.client.id(&self.ids);
                let (owner, refused) = self.who("qod-sessions-write");
                let expected =
                    refused.unwrap_or_else(|| flat(self.operator.extend(owner, &id, &body)));
                let answer = self.send("POST", &format!("/sessions/{id}/extend"), Some(&body));
                check(&answer, &expected);
            }
            Command::Profiles(status) => {
                let (_, refused) = self.who("");
                let expected = refused.unwrap_or_else(|| flat(rules::profiles(status)));
                let query = status.map_or(String::new(), |status| format!("?status={status}"));
                let answer = self.send("GET", &format!("/qos-profiles{query}"), None);
                check(&answer, &expected);
            }
            Command::Network(act) => self.network(act),
            Command::Token { owner, scopes } => self.token(owner, scopes),
            Command::Scenario(name, plan) => {
                let scenario = qod_sandbox::sandbox::Scenario::named(name).unwrap();
                let setting = Setting::Scenario(Some(Arc::new(scenario)));
                self.sandbox.configure(self.time(), setting);
                self.operator.plan = plan;
            }
            Command::Rules {
                strict,
                closed,
                retention,
            } => self.rules(strict, closed, retention),
            Command::Restore => {
                let kept = self.sandbox.snapshot(&());
                self.sandbox.restore::<()>(&kept).unwrap();
            }
        }
    }

    fn create(&mut self, body: &Value) {
        let (owner, refused) = self.who("qod-sessions-write");
        let expected = refused.unwrap_or_else(|| flat(self.operator.create(owner, body)));
        let answer = self.send("POST", "/sessions", Some(body));
        let Body::New = expected.body else {
            return check(&answer, &expected);
        };
        let created = json_of(&answer);
        assert_eq!(answer.status, 201, "{created}");
        let id = created["sessionId"].as_str().unwrap().to_owned();
        assert!(SessionId::parse(&id).is_some() && !self.ids.contains(&id));
        let location = format!("{ROOT}/sessions/{id}");
        assert_eq!(answer.headers.first("location"), Some(location.as_str()));
        assert_eq!(created, self.operator.named(&id));
        self.ids.push(id);
    }

    fn network(&mut self, act: NetworkAct) {
        let id = self.client.id(&self.ids);
        if let Some(session) = SessionId::parse(&id) {
            let done = self.sandbox.network(self.time(), session, act);
            assert_eq!(done.is_ok(), self.operator.network(&id, act));
        }
    }

    fn token(&mut self, owner: &'static str, scopes: Option<&'static str>) {
        let scope = scopes.map_or(String::new(), |scopes| format!("&scope={scopes}"));
        let form =
            format!("grant_type=client_credentials&client_id={owner}&client_secret=s{scope}");
        let request = Request::new("POST", "https://api.example.com/token")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form);
        let answer = self.sandbox.request(self.time(), request);
        let granted = json_of(&answer);
        assert_eq!((answer.status, &granted["expires_in"]), (200, &json!(3600)));
        self.tokens.push(Token {
            text: granted["access_token"].as_str().unwrap().to_owned(),
            owner,
            scopes,
            expires: self.now + 3_600_000,
        });
    }

    fn rules(&mut self, strict: bool, closed: bool, retention: i64) {
        let mut rules = engine::Operator::default();
        if strict {
            rules.conflicts = ConflictPolicy::Strict;
        }
        if closed {
            rules.registry = RegistryMode::Closed;
        }
        let duration = Duration::from_millis(retention.unsigned_abs());
        rules.retention = Retention::new(duration).unwrap();
        let setting = Setting::Operator(rules.into());
        self.sandbox.configure(self.time(), setting);
        let operator = &mut self.operator;
        (operator.strict, operator.closed, operator.retention) = (strict, closed, retention);
    }

    /// Who asks, and why they are refused, if they are. The token is sent with the next request.
    fn who(&mut self, scope: &str) -> (&'static str, Option<Expected>) {
        let place = self.client.token(self.tokens.len());
        let Some(token) = place.map(|place| &self.tokens[place]) else {
            self.client.bearer = None;
            let message = "Authorization failed: ...";
            return ("", Some(rules::error(401, "UNAUTHENTICATED", message)));
        };
        self.client.bearer = Some(token.text.clone());
        let refused = if token.expires <= self.now {
            Some(rules::error(
                401,
                "UNAUTHENTICATED",
                "Authorization failed: ...",
            ))
        } else if !scope.is_empty() && token.scopes.is_some_and(|scopes| scopes != scope) {
            Some(rules::error(
                403,
                "PERMISSION_DENIED",
                "Operation not allowed: ...",
            ))
        } else {
            None
        };
        (token.owner, refused)
    }

    fn send(&mut self, method: &str, path: &str, body: Option<&Value>) -> Arc<Response> {
        let mut request = Request::new(method, &format!("{ROOT}{path}"));
        if let Some(token) = &self.client.bearer {
            request = request.header("Authorization", &format!("Bearer {token}"));
        }
        if let Some(body) = body {
            request = request
                .header("Content-Type", "application/json")
                .body(body.to_string());
        }
        self.sandbox.request(self.time(), request)
    }

    /// Both have told the same, and have the same live sessions.
    fn compare(&mut self) {
        assert_eq!(self.sandbox.live(), self.operator.live());
        let all = self.sandbox.notifications().count();
        assert_eq!(all, self.operator.told.len());
        let new = self.sandbox.notifications().rev().take(all - self.heard);
        for (notification, told) in new.zip(self.operator.told.iter().rev()) {
            let mut event = serde_json::to_value(notification.message.event()).unwrap();
            event.as_object_mut().unwrap().remove("id").unwrap();
            assert_eq!(event, *told);
        }
        self.heard = all;
    }

    fn time(&self) -> Instant {
        Instant::from_millis(self.now)
    }
}

fn flat(expected: Result<Expected, Expected>) -> Expected {
    expected.unwrap_or_else(|refused| refused)
}

fn json_of(response: &Response) -> Value {
    serde_json::from_str(&response.body).unwrap_or(Value::Null)
}

/// The answer is as it was expected.
#[track_caller]
fn check(answer: &Response, expected: &Expected) {
    let body = json_of(answer);
    assert_eq!(answer.status, expected.status, "{expected:?}, but {body}");
    match &expected.body {
        Body::Empty => assert!(answer.body.is_empty()),
        Body::Is(value) => assert_eq!(body, *value),
        Body::Error(code, message) => {
            let status: Value = expected.status.into();
            assert_eq!((&body["status"], &body["code"]), (&status, &json!(code)));
            let said = body["message"].as_str().unwrap();
            match message.strip_suffix("...") {
                Some(start) => assert!(said.starts_with(start), "{said:?}, not {message:?}"),
                None => assert_eq!(said, message),
            }
        }
        Body::Profiles(names) => {
            let profiles = body.as_array().unwrap().iter();
            let own: Vec<_> = profiles
                .map(|profile| profile["name"].as_str().unwrap())
                .collect();
            assert_eq!(own, *names);
        }
        Body::New => unreachable!("compared by who made it"),
    }
}

#[test]
fn a_naive_operator_answers_and_tells_the_same() {
    let commands = std::env::var("QOD_COMMANDS").map_or(COMMANDS, |text| text.parse().unwrap());
    for seed in 0..commands.div_ceil(RUN) {
        let outcome = std::panic::catch_unwind(|| {
            let mut pair = Pair::new(seed);
            for _ in 0..RUN {
                pair.step();
            }
        });
        assert!(outcome.is_ok(), "the run of seed {seed}");
    }
}
