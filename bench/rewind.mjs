// How long it takes to set the clock back in a run of 10,000 requests, to moments all over it; in the same run, what one
// request of it takes, as the measure.

import { createSandbox } from '../dist/npm/node.js';

const REQUESTS = 10_000;
const REWINDS = 41;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const startAt = Date.parse('2026-01-01T00:00:00Z');
const sandbox = await createSandbox({ clock: 'manual', seed: 1, auth: 'off', startAt });
sandbox.receive('*', 204);
const begin = performance.now();
for (let n = 0; n < REQUESTS; n++) {
  const { status } = sandbox.handle({
    method: 'POST',
    url: '/qod/v0/sessions',
    body: JSON.stringify({
      device: { phoneNumber: `+1202${String(n).padStart(7, '0')}` },
      applicationServer: { ipv4Address: '198.51.100.10' },
      qosProfile: 'QOS_E',
      duration: 60,
      webhook: { notificationUrl: 'https://app.example/hook' },
    }),
  });
  if (status !== 201) throw new Error(`create ${n}: ${status}`);
  sandbox.clock.advance(100);
}
const request = (performance.now() - begin) / REQUESTS;
const end = sandbox.clock.now();
const took = [];
for (let n = 0; n < REWINDS; n++) {
  const to = startAt + Math.floor(((end - startAt) * n) / (REWINDS - 1));
  const before = performance.now();
  sandbox.clock.rewindTo(to);
  took.push(performance.now() - before);
  if (sandbox.clock.now() !== to) throw new Error('the clock stands elsewhere');
  sandbox.clock.returnToPresent();
}
console.log(`rewind in a run of ${REQUESTS} requests, each with a session, its events and 100 ms, Node ${process.versions.node}, to ${REWINDS} moments all over it:`);
console.log(`  ${median(took).toFixed(1)} ms (${Math.min(...took).toFixed(1)} to ${Math.max(...took).toFixed(1)}), at the most as long as ${(Math.max(...took) / request).toFixed(0)} requests with what they cause (${(request * 1000).toFixed(0)} µs each)`);
