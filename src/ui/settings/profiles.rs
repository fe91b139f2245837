//! The catalogue of profiles: its figures, and a way to another one.

use std::rc::Rc;

use yew::{AttrValue, Callback, Event, Html, Properties, component, html, use_state};

use super::choices::operator;
use super::form::Form;
use super::forms;
use crate::api;
use crate::engine::{Catalogue, Profile, ProfileStatus, Quantity, Rate, TimeUnit};
use crate::ui::act::{Act, doing};
use crate::ui::page::Page;
use crate::ui::parts::{Tone, chip};
use crate::ui::request::pretty::pretty;
use crate::ui::state::Config;

#[derive(Properties, PartialEq)]
pub(super) struct ProfilesProps {
    pub(super) config: Rc<Config>,
    pub(super) page: Page,
    pub(super) on_act: Callback<Act>,
}

const HEADS: [&str; 6] = ["Profile", "Down", "Up", "Delay", "Shortest", "Longest"];

/// The table, and its text to be changed.
#[component]
pub(super) fn Profiles(props: &ProfilesProps) -> Html {
    let catalogue = &props.config.catalogue;
    // The text is made when it is wanted.
    let open = use_state(|| false);
    let ontoggle = {
        let open = open.clone();
        move |_: Event| open.set(!*open)
    };
    let standard = operator(&props.config, |rules| rules.profiles = Catalogue::default());
    let own = props.config.settings.operator.profiles != Catalogue::default();
    html! {
        <>
            <table class="grid">
                <thead><tr>{ for HEADS.map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                <tbody>{ for catalogue.iter().map(row) }</tbody>
            </table>
            if own {
                <p>
                    <button class="btn btn--sm" type="button" onclick={doing(&props.on_act, Act::Configure(standard))}>
                        { "Back to the default" }
                    </button>
                </p>
            }
            <details class="set__more" {ontoggle}>
                <summary>{ "Replace them" }</summary>
                if *open {
                    <Form spec={&forms::PROFILES} initial={vec![json(catalogue)]} page={props.page.clone()} />
                }
            </details>
        </>
    }
}

fn row(profile: &Profile) -> Html {
    let status = match profile.status {
        ProfileStatus::Active => None,
        ProfileStatus::Inactive => Some("INACTIVE"),
        ProfileStatus::Deprecated => Some("DEPRECATED"),
    };
    let (down, up) = (profile.downstream, profile.upstream);
    let figures = [
        down.target_min.or(down.max).map(rate),
        up.target_min.or(up.max).map(rate),
        profile.packet_delay_budget.map(quantity),
        profile.min_duration.map(quantity),
        profile.max_duration.map(quantity),
    ];
    let figure = |figure: Option<String>| html! { <td class="num">{ figure.unwrap_or_else(|| "–".to_owned()) }</td> };
    html! {
        <tr key={profile.name.to_string()} title={profile.description.clone()}>
            <th scope="row">
                <code>{ profile.name.to_string() }</code>
                { for status.map(|status| chip(Tone::End, AttrValue::from(status))) }
            </th>
            { for figures.map(figure) }
        </tr>
    }
}

fn rate(rate: Rate) -> String {
    use crate::engine::RateUnit::{Bps, Gbps, Kbps, Mbps, Tbps};
    let unit = match rate.unit {
        Bps => " bps",
        Kbps => " kbps",
        Mbps => " Mbps",
        Gbps => " Gbps",
        Tbps => " Tbps",
    };
    rate.value.to_string() + unit
}

fn quantity(quantity: Quantity) -> String {
    let unit = match quantity.unit {
        TimeUnit::Days => " d",
        TimeUnit::Hours => " h",
        TimeUnit::Minutes => " m",
        TimeUnit::Seconds => " s",
        TimeUnit::Milliseconds => " ms",
        TimeUnit::Microseconds => " µs",
        TimeUnit::Nanoseconds => " ns",
    };
    quantity.value.to_string() + unit
}

/// The catalogue as the API lists it.
fn json(catalogue: &Catalogue) -> AttrValue {
    let profiles: Vec<_> = catalogue.iter().map(api::qos_profile).collect();
    pretty(&api::value_of(&profiles)).into()
}
