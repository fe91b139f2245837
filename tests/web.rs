//! The sandbox in a real browser: its timer, its listeners, and its console in the page.
#![cfg(target_arch = "wasm32")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::future::sleep;
use qod_sandbox::driver::{ClockMode, Driver, DriverOptions, Notice, Speed};
use qod_sandbox::engine::{NetworkAct, SessionId, Status};
use qod_sandbox::http::Request;
use qod_sandbox::sandbox::{Output, Settings};
use qod_sandbox::time::Instant;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const CREATE: &str = r#"{
    "device": {"ipv4Address": {"publicAddress": "203.0.113.25", "publicPort": 8080}},
    "applicationServer": {"ipv4Address": "198.51.100.10"},
    "qosProfile": "QOS_E",
    "duration": 3600,
    "webhook": {"notificationUrl": "https://application-server.com/notifications"}
}"#;

fn driver(clock: ClockMode, speed: u32) -> Driver {
    Driver::new(DriverOptions {
        seed: 1,
        start_at: Some(Instant::from_millis(1_767_225_600_000)),
        clock,
        speed: Speed::new(speed).unwrap(),
        settings: Settings::default(),
    })
}

fn create(driver: &Driver) -> SessionId {
    let request = Request::new("POST", "/qod/v0/sessions")
        .header("Authorization", "Bearer mock_sandbox_access_token")
        .body(CREATE);
    let response = driver.request(request);
    assert_eq!(response.status, 201, "{}", response.body);
    let location = response.headers.first("location").unwrap().to_owned();
    SessionId::parse(location.rsplit('/').next().unwrap()).unwrap()
}

/// The statuses that listeners are notified of, in order.
fn notified(driver: &Driver) -> (Rc<RefCell<Vec<Status>>>, impl Drop) {
    let statuses = Rc::new(RefCell::new(Vec::new()));
    let heard = statuses.clone();
    let subscription = driver.subscribe(move |notices| {
        for notice in notices {
            if let Notice::Happened(Output::Notification(notification)) = notice {
                heard.borrow_mut().push(notification.status);
            }
        }
    });
    (statuses, subscription)
}

#[wasm_bindgen_test]
async fn the_timer_grants_two_seconds_later() {
    // Two seconds are twenty milliseconds of the wall.
    let driver = driver(ClockMode::Real, 100);
    let (statuses, _subscription) = notified(&driver);
    create(&driver);
    driver.flush();
    assert_eq!(*statuses.borrow(), []);
    sleep(Duration::from_millis(45)).await;
    assert_eq!(*statuses.borrow(), [Status::Available]);
    let granted = driver.notifications().first().unwrap().at;
    let started = driver.sessions().first().unwrap().started_at;
    assert!(granted.since(started) >= Duration::from_secs(2));
}

#[wasm_bindgen_test]
async fn a_paused_clock_stands_and_the_timer_goes_on_when_it_is_resumed() {
    let driver = driver(ClockMode::Real, 100);
    let (statuses, _subscription) = notified(&driver);
    create(&driver);
    driver.pause();
    sleep(Duration::from_millis(40)).await;
    assert_eq!(*statuses.borrow(), []);
    driver.resume();
    sleep(Duration::from_millis(45)).await;
    assert_eq!(*statuses.borrow(), [Status::Available]);
}

#[wasm_bindgen_test]
async fn the_timer_is_armed_anew_when_the_clock_is_advanced() {
    let driver = driver(ClockMode::Real, 10);
    let (statuses, _subscription) = notified(&driver);
    create(&driver);
    // The 200 ms that the timer was armed for have become 10.
    assert!(driver.advance(Duration::from_millis(1_900)).is_empty());
    sleep(Duration::from_millis(40)).await;
    assert_eq!(*statuses.borrow(), [Status::Available]);
}

#[wasm_bindgen_test]
fn listeners_can_call_back_into_the_sandbox() {
    let driver = driver(ClockMode::Manual, 1);
    let session = create(&driver);
    let (statuses, _first) = notified(&driver);
    let inner = driver.clone();
    let _second = driver.subscribe(move |notices| {
        for notice in notices {
            if let Notice::Happened(Output::Notification(notification)) = notice
                && notification.status == Status::Available
            {
                inner.network(session, NetworkAct::Terminate).unwrap();
                inner.flush();
                assert_eq!(inner.sessions().len(), 1);
            }
        }
    });
    driver.advance(Duration::from_secs(2));
    // What the second listener caused reached the first, after what it was being told.
    assert_eq!(*statuses.borrow(), [Status::Available, Status::Unavailable]);
}

#[wasm_bindgen_test]
fn a_dropped_subscription_hears_nothing() {
    let driver = driver(ClockMode::Manual, 1);
    let (statuses, subscription) = notified(&driver);
    create(&driver);
    drop(subscription);
    driver.advance(Duration::from_secs(2));
    assert_eq!(*statuses.borrow(), []);
}

#[wasm_bindgen_test]
async fn a_dropped_driver_leaves_no_timer() {
    let driver = driver(ClockMode::Real, 100);
    let told = Rc::new(Cell::new(0));
    let count = told.clone();
    let _subscription = driver.subscribe(move |_| count.set(count.get() + 1));
    create(&driver);
    drop(driver);
    sleep(Duration::from_millis(45)).await;
    assert_eq!(told.get(), 0);
}

#[wasm_bindgen_test]
fn reset_goes_back_to_the_start_and_repeats_itself() {
    let driver = driver(ClockMode::Manual, 1);
    let start = driver.now();
    let first = create(&driver);
    driver.advance(Duration::from_secs(5));
    driver.reset();
    assert_eq!(driver.now(), start);
    assert!(driver.sessions().is_empty());
    assert_eq!(create(&driver), first);
}
