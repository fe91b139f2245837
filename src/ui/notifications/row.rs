//! A notification at a glance, and what was sent.

use yew::{AttrValue, Callback, Html, Properties, classes, component, html, use_state};

use super::attempts::{mark, outcome};
use super::opened::Opened;
use crate::sandbox::Notification;
use crate::ui::act::{Act, doing};
use crate::ui::parts::chip;
use crate::ui::shared::Shared;
use crate::ui::{describe, format};

#[derive(Properties, PartialEq)]
pub(super) struct RowProps {
    pub(super) notification: Shared<Notification>,
    pub(super) open: bool,
    /// Whether its session is still on show, if it is open.
    pub(super) has_session: bool,
    /// Whether it has just come.
    pub(super) fresh: bool,
    /// Its place, and of how many, in a list of which not all is there.
    pub(super) place: Option<(usize, usize)>,
    /// Gets how high what was sent is, in CSS pixels.
    pub(super) on_height: Callback<f64>,
    pub(super) on_act: Callback<Act>,
}

/// Two lines; with what was sent if it is open.
#[component]
pub(super) fn Row(props: &RowProps) -> Html {
    // Its tint fades once, whatever happens to the list meanwhile.
    let fresh = *use_state(|| props.fresh);
    let RowProps {
        notification, open, ..
    } = props;
    let open = *open;
    let message = &notification.message;
    let (tone, label) = describe::status(message.status);
    let onclick = {
        let id = AttrValue::from(message.id.to_string());
        doing(&props.on_act, Act::Read((!open).then_some(id)))
    };
    let (position, size) = props.place.unzip();
    html! {
        <li
            class={classes!("nt", open.then_some("open"), fresh.then_some("is-new"))}
            aria-posinset={position.map(|place| place.to_string())} aria-setsize={size.map(|size| size.to_string())}
        >
            <button class="nt__row" type="button" aria-expanded={open.to_string()} {onclick}>
                <span class="nt__a">{ chip(tone, label.into()) }<span class="mono">{ format::short_id(message.session) }</span></span>
                <time class="num" datetime={message.at.to_string()}>{ format::time_of_day(message.at) }</time>
                <span class="nt__b">
                    if let Some(info) = message.info {
                        <code class="trunc">{ describe::status_info(info) }</code>
                    } else {
                        <code class="muted">{ "no statusInfo" }</code>
                    }
                </span>
                <span class="nt__b">{ tries(notification) }{ mark(outcome(notification)) }</span>
            </button>
            if open {
                <Opened
                    notification={notification.clone()} has_session={props.has_session}
                    on_height={props.on_height.clone()} on_act={props.on_act.clone()}
                />
            }
        </li>
    }
}

/// How many attempts there were, if there were more than one.
fn tries(notification: &Notification) -> Html {
    let attempts = notification
        .deliveries
        .last()
        .map_or(0, |last| last.attempt);
    if attempts < 2 {
        return Html::default();
    }
    let attempts = attempts.to_string();
    let title = [&attempts, " attempts"].concat();
    html! { <span class="count num" {title}>{ "×" }{ attempts }</span> }
}
