//! Settings as the JavaScript API writes them: for what is handed on.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::api::{self, Dialect};
use crate::engine::{
    ConflictPolicy, NetworkAnswer, NetworkPlan, Operator, RegistryMode, Termination,
};
use crate::sandbox::{Auth, DeliveryPolicy, Destination, Named, Scenario, Setting, Settings};

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
        if changed != fresh
            && let Value::Object(members) = setting(&change, &fresh)
        {
            merge(&mut all, members);
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
pub(super) fn setting(change: &Setting, before: &Settings) -> Value {
    match change {
        Setting::Dialect(dialect) => json!({ "dialect": match dialect {
            Dialect::Camara => "camara",
            Dialect::Telefonica => "telefonica",
        } }),
        Setting::Auth(auth) => json!({ "auth": match auth {
            Auth::Required => "required",
            Auth::Off => "off",
        } }),
        Setting::Operator(rules) => operator(rules, &before.operator),
        Setting::RateLimit(limit) => json!({ "operator": { "rateLimit": limit.map(|limit| json!({
            "requests": limit.requests.get(),
            "per": millis(limit.per),
        })) } }),
        Setting::Plan(plan) => {
            let at_once = plan.answer == NetworkAnswer::Grant(Duration::ZERO);
            json!({ "operator": { "grant": if at_once { "synchronous" } else { "asynchronous" } } })
        }
        Setting::Scenario(scenario) => {
            json!({ "scenario": scenario.as_ref().map(|scenario| scenario_view(scenario)) })
        }
        Setting::Delivery(policy) => json!({ "delivery": delivery(policy) }),
        Setting::Limits(limits) => json!({ "limits": {
            "traffic": limits.traffic,
            "notifications": limits.notifications,
            "releasedSessions": limits.released_sessions,
            "bodyBytes": limits.body_bytes,
        } }),
    }
}

fn operator(rules: &Arc<Operator>, before: &Operator) -> Value {
    let identifiers: Vec<_> = rules
        .identifiers
        .iter()
        .map(|one| api::identifier_name(*one))
        .collect();
    let mut changes = json!({
        "conflictPolicy": match rules.conflicts {
            ConflictPolicy::Flow => "flow",
            ConflictPolicy::Strict => "strict",
        },
        "operator": {
            "identifiers": identifiers,
            "registry": match rules.registry {
                RegistryMode::Open => "open",
                RegistryMode::Closed => "closed",
            },
            "retentionSeconds": rules.retention.duration().as_secs(),
        },
    });
    if let (true, Some(members)) = (rules.profiles != before.profiles, changes.as_object_mut()) {
        let profiles: Vec<_> = rules.profiles.iter().map(api::qos_profile).collect();
        let profiles = serde_json::to_value(profiles).unwrap_or_default();
        members.insert("profiles".to_owned(), profiles);
    }
    changes
}

fn delivery(policy: &DeliveryPolicy) -> Value {
    json!({
        "to": match policy.to {
            Destination::Receivers => "receivers",
            Destination::Network => "network",
        },
        "attempts": policy.attempts.get(),
        "backoff": millis(policy.backoff),
        "timeout": millis(policy.timeout),
        "delay": millis(policy.disorder.delay),
        "copies": policy.disorder.copies.get(),
        "reorder": policy.disorder.reorder,
    })
}

/// A scenario's name, where it is of the catalogue, or all of it.
pub(super) fn scenario_view(scenario: &Scenario) -> Value {
    let known = Named::all().any(|named| *named.name == *scenario.name);
    if known && Scenario::named(&scenario.name).as_ref() == Some(scenario) {
        return scenario.name.to_string().into();
    }
    let mut view = plan(scenario.plan);
    view.insert("name".to_owned(), scenario.name.to_string().into());
    if let Some(disorder) = scenario.disorder {
        let notification = json!({
            "delay": millis(disorder.delay),
            "copies": disorder.copies.get(),
            "reorder": disorder.reorder,
        });
        view.insert("notification".to_owned(), notification);
    }
    if let Some(failing) = scenario.failing {
        let receiver = json!({ "failFirst": failing.first, "status": failing.status });
        view.insert("receiver".to_owned(), receiver);
    }
    view.into()
}

fn plan(plan: NetworkPlan) -> Map<String, Value> {
    let mut view = match plan.answer {
        NetworkAnswer::Grant(after) => object("grant", millis(after).into()),
        NetworkAnswer::Refuse(after) => object("refuse", millis(after).into()),
        NetworkAnswer::Never => object("grant", "never".into()),
    };
    let terminate = match plan.terminate {
        Some(Termination::After(after)) => Value::from(millis(after)),
        Some(Termination::At(share)) => {
            json!({ "share": f64::from(share.millionths()) / 1_000_000.0 })
        }
        None => return view,
    };
    view.insert("terminate".to_owned(), terminate);
    view
}

/// An object with one member.
pub(super) fn object(name: &str, value: Value) -> Map<String, Value> {
    Map::from_iter([(name.to_owned(), value)])
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
