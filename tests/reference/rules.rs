//! What a request may say, and what is answered to one that says something else.

use serde_json::Value;

use crate::flows::whole;
use crate::operator::{Plan, Terminate};

/// The longest duration, and the longest that may remain of one, in seconds.
pub(crate) const DAY: i64 = 86_400;

/// The profiles that can be asked for, with the bounds of their durations in seconds.
pub(crate) const PROFILES: [(&str, i64, i64); 5] = [
    ("QOS_E", 1, DAY),
    ("QOS_S", 1, DAY),
    ("QOS_M", 1, DAY),
    ("QOS_L", 1, DAY),
    ("BURST_UPLOAD", 30, 900),
];

/// Those that are there, but cannot.
const OTHERS: [(&str, &str); 2] = [
    ("DRONE_CONTROL", "INACTIVE"),
    ("VOICE_CLASSIC", "DEPRECATED"),
];

/// An answer: its status; its body, or the start of its message where the rest is for people to read.
#[derive(Debug, PartialEq)]
pub(crate) struct Expected {
    pub(crate) status: u16,
    pub(crate) body: Body,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Body {
    Empty,
    Is(Value),
    /// The members of an error; a message that ends in `...` goes on in any way.
    Error(&'static str, String),
    /// A session whose id is not known yet.
    New,
    /// Profiles by their names.
    Profiles(Vec<&'static str>),
}

/// Why a request is refused is an answer, too.
type Refused = Expected;

pub(crate) fn profiles(status: Option<&str>) -> Result<Expected, Refused> {
    let others = OTHERS.iter().filter(|(_, is)| Some(*is) == status);
    let names: Vec<_> = match status {
        None => (PROFILES.iter().map(|(name, ..)| *name))
            .chain(OTHERS.iter().map(|(name, _)| *name))
            .collect(),
        Some("ACTIVE") => PROFILES.iter().map(|(name, ..)| *name).collect(),
        Some("INACTIVE" | "DEPRECATED") => others.map(|(name, _)| *name).collect(),
        Some(_) => return Err(breach("status")),
    };
    Ok(Expected {
        status: 200,
        body: Body::Profiles(names),
    })
}

pub(crate) fn profile(name: &str, duration: i64) -> Result<(), Refused> {
    let known = PROFILES.iter().find(|(known, ..)| *known == name);
    let Some((_, least, most)) = known else {
        return Err(breach("qosProfile"));
    };
    if (*least..=*most).contains(&duration) {
        return Ok(());
    }
    Err(error(
        400,
        "OUT_OF_RANGE",
        "The requested duration is out of the allowed range for the specific QoS profile",
    ))
}

pub(crate) enum Outcome {
    Plan(Plan),
    Error(u16, &'static str, &'static str),
}

/// The test values that the client sometimes takes.
pub(crate) fn test_value(device: &Value) -> Option<Outcome> {
    let granted = |after, terminate| {
        Outcome::Plan(Plan {
            answer: Some((after, true)),
            terminate,
        })
    };
    let refused = |after| {
        Outcome::Plan(Plan {
            answer: Some((after, false)),
            terminate: None,
        })
    };
    let number = device["phoneNumber"].as_str()?;
    Some(match number.strip_prefix("+99900000")? {
        "001" => granted(2_000, None),
        "002" => granted(0, None),
        "003" => granted(60_000, None),
        "004" => Outcome::Plan(Plan::default()),
        "005" => refused(2_000),
        "006" => refused(0),
        "007" => granted(2_000, Some(Terminate::After(10_000))),
        "008" => granted(2_000, Some(Terminate::Halfway)),
        "009" => Outcome::Error(
            400,
            "INVALID_ARGUMENT",
            "Unable to identify device from specified parameters: device",
        ),
        "010" => Outcome::Error(
            400,
            "INVALID_ARGUMENT",
            "Multiple inconsistent parameters specified: device",
        ),
        "011" => Outcome::Error(
            501,
            "NOT_IMPLEMENTED",
            "Service not implemented for the specified user device",
        ),
        "012" => Outcome::Error(
            409,
            "CONFLICT",
            "Another session is created for the same device",
        ),
        "013" => Outcome::Error(401, "UNAUTHENTICATED", "Authorization failed: ..."),
        "014" => Outcome::Error(403, "PERMISSION_DENIED", "Operation not allowed: ..."),
        "015" => Outcome::Error(429, "TOO_MANY_REQUESTS", "Too many requests..."),
        "016" => Outcome::Error(500, "INTERNAL", "Internal server error: ..."),
        "017" => Outcome::Error(503, "UNAVAILABLE", "Service unavailable"),
        _ => return None,
    })
}

/// The breaches that the client makes at times, in the order in which the specification has the members.
pub(crate) fn breaches(request: &Value) -> Result<(), Refused> {
    let insufficient = |member: &str| {
        let message = format!("Insufficient properties specified: {member}");
        Err(error(400, "INVALID_ARGUMENT", &message))
    };
    for member in ["device", "applicationServer"] {
        match request.get(member) {
            None => {
                let message = format!("Expected property is missing: {member}");
                return Err(error(400, "INVALID_ARGUMENT", &message));
            }
            Some(Value::Object(members)) if members.is_empty() => return insufficient(member),
            Some(Value::Object(_)) => {}
            Some(_) => return Err(breach(member)),
        }
        if member == "device" {
            device_breaches(&request[member])?;
        }
    }
    for member in ["devicePorts", "applicationServerPorts"] {
        let Some(spec) = request.get(member) else {
            continue;
        };
        if spec.get("ranges").is_none() && spec.get("ports").is_none() {
            return insufficient(member);
        }
        for range in spec["ranges"].as_array().into_iter().flatten() {
            let (from, to) = (whole(&range["from"]), whole(&range["to"]));
            if from > to || from < 0 || to > 65_535 {
                let message = format!("Invalid port ranges specified: {member}");
                return Err(error(400, "OUT_OF_RANGE", &message));
            }
        }
    }
    match request.get("qosProfile").map(Value::as_str) {
        None => {
            let message = "Expected property is missing: qosProfile";
            return Err(error(400, "INVALID_ARGUMENT", message));
        }
        Some(Some(name)) if (3..=256).contains(&name.len()) => {}
        Some(_) => return Err(breach("qosProfile")),
    }
    if let Some(token) = request["webhook"].get("notificationAuthToken")
        && token
            .as_str()
            .is_none_or(|token| !(20..=256).contains(&token.len()))
    {
        return Err(breach("webhook.notificationAuthToken"));
    }
    match request.get("duration") {
        Some(seconds) if !(1..=DAY).contains(&whole(seconds)) => Err(breach("duration")),
        _ => Ok(()),
    }
}

fn device_breaches(device: &Value) -> Result<(), Refused> {
    if let Some(number) = device.get("phoneNumber") {
        let digits = number.as_str().unwrap().trim_start_matches('+');
        if !(5..=15).contains(&digits.len()) {
            return Err(breach("device.phoneNumber"));
        }
    }
    if device["ipv4Address"]["publicPort"].as_i64() > Some(65_535) {
        let message = "Invalid port value specified: device.ipv4Address.publicPort";
        return Err(error(400, "OUT_OF_RANGE", message));
    }
    Ok(())
}

pub(crate) fn uuid(text: &str) -> Result<(), Refused> {
    let dashes: Vec<_> = text.match_indices('-').map(|(place, _)| place).collect();
    if text.len() == 36 && dashes == [8, 13, 18, 23] {
        return Ok(());
    }
    Err(breach("sessionId"))
}

pub(crate) fn breach(path: &str) -> Refused {
    let message = format!("Schema validation failed at  {path}: ...");
    error(400, "INVALID_ARGUMENT", &message)
}

pub(crate) fn error(status: u16, code: &'static str, message: &str) -> Refused {
    Expected {
        status,
        body: Body::Error(code, message.to_owned()),
    }
}
