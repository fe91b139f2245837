//! The JavaScript door: what `www/sandbox.js` builds the public API on.
//!
//! Values go in and out as plain ones; names, options and errors for users are the module's.

use std::cell::Cell;
use std::fmt::Write as _;
use std::rc::Rc;

use js_sys::{Function, Object};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::api::{self, SessionView};
use crate::driver::{Driver, Notice, Subscription};
use crate::engine::{Catalogue, KnownDeviceId, NetworkAct, SessionId};
use crate::http::{Headers, Request};
use crate::sandbox::{Declined, NewDevice, Output, Sandbox};
use values::{Topic, record, records};

mod clock;
mod delivery;
mod options;
mod replay;
mod run;
mod settings_view;
mod trouble;
mod values;

/// Among the topics: that something may have changed.
const CHANGED: u32 = 1 << 10;

/// A sandbox, as the JavaScript module sees it.
#[wasm_bindgen]
pub struct Backend {
    driver: Driver,
    /// The topics that someone listens to, as bits.
    wanted: Rc<Cell<u32>>,
    _subscription: Subscription,
}

#[wasm_bindgen]
impl Backend {
    /// Starts a sandbox. `listener(topic, detail)` is called with whatever happens of the topics
    /// that are [`Backend::listen`]ed to, when [`Backend::flush`] is called or the timer fires;
    /// then, too, `courier` is handed what is to be delivered (see `delivery.rs`).
    /// `router(url)` says which receiver with a pattern is there for a URL.
    ///
    /// # Errors
    /// An option is missing or of the wrong type.
    #[wasm_bindgen(constructor)]
    pub fn new(
        options: &Object,
        listener: Function,
        router: Function,
        courier: Function,
    ) -> Result<Backend, JsValue> {
        let driver =
            Driver::new(options::read(options).map_err(|error| JsValue::from_str(&error))?);
        driver.route_with(move |url| delivery::route(&router, url));
        let wanted = Rc::new(Cell::new(0));
        let interest = wanted.clone();
        let concerned = wanted.clone();
        let concerns = move |notice: &Notice| concerns(notice, concerned.get());
        let subscription = driver.subscribe_where(concerns, move |notices| {
            for notice in notices {
                delivery::hand_out(&courier, notice);
                tell(&listener, notice, interest.get());
            }
            if interest.get() & CHANGED != 0 {
                // The module catches what goes wrong.
                let _ = listener.call1(&JsValue::UNDEFINED, &"changed".into());
            }
        });
        Ok(Self {
            driver,
            wanted,
            _subscription: subscription,
        })
    }

    /// Chooses the topics that the listener hears, as bits in the order of
    /// `request session notification delivery clock`; with 2^10, it also hears `changed` after
    /// whatever may have changed the state.
    pub fn listen(&self, topics: u32) {
        self.wanted.set(topics);
    }

    /// Tells the listener what happened.
    pub fn flush(&self) {
        self.driver.flush();
    }

    /// Answers a request. Header fields, in and out, are lines of `name: value`. The answer is one
    /// text, for each value that crosses the border costs more than its bytes: a line with status,
    /// delay, id and whether [`Backend::flush`] has something to tell; the header fields, an empty
    /// line, the body. A status of 0 says that the connection failed; an answer that comes so many
    /// milliseconds later is told with its id when it does.
    pub fn handle(&self, method: &str, url: &str, headers: &str, body: &str) -> String {
        self.handle_bytes(method, url, headers, body.as_bytes())
    }

    /// The same with a body of bytes.
    #[wasm_bindgen(js_name = handleBytes)]
    pub fn handle_bytes(&self, method: &str, url: &str, headers: &str, body: &[u8]) -> String {
        let mut request = Request::new(method, url).body(body);
        request.headers = Headers::from_lines(headers);
        let Some(exchange) = self.driver.request(request) else {
            return String::new();
        };
        let (response, delay, id) = (&exchange.response(), exchange.delay_millis(), exchange.id);
        let headers = response.headers.as_lines();
        let mut text = String::with_capacity(headers.len() + response.body.len() + 64);
        let tells = u8::from(self.driver.tells());
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{} {delay} {id} {tells}", response.status);
        text.push_str(headers);
        text.push('\n');
        text.push_str(&response.body);
        text
    }

    /// `SessionView[]`
    ///
    /// # Errors
    /// None that can be met: the shapes are plain.
    pub fn sessions(&self) -> Result<JsValue, JsValue> {
        let sessions = self.driver.sessions();
        records(sessions.iter().map(|session| SessionView::of(session)))
    }

    /// `NotificationRecord[]`
    ///
    /// # Errors
    /// None that can be met: the shapes are plain.
    pub fn notifications(&self) -> Result<JsValue, JsValue> {
        let notifications = self.driver.notifications();
        records(
            notifications
                .iter()
                .map(|notification| notification.record()),
        )
    }

    /// `Exchange[]`
    ///
    /// # Errors
    /// None that can be met: the shapes are plain.
    pub fn traffic(&self) -> Result<JsValue, JsValue> {
        let traffic = self.driver.traffic();
        records(traffic.iter().map(|exchange| exchange.record()))
    }

    /// `Dropped`
    ///
    /// # Errors
    /// None that can be met: the shape is plain.
    pub fn dropped(&self) -> Result<JsValue, JsValue> {
        record(&self.driver.look(Sandbox::dropped))
    }

    /// `Perspective[]` of a session.
    ///
    /// # Errors
    /// There is no such session, or no longer.
    pub fn perspectives(&self, session: &str) -> Result<JsValue, JsValue> {
        let perspectives = self.driver.perspectives(session_id(session)?);
        let unknown = || JsValue::from_str(&format!("there is no session {session}, or no longer"));
        records(perspectives.ok_or_else(unknown)?)
    }

    /// Lets the network `grant`, `refuse` or `terminate` a session.
    ///
    /// # Errors
    /// The session is unknown, or in a state that forbids it: the message says so.
    pub fn network(&self, act: &str, session: &str) -> Result<(), JsValue> {
        let act = match act {
            "grant" => NetworkAct::Grant,
            "refuse" => NetworkAct::Refuse,
            "terminate" => NetworkAct::Terminate,
            _ => {
                return Err(JsValue::from_str(
                    "the network can grant, refuse or terminate",
                ));
            }
        };
        (self.driver.network(session_id(session)?, act)).map_err(|refusal| words(&refusal))
    }

    /// Changes the settings that are given, by their public names.
    ///
    /// # Errors
    /// A profile is wrong: the message says which and why, and nothing changes.
    pub fn configure(&self, changes: &Object) -> Result<(), JsValue> {
        let settings = self.driver.settings();
        let changes = options::changes(changes, &settings);
        for setting in changes.map_err(|error| JsValue::from_str(&error))? {
            self.driver.configure(setting);
        }
        Ok(())
    }

    /// Adds a device, in JSON, to those that the operator knows: its id.
    ///
    /// # Errors
    /// It is no `Device`, or an identifier belongs to another one: the message says so.
    #[wasm_bindgen(js_name = addDevice)]
    pub fn add_device(&self, json: &str) -> Result<String, JsValue> {
        let device = api::from_text(json, api::known_device);
        let (device, unsupported) = device.map_err(|error| JsValue::from_str(&error))?;
        let new = NewDevice {
            device,
            unsupported,
        };
        let added = self.driver.add_device(new);
        Ok(added.map_err(|refusal| words(&refusal))?.to_string())
    }

    /// `KnownDevice[]`
    ///
    /// # Errors
    /// None that can be met: the shapes are plain.
    pub fn devices(&self) -> Result<JsValue, JsValue> {
        let devices = self.driver.devices();
        records(devices.iter().map(|known| api::device_view(known)))
    }

    /// Takes a device out of those that the operator knows.
    ///
    /// # Errors
    /// There is none of that id.
    #[wasm_bindgen(js_name = removeDevice)]
    pub fn remove_device(&self, id: &str) -> Result<(), JsValue> {
        let known = KnownDeviceId::parse(id).ok_or_else(|| {
            JsValue::from_str(&format!(
                "{id:?} is no device's id: it must be one of devices.list()"
            ))
        })?;
        let removed = self.driver.remove_device(known);
        removed.map_err(|refusal| words(&refusal))
    }

    /// The number of the stretch of history that is going on: another after each break.
    pub fn run(&self) -> u32 {
        self.driver.look(|sandbox| sandbox.run().number())
    }

    /// Back to the start with the same options; the listener stays.
    pub fn reset(&self) {
        self.driver.reset();
    }
}

#[cfg(feature = "ui")]
impl Backend {
    /// What the console shows.
    pub(crate) const fn driver(&self) -> &Driver {
        &self.driver
    }
}

/// Has `hook(message)` called when the code panics, right before the instance is lost.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(hook: Function) {
    thread_local! {
        static HOOK: Cell<Option<Function>> = const { Cell::new(None) };
    }
    HOOK.set(Some(hook));
    let report = Box::new(|panic: &std::panic::PanicHookInfo<'_>| {
        if let Some(hook) = HOOK.take() {
            // Nothing is left to be told if even this throws.
            let _ = hook.call1(&JsValue::UNDEFINED, &panic.to_string().into());
        }
    });
    #[cfg(feature = "ui")]
    yew::set_custom_panic_hook(report);
    #[cfg(not(feature = "ui"))]
    std::panic::set_hook(report);
}

/// What is declined, in the words of an explanation.
fn words(declined: &Declined) -> JsValue {
    let Declined::Engine(refusal) = declined else {
        return JsValue::from_str(&declined.to_string());
    };
    let explanations = api::explanations(&refusal.clone().into(), &Catalogue::default());
    explanations
        .first()
        .map_or(JsValue::UNDEFINED, |explanation| {
            JsValue::from_str(&explanation.rule)
        })
}

fn session_id(text: &str) -> Result<SessionId, JsValue> {
    SessionId::parse(text)
        .ok_or_else(|| JsValue::from_str(&format!("{text:?} is no session id: it must be a UUID")))
}

fn tell(listener: &Function, notice: &Notice, wanted: u32) {
    let Some(topic) = topic(notice).filter(|topic| topic.is_for(wanted)) else {
        return;
    };
    if let Ok(detail) = values::detail(notice) {
        // The module catches what its listeners throw.
        let _ = listener.call2(&JsValue::UNDEFINED, &topic.name().into(), &detail);
    }
}

/// Whether the module is told of it, or handed it.
fn concerns(notice: &Notice, wanted: u32) -> bool {
    let told = topic(notice).is_some_and(|topic| topic.is_for(wanted));
    told || delivery::is_handed_out(notice) || wanted & CHANGED != 0
}

const fn topic(notice: &Notice) -> Option<Topic> {
    Some(match notice {
        Notice::Happened(output) => match output {
            Output::Exchange(_) => Topic::Request,
            Output::Session(..) => Topic::Session,
            Output::Notification(_) => Topic::Notification,
            Output::Delivery(..) => Topic::Delivery,
            Output::Answered(_) => Topic::Answered,
            Output::Deliver(_) | Output::Abandon(..) | Output::Fired(_) => return None,
        },
        Notice::Clock(_) => Topic::Clock,
        Notice::Broken(_) => Topic::Broken,
        Notice::Settings => return None,
    })
}
