//! What is in the form, and what changes it.

use std::rc::Rc;

use serde_json::{Value, json};
use yew::{AttrValue, Reducible};

use super::body::Body;
use super::fields::Kind;
use crate::api::{Operation, Patch, patched};

/// What stands in a request besides its body, in the order of [`PARAMS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Param {
    SessionId,
    Name,
    Status,
    Profile,
    Correlator,
    Scenario,
}

/// The names of the parameters in examples and in what is kept.
pub(super) const PARAMS: [&str; 6] = [
    "sessionId",
    "name",
    "status",
    "profile",
    "x-correlator",
    "x-qod-scenario",
];

/// The identifiers of a device, and what is put there when one is chosen for the first time.
pub(super) const IDENTIFIERS: [(&str, &str); 4] = [
    ("/device/phoneNumber", "\"+12025550117\""),
    (
        "/device/networkAccessIdentifier",
        "\"123456789@domain.com\"",
    ),
    (
        "/device/ipv4Address",
        "{\"publicAddress\":\"203.0.113.25\",\"publicPort\":8080}",
    ),
    ("/device/ipv6Address", "\"2001:db8:85a3::8a2e:370:7334\""),
];

/// The same of a server.
pub(super) const SERVERS: [(&str, &str); 2] = [
    ("/applicationServer/ipv4Address", "\"198.51.100.10\""),
    ("/applicationServer/ipv6Address", "\"2001:db8::10\""),
];

/// What is in the form.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    /// Of createSession and of extendQosSessionDuration.
    pub(super) bodies: [Body; 2],
    pub(super) params: [AttrValue; 6],
    /// The session is the one that is selected.
    pub(super) follows: bool,
    /// Which identifier is asked for; all, if it is beyond the last. A body with several shows all.
    pub(super) identifier: usize,
    pub(super) server: usize,
    /// The body is shown as JSON.
    pub(super) json: bool,
    /// What was typed last, and where: it may be written otherwise in the body.
    pub(super) typed: Option<(&'static str, AttrValue)>,
    /// Identifiers that another one was chosen for.
    aside: Vec<(&'static str, Value)>,
    pub(super) more: bool,
    /// What is to be known of the example that was chosen.
    pub(super) note: &'static str,
    /// The language of the code.
    pub(super) language: usize,
    /// Where to go in the body; the number tells one wish from the next.
    pub(super) go: (u32, AttrValue),
}

/// What a person, an example or an explanation does to it.
pub(super) enum Change {
    /// A field of an operation's body.
    Field(Operation, &'static str, Kind, String),
    Param(Param, AttrValue),
    Text(Operation, String),
    Identify(usize),
    Serve(usize),
    ShowJson(bool),
    ShowMore,
    Language(usize),
    /// A test value of the device.
    Device(AttrValue, AttrValue),
    /// All of a request.
    Take(Operation, Option<Body>, Box<[AttrValue; 6]>, &'static str),
    Patch(Operation, Vec<Patch>),
    /// To a member of the body, in the JSON view or as a field.
    Go(AttrValue, bool),
}

/// The example that everything starts with.
pub(super) fn example() -> Value {
    json!({
        "device": { "ipv4Address": { "publicAddress": "203.0.113.25", "publicPort": 8080 } },
        "applicationServer": { "ipv4Address": "198.51.100.10" },
        "applicationServerPorts": { "ports": [443] },
        "qosProfile": "QOS_E",
        "webhook": {
            "notificationUrl": "https://application-server.com/notifications",
            "notificationAuthToken": EXAMPLE_TOKEN,
        },
        "duration": 3600,
    })
}

/// The token in it, which is no secret.
pub(super) const EXAMPLE_TOKEN: &str = "c8974e592c2fa383d4a3960714";

/// Where a body has it.
pub(super) const TOKEN: &str = "/webhook/notificationAuthToken";

impl Default for Form {
    fn default() -> Self {
        let mut params: [AttrValue; 6] = Default::default();
        let [_, _, _, profile, ..] = &mut params;
        *profile = "QOS_E".into();
        Self {
            bodies: [
                example().into(),
                json!({ "requestedAdditionalDuration": 1800 }).into(),
            ],
            params,
            follows: true,
            identifier: 2,
            server: 0,
            json: false,
            typed: None,
            aside: Vec::new(),
            more: false,
            note: "",
            language: 0,
            go: (0, AttrValue::default()),
        }
    }
}

impl Reducible for Form {
    type Action = Change;

    fn reduce(mut self: Rc<Self>, change: Change) -> Rc<Self> {
        Rc::make_mut(&mut self).apply(change);
        self
    }
}

impl Form {
    /// The body of an operation, if it takes one.
    pub(super) fn body(&self, operation: Operation) -> Option<&Body> {
        self.bodies.get(place(operation)?)
    }

    fn body_mut(&mut self, operation: Operation) -> Option<&mut Body> {
        self.bodies.get_mut(place(operation)?)
    }

    pub(super) fn param(&self, param: Param) -> &AttrValue {
        const NONE: &AttrValue = &AttrValue::Static("");
        self.params.get(param as usize).unwrap_or(NONE)
    }

    /// Which of `members` are shown: the one that there is, the one chosen if there is none, all if
    /// there are several.
    pub(super) fn shown(&self, members: &[(&'static str, &str)], chosen: usize) -> usize {
        let body = self.body(Operation::CreateSession);
        let there = |(place, _): &(&str, &str)| body.and_then(|body| body.at(place)).is_some();
        let given: Vec<_> = (0..members.len())
            .filter(|place| members.get(*place).is_some_and(there))
            .collect();
        match given.as_slice() {
            [one] if chosen < members.len() => *one,
            [] | [_] => chosen,
            [..] => members.len(),
        }
    }

    fn apply(&mut self, change: Change) {
        if !matches!(
            change,
            Change::Go(..) | Change::ShowJson(_) | Change::ShowMore | Change::Language(_)
        ) {
            self.typed = None;
        }
        match change {
            Change::Field(operation, pointer, kind, text) => {
                if let Some(body) = self.body_mut(operation) {
                    body.set(pointer, kind.value(&text));
                }
                self.typed = Some((pointer, text.into()));
            }
            Change::Param(param, text) => {
                self.follows = self.follows && param != Param::SessionId;
                if let Some(place) = self.params.get_mut(param as usize) {
                    *place = text;
                }
            }
            Change::Text(operation, text) => {
                if let Some(body) = self.body_mut(operation) {
                    *body = text.into();
                }
            }
            Change::Identify(chosen) => {
                self.identifier = chosen;
                self.choose(&IDENTIFIERS, chosen);
            }
            Change::Serve(chosen) => {
                self.server = chosen;
                self.choose(&SERVERS, chosen);
            }
            Change::ShowJson(json) => self.json = json,
            Change::ShowMore => self.more = !self.more,
            Change::Language(language) => self.language = language,
            Change::Device(member, value) => self.identify(&member, &value),
            Change::Take(operation, body, params, note) => {
                if let Some((place, body)) = self.body_mut(operation).zip(body) {
                    *place = body;
                }
                self.follows = params.first().is_none_or(|id| id.is_empty());
                self.params = *params;
                self.note = note;
            }
            Change::Patch(operation, patch) => {
                let body = self.body_mut(operation);
                if let Some(body) = body
                    && let Ok(value) = body.value()
                    && let Some(value) = patched(value, &patch)
                {
                    *body = value.into();
                }
                self.note = "";
            }
            Change::Go(pointer, json) => {
                self.json = json;
                self.go = (self.go.0.wrapping_add(1), pointer);
            }
        }
    }

    /// Has only that one of `members` in the body; beyond the last, those that there are stay.
    fn choose(&mut self, members: &[(&'static str, &'static str)], chosen: usize) {
        let Self { bodies, aside, .. } = self;
        let [body, _] = bodies;
        let Some((wanted, default)) = members.get(chosen) else {
            return;
        };
        for (place, _) in members.iter().filter(|(place, _)| place != wanted) {
            if let Some(value) = body.at(place).cloned() {
                aside.retain(|(other, _)| other != place);
                aside.push((place, value));
                body.set(place, None);
            }
        }
        if body.at(wanted).is_none() {
            let before = aside.iter().find(|(place, _)| place == wanted);
            let value = before.map_or_else(
                || serde_json::from_str(default).ok(),
                |(_, value)| Some(value.clone()),
            );
            body.set(wanted, value);
        }
    }

    /// Makes the device one that is known by that value alone.
    fn identify(&mut self, member: &str, value: &str) {
        let [body, _] = &mut self.bodies;
        if !body.value().is_ok_and(Value::is_object) {
            *body = example().into();
        }
        let value = if member == "ipv4Address" {
            json!({ "publicAddress": value, "publicPort": 8080 })
        } else {
            value.into()
        };
        body.set("/device", Some(json!({ member: value })));
        let ends = |(place, _): &(&str, &str)| place.ends_with(member);
        self.identifier = IDENTIFIERS.iter().position(ends).unwrap_or(self.identifier);
    }
}

const fn place(operation: Operation) -> Option<usize> {
    match operation {
        Operation::CreateSession => Some(0),
        Operation::ExtendQosSessionDuration => Some(1),
        Operation::GetSession
        | Operation::DeleteSession
        | Operation::GetQosProfiles
        | Operation::GetQosProfile => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Operation::CreateSession;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn after(changes: Vec<Change>) -> Form {
        changes
            .into_iter()
            .fold(Rc::new(Form::default()), Form::reduce)
            .as_ref()
            .clone()
    }

    #[wasm_bindgen_test]
    fn form_and_json_are_two_views_of_one_body() {
        let form = after(vec![
            Change::Field(CreateSession, "/duration", Kind::Number, "36x".to_owned()),
            Change::Field(
                CreateSession,
                "/applicationServerPorts",
                Kind::Ports,
                "443, ".to_owned(),
            ),
        ]);
        let [body, _] = &form.bodies;
        assert!(body.text().contains("\"duration\": \"36x\""));
        assert!(body.text().contains("\"ports\": [443]"));
        assert_eq!(
            form.typed,
            Some(("/applicationServerPorts", "443, ".into()))
        );
        let text = body.text().replace("\"36x\"", "60, \"x\": 1");
        let form = after(vec![Change::Text(CreateSession, text)]);
        let [body, _] = &form.bodies;
        assert_eq!(body.at("/duration"), Some(&json!(60)));
    }

    #[wasm_bindgen_test]
    fn another_identifier_loses_nothing() {
        let form = after(vec![
            Change::Field(
                CreateSession,
                "/device/ipv4Address/publicPort",
                Kind::Number,
                "9".to_owned(),
            ),
            Change::Identify(0),
        ]);
        let [body, _] = &form.bodies;
        assert_eq!(
            body.at("/device"),
            Some(&json!({ "phoneNumber": "+12025550117" }))
        );
        let mut form = form;
        form.apply(Change::Identify(2));
        let ipv4 = json!({ "ipv4Address": { "publicAddress": "203.0.113.25", "publicPort": 9 } });
        let [body, _] = &form.bodies;
        assert_eq!(body.at("/device"), Some(&ipv4));
        assert_eq!(form.shown(&IDENTIFIERS, form.identifier), 2);
        form.apply(Change::Identify(4));
        assert_eq!(form.shown(&IDENTIFIERS, form.identifier), 4);
        form.apply(Change::Device(
            "ipv6Address".into(),
            "2001:db8:5a7d:1::1".into(),
        ));
        assert_eq!(form.shown(&IDENTIFIERS, form.identifier), 3);
    }
}
