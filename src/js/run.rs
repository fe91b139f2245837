//! The run as JSON, in the words of the JavaScript API: what came in, when, and what came of it.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

use super::Backend;
use super::trouble::FaultRecord;
use crate::api::secret::{Secret, Veil, veiled_body, veiled_header, veiled_url};
use crate::api::{self, Dialect};
use crate::engine::{
    ConflictPolicy, NetworkAct, NetworkAnswer, NetworkPlan, Operator, RegistryMode, Termination,
};
use crate::http::{Headers, Request, Response};
use crate::sandbox::{
    Answering, Auth, DeliveryPolicy, Destination, Input, Named, Receiver, Reception, Recorded,
    Sandbox, Scenario, SetReply, Setting, Settings, StandIns, Target,
};

#[wasm_bindgen]
impl Backend {
    /// The run in JSON. `masked`, its secrets are; else stand-ins are in their place, with which it
    /// can be played again.
    #[wasm_bindgen(js_name = exportRun)]
    pub fn export_run(&self, masked: bool) -> String {
        self.driver.look(|sandbox| {
            let mut stand_ins = StandIns::default();
            let mut mask = |secret: Secret<'_>| api::secret::masked(secret.text());
            let mut stand_in = |secret: Secret<'_>| stand_ins.veil(secret);
            let veil: Veil<'_> = if masked { &mut mask } else { &mut stand_in };
            run(sandbox, masked, veil).to_string()
        })
    }

    /// The secrets of an answer, in order: header fields as lines of `name: value`.
    #[wasm_bindgen(js_name = secretsIn)]
    pub fn secrets_in(&self, headers: &str, body: &str) -> Vec<String> {
        let mut secrets = Vec::new();
        let mut veil = |secret: Secret<'_>| {
            secrets.push(secret.text().to_owned());
            String::new()
        };
        for (name, value) in super::fields(headers).iter() {
            veiled_header(name, value, &mut veil);
        }
        veiled_body(body, &mut veil);
        secrets
    }
}

fn run(sandbox: &Sandbox, masked: bool, veil: Veil<'_>) -> Value {
    let (seed, start_at, settings) = sandbox.recorded_from();
    let start = sandbox.recorded_start(veil);
    let initial = all_settings(settings);
    let mut so_far = settings.clone();
    let inputs: Vec<_> = (sandbox.recorded())
        .map(|recorded| input(recorded, &mut so_far, veil))
        .collect();
    let notifications: Vec<_> = (sandbox.recorded_notifications())
        .map(|notification| {
            let mut record = notification.record();
            if !masked {
                record.request = None;
            }
            serde_json::to_value(record).unwrap_or_default()
        })
        .collect();
    let mut run = json!({
        "format": "qod-sandbox/run",
        "version": 1,
        "seed": seed,
        "startAt": start_at.to_string(),
        "endAt": sandbox.now().to_string(),
        "settings": initial,
        "inputs": inputs,
        "notifications": notifications,
    });
    if let (Some(start), Some(run)) = (start, run.as_object_mut()) {
        run.insert("start".to_owned(), start.into());
    }
    run
}

fn input((at, input, response): Recorded<'_>, settings: &mut Settings, veil: Veil<'_>) -> Value {
    let mut record = match input {
        Input::Request(sent) => {
            let mut record = object("request", request(sent, veil));
            if let Some(answer) = response {
                record.insert("response".to_owned(), answered(answer, veil));
            }
            record
        }
        Input::Network(session, act) => {
            let act = match act {
                NetworkAct::Grant => "grant",
                NetworkAct::Refuse => "refuse",
                NetworkAct::Terminate => "terminate",
            };
            let mut record = object("network", act.into());
            record.insert("sessionId".to_owned(), session.to_string().into());
            record
        }
        Input::Configure(change) => {
            let before = settings.clone();
            settings.set(change.clone());
            if let Setting::Scenario(Some(scenario)) = change {
                object("use", scenario_view(scenario))
            } else {
                object("configure", setting(change, &before))
            }
        }
        Input::AddDevice(new) => {
            let mut device = api::device_body(&new.device);
            if let (true, Some(members)) = (new.unsupported, device.as_object_mut()) {
                members.insert("unsupported".to_owned(), true.into());
            }
            object("addDevice", device)
        }
        Input::RemoveDevice(id) => object("removeDevice", id.to_string().into()),
        Input::AddFault(fault) => {
            let view = FaultRecord::new(fault, fault.times);
            object("addFault", serde_json::to_value(view).unwrap_or_default())
        }
        Input::RemoveFault(id) => object("removeFault", id.to_string().into()),
        Input::ClearFaults => object("clearFaults", true.into()),
        Input::AddReceiver(one) => object("addReceiver", receiver(one, veil)),
        Input::RemoveReceiver(id) => object("removeReceiver", id.number().into()),
        Input::KeepReceivers(receivers) => {
            let veiled = receivers.veiled(veil);
            object("keepReceivers", veiled.to_text().into())
        }
        Input::Received(_, id, reception) => {
            let mut record = object("delivery", id.number().into());
            let (name, value) = match reception {
                Reception::Answered(status) => ("status", Value::from(*status)),
                Reception::Failed(reason) => ("failed", Value::from(reason.as_str())),
                Reception::NoReceiver => ("noReceiver", Value::from(true)),
                Reception::Routed(id) => ("routed", Value::from(id.number())),
            };
            record.insert(name.to_owned(), value);
            object("received", record.into())
        }
        Input::Redeliver(id) => object("redeliver", id.as_str().into()),
    };
    record.insert("at".to_owned(), at.to_string().into());
    record.into()
}

fn object(name: &str, value: Value) -> Map<String, Value> {
    Map::from_iter([(name.to_owned(), value)])
}

fn request(sent: &Request, veil: Veil<'_>) -> Value {
    let mut record = json!({
        "method": sent.method,
        "url": veiled_url(&sent.url, veil),
        "headers": fields(&sent.headers, veil),
    });
    let body = match std::str::from_utf8(&sent.body) {
        Ok("") => None,
        Ok(text) => Some(("body", veiled_body(text, veil).into_owned())),
        Err(_) => Some(("bodyBase64", api::base64(&sent.body))),
    };
    if let (Some((name, text)), Some(record)) = (body, record.as_object_mut()) {
        record.insert(name.to_owned(), text.into());
    }
    record
}

fn answered(answer: &Response, veil: Veil<'_>) -> Value {
    let mut record = json!({
        "status": answer.status,
        "headers": fields(&answer.headers, veil),
    });
    if let (false, Some(record)) = (answer.body.is_empty(), record.as_object_mut()) {
        let body = veiled_body(&answer.body, veil).into_owned();
        record.insert("body".to_owned(), body.into());
    }
    record
}

fn fields(headers: &Headers, veil: Veil<'_>) -> Value {
    let mut fields = Map::new();
    for (name, value) in headers.iter() {
        let value = veiled_header(name, value, veil);
        let joined = match fields.get(name).and_then(Value::as_str) {
            Some(before) => [before, ", ", &value].concat(),
            None => value.into_owned(),
        };
        fields.insert(name.to_owned(), joined.into());
    }
    fields.into()
}

/// All settings that differ from those of a fresh sandbox.
fn all_settings(settings: &Settings) -> Value {
    let fresh = Settings::default();
    let mut all = Map::new();
    let changes = [
        Setting::Dialect(settings.dialect),
        Setting::Auth(settings.auth),
        Setting::Operator(settings.operator.clone()),
        Setting::RateLimit(settings.rate_limit),
        Setting::Plan(settings.plan),
        Setting::Delivery(settings.delivery),
        Setting::Limits(settings.limits),
    ];
    for change in changes {
        let mut changed = fresh.clone();
        changed.set(change.clone());
        if changed != fresh
            && let Value::Object(members) = setting(&change, &fresh)
        {
            merge(&mut all, members);
        }
    }
    if let Some(scenario) = &settings.scenario {
        all.insert("scenario".to_owned(), scenario_view(scenario));
    }
    all.into()
}

/// Puts members into an object, those of inner objects too.
fn merge(into: &mut Map<String, Value>, members: Map<String, Value>) {
    for (name, value) in members {
        match (into.get_mut(&name), value) {
            (Some(Value::Object(inner)), Value::Object(value)) => merge(inner, value),
            (_, value) => drop(into.insert(name, value)),
        }
    }
}

/// A change as `configure` takes it.
fn setting(change: &Setting, before: &Settings) -> Value {
    match change {
        Setting::Dialect(dialect) => json!({ "dialect": match dialect {
            Dialect::Camara => "camara",
            Dialect::Telefonica => "telefonica",
        } }),
        Setting::Auth(auth) => json!({ "auth": match auth {
            Auth::Required => "required",
            Auth::Off => "off",
        } }),
        Setting::Operator(rules) => operator(rules, &before.operator),
        Setting::RateLimit(limit) => json!({ "operator": { "rateLimit": limit.map(|limit| json!({
            "requests": limit.requests.get(),
            "per": millis(limit.per),
        })) } }),
        Setting::Plan(plan) => {
            let at_once = plan.answer == NetworkAnswer::Grant(std::time::Duration::ZERO);
            json!({ "operator": { "grant": if at_once { "synchronous" } else { "asynchronous" } } })
        }
        Setting::Scenario(scenario) => {
            json!({ "scenario": scenario.as_ref().map(|scenario| scenario_view(scenario)) })
        }
        Setting::Delivery(policy) => json!({ "delivery": delivery(policy) }),
        Setting::Limits(limits) => json!({ "limits": {
            "traffic": limits.traffic,
            "notifications": limits.notifications,
            "releasedSessions": limits.released_sessions,
            "bodyBytes": limits.body_bytes,
        } }),
    }
}

fn operator(rules: &Arc<Operator>, before: &Operator) -> Value {
    let identifiers: Vec<_> = rules
        .identifiers
        .iter()
        .map(|one| api::identifier_name(*one))
        .collect();
    let mut changes = json!({
        "conflictPolicy": match rules.conflicts {
            ConflictPolicy::Flow => "flow",
            ConflictPolicy::Strict => "strict",
        },
        "operator": {
            "identifiers": identifiers,
            "registry": match rules.registry {
                RegistryMode::Open => "open",
                RegistryMode::Closed => "closed",
            },
            "retentionSeconds": rules.retention.duration().as_secs(),
        },
    });
    if let (true, Some(members)) = (rules.profiles != before.profiles, changes.as_object_mut()) {
        let profiles: Vec<_> = rules.profiles.iter().map(api::qos_profile).collect();
        let profiles = serde_json::to_value(profiles).unwrap_or_default();
        members.insert("profiles".to_owned(), profiles);
    }
    changes
}

fn delivery(policy: &DeliveryPolicy) -> Value {
    json!({
        "to": match policy.to {
            Destination::Receivers => "receivers",
            Destination::Network => "network",
        },
        "attempts": policy.attempts.get(),
        "backoff": millis(policy.backoff),
        "timeout": millis(policy.timeout),
        "delay": millis(policy.disorder.delay),
        "copies": policy.disorder.copies.get(),
        "reorder": policy.disorder.reorder,
    })
}

/// A scenario's name, where it is of the catalogue, or all of it.
fn scenario_view(scenario: &Scenario) -> Value {
    let known = Named::all().any(|named| *named.name == *scenario.name);
    if known && Scenario::named(&scenario.name).as_ref() == Some(scenario) {
        return scenario.name.to_string().into();
    }
    let mut view = plan(scenario.plan);
    view.insert("name".to_owned(), scenario.name.to_string().into());
    if let Some(disorder) = scenario.disorder {
        let notification = json!({
            "delay": millis(disorder.delay),
            "copies": disorder.copies.get(),
            "reorder": disorder.reorder,
        });
        view.insert("notification".to_owned(), notification);
    }
    if let Some(failing) = scenario.failing {
        let receiver = json!({ "failFirst": failing.first, "status": failing.status });
        view.insert("receiver".to_owned(), receiver);
    }
    view.into()
}

fn plan(plan: NetworkPlan) -> Map<String, Value> {
    let mut view = match plan.answer {
        NetworkAnswer::Grant(after) => object("grant", millis(after).into()),
        NetworkAnswer::Refuse(after) => object("refuse", millis(after).into()),
        NetworkAnswer::Never => object("grant", "never".into()),
    };
    let terminate = match plan.terminate {
        Some(Termination::After(after)) => Value::from(millis(after)),
        Some(Termination::At(share)) => {
            json!({ "share": f64::from(share.millionths()) / 1_000_000.0 })
        }
        None => return view,
    };
    view.insert("terminate".to_owned(), terminate);
    view
}

fn receiver(one: &Receiver, veil: Veil<'_>) -> Value {
    let (kind, target) = match &one.target {
        Target::Url(url) => ("url", &**url),
        Target::Origin(origin) => ("origin", &**origin),
        Target::Pattern(pattern) => ("pattern", &**pattern),
        Target::Any => ("any", "*"),
    };
    let mut record = json!({ "kind": kind, "target": target });
    if let (Answering::Set(answer), Some(record)) = (&one.answering, record.as_object_mut()) {
        let reply = |reply| match reply {
            SetReply::Status(status) => status,
            SetReply::Never => 0,
        };
        let mut view = json!({
            "status": reply(answer.reply),
            "failFirst": answer.fail_first,
            "failWith": reply(answer.fail_with),
        });
        if let (Some(token), Some(view)) = (&answer.require_token, view.as_object_mut()) {
            let token = veil(Secret::Plain(token));
            view.insert("requireToken".to_owned(), token.into());
        }
        record.insert("answer".to_owned(), view);
    }
    record
}

fn millis(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
