// What a long life takes: 30 days of sandbox time at one session a second, each granted, notified, delivered and ended.
// WebAssembly's memory after days 1, 10 and 30 (it never shrinks), and how long a day takes, which must not grow.

import init from '../dist/npm/glue/headless.js';
import { createSandbox } from '../dist/npm/node.js';

const DAYS = Number(process.env.QOD_SOAK_DAYS ?? 30);
const TOLD = [1, 10, 30];
const SECONDS = 86_400;

const sandbox = await createSandbox({ clock: 'manual', seed: 1, auth: 'off', startAt: '2026-01-01T00:00:00Z', delivery: { attempts: 3 } });
const { memory } = await init();
sandbox.receive('*', { failFirst: 1 });

const body = (n) =>
  JSON.stringify({
    device: { phoneNumber: `+1202${String(n % 10_000_000).padStart(7, '0')}` },
    applicationServer: { ipv4Address: '198.51.100.10' },
    qosProfile: 'QOS_E',
    duration: 60 + (n % 600),
    webhook: { notificationUrl: 'https://app.example/hook', notificationAuthToken: 'c8974e592c2fa383d4a3960714' },
  });

console.log(`one session a second, ended after 1 to 11 minutes, with a webhook, Node ${process.versions.node}:`);
let n = 0;
let created = 0;
for (let day = 1; day <= DAYS; day++) {
  const begin = performance.now();
  for (let second = 0; second < SECONDS; second++) {
    const { status } = sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: body(n++) });
    if (status === 201) created++;
    else if (status !== 409) throw new Error(`create ${n}: ${status}`);
    sandbox.clock.advance(1_000);
  }
  if (TOLD.includes(day) || day === DAYS) {
    const megabytes = memory.buffer.byteLength / 1_048_576;
    const took = (performance.now() - begin) / 1_000;
    console.log(`  day ${day}: ${megabytes.toFixed(1)} MB of WebAssembly memory, ${created} sessions so far, the day took ${took.toFixed(1)} s`);
  }
}
const told = [sandbox.sessions(), sandbox.notifications(), sandbox.traffic()].map((records) => records.length);
console.log(`  kept at the end: ${told[0]} sessions, ${told[1]} notifications, ${told[2]} requests`);
const ids = new Set(sandbox.notifications().map(({ id }) => id));
if (ids.size !== told[1]) throw new Error('an id was given twice');
