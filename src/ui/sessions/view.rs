//! Which stretch of time the picture shows.

use crate::engine::Session;
use crate::time::{self, Instant};
use crate::ui::shared::Shared;

use super::life;

/// The spans to choose from, in milliseconds; beside these there is one that fits.
pub(super) const SPANS: [i64; 3] = [900_000, 3_600_000, 86_400_000];

/// How the choices are called; the last one fits.
pub(super) const SPAN_NAMES: [&str; 4] = ["15 m", "1 h", "24 h", "Fit"];

/// Where now stands while the picture follows it, in thousandths of the whole.
const LEAD: i64 = 350;

const SHORTEST: i64 = 10_000;
const LONGEST: i64 = 30 * 86_400_000;

/// How many sessions a fitting picture looks at: those that stand on top.
const NEWEST: usize = 50;

/// What began so many milliseconds before the next newest is still of one go with it.
const RECENT: i64 = 900_000;

/// What a person wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct View {
    /// How much, in milliseconds; what fits, if nothing is said.
    pub(super) span: Option<i64>,
    /// From when on, in milliseconds since the epoch; nothing while now is followed.
    pub(super) start: Option<i64>,
}

/// How a stretch of time lies around now: how long it is, and where now is, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) span: i64,
    pub(super) lead: i64,
}

/// A stretch of time, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) start: i64,
    pub(super) span: i64,
}

impl View {
    /// The choice of that place.
    pub(super) fn choose(place: usize) -> Self {
        Self {
            span: SPANS.get(place).copied(),
            start: None,
        }
    }

    /// Which choice this is, if it is one.
    pub(super) fn chosen(self) -> Option<usize> {
        match self.span {
            None => Some(SPANS.len()),
            Some(span) => SPANS.iter().position(|one| *one == span),
        }
    }

    /// How it lies around now, where `fitting` would fit.
    pub(super) fn fit(self, fitting: Fit) -> Fit {
        self.span.map_or(fitting, |span| Fit { span, lead: LEAD })
    }

    /// What it shows at `now`.
    pub(super) fn window(self, fit: Fit, now: Instant) -> Window {
        let span = fit.span;
        let follow = now.as_millis() - span / 1000 * fit.lead;
        Window {
            start: self.start.unwrap_or(follow),
            span,
        }
    }
}

impl Window {
    /// The same, so much later.
    pub(super) const fn moved(self, by: i64) -> View {
        View {
            span: Some(self.span),
            start: Some(self.start.saturating_add(by)),
        }
    }

    /// More or less of it: `percent` of the span, with the moment at `place`, in thousandths, where
    /// it is.
    pub(super) fn zoomed(self, percent: i64, place: i64) -> Self {
        let span = (self.span / 100 * percent).clamp(SHORTEST, LONGEST);
        let fixed = self.start + self.span / 1000 * place;
        Self {
            start: fixed - span / 1000 * place,
            span,
        }
    }

    /// Where a moment is, in thousandths of a per cent.
    pub(super) const fn place(self, at: i64) -> i64 {
        (at.saturating_sub(self.start)).saturating_mul(100_000) / self.span
    }
}

/// A stretch around now in which the newest sessions show well: all that began in one go with the
/// last, and all that ends within twice that time. One that is far longer than the others runs over
/// the edge instead of making them too small to see. What was `before` stays while it does.
pub(super) fn fitting(sessions: &[Shared<Session>], now: Instant, before: Option<Fit>) -> Fit {
    let newest = || sessions.iter().take(NEWEST);
    let begun = || newest().map(|session| millis(now, life::extent(session).0));
    let past = chained(begun);
    let ends = || {
        let live = newest().filter(|session| session.released_at().is_none());
        live.map(|session| millis(life::extent(session).1, now))
    };
    let near = ends().min().unwrap_or(0);
    let limit = (past * 2).max(near * 4);
    let ahead = ends().filter(|end| *end <= limit).max().unwrap_or(near);
    let (past, ahead) = (past.max(10_000), ahead.max(past / 4).max(20_000));
    let lead = (past * 1000 / (past + ahead)).clamp(100, 800);
    let needed = (past / lead).max(ahead / (1000 - lead)) * 1_050;
    // To a sixteenth: it does not change all the time.
    let unit = u64::try_from(needed).map_or(1, |needed| needed.next_power_of_two() / 16);
    let unit = i64::try_from(unit).unwrap_or(1).max(1);
    let ideal = Fit {
        span: (needed / unit + 1) * unit,
        lead,
    };
    let stays = |before: &Fit| {
        let room = before.span / 1000 * before.lead;
        past <= room && ahead <= before.span - room && before.span <= ideal.span * 2
    };
    before.filter(stays).unwrap_or(ideal)
}

fn millis(later: Instant, earlier: Instant) -> i64 {
    i64::try_from(time::millis(later.since(earlier))).unwrap_or(i64::MAX)
}

/// The largest of some lengths that can be come to from the smallest without a leap.
fn chained<I: Iterator<Item = i64>>(lengths: impl Fn() -> I) -> i64 {
    let mut reach = lengths().min().unwrap_or(0);
    while let Some(next) = lengths().filter(|length| *length > reach).min() {
        if next > reach.saturating_mul(4).saturating_add(RECENT) {
            break;
        }
        reach = next;
    }
    reach
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sessions::sample::session;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn now() -> Instant {
        Instant::from_millis(1_749_736_982_000)
    }

    #[wasm_bindgen_test]
    fn a_session_alone_fits_as_a_whole() {
        for seconds in [60, 3_600, 86_400] {
            let one = [session(now(), seconds)];
            let fit = fitting(&one, now(), None);
            let seconds = i64::try_from(seconds).unwrap() * 1000;
            assert!(fit.span - fit.span / 1000 * fit.lead >= seconds, "{fit:?}");
            assert!(fit.span < seconds * 2, "{fit:?}");
        }
    }

    #[wasm_bindgen_test]
    fn a_long_session_does_not_squeeze_short_ones() {
        let sessions = [session(now(), 300), session(now(), 86_400)];
        let fit = fitting(&sessions, now(), None);
        assert!(fit.span < 1_200_000, "{fit:?}");
    }

    #[wasm_bindgen_test]
    fn what_fits_stays_while_it_does() {
        let sessions = [session(now(), 3_600)];
        let first = fitting(&sessions, now(), None);
        let later = Instant::from_millis(now().as_millis() + 60_000);
        assert_eq!(fitting(&sessions, later, Some(first)), first);
        let far = Instant::from_millis(now().as_millis() + 1_800_000);
        let second = fitting(&sessions, far, Some(first));
        assert!(second.span / 1000 * second.lead >= 1_800_000, "{second:?}");
    }

    #[wasm_bindgen_test]
    fn zooming_keeps_the_moment_under_the_pointer() {
        let window = Window {
            start: 1_000_000,
            span: 1_000_000,
        };
        let closer = window.zoomed(50, 400);
        assert_eq!((closer.start, closer.span), (1_200_000, 500_000));
        assert_eq!(window.place(1_250_000), 25_000);
    }
}
