//! What was sent: the request, and what came of it.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_node_ref};

use super::attempts::{attempts, last};
use crate::api::secret::{masked_header, masked_url};
use crate::engine::Webhook;
use crate::sandbox::{Message, Notification};
use crate::ui::act::{Act, doing};
use crate::ui::parts::{Shape, json, small_icon};
use crate::ui::shared::Shared;
use crate::ui::snippet::recorded;
use crate::ui::use_effect::use_effect;

#[derive(Properties, PartialEq)]
pub(super) struct OpenedProps {
    pub(super) notification: Shared<Notification>,
    /// Whether its session is still on show.
    pub(super) has_session: bool,
    /// Gets its height, in CSS pixels.
    pub(super) on_height: Callback<f64>,
    pub(super) on_act: Callback<Act>,
}

/// The request as sent, or what would have been its body, and what came of it.
#[component]
pub(super) fn Opened(props: &OpenedProps) -> Html {
    let node = use_node_ref();
    use_effect({
        let (node, on_height) = (node.clone(), props.on_height.clone());
        move || {
            if let Some(node) = node.cast::<HtmlElement>() {
                on_height.emit(node.offset_height().into());
            }
        }
    });
    let OpenedProps {
        notification,
        on_act,
        ..
    } = props;
    let message = &notification.message;
    let event = serde_json::to_string(&message.event()).unwrap_or_default();
    html! {
        <div class="nt__body" ref={node}>
            { of(message, props) }
            if message.webhook.is_none() {
                <p class="note">{ "The session was created without a webhook: nothing was sent." }</p>
            }
            <div class="wire">
                { for message.webhook.iter().map(|webhook| head(message, webhook)) }
                { json("CloudEvent", &event) }
            </div>
            if message.webhook.is_some() {
                { attempts(notification) }
            }
            <div class="nt__act">
                { button(on_act, Shape::Copy, "Copy", Act::Copy(event.into(), "CloudEvent".into())) }
                if let Some(webhook) = &message.webhook {
                    { button(on_act, Shape::Copy, "Copy as cURL", Act::CopyCurl(Rc::new(recorded(&message.request(webhook))))) }
                    { button(on_act, Shape::Retry, "Redeliver", Act::Redeliver(message.id.to_string().into())) }
                }
                <span class="grow" />
                <span class="muted num small">{ last(notification) }</span>
            </div>
        </div>
    }
}

/// The session that it is about.
fn of(message: &Message, props: &OpenedProps) -> Html {
    let session = message.session;
    let id = AttrValue::from(session.to_string());
    html! {
        <p class="nt__of">
            <span class="muted">{ "Session " }</span>
            if props.has_session {
                <button class="link mono" type="button" title="Show the session" onclick={doing(&props.on_act, Act::Select(Some(session)))}>{ id }</button>
            } else {
                <code>{ id }</code>
            }
        </p>
    }
}

fn head(message: &Message, webhook: &Webhook) -> Html {
    let request = message.request(webhook);
    html! {
        <div class="wire__req">
            <div><b class="verb post">{ request.method }</b>{ " " }<bdi>{ masked_url(&request.url).into_owned() }</bdi></div>
            { for request.headers.iter().map(|(name, value)| html! {
                <div><span class="hn">{ name }{ ": " }</span><bdi>{ masked_header(name, value).into_owned() }</bdi></div>
            }) }
        </div>
    }
}

fn button(on_act: &Callback<Act>, shape: Shape, label: &'static str, act: Act) -> Html {
    let onclick = doing(on_act, act);
    html! { <button class="btn btn--sm" type="button" {onclick}>{ small_icon(shape) }{ label }</button> }
}
