// The published package in Node: what a test suite does with it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSandbox } from '../../dist/npm/node.js';

const HEADERS = { authorization: 'Bearer mock_sandbox_access_token', 'content-type': 'application/json' };

const CREATE = {
  device: { ipv4Address: { publicAddress: '203.0.113.25', publicPort: 8080 } },
  applicationServer: { ipv4Address: '198.51.100.10' },
  applicationServerPorts: { ports: [443] },
  qosProfile: 'QOS_E',
  duration: 3600,
  webhook: { notificationUrl: 'https://application-server.com/notifications', notificationAuthToken: 'c8974e592c2fa383d4a3960714' },
};

const start = (options) => createSandbox({ clock: 'manual', seed: 1, startAt: '2026-01-01T00:00:00Z', ...options });

const create = (sandbox, changes) =>
  sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', headers: HEADERS, body: JSON.stringify({ ...CREATE, ...changes }) });

const id = (response) => JSON.parse(response.body).sessionId;

test('a session from create to the end of its duration', async () => {
  const run = async () => {
    const sandbox = await start();
    const created = await sandbox.fetch('https://api.example.com/x/qod/v0/sessions', { method: 'POST', headers: HEADERS, body: JSON.stringify(CREATE) });
    assert.equal(created.status, 201);
    assert.equal(created.headers.get('content-type'), 'application/json');
    assert.equal(created.url, 'https://api.example.com/x/qod/v0/sessions');
    const { sessionId, qosStatus } = await created.json();
    assert.equal(qosStatus, 'REQUESTED');
    const url = created.headers.get('location');
    assert.equal(url, `https://api.example.com/x/qod/v0/sessions/${sessionId}`);

    assert.deepEqual(sandbox.clock.advance('2s').map(({ at, kind }) => [at, kind]), [['2026-01-01T00:00:02.000Z', 'granted']]);
    assert.equal((await (await sandbox.fetch(url, { headers: HEADERS })).json()).qosStatus, 'AVAILABLE');
    const extended = await sandbox.fetch(`${url}/extend`, { method: 'POST', headers: HEADERS, body: '{"requestedAdditionalDuration":600}' });
    assert.equal((await extended.json()).duration, 4200);

    assert.deepEqual(sandbox.clock.advance('PT24H').map(({ at, kind }) => [at, kind]), [['2026-01-01T01:10:00.000Z', 'expired']]);
    assert.equal((await sandbox.fetch(url, { headers: HEADERS })).status, 404);
    assert.deepEqual(
      sandbox.notifications().map(({ event }) => [event.time, event.data.qosStatus, event.data.statusInfo]),
      [
        ['2026-01-01T00:00:02.000Z', 'AVAILABLE', undefined],
        ['2026-01-01T01:10:00.000Z', 'UNAVAILABLE', 'DURATION_EXPIRED'],
      ],
    );
    const [session] = sandbox.sessions();
    assert.equal(session.releasedAt, '2026-01-01T01:10:00.000Z');
    assert.deepEqual(session.history.map(({ cause }) => cause), ['created', 'granted', 'extended', 'expired']);
    const all = JSON.stringify([sandbox.sessions(), sandbox.notifications(), sandbox.traffic()]);
    sandbox.dispose();
    return all;
  };
  assert.equal(await run(), await run(), 'same seed, same bytes');
});

test('fetch takes what the platform takes', async () => {
  const { fetch, traffic } = await start();
  const body = JSON.stringify(CREATE);
  const url = 'https://sandbox.example/qod/v0/sessions';
  const other = (port) => JSON.stringify({ ...CREATE, applicationServerPorts: { ports: [port] } });
  assert.equal((await fetch(new Request(url, { method: 'POST', headers: HEADERS, body }))).status, 201);
  assert.equal((await fetch(new URL(url), { method: 'post', headers: new Headers(HEADERS), body: other(1) })).status, 201);
  assert.equal((await fetch('qod/v0/sessions', { method: 'POST', headers: Object.entries(HEADERS), body: new TextEncoder().encode(other(2)) })).status, 201);
  assert.equal((await fetch(new Request(url, { method: 'POST', headers: HEADERS, body }), { body: other(3) })).status, 201);
  // Without a content type the platform declares text; a backend that is sent text does not take it for JSON.
  assert.equal((await fetch(url, { method: 'POST', headers: { authorization: HEADERS.authorization }, body })).status, 415);
  await assert.rejects(fetch(url, { body: 'x' }), TypeError);
  await assert.rejects(fetch(url, { headers: { 'x y': '1' } }), TypeError);
  await assert.rejects(fetch(url, { headers: { x: 'a\r\nb: c' } }), TypeError);
  await assert.rejects(fetch(url, { headers: { x: '\u{1f600}' } }), TypeError);
  assert.equal((await fetch('https://b\u00fccher.example/\u65e5/qod/v0/sessions', { method: 'POST', headers: HEADERS, body: other(4) })).status, 201);
  await assert.rejects(fetch(url, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  const gone = await fetch(url.replace('sessions', 'nowhere'), { headers: HEADERS });
  assert.deepEqual([gone.status, (await gone.json()).code], [404, 'NOT_FOUND']);
  assert.equal(traffic().length, 7);
});

test('concurrent fetches are handled in call order', async () => {
  const { fetch, sessions } = await start();
  const calls = [443, 444, 445, 446].map((port) =>
    fetch('/qod/v0/sessions', { method: 'POST', headers: HEADERS, body: JSON.stringify({ ...CREATE, applicationServerPorts: { ports: [port] } }) }),
  );
  await Promise.all(calls);
  assert.deepEqual(sessions().map((session) => session.applicationServerPorts.ports[0]), [443, 444, 445, 446]);
});

test('listeners hear after a handle, after a fetch, and before advance returns', async () => {
  const sandbox = await start();
  const heard = [];
  sandbox.on('request', ({ request }) => heard.push(request.method));
  sandbox.on('session', ({ qosStatus }) => heard.push(qosStatus));
  sandbox.on('notification', ({ event }) => heard.push(event.type));
  sandbox.on('delivery', ({ outcome }) => heard.push(outcome));
  const off = sandbox.on('clock', () => heard.push('clock'));
  create(sandbox);
  assert.deepEqual(heard, [], 'not while handle runs');
  await undefined;
  assert.deepEqual(heard.splice(0), ['POST', 'REQUESTED']);

  await sandbox.fetch('/qod/v0/qos-profiles', { headers: HEADERS });
  assert.deepEqual(heard, [], 'not before the promise resolves');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(heard.splice(0), ['GET']);

  sandbox.clock.advance('2s');
  assert.deepEqual(heard.splice(0), ['AVAILABLE', 'org.camaraproject.qod.v0.qos-status-changed', 'no-receiver', 'clock']);
  off();
  sandbox.clock.advance(1);
  assert.deepEqual(heard, []);
});

test('a listener that throws is told to those of error, and the others hear', async () => {
  const sandbox = await start();
  const errors = [];
  let heard = 0;
  sandbox.on('error', (error) => errors.push(error));
  sandbox.on('session', () => {
    throw new Error('mine');
  });
  sandbox.on('session', () => heard++);
  create(sandbox);
  await undefined;
  assert.deepEqual(errors.map(({ topic, error }) => [topic, error.message]), [['session', 'mine']]);
  assert.equal(heard, 1);
});

test('a listener can call back', async () => {
  const sandbox = await start();
  const session = id(create(sandbox));
  sandbox.on('notification', ({ event }) => {
    if (event.data.qosStatus === 'AVAILABLE') sandbox.network.terminate(session);
  });
  sandbox.clock.advance('2s');
  await undefined;
  assert.deepEqual(sandbox.notifications().map(({ event }) => event.data.statusInfo), [undefined, 'NETWORK_TERMINATED']);
});

test('a listener can dispose of the sandbox that tells it', async () => {
  const sandbox = await start();
  const errors = [];
  sandbox.on('error', (error) => errors.push(error));
  sandbox.on('notification', () => sandbox.dispose());
  sandbox.on('notification', () => errors.push('told after it was taken away'));
  create(sandbox);
  assert.deepEqual(sandbox.clock.advance('2s').map(({ kind }) => kind), ['granted']);
  assert.throws(() => sandbox.sessions(), /was disposed/);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(errors, []);
  assert.equal(create(await start()).status, 201);
});

test('a stream hands out what happens, and ends with the sandbox', async () => {
  const sandbox = await start();
  const stream = sandbox.stream('notification');
  create(sandbox);
  sandbox.clock.advance('2h');
  sandbox.dispose();
  const statuses = [];
  for await (const { event } of stream) statuses.push(event.data.qosStatus);
  assert.deepEqual(statuses, ['AVAILABLE', 'UNAVAILABLE']);
  assert.deepEqual(await stream.next(), { value: undefined, done: true });
});

test('a stream that is left is over', async () => {
  const sandbox = await start();
  create(sandbox);
  const stream = sandbox.stream('notification');
  setTimeout(() => sandbox.clock.advance('2h'));
  for await (const { event } of stream) {
    assert.equal(event.data.qosStatus, 'AVAILABLE');
    break;
  }
  assert.deepEqual(await stream.next(), { value: undefined, done: true });
});

test('the clock', async () => {
  const { clock, ...sandbox } = await start();
  const zero = Date.parse('2026-01-01T00:00:00Z');
  assert.equal(clock.now(), zero);
  assert.deepEqual(clock.next(), []);
  assert.deepEqual(clock.advance({ hours: 1, seconds: 1 }), []);
  assert.equal(clock.now(), zero + 3_601_000);
  clock.advanceTo(new Date(zero + 3_700_000));
  assert.equal(clock.now(), zero + 3_700_000);
  for (const [by, millis] of [[5, 5], ['5ms', 5], ['1.5s', 1500], ['2m', 120_000], ['1h', 3_600_000], ['1d', 86_400_000], ['PT1M30S', 90_000], ['P1W', 604_800_000], ['P1DT1H', 90_000_000]]) {
    const before = clock.now();
    clock.advance(by);
    assert.equal(clock.now() - before, millis, String(by));
  }
  create(sandbox);
  assert.deepEqual(clock.state().next.kind, 'granted');
  assert.equal(clock.state().clock, 'manual');
  assert.deepEqual(clock.next().map(({ kind }) => kind), ['granted']);
  assert.deepEqual((await clock.advanceAsync('1d')).map(({ kind }) => kind), ['expired']);
});

test('a real clock runs, times its speed', async () => {
  const sandbox = await createSandbox({ speed: 100 });
  const heard = new Promise((resolve) => sandbox.on('notification', resolve));
  const created = JSON.parse(create(sandbox).body);
  assert.ok(Math.abs(created.startedAt - Date.now() / 1000) < 5);
  const { event } = await heard;
  assert.equal(event.data.qosStatus, 'AVAILABLE');
  sandbox.dispose();
});

test('reset repeats itself, and listeners stay', async () => {
  const sandbox = await start();
  let heard = 0;
  sandbox.on('notification', () => heard++);
  const first = id(create(sandbox));
  sandbox.clock.advance('2s');
  sandbox.reset();
  assert.deepEqual([sandbox.sessions(), sandbox.notifications(), sandbox.traffic()], [[], [], []]);
  assert.equal(id(create(sandbox)), first);
  sandbox.clock.advance('2s');
  assert.equal(heard, 2);
});

test('authorization can be switched off', async () => {
  const sandbox = await start({ auth: 'off' });
  const get = () => sandbox.handle({ url: '/qod/v0/qos-profiles' }).status;
  assert.equal(get(), 200);
  sandbox.configure({ auth: 'required' });
  assert.equal(get(), 401);
});

test('refusals are explained in the traffic', async () => {
  const sandbox = await start();
  const { device, ...beside } = CREATE;
  assert.equal(create({ handle: sandbox.handle }, { device: { ...device, ...beside }, applicationServer: undefined }).status, 400);
  const [{ response, explanations }] = sandbox.traffic();
  assert.match(response.body, /Expected property is missing: applicationServer/);
  assert.equal(explanations[0].pointer, '/applicationServer');
  assert.match(explanations[0].suggestion, /move it one level up/);
});

test('sandboxes do not know of each other', async () => {
  const [a, b] = await Promise.all([start(), start()]);
  create(a);
  assert.equal(a.sessions().length, 1);
  assert.equal(b.sessions().length, 0);
});

test('a body over a megabyte is refused', async () => {
  const sandbox = await start();
  const response = sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', headers: HEADERS, body: ' '.repeat(1_048_577) });
  assert.equal(response.status, 413);
});

test('misuse says what is wrong and what to do', async () => {
  const sandbox = await start();
  const session = id(create(sandbox));
  const cases = [
    [() => sandbox.clock.advance(-1), RangeError, /must not be negative/],
    [() => sandbox.clock.advance('P1Y'), TypeError, /'PT1H'/],
    [() => sandbox.clock.advance(), TypeError, /undefined/],
    [() => sandbox.clock.advance(NaN), TypeError, /NaN/],
    [() => sandbox.clock.advanceTo('2020-01-01'), RangeError, /lies before the sandbox's time/],
    [() => sandbox.clock.advance(300_000_000_000_000), RangeError, /9999/],
    [() => sandbox.clock.setSpeed(0), RangeError, /from 1 to 86400/],
    [() => sandbox.clock.resume(), Error, /manual clock/],
    [() => sandbox.configure({ sped: 1 }), TypeError, /no option 'sped'; the options are speed, auth/],
    [() => sandbox.configure({ seed: 1 }), TypeError, /no option 'seed'/],
    [() => sandbox.on('notifications', () => {}), TypeError, /the events are request, session/],
    [() => sandbox.on('session'), TypeError, /must be a function/],
    [() => sandbox.stream('x'), TypeError, /there is no event 'x'/],
    [() => sandbox.handle('/qod/v0/sessions'), TypeError, /handle takes/],
    [() => sandbox.handle({}), TypeError, /url must be a string/],
    [() => sandbox.handle({ url: '/', body: {} }), TypeError, /JSON.stringify/],
    [() => sandbox.network.terminate(session), Error, /cannot terminate/],
    [() => sandbox.network.grant('x'), Error, /must be a UUID/],
    [() => sandbox.network.grant(), TypeError, /session's id/],
  ];
  for (const [act, kind, message] of cases) {
    assert.throws(act, (error) => error instanceof kind && message.test(error.message), String(act));
  }
  for (const [options, message] of [
    [{ colour: 1 }, /no option 'colour'; the options are seed, clock, speed, startAt, auth/],
    [{ clock: 'fast' }, /clock must be 'real' or 'manual'; got "fast"/],
    [{ seed: -1 }, /seed must be a whole number/],
    [{ speed: 90_000 }, /from 1 to 86400/],
    [{ startAt: 'soon' }, /startAt must be a Date/],
    [{ startAt: '0001-01-01' }, /1970 to 9999/],
    [null, /takes an object/],
  ]) {
    await assert.rejects(createSandbox(options), message);
  }
  assert.equal(sandbox.sessions().length, 1, 'nothing was lost');
  sandbox.dispose();
  sandbox.dispose();
  for (const act of [() => sandbox.sessions(), () => sandbox.handle({ url: '/' }), () => sandbox.on('session', () => {}), () => sandbox.clock.now(), () => sandbox.reset()]) {
    assert.throws(act, /was disposed/);
  }
  await assert.rejects(sandbox.fetch('/'), /was disposed/);
});

test('after a fault of the instance its sandboxes say so, and a fresh one works', async () => {
  const [a, b] = await Promise.all([start(), start()]);
  create(b);
  const told = [];
  b.on('error', ({ topic, error }) => told.push([topic, error.message]));
  // Its timer goes with it, and does not end the process when it is due.
  create(await createSandbox({ speed: 1000 }));
  // The code is handed memory that does not exist: WebAssembly traps, as it does after a panic.
  a[Symbol.for('qod-sandbox.backend')].__wbg_ptr = 0x7fffffff;
  for (const act of [() => a.sessions(), () => a.handle({ url: '/' }), () => b.sessions(), () => b.clock.advance(1)]) {
    assert.throws(act, /stopped after a fault of its own.*createSandbox/);
  }
  await assert.rejects(b.fetch('/'), /stopped after a fault/);
  assert.equal(told.length, 1);
  assert.equal(told[0][0], 'sandbox');
  const [c, d] = await Promise.all([start(), start()]);
  assert.equal(create(c).status, 201);
  assert.equal(create(d).status, 201);
  assert.equal(c.clock.advance('2s').length, 1);
  assert.throws(() => b.sessions(), /stopped/, 'what is dead stays dead');
  for (const sandbox of [a, b, c, d]) sandbox.dispose();
  await new Promise((resolve) => setTimeout(resolve, 20));
});
