//! Settings as the JavaScript API writes them: for what is handed on.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::api::{self, Dialect, member, object};
use crate::engine::{
    ConflictPolicy, NetworkAnswer, NetworkPlan, Operator, RegistryMode, Termination,
};
use crate::sandbox::{
    Auth, DeliveryPolicy, Destination, Disorder, Named, Scenario, Setting, Settings,
};
use crate::time::millis;

/// All settings that differ from those of a fresh sandbox.
pub(super) fn all_settings(settings: &Settings) -> Value {
    let fresh = Settings::default();
    let mut all = Map::new();
    let changes = [
        Setting::Dialect(settings.dialect),
        Setting::Auth(settings.auth),
        Setting::Operator(settings.operator.clone()),
        Setting::RateLimit(settings.rate_limit),
        Setting::Plan(settings.plan),
        Setting::Delivery(settings.delivery),
        Setting::Limits(settings.limits),
    ];
    for change in changes {
        let mut changed = fresh.clone();
        changed.set(change.clone());
        if changed != fresh {
            merge(&mut all, setting(&change, &fresh));
        }
    }
    if let Some(scenario) = &settings.scenario {
        all.insert("scenario".to_owned(), scenario_view(scenario));
    }
    all.into()
}

/// Puts members into an object, those of inner objects too.
fn merge(into: &mut Map<String, Value>, members: Map<String, Value>) {
    for (name, value) in members {
        match (into.get_mut(&name), value) {
            (Some(Value::Object(inner)), Value::Object(value)) => merge(inner, value),
            (_, value) => drop(into.insert(name, value)),
        }
    }
}

/// A change as `configure` takes it.
pub(super) fn setting(change: &Setting, before: &Settings) -> Map<String, Value> {
    match change {
        Setting::Dialect(dialect) => {
            let name = match dialect {
                Dialect::Camara => "camara",
                Dialect::Telefonica => "telefonica",
            };
            member("dialect", name)
        }
        Setting::Auth(auth) => {
            let name = match auth {
                Auth::Required => "required",
                Auth::Off => "off",
            };
            member("auth", name)
        }
        Setting::Operator(rules) => operator(rules, &before.operator),
        Setting::RateLimit(limit) => {
            let limit = limit.map(|limit| {
                object(vec![
                    ("requests", limit.requests.get().into()),
                    ("per", millis(limit.per).into()),
                ])
            });
            member("operator", member("rateLimit", limit))
        }
        Setting::Plan(plan) => {
            let at_once = plan.answer == NetworkAnswer::Grant(Duration::ZERO);
            let grant = if at_once {
                "synchronous"
            } else {
                "asynchronous"
            };
            member("operator", member("grant", grant))
        }
        Setting::Scenario(scenario) => {
            let view = scenario.as_ref().map(|scenario| scenario_view(scenario));
            member("scenario", view)
        }
        Setting::Delivery(policy) => member("delivery", delivery(policy)),
        Setting::Limits(limits) => {
            let members = vec![
                ("traffic", limits.traffic.into()),
                ("notifications", limits.notifications.into()),
                ("releasedSessions", limits.released_sessions.into()),
                ("bodyBytes", limits.body_bytes.into()),
            ];
            member("limits", object(members))
        }
    }
}

fn operator(rules: &Arc<Operator>, before: &Operator) -> Map<String, Value> {
    let identifiers: Vec<_> = rules
        .identifiers
        .iter()
        .map(|one| Value::from(api::identifier_name(*one)))
        .collect();
    let conflicts = match rules.conflicts {
        ConflictPolicy::Flow => "flow",
        ConflictPolicy::Strict => "strict",
    };
    let registry = match rules.registry {
        RegistryMode::Open => "open",
        RegistryMode::Closed => "closed",
    };
    let operator = object(vec![
        ("identifiers", identifiers.into()),
        ("registry", registry.into()),
        (
            "retentionSeconds",
            rules.retention.duration().as_secs().into(),
        ),
    ]);
    let mut changes = object(vec![
        ("conflictPolicy", conflicts.into()),
        ("operator", operator.into()),
    ]);
    if rules.profiles != before.profiles {
        let profiles: Vec<_> = rules.profiles.iter().map(api::qos_profile).collect();
        changes.insert("profiles".to_owned(), api::value_of(&profiles));
    }
    changes
}

fn delivery(policy: &DeliveryPolicy) -> Map<String, Value> {
    let to = match policy.to {
        Destination::Receivers => "receivers",
        Destination::Network => "network",
    };
    let mut view = disorder(policy.disorder);
    view.insert("to".to_owned(), to.into());
    view.insert("attempts".to_owned(), policy.attempts.get().into());
    view.insert("backoff".to_owned(), millis(policy.backoff).into());
    view.insert("timeout".to_owned(), millis(policy.timeout).into());
    view
}

fn disorder(disorder: Disorder) -> Map<String, Value> {
    object(vec![
        ("delay", millis(disorder.delay).into()),
        ("copies", disorder.copies.get().into()),
        ("reorder", disorder.reorder.into()),
    ])
}

/// A scenario's name, where it is of the catalogue, or all of it.
pub(super) fn scenario_view(scenario: &Scenario) -> Value {
    let known = Named::all().any(|named| *named.name == *scenario.name);
    if known && Scenario::named(&scenario.name).as_ref() == Some(scenario) {
        return scenario.name.to_string().into();
    }
    let mut view = plan(scenario.plan);
    view.insert("name".to_owned(), scenario.name.to_string().into());
    if let Some(given) = scenario.disorder {
        view.insert("notification".to_owned(), disorder(given).into());
    }
    if let Some(failing) = scenario.failing {
        let receiver = object(vec![
            ("failFirst", failing.first.into()),
            ("status", failing.status.into()),
        ]);
        view.insert("receiver".to_owned(), receiver.into());
    }
    view.into()
}

fn plan(plan: NetworkPlan) -> Map<String, Value> {
    let mut view = match plan.answer {
        NetworkAnswer::Grant(after) => member("grant", millis(after)),
        NetworkAnswer::Refuse(after) => member("refuse", millis(after)),
        NetworkAnswer::Never => member("grant", "never"),
    };
    let terminate = match plan.terminate {
        Some(Termination::After(after)) => Value::from(millis(after)),
        Some(Termination::At(share)) => {
            member("share", f64::from(share.millionths()) / 1_000_000.0).into()
        }
        None => return view,
    };
    view.insert("terminate".to_owned(), terminate);
    view
}
