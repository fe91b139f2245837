// Much at once: a day of 1,000 and of 100,000 sessions, and 100,000 that expire in the same second, each in one
// `advance`; beside it, what JavaScript needs to make and read as many events, as the floor.

import { createSandbox } from '../dist/npm/node.js';
import { report } from './lib/report.mjs';
import { asked, created } from './lib/sessions.mjs';
import { turns } from './lib/turns.mjs';

const webhook = { notificationUrl: 'https://application-server.com/notifications' };

/** The deadlines of sessions that end all over a day: each is granted before. */
const day = (sessions, more) => ({ sessions, deadlines: 2 * sessions, duration: (n) => 60 + Math.floor((n * 86_000) / sessions), by: 'PT24H', more });
/** All end in the second that is advanced over. */
const second = (sessions, more) => ({ sessions, deadlines: sessions, duration: () => 3_600, first: 3_599_000, by: 1_000, more });

const STORMS = {
  '24 h, 1,000 sessions': day(1_000, { webhook }),
  '24 h, 100,000 sessions': day(100_000, { webhook }),
  '100,000 expire in a second': second(100_000, {}),
  '100,000 expire in a second, with a receiver of their webhooks': second(100_000, { webhook }),
};
const GOALS = { '24 h, 1,000 sessions': 50 };

/** Milliseconds for it, and for the JSON of as many events. */
async function storm({ sessions, deadlines, duration, first, by, more }) {
  const sandbox = await createSandbox({ clock: 'manual', seed: 1, startAt: 0 });
  if (more.webhook) sandbox.receive('*', 204);
  for (let n = 0; n < sessions; n++) created(sandbox, asked(n, { duration: duration(n), ...more }));
  if (first) sandbox.clock.advance(first);
  const begin = performance.now();
  const fired = sandbox.clock.advance(by);
  const took = performance.now() - begin;
  if (fired.length !== deadlines) throw new Error(`${fired.length} deadlines instead of ${deadlines}`);
  const events = sandbox.notifications().map(({ event }) => event);
  sandbox.dispose();
  // What is disposed of is freed in a task of its own.
  await new Promise((freed) => setImmediate(freed));
  return { took, floor: floor(events, deadlines) };
}

/** What is kept of the events has to stand for all of them. */
function floor(events, count) {
  const begin = performance.now();
  for (let n = 0; n < count; n++) JSON.parse(JSON.stringify(events[n % events.length]));
  return performance.now() - begin;
}

const measured = await turns(Object.fromEntries(Object.entries(STORMS).map(([name, it]) => [name, () => storm(it)])));
report({
  row: 'storms',
  title: 'Much at once: one advance',
  how: `Node ${process.versions.node}, one \`clock.advance\` of a manual clock. A session of the day is granted, ends, and notifies of both; floor: \`JSON.parse(JSON.stringify(event))\` for as many events.`,
  figures: Object.entries(measured).flatMap(([name, rounds]) => {
    const values = rounds.map(({ took }) => took);
    const against = { name: 'the JSON of the events', values: rounds.map(({ floor }) => floor) };
    return [
      { name, unit: 'ms', values, ...(name in GOALS && { goal: { atMost: GOALS[name] } }) },
      { name: `${name}, beside the floor`, unit: 'ms', values, against },
      { name: `${name}, each deadline`, unit: 'µs', values: values.map((took) => (took * 1_000) / STORMS[name].deadlines) },
    ];
  }),
});
