//! Every request and its answer.

use yew::{AttrValue, Callback, Html, Properties, component, html, use_memo, use_state};

use super::act::{Act, doing};
use super::layout::role;
use super::matching::Wanted;
use super::parts::{Search, Shape, search, small_icon};
use super::shared::List;
use crate::sandbox::Exchange;
use filter::matches;
use log::Log;

mod filter;
mod log;
mod message;
mod opened;
mod row;

/// From this height of the window on there is room for it, where it shares one with the sessions.
const HIGH: i32 = 860;

/// Up to this width it stands below them.
const NARROW: i32 = 1_100;

#[derive(Properties, PartialEq)]
pub(super) struct TrafficProps {
    pub(super) traffic: List<Exchange>,
    /// How many older ones are gone.
    pub(super) dropped: u64,
    /// Those up to this one are hidden.
    pub(super) cleared: u64,
    /// Whether there is the room of a page; else it is unfolded at the start.
    pub(super) fill: bool,
    /// How many milliseconds an answer took.
    pub(super) took: Callback<u64, Option<f64>>,
    pub(super) on_act: Callback<Act>,
}

/// Requests, newest first.
#[component]
pub(super) fn Traffic(props: &TrafficProps) -> Html {
    let TrafficProps {
        traffic, on_act, ..
    } = props;
    let unfolded = use_state(|| !props.fill || has_room());
    let filter = use_state(AttrValue::default);
    let kept = use_memo((traffic.clone(), props.cleared), |(traffic, cleared)| {
        if *cleared == 0 {
            traffic.clone()
        } else {
            traffic.filtered(|exchange| exchange.id > *cleared)
        }
    });
    let shown = use_memo(((*kept).clone(), (*filter).clone()), |(kept, filter)| {
        let wanted = Wanted::new(filter);
        if wanted.is_empty() {
            return kept.clone();
        }
        kept.filtered(|exchange| matches(exchange, &wanted))
    });
    let filtered = !filter.trim_ascii().is_empty();
    let is_open = *unfolded;
    let oninput = {
        let filter = filter.setter();
        Callback::from(move |text| filter.set(text))
    };
    let unfold = {
        let unfolded = unfolded.setter();
        move |_| unfolded.set(!is_open)
    };
    let clear_filter = oninput.reform(|_| AttrValue::default());
    html! {
        <section class={if is_open { "traffic" } else { "traffic traffic--shut" }} part="traffic" role={role(props.fill)} id="traffic" tabindex="-1" aria-labelledby="h-traffic">
            <div class="head traffic__head">
                <button
                    class="btn btn--ghost btn--sm btn--icon traffic__fold" type="button" aria-expanded={is_open.to_string()}
                    aria-label="Traffic" title={if is_open { "Collapse" } else { "Expand" }} onclick={unfold}
                >
                    { small_icon(Shape::Chevron) }
                </button>
                <h2 id="h-traffic">{ "Traffic" }</h2>
                <span class="count num">{ count(kept.len(), filtered.then_some(shown.len())) }</span>
                <span class="grow" />
                if is_open && !kept.is_empty() {
                    { search(Search {
                        id: "traffic-filter",
                        label: "Filter requests",
                        placeholder: "Filter by path, status or code",
                        value: (*filter).clone(),
                        key: "",
                        oninput,
                    }) }
                    { small_button(on_act, "HAR", Act::Export("har"), Some(Shape::Down)) }
                    { small_button(on_act, "Clear", Act::ClearTraffic(true), None) }
                }
            </div>
            if is_open {
                if kept.is_empty() {
                    <p class="note traffic__note">{ "Requests to the mock appear here, newest first. They are answered in this tab." }</p>
                } else if shown.is_empty() {
                    <p class="note traffic__note" role="status">
                        { "Nothing matches “" }<bdi>{ &*filter }</bdi>{ "”. " }
                        <button class="link" type="button" onclick={clear_filter}>{ "Clear filter" }</button>
                    </p>
                } else {
                    <Log shown={(*shown).clone()} filter={(*filter).clone()} dropped={props.dropped} took={props.took.clone()} on_act={on_act.clone()} />
                }
            }
        </section>
    }
}

/// `7 requests`, or `3 of 7`.
fn count(all: usize, shown: Option<usize>) -> String {
    let all = all.to_string();
    match (shown, all.as_str()) {
        (Some(shown), all) => [&shown.to_string(), " of ", all].concat(),
        (None, "1") => "1 request".to_owned(),
        (None, all) => [all, " requests"].concat(),
    }
}

/// Whether the window is high enough at the start.
fn has_room() -> bool {
    let root = || web_sys::window()?.document()?.document_element();
    root().is_none_or(|root| root.client_height() > HIGH || root.client_width() < NARROW)
}

pub(super) fn small_button(
    on_act: &Callback<Act>,
    label: &'static str,
    act: Act,
    shape: Option<Shape>,
) -> Html {
    let onclick = doing(on_act, act);
    html! {
        <button class="btn btn--ghost btn--sm" type="button" {onclick}>{ for shape.map(small_icon) }{ label }</button>
    }
}
