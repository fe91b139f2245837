//! What happened, as marks on the line of time.

use crate::engine::{Cause, Session};
use crate::time::{Instant, millis};
use crate::ui::parts::Tone;
use crate::ui::shared::{List, Shared};
use crate::ui::state::Snapshot;

/// The shape of a mark: what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Requested,
    Available,
    Unavailable,
    Extended,
    Ended,
}

/// Marks that are too close to be told apart, as one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cluster {
    /// Where, in thousandths of the stretch.
    pub(super) place: f64,
    /// What happened last.
    pub(super) mark: Mark,
    pub(super) count: usize,
}

impl Mark {
    pub(super) const fn of(cause: Cause) -> Self {
        match cause {
            Cause::Created => Self::Requested,
            Cause::Granted => Self::Available,
            Cause::Refused | Cause::Terminated => Self::Unavailable,
            Cause::Extended => Self::Extended,
            Cause::Expired | Cause::Deleted | Cause::Released => Self::Ended,
        }
    }

    /// The class that colours it.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Requested => "create",
            Self::Available => Tone::Ok.class(),
            Self::Unavailable => Tone::Bad.class(),
            Self::Extended => "ext",
            Self::Ended => Tone::End.class(),
        }
    }

    /// Its outline on a square of 10.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Requested => "M5 0 10 5 5 10 0 5z",
            Self::Available => "M.4 5a4.6 4.6 0 1 0 9.2 0a4.6 4.6 0 1 0-9.2 0",
            Self::Unavailable => "M3 0h4l3 3v4L7 10H3L0 7V3z",
            Self::Extended => "M5 0l5 9.4H0z",
            Self::Ended => "M1 1h8v8H1z",
        }
    }
}

/// What happened from `start` to `end`, in so many places.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "parts of a line of at most some thousand places"
)]
pub(super) fn clusters(
    sessions: &List<Session>,
    start: Instant,
    end: Instant,
    places: usize,
) -> Vec<Cluster> {
    let whole = millis(end.since(start)).max(1) as f64;
    let mut line: Vec<Option<(Instant, Mark, usize)>> = vec![None; places + 1];
    for change in sessions.iter().flat_map(|session| &session.history) {
        if change.at < start {
            continue;
        }
        let part = millis(change.at.since(start)) as f64 / whole;
        let Some(place) = line.get_mut((part * places as f64) as usize) else {
            continue;
        };
        let mark = (change.at, Mark::of(change.cause));
        let (last, count) = match *place {
            Some((at, before, count)) if at > change.at => ((at, before), count),
            Some((_, _, count)) => (mark, count),
            None => (mark, 0),
        };
        *place = Some((last.0, last.1, count + 1));
    }
    let cluster = |(at, mark, count): (Instant, Mark, usize)| Cluster {
        place: millis(at.since(start)) as f64 / whole * 100.0,
        mark,
        count,
    };
    line.into_iter().flatten().map(cluster).collect()
}

/// The moment of the mark before now.
pub(in crate::ui) fn mark_before(snapshot: &Snapshot) -> Option<Instant> {
    let clock = &snapshot.clock;
    moments(all(snapshot))
        .filter(|at| *at < clock.now && *at >= clock.horizon)
        .max()
}

/// The moment of the mark after the one on show.
pub(in crate::ui) fn mark_after(snapshot: &Snapshot) -> Option<Instant> {
    let present = snapshot.clock.other?;
    let later = moments(all(snapshot))
        .filter(|at| *at > snapshot.clock.now)
        .min();
    snapshot.clock.viewing.then(|| later.unwrap_or(present))
}

fn all(snapshot: &Snapshot) -> &List<Session> {
    snapshot.present.as_ref().unwrap_or(&snapshot.sessions)
}

fn moments(sessions: &[Shared<Session>]) -> impl Iterator<Item = Instant> + '_ {
    let changes = sessions.iter().flat_map(|session| &session.history);
    changes.map(|change| change.at)
}
