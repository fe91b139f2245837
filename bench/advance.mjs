// How long one `advance` over 24 hours takes with 1,000 live sessions, in wasm; in the same run, what JavaScript
// needs to make and read as many events, as the floor.

import { createSandbox } from '../dist/npm/node.js';

const SESSIONS = 1_000;
const ROUNDS = 11;

const headers = { authorization: 'Bearer mock_sandbox_access_token', 'content-type': 'application/json' };

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function advance() {
  const sandbox = await createSandbox({ clock: 'manual', seed: 1, startAt: 0 });
  for (let n = 0; n < SESSIONS; n++) {
    const { status } = sandbox.handle({
      method: 'POST',
      url: '/qod/v0/sessions',
      headers,
      body: JSON.stringify({
        device: { phoneNumber: `+1202555${String(n).padStart(4, '0')}` },
        applicationServer: { ipv4Address: '198.51.100.10' },
        qosProfile: 'QOS_E',
        duration: 60 + n * 80,
        webhook: { notificationUrl: 'https://application-server.com/notifications' },
      }),
    });
    if (status !== 201) throw new Error(`create ${n}: ${status}`);
  }
  const begin = performance.now();
  const fired = sandbox.clock.advance('PT24H');
  const took = performance.now() - begin;
  if (fired.length !== 2 * SESSIONS) throw new Error(`${fired.length} deadlines instead of ${2 * SESSIONS}`);
  const events = sandbox.notifications().map(({ event }) => event);
  sandbox.dispose();
  return [took, events];
}

function floor(events) {
  const begin = performance.now();
  for (const event of events) JSON.parse(JSON.stringify(event));
  return performance.now() - begin;
}

const rounds = [];
for (let round = 0; round < ROUNDS; round++) {
  const [took, events] = await advance();
  rounds.push({ took, floor: floor(events) });
}
const took = rounds.map((round) => round.took);
const ratio = median(rounds.map((round) => round.took / round.floor));
console.log(`advance over 24 h, ${SESSIONS} live sessions, ${2 * SESSIONS} deadlines, Node ${process.versions.node}, median of ${ROUNDS}:`);
console.log(`  ${median(took).toFixed(1)} ms (${Math.min(...took).toFixed(1)} to ${Math.max(...took).toFixed(1)}), ${ratio.toFixed(1)} x the JSON of the events alone`);
