//! A session's life in parts: what happened, what goes on, and what is planned.

use crate::engine::{Answer, Cause, Session, State, Status, TimerKind};
use crate::time::Instant;
use crate::ui::parts::{Shape, Tone};
use crate::ui::{describe, format};

/// Of a long history, so many of the last steps are drawn and told.
const MANY: usize = 40;

/// A stretch with one status.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Part {
    pub(super) tone: Tone,
    pub(super) from: Instant,
    pub(super) until: Instant,
}

/// Something that happened to it, other than what its status shows.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Pin {
    pub(super) at: Instant,
    pub(super) class: &'static str,
    pub(super) shape: Shape,
}

/// What there is to draw of a session.
#[derive(PartialEq)]
pub(super) struct Life {
    /// What is over.
    pub(super) past: Vec<Part>,
    /// What goes on: up to now it has happened, from then on it is planned.
    pub(super) current: Option<Part>,
    /// What comes then.
    pub(super) planned: Option<Part>,
    pub(super) pins: Vec<Pin>,
}

/// When it began, and when it ended or will end by itself.
pub(super) fn extent(session: &Session) -> (Instant, Instant) {
    let first = session.history.first();
    let start = first.map_or(session.started_at, |change| change.at);
    let end = session
        .released_at()
        .unwrap_or_else(|| match session.state {
            State::Requested {
                answer: Some((_, Answer::Grant)),
                ..
            } => session.expires_at(),
            State::Requested { .. }
            | State::Available { .. }
            | State::Unavailable { .. }
            | State::Released { .. } => session.timers().min().map_or(start, |(at, _)| at),
        });
    (start, end)
}

/// The parts of a session's life.
pub(super) fn life(session: &Session) -> Life {
    let (start, end) = extent(session);
    let pins = recent(session).filter_map(|change| pin(change.cause, change.at));
    let mut life = Life {
        past: Vec::new(),
        current: None,
        planned: None,
        pins: pins.collect(),
    };
    if session.released_at().is_some() {
        life.past.push(Part {
            tone: Tone::End,
            from: start,
            until: end,
        });
        return life;
    }
    let mut status = Status::Requested;
    let mut from = start;
    for change in &session.history {
        if change.status != status {
            life.past.push(part(status, from, change.at));
            (status, from) = (change.status, change.at);
        }
    }
    let until = match session.state {
        State::Requested {
            answer: Some((at, Answer::Grant)),
            ..
        } if at < end => {
            life.planned = Some(part(Status::Available, at, end));
            at
        }
        State::Requested { .. }
        | State::Available { .. }
        | State::Unavailable { .. }
        | State::Released { .. } => end,
    };
    life.current = Some(part(status, from, until));
    life
}

const fn part(status: Status, from: Instant, until: Instant) -> Part {
    Part {
        tone: describe::status(status).0,
        from,
        until,
    }
}

const fn pin(cause: Cause, at: Instant) -> Option<Pin> {
    let (class, shape) = match cause {
        Cause::Extended => ("mk ext", Shape::Plus),
        Cause::Refused | Cause::Terminated => ("mk bad", Shape::Close),
        Cause::Deleted => ("mk end", Shape::Close),
        Cause::Expired => ("mk end", Shape::Clock),
        Cause::Created | Cause::Granted | Cause::Released => return None,
    };
    Some(Pin { at, class, shape })
}

fn recent(session: &Session) -> impl Iterator<Item = &crate::engine::Change> {
    let history = &session.history;
    history.iter().skip(history.len().saturating_sub(MANY))
}

/// The picture in words: `Requested 14:03:02, available 14:03:04, expires 15:03:02`
pub(super) fn sentence(session: &Session) -> String {
    let mut text = String::new();
    let mut add = |word: &str, at: Instant| {
        if !text.is_empty() {
            text += ", ";
        }
        text += word;
        text += " ";
        text += &format::time_of_day(at);
    };
    if session.history.len() > MANY {
        add("Requested", extent(session).0);
    }
    for change in recent(session) {
        add(happened(change.cause), change.at);
    }
    let mut timers: Vec<_> = session.timers().collect();
    // Two at most.
    if matches!(timers.as_slice(), [first, second] if second < first) {
        timers.reverse();
    }
    for (at, kind) in timers {
        add(planned(kind), at);
    }
    if let State::Requested { answer: None, .. } = session.state {
        text += ", not granted";
    }
    text
}

const fn happened(cause: Cause) -> &'static str {
    match cause {
        Cause::Created => "Requested",
        Cause::Granted => "available",
        Cause::Refused => "refused by the network",
        Cause::Terminated => "terminated by the network",
        Cause::Extended => "extended",
        Cause::Expired => "expired",
        Cause::Deleted => "deleted",
        Cause::Released => "released",
    }
}

const fn planned(kind: TimerKind) -> &'static str {
    match kind {
        TimerKind::Expire => "expires",
        TimerKind::Grant => "will be available",
        TimerKind::Refuse => "will be refused by the network",
        TimerKind::Terminate => "will be terminated by the network",
        TimerKind::Release => "held until",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::NetworkAct;
    use crate::ui::sessions::sample::{START, acted, session};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_request_goes_over_into_what_is_planned() {
        let life = life(&session(START, 3_600));
        assert!(life.past.is_empty() && life.pins.is_empty());
        assert!(life.current.is_some_and(|part| part.tone == Tone::Wait));
        assert!(life.planned.is_some_and(|part| part.tone == Tone::Ok));
    }

    #[wasm_bindgen_test]
    fn the_picture_is_told_in_words() {
        let words = sentence(&acted(&[NetworkAct::Grant, NetworkAct::Terminate]));
        assert_eq!(
            words,
            "Requested 14:03:02, available 14:03:02, terminated by the network 14:03:02, held until 14:09:02"
        );
        let words = sentence(&session(START, 3_600));
        assert_eq!(
            words,
            "Requested 14:03:02, will be available 14:03:04, expires 15:03:02"
        );
    }

    #[wasm_bindgen_test]
    fn what_the_network_took_back_has_three_parts_and_a_pin() {
        let life = life(&acted(&[NetworkAct::Grant, NetworkAct::Terminate]));
        let tones: Vec<_> = life.past.iter().map(|part| part.tone).collect();
        assert!(tones == [Tone::Wait, Tone::Ok]);
        assert!(life.current.is_some_and(|part| part.tone == Tone::Bad));
        assert_eq!(life.pins.len(), 1);
    }
}
