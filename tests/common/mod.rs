//! A bench for tests: a sandbox on a virtual clock, and requests in one line.

#![allow(dead_code, reason = "no test file uses all of it")]

pub(crate) mod schema;

use std::time::Duration;

use qod_sandbox::engine::{NetworkAct, NetworkAnswer, NetworkPlan, SessionId};
use qod_sandbox::http::{Headers, Request};
use qod_sandbox::sandbox::{
    Answering, Declined, Dispatch, MOCK_ACCESS_TOKEN, Options, Output, Receiver, ReceiverId,
    Sandbox, Setting, Settings, Target,
};
use qod_sandbox::time::Instant;
use serde_json::{Value, json};

/// When every bench starts: 2026-01-01T00:00:00.000Z.
pub(crate) const START: Instant = Instant::from_millis(1_767_225_600_000);

/// The API root of requests that give a path only.
pub(crate) const ROOT: &str = "https://api.example.com/qod/v0";

/// A sandbox, and the time that it is.
pub(crate) struct Bench {
    pub(crate) sandbox: Sandbox,
    pub(crate) now: Instant,
}

/// An answer, its body read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    /// Null if there is none.
    pub(crate) body: Value,
}

/// Granted, refused or neither, after some seconds; zero stands for "at once".
pub(crate) fn grants_after(seconds: u64) -> NetworkPlan {
    plan(NetworkAnswer::Grant(Duration::from_secs(seconds)))
}

pub(crate) fn refuses_after(seconds: u64) -> NetworkPlan {
    plan(NetworkAnswer::Refuse(Duration::from_secs(seconds)))
}

pub(crate) fn never_answers() -> NetworkPlan {
    plan(NetworkAnswer::Never)
}

fn plan(answer: NetworkAnswer) -> NetworkPlan {
    NetworkPlan {
        answer,
        terminate: None,
    }
}

/// The smallest create request that is valid.
pub(crate) fn minimal() -> Value {
    json!({
        "device": { "phoneNumber": "+34600000001" },
        "applicationServer": { "ipv4Address": "198.51.100.10" },
        "qosProfile": "QOS_E",
    })
}

/// The same for `seconds`, with a webhook.
pub(crate) fn lasting(seconds: u64) -> Value {
    with(
        minimal(),
        &json!({ "duration": seconds, "webhook": { "notificationUrl": "https://a.example/hook" } }),
    )
}

/// `body` with these members, whole ones put in the place of what was there; null takes one away.
pub(crate) fn with(mut body: Value, members: &Value) -> Value {
    for (name, value) in members.as_object().unwrap() {
        if value.is_null() {
            body.as_object_mut().unwrap().remove(name);
        } else {
            body[name] = value.clone();
        }
    }
    body
}

/// A request with the mock token.
pub(crate) fn request(method: &str, path: &str) -> Request {
    let url = if path.starts_with("http") {
        path.to_owned()
    } else {
        format!("{ROOT}{path}")
    };
    Request::new(method, &url).header("Authorization", &format!("Bearer {MOCK_ACCESS_TOKEN}"))
}

/// The same with a body in JSON.
pub(crate) fn post(path: &str, body: &Value) -> Request {
    request("POST", path)
        .header("Content-Type", "application/json")
        .body(body.to_string())
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::starting(START, Settings::default())
    }

    pub(crate) fn planned(plan: NetworkPlan) -> Self {
        Self::starting(
            START,
            Settings {
                plan,
                ..Settings::default()
            },
        )
    }

    pub(crate) fn starting(start_at: Instant, settings: Settings) -> Self {
        let options = Options {
            seed: 1,
            start_at,
            settings,
        };
        Self {
            sandbox: Sandbox::new(&options),
            now: start_at,
        }
    }

    /// Whoever runs the sandbox is asked about every delivery from now on.
    pub(crate) fn with_receivers_outside(mut self) -> Self {
        self.receiver(Target::Pattern("*".into()), Answering::Handler);
        self
    }

    pub(crate) fn receiver(&mut self, target: Target, answering: Answering) -> ReceiverId {
        let receiver = Receiver { target, answering };
        self.sandbox.add_receiver(self.now, receiver)
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, seconds: u64) -> &mut Self {
        self.wait_millis(seconds * 1000)
    }

    pub(crate) fn wait_millis(&mut self, millis: u64) -> &mut Self {
        self.now = self.now.after(Duration::from_millis(millis));
        self.sandbox.handle_timeout(self.now);
        self
    }

    pub(crate) fn configure(&mut self, setting: Setting) {
        self.sandbox.configure(self.now, setting);
    }

    /// Sends a request; the answer is as the documents describe it.
    #[track_caller]
    pub(crate) fn send(&mut self, request: Request) -> Answer {
        let sent = request.clone();
        let response = self.sandbox.request(self.now, request);
        schema::check_answer(self.sandbox.settings().dialect, &sent, &response);
        let body = if response.body.is_empty() {
            Value::Null
        } else {
            let content_type = response.headers.first("content-type");
            assert_eq!(content_type, Some("application/json"));
            serde_json::from_str(&response.body).unwrap()
        };
        Answer {
            status: response.status,
            headers: response.headers.clone(),
            body,
        }
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.send(request("GET", path))
    }

    pub(crate) fn delete(&mut self, id: &str) -> Answer {
        self.send(request("DELETE", &format!("/sessions/{id}")))
    }

    pub(crate) fn extend(&mut self, id: &str, additional: u64) -> Answer {
        let body = json!({ "requestedAdditionalDuration": additional });
        self.send(post(&format!("/sessions/{id}/extend"), &body))
    }

    pub(crate) fn create(&mut self, body: &Value) -> Answer {
        self.send(post("/sessions", body))
    }

    /// The id of a session made as `body` asks for.
    pub(crate) fn created(&mut self, body: &Value) -> String {
        self.create(body).expect(201)["sessionId"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(crate) fn network(&mut self, id: &str, act: NetworkAct) -> Result<(), Declined> {
        let id = SessionId::parse(id).unwrap();
        self.sandbox.network(self.now, id, act)
    }

    /// What GET says of a session: its `qosStatus`, or "404".
    pub(crate) fn status(&mut self, id: &str) -> String {
        let answer = self.get(&format!("/sessions/{id}"));
        if answer.status == 404 {
            return "404".to_owned();
        }
        answer.expect(200)["qosStatus"].as_str().unwrap().to_owned()
    }

    /// All events: seconds since the start, status, and why: `2.000 AVAILABLE`.
    pub(crate) fn events(&self) -> Vec<String> {
        self.sandbox
            .notifications()
            .map(|notification| {
                let event = serde_json::to_value(notification.message.event()).unwrap();
                let time = Instant::parse_rfc3339(event["time"].as_str().unwrap()).unwrap();
                let millis = time.since(START).as_millis();
                let data = &event["data"];
                let words = [data["qosStatus"].as_str(), data["statusInfo"].as_str()];
                let words: Vec<_> = words.into_iter().flatten().collect();
                let (seconds, millis) = (millis / 1000, millis % 1000);
                format!("{seconds}.{millis:03} {}", words.join(" "))
            })
            .collect()
    }

    /// What happened since the last call.
    pub(crate) fn outputs(&mut self) -> Vec<Output> {
        std::iter::from_fn(|| self.sandbox.poll_output()).collect()
    }

    /// What was handed out since the last call of this or of `outputs`.
    pub(crate) fn dispatches(&mut self) -> Vec<Dispatch> {
        let outputs = self.outputs().into_iter();
        outputs
            .filter_map(|output| {
                if let Output::Deliver(dispatch) = output {
                    Some(dispatch)
                } else {
                    None
                }
            })
            .collect()
    }

    /// The explanations of the last exchange, in JSON.
    pub(crate) fn explanations(&self) -> Value {
        let exchange = self.sandbox.traffic().next_back().unwrap();
        serde_json::to_value(exchange.record().explanations).unwrap()
    }
}

/// Every notification is as the documents describe it.
impl Drop for Bench {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            for notification in self.sandbox.notifications() {
                schema::check_event(&serde_json::to_value(notification.message.event()).unwrap());
            }
        }
    }
}

impl Answer {
    /// The body of an answer with that status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }

    /// Whether this is the error of that status, code and message; a message that ends in `...`
    /// goes on in any way.
    #[track_caller]
    pub(crate) fn expect_error(self, status: u16, code: &str, message: &str) {
        let body = self.expect(status);
        assert_eq!(body["status"], status);
        assert_eq!(body["code"], code, "{body}");
        let said = body["message"].as_str().unwrap();
        match message.strip_suffix("...") {
            Some(start) => assert!(said.starts_with(start), "{said:?}, not {message:?}"),
            None => assert_eq!(said, message),
        }
        assert_eq!(body.as_object().unwrap().len(), 3, "{body}");
    }
}
