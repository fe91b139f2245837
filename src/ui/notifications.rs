//! What clients were told.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::{
    AttrValue, Callback, Html, NodeRef, Properties, component, html, use_callback, use_memo,
    use_node_ref, use_state,
};

use super::act::{Act, Open, doing};
use super::layout::role;
use super::matching::Wanted;
use super::parts::{Search, Shape, icon, search, small_icon};
use super::receiver_field::{Choice, receiver_field};
use super::shared::List;
use super::state::Config;
use crate::engine::Session;
use crate::sandbox::Notification;
use empty::{empty, nothing};
use filter::matches;
use network_switch::NetworkSwitch;
use stream::Stream;

mod attempts;
mod bring;
mod empty;
mod filter;
mod network_switch;
mod opened;
mod row;
mod stream;

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
    /// Whether there is the room of a page.
    pub(super) fill: bool,
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
    let all = &props.notifications;
    let shown = use_memo((all.clone(), props.filter.clone()), |(all, filter)| {
        let wanted = Wanted::new(filter);
        if wanted.is_empty() {
            return all.clone();
        }
        all.filtered(|notification| matches(notification, &wanted))
    });
    let filtered = !props.filter.trim_ascii().is_empty();
    let on_filter = props.on_act.reform(Act::Filter);
    let is_network = props.config.receiver == Choice::Network;
    html! {
        <section class="pane notify" part="notifications" role={role(props.fill)} id="notifications" tabindex="-1" aria-labelledby="h-notifications" ref={pane}>
            <div class="head">
                <h2 id="h-notifications">{ "Notifications" }</h2>
                if filtered {
                    <span class="count num">{ shown.len() }{ " of " }{ all.len() }</span>
                } else if !all.is_empty() {
                    <span class="count num">{ all.len() }</span>
                }
                <span class="grow" />
                { receiver_field(props.config.receiver, &on_choice) }
                <button
                    class="btn btn--ghost btn--sm btn--icon" type="button" aria-haspopup="dialog" aria-label="Receivers and delivery"
                    title="Receivers and delivery" onclick={doing(&props.on_act, Act::Open(Open::Receivers))}
                >
                    { icon(Shape::Sliders) }
                </button>
            </div>
            if *asking {
                <NetworkSwitch sessions={props.sessions.clone()} {on_answer} />
            }
            if is_network {
                <p class="leaves">{ small_icon(Shape::Warn) }{ "Real POSTs are on: notifications leave this tab." }</p>
            }
            if !all.is_empty() || filtered {
                <div class="notify__tools">
                    { search(Search {
                        id: "filter",
                        label: "Filter notifications",
                        placeholder: "Filter by session, status or info",
                        value: props.filter.clone(),
                        key: "/",
                        oninput: on_filter,
                    }) }
                    if filtered && shown.is_empty() {
                        { nothing(&props.filter, &props.on_act) }
                    }
                </div>
            }
            if all.is_empty() && !filtered {
                { empty(props.config.receiver, &props.on_act) }
            } else if !shown.is_empty() {
                <Stream
                    all={all.clone()} shown={(*shown).clone()} filter={props.filter.clone()} dropped={props.dropped}
                    sessions={props.sessions.clone()} read={props.read.clone()} on_act={props.on_act.clone()}
                />
            }
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
