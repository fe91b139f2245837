// Receivers of webhooks: what in the page gets the backend's notifications, and what comes of it.

import { later } from './listeners.js';
import { headerPairs } from './messages.js';
import { post } from './network.js';
import { integer, record, text } from './readers.js';
import { show } from './time.js';

// Taken here, so that tests may replace the global by a fake one.
const { setTimeout } = globalThis;

/** How many tasks a delivery is waited for; the last ones are timers, for handlers that wait for something themselves. */
const PATIENCE = 30;
const TIMERS = 10;

export class Receivers {
  #call;
  #handlers = new Map();
  /** The numbers of those that were added here and are still there. */
  #own = new Set();
  /** By age. */
  #patterns = new Map();
  #underWay = new Map();

  /** `call(act)` runs `act(backend)`, if there is one. */
  constructor(call) {
    this.#call = call;
  }

  /** Adds a receiver; returns what takes it away. */
  add(url, handler) {
    const [kind, address] = target(url);
    const answer = setAnswer(handler);
    // A page that is loaded again adds what its sandbox was kept with.
    const kept = this.#call((backend) => backend.findReceiver(kind, address, answer));
    if (kept !== undefined && !this.#own.has(kept)) this.#call((backend) => backend.removeReceiver(kept));
    const id = this.#call((backend) => backend.addReceiver(kind, address, answer));
    this.#own.add(id);
    if (!answer) this.#handlers.set(id, handler);
    if (kind === 'pattern') this.#patterns.set(id, url);
    return () => {
      // Once only: after a restore, the number may be another's.
      if (!this.#own.delete(id)) return;
      this.#handlers.delete(id);
      this.#patterns.delete(id);
      this.#call((backend) => backend.removeReceiver(id));
    };
  }

  /** The receiver whose pattern matches; of several, the last. */
  route(url) {
    return [...this.#patterns].reverse().find(([, pattern]) => pattern.test(url))?.[0];
  }

  /** Hands a delivery to its receiver, or to the network; without `to`, gives up waiting for it. */
  carry(run, id, to, url, headers, body) {
    const key = `${run}/${id}`;
    if (to === undefined) {
      this.#underWay.get(key)?.abort.abort(new DOMException('The sandbox waited long enough', 'TimeoutError'));
      this.#underWay.delete(key);
      return;
    }
    const abort = new AbortController();
    this.#underWay.set(key, { abort, patience: PATIENCE });
    const message = { url, headers: headerPairs(headers), body, signal: abort.signal };
    if (to !== null && !this.#handlers.has(to)) {
      // It was taken away meanwhile, or was another sandbox's whose run is played again.
      queueMicrotask(() => this.#settle(key, (backend) => backend.noReceiver(run, id)));
      return;
    }
    const outcome = to === null ? post(message) : this.#hand(this.#handlers.get(to), message);
    outcome.then(
      (status) => this.#settle(key, (backend) => backend.answered(run, id, status)),
      (error) => this.#settle(key, (backend) => backend.failed(run, id, error?.message || show(error))),
    );
  }

  /** Lets tasks run until all deliveries that can be answered are, or have been waited for long enough. */
  async settled() {
    do {
      const most = this.#patience();
      await new Promise(most > TIMERS || most === 0 ? later : (resolve) => setTimeout(resolve, 1));
      for (const waiting of this.#underWay.values()) waiting.patience--;
    } while (this.#patience() > 0);
  }

  /** Gives up waiting for everything. */
  drop() {
    for (const { abort } of this.#underWay.values()) abort.abort(new DOMException('The sandbox is gone', 'AbortError'));
    this.#underWay.clear();
  }

  /** How many tasks there is still to be waited for a delivery. */
  #patience() {
    let most = 0;
    for (const { patience } of this.#underWay.values()) most = Math.max(most, patience);
    return most;
  }

  #settle(key, act) {
    // What was given up meanwhile is of no interest.
    if (this.#underWay.delete(key)) this.#call(act);
  }

  async #hand(handler, { url, headers, body, signal }) {
    // What stands behind # is never sent.
    const request = new Request(url.split('#')[0], { method: 'POST', headers, body, signal });
    let response;
    try {
      response = await handler(request);
    } catch (error) {
      throw new Error(`the receiver threw: ${error?.message || show(error)}`, { cause: error });
    }
    return sent(response);
  }
}

/** The status of a response whose body could be sent. */
async function sent(response) {
  if (Object.prototype.toString.call(response) !== '[object Response]') {
    throw new Error(`the receiver returned ${show(response)} instead of a Response`);
  }
  if (response.type === 'error') throw new Error('the receiver returned Response.error()');
  if (response.bodyUsed) throw new Error('the receiver returned a Response whose body was used before: make one for each request');
  if (response.body) await response.arrayBuffer();
  return response.status;
}

/** What a receiver is there for, as the backend takes it. */
function target(url) {
  if (url === '*') return ['any', '*'];
  if (typeof url?.test === 'function' && typeof url.pathname === 'string') {
    const { protocol, hostname, port, pathname, search } = url;
    return ['pattern', `${protocol}://${hostname}${port && `:${port}`}${pathname}${search && `?${search}`}`];
  }
  const address = String(url);
  let parsed;
  try {
    parsed = new URL(address);
  } catch {
    parsed = undefined;
  }
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password) {
    throw new TypeError(`receive: the URL must be an absolute one with http or https, an origin, a URLPattern, or '*' for all; got ${show(url)}`);
  }
  if (parsed.pathname === '/' && parsed.search === '') return ['origin', parsed.origin];
  // As it is given: a notificationUrl is compared as it was sent.
  return ['url', /^[!-~]+$/.test(address) ? address : parsed.href];
}

/** A status, or 0 for never. */
const reply = (value, name) => {
  if (value === 'timeout') return 0;
  if (!Number.isInteger(value) || value < 200 || value > 599) {
    throw new RangeError(`${name} must be a status from 200 to 599, or 'timeout'; got ${show(value)}`);
  }
  return value;
};

const answer = record({
  status: reply,
  failFirst: integer(0, 1_000_000_000),
  failWith: reply,
  requireToken: text(1, 256),
});

/** A set answer, as the backend takes it; nothing if the handler is a function. */
export function setAnswer(handler) {
  if (typeof handler === 'function') return undefined;
  const status = typeof handler === 'number' || typeof handler === 'string';
  if (!status && (typeof handler !== 'object' || handler === null)) {
    throw new TypeError(`receive: the handler must be a function from Request to Response, a status, 'timeout', or { status, failFirst, failWith, requireToken }; got ${show(handler)}`);
  }
  return { status: 204, failFirst: 0, failWith: 503, ...answer(status ? { status: handler } : handler, 'receive: the answer') };
}
