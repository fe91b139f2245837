// What an operation costs when so many sessions are live already, on as many devices and on one device. All sandboxes
// have the same history behind them, as much of it as is kept; what counts is the ratio.

import { createSandbox } from '../dist/npm/node.js';
import { report } from './lib/report.mjs';
import { answered, asked, chance, created, idOf, toCreate, toDelete, toExtend, toGet } from './lib/sessions.mjs';
import { turns } from './lib/turns.mjs';

const ROUNDS = 5;
/** So many of each operation are done before the next kind has its turn, so often in a round: checkpoints are among them, as they come, of all kinds. */
const BATCH = 19;
const BATCHES = 530;
/** How many batches fill what is kept of traffic, notifications and released sessions. */
const HISTORY = 600;

const OPERATIONS = ['create', 'get', 'extend', 'delete', 'next deadline'];

const manyDevices = (n) => asked(n);
/** Server ports tell them apart, as far as there are some. */
const oneDevice = (n) =>
  asked(0, { applicationServer: { ipv4Address: `198.51.100.${10 + Math.floor(n / 65_536)}` }, applicationServerPorts: { ports: [n % 65_536] } });

/** A sandbox with so many live sessions, and what an operation took in it. */
class Level {
  #random = chance();
  #ids = [];
  #count = 0;

  constructor(sandbox, body) {
    Object.assign(this, { sandbox, body });
  }

  static async filled(live, body) {
    const level = new Level(await createSandbox({ clock: 'manual', seed: 1, startAt: 0 }), body);
    for (let n = 0; n < live; n++) level.#ids.push(created(level.sandbox, level.#next()));
    level.sandbox.clock.advance('2s');
    for (let n = 0; n < HISTORY; n++) level.batch();
    if (level.sandbox.dropped().notifications === 0) throw new Error('the history is too short');
    return level;
  }

  /** Milliseconds for some of each operation, of sessions that lie anywhere; as many are live as before. */
  batch() {
    const { sandbox } = this;
    const took = {};
    took.create = this.#timed(this.#some(() => toCreate(this.#next())), (request) => {
      const id = idOf(answered(sandbox, request, 201));
      this.#ids.push(id);
    }, () => sandbox.clock.advance(7));
    // Each is granted at a moment of its own.
    took['next deadline'] = this.#timed(this.#some(() => 1), (count) => {
      const met = sandbox.clock.next().length;
      if (met !== count) throw new Error(`${met} deadlines at once`);
    });
    took.get = this.#timed(this.#some(() => toGet(this.#any())), (request) => answered(sandbox, request, 200));
    took.extend = this.#timed(this.#some(() => toExtend(this.#any())), (request) => answered(sandbox, request, 200));
    took.delete = this.#timed(this.#some(() => toDelete(this.#taken())), (request) => answered(sandbox, request, 204));
    return took;
  }

  #timed(operands, act, after) {
    let sum = 0;
    for (const operand of operands) {
      const begin = performance.now();
      act(operand);
      sum += performance.now() - begin;
      after?.();
    }
    return sum;
  }

  #some(make) {
    return Array.from({ length: BATCH }, make);
  }

  /** They last longer than all of this takes on the sandbox's clock. */
  #next() {
    const n = this.#count++;
    return { ...this.body(n), duration: 50_000 + ((n * 7_919) % 36_400) };
  }

  #any() {
    return this.#ids[this.#place()];
  }

  #taken() {
    const place = this.#place();
    const id = this.#ids[place];
    this.#ids[place] = this.#ids.at(-1);
    this.#ids.pop();
    return id;
  }

  #place() {
    return Math.floor(this.#random() * this.#ids.length);
  }
}

/** How many microseconds each operation takes at each level: they take turns at every batch. */
function round(levels) {
  const sums = levels.map(() => Object.fromEntries(OPERATIONS.map((operation) => [operation, 0])));
  for (let n = 0; n < BATCHES; n++) {
    for (const [place, level] of levels.entries()) {
      for (const [operation, took] of Object.entries(level.batch())) sums[place][operation] += (took * 1_000) / BATCHES / BATCH;
    }
  }
  return sums;
}

/** Measures levels beside each other, against the one that is their `base`; the goal is `goalOf` one of them. */
async function measure({ row, title, how, body, levels, base, goalOf }) {
  const filled = [];
  for (const live of levels) filled.push(await Level.filled(live, body));
  const { rounds } = await turns({ rounds: () => round(filled) }, { rounds: ROUNDS });
  for (const level of filled) level.sandbox.dispose();
  const values = (live, operation) => rounds.map((round) => round[levels.indexOf(live)][operation]);
  const figures = OPERATIONS.flatMap((operation) =>
    levels.map((live) => ({
      name: `${operation}, ${live.toLocaleString('en')} live`,
      unit: 'µs',
      values: values(live, operation),
      ...(live !== base && { against: { name: `${base.toLocaleString('en')} live`, values: values(base, operation) } }),
      ...(live === goalOf && { goal: { atMost: 1.2 } }),
    })),
  );
  report({ row, title, how, figures });
}

const how = `Node ${process.versions.node}, \`handle\` and \`clock.next\` with a manual clock; traffic, notifications and released sessions are as many as are kept in all sandboxes. ${BATCH * BATCHES} of each operation in a round, of sessions that lie anywhere; the checkpoints that fall into them count.`;

await measure({ row: 'growth-devices', title: 'An operation among many sessions, on as many devices', how, body: manyDevices, levels: [100, 1_000, 10_000, 100_000], base: 1_000, goalOf: 100_000 });
await measure({ row: 'growth-one-device', title: 'An operation among many sessions of one device', how, body: oneDevice, levels: [10, 1_000, 10_000], base: 10, goalOf: 1_000 });
