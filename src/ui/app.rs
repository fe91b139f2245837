//! The console as a whole: the panes, and what they may do to the backend.

use web_sys::HtmlElement;
use yew::{
    AttrValue, Callback, Html, Properties, UseReducerDispatcher, component, html, use_callback,
    use_node_ref, use_state,
};

use super::announcer::Announcer;
use super::clock_bar::{ClockAct, ClockBar};
use super::notifications::Notifications;
use super::receiver_field::Choice;
use super::request_pane::RequestPane;
use super::response::Response;
use super::session_actions::Acts;
use super::sessions::Sessions;
use super::shared::Shared;
use super::state::{Action, Snapshot};
use super::top_bar::top_bar;
use super::use_sandbox::use_sandbox;
use crate::driver::Driver;
use crate::engine::{NetworkAct, SessionId};
use crate::http::Request;
use crate::sandbox::{Exchange, MOCK_ACCESS_TOKEN};

#[derive(Properties, Clone)]
pub(super) struct AppProps {
    pub(super) driver: Driver,
}

/// A console has one driver all its life.
impl PartialEq for AppProps {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The console of one sandbox.
#[component]
pub(super) fn App(props: &AppProps) -> Html {
    let driver = &props.driver;
    let snapshot = use_sandbox(driver);
    let token = use_state(|| AttrValue::from(MOCK_ACCESS_TOKEN));
    let catalogue = driver.catalogue();
    let response = use_node_ref();

    let on_send = {
        let (driver, dispatcher) = (driver.clone(), snapshot.dispatcher());
        use_callback(
            (*token).clone(),
            move |request: Request, token: &AttrValue| {
                send(&driver, &dispatcher, request, token);
            },
        )
    };
    let on_network = {
        let driver = driver.clone();
        use_callback((), move |(session, act): (SessionId, NetworkAct), ()| {
            // Impossible ones are not offered; one that has just become so shows in the session.
            let _ = driver.network(session, act);
            driver.flush();
        })
    };
    let on_clock = {
        let driver = driver.clone();
        use_callback((), move |act: ClockAct, ()| {
            match act {
                ClockAct::Pause => driver.pause(),
                ClockAct::Run => driver.resume(),
                ClockAct::Speed(speed) => driver.set_speed(speed),
                ClockAct::Next => drop(driver.next()),
                ClockAct::Advance(by) => drop(driver.advance(by)),
                ClockAct::CatchUp(by) => {
                    driver.advance(by);
                    driver.resume();
                }
                // It was there when it was offered.
                ClockAct::Return => drop(driver.return_to_other()),
            }
            driver.flush();
        })
    };
    let on_reset = {
        let driver = driver.clone();
        use_callback((), move |(), ()| {
            driver.reset();
            driver.flush();
        })
    };
    let on_receiver = {
        let driver = driver.clone();
        use_callback((), move |choice: Choice, ()| {
            choice.apply(&driver);
            driver.flush();
        })
    };
    let on_redeliver = {
        let driver = driver.clone();
        use_callback((), move |id: AttrValue, ()| {
            // One that has just been dropped is not on show any more.
            let _ = driver.redeliver(&id);
            driver.flush();
        })
    };
    let on_select = {
        let dispatcher = snapshot.dispatcher();
        use_callback((), move |session, ()| {
            dispatcher.dispatch(Action::Select(session));
        })
    };
    let on_show = {
        let dispatcher = snapshot.dispatcher();
        use_callback((), move |answer, ()| {
            dispatcher.dispatch(Action::Show(answer));
        })
    };
    let on_response = {
        let (on_show, response) = (on_show.clone(), response.clone());
        use_callback((), move |answer: Shared<Exchange>, ()| {
            on_show.emit(answer);
            if let Some(response) = response.cast::<HtmlElement>() {
                // A section that cannot take the focus stays where it is.
                let _ = response.focus();
            }
        })
    };
    let on_token: Callback<AttrValue> = {
        let setter = token.setter();
        use_callback((), move |token, ()| setter.set(token))
    };

    let acts = Acts {
        send: on_send.clone(),
        network: on_network,
        show: on_response,
    };
    html! {
        <div class="app">
            { top_bar(snapshot.receiver == Choice::Network, &on_reset) }
            <ClockBar clock={snapshot.clock.clone()} {on_clock} />
            <div class="work">
                <div class="stack">
                    <RequestPane {catalogue} token={(*token).clone()} {on_token} {on_send} />
                    <Response node={response} shown={snapshot.shown.clone()} answers={snapshot.answers.clone()} {on_show} />
                </div>
                <div class="stack">
                    <Sessions
                        sessions={snapshot.sessions.clone()} dropped={snapshot.dropped.sessions} selected={snapshot.selected} now={snapshot.clock.now}
                        answers={snapshot.answers.clone()} {on_select} {acts}
                    />
                    <Notifications
                        notifications={snapshot.notifications.clone()} dropped={snapshot.dropped.notifications} sessions={snapshot.sessions.clone()}
                        receiver={snapshot.receiver} {on_receiver} {on_redeliver}
                    />
                </div>
            </div>
            <Announcer driver={driver.clone()} />
        </div>
    }
}

/// Sends a request with the access token, and shows the answer.
fn send(
    driver: &Driver,
    dispatcher: &UseReducerDispatcher<Snapshot>,
    mut request: Request,
    token: &str,
) {
    if !token.is_empty() {
        request
            .headers
            .push("Authorization", &("Bearer ".to_owned() + token));
    }
    let exchange = driver.request(request);
    driver.flush();
    if let Some(exchange) = exchange {
        dispatcher.dispatch(Action::Answer(exchange));
    }
}
