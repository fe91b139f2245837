//! What users notice of the backend: one binary, so that it is linked once.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

#[path = "../common/mod.rs"]
mod common;

mod authorization;
mod conflict;
mod conflict_index;
mod deadlines;
mod deliveries;
mod determinism;
mod devices;
mod dialects;
mod faults;
mod http;
mod lifecycle;
mod notifications;
mod openapi;
mod operations;
mod perspectives;
mod profiles;
mod recording;
mod rewind;
mod scenarios;
mod secrets;
mod snapshot;
mod spec_examples;
mod suggestions;
