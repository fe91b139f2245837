//! Deliveries: handed to the module, which has the receivers and the network; and back.

use js_sys::{Array, Function, Object};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::options::{number, text};
use super::{Backend, words};
use crate::driver::Notice;
use crate::sandbox::{
    Answering, DeliveryId, Output, Receiver, ReceiverId, Reception, Run, SetAnswer, SetReply,
    Target, To,
};

#[wasm_bindgen]
impl Backend {
    /// Has a receiver of webhooks there for a `url`, an `origin`, a `pattern`, or `any` URL:
    /// its id. Without a
    /// set answer, the courier is handed what is for it. A set answer has `status`, `failFirst`,
    /// `failWith` and `requireToken`; a status of 0 stands for never.
    ///
    /// # Errors
    /// There are too many.
    #[wasm_bindgen(js_name = addReceiver)]
    #[allow(
        clippy::needless_pass_by_value,
        reason = "an optional object crosses by value only"
    )]
    pub fn add_receiver(
        &self,
        kind: &str,
        target: &str,
        answer: Option<Object>,
    ) -> Result<u32, JsValue> {
        let receiver = receiver(kind, target, answer.as_ref());
        let added = self.driver.add_receiver(receiver);
        Ok(added.map_err(|declined| words(&declined))?.number())
    }

    /// The id of a receiver that is there for the same and has the same set answer, if there is one.
    #[wasm_bindgen(js_name = findReceiver)]
    pub fn find_receiver(&self, kind: &str, target: &str, answer: Option<Object>) -> Option<u32> {
        let sought = receiver(kind, target, Some(&answer?));
        self.driver.look(|sandbox| {
            let mut all = sandbox.receivers();
            let found = all.find(|(_, receiver)| **receiver == sought);
            found.map(|(id, _)| id.number())
        })
    }

    /// Whether there is any receiver with a set answer.
    #[wasm_bindgen(js_name = hasReceivers)]
    pub fn has_receivers(&self) -> bool {
        self.driver
            .look(|sandbox| !sandbox.all_receivers().without_handlers().is_empty())
    }

    /// Takes a receiver away, if it is there.
    #[wasm_bindgen(js_name = removeReceiver)]
    pub fn remove_receiver(&self, id: u32) {
        self.driver.remove_receiver(ReceiverId::from_number(id));
    }

    /// The receiver of a delivery answered with that status.
    pub fn answered(&self, run: u32, id: f64, status: u16) {
        self.received(run, id, Reception::Answered(status));
    }

    /// The receiver of a delivery could not be reached, or failed, for that reason.
    pub fn failed(&self, run: u32, id: f64, reason: String) {
        self.received(run, id, Reception::Failed(reason));
    }

    /// The receiver of a delivery is not there any more.
    #[wasm_bindgen(js_name = noReceiver)]
    pub fn no_receiver(&self, run: u32, id: f64) {
        self.received(run, id, Reception::NoReceiver);
    }

    /// Makes one more attempt to deliver a notification.
    ///
    /// # Errors
    /// It is not, or no longer, recorded, or its session has no webhook: the message says so.
    pub fn redeliver(&self, id: &str) -> Result<(), JsValue> {
        (self.driver.redeliver(id)).map_err(|declined| words(&declined))
    }
}

impl Backend {
    fn received(&self, run: u32, id: f64, reception: Reception) {
        #[allow(clippy::cast_possible_truncation, reason = "it comes from a u64")]
        #[allow(clippy::cast_sign_loss, reason = "it comes from a u64")]
        let id = DeliveryId::from_number(id as u64);
        self.driver.received(Run::from_number(run), id, reception);
    }
}

fn receiver(kind: &str, target: &str, answer: Option<&Object>) -> Receiver {
    let target = match kind {
        "url" => Target::Url(target.into()),
        "origin" => Target::Origin(target.into()),
        "any" => Target::Any,
        _ => Target::Pattern(target.into()),
    };
    let answering = answer.map_or(Answering::Handler, |answer| {
        Answering::Set(set_answer(answer))
    });
    Receiver { target, answering }
}

/// Asks the module which receiver with a pattern is there for a URL.
pub(super) fn route(router: &Function, url: &str) -> Option<ReceiverId> {
    let answer = router.call1(&JsValue::UNDEFINED, &url.into()).ok()?;
    #[allow(clippy::cast_possible_truncation, reason = "it comes from a u32")]
    #[allow(clippy::cast_sign_loss, reason = "it comes from a u32")]
    answer
        .as_f64()
        .map(|number| ReceiverId::from_number(number as u32))
}

/// Whether there is something to hand out.
pub(super) const fn is_handed_out(notice: &Notice) -> bool {
    matches!(
        notice,
        Notice::Happened(Output::Deliver(_) | Output::Abandon(..))
    )
}

/// Hands the module what is to be delivered: `courier(run, id, to, url, headers, body)`, where `to`
/// is a receiver's id, or null for the network. `courier(run, id)` says that what comes of that
/// delivery is of no interest any more.
pub(super) fn hand_out(courier: &Function, notice: &Notice) {
    #[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
    let number = |id: DeliveryId| JsValue::from_f64(id.number() as f64);
    let arguments = match notice {
        Notice::Happened(Output::Deliver(dispatch)) => {
            let to = match dispatch.to {
                To::Receiver(id) => id.number().into(),
                To::Network | To::Unrouted => JsValue::NULL,
            };
            let request = &dispatch.request;
            let body = String::from_utf8_lossy(&request.body);
            [
                dispatch.run.number().into(),
                number(dispatch.id),
                to,
                request.url.as_str().into(),
                request.headers.as_lines().into(),
                body.as_ref().into(),
            ]
            .iter()
            .collect::<Array>()
        }
        Notice::Happened(Output::Abandon(run, id)) => {
            Array::of2(&run.number().into(), &number(*id))
        }
        Notice::Happened(
            Output::Exchange(_)
            | Output::Session(..)
            | Output::Notification(_)
            | Output::Delivery(..)
            | Output::Answered(_)
            | Output::Fired(_),
        )
        | Notice::Clock(_)
        | Notice::Broken(_)
        | Notice::Settings => return,
    };
    // The module catches what its receivers throw.
    let _ = courier.apply(&JsValue::UNDEFINED, &arguments);
}

/// Checked by the module.
#[allow(
    clippy::cast_possible_truncation,
    reason = "statuses, and counts below 2^32"
)]
#[allow(clippy::cast_sign_loss, reason = "not negative")]
fn set_answer(answer: &Object) -> SetAnswer {
    let reply = |name| match number(answer, name).unwrap_or_default() as u16 {
        0 => SetReply::Never,
        status => SetReply::Status(status),
    };
    SetAnswer {
        reply: reply("status"),
        fail_first: number(answer, "failFirst").unwrap_or_default() as u32,
        fail_with: reply("failWith"),
        require_token: text(answer, "requireToken").map(Into::into),
    }
}
