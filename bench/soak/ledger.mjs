// The books of a sandbox: what has to be notified, at which moment, and how it has to be delivered. What is left at the
// end was lost.

/** How many complaints are told. */
const TOLD = 10;

export class Ledger {
  /** For each session, what it still has to notify: `[status, at, or the earliest, the latest]`. */
  #due = new Map();
  /** For each notification, the attempts that there still have to be. */
  #attempts = new Map();
  #ids = new Set();
  #complaints = [];
  #wrong = 0;
  #tries;
  sessions = 0;
  deliveries = 0;

  /** `tries(at)`: how a notification of that moment is delivered, as `[at, outcome]` of each attempt. */
  constructor(tries) {
    this.#tries = tries;
  }

  get notifications() {
    return this.#ids.size;
  }

  /** Enters what a page has noted. */
  enter(notes) {
    for (const [what, ...rest] of notes) this[`_${what}`](...rest);
  }

  /** What was wrong so far; at the end, with all that is missing. */
  complaints({ atEnd = false } = {}) {
    const told = this.#complaints.slice();
    if (this.#wrong > TOLD) told.push(`… and ${this.#wrong - TOLD} more`);
    if (atEnd && this.#due.size > 0) told.push(`${this.#due.size} sessions were not notified of to their end, as ${[...this.#due][0]}`);
    if (atEnd && this.#attempts.size > 0) told.push(`${this.#attempts.size} notifications were not delivered to their end, as ${[...this.#attempts][0]}`);
    return told;
  }

  #complain(text) {
    if (++this.#wrong <= TOLD) this.#complaints.push(text);
  }

  _created(id, at, life, expiresAt) {
    this.sessions++;
    const granted = ['AVAILABLE', at + 2_000];
    const lives = {
      refused: [['NETWORK_TERMINATED', at + 2_000]],
      terminated: [granted, ['NETWORK_TERMINATED', at + 12_000]],
    };
    this.#due.set(id, lives[life] ?? [granted, ['DURATION_EXPIRED', expiresAt * 1_000]]);
  }

  _extended(id, expiresAt) {
    this.#change(id, ['DURATION_EXPIRED', expiresAt * 1_000]);
  }

  _deleted(id, from, to) {
    this.#change(id, ['DELETE_REQUESTED', from, to]);
  }

  _notification(id, at, session, eventId, time, status) {
    if (this.#ids.has(id)) this.#complain(`the id ${id} was given twice`);
    this.#ids.add(id);
    if (eventId !== id || time !== at) this.#complain(`notification ${id} of ${at} has an event ${eventId} of ${time}`);
    const [due, ...more] = this.#due.get(session) ?? [];
    const [wanted, from, to = from] = due ?? [];
    if (status !== wanted || at < from || at > to) this.#complain(`session ${session} notified ${status} at ${at} instead of ${due ?? 'nothing'}`);
    if (more.length > 0) this.#due.set(session, more);
    else this.#due.delete(session);
    this.#attempts.set(id, this.#tries(at));
  }

  _delivery(id, at, attempt, outcome) {
    const [due, ...more] = this.#attempts.get(id) ?? [];
    if (!due || at !== due[0] || outcome !== due[1]) this.#complain(`attempt ${attempt} for ${id} was ${outcome} at ${at} instead of ${due ?? 'none'}`);
    this.deliveries++;
    if (more.length > 0) this.#attempts.set(id, more);
    else this.#attempts.delete(id);
  }

  /** A receiver of the page's own was called. */
  _received(id) {
    if (!this.#ids.has(id)) this.#complain(`a receiver got ${id}, which was not told of`);
    this.received = (this.received ?? 0) + 1;
  }

  _trouble(text) {
    this.#complain(text);
  }

  #change(id, last) {
    const due = this.#due.get(id);
    if (!due) return this.#complain(`session ${id} was changed, and is not live`);
    return this.#due.set(id, [...due.slice(0, -1), last]);
  }
}
