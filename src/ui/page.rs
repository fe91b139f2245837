//! The page around the console: what it keeps, shows in its address, and hands out.
//!
//! `www/page.js` is the other side. Where there is no page, as in tests of components, nothing is
//! kept and nothing comes out.

use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};

#[wasm_bindgen]
extern "C" {
    /// What `www/page.js` offers.
    #[derive(Clone)]
    pub type PageObject;

    #[wasm_bindgen(method)]
    fn load(this: &PageObject, name: &str) -> Option<String>;
    #[wasm_bindgen(method)]
    fn save(this: &PageObject, name: &str, text: &str);
    #[wasm_bindgen(method)]
    fn place(this: &PageObject) -> String;
    #[wasm_bindgen(method, js_name = setPlace)]
    fn set_place(this: &PageObject, place: &str);
    #[wasm_bindgen(method, js_name = onPlace)]
    fn on_place(this: &PageObject, listener: &Function) -> Function;
    #[wasm_bindgen(method, js_name = onDrop)]
    fn on_drop(this: &PageObject, listener: &Function) -> Function;
    #[wasm_bindgen(method, js_name = onShared)]
    fn on_shared(this: &PageObject, listener: &Function) -> Function;
    #[wasm_bindgen(method, js_name = switchTheme)]
    fn switch_theme(this: &PageObject);
    #[wasm_bindgen(method, js_name = localTime)]
    fn local_time(this: &PageObject, millis: f64) -> Option<String>;
    #[wasm_bindgen(method)]
    fn perform(this: &PageObject, what: &str, details: &JsValue, done: &Function);
}

/// The page around a console, if there is one.
#[derive(Clone, Default)]
pub(super) struct Page(Option<PageObject>);

/// A console has one page all its life.
impl PartialEq for Page {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl From<PageObject> for Page {
    fn from(page: PageObject) -> Self {
        Self(Some(page))
    }
}

impl Page {
    /// What was kept under a name.
    pub(super) fn load(&self, name: &str) -> Option<String> {
        self.0.as_ref()?.load(name)
    }

    /// Keeps a text under a name, over reloads too.
    pub(super) fn save(&self, name: &str, text: &str) {
        if let Some(page) = &self.0 {
            page.save(name, text);
        }
    }

    /// Which place of the console the page's address names, such as `sessions/e05b7712-…`.
    pub(super) fn place(&self) -> String {
        self.0.as_ref().map(PageObject::place).unwrap_or_default()
    }

    /// Has the address name a place.
    pub(super) fn set_place(&self, place: &str) {
        if let Some(page) = &self.0 {
            page.set_place(place);
        }
    }

    /// Calls `listener` when the address comes to name another place, until what is returned is
    /// dropped.
    pub(super) fn on_place(&self, listener: impl Fn(String) + 'static) -> Option<Listening> {
        self.listen(PageObject::on_place, listener)
    }

    /// Calls `listener` with a file's name when one is dropped onto the console, until what is
    /// returned is dropped.
    pub(super) fn on_drop(&self, listener: impl Fn(String) + 'static) -> Option<Listening> {
        self.listen(PageObject::on_drop, listener)
    }

    /// Calls `listener` when the address holds a run that is not shown, until what is returned is
    /// dropped.
    pub(super) fn on_shared(&self, listener: impl Fn(String) + 'static) -> Option<Listening> {
        self.listen(PageObject::on_shared, listener)
    }

    fn listen(
        &self,
        to: fn(&PageObject, &Function) -> Function,
        listener: impl Fn(String) + 'static,
    ) -> Option<Listening> {
        let page = self.0.as_ref()?;
        let closure = Closure::<dyn Fn(String)>::new(listener);
        let end = to(page, closure.as_ref().unchecked_ref());
        Some(Listening {
            end,
            _closure: closure,
        })
    }

    /// From light to dark, or back.
    pub(super) fn switch_theme(&self) {
        if let Some(page) = &self.0 {
            page.switch_theme();
        }
    }

    /// A moment in the user's own time zone, with its name; nothing where that is UTC.
    pub(super) fn local_time(&self, millis: f64) -> Option<String> {
        self.0.as_ref()?.local_time(millis)
    }

    /// Has the page do something that takes its time; `done` gets what came of it, or why nothing did.
    pub(super) fn perform(&self, what: &str, details: &JsValue, done: Done) {
        let Some(page) = &self.0 else {
            return;
        };
        let done = Closure::once_into_js(move |outcome: JsValue, trouble: Option<String>| {
            done(trouble.map_or(Ok(outcome), Err));
        });
        page.perform(what, details, done.unchecked_ref());
    }
}

/// Hears what came of something, or why nothing did.
pub(super) type Done = Box<dyn FnOnce(Result<JsValue, String>)>;

/// Ends the listening when it is dropped.
pub(super) struct Listening {
    end: Function,
    _closure: Closure<dyn Fn(String)>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        // It takes a listener away, and cannot fail.
        let _ = self.end.call0(&JsValue::UNDEFINED);
    }
}
