//! A run that was opened, before it takes the place of what is here.

use std::rc::Rc;

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use yew::{AttrValue, Callback, Html, html};

use super::act::{Act, doing};
use super::parts::Dialog;

/// What the run would bring: what is said, and of what.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Offer(Rc<[(AttrValue, AttrValue)]>);

impl Offer {
    /// What the page found out; nothing where there is nothing to be asked.
    pub(super) fn of(outcome: &JsValue) -> Option<Self> {
        let rows = Reflect::get(outcome, &"rows".into()).ok()?;
        let rows = rows.dyn_ref::<Array>()?.iter().map(|row| {
            let texts = Array::from(&row);
            let text = |place| AttrValue::from(texts.get(place).as_string().unwrap_or_default());
            (text(0), text(1))
        });
        Some(Self(rows.collect()))
    }
}

/// Asks whether it may. Whoever closes it keeps what is here.
pub(super) fn offer_dialog(offer: &Offer, on_act: &Callback<Act>) -> Html {
    html! {
        <Dialog title="Open this run?" onclose={doing(on_act, Act::Keep)}>
            <p class="note">{ "It takes the place of what is here; right after, Undo brings that back." }</p>
            <dl class="offer">
                { for offer.0.iter().map(|(name, text)| html! {
                    <div key={name.to_string()}><dt><bdi>{ name }</bdi></dt><dd>{ text }</dd></div>
                }) }
            </dl>
            <p class="ask__acts">
                <button class="btn btn--primary" type="button" onclick={doing(on_act, Act::Replace)}>{ "Replace mine" }</button>
                <button class="btn" type="button" autofocus=true onclick={doing(on_act, Act::Keep)}>{ "Keep mine" }</button>
            </p>
        </Dialog>
    }
}
