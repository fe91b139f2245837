// What one create costs when so many sessions are live already: on many devices, and on one device. The levels take
// turns in the same run; what counts is the ratio to the first of each kind.

import { createSandbox } from '../dist/npm/node.js';

const ROUNDS = 15;
const BATCH = 1_000;

const headers = { authorization: 'Bearer mock_sandbox_access_token', 'content-type': 'application/json' };

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** A session with a server port of its own, as far as there are some. */
const session = (device, n) => ({
  device: { phoneNumber: `+1${String(device).padStart(12, '0')}` },
  applicationServer: { ipv4Address: '198.51.100.10' },
  applicationServerPorts: { ports: [n % 65_536] },
  qosProfile: 'QOS_E',
});

const manyDevices = (n) => session(n, n);
const oneDevice = (n) => session(0, n);

class Level {
  constructor(name, live, body) {
    Object.assign(this, { name, live, body, times: [] });
  }

  async fill() {
    this.sandbox = await createSandbox({ clock: 'manual', seed: 1, startAt: 0 });
    for (let n = 0; n < this.live; n++) this.create(n);
  }

  /** Creates a batch, timed, and deletes it again. */
  round() {
    const bodies = Array.from({ length: BATCH }, (_, n) => JSON.stringify(this.body(this.live + n)));
    const begin = performance.now();
    const sessions = bodies.map((body) => this.send(body));
    this.times.push((performance.now() - begin) / BATCH);
    for (const session of sessions) {
      const { status } = this.sandbox.handle({ method: 'DELETE', url: `/qod/v0/sessions/${session}`, headers });
      if (status !== 204) throw new Error(`delete: ${status}`);
    }
  }

  create(n) {
    return this.send(JSON.stringify(this.body(n)));
  }

  send(body) {
    const answer = this.sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', headers, body });
    if (answer.status !== 201) throw new Error(`create: ${answer.status} ${answer.body}`);
    return answer.headers.location.split('/').at(-1);
  }
}

const groups = [
  [
    new Level('1,000 sessions, as many devices', 1_000, manyDevices),
    new Level('10,000 sessions, as many devices', 10_000, manyDevices),
    new Level('100,000 sessions, as many devices', 100_000, manyDevices),
  ],
  [
    new Level('10 sessions, one device', 10, oneDevice),
    new Level('1,000 sessions, one device', 1_000, oneDevice),
    new Level('10,000 sessions, one device', 10_000, oneDevice),
  ],
];
const levels = groups.flat();
for (const level of levels) await level.fill();
// The first round warms up.
for (let round = 0; round <= ROUNDS; round++) for (const level of levels) level.round();

console.log(`one more create, Node ${process.versions.node}, median of ${ROUNDS} rounds of ${BATCH}, beside the first of its kind:`);
for (const group of groups) {
  for (const { name, times } of group) {
    const measured = times.slice(1);
    const ratios = measured.map((time, round) => time / group[0].times[round + 1]);
    const micros = (median(measured) * 1_000).toFixed(1);
    const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
    console.log(`  ${name}: ${micros} µs, ${median(ratios).toFixed(2)} x (${least.toFixed(2)} to ${most.toFixed(2)})`);
  }
}
