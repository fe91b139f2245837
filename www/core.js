// The sandbox object: what users hold. Which build of the backend it stands on is its module's choice.

import { broadcast } from './broadcast.js';
import { asksForDocument, documentResponse } from './document.js';
import { clockOf, devicesOf, faultsOf, networkOf } from './groups.js';
import { Listeners, later, scheduler } from './listeners.js';
import { answered, fetchRequest, plainRequest, plainResponse, platformResponse } from './messages.js';
import { readChanges, readOptions } from './options.js';
import { Keeper } from './persist.js';
import { Receivers } from './receivers.js';
import { exportRun, inputsOnly, replayRun } from './run.js';
import { shareUrl, sharedRun } from './share.js';
import { show } from './time.js';
import { scenario } from './trouble.js';
import { wake, whenShown } from './wake.js';

/** Among the topics of the backend: that something may have changed. */
const CHANGED = 1 << 10;

/** What `qod-sandbox/intercept` brings: starts an interception for a sandbox, and returns its undo. */
let interceptor;

export function provideInterceptor(given) {
  interceptor = given;
}

/** The object of `createSandbox`; see `qod-sandbox.d.ts` for what each member does. */
export class Sandbox {
  /** What consoles call it, however small the code was made. */
  static name = 'Sandbox';

  #instance;
  #backend;
  #listeners = new Listeners();
  #soon = scheduler(() => this.#flush());
  #receivers = new Receivers((act) => this.#changeIfAlive(act));
  /** Fetches whose answers come later, by their run and exchange. */
  #waiting = new Map();
  /** The stretch of the sandbox's history that is being told of. */
  #run;
  #endBroadcast;
  #endWatch;
  #keeper;
  #interceptions = new Set();
  #routing = false;
  /** The way of the groups to the backend. */
  #way = {
    call: (act) => this.#call(act),
    read: (act) => this.#read(act),
    change: (act) => this.#change(act),
    settled: () => this.#receivers.settled(),
  };
  /** The sandbox is lost: what it held of others is let go first, so that whoever is told can start another. */
  #mourner = (error) => {
    this.#keeper?.end();
    this.#receivers.drop();
    for (const { fail } of [...this.#waiting.values()]) fail(error);
    this.#listeners.tell('error', { error, topic: 'sandbox' });
    this.#listeners.end();
  };

  /** Starts a sandbox, as it was kept if it is to be. */
  static async start(instance, options) {
    const sandbox = new Sandbox(instance, options);
    try {
      await sandbox.#keeper?.open();
      sandbox.#alive();
      return sandbox;
    } catch (error) {
      sandbox.dispose();
      throw error;
    }
  }

  constructor(instance, options) {
    this.#instance = instance;
    const { broadcast: channel, persist, wasm: _, ...read } = readOptions(options);
    const tell = (topic, detail) => this.#tell(topic, detail);
    const route = (url) => this.#route(url);
    // A listener may have disposed of it meanwhile.
    const carry = (...delivery) => this.#backend && this.#receivers.carry(...delivery);
    this.#backend = instance.run((glue) => new glue.Backend(read, tell, route, carry));
    this.#run = this.#backend.run();
    for (const name of ['fetch', 'handle', 'on', 'stream', 'sessions', 'notifications', 'traffic', 'dropped', 'perspectives', 'receive', 'redeliver', 'intercept', 'scenarios', 'use', 'snapshot', 'restore', 'exportRun', 'replay', 'shareUrl', 'configure', 'reset', 'dispose']) {
      this[name] = this[name].bind(this);
    }
    this.#endWatch = whenShown(this);
    if (persist) this.#keep(persist);
    if (channel) this.#endBroadcast = broadcast(channel, this.on);
  }

  async fetch(input, init) {
    const prepared = fetchRequest(input, init);
    const request = Array.isArray(prepared) ? prepared : await prepared;
    if (asksForDocument(request)) {
      this.#alive();
      return documentResponse(request);
    }
    const answer = this.#answer(request);
    if (answer.tells) this.#soon.task();
    // An init without a signal leaves the request's; null takes it away.
    if (answer.delay > 0) await this.#late(answer.id, init?.signal === undefined ? input?.signal : init.signal);
    if (answer.status === 0) throw new TypeError('Failed to fetch: a fault of the sandbox cut the connection');
    return platformResponse(answer, request[1]);
  }

  handle(request) {
    const plain = plainRequest(request);
    const answer = this.#answer(plain);
    if (answer.tells) this.#soon.microtask();
    if (answer.status === 0) throw new TypeError('a fault of the sandbox cut the connection');
    return plainResponse(answer);
  }

  on(type, listener) {
    return this.#hear(type, listener, true);
  }

  #hear(type, listener, counts) {
    this.#alive();
    const remove = this.#listeners.add(type, listener, counts);
    this.#listen();
    return () => {
      remove();
      this.#listen();
    };
  }

  stream(type) {
    this.#alive();
    return this.#listeners.stream(type, () => this.#listen());
  }

  sessions() {
    return this.#read((backend) => backend.sessions());
  }

  notifications() {
    return this.#read((backend) => backend.notifications());
  }

  traffic() {
    return this.#read((backend) => backend.traffic());
  }

  dropped() {
    return this.#read((backend) => backend.dropped());
  }

  perspectives(id) {
    if (typeof id !== 'string') throw new TypeError(`perspectives takes a session's id; got ${show(id)}`);
    return this.#read((backend) => backend.perspectives(id));
  }

  receive(url, handler) {
    this.#call(() => {});
    return this.#receivers.add(url, handler);
  }

  redeliver(id) {
    if (typeof id !== 'string') throw new TypeError(`redeliver takes a notification's id; got ${show(id)}`);
    this.#change((backend) => backend.redeliver(id));
  }

  intercept(options) {
    this.#alive();
    if (!interceptor) throw new Error("sandbox.intercept is in a module of its own: import 'qod-sandbox/intercept' first");
    const undo = interceptor(this, options);
    this.#interceptions.add(undo);
    return () => {
      this.#interceptions.delete(undo);
      undo();
    };
  }

  scenarios() {
    return this.#read((backend) => backend.scenarios());
  }

  use(chosen) {
    const read = scenario(chosen, 'use: the scenario');
    this.#change((backend) => backend.configure({ scenario: read }));
  }

  configure(changes) {
    const { speed, ...settings } = readChanges(changes);
    this.#call((backend) => backend.configure(settings));
    if (speed !== undefined) this.#call((backend) => backend.setSpeed(speed));
    this.#soon.microtask();
  }

  reset() {
    this.#change((backend) => backend.reset());
  }

  snapshot() {
    return this.#read((backend) => backend.snapshot());
  }

  restore(text) {
    if (typeof text !== 'string') throw new TypeError(`restore takes what snapshot() returned; got ${show(text)}`);
    this.#change((backend) => backend.restore(text, false));
  }

  async exportRun(format = 'json') {
    return exportRun((act) => this.#read(act), format);
  }

  async replay(run) {
    const shared = typeof run === 'string' || run instanceof URL ? await sharedRun(String(run)) : undefined;
    const outcome = replayRun((act) => this.#call(act), shared ?? run);
    this.#soon.microtask();
    return outcome;
  }

  async shareUrl(base) {
    const call = (act) => this.#call(act);
    return shareUrl(inputsOnly(call, await exportRun(call, 'json')), base);
  }

  dispose() {
    for (const undo of this.#interceptions) undo();
    this.#interceptions.clear();
    this.#keeper?.end();
    this.#endBroadcast?.();
    this.#endWatch();
    this.#listeners.end();
    this.#break('this sandbox was disposed');
    this.#instance.mourners.delete(this.#mourner);
    const backend = this.#backend;
    this.#backend = undefined;
    // In a task of its own: a listener that disposes is called by what would be freed. What is dead cannot be freed,
    // and need not.
    if (backend) later(() => this.#instance.dead || backend.free());
  }

  clock = clockOf(this.#way);
  network = networkOf(this.#way);
  devices = devicesOf(this.#way);
  faults = faultsOf(this.#way);

  /** A page is shown again, whose timers may have slept; or hidden, and perhaps not shown again. */
  [wake](shown) {
    if (shown) this.#changeIfAlive((backend) => backend.wake());
    else if (this.#backend && !this.#instance.dead) this.#keeper?.leave();
  }

  /** The backend itself, for the console of the same module. */
  get [Symbol.for('qod-sandbox.backend')]() {
    return this.#alive();
  }

  /** As `on`, for the console: what a listener threw is reported all the same, unless another hears of errors. */
  [Symbol.for('qod-sandbox.overhear')](type, listener) {
    return this.#hear(type, listener, false);
  }

  #answer(request) {
    const text = typeof request[3] === 'string';
    return answered(this.#call((backend) => (text ? backend.handle(...request) : backend.handleBytes(...request))));
  }

  /** Waits for an answer that comes later than it was made. */
  #late(id, signal) {
    const run = this.#call((backend) => backend.run());
    const key = `${run}/${id}`;
    return new Promise((resolve, reject) => {
      const abort = () => settle(reject, signal.reason);
      const settle = (way, value) => {
        this.#waiting.delete(key);
        signal?.removeEventListener('abort', abort);
        this.#mourn();
        way(value);
      };
      this.#waiting.set(key, { run, come: () => settle(resolve), fail: (error) => settle(reject, error) });
      this.#mourn();
      signal?.addEventListener('abort', abort);
    });
  }

  #tell(topic, detail) {
    if (topic === 'answered') {
      this.#waiting.get(`${this.#run}/${detail}`)?.come();
    } else if (topic === 'changed') this.#keeper?.changed();
    else if (topic === 'broken') {
      this.#run = detail;
      this.#break('the history of the sandbox broke off: it was reset, or set back', detail);
    } else this.#listeners.tell(topic, detail);
  }

  /** Keeps this sandbox over reloads. */
  #keep(persist) {
    const kept = {
      snapshot: () => this.snapshot(),
      restore: (text) => this.#change((backend) => backend.restore(text, true)),
      lives: () => this.#backend !== undefined && !this.#instance.dead,
    };
    this.#keeper = new Keeper(persist, kept, (error) => this.#listeners.warn({ error, topic: 'persist' }));
    this.#listen();
  }

  /** What was under way is of no interest any more, unless it is of the run that goes on. */
  #break(why, goesOn) {
    this.#receivers.drop();
    for (const { run, fail } of [...this.#waiting.values()]) {
      if (run !== goesOn) fail(new TypeError(`Failed to fetch: ${why}`));
    }
  }

  #change(act) {
    const done = this.#call(act);
    this.#soon.microtask();
    return done;
  }

  /** For what comes from elsewhere: it may come too late. */
  #changeIfAlive(act) {
    if (!this.#backend || this.#instance.dead) return undefined;
    const done = this.#call(act);
    this.#soon.microtask();
    return done;
  }

  #route(url) {
    this.#routing = true;
    try {
      return this.#receivers.route(url);
    } finally {
      this.#routing = false;
    }
  }

  #read(act) {
    const records = this.#call(act);
    // Looking may have found deadlines that the timer had not met yet.
    this.#soon.microtask();
    return records;
  }

  #call(act) {
    const backend = this.#alive();
    if (this.#routing) throw new Error('a pattern cannot call the sandbox that asks it');
    return this.#instance.run(() => act(backend));
  }

  #alive() {
    if (!this.#backend) throw new Error('this sandbox was disposed: create another with createSandbox()');
    if (this.#instance.dead) throw this.#instance.dead;
    return this.#backend;
  }

  #listen() {
    if (!this.#backend || this.#instance.dead) return;
    const bits = this.#listeners.bits;
    this.#mourn();
    this.#call((backend) => backend.listen(this.#keeper ? bits | CHANGED : bits));
  }

  /** While someone waits for something, the instance says when it dies; and so this sandbox is not collected. */
  #mourn() {
    const waits = this.#backend && (this.#listeners.bits !== 0 || this.#keeper || this.#waiting.size > 0);
    if (waits) this.#instance.mourners.add(this.#mourner);
    else this.#instance.mourners.delete(this.#mourner);
  }

  #flush() {
    if (this.#backend && !this.#instance.dead) this.#call((backend) => backend.flush());
  }
}

if (Symbol.dispose) {
  Sandbox.prototype[Symbol.dispose] = function dispose() {
    this.dispose();
  };
}
