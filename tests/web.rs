//! The sandbox in a real browser: its timer, its listeners, and its console in the page.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    reason = "clippy does not know wasm_bindgen_test for a test"
)]

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
    let response = driver.request(request).unwrap().response().into_owned();
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
                heard.borrow_mut().push(notification.message.status);
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
    let granted = driver.notifications().first().unwrap().message.at;
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
    // The 200 ms that the timer was armed for have become 20.
    driver.advance(Duration::from_millis(1_800));
    sleep(Duration::from_millis(45)).await;
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
                && notification.message.status == Status::Available
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

#[cfg(feature = "ui")]
mod console {
    use std::time::Duration;

    use gloo_timers::future::sleep;
    use js_sys::{Function, JSON, Object};
    use qod_sandbox::js::Backend;
    use qod_sandbox::ui::{Console, mount};
    use wasm_bindgen::JsCast as _;
    use wasm_bindgen_test::wasm_bindgen_test;
    use web_sys::{Element, window};

    use super::CREATE;

    fn backend(clock: &str) -> Backend {
        let options = format!(
            r#"{{"seed": 1, "clock": "{clock}", "speed": 100, "startAt": 0, "auth": "off"}}"#
        );
        let options: Object = JSON::parse(&options).unwrap().unchecked_into();
        let nobody = || Function::new_no_args("");
        Backend::new(&options, nobody(), nobody(), nobody()).unwrap()
    }

    fn host() -> Element {
        let document = window().unwrap().document().unwrap();
        let host = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&host).unwrap();
        host
    }

    fn shown(host: &Element, backend: &Backend) -> Console {
        mount(host, backend, None, true, "", "", None).ok().unwrap()
    }

    fn text(host: &Element) -> String {
        host.text_content().unwrap_or_default()
    }

    #[wasm_bindgen_test]
    async fn a_mounted_console_follows_the_sandbox_and_an_unmounted_one_is_gone() {
        let (backend, host) = (backend("manual"), host());
        let console = shown(&host, &backend);
        sleep(Duration::from_millis(20)).await;
        assert!(text(&host).contains("No sessions yet"), "{}", text(&host));

        let answer = backend.handle("POST", "/qod/v0/sessions", "", CREATE);
        assert!(answer.starts_with("201 "), "{answer}");
        backend.flush();
        sleep(Duration::from_millis(50)).await;
        assert!(text(&host).contains("REQUESTED"), "{}", text(&host));

        console.unmount();
        backend.handle("POST", "/qod/v0/sessions", "", CREATE);
        backend.flush();
        sleep(Duration::from_millis(50)).await;
        assert_eq!(host.child_element_count(), 0);
        // It can be shown again.
        let again = shown(&host, &backend);
        sleep(Duration::from_millis(20)).await;
        assert!(text(&host).contains("REQUESTED"), "{}", text(&host));
        again.unmount();
        host.remove();
    }

    #[wasm_bindgen_test]
    async fn a_console_shows_the_parts_that_are_wanted() {
        let (backend, host) = (backend("manual"), host());
        let view = |view: &str| mount(&host, &backend, None, false, view, "", None);
        let console = view("notifications").ok().unwrap();
        sleep(Duration::from_millis(20)).await;
        assert!(text(&host).contains("No notifications yet"));
        assert!(!text(&host).contains("Try it"));
        console.unmount();
        let error = view("nonsense").err().unwrap().as_string().unwrap();
        assert!(error.contains("the parts are clock, request"), "{error}");
        host.remove();
    }

    #[wasm_bindgen_test]
    async fn two_consoles_show_their_own_sandboxes() {
        let backends = [backend("manual"), backend("manual")];
        let hosts = [host(), host()];
        let consoles = [
            shown(&hosts[0], &backends[0]),
            shown(&hosts[1], &backends[1]),
        ];
        backends[1].handle("POST", "/qod/v0/sessions", "", CREATE);
        backends[1].flush();
        sleep(Duration::from_millis(50)).await;
        assert!(text(&hosts[0]).contains("No sessions yet"));
        assert!(!text(&hosts[1]).contains("No sessions yet"));
        consoles.into_iter().for_each(Console::unmount);
        hosts.iter().for_each(Element::remove);
    }
}

#[wasm_bindgen_test]
fn what_was_done_can_be_undone_and_listeners_stay() {
    let driver = driver(ClockMode::Manual, 1);
    let (statuses, _subscription) = notified(&driver);
    create(&driver);
    driver.advance(Duration::from_secs(2));
    let mark = driver.mark();
    let url = driver.sessions().first().unwrap().url.to_string();
    let delete =
        Request::new("DELETE", &url).header("Authorization", "Bearer mock_sandbox_access_token");
    assert_eq!(driver.request(delete).unwrap().status(), 204);
    driver.advance(Duration::from_secs(10));
    driver.undo(&mark);
    let session = driver.sessions().first().unwrap().clone();
    assert_eq!(session.status(), Status::Available);
    assert_eq!(session.released_at(), None);
    assert_eq!(driver.traffic().len(), 1);
    assert_eq!(
        driver.now().since(session.started_at),
        Duration::from_secs(2)
    );
    driver.advance(Duration::from_secs(3_600));
    assert_eq!(
        *statuses.borrow(),
        [Status::Available, Status::Unavailable, Status::Unavailable]
    );
}

#[wasm_bindgen_test]
fn answers_are_timed_beside_the_record() {
    let driver = driver(ClockMode::Manual, 1);
    create(&driver);
    let exchange = driver.traffic().first().unwrap().id;
    assert!(driver.took(exchange).is_some_and(|took| took >= 0.0));
    assert_eq!(driver.took(exchange + 1), None);
}
