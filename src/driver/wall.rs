//! A clock that follows this machine's, for sandboxes that live on a server.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::clock::{Clock, ClockMode, Paused, Speed};
use crate::time::{Instant, millis};

/// A clock that follows this machine's: as fast as it, or faster. It never goes back, and what
/// passed while the machine slept has passed.
///
/// ```
/// use qod_sandbox::driver::{Speed, WallClock};
///
/// let clock = WallClock::new(Speed::new(60).unwrap());
/// let before = clock.now();
/// assert!(clock.now() >= before);
/// ```
#[derive(Debug)]
pub struct WallClock(Mutex<Clock>);

impl WallClock {
    /// A clock that stands where this machine's does, and runs on from there at `speed`.
    pub fn new(speed: Speed) -> Self {
        let wall = wall_clock();
        let at = Instant::from_millis(wall);
        Self(Mutex::new(Clock::new(ClockMode::Real, speed, wall, at)))
    }

    /// The sandbox's time.
    pub fn now(&self) -> Instant {
        look(&mut self.hands(), wall_clock())
    }

    /// How long it is until `deadline` on this machine's clock, rounded up to a millisecond, and
    /// 24.8 days at the most.
    pub fn delay(&self, deadline: Instant) -> Duration {
        let mut clock = self.hands();
        look(&mut clock, wall_clock());
        Duration::from_millis(clock.delay(deadline).unwrap_or(0).into())
    }

    /// Nothing panics while it is locked.
    fn hands(&self) -> MutexGuard<'_, Clock> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Looks at the clock. Where it asks what is to become of a jump, there is no one to be asked: the
/// time has passed.
fn look(clock: &mut Clock, wall: i64) -> Instant {
    let now = clock.now(wall);
    let Paused::Jump(skipped) = clock.paused() else {
        return now;
    };
    clock.resume(wall);
    clock.advance(wall, now.after(skipped));
    clock.now(wall)
}

/// Milliseconds since the Unix epoch, as the machine has it.
#[allow(clippy::disallowed_methods, reason = "this is the driver")]
fn wall_clock() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    i64::try_from(millis(since.unwrap_or_default())).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_slept_through_has_passed() {
        let day = 24 * 60 * 60 * 1_000;
        let speed = Speed::new(2).unwrap();
        let mut clock = Clock::new(ClockMode::Real, speed, 0, Instant::from_millis(0));
        assert_eq!(look(&mut clock, 5), Instant::from_millis(10));
        assert_eq!(look(&mut clock, 3 * day), Instant::from_millis(2 * 3 * day));
        assert_eq!(
            look(&mut clock, 3 * day + 1),
            Instant::from_millis(2 * (3 * day + 1))
        );
    }
}
