//! Who gets notifications, what they answer, and how an operator delivers: in full.

use yew::{Callback, Html, html};

use super::act::{Act, doing};
use super::parts::{Dialog, Shape, icon};
use super::state::Config;
use crate::api::secret::{masked, masked_url};
use crate::sandbox::{Answering, Receiver, ReceiverId, SetAnswer, SetReply, Target};
use new_receiver::NewReceiver;
use policy::policy;

mod input;
mod new_receiver;
mod policy;

/// The receivers there are, one more, and the way to them.
pub(super) fn receivers(config: &Config, on_act: &Callback<Act>) -> Html {
    let receivers = &config.receivers;
    html! {
        <Dialog title="Receivers and delivery" side=true onclose={doing(on_act, Act::Close)}>
            <div class="receivers">
                <section aria-labelledby="h-receivers">
                    <h3 id="h-receivers">{ "Receivers" }</h3>
                    <p class="hint">{ "A URL goes before its origin, and that before all URLs; of equals, the last one counts." }</p>
                    if receivers.is_empty() {
                        <p class="note">{ "There is none: nobody in this tab gets notifications." }</p>
                    }
                    <ul class="receivers__list" aria-labelledby="h-receivers">
                        { for receivers.iter().map(|(id, receiver)| html! {
                            <li key={id.number()}>{ line(*id, receiver, on_act) }</li>
                        }) }
                    </ul>
                </section>
                <NewReceiver on_act={on_act.clone()} />
                { policy(config.settings.delivery, on_act) }
            </div>
        </Dialog>
    }
}

fn line(id: ReceiverId, receiver: &Receiver, on_act: &Callback<Act>) -> Html {
    let (address, kind) = target(&receiver.target);
    let label = ["Remove the receiver for ", &address].concat();
    html! {
        <>
            <div class="receivers__who">
                <bdi class="trunc mono" title={address.clone()}>{ address }</bdi>
                <small class="muted">{ kind }</small>
                if receiver.answering == Answering::Handler {
                    <span class="tag">{ "your code" }</span>
                }
            </div>
            <p class="receivers__what">{ answering(&receiver.answering) }</p>
            <button
                class="btn btn--ghost btn--sm btn--icon" type="button" aria-label={label} title="Remove"
                onclick={doing(on_act, Act::RemoveReceiver(id))}
            >
                { icon(Shape::Trash) }
            </button>
        </>
    }
}

/// What it is there for.
fn target(target: &Target) -> (String, &'static str) {
    match target {
        Target::Url(url) => (masked_url(url).into_owned(), "URL"),
        Target::Origin(url) => (url.to_string(), "origin"),
        Target::Pattern(pattern) => (pattern.to_string(), "pattern"),
        Target::Any => ("All URLs".to_owned(), ""),
    }
}

/// `Answers 204, after failing 2 with 503. Wants the token c897••0714.`
fn answering(answering: &Answering) -> String {
    let Answering::Set(answer) = answering else {
        return "Answers what the code decides.".to_owned();
    };
    let SetAnswer {
        reply,
        fail_first,
        fail_with,
        require_token,
    } = answer;
    let mut text = said(*reply);
    if *fail_first > 0 {
        let failing = match fail_with {
            SetReply::Status(status) => [" with ", &status.to_string()].concat(),
            SetReply::Never => " without an answer".to_owned(),
        };
        text = [&text, ", after failing ", &fail_first.to_string(), &failing].concat();
    }
    text.push('.');
    if let Some(token) = require_token {
        text = [&text, " Wants the token ", &masked(token), ", else 401."].concat();
    }
    text
}

fn said(reply: SetReply) -> String {
    match reply {
        SetReply::Status(status) => ["Answers ", &status.to_string()].concat(),
        SetReply::Never => "Never answers".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_a_receiver_does_is_told_in_words() {
        let answer = SetAnswer {
            fail_first: 2,
            require_token: Some("c8974e592c2fa383d4a3960714".into()),
            ..SetAnswer::always(SetReply::Status(204))
        };
        assert_eq!(
            answering(&Answering::Set(answer)),
            "Answers 204, after failing 2 with 503. Wants the token c897••••••••••••••••••0714, else 401."
        );
        let never = SetAnswer::always(SetReply::Never);
        assert_eq!(answering(&Answering::Set(never)), "Never answers.");
    }
}
