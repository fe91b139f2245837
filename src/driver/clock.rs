//! Arithmetic between wall time and the sandbox's time. Wall time is handed in.

use std::time::Duration;

use crate::time::Instant;

/// The longest delay that browsers keep: a longer one fires at once.
const LONGEST_DELAY: u64 = i32::MAX as u64;

/// The sandbox's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    mode: ClockMode,
    paused: bool,
    speed: Speed,
    /// The wall's milliseconds when the clock was last looked at.
    wall: i64,
    /// Where it stood then.
    at: Instant,
}

/// What moves a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockMode {
    /// Wall time.
    Real,
    /// Nothing but being advanced.
    Manual,
}

/// How many times faster than the wall a clock runs, 1 to 86,400.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speed(u32);

impl Speed {
    /// As fast as the wall.
    pub const REAL: Self = Self(1);

    /// A speed; nothing unless it is 1 to 86,400.
    pub fn new(factor: u32) -> Option<Self> {
        (1..=86_400).contains(&factor).then_some(Self(factor))
    }

    /// The factor.
    pub const fn factor(self) -> u32 {
        self.0
    }
}

impl Clock {
    /// A running clock that stands at `at` when the wall stands at `wall` milliseconds.
    pub const fn new(mode: ClockMode, speed: Speed, wall: i64, at: Instant) -> Self {
        Self {
            mode,
            paused: false,
            speed,
            wall,
            at,
        }
    }

    /// Looks at the clock. It never goes back: where the wall does, it goes on from where it was.
    pub fn now(&mut self, wall: i64) -> Instant {
        if self.runs() {
            let passed = u64::try_from(wall.saturating_sub(self.wall)).unwrap_or(0);
            let passed = passed.saturating_mul(self.speed.0.into());
            self.at = self
                .at
                .after(Duration::from_millis(passed))
                .min(Instant::MAX);
        }
        self.wall = wall;
        self.at
    }

    /// Sets the clock forward to `to`; an earlier time leaves it where it is.
    pub fn advance(&mut self, wall: i64, to: Instant) {
        self.at = self.now(wall).max(to.min(Instant::MAX));
    }

    /// Stops it.
    pub fn pause(&mut self, wall: i64) {
        self.now(wall);
        self.paused = true;
    }

    /// Lets it run on from where it stands.
    pub fn resume(&mut self, wall: i64) {
        self.now(wall);
        self.paused = false;
    }

    /// Changes its speed, from now on.
    pub fn set_speed(&mut self, wall: i64, speed: Speed) {
        self.now(wall);
        self.speed = speed;
    }

    /// How long to wait for `deadline`, in the wall's milliseconds, rounded up and as far as a
    /// timer reaches; nothing while the clock stands. Call it right after [`Clock::now`].
    pub fn delay(&self, deadline: Instant) -> Option<u32> {
        let ahead = u64::try_from(deadline.since(self.at).as_millis()).unwrap_or(u64::MAX);
        let delay = ahead.div_ceil(self.speed.0.into()).min(LONGEST_DELAY);
        self.runs()
            .then(|| u32::try_from(delay).unwrap_or(u32::MAX))
    }

    /// What moves it.
    pub const fn mode(&self) -> ClockMode {
        self.mode
    }

    /// Whether it is paused.
    pub const fn paused(&self) -> bool {
        self.paused
    }

    /// Whether it moves by itself.
    pub fn runs(&self) -> bool {
        self.mode == ClockMode::Real && !self.paused
    }

    /// Its speed.
    pub const fn speed(&self) -> Speed {
        self.speed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(millis: i64) -> Instant {
        Instant::from_millis(millis)
    }

    fn real() -> Clock {
        Clock::new(ClockMode::Real, Speed::REAL, 1_000, at(0))
    }

    #[test]
    fn runs_with_the_wall_times_its_speed() {
        let mut clock = real();
        assert_eq!(clock.now(1_500), at(500));
        clock.set_speed(1_500, Speed::new(60).unwrap());
        assert_eq!(clock.now(1_600), at(6_500));
        clock.pause(1_600);
        assert_eq!(clock.now(9_999), at(6_500));
        clock.resume(10_000);
        assert_eq!(clock.now(10_001), at(6_560));
    }

    #[test]
    fn never_goes_back_and_goes_on_when_the_wall_was_set_back() {
        let mut clock = real();
        assert_eq!(clock.now(2_000), at(1_000));
        assert_eq!(clock.now(500), at(1_000));
        assert_eq!(clock.now(600), at(1_100));
        clock.advance(600, at(50));
        assert_eq!(clock.now(600), at(1_100));
        clock.advance(600, at(5_000));
        assert_eq!(clock.now(601), at(5_001));
    }

    #[test]
    fn delays_are_rounded_up_and_fit_a_browser_timer() {
        let mut clock = real();
        assert_eq!(clock.delay(at(2_000)), Some(2_000));
        assert_eq!(clock.delay(at(-1)), Some(0));
        assert_eq!(clock.delay(Instant::MAX), Some(i32::MAX as u32));
        clock.set_speed(1_000, Speed::new(3_600).unwrap());
        assert_eq!(clock.delay(at(1)), Some(1));
        clock.pause(1_000);
        assert_eq!(clock.delay(at(1)), None);
    }

    #[test]
    fn stops_at_the_end_of_time() {
        let mut clock = real();
        clock.set_speed(1_000, Speed::new(86_400).unwrap());
        assert_eq!(clock.now(i64::MAX), Instant::MAX);
    }

    #[test]
    fn a_manual_clock_stands_until_it_is_advanced() {
        let mut clock = Clock::new(ClockMode::Manual, Speed::REAL, 0, at(0));
        assert_eq!(clock.now(99), at(0));
        assert_eq!(clock.delay(at(1)), None);
        clock.advance(99, at(7));
        assert_eq!(clock.now(100), at(7));
    }
}
