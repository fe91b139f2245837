// Scenarios and faults in the published package.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSandbox } from '../../dist/npm/node.js';

const start = (options) => createSandbox({ clock: 'manual', seed: 1, startAt: '2026-01-01T00:00:00Z', auth: 'off', ...options });

const BODY = {
  device: { phoneNumber: '+34600000001' },
  applicationServer: { ipv4Address: '198.51.100.10' },
  qosProfile: 'QOS_E',
  duration: 100,
  webhook: { notificationUrl: 'https://app.example/hook' },
};

const create = (sandbox, changes, headers) => sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', headers, body: JSON.stringify({ ...BODY, ...changes }) });

/** The events of all sessions, each with its second, and the statuses of its attempts. */
const story = (sandbox) =>
  sandbox.notifications().map(({ at, event, deliveries }) =>
    [`${(Date.parse(at) - Date.parse('2026-01-01T00:00:00Z')) / 1000}s`, event.data.statusInfo ?? event.data.qosStatus, ...deliveries.map(({ status }) => status)].join(' '),
  );

test('the catalogue names scenarios, and test values that stand for them', async () => {
  const sandbox = await start();
  const scenarios = sandbox.scenarios();
  assert.ok(scenarios.length >= 20);
  assert.equal(scenarios[0].name, 'granted-after-2s');
  for (const { name, description, testValues } of scenarios) {
    assert.match(description, /\.$/);
    assert.match(testValues.phoneNumber, /^\+99900000\d{3}$/);
    const one = await start();
    const byNumber = create(one, { device: { phoneNumber: testValues.phoneNumber } });
    const other = await start();
    const byHeader = create(other, {}, { 'x-qod-scenario': name });
    assert.equal(byNumber.status, byHeader.status, name);
    assert.equal(one.traffic()[0].scenario, name);
    one.clock.advance('10m');
    other.clock.advance('10m');
    assert.deepEqual(story(one), story(other), name);
  }
});

test('a scenario is an option, and can be changed', async () => {
  const sandbox = await start({ scenario: 'refused-at-once' });
  assert.equal(JSON.parse(create(sandbox).body).qosStatus, 'UNAVAILABLE');
  sandbox.use('granted-at-once');
  assert.equal(JSON.parse(create(sandbox, { devicePorts: { ports: [1] }, applicationServer: { ipv4Address: '198.51.100.11' } }).body).qosStatus, 'AVAILABLE');
  sandbox.reset();
  assert.equal(JSON.parse(create(sandbox).body).qosStatus, 'UNAVAILABLE');
});

test('scenarios of one\'s own', async () => {
  for (const [scenario, expected] of [
    [{}, ['2s AVAILABLE 204', '100s DURATION_EXPIRED 204']],
    [{ grant: 'at-once' }, ['0s AVAILABLE 204', '100s DURATION_EXPIRED 204']],
    [{ grant: 'never' }, ['100s DURATION_EXPIRED 204']],
    [{ grant: '5s', terminate: '7s' }, ['5s AVAILABLE 204', '12s NETWORK_TERMINATED 204']],
    [{ grant: 'PT1S', terminate: { share: 0.25 } }, ['1s AVAILABLE 204', '25s NETWORK_TERMINATED 204']],
    [{ refuse: 'at-once' }, ['0s NETWORK_TERMINATED 204']],
    [{ refuse: 3000 }, ['3s NETWORK_TERMINATED 204']],
    [{ notification: { copies: 2 } }, ['2s AVAILABLE 204 204', '100s DURATION_EXPIRED 204 204']],
    [{ receiver: { failFirst: 1, status: 500 } }, ['2s AVAILABLE 500 204', '100s DURATION_EXPIRED 500 204']],
  ]) {
    const sandbox = await start();
    sandbox.receive('*', 204);
    sandbox.use(scenario);
    create(sandbox);
    sandbox.clock.advance('10m');
    assert.deepEqual(story(sandbox), expected, JSON.stringify(scenario));
    assert.equal(sandbox.traffic()[0].scenario, 'custom');
  }
});

test('an answer that takes its time is waited for by fetch, and told by handle', async () => {
  const sandbox = await start();
  sandbox.faults.add({ latency: '3s', times: 3 });
  const { delayMs, status } = sandbox.handle({ url: '/qod/v0/qos-profiles' });
  assert.deepEqual([delayMs, status], [3000, 200]);
  let answered;
  const waiting = sandbox.fetch('/qod/v0/qos-profiles').then(({ status }) => (answered = status));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(sandbox.clock.state().next.kind, 'answer');
  sandbox.clock.advance('2999ms');
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(answered, undefined);
  sandbox.clock.advance(1);
  await waiting;
  assert.equal(answered, 200);
  assert.equal(sandbox.traffic()[1].delayMs, 3000);
  // With a clock that runs, it comes by itself.
  const running = await createSandbox({ speed: 100, auth: 'off' });
  running.faults.add({ latency: { min: '1s', max: '2s' } });
  assert.equal((await running.fetch('/qod/v0/qos-profiles')).status, 200);
  running.dispose();
});

test('a fetch that waits can be aborted, and ends with the sandbox or its history', async () => {
  const sandbox = await start();
  const slow = () => {
    sandbox.faults.add({ latency: '1h' });
    return sandbox;
  };
  const controller = new AbortController();
  const aborted = slow().fetch('/qod/v0/qos-profiles', { signal: controller.signal });
  await new Promise(setImmediate);
  controller.abort();
  await assert.rejects(aborted, { name: 'AbortError' });
  const reset = slow().fetch('/qod/v0/qos-profiles');
  await new Promise(setImmediate);
  sandbox.reset();
  await assert.rejects(reset, /history of the sandbox broke off/);
  const disposed = slow().fetch('/qod/v0/qos-profiles');
  await new Promise(setImmediate);
  sandbox.dispose();
  await assert.rejects(disposed, /was disposed/);
});

test('a connection that fails rejects fetch as a browser does', async () => {
  const sandbox = await start();
  sandbox.faults.add({ networkError: true, times: 2 });
  await assert.rejects(sandbox.fetch('/qod/v0/qos-profiles'), TypeError);
  assert.throws(() => sandbox.handle({ url: '/qod/v0/qos-profiles' }), TypeError);
  assert.equal((await sandbox.fetch('/qod/v0/qos-profiles')).status, 200);
  const [{ response, fault }] = sandbox.traffic();
  assert.deepEqual([response.status, fault], [0, 'fault-1']);
});

test('faults are listed as they are, and go with a reset', async () => {
  const sandbox = await start();
  const id = sandbox.faults.add({ operation: 'createSession', status: 503, rate: 0.5, times: 4 });
  sandbox.faults.add({ latency: { min: 10, max: '1s' } });
  sandbox.faults.add({ rateLimit: { requests: 2, per: '1m' } });
  sandbox.faults.add({ status: 418, code: 'TEAPOT' });
  assert.deepEqual(sandbox.faults.list(), [
    { id, operation: 'createSession', status: 503, rate: 0.5, times: 4 },
    { id: 'fault-2', latency: { min: 10, max: 1000 } },
    { id: 'fault-3', rateLimit: { requests: 2, per: 60_000 } },
    { id: 'fault-4', status: 418, code: 'TEAPOT' },
  ]);
  sandbox.faults.remove(id);
  assert.equal(sandbox.faults.list().length, 3);
  assert.throws(() => sandbox.faults.remove(id), /no fault fault-1/);
  sandbox.faults.clear();
  assert.deepEqual(sandbox.faults.list(), []);
  sandbox.faults.add({ status: 500 });
  sandbox.reset();
  assert.deepEqual(sandbox.faults.list(), []);
});

test('misuse says what is wrong and what to do', async () => {
  const sandbox = await start();
  for (const [act, message] of [
    [() => sandbox.use('granted'), /no scenario "granted"; there are granted-after-2s, granted-at-once/],
    [() => sandbox.use({ grant: 'soon' }), /grant must be milliseconds/],
    [() => sandbox.use({ grant: '1s', refuse: '2s' }), /either grants or refuses/],
    [() => sandbox.use({ refuse: 'never' }), /refuse must be milliseconds/],
    [() => sandbox.use({ terminate: { share: 2 } }), /share must be a number from 0 to 1/],
    [() => sandbox.use({ receiver: { status: 500 } }), /needs failFirst/],
    [() => sandbox.use({ granted: 1 }), /no member 'granted'/],
    [() => sandbox.use(), /must be an object/],
    [() => sandbox.faults.add({}), /does nothing/],
    [() => sandbox.faults.add({ status: 200 }), /from 400 to 599/],
    [() => sandbox.faults.add({ status: 418 }), /no code belongs to the status 418/],
    [() => sandbox.faults.add({ code: 'X', latency: 1 }), /a code without a status/],
    [() => sandbox.faults.add({ operation: 'create', status: 500 }), /operation must be 'createSession' or/],
    [() => sandbox.faults.add({ latency: { min: 2, max: 1 } }), /max must not be less than min/],
    [() => sandbox.faults.add({ rate: 1.5, status: 500 }), /rate must be a number from 0 to 1/],
    [() => sandbox.faults.add({ rateLimit: { requests: 1 } }), /needs requests and per/],
    [() => sandbox.faults.add({ status: 500, times: 0 }), /times must be a whole number/],
    [() => sandbox.faults.remove('x'), /no fault's id/],
    [() => sandbox.configure({ limits: { traffic: -1 } }), /traffic must be a whole number/],
  ]) {
    assert.throws(act, message, String(act));
  }
  await assert.rejects(createSandbox({ scenario: 'x' }), /there is no scenario "x"/);
});

test('limits are options', async () => {
  const sandbox = await start({ limits: { traffic: 2, notifications: 1, bodyBytes: 400 } });
  for (let n = 0; n < 3; n++) create(sandbox, { devicePorts: { ports: [n] } });
  sandbox.clock.advance('2s');
  assert.equal(sandbox.traffic().length, 2);
  assert.equal(sandbox.notifications().length, 1);
  assert.deepEqual(sandbox.dropped(), { traffic: 1, notifications: 2, sessions: 0 });
  assert.equal(create(sandbox, { note: 'x'.repeat(400) }).status, 413);
});

test('a fetch after a reset is of the new history', async () => {
  const sandbox = await start();
  const slow = () => sandbox.fetch('/qod/v0/qos-profiles', { headers: { 'x-qod-scenario': 'slow-answer' } });
  const old = assert.rejects(slow(), /broke off/);
  sandbox.reset();
  const fresh = slow();
  await old;
  sandbox.clock.advance('10s');
  assert.equal((await fresh).status, 200);
});

test('a signal that lives long holds nothing of a fetch that is over, and null takes it away', async () => {
  const sandbox = await start();
  sandbox.faults.add({ latency: '1s' });
  const { signal } = new AbortController();
  let listeners = 0;
  const [add, remove] = [signal.addEventListener, signal.removeEventListener];
  signal.addEventListener = (...given) => (listeners++, add.apply(signal, given));
  signal.removeEventListener = (...given) => (listeners--, remove.apply(signal, given));
  for (let turn = 0; turn < 3; turn++) {
    const answer = sandbox.fetch('/qod/v0/qos-profiles', { signal });
    sandbox.clock.advance('1s');
    await answer;
  }
  assert.equal(listeners, 0);
  const abort = new AbortController();
  const answer = sandbox.fetch(new Request('https://api.example.com/qod/v0/qos-profiles', { signal: abort.signal }), { signal: null });
  await new Promise(setImmediate);
  abort.abort();
  sandbox.clock.advance('1s');
  assert.equal((await answer).status, 200);
});

test('a rate limit is a fault of its own', async () => {
  const sandbox = await start();
  assert.throws(() => sandbox.faults.add({ rateLimit: { requests: 1, per: '1m' }, status: 503 }), /add status or networkError as a fault of its own/);
  sandbox.faults.add({ rateLimit: { requests: 1, per: '1m' } });
  sandbox.faults.add({ status: 503 });
  assert.deepEqual([1, 2].map(() => sandbox.handle({ url: '/qod/v0/qos-profiles' }).status), [503, 429]);
});

test('events of what came before a reset are told', async () => {
  const sandbox = await start();
  const told = [];
  sandbox.on('request', ({ response }) => told.push(response.status));
  sandbox.handle({ url: '/qod/v0/qos-profiles' });
  sandbox.reset();
  assert.deepEqual(told, [200]);
});

test('a scenario goes before what the operator does, also the one that is usual', async () => {
  const operator = { grant: 'synchronous' };
  const status = (answer) => JSON.parse(answer.body).qosStatus;
  assert.equal(status(create(await start({ operator }))), 'AVAILABLE');
  const chosen = await start({ operator, scenario: 'granted-after-2s' });
  assert.equal(status(create(chosen)), 'REQUESTED');
  assert.match(await chosen.exportRun('vitest'), /granted-after-2s/);
});
