//! A mock of an operator's Quality-on-Demand backend (CAMARA QoD v0.10.1), for the browser.
//!
//! ```text
//!  code:   sandbox.fetch() ─► js ───┐                                                     ┌─► js: events
//!                                   ├─► driver ─► sandbox ─► api ─► engine ─► api ─► outputs ┤
//!  person: form, buttons ──► ui ────┘  (clock)    (order of   (wire to   (decides)  (domain   └─► ui: time line, log
//!                                         ▲        checks)     domain)              to wire)
//!                                         └── one setTimeout ◄── earliest deadline
//!  Rust:   Sandbox::handle() ─────────────────► sandbox                                     (native, no browser)
//! ```
//!
//! The modules in reading order, from what everything rests on to the doors; each uses only those
//! before it. Up to [`sandbox`] nothing reads a clock or needs a browser.

pub mod time;

pub mod http;

pub mod engine;

pub mod api;

pub mod sandbox;

pub mod driver;

#[cfg(target_arch = "wasm32")]
pub mod js;

#[cfg(all(target_arch = "wasm32", feature = "ui"))]
pub mod ui;

/// The README's Rust runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
