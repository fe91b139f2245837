//! What clients were told.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::{
    AttrValue, Callback, Html, NodeRef, Properties, component, html, use_callback, use_node_ref,
    use_state,
};

use super::act::Act;
use super::parts::{PAGE, Shape, more, small_icon};
use super::receiver_field::{Choice, receiver_field};
use super::shared::{List, Shared};
use super::state::Config;
use crate::engine::Session;
use crate::sandbox::Notification;
use item::NotificationItem;
use network_switch::NetworkSwitch;

mod attempts;
mod item;
mod network_switch;

#[derive(Properties, PartialEq)]
pub(super) struct NotificationsProps {
    pub(super) notifications: List<Notification>,
    /// How many older ones are gone.
    pub(super) dropped: u64,
    /// Where notifications would go.
    pub(super) sessions: List<Session>,
    pub(super) config: Rc<Config>,
    pub(super) filter: AttrValue,
    /// The one that is open.
    pub(super) read: Option<AttrValue>,
    pub(super) on_act: Callback<Act>,
}

/// Every notification, newest first, and who gets them.
#[component]
pub(super) fn Notifications(props: &NotificationsProps) -> Html {
    let asking = use_state(|| false);
    let pane = use_node_ref();
    let on_choice = {
        let asking = asking.setter();
        use_callback(
            props.on_act.clone(),
            move |choice: Choice, on_act: &Callback<Act>| {
                let network = choice == Choice::Network;
                asking.set(network);
                if !network {
                    on_act.emit(Act::Receive(choice));
                }
            },
        )
    };
    let on_answer = {
        let (asking, on_act) = (asking.setter(), props.on_act.clone());
        let pane = pane.clone();
        Callback::from(move |yes| {
            asking.set(false);
            focus_choice(&pane);
            if yes {
                on_act.emit(Act::Receive(Choice::Network));
            }
        })
    };
    let notifications = &props.notifications;
    html! {
        <section class="pane notify" id="notifications" tabindex="-1" aria-labelledby="h-notifications" ref={pane}>
            <div class="head rule">
                <h2 id="h-notifications">{ "Notifications" }</h2>
                if !notifications.is_empty() {
                    <span class="count num">{ notifications.len() }</span>
                }
                <span class="grow" />
                { receiver_field(props.config.receiver, &on_choice) }
            </div>
            if *asking {
                <NetworkSwitch sessions={props.sessions.clone()} {on_answer} />
            }
            if props.config.receiver == Choice::Network {
                <p class="leaves">{ small_icon(Shape::Warn) }{ "Real POSTs are on: notifications leave this tab." }</p>
            }
            <Stream notifications={notifications.clone()} dropped={props.dropped} on_redeliver={props.on_act.reform(Act::Redeliver)} />
        </section>
    }
}

/// Back to where the question came from.
fn focus_choice(pane: &NodeRef) {
    let choice = pane
        .cast::<Element>()
        .and_then(|pane| pane.query_selector("#receiver").ok()?);
    if let Some(choice) = choice.and_then(|choice| choice.dyn_into::<HtmlElement>().ok()) {
        // Where it cannot have the focus, nothing is lost.
        let _ = choice.focus();
    }
}

#[derive(Properties, PartialEq)]
struct StreamProps {
    notifications: List<Notification>,
    dropped: u64,
    on_redeliver: Callback<AttrValue>,
}

#[component]
fn Stream(props: &StreamProps) -> Html {
    let shown = use_state(|| PAGE);
    let notifications = &props.notifications;
    let item = |notification: &Shared<Notification>| {
        html! {
            <NotificationItem
                key={notification.message.id.clone()} notification={notification.clone()}
                on_redeliver={props.on_redeliver.clone()}
            />
        }
    };
    if notifications.is_empty() {
        return html! {
            <div class="empty">
                <h3>{ "No notifications yet" }</h3>
                <p>{ "A session sends one to its webhook each time its qosStatus becomes AVAILABLE or UNAVAILABLE." }</p>
            </div>
        };
    }
    html! {
        <div class="scroll">
            <ol class="stream" aria-label="Notifications, newest first">
                { for notifications.iter().take(*shown).map(item) }
            </ol>
            { more(&shown, notifications.len(), props.dropped) }
        </div>
    }
}
