// Keeping a sandbox over reloads and crashes, in IndexedDB or in what is handed in.

import { indexedDbStorage } from './storage.js';

// Taken here, so that tests may replace the globals by fake ones.
const { clearTimeout, setTimeout } = globalThis;

/** How long after a change it is kept, in milliseconds; all that follow in between are kept with it. */
const DELAY = 200;

/** Those of this page that still keep the last of a sandbox and let its key go, by key: the next waits for them. */
const leaving = new Map();

/** Keeps a sandbox under a key, which one page at a time has: they take turns. */
export class Keeper {
  #key;
  #storage;
  #sandbox;
  #tell;
  #timer;
  /** What is to be written next, and the writing. */
  #next;
  #writing;
  /** The reading of what is kept. */
  #loading;
  /** It has changed since, while something was written. */
  #stale = false;
  #held = false;
  #ended = false;
  /** The lock, until it is free again; and what lets it go. */
  #lock;
  #release;
  #abort = new AbortController();
  #told = false;

  /** `sandbox` has `snapshot()`, `restore(text)` and `lives()`; `tell(error)` is called with what the user must know. */
  constructor({ key, storage }, sandbox, tell) {
    this.#key = key;
    this.#storage = storage ?? indexedDbStorage();
    this.#sandbox = sandbox;
    this.#tell = tell;
  }

  /** Restores what is kept. Where another page has the key, this one gets it when that is gone. */
  async open() {
    await leaving.get(this.#key);
    const locks = globalThis.navigator?.locks;
    if (!locks) return this.#begin();
    const mine = await new Promise((resolve, reject) => {
      this.#lock = locks.request(this.#name, { ifAvailable: true }, (lock) => this.#take(lock, resolve));
      this.#lock.catch(reject);
    }).catch((error) => void this.#goOnWithout(error));
    if (mine === false) {
      this.#tell(new Error(`another page has the sandbox that is kept as '${this.#key}': what is done here is not kept until that page is closed; then this one shows what was kept`));
      const { signal } = this.#abort;
      this.#lock = locks.request(this.#name, { signal }, (lock) => this.#take(lock, () => this.#begin().catch(this.#tell)));
      this.#lock.catch(() => {});
    }
    if (mine) return this.#begin();
    await this.#load(false);
    return undefined;
  }

  /** Something may have changed: it is kept soon. */
  changed() {
    if (!this.#held || this.#ended) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // One write at a time: what a slow storage cannot keep up with is written with what follows.
      if (this.#writing) this.#stale = true;
      else this.#save();
    }, DELAY);
  }

  /** Keeps the sandbox as it is now, also where the page is gone before that is done. */
  leave() {
    const text = this.#save();
    if (text !== undefined) this.#storage.setLast?.(this.#key, text);
  }

  /** Keeps the sandbox as it is now: as what text. */
  #save() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#stale = false;
    if (!this.#held) return undefined;
    let text;
    try {
      text = this.#sandbox.snapshot();
    } catch {
      // It has just stopped; that is told elsewhere, and what was kept last stays.
      return undefined;
    }
    this.#next = text;
    this.#write();
    return text;
  }

  /** Keeps what has changed last, and lets others have the key. */
  async end() {
    if (this.#ended) return;
    this.#ended = true;
    this.#abort.abort();
    this.#save();
    const left = this.#leave();
    leaving.set(this.#key, left);
    await left;
    if (leaving.get(this.#key) === left) leaving.delete(this.#key);
  }

  async #leave() {
    while (this.#writing) await this.#writing;
    await this.#loading?.catch(() => {});
    this.#release?.();
    await this.#lock?.catch(() => {});
  }

  get #name() {
    return `qod-sandbox:${this.#key}`;
  }

  /** Has the key until it is released. */
  #take(lock, taken) {
    taken(lock !== null);
    return lock && !this.#ended && new Promise((release) => (this.#release = release));
  }

  /** What happens from now on is kept, after what was. */
  async #begin() {
    this.#loading = this.#load(true);
    const known = await this.#loading;
    this.#held = known && !this.#ended;
    // What was kept as a page went lies aside until it is kept like all else.
    if (this.#storage.hasLast?.(this.#key)) this.changed();
  }

  #write() {
    // A page that leaves does not see the end of what is under way: what keeps the order is told at once.
    if (this.#writing && !this.#storage.ordered) return;
    const writing = Promise.all([this.#writing, this.#writeAll()]).finally(() => {
      if (this.#writing !== writing) return;
      this.#writing = undefined;
      if (this.#next !== undefined) this.#write();
      else if (this.#stale) this.changed();
    });
    this.#writing = writing;
  }

  async #writeAll() {
    while (this.#next !== undefined) {
      const text = this.#next;
      this.#next = undefined;
      try {
        await this.#storage.set(this.#key, text);
      } catch (error) {
        // The next change may fit.
        this.#goOnWithout(error);
      }
    }
  }

  /** Restores what is kept; whether something new may take its place. */
  async #load(mine) {
    let text;
    try {
      text = await this.#storage.get(this.#key);
    } catch (error) {
      return this.#goOnWithout(error);
    }
    if (text === undefined || text === null || this.#ended) return true;
    // What is kept is not to blame.
    if (!this.#sandbox.lives()) return false;
    try {
      if (typeof text !== 'string') throw new Error('this is no snapshot of a QoD Sandbox');
      this.#sandbox.restore(text);
      return true;
    } catch (error) {
      return this.#setAside(text, error, mine);
    }
  }

  /** Another version, or one with more memory, may read it. Where this one died of it, the next is not to. */
  async #setAside(text, error, mine) {
    const fatal = !this.#sandbox.lives();
    const unreadable = `what was kept as '${this.#key}' cannot be restored (${error.message})`;
    const aside = `${this.#key}:unreadable`;
    try {
      if (mine) await this.#storage.set(aside, text);
      if (mine && fatal) await this.#storage.delete(this.#key);
    } catch {
      this.#tell(new Error(`${unreadable}, and could not be set aside: it stays as it is, and this sandbox, which begins anew, is not kept`, { cause: error }));
      return false;
    }
    const next = fatal ? 'the next' : 'this';
    const then = mine ? `; it is kept as '${aside}', and ${next} sandbox begins anew` : fatal ? '' : '; this sandbox begins anew';
    const told = new Error(unreadable + then, { cause: error });
    if (fatal) throw told;
    this.#tell(told);
    return true;
  }

  #goOnWithout(error) {
    if (this.#told) return false;
    this.#told = true;
    this.#tell(new Error(`this sandbox cannot be kept as '${this.#key}', and goes on without: ${error?.message || error?.name || error}`, { cause: error }));
    return false;
  }
}
