//! Nothing is rendered again that did not change.

use gloo_timers::future::sleep;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::Callback;

use super::row::RENDERED;
use super::sample::{START, create, driver};
use super::{Sessions, SessionsProps};
use crate::driver::Driver;
use crate::engine::NetworkAct;
use crate::ui::shared::List;

fn props(driver: &Driver) -> SessionsProps {
    let now = driver.clone();
    SessionsProps {
        sessions: driver.sessions().into(),
        dropped: 0,
        selected: None,
        notifications: driver.notifications().into(),
        clock: driver.clock(),
        now: Callback::from(move |()| now.now()),
        perspectives: Rc::default(),
        one: false,
        fill: true,
        stories: true,
        form: true,
        on_act: Callback::noop(),
    }
}

/// The same with the callbacks of before: those of the page never change.
fn next(driver: &Driver, before: &SessionsProps) -> SessionsProps {
    SessionsProps {
        now: before.now.clone(),
        on_act: before.on_act.clone(),
        ..props(driver)
    }
}

async fn rendered() -> usize {
    sleep(Duration::from_millis(40)).await;
    RENDERED.with(std::cell::Cell::take)
}

#[wasm_bindgen_test]
async fn only_rows_that_changed_are_rendered_again() {
    let document = web_sys::window().unwrap().document().unwrap();
    let host = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&host).unwrap();
    let driver = driver(START);
    for number in 0..20 {
        create(&driver, number, 3_600);
    }
    let first = props(&driver);
    let again = next(&driver, &first);
    let mut app = yew::Renderer::<Sessions>::with_root_and_props(host.clone(), first).render();
    assert_eq!(rendered().await, 20);

    // Selecting one changes no row's content.
    let selected = again.sessions.first().unwrap().id;
    let with = |before: &SessionsProps| SessionsProps {
        selected: Some(selected),
        ..next(&driver, before)
    };
    let chosen = with(&again);
    app.update(with(&again));
    assert_eq!(rendered().await, 0);
    assert!(
        host.query_selector("[aria-current=true]")
            .unwrap()
            .is_some()
    );

    // A tick in which no number changes.
    app.update(with(&chosen));
    assert_eq!(rendered().await, 0);

    // One session changes: its row alone does.
    driver.network(selected, NetworkAct::Grant).unwrap();
    app.update(with(&chosen));
    assert_eq!(rendered().await, 1);

    // One more comes: its row alone is new.
    create(&driver, 99, 3_600);
    app.update(with(&chosen));
    assert_eq!(rendered().await, 1);

    // Numbers that change.
    driver.advance(Duration::from_secs(10));
    app.update(with(&chosen));
    assert_eq!(rendered().await, 21);
    app.destroy();
    host.remove();
}

#[wasm_bindgen_test]
async fn of_thousands_of_rows_few_are_rendered() {
    let document = web_sys::window().unwrap().document().unwrap();
    let host = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&host).unwrap();
    let driver = driver(START);
    create(&driver, 1, 3_600);
    let session = driver.sessions().remove(0);
    let many = (0..10_000).map(|sequence| {
        let mut session = (*session).clone();
        std::sync::Arc::make_mut(&mut session.created).sequence = sequence;
        std::sync::Arc::new(session)
    });
    let sessions: List<_> = many.collect::<Vec<_>>().into();
    let props = SessionsProps {
        sessions,
        ..props(&driver)
    };
    let app = yew::Renderer::<Sessions>::with_root_and_props(host.clone(), props).render();
    assert!(rendered().await < 400);
    let rows = host.query_selector_all(".sess").unwrap().length();
    assert!((1..100).contains(&rows), "{rows}");
    app.destroy();
    host.remove();
}
