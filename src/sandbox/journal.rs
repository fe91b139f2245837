//! The journal: every input with its time, and the states from which they can be played again.

use super::{Input, State};
use crate::time::Instant;

/// How many inputs a checkpoint is good for. One to two times as many can be played again.
const STRETCH: usize = 10_000;

/// What came in, as far back as the oldest checkpoint.
#[derive(Clone, Debug)]
pub(super) struct Journal {
    older: Option<Stretch>,
    newer: Stretch,
}

#[derive(Clone, Debug)]
struct Stretch {
    start: State,
    inputs: Vec<(Instant, Input)>,
}

impl Journal {
    pub(super) const fn new(start: State) -> Self {
        Self {
            older: None,
            newer: Stretch {
                start,
                inputs: Vec::new(),
            },
        }
    }

    /// Notes an input that is about to be handled in `state`.
    pub(super) fn push(&mut self, state: &State, now: Instant, input: Input) {
        if self.newer.inputs.len() >= STRETCH {
            let fresh = Stretch {
                start: state.clone(),
                inputs: Vec::new(),
            };
            self.older = Some(std::mem::replace(&mut self.newer, fresh));
        }
        self.newer.inputs.push((now, input));
    }

    /// Takes back the last input: it was refused, and changed nothing.
    pub(super) fn pop(&mut self) {
        self.newer.inputs.pop();
    }

    /// The state at the oldest checkpoint.
    pub(super) fn start(&self) -> &State {
        &self.older.as_ref().unwrap_or(&self.newer).start
    }

    /// The inputs since then, oldest first.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &(Instant, Input)> {
        let older = self.older.iter().flat_map(|stretch| &stretch.inputs);
        older.chain(&self.newer.inputs)
    }
}
