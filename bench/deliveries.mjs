// How long 10,000 notifications take to reach a handler in the page, one that always takes them and one that fails at
// random and is tried again; in the same run, what the platform needs to make and read as many requests and responses,
// as the floor.

import { createSandbox } from '../dist/npm/node.js';

const SESSIONS = 10_000;
const ROUNDS = 5;
const URL = 'https://app.example/webhooks/qod';
const TOKEN = 'c8974e592c2fa383d4a3960714';

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Takes a notification, as a server would: which one, and from whom. */
async function take(request, taken) {
  if (request.headers.get('authorization') !== `Bearer ${TOKEN}`) return new Response(null, { status: 401 });
  const { id } = await request.json();
  taken.set(id, (taken.get(id) ?? 0) + 1);
  return new Response(null, { status: 204 });
}

function handlers(taken) {
  let state = 1;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return {
    'always takes it': (request) => take(request, taken),
    'fails one time in five': (request) => {
      if (random() < 0.1) throw new Error('out of luck');
      return random() < 0.11 ? new Response(null, { status: 503 }) : take(request, taken);
    },
  };
}

async function deliver(name) {
  const taken = new Map();
  const sandbox = await createSandbox({ clock: 'manual', seed: 1, auth: 'off', delivery: { attempts: 100 } });
  sandbox.receive(URL, handlers(taken)[name]);
  for (let n = 0; n < SESSIONS; n++) {
    const { status } = sandbox.handle({
      method: 'POST',
      url: '/qod/v0/sessions',
      body: JSON.stringify({
        device: { phoneNumber: `+1202${String(n).padStart(7, '0')}` },
        applicationServer: { ipv4Address: '198.51.100.10' },
        qosProfile: 'QOS_E',
        webhook: { notificationUrl: URL, notificationAuthToken: TOKEN },
      }),
    });
    if (status !== 201) throw new Error(`create ${n}: ${status}`);
  }
  const begin = performance.now();
  await sandbox.clock.advanceAsync('30m');
  const took = performance.now() - begin;
  const told = sandbox.notifications();
  const attempts = told.reduce((sum, { deliveries }) => sum + deliveries.length, 0);
  const delivered = told.filter(({ deliveries }) => deliveries.at(-1).outcome === 'delivered').length;
  const once = [...taken.values()].filter((times) => times === 1).length;
  if (delivered !== SESSIONS || once !== SESSIONS) throw new Error(`${delivered} delivered, ${once} of them once`);
  const bodies = told.map(({ event }) => JSON.stringify(event));
  sandbox.dispose();
  return { took, attempts, bodies };
}

async function floor(bodies) {
  const taken = new Map();
  const headers = { 'content-type': 'application/cloudevents+json', authorization: `Bearer ${TOKEN}` };
  const begin = performance.now();
  const responses = await Promise.all(bodies.map((body) => take(new Request(URL, { method: 'POST', headers, body }), taken)));
  const took = performance.now() - begin;
  if (taken.size !== bodies.length || responses.some(({ status }) => status !== 204)) throw new Error('the floor is wrong');
  return took;
}

console.log(`${SESSIONS} notifications to a handler in the page, Node ${process.versions.node}, median of ${ROUNDS}:`);
for (const name of Object.keys(handlers(new Map()))) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { took, attempts, bodies } = await deliver(name);
    rounds.push({ took, attempts, floor: await floor(bodies) });
  }
  const took = rounds.map((round) => round.took);
  const ratio = median(rounds.map((round) => round.took / round.floor));
  console.log(`  one that ${name}: ${median(took).toFixed(0)} ms (${Math.min(...took).toFixed(0)} to ${Math.max(...took).toFixed(0)}), ${rounds[0].attempts} attempts, ${ratio.toFixed(1)} x the requests and responses of ${SESSIONS} alone; none lost, none twice`);
}
