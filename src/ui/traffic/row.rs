//! A request at a glance.

use std::rc::Rc;

use web_sys::{Element, MouseEvent};
use yew::{Callback, Html, Properties, TargetCast as _, component, html};

use super::filter::verdict;
use crate::api::secret::masked_url;
use crate::sandbox::Exchange;
use crate::ui::act::Act;
use crate::ui::format;
use crate::ui::parts::{Shape, small_icon, tone_of};
use crate::ui::shared::Shared;
use crate::ui::snippet::recorded;

#[derive(Properties, PartialEq)]
pub(super) struct RowProps {
    pub(super) exchange: Shared<Exchange>,
    pub(super) open: bool,
    /// Its place in the table, whose head is 1.
    pub(super) index: usize,
    /// How many milliseconds the answer took.
    pub(super) took: Callback<u64, Option<f64>>,
    /// Opens one, or none.
    pub(super) on_read: Callback<Option<u64>>,
    pub(super) on_act: Callback<Act>,
}

/// Time, method, path, status, and how long it took.
#[component]
pub(super) fn Row(props: &RowProps) -> Html {
    let RowProps { exchange, open, .. } = props;
    let (id, open) = (exchange.id, *open);
    let request = &exchange.request;
    // The whole row is pressed with the pointer, its button with the keyboard.
    let onclick = {
        let on_read = props.on_read.clone();
        move |event: MouseEvent| {
            let pressed: Option<Element> = event.target_dyn_into();
            let other = pressed.and_then(|pressed| pressed.closest(".log__copy").ok()?);
            if other.is_none() {
                on_read.emit((!open).then_some(id));
            }
        }
    };
    let copy = {
        let exchange = exchange.clone();
        props
            .on_act
            .reform(move |_| Act::CopyCurl(Rc::new(recorded(&exchange.request))))
    };
    let path = format::path(request);
    let before = path_before(&request.url, path);
    let url = masked_url(&request.url).into_owned();
    let path = masked_url(path).into_owned();
    let took = props.took.emit(id).map(format::took);
    let label = ["Copy ", &request.method, " ", &path, " as cURL"].concat();
    html! {
        <tr class={if open { "is-open" } else { "" }} aria-rowindex={props.index.to_string()} {onclick}>
            <td><time class="num" datetime={exchange.at.to_string()}>{ format::time_of_day(exchange.at) }</time></td>
            <td><span class={["verb ", &request.method.to_ascii_lowercase()].concat()}>{ &request.method }</span></td>
            <td>
                <button class="log__path mono" type="button" aria-expanded={open.to_string()} title={url}>
                    <bdi><span class="pre">{ before.to_owned() }</span>{ path }</bdi>
                </button>
            </td>
            <td>{ status(exchange) }</td>
            <td class="r num c-took">{ took }</td>
            <td class="r">
                <button class="btn btn--ghost btn--sm btn--icon log__copy" type="button" aria-label={label} title="Copy as cURL" onclick={copy}>
                    { small_icon(Shape::Copy) }
                </button>
            </td>
        </tr>
    }
}

/// What all paths of the API have in common, if this is one of it: it is of less interest.
fn path_before<'a>(url: &'a str, path: &str) -> &'a str {
    let at = url.len() - path.len();
    let before = url.get(..at).unwrap_or_default();
    before.get(at.saturating_sub(7)..).unwrap_or_default()
}

/// Icon, number and word.
fn status(exchange: &Exchange) -> Html {
    let status = exchange.status();
    let tone = tone_of(status);
    let verdict = verdict(exchange).to_owned();
    html! {
        <span class={["code-s log__status ", tone.class()].concat()} title={verdict.clone()}>
            { small_icon(tone.shape()) }{ (status > 0).then_some(status) }<span class="trunc">{ verdict }</span>
        </span>
    }
}
