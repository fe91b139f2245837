//! A mock of an operator's Quality-on-Demand backend (CAMARA QoD v0.10.1), for tests and for the browser.
//!
//! A [`Sandbox`] is a value. It is told the time, so that tests need no waiting; it does no I/O; and
//! the same seed with the same calls at the same times makes the same bytes.
//!
//! ```
//! use std::time::Duration;
//!
//! use qod_sandbox::{Instant, MOCK_ACCESS_TOKEN, Options, Request, Sandbox, Status};
//!
//! let start = Instant::parse_rfc3339("2026-01-01T00:00:00Z").unwrap();
//! let mut sandbox = Sandbox::new(&Options::new(1, start));
//!
//! let body = r#"{
//!     "device": { "phoneNumber": "+34600000001" },
//!     "applicationServer": { "ipv4Address": "198.51.100.10" },
//!     "qosProfile": "QOS_E",
//!     "duration": 3600
//! }"#;
//! let request = Request::new("POST", "https://operator.example/qod/v0/sessions")
//!     .header("authorization", &format!("Bearer {MOCK_ACCESS_TOKEN}"))
//!     .header("content-type", "application/json")
//!     .body(body);
//! let response = sandbox.request(start, request);
//! assert_eq!(response.status, 201);
//! assert!(response.body.contains(r#""qosStatus":"REQUESTED""#));
//!
//! // The network grants it two seconds later, and the client is to hear of that.
//! sandbox.handle_timeout(start.after(Duration::from_secs(2)));
//! let statuses: Vec<_> = sandbox.notifications().map(|n| n.message.status).collect();
//! assert_eq!(statuses, [Status::Available]);
//! ```
//!
//! # Where things are
//!
//! | what | where |
//! | --- | --- |
//! | a sandbox, and all that can be done to it | [`Sandbox`]; [`Input`] is the list of it |
//! | how it starts, and what can be changed | [`Options`], [`Settings`], [`Setting`] |
//! | what happens in it | [`Output`], from [`Sandbox::poll_output`]; or the records: [`Sandbox::sessions`], [`Sandbox::notifications`], [`Sandbox::traffic`] |
//! | what becomes of sessions | [`Scenario`], by name ([`Scenario::named`]); on the spot, [`Sandbox::network`] |
//! | what goes wrong | [`Fault`] |
//! | receivers of webhooks | [`Receiver`]; how they are reached, [`DeliveryPolicy`] |
//! | a server for axum or hyper | `service::SandboxService`, with the feature `tower` |
//! | clocks | [`driver`] |
//!
//! # Features
//!
//! * `tower`: the sandbox as a `tower_service::Service`. Not on wasm32.
//! * `ui`, on by default: the console, on wasm32 only.
//!
//! # Modules
//!
//! In reading order, from what everything rests on to the doors; each uses only those before it. Up
//! to [`sandbox`] nothing reads a clock or needs a browser.
//!
//! ```text
//!  code:   sandbox.fetch() ─► js ───┐                                                     ┌─► js: events
//!                                   ├─► driver ─► sandbox ─► api ─► engine ─► api ─► outputs ┤
//!  person: form, buttons ──► ui ────┘  (clock)    (order of   (wire to   (decides)  (domain   └─► ui: time line, log
//!                                         ▲        checks)     domain)              to wire)
//!                                         └── one setTimeout ◄── earliest deadline
//!  Rust:   Sandbox::handle(), service ────────► sandbox                                     (native, no browser)
//! ```

pub mod time;

pub mod http;

pub mod engine;

pub mod api;

pub mod sandbox;

pub mod driver;

#[cfg(target_arch = "wasm32")]
pub mod js;

#[cfg(all(not(target_arch = "wasm32"), feature = "tower"))]
pub mod service;

#[cfg(all(target_arch = "wasm32", feature = "ui"))]
pub mod ui;

pub use api::{Dialect, Operation};
pub use engine::{NetworkAct, NetworkAnswer, NetworkPlan, Operator, Session, SessionId, Status};
pub use http::{Headers, Request, Response};
pub use sandbox::{
    Answering, Auth, Declined, Delivery, DeliveryPolicy, Exchange, Fault, Input, Limits,
    MOCK_ACCESS_TOKEN, Notification, Options, Outcome, Output, Receiver, Reply, Sandbox, Scenario,
    SetAnswer, SetReply, Setting, Settings, Target,
};
pub use time::Instant;

/// The README's Rust runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
