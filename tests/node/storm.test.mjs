// Thousands of deadlines at once: the page goes on in between, and what happens is the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSandbox } from '../../dist/npm/node.js';

const SESSIONS = 2_000;
const HOOK = 'https://app.example/hook';

/** A sandbox with sessions that are all granted at one moment and expire at another. */
async function crowded(options) {
  const sandbox = await createSandbox({ seed: 1, auth: 'off', startAt: '2026-01-01T00:00:00Z', ...options });
  if (sandbox.clock.state().clock === 'real') sandbox.clock.pause();
  for (let n = 0; n < SESSIONS; n++) {
    const body = {
      device: { phoneNumber: `+1202${String(n).padStart(7, '0')}` },
      applicationServer: { ipv4Address: '198.51.100.10' },
      qosProfile: 'QOS_E',
      duration: 60,
      webhook: { notificationUrl: HOOK },
    };
    const { status } = sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify(body) });
    assert.equal(status, 201);
  }
  return sandbox;
}

/** How often others have their turn until `until` is kept. */
async function turnsUntil(until) {
  let turns = 0;
  let over = false;
  const turn = () => {
    turns++;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  await until;
  over = true;
  return turns;
}

const story = (sandbox) => JSON.stringify([sandbox.sessions(), sandbox.notifications().map(({ deliveries, ...rest }) => rest)]);

/** Resolves when so many notifications were heard: their ids, in order. */
function heard(sandbox, count) {
  const ids = [];
  return new Promise((resolve) =>
    sandbox.on('notification', ({ id }) => {
      ids.push(id);
      if (ids.length === count) resolve(ids);
    }),
  );
}

test('a running clock works them off in slices', async () => {
  const sandbox = await crowded({ speed: 86_400 });
  const done = heard(sandbox, 2 * SESSIONS);
  sandbox.clock.resume();
  const turns = await turnsUntil(done);
  assert.ok(turns > 3, `${turns} turns of others`);
  const ids = sandbox.notifications().map(({ id }) => id);
  assert.deepEqual(await done, ids, 'each is told, in order');
  assert.ok(sandbox.sessions().every(({ releasedAt }) => releasedAt));
  sandbox.dispose();
});

test('whoever asks in between finds all of it done', async () => {
  const sandbox = await crowded({ speed: 86_400 });
  sandbox.clock.resume();
  await new Promise((resolve) => {
    const off = sandbox.on('session', () => {
      off();
      resolve();
    });
  });
  // The first slice has come; by now the wall says that all of them are due.
  while (sandbox.clock.now() < Date.parse('2026-01-01T00:02:00Z'));
  assert.equal(sandbox.notifications().length, 2 * SESSIONS);
  assert.equal(sandbox.perspectives(sandbox.sessions().at(-1).sessionId).length > 0, true);
  sandbox.dispose();
});

test('advanceAsync gives the page its turn, and comes to the same', async () => {
  const [whole, sliced] = [await crowded({ clock: 'manual' }), await crowded({ clock: 'manual' })];
  const fired = whole.clock.advance('1h');
  let met;
  const turns = await turnsUntil(sliced.clock.advanceAsync('1h').then((all) => (met = all)));
  assert.ok(turns > 3, `${turns} turns of others`);
  assert.deepEqual(met, fired);
  assert.equal(story(sliced), story(whole));
  assert.equal(sliced.clock.now(), whole.clock.now());
  for (const sandbox of [whole, sliced]) sandbox.dispose();
});

test('handlers answer in between, each once, and nothing is lost', async () => {
  for (const move of ['advanceAsync', 'resume']) {
    const sandbox = await crowded(move === 'resume' ? { speed: 600, delivery: { timeout: '1h' } } : { clock: 'manual' });
    const taken = new Set();
    const all = new Promise((resolve) => {
      sandbox.receive(HOOK, async (request) => {
        const { id } = await request.json();
        assert.ok(!taken.has(id), 'once');
        taken.add(id);
        if (taken.size === 2 * SESSIONS) resolve();
        return new Response(null, { status: 204 });
      });
    });
    const turns = await turnsUntil(move === 'resume' ? (sandbox.clock.resume(), all) : sandbox.clock.advanceAsync('1h').then(() => all));
    assert.ok(turns > 3, `${turns} turns of others`);
    while (sandbox.notifications().some(({ deliveries }) => deliveries.at(-1).outcome === 'pending')) await new Promise(setImmediate);
    assert.ok(sandbox.notifications().every(({ deliveries }) => deliveries.length === 1 && deliveries[0].outcome === 'delivered'));
    sandbox.dispose();
  }
});
