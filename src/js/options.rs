//! A sandbox's options, as the JavaScript module hands them in: checked there, with words for
//! users; here only what must hold.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

use super::trouble;
use crate::api::{self, Dialect};
use crate::driver::{ClockMode, DriverOptions, Speed};
use crate::engine::{
    ConflictPolicy, NetworkAnswer, NetworkPlan, Operator, RegistryMode, Retention,
};
use crate::sandbox::{Auth, DeliveryPolicy, Destination, Limits, RateLimit, Setting, Settings};
use crate::time::Instant;

/// How a sandbox starts, from options by their public names; times in milliseconds since the Unix
/// epoch.
///
/// Member by member: a deserializer would bring ten kilobytes along, for a handful of them.
#[allow(clippy::cast_possible_truncation, reason = "whole numbers below 2^53")]
#[allow(clippy::cast_sign_loss, reason = "not negative")]
pub(super) fn read(options: &Object) -> Result<DriverOptions, String> {
    let clock = match text(options, "clock").as_deref() {
        Some("real") => ClockMode::Real,
        Some("manual") => ClockMode::Manual,
        _ => return Err("a clock is real or manual".to_owned()),
    };
    let speed = number(options, "speed").and_then(|factor| Speed::new(factor as u32));
    let mut settings = Settings::default();
    for setting in changes(options, &settings)? {
        settings.set(setting);
    }
    Ok(DriverOptions {
        seed: number(options, "seed").ok_or("a seed is a number")? as u64,
        start_at: number(options, "startAt").map(|millis| Instant::from_millis(millis as i64)),
        clock,
        speed: speed.ok_or("a speed is 1 to 86400")?,
        settings,
    })
}

/// The settings that options change, as they are so far.
pub(super) fn changes(options: &Object, settings: &Settings) -> Result<Vec<Setting>, String> {
    let mut changes = Vec::new();
    let rules = rules(options, &settings.operator)?;
    if rules != *settings.operator {
        changes.push(Setting::Operator(Arc::new(rules)));
    }
    if let Some(given) = member(options, "scenario").filter(|given| !given.is_undefined()) {
        changes.push(Setting::Scenario(trouble::scenario(&given)?));
    }
    if let Some(limits) = inner(options, "limits") {
        changes.push(Setting::Limits(kept(&limits, settings.limits)));
    }
    if let Some(delivery) = inner(options, "delivery") {
        changes.push(Setting::Delivery(policy(&delivery, settings.delivery)));
    }
    if let Some(auth) = text(options, "auth") {
        changes.push(Setting::Auth(match auth.as_str() {
            "required" => Auth::Required,
            _ => Auth::Off,
        }));
    }
    if let Some(dialect) = text(options, "dialect") {
        changes.push(Setting::Dialect(match dialect.as_str() {
            "telefonica" => Dialect::Telefonica,
            _ => Dialect::Camara,
        }));
    }
    let limit = inner(options, "operator")
        .and_then(|operator| member(&operator, "rateLimit")?.dyn_into().ok());
    if let Some(limit) = limit {
        changes.push(Setting::RateLimit(rate_limit(&limit)));
    }
    let grant = inner(options, "operator").and_then(|operator| text(&operator, "grant"));
    if let Some(grant) = grant {
        changes.push(Setting::Plan(match grant.as_str() {
            "synchronous" => NetworkPlan {
                answer: NetworkAnswer::Grant(Duration::ZERO),
                ..NetworkPlan::default()
            },
            _ => NetworkPlan::default(),
        }));
    }
    Ok(changes)
}

/// The operator's rules with what options change of them.
#[allow(clippy::cast_possible_truncation, reason = "whole numbers below 2^53")]
#[allow(clippy::cast_sign_loss, reason = "not negative")]
fn rules(options: &Object, operator: &Operator) -> Result<Operator, String> {
    let mut rules = operator.clone();
    if let Some(policy) = text(options, "conflictPolicy") {
        rules.conflicts = match policy.as_str() {
            "strict" => ConflictPolicy::Strict,
            _ => ConflictPolicy::Flow,
        };
    }
    if let Some(json) = text(options, "profiles") {
        rules.profiles = api::from_text(&json, api::catalogue)?;
    }
    let Some(given) = inner(options, "operator") else {
        return Ok(rules);
    };
    if let Some(identifiers) = member(&given, "identifiers").filter(JsValue::is_array) {
        let names = Array::from(&identifiers);
        rules.identifiers = names
            .iter()
            .filter_map(|name| api::identifier(&name.as_string()?))
            .collect();
    }
    if let Some(registry) = text(&given, "registry") {
        rules.registry = match registry.as_str() {
            "closed" => RegistryMode::Closed,
            _ => RegistryMode::Open,
        };
    }
    if let Some(seconds) = number(&given, "retentionSeconds") {
        let retention = Retention::new(Duration::from_secs(seconds as u64));
        rules.retention = retention.ok_or("a retention is at least 360 seconds")?;
    }
    Ok(rules)
}

/// No requests stand for no limit.
#[allow(clippy::cast_possible_truncation, reason = "whole numbers below 2^53")]
#[allow(clippy::cast_sign_loss, reason = "not negative")]
pub(super) fn rate_limit(limit: &Object) -> Option<RateLimit> {
    Some(RateLimit {
        requests: NonZeroU32::new(number(limit, "requests")? as u32)?,
        per: Duration::from_millis(number(limit, "per")? as u64),
    })
}

/// The limits with what options change of them.
#[allow(clippy::cast_possible_truncation, reason = "whole numbers below 2^53")]
#[allow(clippy::cast_sign_loss, reason = "not negative")]
fn kept(given: &Object, mut limits: Limits) -> Limits {
    let count = |name| number(given, name).map(|count| count as usize);
    limits.traffic = count("traffic").unwrap_or(limits.traffic);
    limits.notifications = count("notifications").unwrap_or(limits.notifications);
    limits.released_sessions = count("releasedSessions").unwrap_or(limits.released_sessions);
    limits.body_bytes = count("bodyBytes").unwrap_or(limits.body_bytes);
    limits
}

/// The policy with what options change of it.
#[allow(clippy::cast_possible_truncation, reason = "whole numbers below 2^53")]
#[allow(clippy::cast_sign_loss, reason = "not negative")]
fn policy(delivery: &Object, mut policy: DeliveryPolicy) -> DeliveryPolicy {
    let millis = |name| Some(Duration::from_millis(number(delivery, name)? as u64));
    let count = |name| NonZeroU32::new(number(delivery, name)? as u32);
    match text(delivery, "to").as_deref() {
        Some("network") => policy.to = Destination::Network,
        Some(_) => policy.to = Destination::Receivers,
        None => {}
    }
    policy.attempts = count("attempts").unwrap_or(policy.attempts);
    policy.backoff = millis("backoff").unwrap_or(policy.backoff);
    policy.timeout = millis("timeout").unwrap_or(policy.timeout);
    let disorder = &mut policy.disorder;
    disorder.delay = millis("delay").unwrap_or(disorder.delay);
    disorder.copies = count("copies").unwrap_or(disorder.copies);
    if let Some(reorder) = member(delivery, "reorder").and_then(|value| value.as_bool()) {
        disorder.reorder = reorder;
    }
    policy
}

fn inner(options: &Object, name: &str) -> Option<Object> {
    member(options, name)?.dyn_into().ok()
}

pub(super) fn number(options: &Object, name: &str) -> Option<f64> {
    member(options, name)?.as_f64()
}

pub(super) fn text(options: &Object, name: &str) -> Option<String> {
    member(options, name)?.as_string()
}

pub(super) fn member(options: &Object, name: &str) -> Option<JsValue> {
    Reflect::get(options, &name.into()).ok()
}
