//! The run as JSON, in the words of the JavaScript API: what came in, when, and what came of it.

use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

use super::Backend;
use super::settings_view::{all_settings, object, scenario_view, setting};
use super::trouble::FaultRecord;
use crate::api;
use crate::api::secret::{Secret, Veil, veiled_body, veiled_header, veiled_url};
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

fn input((at, input, exchange): Recorded<'_>, settings: &mut Settings, veil: Veil<'_>) -> Value {
    let mut record = match input {
        Input::Request(sent) => {
            let mut record = object("request", request(sent, veil));
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
            let views = receivers.iter().map(|(id, one)| {
                let mut view = receiver(one, veil);
                if let Some(view) = view.as_object_mut() {
                    view.insert("number".to_owned(), id.number().into());
                }
                view
            });
            let views: Vec<_> = views.collect();
            let mut record = object("keepReceivers", views.into());
            record.insert("exactly".to_owned(), veiled.to_text().into());
            record
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

/// What came of a request.
fn came_of(exchange: &Exchange, record: &mut Map<String, Value>, veil: Veil<'_>) {
    let mut note = |name: &str, value: Value| record.insert(name.to_owned(), value);
    note("response", answered(&exchange.response, veil));
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
    let mut record = json!({
        "method": sent.method,
        "url": veiled_url(&sent.url, veil),
        "headers": fields(&sent.headers, veil),
    });
    let body = match std::str::from_utf8(&sent.body) {
        Ok("") => None,
        Ok(text) => Some(("body", veiled_body(text, veil).into_owned())),
        Err(_) => Some(("bodyBase64", api::base64(&veiled_bytes(&sent.body, veil)))),
    };
    if let (Some((name, text)), Some(record)) = (body, record.as_object_mut()) {
        record.insert(name.to_owned(), text.into());
    }
    record
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
