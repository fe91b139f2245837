// Who listens to what, and when they are told.

import { show } from './time.js';

/** Topics in the order of the backend's bits; `error` is the module's own. */
const TOPICS = ['request', 'session', 'notification', 'delivery', 'clock', 'error'];

/** How many unread records a stream keeps. */
const UNREAD = 1_000;

// Taken here, so that tests may replace the globals by fake ones.
const { setImmediate, MessageChannel, queueMicrotask } = globalThis;

export class Listeners {
  #byTopic = new Map(TOPICS.map((topic) => [topic, new Set()]));
  #streams = new Set();
  #untold = [];

  /** Adds a listener; returns what takes it away. Where none of `error` counts, what another throws is reported all the same. */
  add(topic, listener, counts = true) {
    const listeners = this.#of(topic, 'on');
    if (typeof listener !== 'function') {
      throw new TypeError(`on('${topic}', listener): the listener must be a function; got ${show(listener)}`);
    }
    const entry = { listener, counts };
    listeners.add(entry);
    if (topic === 'error') for (const detail of this.#untold.splice(0)) queueMicrotask(() => this.tell('error', detail));
    return () => void listeners.delete(entry);
  }

  /** The topics that are listened to, as the backend's bits. */
  get bits() {
    return TOPICS.reduce((bits, topic, index) => bits | (this.#byTopic.get(topic).size > 0 ? 1 << index : 0), 0);
  }

  /** Tells those of `error`; where there are none yet, the console, and the first that comes. */
  warn(detail) {
    if (this.#byTopic.get('error').size > 0) {
      this.tell('error', detail);
      return;
    }
    console.warn(detail.error.message);
    if (this.#untold.length < UNREAD) this.#untold.push(detail);
  }

  /** Tells the listeners of a topic. What one throws goes to those of `error`. */
  tell(topic, detail) {
    for (const entry of [...this.#byTopic.get(topic)]) {
      if (!this.#byTopic.get(topic).has(entry)) continue;
      try {
        entry.listener(detail);
      } catch (thrown) {
        this.#failed(topic, thrown);
      }
    }
  }

  /** An async iterator over a topic's records; `changed` is called when it begins and when it ends. */
  stream(topic, changed) {
    this.#of(topic, 'stream');
    const unread = [];
    let waiting = [];
    let ended = false;
    const off = this.add(topic, (detail) => {
      if (waiting.length > 0) {
        waiting.shift()({ value: detail, done: false });
        return;
      }
      unread.push(detail);
      if (unread.length > UNREAD) unread.shift();
    });
    const end = () => {
      if (ended) return;
      ended = true;
      off();
      this.#streams.delete(end);
      for (const resolve of waiting) resolve({ value: undefined, done: true });
      waiting = [];
      changed();
    };
    this.#streams.add(end);
    changed();
    return {
      next() {
        if (unread.length > 0) return Promise.resolve({ value: unread.shift(), done: false });
        if (ended) return Promise.resolve({ value: undefined, done: true });
        return new Promise((resolve) => waiting.push(resolve));
      },
      return(value) {
        unread.length = 0;
        end();
        return Promise.resolve({ value, done: true });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /** Takes all away; streams end after what they still hold. */
  end() {
    for (const listeners of this.#byTopic.values()) listeners.clear();
    for (const end of [...this.#streams]) end();
  }

  #of(topic, caller) {
    const listeners = this.#byTopic.get(topic);
    if (!listeners) {
      throw new TypeError(`${caller}: there is no event '${String(topic)}'; the events are ${TOPICS.join(', ')}`);
    }
    return listeners;
  }

  #failed(topic, thrown) {
    const hears = topic === 'error' ? [] : [...this.#byTopic.get('error')];
    if (hears.length > 0) this.tell('error', { error: thrown, topic });
    if (hears.some(({ counts }) => counts)) return;
    if (typeof reportError === 'function') {
      reportError(thrown);
    } else {
      console.error(thrown);
    }
  }
}

/**
 * Calls `flush` soon: in a microtask, or in a task of its own. While a task is waiting a microtask waits for it, so
 * that what happened first is told first.
 */
export function scheduler(flush) {
  let micro = false;
  let task = false;
  return {
    microtask() {
      if (micro || task) return;
      micro = true;
      queueMicrotask(() => {
        micro = false;
        if (!task) flush();
      });
    },
    task() {
      if (task) return;
      task = true;
      later(() => {
        task = false;
        flush();
      });
    },
  };
}

/** Runs `act` in a task of its own, unthrottled. */
export const later = setImmediate ? (act) => void setImmediate(act) : tasks();

/** The same by messages to oneself, through one channel: opening one takes longer than all that a call does. */
function tasks() {
  const waiting = [];
  let port;
  const open = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => waiting.shift()();
    return port2;
  };
  return (act) => {
    port ??= open();
    waiting.push(act);
    port.postMessage(undefined);
  };
}
