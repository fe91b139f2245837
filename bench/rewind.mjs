// How long it takes to set the clock back in a run of 10,000 requests, to moments all over it; in the same run, what
// requests of it take, as the measure.

import { createSandbox } from '../dist/npm/node.js';
import { report } from './lib/report.mjs';
import { answered, asked, toCreate } from './lib/sessions.mjs';
import { median, turns } from './lib/turns.mjs';

const REQUESTS = 10_000;
const MOMENTS = 41;
/** How many requests are measured beside a round of rewinds. */
const BESIDE = 500;
const START = Date.parse('2026-01-01T00:00:00Z');

let device = 0;

/** Milliseconds for so many requests, each with a session, its events, and 100 ms after it. */
function requests(sandbox, count) {
  const bodies = Array.from({ length: count }, () => toCreate(asked(device++, { duration: 60, webhook: { notificationUrl: 'https://app.example/hook' } })));
  const begin = performance.now();
  for (const body of bodies) {
    answered(sandbox, body, 201);
    sandbox.clock.advance(100);
  }
  return performance.now() - begin;
}

const started = async () => {
  const sandbox = await createSandbox({ clock: 'manual', seed: 1, auth: 'off', startAt: START });
  sandbox.receive('*', 204);
  return sandbox;
};
const [sandbox, other] = [await started(), await started()];
requests(sandbox, REQUESTS);
requests(other, REQUESTS);
const end = sandbox.clock.now();

/** Milliseconds for each way back, and on to where it came from. */
function rewinds() {
  return Array.from({ length: MOMENTS }, (_, n) => {
    const to = START + Math.floor(((end - START) * n) / (MOMENTS - 1));
    const begin = performance.now();
    sandbox.clock.rewindTo(to);
    const took = performance.now() - begin;
    if (sandbox.clock.now() !== to) throw new Error('the clock stands elsewhere');
    sandbox.clock.returnToPresent();
    return took;
  });
}

const measured = await turns({ rewinds, request: () => requests(other, BESIDE) / BESIDE });
const worst = measured.rewinds.map((took) => Math.max(...took));
report({
  row: 'rewind',
  title: `Setting the clock back in a run of ${REQUESTS.toLocaleString('en')} requests`,
  how: `Node ${process.versions.node}, to ${MOMENTS} moments all over the run; each request makes a session of a minute, with events that are delivered, and 100 ms pass.`,
  figures: [
    { name: 'the median', unit: 'ms', values: measured.rewinds.map(median) },
    { name: 'the longest', unit: 'ms', values: worst, goal: { atMost: 50 } },
    { name: 'the longest, in requests', unit: 'ms', values: worst, against: { name: 'one request with what it causes', values: measured.request } },
  ],
});
