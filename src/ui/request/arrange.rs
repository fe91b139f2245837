//! What an example needs before it is what it says: sessions, and tokens.

use serde_json::{Value, json};

use super::form;
use crate::driver::Driver;
use crate::engine::SessionId;
use crate::http::Request;
use crate::sandbox::{Exchange, MOCK_ACCESS_TOKEN};

/// What is to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Need {
    Nothing,
    /// A session that is AVAILABLE.
    Available,
    /// One that is UNAVAILABLE.
    Unavailable,
    /// The session of the example that everything starts with.
    InTheWay,
}

/// How often it is tried with other devices, where some have sessions already.
const TRIES: usize = 5;

/// Makes it; a session that is there then.
pub(in crate::ui) fn arrange(driver: &Driver, need: Need) -> Option<SessionId> {
    let scenario = match need {
        Need::Nothing => return None,
        Need::Available | Need::InTheWay => "granted-at-once",
        Need::Unavailable => "refused-at-once",
    };
    let made = driver.sessions().len();
    (made..made.saturating_add(TRIES)).find_map(|number| {
        let body = if need == Need::InTheWay {
            form::example()
        } else {
            other(number)
        };
        let url = [Request::BASE, "/qod/v0/sessions"].concat();
        let request = Request::new("POST", &url)
            .header("Authorization", &["Bearer ", MOCK_ACCESS_TOKEN].concat())
            .header("Content-Type", "application/json")
            .header("x-qod-scenario", scenario)
            .body(body.to_string());
        created(&*driver.request(request)?)
    })
}

/// The session that an exchange created.
pub(in crate::ui) fn created(exchange: &Exchange) -> Option<SessionId> {
    let response = exchange.response();
    let location = response.headers.first("location")?;
    SessionId::parse(location.rsplit('/').next()?)
}

/// A request for a session of a device of its own.
fn other(number: usize) -> Value {
    json!({
        "device": { "ipv4Address": { "publicAddress": "203.0.113.26", "publicPort": 1024 + number % 60_000 } },
        "applicationServer": { "ipv4Address": "198.51.100.10" },
        "qosProfile": "QOS_E",
        "duration": 3600,
    })
}

/// A request for a token.
pub(in crate::ui) fn token_request(scope: &str) -> Request {
    let url = [Request::BASE, "/token"].concat();
    let stroke = if scope.is_empty() { "" } else { "&scope=" };
    let body = "grant_type=client_credentials&client_id=console&client_secret=console";
    Request::new("POST", &url)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body([body, stroke, scope].concat())
}

/// The token in an answer.
pub(in crate::ui) fn token_of(exchange: &Exchange) -> Option<String> {
    let body: Value = serde_json::from_str(&exchange.response().body).ok()?;
    body.get("access_token")?.as_str().map(str::to_owned)
}
