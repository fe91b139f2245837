//! The backend as a whole: inputs in, at a time that is given; responses and outputs out.
//!
//! Sans-IO: no clock, no browser, no network. Same seed and same inputs at the same times make the
//! same outputs, byte for byte, however time is cut into steps.

use std::collections::{BinaryHeap, VecDeque};
use std::sync::Arc;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng as _, SeedableRng as _};
use serde::{Deserialize, Serialize};

use crate::engine::{self, Engine, KnownDevice, Session};
use crate::time::Instant;
use authorization::Grants;
use branch::Branch;
use delivery::Outbox;
use fault::Faults;
use journal::Journal;
use rate_limit::Meter;
use records::Records;
use scenario::Astray;

mod answer;
mod authorization;
mod branch;
mod cors;
mod deadlines;
mod delivery;
mod events;
mod fault;
mod inputs;
mod io;
mod journal;
mod kept;
mod notification;
mod perspective;
mod rate_limit;
mod recording;
mod records;
mod scenario;
mod settings;
mod snapshot;
mod traffic;
mod veil;

pub use authorization::{MOCK_ACCESS_TOKEN, Principal};
pub use branch::NoWayBack;
pub use delivery::{
    Answering, Delivery, DeliveryCause, DeliveryId, DeliveryPolicy, DeliveryRecord, Destination,
    Disorder, Outcome, Receiver, ReceiverId, Receivers, Reception, Run, SetAnswer, SetReply,
    Target, To,
};
pub use fault::{Fault, FaultId, Rate};
pub use io::{Deadline, Declined, Dispatch, Fired, FiredKind, Input, NewDevice, Output, Reply};
pub use notification::{Message, Notification, NotificationId, NotificationRecord, Waiting};
pub use perspective::{Callback, Difference, Perspective, Polling, Step};
pub use rate_limit::RateLimit;
pub use recording::{Recorded, StandIns};
pub use records::Dropped;
pub use scenario::{DEFAULT_SCENARIO, Failing, Named, Scenario, TestValues};
pub use settings::{Auth, Limits, Options, Setting, Settings};
pub use snapshot::Unreadable;
pub use traffic::{Exchange, ExchangeRecord, HttpRecord};

/// A mock of an operator's Quality-on-Demand backend: a value that is told the time.
///
/// Whatever is done to it is done at a time that is given; what is due before that happens first.
/// Between calls nothing happens: [`Sandbox::handle_timeout`] lets time pass, and
/// [`Sandbox::poll_timeout`] says until when nothing is due. What happened is to be polled with
/// [`Sandbox::poll_output`], or looked up in the records.
///
/// ```
/// use qod_sandbox::{Instant, Options, Request, Sandbox};
///
/// let start = Instant::from_millis(0);
/// let mut sandbox = Sandbox::new(&Options::new(1, start));
/// let request = Request::new("GET", "/qod/v0/qos-profiles/QOS_E")
///     .header("Authorization", "Bearer mock_sandbox_access_token");
/// assert_eq!(sandbox.request(start, request).status, 200);
/// ```
#[derive(Clone, Debug)]
pub struct Sandbox {
    state: State,
    journal: Journal,
    outputs: VecDeque<Output>,
    /// The URL of the last webhook: the next ones are the same, and share its memory.
    webhook: Arc<str>,
    /// What can be returned to after time was set back.
    other: Option<Box<Branch>>,
    /// Whether this branch is more than the beginning of the other.
    touched: bool,
}

/// For how many outputs there is room, when there are none.
const OUTPUTS: usize = 1_000;

/// All that a sandbox is: what a checkpoint keeps.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct State {
    /// All chance comes from it.
    seed: u64,
    now: Instant,
    run: Run,
    settings: Settings,
    chance: Xoshiro256PlusPlus,
    grants: Grants,
    meter: Meter,
    engine: Engine,
    faults: Faults,
    astray: Astray,
    receivers: Receivers,
    outbox: Outbox,
    records: Records,
}

impl Sandbox {
    /// A sandbox at its start.
    pub fn new(options: &Options) -> Self {
        Self::from(State::new(options, Run::default()))
    }

    /// Back to the start, in a run of its own: what is still under way is dropped when it comes.
    /// Receivers stay.
    pub fn reset(&mut self, options: &Options) {
        let receivers = self.state.receivers.fresh();
        *self = Self::from(State::new(options, self.state.run.next()));
        if !receivers.is_empty() {
            self.keep_receivers(self.state.now, receivers);
        }
    }

    /// Plays everything that came in again, as far back as the journal reaches, and up to now.
    /// The outputs of the replay are to be polled from what is returned.
    #[must_use]
    pub fn replay(&self) -> Self {
        let start = self.journal.start().unwrap_or(&self.state);
        let mut replay = Self::from(start.resumed());
        for entry in self.journal.entries() {
            replay.play(entry.at, entry.input());
        }
        replay.handle_timeout(self.state.now);
        replay
    }

    /// Handles an input at `now`, after every deadline up to then. A `now` that lies before that of
    /// an earlier call counts as the latest so far.
    ///
    /// # Errors
    /// It is impossible: nothing has changed, nothing is noted.
    pub fn handle(&mut self, now: Instant, input: Input) -> Result<Reply, Declined> {
        self.handle_timeout(now);
        if let Input::Received(run, id, _) = input
            && (run != self.state.run || !self.state.outbox.waits_for(id))
        {
            return Ok(Reply::Done);
        }
        let input = self.without_token(input.bounded(self.state.settings.limits.body_bytes));
        self.journal.push(&self.state, self.state.now, &input);
        let done = self.act(self.state.now, input);
        match &done {
            Ok(Reply::Exchange(exchange)) => self.journal.answered(exchange.clone()),
            Ok(Reply::Done) => {}
            Err(_) => self.journal.pop(),
        }
        self.touched |= done.is_ok();
        done
    }

    /// Handles an input of the journal once more. What came from outside belongs to it, whatever
    /// the run was called.
    fn play(&mut self, at: Instant, input: Input) {
        self.handle_timeout(at);
        self.journal.push(&self.state, at, &input);
        // What was refused is not in the journal.
        if let Ok(Reply::Exchange(exchange)) = self.act(at, input) {
            self.journal.answered(exchange);
        }
    }

    fn act(&mut self, now: Instant, input: Input) -> Result<Reply, Declined> {
        match input {
            Input::Request(request) => return Ok(Reply::Exchange(self.exchange(now, request))),
            Input::Network(session, act) => {
                self.state.engine.network(now, session, act)?;
                self.collect_events(None, now);
            }
            Input::Configure(setting) => {
                self.state.settings.set(setting);
                let operator = self.state.settings.operator.clone();
                self.state.engine.set_operator(operator);
            }
            Input::AddDevice(NewDevice {
                device,
                unsupported,
            }) => {
                self.state.engine.add_device(device, unsupported)?;
            }
            Input::RemoveDevice(id) => self.state.engine.remove_device(id)?,
            Input::AddReceiver(receiver) => {
                self.state.receivers.add(receiver);
            }
            Input::RemoveReceiver(id) => self.state.receivers.remove(id),
            Input::KeepReceivers(receivers) => self.state.receivers = *receivers,
            Input::Received(_, delivery, reception) => self.receive(now, delivery, reception),
            Input::Redeliver(notification) => self.deliver_again(now, &notification)?,
            Input::AddFault(fault) => self.state.faults.add(fault),
            Input::RemoveFault(id) => {
                if !self.state.faults.remove(id) {
                    return Err(Declined::NoFault(id));
                }
            }
            Input::ClearFaults => self.state.faults.clear(),
        }
        Ok(Reply::Done)
    }

    /// What happened since the last call, oldest first. Outputs wait until they are polled: a
    /// sandbox that lives long has someone who does.
    pub fn poll_output(&mut self) -> Option<Output> {
        let output = self.outputs.pop_front();
        if output.is_none() {
            // Very much may have happened at once.
            self.outputs.shrink_to(OUTPUTS);
        }
        output
    }

    /// The time of the last call.
    pub const fn now(&self) -> Instant {
        self.state.now
    }

    /// The settings in force.
    pub const fn settings(&self) -> &Settings {
        &self.state.settings
    }

    /// The profiles on offer.
    pub fn catalogue(&self) -> &engine::Catalogue {
        self.state.engine.catalogue()
    }

    /// The devices that the operator knows.
    pub fn devices(&self) -> impl ExactSizeIterator<Item = &Arc<KnownDevice>> {
        self.state.engine.devices()
    }

    /// The receivers of webhooks as a whole.
    pub const fn all_receivers(&self) -> &Receivers {
        &self.state.receivers
    }

    /// The receivers of webhooks, by age.
    pub fn receivers(&self) -> impl Iterator<Item = (ReceiverId, &Receiver)> {
        self.state.receivers.iter()
    }

    /// Whether any of them has a pattern, so that whoever runs the sandbox is asked.
    pub const fn has_patterns(&self) -> bool {
        self.state.receivers.has_patterns()
    }

    /// How many sessions are live.
    pub fn live(&self) -> usize {
        self.state.engine.sessions().len()
    }

    /// All sessions, live and released, in the order of their creation.
    pub fn sessions(&self) -> Vec<Arc<Session>> {
        let released = self.state.records.released.iter();
        let sessions: Vec<_> = released.chain(self.state.engine.sessions()).collect();
        // A heap sorts in a tenth of the code that `sort` takes.
        let places = sessions.iter().enumerate();
        let by_age: BinaryHeap<_> = places
            .map(|(place, session)| (session.sequence, place))
            .collect();
        let in_order = by_age.into_sorted_vec().into_iter();
        in_order
            .filter_map(|(_, place)| sessions.get(place).copied().cloned())
            .collect()
    }

    /// All notifications, oldest first.
    pub fn notifications(&self) -> impl DoubleEndedIterator<Item = &Arc<Notification>> {
        self.state.records.notifications.iter()
    }

    /// How many older records are gone.
    pub const fn dropped(&self) -> Dropped {
        let records = &self.state.records;
        Dropped {
            traffic: records.exchanges.dropped(),
            notifications: records.notifications.dropped(),
            sessions: records.released.dropped(),
        }
    }

    /// All requests and their answers, oldest first.
    pub fn traffic(&self) -> impl DoubleEndedIterator<Item = &Arc<Exchange>> {
        self.state.records.exchanges.iter()
    }
}

impl From<State> for Sandbox {
    fn from(state: State) -> Self {
        Self {
            journal: Journal::new(&state),
            state,
            outputs: VecDeque::new(),
            webhook: Arc::default(),
            other: None,
            touched: true,
        }
    }
}

impl State {
    fn new(options: &Options, run: Run) -> Self {
        Self {
            seed: options.seed,
            now: options.start_at.clamp(Instant::MIN, Instant::MAX),
            run,
            settings: options.settings.clone(),
            chance: Xoshiro256PlusPlus::seed_from_u64(options.seed),
            grants: Grants::default(),
            meter: Meter::default(),
            engine: Engine::new(options.settings.operator.clone()),
            faults: Faults::default(),
            astray: Astray::default(),
            receivers: Receivers::default(),
            outbox: Outbox::default(),
            records: Records::default(),
        }
    }

    fn draw(&mut self) -> u128 {
        u128::from(self.draw_bits()) << 64 | u128::from(self.draw_bits())
    }

    fn draw_bits(&mut self) -> u64 {
        self.chance.next_u64()
    }
}
