//! Does what a person wants done: to the sandbox by its driver, to the page, or to what is on show.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use yew::{AttrValue, UseReducerDispatcher};

use super::act::Act;
use super::format;
use super::offer::Offer;
use super::page::Page;
use super::request::arrange::{arrange, token_of, token_request};
use super::shared::Shared;
use super::snippet;
use super::state::{Action, Backend, Snapshot};
use super::toasts::ToastTone;
use crate::driver::{Driver, Mark};
use crate::http::Request;
use crate::sandbox::MOCK_ACCESS_TOKEN;
use crate::time::Instant;

/// Whoever does it.
#[derive(Clone)]
pub(super) struct Doer {
    driver: Driver,
    page: Page,
    dispatcher: UseReducerDispatcher<Snapshot>,
    token: Rc<RefCell<AttrValue>>,
}

/// What is done with what the page answers.
type Next = Box<dyn FnOnce(&Doer, JsValue)>;

impl Doer {
    pub(super) fn new(
        driver: &Driver,
        page: &Page,
        dispatcher: UseReducerDispatcher<Snapshot>,
    ) -> Self {
        Self {
            driver: driver.clone(),
            page: page.clone(),
            dispatcher,
            token: Rc::new(RefCell::new(MOCK_ACCESS_TOKEN.into())),
        }
    }

    /// Does it, and has listeners hear of what it caused.
    pub(super) fn perform(&self, act: Act) {
        let before = self.driver.clock();
        let looks = act.only_looks();
        self.begin(act);
        self.driver.flush();
        if !looks {
            // At once: what is done next may depend on it.
            self.dispatch(Action::Refresh(Backend::of(&self.driver)));
        }
        if before.viewing {
            self.say_where_it_goes_on(before.now);
        }
    }

    /// Says that an earlier moment is not just looked at any more, and that nothing is lost.
    fn say_where_it_goes_on(&self, from: Instant) {
        let clock = self.driver.clock();
        if let Some(present) = clock.other.filter(|_| !clock.viewing) {
            let from = format::time_of_day(from);
            let text = ["Continuing from ", &from, ". What came later is kept."].concat();
            let back = "Return to ".to_owned() + &format::time_of_day(present);
            let act = Some((back.into(), Act::Return));
            self.dispatch(Action::Toast(ToastTone::Time, text.into(), act));
        }
    }

    fn begin(&self, act: Act) {
        let driver = &self.driver;
        match act {
            Act::Send(request) => self.send(request),
            Act::SendUndoable(request, words) => {
                self.undoably(&words, |doer| doer.send(request));
            }
            Act::SendExample => self.send(super::sessions::example()),
            // Impossible ones are not offered; one that has just become so shows in the session.
            Act::Network(session, act) => drop(driver.network(session, act)),
            Act::Pause => driver.pause(),
            Act::Run => driver.resume(),
            Act::Speed(speed) => driver.set_speed(speed),
            Act::Next => drop(driver.next()),
            Act::Advance(by) => drop(driver.advance(by)),
            Act::CatchUp(by) => {
                driver.advance(by);
                driver.resume();
            }
            Act::Rewind(to) => self.rewind(to),
            Act::Return => {
                // It was there when it was offered.
                let _ = driver.return_to_other();
                self.dispatch(Action::HideToast);
            }
            Act::Configure(setting) => driver.configure(setting),
            // One that has just run out is gone all the same.
            Act::RemoveFault(id) => drop(driver.remove_fault(id)),
            Act::ClearFaults => driver.clear_faults(),
            Act::RemoveDevice(id) => drop(driver.remove_device(id)),
            Act::Receive(choice) => self.refused(choice.apply(driver)),
            Act::AddReceiver(receiver) => {
                self.dispatch(Action::HideToast);
                self.refused(driver.add_receiver(receiver));
            }
            Act::RemoveReceiver(id) => {
                let receivers = driver.receivers();
                let gone = receivers.into_iter().find(|(one, _)| *one == id);
                driver.remove_receiver(id);
                // A mark would not bring it back: receivers stay whatever is undone.
                let back = gone.map(|(_, receiver)| ("Undo", Act::AddReceiver(receiver)));
                self.done("The receiver is gone.", back);
            }
            // One that has just been dropped is not on show any more.
            Act::Redeliver(id) => drop(driver.redeliver(&id)),
            Act::Reset => self.undoably("Back at the start.", |doer| doer.driver.reset()),
            Act::Undo(mark) => {
                driver.undo(&mark);
                self.dispatch(Action::HideToast);
            }
            Act::Share => self.share(),
            Act::Export(format) => self.page("export", &[("format", format)], |doer, _| {
                doer.done("The run was saved as a file.", None);
            }),
            Act::Import => self.page("import", &[], |doer, outcome| doer.offer(&outcome)),
            Act::OpenLink => self.page("link", &[], |doer, outcome| doer.offer(&outcome)),
            Act::Replace => self.replace(),
            Act::Keep => {
                self.page("keep", &[], |_, _| ());
                self.dispatch(Action::Open(None));
            }
            Act::OpenConsole => self.page("open", &[], |_, _| ()),
            Act::Copy(text, what) => self.page("copy", &[("text", &text)], move |doer, _| {
                doer.done(&(what.to_string() + " copied."), None);
            }),
            Act::CopyCurl(request) => {
                let details = snippet::details("curl", &request);
                let done = |doer: &Self, pieces| {
                    doer.begin(Act::Copy(
                        snippet::text(&snippet::pieces(&pieces)).into(),
                        "cURL".into(),
                    ));
                };
                self.page_with("snippet", &details, Box::new(done));
            }
            Act::Credential(token) => {
                self.token.replace(token.clone());
                self.dispatch(Action::Credential(token));
            }
            Act::SwitchTheme => self.page.switch_theme(),
            Act::ClearTraffic(clear) => self.clear_traffic(clear),
            Act::Select(session) => {
                self.place("sessions", session.map(|id| id.to_string()));
                self.dispatch(Action::Select(session));
            }
            Act::Read(notification) => {
                let id = notification.as_ref().map(ToString::to_string);
                self.place("notifications", id);
                self.dispatch(Action::Read(notification));
            }
            Act::Operate(operation) => {
                self.place("operations", Some(operation.id().to_owned()));
                self.dispatch(Action::Operate(operation));
            }
            Act::UseTestValue(member, value) => {
                self.dispatch(Action::UseTestValue(member, value));
            }
            Act::Edit(request) => self.dispatch(Action::Edit(request)),
            Act::Mint(scope) => self.mint(scope),
            Act::Arrange(need) => {
                if let Some(session) = arrange(driver, need) {
                    self.begin(Act::Select(Some(session)));
                }
            }
            Act::Show(answer) => self.dispatch(Action::Show(answer)),
            Act::Filter(text) => self.dispatch(Action::Filter(text)),
            Act::Open(open) => self.dispatch(Action::Open(Some(open))),
            Act::Close => self.dispatch(Action::Open(None)),
            Act::HideToast => self.dispatch(Action::HideToast),
            Act::Warn(text) => self.failed(&text),
            Act::Tell(story) => self.dispatch(Action::Tell(story)),
        }
    }

    /// Sends a request with the access token, and shows the answer.
    fn send(&self, mut request: Request) {
        let token = self.token.borrow();
        if !token.is_empty() && request.headers.first("authorization").is_none() {
            let bearer = "Bearer ".to_owned() + &token;
            request.headers.push("Authorization", &bearer);
        }
        drop(token);
        if let Some(exchange) = self.driver.request(request) {
            self.driver.flush();
            let took = self.driver.took(exchange.id);
            self.dispatch(Action::Answer(Shared::from(exchange), took));
        }
    }

    /// Gets a token as a client does, and chooses it.
    fn mint(&self, scope: &str) {
        let exchange = self.driver.request(token_request(scope));
        match exchange.and_then(|exchange| token_of(&exchange)) {
            Some(token) => {
                self.begin(Act::Credential(token.into()));
                self.done("New access token, valid for an hour.", None);
            }
            None => self.failed("there is no token: see the traffic"),
        }
    }

    /// Does something that can be taken back, and offers that.
    fn undoably(&self, words: &str, act: impl FnOnce(&Self)) {
        let mark = Rc::new(self.driver.mark());
        act(self);
        self.done(words, Some(("Undo", Act::Undo(mark))));
    }

    /// Back from wherever time is now: forth again by way of the present.
    fn rewind(&self, to: Instant) {
        let clock = self.driver.clock();
        let Some(present) = clock.other.filter(|_| clock.viewing) else {
            if to < clock.now {
                self.refused(self.driver.rewind(to));
            }
            return;
        };
        if to >= clock.now {
            self.refused(self.driver.return_to_other());
        }
        if to < present {
            self.refused(self.driver.rewind(to));
        }
    }

    fn refused<T, E: ToString>(&self, done: Result<T, E>) {
        if let Err(trouble) = done {
            self.failed(&trouble.to_string());
        }
    }

    /// The link into the clipboard; where that is denied, to be copied by hand.
    fn share(&self) {
        self.page("share", &[], |doer, outcome| {
            let word = |name: &str| {
                let word = Reflect::get(&outcome, &name.into());
                word.ok().and_then(|word| word.as_string())
            };
            if let Some(words) = word("copied") {
                doer.done(&words, None);
            } else if let Some(words) = word("tooLong") {
                let act = Some(("Save as a file".into(), Act::Export("json")));
                doer.dispatch(Action::Toast(ToastTone::Failed, words.into(), act));
            } else if let Some(link) = word("url") {
                doer.dispatch(Action::Link(link.into()));
            }
        });
    }

    /// Asks whether an opened run is to take the place of what is here; where nothing is, it does.
    fn offer(&self, outcome: &JsValue) {
        // Nothing, if no file was chosen.
        if outcome.is_undefined() {
            return;
        }
        match Offer::of(outcome) {
            Some(offer) => self.dispatch(Action::Offer(offer)),
            None => self.replace(),
        }
    }

    /// Plays the run that was opened, which can be taken back.
    fn replace(&self) {
        self.dispatch(Action::Open(None));
        let mark: Rc<Mark> = Rc::new(self.driver.mark());
        self.page("replace", &[], move |doer, outcome| {
            if let Some(words) = outcome.as_string() {
                doer.done(&words, Some(("Undo", Act::Undo(mark))));
            }
        });
    }

    fn clear_traffic(&self, clear: bool) {
        let last = self
            .driver
            .look(|sandbox| sandbox.traffic().next_back().map(|last| last.id));
        let until = last.filter(|_| clear).unwrap_or(0);
        self.dispatch(Action::ClearTraffic(until));
        if clear {
            self.done(
                "The list is empty.",
                Some(("Undo", Act::ClearTraffic(false))),
            );
        } else {
            self.dispatch(Action::HideToast);
        }
    }

    /// Has the page do something; what goes wrong is said.
    fn page(
        &self,
        what: &str,
        details: &[(&str, &str)],
        done: impl FnOnce(&Self, JsValue) + 'static,
    ) {
        let object = Object::new();
        for (name, value) in details {
            // Setting a member of a plain object cannot fail.
            let _ = Reflect::set(&object, &(*name).into(), &(*value).into());
        }
        self.page_with(what, &object, Box::new(done));
    }

    fn page_with(&self, what: &str, details: &Object, done: Next) {
        let doer = self.clone();
        let done = move |outcome: Result<_, String>| match outcome {
            Ok(outcome) => done(&doer, outcome),
            Err(trouble) => doer.failed(&trouble),
        };
        self.page.perform(what, details, Box::new(done));
    }

    fn place(&self, room: &str, name: Option<String>) {
        let place = name.map(|name| [room, "/", &name].concat());
        self.page.set_place(&place.unwrap_or_default());
    }

    /// Says that something was done, with a button for what may follow.
    pub(super) fn done(&self, text: &str, act: Option<(&'static str, Act)>) {
        let act = act.map(|(label, act)| (label.into(), act));
        let text = AttrValue::from(text.to_owned());
        self.dispatch(Action::Toast(ToastTone::Done, text, act));
    }

    /// Says that something failed by itself, with a button for what may help.
    pub(super) fn alert(&self, text: AttrValue, label: &'static str, act: Act) {
        let act = Some((label.into(), act));
        self.dispatch(Action::Toast(ToastTone::Failed, text, act));
    }

    fn failed(&self, text: &str) {
        let text = format::sentence(text).into();
        self.dispatch(Action::Toast(ToastTone::Failed, text, None));
    }

    fn dispatch(&self, action: Action) {
        self.dispatcher.dispatch(action);
    }
}
