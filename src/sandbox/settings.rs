//! Settings: how this sandbox's operator behaves. A change of one is an input like any other.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::delivery::DeliveryPolicy;
use super::rate_limit::RateLimit;
use super::scenario::Scenario;
use crate::api::Dialect;
use crate::engine::{NetworkPlan, Operator};
use crate::time::Instant;

/// How a sandbox starts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// All identifiers and all chance come from it.
    pub seed: u64,
    /// The sandbox's time at the start; outside of [`Instant::MIN`] to [`Instant::MAX`] the nearer
    /// of the two.
    pub start_at: Instant,
    /// The settings at the start.
    pub settings: Settings,
}

impl Options {
    /// A sandbox of that seed that starts at `start_at`, with all settings as they are by default.
    pub fn new(seed: u64, start_at: Instant) -> Self {
        Self {
            seed,
            start_at,
            settings: Settings::default(),
        }
    }
}

/// What can be changed while it runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Whose edition of the API is served.
    pub dialect: Dialect,
    /// Whether requests need an access token.
    pub auth: Auth,
    /// The operator's rules.
    pub operator: Arc<Operator>,
    /// How many requests of a client are answered; all, if it is not given.
    pub rate_limit: Option<RateLimit>,
    /// What the network does to new sessions, if no scenario says otherwise.
    pub plan: NetworkPlan,
    /// What becomes of requests that choose no scenario themselves.
    pub scenario: Option<Arc<Scenario>>,
    /// How notifications are delivered.
    pub delivery: DeliveryPolicy,
    /// How much is kept.
    pub limits: Limits,
}

/// Whether requests need an access token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Auth {
    /// Every operation needs a valid one.
    #[default]
    Required,
    /// None is looked at; all requests come from one client.
    Off,
}

/// How much is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Exchanges; older ones go.
    pub traffic: usize,
    /// Notifications; older ones go.
    pub notifications: usize,
    /// Released sessions; older ones go. Live ones all stay.
    pub released_sessions: usize,
    /// Bytes of a request's body.
    pub body_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            traffic: 10_000,
            notifications: 10_000,
            released_sessions: 10_000,
            body_bytes: 1_048_576,
        }
    }
}

/// One change of a setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Setting {
    /// Whose edition of the API is served, from now on.
    Dialect(Dialect),
    /// Whether requests need an access token, from now on.
    Auth(Auth),
    /// The operator's rules for what happens from now on.
    Operator(Arc<Operator>),
    /// How many requests of a client are answered, from now on.
    RateLimit(Option<RateLimit>),
    /// What the network does to sessions created from now on, if no scenario says otherwise.
    Plan(NetworkPlan),
    /// What becomes of requests from now on that choose no scenario themselves.
    Scenario(Option<Arc<Scenario>>),
    /// How much is kept, from now on.
    Limits(Limits),
    /// How notifications are delivered, from now on.
    Delivery(DeliveryPolicy),
}

impl Settings {
    /// Makes a change.
    pub fn set(&mut self, setting: Setting) {
        match setting {
            Setting::Dialect(dialect) => self.dialect = dialect,
            Setting::Auth(auth) => self.auth = auth,
            Setting::Operator(operator) => self.operator = operator,
            Setting::RateLimit(limit) => self.rate_limit = limit,
            Setting::Plan(plan) => self.plan = plan,
            Setting::Scenario(scenario) => self.scenario = scenario,
            Setting::Limits(limits) => self.limits = limits,
            Setting::Delivery(policy) => self.delivery = policy,
        }
    }
}
