// Sandboxes of elements: those of one group share one, all others have one each.

import { fetchAhead } from '../ahead.js';
import { OPTIONS, optionsOf, said } from './attributes.js';
import { loadBackend, startSandbox } from './loaded.js';
import { settle } from '../share.js';
import { startingRun } from './source.js';

const named = new Map();

/** Groups of elements that are made for one. */
const assigned = new WeakMap();

export class Group {
  #name;
  #members = new Set();
  /** The promise of the sandbox. */
  #starting;
  /** What was said of it when it started, by attribute. */
  #began;
  /** The sandbox that was given, if one was: it stays with whoever gave it. */
  #given;
  /** Members whose words were compared with what was said at the start: later changes are not. */
  #agreed = new WeakSet();

  /** The group that an element names, or is made for; else one without a name, for it alone. */
  static of(element) {
    if (assigned.has(element)) return assigned.get(element);
    const name = element.getAttribute('group');
    if (!name) return new Group();
    if (!named.has(name)) named.set(name, new Group(name));
    return named.get(name);
  }

  /** Makes an element part of a group that needs no name. */
  static assign(element, group) {
    assigned.set(element, group);
  }

  constructor(name) {
    this.#name = name;
  }

  get members() {
    return [...this.#members];
  }

  /** The elements of the group stand in its members; `member.begin()` shows its sandbox anew. */
  join(member) {
    this.#agreed.delete(member);
    this.#members.add(member);
  }

  /** The last one to leave has the sandbox disposed of. */
  leave(member) {
    this.#members.delete(member);
    if (this.#members.size > 0) return;
    if (named.get(this.#name) === this) named.delete(this.#name);
    this.forget();
    this.#given = undefined;
  }

  /** The sandbox, started if it was not. */
  sandbox(member) {
    if (this.#given) return Promise.resolve(this.#given);
    this.#starting ??= this.#start().catch((error) => {
      this.#starting = undefined;
      throw error;
    });
    return this.#starting.then((sandbox) => {
      this.#agree(member);
      return sandbox;
    });
  }

  /** Begins to fetch what its sandbox takes, unless that is there. */
  fetchAhead() {
    const given = this.members.map((member) => member.getAttribute('wasm')).find((wasm) => wasm !== null);
    if (!this.#given) fetchAhead(given ?? undefined);
  }

  /** Shows a sandbox of someone else's from now on. */
  give(sandbox) {
    this.forget();
    this.#given = sandbox;
    for (const member of this.#members) member.begin();
  }

  /** Drops the sandbox: the next to ask for it has another. */
  forget() {
    const starting = this.#starting;
    this.#starting = undefined;
    this.#began = undefined;
    starting?.then((sandbox) => sandbox.dispose(), () => {});
  }

  /** Starts over, for all of its elements: with a sandbox of its own where a given one is lost. */
  restart() {
    this.forget();
    this.#given = undefined;
    for (const member of this.#members) member.begin();
  }

  /** Changes an option of the sandbox that has started; a given one is not the attributes' to change. */
  async configure(attribute, text) {
    const starting = this.#starting;
    if (!starting || this.#began?.get(attribute) === text) return;
    this.#began?.set(attribute, text);
    const sandbox = await starting;
    sandbox.configure(optionsOf(new Map([[attribute, text]])));
  }

  async #start() {
    const began = new Map();
    for (const member of this.#members) {
      for (const [attribute, text] of said(member)) {
        if ((began.get(attribute) ?? text) !== text) throw this.#quarrel(attribute, began.get(attribute), text);
        began.set(attribute, text);
      }
    }
    this.#began = began;
    const options = optionsOf(began);
    const sandbox = await startSandbox(options);
    const instance = await loadBackend();
    try {
      await this.#furnish(sandbox, instance, options, began);
    } catch (error) {
      sandbox.dispose();
      throw error;
    }
    return sandbox;
  }

  /** Brings in the run that it is to begin with, and a receiver of webhooks. */
  async #furnish(sandbox, instance, options, began) {
    const backend = sandbox[Symbol.for('qod-sandbox.backend')];
    // What was kept began another run than the first, with its receivers, also if there are none.
    const kept = instance.run(() => backend.run() > 0);
    // What a reader has done here goes before what an author brings; about a link of the page's address the console asks.
    const touched = instance.run(() => backend.isTouched());
    const run = touched ? undefined : await startingRun(began);
    if (run) await played(sandbox, run, began);
    if (run && began.has('shared')) settle(began.has('persist'));
    // Unless real POSTs are wanted, every webhook is answered in the tab.
    const answered = kept || instance.run(() => backend.hasReceivers());
    if (!answered && (options.delivery?.to ?? options.delivery) !== 'network') sandbox.receive('*', 204);
  }

  /** Whether a member says of the sandbox what was said when it started. */
  #agree(member) {
    if (this.#agreed.has(member)) return;
    for (const [attribute, text] of said(member)) {
      const began = this.#began?.get(attribute);
      if (began !== text) throw this.#quarrel(attribute, began, text);
    }
    this.#agreed.add(member);
  }

  #quarrel(attribute, one, other) {
    const words = (text) => (text === undefined ? 'nothing' : JSON.stringify(text));
    const what = OPTIONS.get(attribute) ?? attribute;
    return new TypeError(
      `the elements of the group ${JSON.stringify(this.#name)} share one sandbox, but say of its ${what} once ${words(one)} and once ${words(other)}: say it at one of them, before it starts`,
    );
  }
}

/** Plays the run that the attributes name. */
async function played(sandbox, run, began) {
  try {
    await sandbox.replay(run);
  } catch (error) {
    throw began.has('src') ? new Error(`src: ${error.message}`, { cause: error }) : error;
  }
}
