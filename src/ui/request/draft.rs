//! The create request as a form holds it: text in every field, whatever it is worth.
//!
//! Nothing is refused here. What is no number stays the string that it is, for the backend to
//! judge.

use serde_json::Value;

use body::{difference, ports_text, text};

mod body;

/// What is in the form's fields.
#[derive(Clone, PartialEq)]
pub(super) struct Draft {
    /// By which identifier the device is given.
    pub(super) device_kind: DeviceKind,
    /// The identifiers, by kind: a change of kind loses nothing.
    pub(super) devices: [String; 4],
    /// Ports, comma-separated.
    pub(super) device_ports: String,
    /// By which address the server is given.
    pub(super) server_kind: ServerKind,
    /// The addresses, by kind.
    pub(super) servers: [String; 2],
    /// Ports, comma-separated.
    pub(super) server_ports: String,
    pub(super) profile: String,
    pub(super) duration: String,
    pub(super) webhook_url: String,
    pub(super) webhook_token: String,
}

/// The kinds of device identifiers, in the order of the specification.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DeviceKind {
    PhoneNumber,
    Ipv4,
    Ipv6,
    Nai,
}

/// The kinds of server addresses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ServerKind {
    Ipv4,
    Ipv6,
}

impl DeviceKind {
    pub(super) const ALL: [Self; 4] = [Self::PhoneNumber, Self::Ipv4, Self::Ipv6, Self::Nai];

    const fn member(self) -> &'static str {
        match self {
            Self::PhoneNumber => "phoneNumber",
            Self::Ipv4 => "ipv4Address",
            Self::Ipv6 => "ipv6Address",
            Self::Nai => "networkAccessIdentifier",
        }
    }
}

impl ServerKind {
    pub(super) const ALL: [Self; 2] = [Self::Ipv4, Self::Ipv6];

    const fn member(self) -> &'static str {
        match self {
            Self::Ipv4 => "ipv4Address",
            Self::Ipv6 => "ipv6Address",
        }
    }
}

/// The example of the portal.
impl Default for Draft {
    fn default() -> Self {
        Self {
            device_kind: DeviceKind::Ipv4,
            devices: [
                "+12025550117".to_owned(),
                "203.0.113.25:8080".to_owned(),
                "2001:db8:85a3::8a2e:370:7334".to_owned(),
                "123456789@domain.com".to_owned(),
            ],
            device_ports: String::new(),
            server_kind: ServerKind::Ipv4,
            servers: ["198.51.100.10".to_owned(), "2001:db8::10".to_owned()],
            server_ports: "443".to_owned(),
            profile: "QOS_E".to_owned(),
            duration: "3600".to_owned(),
            webhook_url: "https://application-server.com/notifications".to_owned(),
            webhook_token: "c8974e592c2fa383d4a3960714".to_owned(),
        }
    }
}

impl Draft {
    /// The device's identifier of the kind chosen.
    pub(super) fn device(&self) -> &str {
        (self.devices.get(self.device_kind as usize)).map_or("", String::as_str)
    }

    /// Changes it.
    pub(super) fn set_device(&mut self, device: String) {
        if let Some(place) = self.devices.get_mut(self.device_kind as usize) {
            *place = device;
        }
    }

    /// The server's address of the kind chosen.
    pub(super) fn server(&self) -> &str {
        (self.servers.get(self.server_kind as usize)).map_or("", String::as_str)
    }

    /// Changes it.
    pub(super) fn set_server(&mut self, server: String) {
        if let Some(place) = self.servers.get_mut(self.server_kind as usize) {
            *place = server;
        }
    }

    /// The body that the fields make.
    pub(super) fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The fields that make a body.
    ///
    /// # Errors
    /// No fields make it: says what stands in the way.
    pub(super) fn parse(&self, json: &str) -> Result<Self, String> {
        let body: Value = serde_json::from_str(json)
            .map_err(|error| "The body is not JSON: ".to_owned() + &error.to_string())?;
        let draft = self.filled(&body);
        let made = serde_json::to_value(&draft).unwrap_or_default();
        match difference("", &body, &made) {
            None => Ok(draft),
            Some(path) => Err("The form has no field for ".to_owned() + &path),
        }
    }

    /// The fields as far as a body fills them.
    fn filled(&self, body: &Value) -> Self {
        let mut draft = self.clone();
        let device = &body["device"];
        for kind in DeviceKind::ALL {
            if !device[kind.member()].is_null() {
                draft.device_kind = kind;
            }
        }
        draft.set_device(body::device_text(&device[draft.device_kind.member()]));
        let server = &body["applicationServer"];
        for kind in ServerKind::ALL {
            if !server[kind.member()].is_null() {
                draft.server_kind = kind;
            }
        }
        draft.set_server(text(&server[draft.server_kind.member()]));
        draft.device_ports = ports_text(&body["devicePorts"]);
        draft.server_ports = ports_text(&body["applicationServerPorts"]);
        draft.profile = text(&body["qosProfile"]);
        draft.duration = text(&body["duration"]);
        let webhook = &body["webhook"];
        draft.webhook_url = text(&webhook["notificationUrl"]);
        draft.webhook_token = text(&webhook["notificationAuthToken"]);
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn parse(json: &str) -> Result<Draft, String> {
        Draft::default().parse(json)
    }

    #[wasm_bindgen_test]
    fn form_and_json_are_two_views_of_one_body() {
        let draft = Draft::default();
        assert!(parse(&draft.json()).is_ok_and(|parsed| parsed == draft));
        let json = r#"{"device":{"phoneNumber":"+1"},"applicationServer":{"ipv6Address":"::/0"},
            "devicePorts":{"ports":[443,"x"],"ranges":[{"from":5000,"to":5010}]},"duration":1.5}"#;
        let parsed = parse(json).unwrap_or_default();
        assert_eq!(parsed.device_ports, "443, x, 5000-5010");
        assert_eq!(
            serde_json::to_value(&parsed).unwrap(),
            serde_json::from_str::<Value>(json).unwrap()
        );
    }

    #[wasm_bindgen_test]
    fn what_has_no_field_is_named() {
        let nested = r#"{"device":{"applicationServer":{}}}"#;
        for (json, path) in [
            (nested, "device.applicationServer"),
            (r#"{"device":{},"applicationServer":{},"x":1}"#, "x"),
            (r#"{"device":{}}"#, "a body without applicationServer"),
            (
                r#"{"device":{},"applicationServer":{},"duration":"3600"}"#,
                "duration: \"3600\"",
            ),
            ("[]", "a body that is no object"),
        ] {
            let why = parse(json).err();
            assert_eq!(why, Some("The form has no field for ".to_owned() + path));
        }
        assert!(parse("{").is_err());
    }
}
