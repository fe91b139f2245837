//! The choice of a QoS profile.

use yew::{AttrValue, Html, html};

use crate::engine::{Catalogue, Profile, ProfileStatus, Quantity, TimeUnit};
use crate::ui::format;

/// The names on offer.
pub(super) fn options(catalogue: &Catalogue) -> Vec<(AttrValue, AttrValue)> {
    let option = |known: &Profile| (known.name.to_string().into(), label(known).into());
    catalogue.iter().map(option).collect()
}

/// What the profile of that name is good for.
pub(super) fn facts(catalogue: &Catalogue, name: &str) -> Html {
    let mut known = catalogue.iter();
    let profile = known.find(|known| known.name.as_str() == name);
    profile.map_or_else(|| html! { "Not in the catalogue" }, figures)
}

fn label(profile: &Profile) -> String {
    let name = profile.name.to_string();
    match profile.status {
        ProfileStatus::Active => name,
        ProfileStatus::Inactive => name + " (inactive)",
        ProfileStatus::Deprecated => name + " (deprecated)",
    }
}

fn figures(profile: &Profile) -> Html {
    let longest = profile
        .max_duration
        .map(|max| format::duration(max.duration()));
    let rate = profile
        .downstream
        .target_min
        .map(|rate| format!("{} {:?}", rate.value, rate.unit));
    let fact = |value: Option<String>, of: &str| {
        value
            .map(|value| html! { <span><b>{ value }</b>{ of }</span> })
            .unwrap_or_default()
    };
    html! {
        <>
            { fact(profile.packet_delay_budget.map(quantity), " delay") }
            { fact(rate, " down") }
            { fact(longest, " max") }
        </>
    }
}

fn quantity(quantity: Quantity) -> String {
    let unit = match quantity.unit {
        TimeUnit::Days => "d",
        TimeUnit::Hours => "h",
        TimeUnit::Minutes => "m",
        TimeUnit::Seconds => "s",
        TimeUnit::Milliseconds => "ms",
        TimeUnit::Microseconds => "µs",
        TimeUnit::Nanoseconds => "ns",
    };
    format!("{} {unit}", quantity.value)
}
