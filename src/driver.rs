//! The driver: the only clock and the only timer.
//!
//! It turns wall time into the sandbox's time, wakes the sandbox when its next deadline is due, and
//! tells listeners what happened. It holds nothing of the backend's state.

mod clock;
#[cfg(target_arch = "wasm32")]
mod live;
#[cfg(target_arch = "wasm32")]
mod look;

pub use clock::{Clock, ClockMode, Speed};
#[cfg(target_arch = "wasm32")]
pub use live::{ClockState, Driver, DriverOptions, NextEvent, Notice, Subscription};
