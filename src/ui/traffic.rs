//! Every request and its answer.

use yew::{Callback, Html, Properties, component, html};

use super::act::Act;
use super::shared::List;
use crate::sandbox::Exchange;

#[derive(Properties, PartialEq)]
pub(super) struct TrafficProps {
    pub(super) traffic: List<Exchange>,
    /// How many older ones are gone.
    pub(super) dropped: u64,
    /// Those up to this one are hidden.
    pub(super) cleared: u64,
    /// How many milliseconds an answer took.
    pub(super) took: Callback<u64, Option<f64>>,
    pub(super) on_act: Callback<Act>,
}

/// Requests, newest first.
#[component]
pub(super) fn Traffic(props: &TrafficProps) -> Html {
    html! {
        <section class="traffic" id="traffic" tabindex="-1" aria-labelledby="h-traffic">
            <div class="head"><h2 id="h-traffic">{ "Traffic" }</h2><span class="count num">{ props.traffic.len() }</span></div>
        </section>
    }
}
