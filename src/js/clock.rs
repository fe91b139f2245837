//! The clock, forwards and backwards, and what is kept of a sandbox at a moment.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Backend;
use super::values::{self, records, to_js};
use crate::driver::Speed;
use crate::time::Instant;

#[wasm_bindgen]
impl Backend {
    /// The sandbox's time in milliseconds since the Unix epoch.
    pub fn now(&self) -> f64 {
        values::millis(self.driver.now())
    }

    /// `ClockState`
    ///
    /// # Errors
    /// None that can be met: the shape is plain.
    pub fn clock(&self) -> Result<JsValue, JsValue> {
        to_js(&values::ClockRecord::from(&self.driver.clock()))
    }

    /// Sets the clock forward to a time in milliseconds since the Unix epoch: `Fired[]`.
    ///
    /// # Errors
    /// None that can be met: the shape is plain.
    #[wasm_bindgen(js_name = advanceTo)]
    pub fn advance_to(&self, millis: f64) -> Result<JsValue, JsValue> {
        records(self.driver.advance_to(moment(millis)))
    }

    /// Sets the clock forward towards a time in milliseconds since the Unix epoch, to the next
    /// deadline, and lets a slice of what is due then happen: `[Fired[], boolean]`, which says
    /// whether that was all.
    ///
    /// # Errors
    /// None that can be met: the shape is plain.
    #[wasm_bindgen(js_name = advanceSome)]
    pub fn advance_some(&self, millis: f64) -> Result<Array, JsValue> {
        let (fired, done) = self.driver.advance_some(moment(millis));
        Ok(Array::of2(&records(fired)?, &done.into()))
    }

    /// Sets the clock forward to the next deadline: `Fired[]`.
    ///
    /// # Errors
    /// None that can be met: the shape is plain.
    pub fn next(&self) -> Result<JsValue, JsValue> {
        records(self.driver.next())
    }

    /// Sets the clock back to a time in milliseconds since the Unix epoch.
    ///
    /// # Errors
    /// It lies ahead, or before the oldest that is kept: the message says so.
    #[wasm_bindgen(js_name = rewindTo)]
    pub fn rewind_to(&self, millis: f64) -> Result<(), JsValue> {
        let done = self.driver.rewind(moment(millis));
        done.map_err(|error| JsValue::from_str(&error.to_string()))
    }

    /// Goes to the end of the branch that was left when time was set back.
    ///
    /// # Errors
    /// There is none.
    #[wasm_bindgen(js_name = returnToPresent)]
    pub fn return_to_present(&self) -> Result<(), JsValue> {
        let done = self.driver.return_to_other();
        done.map_err(|error| JsValue::from_str(&error.to_string()))
    }

    /// All that the sandbox is, as a text.
    pub fn snapshot(&self) -> String {
        self.driver.snapshot()
    }

    /// Becomes what a snapshot is of; `catch_up` with the time that has passed since, or not.
    ///
    /// # Errors
    /// It cannot be read: the message says why, and nothing has changed.
    pub fn restore(&self, text: &str, catch_up: bool) -> Result<(), JsValue> {
        let done = self.driver.restore(text, catch_up);
        done.map_err(|error| JsValue::from_str(&error.to_string()))
    }

    /// Catches up with the wall.
    pub fn wake(&self) {
        self.driver.wake();
    }

    /// Stops the clock.
    pub fn pause(&self) {
        self.driver.pause();
    }

    /// Lets the clock run on.
    pub fn resume(&self) {
        self.driver.resume();
    }

    /// Changes the clock's speed, 1 to 86,400.
    ///
    /// # Errors
    /// It is out of that range.
    #[wasm_bindgen(js_name = setSpeed)]
    pub fn set_speed(&self, factor: u32) -> Result<(), JsValue> {
        let speed = Speed::new(factor).ok_or_else(|| JsValue::from_str("a speed is 1 to 86400"))?;
        self.driver.set_speed(speed);
        Ok(())
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "the module hands in whole milliseconds"
)]
const fn moment(millis: f64) -> Instant {
    Instant::from_millis(millis as i64)
}
