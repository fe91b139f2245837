//! A receiver to be added.

use yew::{
    AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_force_update,
    use_mut_ref, use_state,
};

use super::input::Input;
use crate::api::uri;
use crate::sandbox::{Answering, Receiver, SetAnswer, SetReply, Target};
use crate::ui::act::Act;
use crate::ui::parts::{Select, Shape, icon, segmented};

/// For what it is.
const TARGETS: [&str; 3] = ["One URL", "An origin", "All URLs"];

/// Statuses to answer with; 0 is never.
const STATUSES: [u16; 14] = [
    200, 202, 204, 301, 400, 401, 403, 404, 410, 429, 500, 502, 503, 0,
];

/// The longest token that is worth insisting on: clients cannot give a longer one.
const LONGEST_TOKEN: usize = 256;

#[derive(Clone, PartialEq)]
struct Draft {
    target: usize,
    address: AttrValue,
    reply: u16,
    fail_first: u32,
    fail_with: u16,
    token: AttrValue,
}

/// The usual one: every notification is taken.
impl Default for Draft {
    fn default() -> Self {
        Self {
            target: 0,
            address: AttrValue::default(),
            reply: 204,
            fail_first: 0,
            fail_with: 503,
            token: AttrValue::default(),
        }
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct NewReceiverProps {
    pub(super) on_act: Callback<Act>,
}

/// What it is there for, what it answers, and a button.
#[component]
pub(super) fn NewReceiver(props: &NewReceiverProps) -> Html {
    // Two fields may change before it is shown again.
    let draft = use_mut_ref(Draft::default);
    let show = use_force_update();
    // Told only once it was asked for.
    let missing = use_state(|| false);
    // Also what Enter does in a field. A frame that may not send forms would never hear of `submit`.
    let onclick = {
        let (draft, missing, on_act) = (draft.clone(), missing.clone(), props.on_act.clone());
        move |event: MouseEvent| {
            event.prevent_default();
            let receiver = draft.borrow().receiver();
            missing.set(receiver.is_none());
            if let Some(receiver) = receiver {
                let target = draft.borrow().target;
                draft.replace(Draft {
                    target,
                    ..Draft::default()
                });
                on_act.emit(Act::AddReceiver(receiver));
            }
        }
    };
    let text = |write: fn(&mut Draft, &str) -> bool| {
        let (draft, show) = (draft.clone(), show.clone());
        Callback::from(move |text: String| {
            let taken = write(&mut draft.borrow_mut(), &text);
            show.force_update();
            taken
        })
    };
    let to = {
        let (draft, show) = (draft.clone(), show.clone());
        Callback::from(move |target| {
            draft.borrow_mut().target = target;
            show.force_update();
        })
    };
    let status = |id: &'static str, label: &'static str, value: u16, write: fn(&mut Draft, u16)| {
        let (draft, show) = (draft.clone(), show.clone());
        let onselect = Callback::from(move |value: AttrValue| {
            write(&mut draft.borrow_mut(), value.parse().unwrap_or(0));
            show.force_update();
        });
        html! {
            <div class="field">
                <div class="field__top"><label for={id}>{ label }</label></div>
                <Select class="select" {id} options={options()} value={value.to_string()} {onselect} />
            </div>
        }
    };
    let draft = draft.borrow();
    html! {
        <section aria-labelledby="h-new-receiver">
            <h3 id="h-new-receiver">{ "Add a receiver" }</h3>
            <form class="receivers__new" novalidate=true>
                { segmented("For", "receiver-target", &TARGETS, Some(draft.target), &to) }
                if draft.target < 2 {
                    <Input
                        key={draft.target} id="receiver-address" label={if draft.target == 0 { "URL" } else { "Origin" }}
                        hint={if draft.target == 0 { "As in notificationUrl: http or https" } else { "https://host, or with a port: all its URLs" }}
                        value={draft.address.clone()} mode="url" take={text(|draft, text| {
                            draft.address = text.to_owned().into();
                            is_address(text)
                        })}
                    />
                }
                <div class="receivers__grid">
                    { status("receiver-reply", "Answers", draft.reply, |draft, status| draft.reply = status) }
                    <Input
                        id="receiver-token" label="Wants the token" hint="Without it, 401" optional=true value={draft.token.clone()}
                        take={text(|draft, text| {
                            draft.token = text.to_owned().into();
                            text.len() <= LONGEST_TOKEN
                        })}
                    />
                    <Input
                        id="receiver-fails" label="Fails the first" hint="How many deliveries, 0 or more" mode="numeric"
                        value={draft.fail_first.to_string()} take={text(|draft, text| {
                            text.parse().map(|count| draft.fail_first = count).is_ok()
                        })}
                    />
                    { status("receiver-fails-with", "Fails with", draft.fail_with, |draft, status| draft.fail_with = status) }
                </div>
                <p class="receivers__add">
                    <button class="btn" type="submit" {onclick}>{ icon(Shape::Plus) }{ "Add receiver" }</button>
                    if *missing {
                        <span class="bad small" role="alert">{ "Give an absolute address with http or https." }</span>
                    }
                </p>
            </form>
        </section>
    }
}

/// Statuses and what they are called.
fn options() -> Vec<(AttrValue, AttrValue)> {
    let option = |status: u16| {
        let value = AttrValue::from(status.to_string());
        let label = if status == 0 {
            AttrValue::from("never")
        } else {
            value.clone()
        };
        (value, label)
    };
    STATUSES.map(option).to_vec()
}

impl Draft {
    /// The receiver that it describes, if it is complete.
    fn receiver(&self) -> Option<Receiver> {
        let address = || is_address(&self.address).then(|| self.address.as_str());
        let target = match self.target {
            0 => Target::Url(address()?.into()),
            1 => Target::Origin(uri::origin(address()?).into()),
            _ => Target::Any,
        };
        let token = self.token.as_str();
        Some(Receiver {
            target,
            answering: Answering::Set(SetAnswer {
                reply: reply(self.reply),
                fail_first: self.fail_first,
                fail_with: reply(self.fail_with),
                require_token: (!token.is_empty()).then(|| token.into()),
            }),
        })
    }
}

const fn reply(status: u16) -> SetReply {
    match status {
        0 => SetReply::Never,
        status => SetReply::Status(status),
    }
}

/// Whether something can be sent there.
fn is_address(text: &str) -> bool {
    let Some((_, rest)) = text.split_once("://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    uri::is_http(text)
        && !host.is_empty()
        && !host.starts_with(':')
        && !host.contains('@')
        && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_receiver_needs_an_address_unless_it_is_for_all() {
        let draft = |target, address: &'static str| Draft {
            target,
            address: address.into(),
            ..Draft::default()
        };
        for wrong in [
            "",
            "app.example",
            "ftp://a",
            "https://",
            "https:///x",
            "https://u@a",
            "https://a b",
            "mailto:a@b",
        ] {
            assert_eq!(draft(0, wrong).receiver(), None, "{wrong}");
        }
        let origin = draft(1, "HTTPS://App.example:443/hook").receiver();
        assert_eq!(
            origin.map(|one| one.target),
            Some(Target::Origin("https://app.example".into()))
        );
        let any = draft(2, "").receiver();
        assert_eq!(
            any.map(|one| one.answering),
            Some(Answering::Set(SetAnswer::always(SetReply::Status(204))))
        );
    }
}
