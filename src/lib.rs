//! QoD Sandbox.
