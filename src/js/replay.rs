//! Playing a run again: the module goes through it, input by input.

use js_sys::Object;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{Backend, options};
use crate::sandbox::{DeliveryId, Options, ReceiverId, Receivers, Reception};
use crate::time::Instant;

#[wasm_bindgen]
impl Backend {
    /// Whether something was done here that another run would take the place of.
    #[wasm_bindgen(js_name = isTouched)]
    pub fn is_touched(&self) -> bool {
        self.driver.is_touched()
    }

    /// Begins a replay of a run with these options: from its beginning, or from a snapshot in its
    /// middle. Nobody hears of it until it ends.
    ///
    /// # Errors
    /// An option is wrong, or the snapshot cannot be read: nothing has changed.
    #[wasm_bindgen(js_name = beginReplay)]
    #[allow(
        clippy::needless_pass_by_value,
        reason = "an optional text crosses by value only"
    )]
    pub fn begin_replay(&self, options: &Object, start: Option<String>) -> Result<(), JsValue> {
        let options = options::read(options).map_err(|error| JsValue::from_str(&error))?;
        let options = Options {
            seed: options.seed,
            start_at: options.start_at.unwrap_or(Instant::MIN),
            settings: options.settings,
        };
        let begun = self.driver.begin_replay(&options, start.as_deref());
        begun.map_err(|error| JsValue::from_str(&error.to_string()))
    }

    /// Lets time pass until the next input.
    #[wasm_bindgen(js_name = replayTo)]
    pub fn replay_to(&self, millis: f64) {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "the module hands in whole milliseconds"
        )]
        let at = Instant::from_millis(millis as i64);
        self.driver.replay_to(at);
    }

    /// What came of a delivery: `status`, `failed`, `noReceiver` or `routed`, and which or why.
    #[wasm_bindgen(js_name = replayReceived)]
    #[allow(clippy::cast_possible_truncation, reason = "checked by the module")]
    #[allow(clippy::cast_sign_loss, reason = "checked by the module")]
    pub fn replay_received(&self, id: f64, kind: &str, number: f64, reason: String) {
        let reception = match kind {
            "status" => Reception::Answered(number as u16),
            "failed" => Reception::Failed(reason),
            "routed" => Reception::Routed(ReceiverId::from_number(number as u32)),
            _ => Reception::NoReceiver,
        };
        let id = DeliveryId::from_number(id as u64);
        self.driver.replay_received(id, reception);
    }

    /// Exactly these receivers are there.
    ///
    /// # Errors
    /// The text is none that an export has made.
    #[wasm_bindgen(js_name = replayReceivers)]
    pub fn replay_receivers(&self, text: &str) -> Result<(), JsValue> {
        let receivers = Receivers::parse(text);
        let receivers = receivers.ok_or_else(|| JsValue::from_str("these are no receivers"))?;
        self.driver.replay_receivers(receivers);
        Ok(())
    }

    /// Ends a replay: this is the sandbox now.
    #[wasm_bindgen(js_name = endReplay)]
    pub fn end_replay(&self) {
        self.driver.end_replay();
    }

    /// Ends a replay that cannot be: the sandbox is what it was.
    #[wasm_bindgen(js_name = abortReplay)]
    pub fn abort_replay(&self) {
        self.driver.abort_replay();
    }
}
