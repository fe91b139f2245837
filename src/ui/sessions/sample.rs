//! Sessions to test with.

use crate::driver::{ClockMode, Driver, DriverOptions, Speed};
use crate::engine::{NetworkAct, Session};
use crate::http::Request;
use crate::sandbox::Settings;
use crate::time::Instant;
use crate::ui::shared::{List, Shared};

/// 2025-06-12T14:03:02Z
pub(super) const START: Instant = Instant::from_millis(1_749_736_982_000);

/// A sandbox whose clock stands at `start`.
pub(super) fn driver(start: Instant) -> Driver {
    Driver::new(DriverOptions {
        seed: 1,
        start_at: Some(start),
        clock: ClockMode::Manual,
        speed: Speed::REAL,
        settings: Settings::default(),
    })
}

/// Asks for a session of the device with that number.
pub(super) fn create(driver: &Driver, number: u32, seconds: u64) {
    let body = format!(
        r#"{{"device":{{"phoneNumber":"+120255{number:05}"}},"applicationServer":{{"ipv4Address":"198.51.100.10"}},"qosProfile":"QOS_E","duration":{seconds}}}"#
    );
    let request = Request::new("POST", "/qod/v0/sessions")
        .header("Authorization", "Bearer mock_sandbox_access_token");
    let answer = driver.request(request.body(body)).unwrap();
    assert_eq!(answer.status(), 201, "{}", answer.response().body);
}

/// A session asked for at `start`.
pub(super) fn session(start: Instant, seconds: u64) -> Shared<Session> {
    let driver = driver(start);
    create(&driver, 1, seconds);
    first(&driver)
}

/// One of an hour, to which the network did that at once.
pub(super) fn acted(acts: &[NetworkAct]) -> Shared<Session> {
    let driver = driver(START);
    create(&driver, 1, 3_600);
    for act in acts {
        driver.network(first(&driver).id, *act).unwrap();
    }
    first(&driver)
}

fn first(driver: &Driver) -> Shared<Session> {
    List::from(driver.sessions()).first().unwrap().clone()
}
