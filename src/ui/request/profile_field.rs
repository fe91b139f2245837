//! The choice of a QoS profile.

use yew::{AttrValue, Callback, Html, html};

use crate::engine::{Catalogue, Profile, ProfileStatus, Quantity, TimeUnit};
use crate::ui::format;
use crate::ui::parts::Select;

/// The names on offer, and what the one chosen is good for.
pub(super) fn profile_field(
    profile: &str,
    catalogue: &Catalogue,
    onselect: &Callback<String>,
) -> Html {
    let known = catalogue
        .iter()
        .find(|known| known.name.as_str() == profile);
    let mut options: Vec<(AttrValue, AttrValue)> = catalogue
        .iter()
        .map(|known| (known.name.to_string().into(), label(known).into()))
        .collect();
    if known.is_none() {
        let shown = if profile.is_empty() { "none" } else { profile };
        options.push((profile.to_owned().into(), shown.to_owned().into()));
    }
    html! {
        <div class="field">
            <div class="field__top"><label for="profile">{ "QoS profile" }</label></div>
            <Select
                class="select" id="profile" describedby="profile-hint" {options} value={profile.to_owned()}
                onselect={onselect.reform(|chosen: AttrValue| chosen.to_string())}
            />
            <p class="facts num" id="profile-hint">
                { known.map_or_else(|| html! { "Not in the catalogue" }, facts) }
            </p>
        </div>
    }
}

fn label(profile: &Profile) -> String {
    let name = profile.name.to_string();
    match profile.status {
        ProfileStatus::Active => name,
        ProfileStatus::Inactive => name + " (inactive)",
        ProfileStatus::Deprecated => name + " (deprecated)",
    }
}

fn facts(profile: &Profile) -> Html {
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
