//! QoD Sandbox.
pub mod api;
pub mod engine;
pub mod http;
pub mod sandbox;
pub mod time;
