// Keeping a sandbox over reloads and crashes, in IndexedDB or in what is handed in.

import { indexedDbStorage } from './storage.js';

// Taken here, so that tests may replace the globals by fake ones.
const { clearTimeout, setTimeout } = globalThis;

/** How long after a change it is kept, in milliseconds; all that follow in between are kept with it. */
const DELAY = 200;

/** Keeps a sandbox under a key, which one page at a time has: they take turns. */
export class Keeper {
  #key;
  #storage;
  #sandbox;
  #tell;
  #timer;
  #saving = Promise.resolve();
  #held = false;
  #release;
  #abort = new AbortController();
  #failed = false;

  /** `sandbox` has `snapshot()` and `restore(text)`; `tell(error)` is called with what the user must know. */
  constructor({ key, storage }, sandbox, tell) {
    this.#key = key;
    this.#storage = storage ?? indexedDbStorage();
    this.#sandbox = sandbox;
    this.#tell = tell;
  }

  /** Restores what is kept. Where another page has the key, this one gets it when that is gone. */
  async open() {
    const locks = globalThis.navigator?.locks;
    if (!locks) {
      this.#held = true;
      return this.#load();
    }
    const mine = await new Promise((resolve, reject) => {
      locks.request(this.#name, { ifAvailable: true }, (lock) => this.#take(lock, resolve)).catch(reject);
    }).catch((error) => this.#fail(error, true));
    if (mine === false) {
      this.#tell(new Error(`another page has the sandbox that is kept as '${this.#key}': what is done here is not kept until that page is closed; then this one shows what was kept`));
      const { signal } = this.#abort;
      locks.request(this.#name, { signal }, (lock) => this.#take(lock, () => this.#load())).catch(() => {});
    }
    return this.#load();
  }

  /** Something may have changed: it is kept soon. */
  changed() {
    if (this.#held && !this.#failed) this.#timer ??= setTimeout(() => this.save(), DELAY);
  }

  /** Keeps the sandbox as it is now. */
  save() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#held || this.#failed) return this.#saving;
    const text = this.#sandbox.snapshot();
    this.#saving = this.#saving.then(() => this.#storage.set(this.#key, text)).catch((error) => this.#fail(error));
    return this.#saving;
  }

  /** Keeps what has changed last, and lets others have the key. */
  async end() {
    this.#abort.abort();
    this.save();
    await this.#saving;
    this.#release?.();
  }

  get #name() {
    return `qod-sandbox:${this.#key}`;
  }

  /** Has the key until it is released. */
  #take(lock, taken) {
    this.#held = lock !== null;
    taken(this.#held);
    return lock && new Promise((release) => (this.#release = release));
  }

  async #load() {
    let text;
    try {
      text = await this.#storage.get(this.#key);
    } catch (error) {
      return this.#fail(error);
    }
    if (typeof text !== 'string') return undefined;
    try {
      this.#sandbox.restore(text);
    } catch (error) {
      // Another version may read it.
      if (this.#held) await this.#storage.set(`${this.#key}:unreadable`, text).catch(() => {});
      this.#tell(new Error(`what was kept as '${this.#key}' cannot be restored (${error.message}); it is kept as '${this.#key}:unreadable', and this sandbox begins anew`, { cause: error }));
    }
    return undefined;
  }

  /** It goes on without. */
  #fail(error, held = this.#held) {
    this.#held = held;
    if (this.#failed) return;
    this.#failed = true;
    this.#tell(new Error(`this sandbox cannot be kept as '${this.#key}', and goes on without: ${error?.message ?? error}`, { cause: error }));
  }
}
