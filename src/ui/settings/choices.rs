//! Settings of which one is chosen at a press, each with what it means.

use std::sync::Arc;
use std::time::Duration;

use yew::{Callback, Html, html};

use crate::api::{self, Dialect};
use crate::engine::{
    ConflictPolicy, Identifier, NetworkAnswer, NetworkPlan, Operator, RegistryMode,
};
use crate::sandbox::{Auth, Setting};
use crate::ui::act::{Act, doing};
use crate::ui::state::Config;

/// A choice between two.
pub(super) struct Choice {
    /// Unique in the console.
    name: &'static str,
    label: &'static str,
    /// What is chosen, and what that means.
    options: [(&'static str, &'static str); 2],
}

/// Which is chosen now, and what chooses each.
pub(super) type Chosen = (usize, [Setting; 2]);

pub(super) const EDITION: Choice = Choice {
    name: "set-dialect",
    label: "Edition of the API",
    options: [
        (
            "CAMARA QoD v0.10.1",
            "The published specification. Profiles come with their figures, errors with its codes.",
        ),
        (
            "Telefónica Open Gateway",
            "The portal's own codes (INVALID_INPUT, UNAUTHORIZED …) and four profiles by name only. Its mock rule holds: a device identifier that ends in 9 is a conflict.",
        ),
    ],
};

pub(super) const ACCESS: Choice = Choice {
    name: "set-auth",
    label: "Access",
    options: [
        (
            "An access token is required",
            "mock_sandbox_access_token, or one from the token endpoint.",
        ),
        (
            "Off",
            "No token is looked at; all requests come from one client.",
        ),
    ],
};

pub(super) const CONFLICTS: Choice = Choice {
    name: "set-conflicts",
    label: "Sessions of a device that are in each other's way",
    options: [
        (
            "Those with overlapping flows",
            "Same device, and servers and ports that overlap: 409.",
        ),
        ("All", "A device has one session at a time."),
    ],
};

pub(super) const REGISTRY: Choice = Choice {
    name: "set-registry",
    label: "Devices served",
    options: [
        (
            "All",
            "Those of the list below, and any other by the identifiers given.",
        ),
        (
            "Only those of the list below",
            "Others are 400: unable to identify the device.",
        ),
    ],
};

pub(super) const GRANTS: Choice = Choice {
    name: "set-grants",
    label: "How it grants, where no scenario is chosen",
    options: [
        (
            "Asynchronously",
            "201 says REQUESTED; AVAILABLE comes 2 s later.",
        ),
        ("Synchronously", "201 says AVAILABLE already."),
    ],
};

/// Radio buttons with their meaning below.
pub(super) fn choice(of: &Choice, chosen: Chosen, on_act: &Callback<Act>) -> Html {
    let (checked, settings) = chosen;
    let option =
        |((place, (label, note)), setting): ((usize, &(&'static str, &'static str)), Setting)| {
            let onchange = doing(on_act, Act::Configure(setting));
            html! {
                <label key={place} class="opt2">
                    <input type="radio" name={of.name} checked={place == checked} {onchange} />
                    <span><b>{ *label }</b><small>{ *note }</small></span>
                </label>
            }
        };
    let options = of.options.iter().enumerate().zip(settings);
    html! {
        <fieldset class="set__choice">
            <legend>{ of.label }</legend>
            { for options.map(option) }
        </fieldset>
    }
}

pub(super) fn edition(config: &Config) -> Chosen {
    let all = [Dialect::Camara, Dialect::Telefonica];
    let second = config.settings.dialect == Dialect::Telefonica;
    (second.into(), all.map(Setting::Dialect))
}

pub(super) fn access(config: &Config) -> Chosen {
    let off = config.settings.auth == Auth::Off;
    (off.into(), [Auth::Required, Auth::Off].map(Setting::Auth))
}

pub(super) fn conflicts(config: &Config) -> Chosen {
    let rules = &config.settings.operator;
    let all = [ConflictPolicy::Flow, ConflictPolicy::Strict];
    let change = |conflicts| operator(config, |rules| rules.conflicts = conflicts);
    let second = rules.conflicts == ConflictPolicy::Strict;
    (second.into(), all.map(change))
}

pub(super) fn registry(config: &Config) -> Chosen {
    let all = [RegistryMode::Open, RegistryMode::Closed];
    let change = |registry| operator(config, |rules| rules.registry = registry);
    let second = config.settings.operator.registry == RegistryMode::Closed;
    (second.into(), all.map(change))
}

pub(super) fn grants(config: &Config) -> Chosen {
    let at_once = NetworkPlan {
        answer: NetworkAnswer::Grant(Duration::ZERO),
        ..NetworkPlan::default()
    };
    let second = config.settings.plan == at_once;
    let plans = [NetworkPlan::default(), at_once];
    (second.into(), plans.map(Setting::Plan))
}

/// The rules with one change.
pub(super) fn operator(config: &Config, change: impl FnOnce(&mut Operator)) -> Setting {
    let mut rules = Operator::clone(&config.settings.operator);
    change(&mut rules);
    Setting::Operator(Arc::new(rules))
}

/// By which identifiers it finds a device: at least one.
pub(super) fn identifiers(config: &Config, on_act: &Callback<Act>) -> Html {
    let taken = &config.settings.operator.identifiers;
    let option = |one: Identifier| {
        let checked = taken.contains(&one);
        let last = checked && taken.len() == 1;
        let others = Identifier::ALL.into_iter();
        let next: Vec<_> = others
            .filter(|other| taken.contains(other) != (*other == one))
            .collect();
        let setting = operator(config, |rules| rules.identifiers = next);
        let onchange = doing(on_act, Act::Configure(setting));
        let name = api::identifier_name(one);
        html! {
            <label key={name} class="switch" title={last.then_some("It needs at least one")}>
                <input type="checkbox" {checked} disabled={last} {onchange} /><code>{ name }</code>
            </label>
        }
    };
    html! {
        <fieldset class="set__choice">
            <legend>{ "Identifiers by which it finds a device" }</legend>
            <div class="set__row">{ for Identifier::ALL.map(option) }</div>
        </fieldset>
    }
}
