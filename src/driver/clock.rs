//! Arithmetic between wall time and the sandbox's time. Wall time is handed in.

use std::time::Duration;

use crate::time::{Instant, millis};

/// The longest delay that browsers keep: a longer one fires at once.
const LONGEST_DELAY: u64 = i32::MAX as u64;

/// The sandbox's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    mode: ClockMode,
    paused: Paused,
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

/// Whether a clock is paused, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paused {
    /// It is not.
    No,
    /// By a person.
    Yes,
    /// By itself: the wall went on by so much at once that someone must say what is to become of
    /// it. The device slept, or its clock was set.
    Jump(Duration),
}

/// More than that at once, and the clock asks.
const JUMP: i64 = 24 * 60 * 60 * 1_000;

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
            paused: Paused::No,
            speed,
            wall,
            at,
        }
    }

    /// Looks at the clock. It never goes back: where the wall does, it goes on from where it was.
    /// Where the wall goes on by more than a day at once, it pauses.
    pub fn now(&mut self, wall: i64) -> Instant {
        let passed = wall.saturating_sub(self.wall);
        if self.runs() && passed > JUMP {
            let passed = Duration::from_millis(u64::try_from(passed).unwrap_or(0));
            self.paused = Paused::Jump(passed.saturating_mul(self.speed.0));
        }
        if self.runs() {
            let passed = u64::try_from(passed).unwrap_or(0);
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

    /// Sets the clock to `to`, earlier or later. One that moves by itself stops.
    pub fn set(&mut self, wall: i64, to: Instant) {
        self.restore(wall, to, self.speed, self.mode == ClockMode::Real);
    }

    /// Has the clock stand at `at` when the wall stood at `wall`, with that speed.
    pub fn restore(&mut self, wall: i64, at: Instant, speed: Speed, paused: bool) {
        self.wall = wall;
        self.at = at;
        self.speed = speed;
        self.paused = Paused::No;
        if paused {
            self.stop();
        }
    }

    /// Stops it.
    pub fn pause(&mut self, wall: i64) {
        self.now(wall);
        self.stop();
    }

    /// A manual clock stands anyway.
    fn stop(&mut self) {
        if self.mode == ClockMode::Real {
            self.paused = Paused::Yes;
        }
    }

    /// Lets it run on from where it stands.
    pub fn resume(&mut self, wall: i64) {
        self.now(wall);
        self.paused = Paused::No;
    }

    /// Changes its speed, from now on.
    pub fn set_speed(&mut self, wall: i64, speed: Speed) {
        self.now(wall);
        self.speed = speed;
    }

    /// How long to wait for `deadline`, in the wall's milliseconds, rounded up and as far as a
    /// timer reaches; nothing while the clock stands. Call it right after [`Clock::now`].
    pub fn delay(&self, deadline: Instant) -> Option<u32> {
        let ahead = millis(deadline.since(self.at));
        let delay = ahead.div_ceil(self.speed.0.into()).min(LONGEST_DELAY);
        self.runs()
            .then(|| u32::try_from(delay).unwrap_or(u32::MAX))
    }

    /// What moves it.
    pub const fn mode(&self) -> ClockMode {
        self.mode
    }

    /// Whether it is paused.
    pub const fn paused(&self) -> Paused {
        self.paused
    }

    /// Whether it moves by itself.
    pub fn runs(&self) -> bool {
        self.mode == ClockMode::Real && self.paused == Paused::No
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
    fn pauses_when_the_wall_jumps_and_goes_on_from_where_it_was() {
        let day = 24 * 60 * 60 * 1_000;
        let mut clock = real();
        assert_eq!(clock.now(1_000 + day), at(day));
        assert_eq!(clock.paused(), Paused::No);
        assert_eq!(clock.now(1_000 + 2 * day + 1), at(day));
        let jump = Duration::from_millis(86_400_001);
        assert_eq!(clock.paused(), Paused::Jump(jump));
        assert_eq!(clock.now(1_000 + 3 * day), at(day));
        clock.resume(1_000 + 3 * day);
        assert_eq!(clock.now(1_000 + 3 * day + 5), at(day + 5));
    }

    #[test]
    fn can_be_set_back_and_stands_then() {
        let mut clock = real();
        clock.set(5_000, at(10));
        assert_eq!(clock.now(9_000), at(10));
        clock.resume(9_000);
        assert_eq!(clock.now(9_001), at(11));
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
        let mut wall = 1_000;
        while clock.now(wall) < Instant::MAX {
            wall += 24 * 60 * 60 * 1_000;
        }
        assert_eq!(clock.now(wall + 1), Instant::MAX);
    }

    #[test]
    fn a_manual_clock_stands_until_it_is_advanced() {
        let mut clock = Clock::new(ClockMode::Manual, Speed::REAL, 0, at(0));
        assert_eq!(clock.now(99), at(0));
        assert_eq!(clock.delay(at(1)), None);
        clock.advance(99, at(7));
        assert_eq!(clock.now(100), at(7));
        clock.pause(100);
        clock.restore(100, at(7), Speed::REAL, true);
        assert_eq!(clock.paused(), Paused::No);
    }
}
