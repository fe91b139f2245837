// How long 10,000 notifications take to reach a handler in the page, one that always takes them and one that fails at
// random and is tried again; in the same round, what the platform needs to make and read as many requests and responses,
// as the floor.

import { createSandbox } from '../dist/npm/node.js';
import { report } from './lib/report.mjs';
import { answered, asked, chance, toCreate } from './lib/sessions.mjs';
import { turns } from './lib/turns.mjs';

const SESSIONS = 10_000;
const ROUNDS = 5;
const URL = 'https://app.example/webhooks/qod';
const TOKEN = 'c8974e592c2fa383d4a3960714';

/** Takes a notification, as a server would: which one, and from whom. */
async function take(request, taken) {
  if (request.headers.get('authorization') !== `Bearer ${TOKEN}`) return new Response(null, { status: 401 });
  const { id } = await request.json();
  taken.set(id, (taken.get(id) ?? 0) + 1);
  return new Response(null, { status: 204 });
}

function handlers(taken) {
  const random = chance();
  return {
    'always takes them': (request) => take(request, taken),
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
  for (let n = 0; n < SESSIONS; n++) answered(sandbox, toCreate(asked(n, { webhook: { notificationUrl: URL, notificationAuthToken: TOKEN } })), 201);
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
  return { took, attempts, floor: await floor(bodies) };
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

const names = Object.keys(handlers(new Map()));
const measured = await turns(Object.fromEntries(names.map((name) => [name, () => deliver(name)])), { rounds: ROUNDS });
report({
  row: 'deliveries',
  title: `${SESSIONS.toLocaleString('en')} notifications to a handler in the page`,
  how: `Node ${process.versions.node}, one \`clock.advanceAsync\` until all are delivered; none is lost, none taken twice. Floor: as many \`Request\`s and \`Response\`s made and read at once.`,
  figures: names.flatMap((name) => {
    const of = (what) => measured[name].map((round) => round[what]);
    return [
      { name: `one that ${name}`, unit: 'ms', values: of('took'), goal: { atMost: 1_000 } },
      { name: `one that ${name}, beside the floor`, unit: 'ms', values: of('took'), against: { name: 'the requests and responses alone', values: of('floor') } },
      { name: `one that ${name}: attempts`, unit: 'attempts', values: of('attempts') },
    ];
  }),
});
