//! The driver: the only clock and the only timer.
//!
//! It turns wall time into the sandbox's time, wakes the sandbox when its next deadline is due, and
//! tells listeners what happened. It holds nothing of the backend's state.
//!
//! In the browser that is `Driver`. Outside of one there are the clocks alone, to be handed to
//! whoever asks the time: `ManualClock` for tests, `WallClock` for a server.

#[cfg(target_arch = "wasm32")]
mod act;
mod clock;
#[cfg(target_arch = "wasm32")]
mod keep;
#[cfg(target_arch = "wasm32")]
mod listen;
#[cfg(target_arch = "wasm32")]
mod live;
#[cfg(target_arch = "wasm32")]
mod look;
#[cfg(not(target_arch = "wasm32"))]
mod manual;
#[cfg(target_arch = "wasm32")]
mod replay;
#[cfg(target_arch = "wasm32")]
mod slice;
#[cfg(target_arch = "wasm32")]
mod state;
#[cfg(target_arch = "wasm32")]
mod timer;
#[cfg(target_arch = "wasm32")]
mod travel;
#[cfg(not(target_arch = "wasm32"))]
mod wall;

pub use clock::{Clock, ClockMode, Paused, Speed};
#[cfg(target_arch = "wasm32")]
pub use listen::Subscription;
#[cfg(target_arch = "wasm32")]
pub use live::{Driver, Router};
#[cfg(target_arch = "wasm32")]
pub use state::{ClockState, DriverOptions, NextEvent, Notice};
#[cfg(target_arch = "wasm32")]
pub use travel::Mark;

#[cfg(not(target_arch = "wasm32"))]
pub use manual::ManualClock;
#[cfg(not(target_arch = "wasm32"))]
pub use wall::WallClock;
