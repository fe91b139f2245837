//! Keeping a live sandbox: its state and its clock as a text, and back.

use serde::{Deserialize, Serialize};

use super::clock::{Paused, Speed};
use super::live::{Driver, wall_clock};
use crate::sandbox::Unreadable;

/// The clock at the time of a snapshot.
#[derive(Serialize, Deserialize)]
struct SavedClock {
    speed: u32,
    paused: bool,
    /// The wall's milliseconds.
    wall: i64,
}

impl Driver {
    /// All that this sandbox is, with its secrets and its clock, as a text.
    pub fn snapshot(&self) -> String {
        self.with(|live, _| {
            live.sandbox.snapshot(&SavedClock {
                speed: live.clock.speed().factor(),
                paused: live.clock.paused() != Paused::No,
                wall: wall_clock(),
            })
        })
    }

    /// Becomes what the snapshot is of. Listeners and receivers stay; where there are no receivers,
    /// those of the snapshot with a set answer are there. A clock that runs goes on from the moment
    /// of the snapshot, or, to `catch_up`, from where it would stand had it never stopped. Unless it is
    /// to catch up, real POSTs are switched off where they were not on before.
    ///
    /// # Errors
    /// It cannot be read: nothing has changed.
    pub fn restore(&self, text: &str, catch_up: bool) -> Result<(), Unreadable> {
        // What has happened until now is told first.
        self.with(|_, _| ());
        self.flush();
        {
            let mut live = self.0.borrow_mut();
            let present = live.sandbox.all_receivers().clone();
            let posted = live.posts();
            let saved: SavedClock = live.sandbox.restore(text)?;
            let restored = live.sandbox.all_receivers();
            let receivers = if present.is_empty() {
                restored.without_handlers()
            } else {
                present.counted_as(restored)
            };
            let now = live.sandbox.now();
            live.sandbox.keep_receivers(now, receivers);
            live.may_post = if catch_up { live.posts() } else { posted };
            live.stay_in_the_page();
            let wall = if catch_up { saved.wall } else { wall_clock() };
            let speed = Speed::new(saved.speed).unwrap_or(Speed::REAL);
            live.clock.restore(wall, now, speed, saved.paused);
            live.timer = None;
            live.tell_break();
            live.tell_clock(now);
        }
        self.wake();
        Ok(())
    }
}
