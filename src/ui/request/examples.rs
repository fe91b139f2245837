//! The responses that the specification documents, each with a request that really gets it.

use serde_json::Value;
use yew::AttrValue;

use super::arrange::Need;
use super::body::Body;
use super::form::{Form, PARAMS};
use crate::api::Operation;

/// A response, and what brings it about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Example {
    pub(super) status: u16,
    pub(super) code: &'static str,
    /// What becomes of the request, and why.
    pub(super) note: &'static str,
    /// Members of the body by pointer, in JSON, none to leave one out; parameters by name.
    sets: &'static [(&'static str, &'static str)],
    pub(super) need: Need,
    pub(super) by: By,
}

/// With which token it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Mock,
    Nobody,
    /// One that is good for that scope only.
    Scope(&'static str),
}

const fn example(
    status: u16,
    code: &'static str,
    note: &'static str,
    sets: &'static [(&'static str, &'static str)],
) -> Example {
    Example {
        status,
        code,
        note,
        sets,
        need: Need::Nothing,
        by: By::Mock,
    }
}

const fn with(example: Example, need: Need) -> Example {
    Example { need, ..example }
}

const INVALID: &str = "INVALID_ARGUMENT";
const RANGE: &str = "OUT_OF_RANGE";
const SCENARIO: &str = "x-qod-scenario";
const NOBODY: Example = Example {
    by: By::Nobody,
    ..example(401, "UNAUTHENTICATED", "No access token", &[])
};
const FORBIDDEN: &str = "The token is for another scope";
const MISSING: (&str, &str) = ("sessionId", "00000000-0000-4000-8000-000000000000");

const CREATE: [Example; 16] = [
    example(201, "", "The portal's example, granted after 2 s", &[]),
    example(
        400,
        INVALID,
        "The portal's nested sample: all stands inside device",
        &[("", NESTED)],
    ),
    example(
        400,
        INVALID,
        "A required member is missing: device",
        &[("/device", "")],
    ),
    example(
        400,
        INVALID,
        "A device without an identifier",
        &[("/device", "{}")],
    ),
    example(
        400,
        INVALID,
        "A breach of the schema: duration in quotes",
        &[("/duration", "\"3600\"")],
    ),
    example(
        400,
        INVALID,
        "Identifiers of different devices",
        &[(SCENARIO, "device-inconsistent")],
    ),
    example(
        400,
        INVALID,
        "The device cannot be identified",
        &[(SCENARIO, "device-unknown")],
    ),
    example(
        400,
        INVALID,
        "A profile that there is not",
        &[("/qosProfile", "\"QOS_EE\"")],
    ),
    example(
        400,
        RANGE,
        "A port beyond 65535",
        &[("/device/ipv4Address/publicPort", "70000")],
    ),
    example(
        400,
        RANGE,
        "A range of ports that ends before it begins",
        &[(
            "/applicationServerPorts",
            "{\"ranges\":[{\"from\":5010,\"to\":5000}]}",
        )],
    ),
    example(
        400,
        RANGE,
        "Longer than the profile allows",
        &[("/qosProfile", "\"BURST_UPLOAD\"")],
    ),
    NOBODY,
    Example {
        by: By::Scope("qod-sessions-read"),
        ..example(403, "PERMISSION_DENIED", FORBIDDEN, &[])
    },
    with(
        example(
            409,
            "CONFLICT",
            "The device has a session for these servers",
            &[
                ("/applicationServer/ipv4Address", "\"0.0.0.0/0\""),
                ("/applicationServerPorts", ""),
            ],
        ),
        Need::InTheWay,
    ),
    INTERNAL,
    example(
        501,
        "NOT_IMPLEMENTED",
        "The network cannot serve the device",
        &[(SCENARIO, "not-implemented")],
    ),
];
const INTERNAL: Example = example(
    500,
    "INTERNAL",
    "The operator fails",
    &[(SCENARIO, "internal-error")],
);
const UNAVAILABLE: Example = example(
    503,
    "UNAVAILABLE",
    "The service is not available",
    &[(SCENARIO, "unavailable")],
);
const BAD_ID: Example = example(
    400,
    INVALID,
    "The session's id is no UUID",
    &[("sessionId", "my-session")],
);
const NO_SESSION: Example = example(404, "NOT_FOUND", "There is no such session", &[MISSING]);
const DENIED: Example = example(
    403,
    "PERMISSION_DENIED",
    "The operator does not permit it",
    &[(SCENARIO, "permission-denied")],
);

const fn of_session(status: u16, note: &'static str) -> Example {
    with(example(status, "", note, &[]), Need::Available)
}

const fn scoped(scope: &'static str) -> Example {
    Example {
        by: By::Scope(scope),
        ..with(
            example(403, "PERMISSION_DENIED", FORBIDDEN, &[]),
            Need::Available,
        )
    }
}

/// What an operation may be answered, in the order in which it is offered.
pub(super) fn examples(operation: Operation) -> Vec<Example> {
    match operation {
        Operation::CreateSession => [&CREATE[..], &[UNAVAILABLE]].concat(),
        Operation::GetSession => {
            let found = of_session(200, "A session that is AVAILABLE");
            vec![
                found,
                BAD_ID,
                NOBODY,
                scoped("qod-sessions-write"),
                NO_SESSION,
                INTERNAL,
                UNAVAILABLE,
            ]
        }
        Operation::DeleteSession => {
            let gone = of_session(204, "A session is made, to be deleted");
            vec![
                gone,
                BAD_ID,
                NOBODY,
                scoped("qod-sessions-read"),
                NO_SESSION,
                INTERNAL,
                UNAVAILABLE,
            ]
        }
        Operation::ExtendQosSessionDuration => vec![
            of_session(200, "Half an hour more"),
            with(
                example(
                    400,
                    INVALID,
                    "Nothing to add",
                    &[("/requestedAdditionalDuration", "0")],
                ),
                Need::Available,
            ),
            with(
                example(400, INVALID, "The session is UNAVAILABLE", &[]),
                Need::Unavailable,
            ),
            BAD_ID,
            NOBODY,
            scoped("qod-sessions-read"),
            NO_SESSION,
            INTERNAL,
            UNAVAILABLE,
        ],
        Operation::GetQosProfiles => vec![
            example(200, "", "All profiles", &[]),
            example(200, "", "Those in force", &[("status", "ACTIVE")]),
            example(
                400,
                INVALID,
                "A status that there is not",
                &[("status", "active")],
            ),
            NOBODY,
            DENIED,
            example(404, "NOT_FOUND", "Nothing is found", &[("name", "QOS_X")]),
            INTERNAL,
            UNAVAILABLE,
        ],
        Operation::GetQosProfile => vec![
            example(200, "", "One profile", &[]),
            example(
                400,
                INVALID,
                "The name has a sign that names have not",
                &[("profile", "QOS E")],
            ),
            NOBODY,
            DENIED,
            example(
                404,
                "NOT_FOUND",
                "There is no such profile",
                &[("profile", "QOS_X")],
            ),
            INTERNAL,
            UNAVAILABLE,
        ],
    }
}

impl Example {
    /// What the form holds then. A session that it is about is the one that is selected. A session
    /// that it gets is of a device that has none: `made` tells how many there were.
    pub(super) fn parts(
        &self,
        operation: Operation,
        made: usize,
    ) -> (Option<Body>, [AttrValue; 6]) {
        let start = Form::default();
        let mut body = start.body(operation).cloned();
        let mut params = start.params;
        if let (Some(body), 201, true) = (&mut body, self.status, made > 0) {
            // Another one behind the same NAT.
            let port = 8080_usize.saturating_add(made % 50_000);
            body.set("/device/ipv4Address/publicPort", Some(port.into()));
        }
        for (place, value) in self.sets {
            if let Some(param) = PARAMS.iter().position(|name| name == place) {
                params
                    .iter_mut()
                    .skip(param)
                    .take(1)
                    .for_each(|param| *param = (*value).into());
            } else if place.is_empty() {
                body = Some(Body::from((*value).to_owned()));
            } else if let Some(body) = &mut body {
                body.set(place, serde_json::from_str::<Value>(value).ok());
            }
        }
        (body, params)
    }
}

/// As printed in the portal's guide.
const NESTED: &str = r#"{
  "device": {
    "ipv4Address": {
      "publicAddress": "203.0.113.25",
      "publicPort": 8080
    },
    "applicationServer": {
      "ipv4Address": "0.0.0.0/0"
    },
    "qosProfile": "QOS_E",
    "duration": 300
  }
}"#;
