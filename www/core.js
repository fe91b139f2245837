// The sandbox object: what users hold. Which build of the backend it stands on is its module's choice.

import { broadcast } from './broadcast.js';
import { asksForDocument, documentResponse } from './document.js';
import { Listeners, later, scheduler } from './listeners.js';
import { fetchRequest, plainRequest, plainResponse, platformResponse } from './messages.js';
import { readChanges, readOptions } from './options.js';
import { Receivers } from './receivers.js';
import { duration, instant, show } from './time.js';

/** The object of `createSandbox`; see `qod-sandbox.d.ts` for what each member does. */
export class Sandbox {
  #instance;
  #backend;
  #listeners = new Listeners();
  #soon = scheduler(() => this.#flush());
  #receivers = new Receivers((act) => this.#changeIfAlive(act));
  #endBroadcast;
  #routing = false;
  #mourner = (error) => this.#listeners.tell('error', { error, topic: 'sandbox' });

  constructor(instance, options) {
    this.#instance = instance;
    const { broadcast: channel, ...read } = readOptions(options);
    const tell = (topic, detail) => this.#listeners.tell(topic, detail);
    const route = (url) => this.#route(url);
    const carry = (...delivery) => this.#receivers.carry(...delivery);
    this.#backend = instance.run((glue) => new glue.Backend(read, tell, route, carry));
    for (const name of ['fetch', 'handle', 'on', 'stream', 'sessions', 'notifications', 'traffic', 'perspectives', 'receive', 'redeliver', 'configure', 'reset', 'dispose']) {
      this[name] = this[name].bind(this);
    }
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
    this.#soon.task();
    return platformResponse(answer, request[1]);
  }

  handle(request) {
    const plain = plainRequest(request);
    const answer = this.#answer(plain);
    this.#soon.microtask();
    return plainResponse(answer);
  }

  on(type, listener) {
    this.#alive();
    const remove = this.#listeners.add(type, listener);
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

  configure(changes) {
    const { speed, ...settings } = readChanges(changes);
    this.#call((backend) => backend.configure(settings));
    if (speed !== undefined) this.#call((backend) => backend.setSpeed(speed));
    this.#soon.microtask();
  }

  reset() {
    this.#receivers.drop();
    this.#change((backend) => backend.reset());
  }

  dispose() {
    this.#endBroadcast?.();
    this.#listeners.end();
    this.#receivers.drop();
    this.#instance.mourners.delete(this.#mourner);
    const backend = this.#backend;
    this.#backend = undefined;
    // In a task of its own: a listener that disposes is called by what would be freed. What is dead cannot be freed,
    // and need not.
    if (backend) later(() => this.#instance.dead || backend.free());
  }

  clock = {
    now: () => this.#call((backend) => backend.now()),
    state: () => this.#read((backend) => backend.clock()),
    pause: () => this.#change((backend) => backend.pause()),
    resume: () => {
      if (this.clock.state().clock === 'manual') {
        throw new Error("clock.resume: this sandbox has a manual clock, which moves by advance(), advanceTo() and next(); create it with clock: 'real' to let it run");
      }
      this.#change((backend) => backend.resume());
    },
    setSpeed: (factor) => this.configure({ speed: factor }),
    advance: (by) => this.#advance(this.clock.now() + duration(by, 'clock.advance: the duration')),
    advanceTo: (when) => this.#advance(this.#ahead(when)),
    advanceAsync: (by) => this.#advanceAsync(this.clock.now() + duration(by, 'clock.advanceAsync: the duration')),
    next: () => this.#call((backend) => backend.next()),
  };

  network = {
    grant: (id) => this.#network('grant', id),
    refuse: (id) => this.#network('refuse', id),
    terminate: (id) => this.#network('terminate', id),
  };

  devices = {
    add: (device) => this.#call((backend) => backend.addDevice(this.#device(device))),
    list: () => this.#read((backend) => backend.devices()),
    remove: (id) => {
      if (typeof id !== 'string') throw new TypeError(`devices.remove takes a device's id; got ${show(id)}`);
      this.#call((backend) => backend.removeDevice(id));
    },
  };

  /** The backend itself, for the console of the same module. */
  get [Symbol.for('qod-sandbox.backend')]() {
    return this.#alive();
  }

  #answer(request) {
    const text = typeof request[3] === 'string';
    return this.#call((backend) => (text ? backend.handle(...request) : backend.handleBytes(...request)));
  }

  #device(device) {
    if (typeof device !== 'object' || device === null) throw new TypeError(`devices.add takes a Device; got ${show(device)}`);
    return JSON.stringify(device);
  }

  #network(act, id) {
    if (typeof id !== 'string') throw new TypeError(`network.${act} takes a session's id; got ${show(id)}`);
    this.#change((backend) => backend.network(act, id));
  }

  #advance(to) {
    return this.#call((backend) => backend.advanceTo(instant(to, 'the time after it')));
  }

  #ahead(when) {
    const to = instant(when, 'clock.advanceTo: the moment');
    const now = this.clock.now();
    if (to < now) {
      throw new RangeError(`clock.advanceTo: ${new Date(to).toISOString()} lies before the sandbox's time, ${new Date(now).toISOString()}`);
    }
    return to;
  }

  async #advanceAsync(to) {
    const fired = [];
    for (;;) {
      await this.#receivers.settled();
      const next = this.clock.state().next;
      const now = this.clock.now();
      if (next && Date.parse(next.at) <= to) fired.push(...this.#advance(Math.max(Date.parse(next.at), now)));
      else if (now < to) fired.push(...this.#advance(to));
      else return fired;
    }
  }

  #change(act) {
    this.#call(act);
    this.#soon.microtask();
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
    return this.#backend;
  }

  #listen() {
    if (!this.#backend || this.#instance.dead) return;
    const bits = this.#listeners.bits;
    if (bits === 0) this.#instance.mourners.delete(this.#mourner);
    else this.#instance.mourners.add(this.#mourner);
    this.#call((backend) => backend.listen(bits));
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
