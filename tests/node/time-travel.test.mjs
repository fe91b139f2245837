// Time backwards, snapshots, and sandboxes that are kept.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSandbox } from '../../dist/npm/node.js';

const start = (options) => createSandbox({ clock: 'manual', seed: 1, startAt: '2026-01-01T00:00:00Z', auth: 'off', ...options });

let port = 0;

const create = (sandbox, changes) =>
  JSON.parse(
    sandbox.handle({
      method: 'POST',
      url: '/qod/v0/sessions',
      body: JSON.stringify({
        device: { phoneNumber: '+34600000001' },
        devicePorts: { ports: [port++ % 65_536] },
        applicationServer: { ipv4Address: '198.51.100.10' },
        qosProfile: 'QOS_E',
        duration: 100,
        webhook: { notificationUrl: 'https://app.example/hook', notificationAuthToken: 'c8974e592c2fa383d4a3960714' },
        ...changes,
      }),
    }).body,
  ).sessionId;

const statuses = (sandbox) => sandbox.notifications().map(({ event }) => event.data.statusInfo ?? event.data.qosStatus);

/** Texts in memory, as a storage. */
function memory(texts = new Map()) {
  return {
    texts,
    get: async (key) => texts.get(key),
    set: async (key, text) => void texts.set(key, text),
    delete: async (key) => void texts.delete(key),
  };
}

test('the clock is set back, and on from there', async () => {
  const sandbox = await start();
  sandbox.receive('*', 204);
  const clocks = [];
  sandbox.on('clock', ({ now, paused, present }) => clocks.push([now.slice(14, 19), paused, present?.slice(14, 19)]));
  create(sandbox);
  sandbox.clock.advance('2m');
  assert.deepEqual(statuses(sandbox), ['AVAILABLE', 'DURATION_EXPIRED']);
  sandbox.clock.rewindTo('2026-01-01T00:00:05Z');
  assert.deepEqual(statuses(sandbox), ['AVAILABLE']);
  sandbox.network.terminate(sandbox.sessions()[0].sessionId);
  sandbox.clock.advance('1s');
  assert.deepEqual(statuses(sandbox), ['AVAILABLE', 'NETWORK_TERMINATED']);
  assert.equal(sandbox.notifications()[1].deliveries[0].status, 204, 'receivers stay');
  sandbox.clock.returnToPresent();
  assert.deepEqual(statuses(sandbox), ['AVAILABLE', 'DURATION_EXPIRED']);
  assert.deepEqual(clocks, [
    ['02:00', false, undefined],
    ['00:05', false, '02:00'],
    ['00:06', false, '02:00'],
    ['02:00', false, '00:06'],
  ]);
  assert.throws(() => sandbox.clock.rewindTo('2026-01-01T01:00:00Z'), /lies ahead/);
  assert.throws(() => sandbox.clock.rewindTo(0), /lies before 2026-01-01T00:00:00.000Z, the oldest moment/);
  const fresh = await start();
  assert.throws(() => fresh.clock.returnToPresent(), /time was not set back/);
});

test('a clock that runs is paused when it is set back', async () => {
  const sandbox = await createSandbox({ speed: 1000, auth: 'off' });
  const at = sandbox.clock.now();
  await new Promise((resolve) => setTimeout(resolve, 10));
  sandbox.clock.rewindTo(at);
  assert.deepEqual([sandbox.clock.now(), sandbox.clock.state().paused], [at, true]);
  sandbox.clock.resume();
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(sandbox.clock.now() > at);
  sandbox.dispose();
});

test('when the wall jumps by more than a day, the clock asks', async (context) => {
  let ahead = 0;
  const { now } = Date;
  context.mock.method(Date, 'now', () => now() + ahead);
  const sandbox = await createSandbox({ auth: 'off', speed: 2 });
  const clocks = [];
  sandbox.on('clock', ({ paused, missedMs }) => clocks.push([paused, missedMs && Math.round(missedMs / 3_600_000)]));
  const at = sandbox.clock.now();
  ahead = 48 * 3_600_000;
  assert.ok(sandbox.clock.now() - at < 1000, 'time stands');
  await undefined;
  assert.deepEqual(clocks, [['jump', 96]]);
  assert.equal(sandbox.clock.state().paused, 'jump');
  sandbox.clock.advance(sandbox.clock.state().missedMs);
  sandbox.clock.resume();
  assert.ok(Math.abs(sandbox.clock.now() - at - 96 * 3_600_000) < 1000, 'made up for');
  // Back by an hour: time goes on from where it was.
  const before = sandbox.clock.now();
  ahead -= 3_600_000;
  assert.ok(sandbox.clock.now() >= before);
  sandbox.dispose();
});

test('a handler that answers to the past is not listened to', async () => {
  const sandbox = await start();
  const answers = [];
  sandbox.receive('*', ({ signal }) => new Promise((resolve) => answers.push([resolve, signal])));
  create(sandbox);
  sandbox.clock.advance('3s');
  sandbox.clock.rewindTo('2026-01-01T00:00:01Z');
  assert.equal(answers[0][1].aborted, true);
  sandbox.clock.advance('2s');
  answers[0][0](new Response(null, { status: 500 }));
  await new Promise(setImmediate);
  assert.equal(sandbox.notifications()[0].deliveries[0].outcome, 'pending');
  answers[1][0](new Response(null, { status: 204 }));
  await new Promise(setImmediate);
  assert.equal(sandbox.notifications()[0].deliveries[0].outcome, 'delivered');
});

test('a snapshot is restored, in the same sandbox or in another', async () => {
  const sandbox = await start();
  sandbox.receive('*', 503);
  const session = create(sandbox);
  sandbox.clock.advance('2s');
  const text = sandbox.snapshot();
  sandbox.clock.advance('2m');
  sandbox.receive('*', 204);
  sandbox.restore(text);
  assert.deepEqual(statuses(sandbox), ['AVAILABLE']);
  sandbox.network.terminate(session);
  assert.equal(sandbox.notifications()[1].deliveries[0].status, 204, 'the receivers of now');
  const other = await start({ seed: 2 });
  other.restore(text);
  other.network.terminate(session);
  assert.equal(other.notifications()[1].deliveries[0].status, 503, 'those of the snapshot, where there are none');
  assert.deepEqual(statuses(other), statuses(sandbox));
  for (const [given, message] of [['x', /no snapshot/], [text.replace(':1:', ':9:'), /version 9/], [text.slice(0, -8), /damaged/], [7, /what snapshot\(\) returned/]]) {
    assert.throws(() => sandbox.restore(given), message);
  }
  assert.deepEqual(statuses(sandbox), statuses(other));
});

test('a sandbox is kept, and goes on where it would be', async () => {
  const storage = memory();
  const persist = { key: 'mine', storage };
  const first = await createSandbox({ seed: 1, auth: 'off', persist, speed: 100 });
  const session = create(first, { duration: 86_400 });
  first.dispose();
  await new Promise((resolve) => setTimeout(resolve, 40));
  assert.equal(storage.texts.size, 1);
  const second = await createSandbox({ persist });
  const [{ sessionId, qosStatus }] = second.sessions();
  assert.deepEqual([sessionId, qosStatus], [session, 'AVAILABLE'], 'two seconds of its time have passed meanwhile');
  assert.equal(second.clock.state().speed, 100);
  assert.equal(second.handle({ url: '/qod/v0/qos-profiles' }).status, 200, 'settings are kept');
  second.dispose();
});

test('what happens is kept soon after', async () => {
  const storage = memory();
  const sandbox = await start({ persist: { key: 'mine', storage } });
  create(sandbox);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { length } = storage.texts.get('mine');
  sandbox.clock.advance('2s');
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.ok(storage.texts.get('mine').length > length);
  const other = await start({ persist: { key: 'mine', storage: memory(storage.texts) } });
  assert.deepEqual(statuses(other), ['AVAILABLE']);
  for (const one of [sandbox, other]) one.dispose();
});

test('a storage that fails is told of once, and done without', async (context) => {
  context.mock.method(console, 'warn', () => {});
  const failing = { get: async () => undefined, set: async () => { throw new Error('full'); }, delete: async () => {} };
  const sandbox = await start({ persist: { key: 'mine', storage: failing } });
  const errors = [];
  sandbox.on('error', ({ topic, error }) => errors.push([topic, error.message]));
  for (let turn = 0; turn < 2; turn++) {
    create(sandbox);
    await new Promise((resolve) => setTimeout(resolve, 260));
  }
  assert.equal(errors.length, 1);
  assert.equal(errors[0][0], 'persist');
  assert.match(errors[0][1], /cannot be kept as 'mine', and goes on without: full/);
  assert.equal(sandbox.sessions().length, 2);

  const denied = await start({ persist: { key: 'mine', storage: { ...failing, get: async () => { throw new Error('denied'); } } } });
  const told = new Promise((resolve) => denied.on('error', resolve));
  assert.match((await told).error.message, /denied/, 'told to the first that listens');
  create(denied);
});

test('a storage that fails now and then has the next change', async (context) => {
  context.mock.method(console, 'warn', () => {});
  const storage = memory();
  let failures = 1;
  const flaky = { ...storage, set: async (...given) => (failures-- > 0 ? Promise.reject(new Error('busy')) : storage.set(...given)) };
  const sandbox = await start({ persist: { key: 'mine', storage: flaky } });
  for (const device of ['+34600000002', '+34600000003']) {
    sandbox.devices.add({ phoneNumber: device });
    await new Promise((resolve) => setTimeout(resolve, 260));
  }
  const other = await start({ persist: { key: 'mine', storage: memory(storage.texts) } });
  assert.deepEqual(other.devices.list().slice(-2).map(({ phoneNumber }) => phoneNumber), ['+34600000002', '+34600000003']);
  for (const one of [sandbox, other]) one.dispose();
});

test('a slow storage is written once at a time, and has the last state soon after the end', async () => {
  const storage = memory();
  let writes = 0;
  let underWay = 0;
  const slow = {
    ...storage,
    set: async (...given) => {
      assert.equal(++underWay, 1);
      writes++;
      await new Promise((resolve) => setTimeout(resolve, 700));
      underWay--;
      return storage.set(...given);
    },
  };
  const sandbox = await start({ persist: { key: 'mine', storage: slow } });
  for (let turn = 0; turn < 10; turn++) {
    create(sandbox);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  sandbox.dispose();
  sandbox.dispose();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  assert.equal(writes, 2);
  const other = await start({ persist: { key: 'mine', storage: memory(storage.texts) } });
  assert.equal(other.sessions().length, 10);
  other.dispose();
});

test('what cannot be read, nor set aside, is left where it is', async (context) => {
  context.mock.method(console, 'warn', () => {});
  const texts = new Map([['mine', 'qod-sandbox-snapshot:99:x:y']]);
  const full = { ...memory(texts), set: () => { throw new Error('full'); } };
  const sandbox = await start({ persist: { key: 'mine', storage: full } });
  const { error } = await new Promise((resolve) => sandbox.on('error', resolve));
  assert.match(error.message, /could not be set aside: it stays as it is/);
  create(sandbox);
  sandbox.dispose();
  assert.equal(texts.get('mine'), 'qod-sandbox-snapshot:99:x:y');
});

test('what cannot be read is set aside', async (context) => {
  context.mock.method(console, 'warn', () => {});
  const storage = memory(new Map([['mine', 'qod-sandbox-snapshot:99:x:y']]));
  const sandbox = await start({ persist: { key: 'mine', storage } });
  const { error } = await new Promise((resolve) => sandbox.on('error', resolve));
  assert.match(error.message, /version 99.*it is kept as 'mine:unreadable'/);
  assert.equal(storage.texts.get('mine:unreadable'), 'qod-sandbox-snapshot:99:x:y');
  create(sandbox);
  sandbox.dispose();
});

test('misuse says what is wrong', async () => {
  await assert.rejects(start({ persist: '' }), /persist must be a text/);
  await assert.rejects(start({ persist: { key: 'x' } }), /a key, or { key, storage }/);
  await assert.rejects(start({ persist: 'mine' }), /no IndexedDB here: hand in/);
  const sandbox = await start();
  assert.throws(() => sandbox.configure({ persist: 'x' }), /no option 'persist'/);
});
