//! The run as JSON, in the words of the JavaScript API: what came in, when, and what came of it.

use std::borrow::Cow;

use serde_json::{Map, Value};
use wasm_bindgen::prelude::wasm_bindgen;

use super::Backend;
use super::settings_view::{all_settings, scenario_view, setting};
use super::trouble::FaultRecord;
use crate::api::secret::{Secret, Veil, veiled_body, veiled_header, veiled_url};
use crate::api::{self, member, object, value_of, value_text};
use crate::engine::NetworkAct;
use crate::http::{Headers, Request, Response};
use crate::sandbox::{
    Answering, Exchange, Input, Receiver, Reception, Recorded, Sandbox, SetReply, Setting,
    Settings, StandIns, Target,
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
            value_text(&run(sandbox, masked, veil))
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
        for (name, value) in Headers::from_lines(headers).iter() {
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
            if masked {
                return value_of(&notification.record());
            }
            let mut record = notification.veiled_record(veil);
            record.request = None;
            value_of(&record)
        })
        .collect();
    let mut run = object(vec![
        ("format", "qod-sandbox/run".into()),
        ("version", 1.into()),
        ("seed", seed.into()),
        ("startAt", start_at.to_string().into()),
        ("endAt", sandbox.now().to_string().into()),
        ("settings", initial),
        ("inputs", inputs.into()),
        ("notifications", notifications.into()),
    ]);
    if let Some(start) = start {
        run.insert("start".to_owned(), start.into());
    }
    run.into()
}

fn input((at, input, exchange): Recorded<'_>, settings: &mut Settings, veil: Veil<'_>) -> Value {
    let mut record = match &input {
        Input::Request(sent) => {
            let mut record = member("request", request(sent, veil));
            if let Some(exchange) = exchange {
                came_of(exchange, &mut record, veil);
            }
            record
        }
        Input::Network(session, act) => {
            let act = match act {
                NetworkAct::Grant => "grant",
                NetworkAct::Refuse => "refuse",
                NetworkAct::Terminate => "terminate",
            };
            let mut record = member("network", act);
            record.insert("sessionId".to_owned(), session.to_string().into());
            record
        }
        Input::Configure(change) => {
            let before = settings.clone();
            settings.set(change.clone());
            if let Setting::Scenario(Some(scenario)) = change {
                member("use", scenario_view(scenario))
            } else {
                member("configure", setting(change, &before))
            }
        }
        Input::AddDevice(new) => {
            let mut device = api::device_body(&new.device);
            if let (true, Some(members)) = (new.unsupported, device.as_object_mut()) {
                members.insert("unsupported".to_owned(), true.into());
            }
            member("addDevice", device)
        }
        Input::RemoveDevice(id) => member("removeDevice", id.to_string()),
        Input::AddFault(fault) => {
            let view = FaultRecord::new(fault, fault.times);
            member("addFault", value_of(&view))
        }
        Input::RemoveFault(id) => member("removeFault", id.to_string()),
        Input::ClearFaults => member("clearFaults", true),
        Input::AddReceiver(one) => member("addReceiver", receiver(one, veil)),
        Input::RemoveReceiver(id) => member("removeReceiver", id.number()),
        Input::KeepReceivers(receivers) => {
            let veiled = receivers.veiled(veil);
            let views = receivers.iter().map(|(id, one)| {
                let mut view = receiver(one, veil);
                view.insert("number".to_owned(), id.number().into());
                Value::Object(view)
            });
            let views: Vec<_> = views.collect();
            let mut record = member("keepReceivers", views);
            record.insert("exactly".to_owned(), veiled.to_text().into());
            record
        }
        Input::Received(_, id, reception) => {
            let mut record = member("delivery", id.number());
            let (name, value) = match reception {
                Reception::Answered(status) => ("status", Value::from(*status)),
                Reception::Failed(reason) => ("failed", Value::from(reason.as_str())),
                Reception::NoReceiver => ("noReceiver", Value::from(true)),
                Reception::Routed(id) => ("routed", Value::from(id.number())),
            };
            record.insert(name.to_owned(), value);
            member("received", record)
        }
        Input::Redeliver(id) => member("redeliver", id.as_str()),
    };
    record.insert("at".to_owned(), at.to_string().into());
    record.into()
}

/// What came of a request.
fn came_of(exchange: &Exchange, record: &mut Map<String, Value>, veil: Veil<'_>) {
    let mut note = |name: &str, value: Value| record.insert(name.to_owned(), value);
    note("response", answered(&exchange.response(), veil));
    if let Some(scenario) = &exchange.scenario {
        note("scenario", scenario.to_string().into());
    }
    if let Some(fault) = exchange.fault {
        note("fault", fault.to_string().into());
    }
    if !exchange.delay.is_zero() {
        note("delayMs", exchange.delay_millis().into());
    }
}

fn request(sent: &Request, veil: Veil<'_>) -> Value {
    let mut record = object(vec![
        ("method", sent.method.as_str().into()),
        ("url", veiled_url(&sent.url, veil).into()),
        ("headers", fields(&sent.headers, veil)),
    ]);
    let body = match std::str::from_utf8(&sent.body) {
        Ok("") => None,
        Ok(text) => Some(("body", veiled_body(text, veil).into_owned())),
        Err(_) => Some(("bodyBase64", api::base64(&veiled_bytes(&sent.body, veil)))),
    };
    if let Some((name, text)) = body {
        record.insert(name.to_owned(), text.into());
    }
    record.into()
}

/// Bytes that are no text, which may have secrets in between: each as the character of its number.
fn veiled_bytes(bytes: &[u8], veil: Veil<'_>) -> Vec<u8> {
    let text: String = bytes.iter().copied().map(char::from).collect();
    let veiled = veiled_body(&text, veil);
    // What masks have beyond bytes is shown as a star.
    let byte = |character| u8::try_from(u32::from(character)).unwrap_or(b'*');
    veiled.chars().map(byte).collect()
}

fn answered(answer: &Response, veil: Veil<'_>) -> Value {
    let mut record = object(vec![
        ("status", answer.status.into()),
        ("headers", fields(&answer.headers, veil)),
    ]);
    if !answer.body.is_empty() {
        let body = veiled_body(&answer.body, veil).into_owned();
        record.insert("body".to_owned(), body.into());
    }
    record.into()
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

fn receiver(one: &Receiver, veil: Veil<'_>) -> Map<String, Value> {
    let (kind, target) = match &one.target {
        Target::Url(url) => ("url", veiled_url(url, veil)),
        Target::Origin(origin) => ("origin", Cow::Borrowed(&**origin)),
        Target::Pattern(pattern) => ("pattern", Cow::Borrowed(&**pattern)),
        Target::Any => ("any", Cow::Borrowed("*")),
    };
    let target = target.into_owned();
    let mut record = object(vec![("kind", kind.into()), ("target", target.into())]);
    if let Answering::Set(answer) = &one.answering {
        let reply = |reply| match reply {
            SetReply::Status(status) => status,
            SetReply::Never => 0,
        };
        let mut view = object(vec![
            ("status", reply(answer.reply).into()),
            ("failFirst", answer.fail_first.into()),
            ("failWith", reply(answer.fail_with).into()),
        ]);
        if let Some(token) = &answer.require_token {
            let token = veil(Secret::Plain(token));
            view.insert("requireToken".to_owned(), token.into());
        }
        record.insert("answer".to_owned(), view.into());
    }
    record
}
