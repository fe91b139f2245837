//! The journal: every input with its time, and the states from which they can be played again.

use std::collections::VecDeque;
use std::sync::Arc;

use super::traffic::Exchange;
use super::{Input, State};
use crate::http::Request;
use crate::time::Instant;

/// How many inputs there are from one checkpoint to the next. Few enough to be played again in a
/// moment, many enough that a checkpoint, which shares most of the state, does not matter.
const STRETCH: usize = 2_500;

/// How many inputs can be played again, at least.
const KEPT: usize = 10_000;

/// How many records of each kind a checkpoint keeps: the older ones would live for it alone.
const RECORDS: usize = 2_500;

/// What came in, as far back as the oldest checkpoint.
#[derive(Clone, Debug)]
pub(super) struct Journal {
    stretches: VecDeque<Arc<Stretch>>,
    /// Whether an older part was let go.
    compacted: bool,
}

/// A checkpoint, and what came in since.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// Without what follows from its sessions: see [`State::resumed`].
    pub(super) start: State,
    pub(super) entries: Vec<Entry>,
}

/// Something that came in.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) at: Instant,
    what: What,
}

/// What came in. Almost all are requests, and take little.
#[derive(Clone, Debug)]
enum What {
    /// A request that is not answered yet.
    Request(Arc<Request>),
    /// A request, and what came of it.
    Exchange(Arc<Exchange>),
    Other(Box<Input>),
}

impl Entry {
    pub(super) fn input(&self) -> Input {
        match &self.what {
            What::Request(request) => Input::Request(request.clone()),
            What::Exchange(exchange) => Input::Request(exchange.request.clone()),
            What::Other(input) => (**input).clone(),
        }
    }

    /// What came of a request.
    pub(super) const fn exchange(&self) -> Option<&Arc<Exchange>> {
        match &self.what {
            What::Exchange(exchange) => Some(exchange),
            What::Request(_) | What::Other(_) => None,
        }
    }
}

impl From<&Input> for What {
    fn from(input: &Input) -> Self {
        if let Input::Request(request) = input {
            return Self::Request(request.clone());
        }
        Self::Other(Box::new(input.clone()))
    }
}

impl Journal {
    pub(super) fn new(state: &State) -> Self {
        let (start, entries) = (state.core(usize::MAX), Vec::new());
        Self {
            stretches: VecDeque::from([Arc::new(Stretch { start, entries })]),
            compacted: false,
        }
    }

    /// The same, of a state whose own beginning is not known any more.
    pub(super) fn in_the_middle(state: &State) -> Self {
        Self {
            compacted: true,
            ..Self::new(state)
        }
    }

    /// Notes an input that is about to be handled in `state`.
    pub(super) fn push(&mut self, state: &State, at: Instant, input: &Input) {
        if self.last().is_none_or(|last| last.entries.len() >= STRETCH) {
            let (start, entries) = (state.core(RECORDS), Vec::new());
            self.stretches
                .push_back(Arc::new(Stretch { start, entries }));
        }
        self.compact();
        self.change(|entries| {
            entries.push(Entry {
                at,
                what: input.into(),
            });
        });
    }

    /// Notes what came of the last input, a request.
    pub(super) fn answered(&mut self, exchange: Arc<Exchange>) {
        self.change(|entries| {
            if let Some(last) = entries.last_mut() {
                last.what = What::Exchange(exchange);
            }
        });
    }

    /// Takes back the last input: it was refused, and changed nothing.
    pub(super) fn pop(&mut self) {
        self.change(|entries| {
            entries.pop();
        });
    }

    /// The oldest checkpoint.
    pub(super) fn start(&self) -> Option<&State> {
        self.stretches.front().map(|stretch| &stretch.start)
    }

    /// Whether that is the beginning of the run.
    pub(super) const fn is_whole(&self) -> bool {
        !self.compacted
    }

    /// All that came in since then, oldest first.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.stretches.iter().flat_map(|stretch| &stretch.entries)
    }

    /// What came in up to a moment, and with it; nothing if that lies before the oldest checkpoint.
    pub(super) fn until(&self, moment: Instant) -> Option<Self> {
        let later = |stretch: &Arc<Stretch>| stretch.start.now > moment;
        let count = self.stretches.iter().position(later);
        let mut stretches = self.stretches.clone();
        stretches.truncate(count.unwrap_or(stretches.len()));
        let last = Arc::make_mut(stretches.back_mut()?);
        let count = last.entries.partition_point(|entry| entry.at <= moment);
        last.entries.truncate(count);
        Some(Self {
            stretches,
            compacted: self.compacted,
        })
    }

    pub(super) fn last(&self) -> Option<&Stretch> {
        self.stretches.back().map(|stretch| &**stretch)
    }

    /// Lets go of the oldest stretch where the others are long enough.
    fn compact(&mut self) {
        let newer = self.stretches.iter().skip(1);
        let count: usize = newer.map(|stretch| stretch.entries.len()).sum();
        if count >= KEPT {
            self.stretches.pop_front();
            self.compacted = true;
        }
    }

    fn change(&mut self, change: impl FnOnce(&mut Vec<Entry>)) {
        if let Some(last) = self.stretches.back_mut() {
            change(&mut Arc::make_mut(last).entries);
        }
    }
}

impl State {
    /// The same without what follows from the sessions, the larger part of them, and with so
    /// many records of each kind.
    fn core(&self, records: usize) -> Self {
        Self {
            seed: self.seed,
            now: self.now,
            run: self.run,
            settings: self.settings.clone(),
            chance: self.chance.clone(),
            grants: self.grants.clone(),
            meter: self.meter.clone(),
            engine: self.engine.core(),
            faults: self.faults.clone(),
            astray: self.astray.clone(),
            receivers: self.receivers.clone(),
            outbox: self.outbox.clone(),
            records: self.records.newest(records),
        }
    }

    /// A copy that can go on.
    pub(super) fn resumed(&self) -> Self {
        let mut state = self.clone();
        state.engine.rebuild();
        state
    }
}
