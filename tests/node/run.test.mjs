// Runs: exported, played again, and shared in a link.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSandbox } from '../../dist/npm/node.js';

const TOKEN = 'c8974e592c2fa383d4a3960714';
const MOCK = { authorization: 'Bearer mock_sandbox_access_token', 'content-type': 'application/json' };

const start = (options) => createSandbox({ clock: 'manual', seed: 1, startAt: '2026-01-01T00:00:00Z', ...options });

const body = (changes) =>
  JSON.stringify({
    device: { phoneNumber: '+34600000001' },
    applicationServer: { ipv4Address: '198.51.100.10' },
    qosProfile: 'QOS_E',
    duration: 100,
    webhook: { notificationUrl: 'https://app.example/hook', notificationAuthToken: TOKEN },
    ...changes,
  });

const post = (sandbox, path, text, headers = MOCK) => sandbox.handle({ method: 'POST', url: `https://api.example.com${path}`, headers, body: text });

/** A generator of whole numbers below `n`. */
function chance(seed) {
  let state = seed;
  return (n) => (state = (state * 48_271) % 2_147_483_647) % n;
}

/** Does a number of things to a sandbox, by chance: everything that there is to do. */
async function live(sandbox, seed, steps) {
  const below = chance(seed);
  const ids = ['x'];
  const tokens = ['nobody'];
  const pick = (list) => list[below(list.length)];
  const attempt = (act) => {
    try {
      return act();
    } catch {
      return undefined; // Refused: it is not part of the run.
    }
  };
  const acts = [
    () => {
      const text = body({
        devicePorts: { ports: [below(50)] },
        webhook: pick([undefined, { notificationUrl: 'https://app.example/hook', notificationAuthToken: pick([TOKEN, 'another-token-of-20-letters']) }, { notificationUrl: 'https://handler.example/x' }]),
      });
      const authorization = `Bearer ${pick(['mock_sandbox_access_token', ...tokens])}`;
      const scenario = below(4) === 0 ? { 'x-qod-scenario': pick(sandbox.scenarios()).name } : {};
      const answer = attempt(() => post(sandbox, '/qod/v0/sessions', text, { ...MOCK, authorization, ...scenario }));
      if (answer?.status === 201) ids.push(JSON.parse(answer.body).sessionId);
    },
    () => attempt(() => sandbox.handle({ method: pick(['GET', 'DELETE']), url: `/qod/v0/sessions/${pick(ids)}`, headers: MOCK })),
    () => attempt(() => post(sandbox, `/qod/v0/sessions/${pick(ids)}/extend`, JSON.stringify({ requestedAdditionalDuration: below(1000) }))),
    () => {
      const form = `grant_type=client_credentials&client_id=client-${below(3)}&client_secret=secret-${below(2)}-of-some-length`;
      const answer = post(sandbox, '/token', form, { 'content-type': 'application/x-www-form-urlencoded' });
      tokens.push(JSON.parse(answer.body).access_token);
    },
    () => {
      const authorization = `Basic ${btoa(`me:password-${below(2)}`)}`;
      const answer = post(sandbox, '/token', 'grant_type=client_credentials&scope=qod-sessions-write', { authorization, 'content-type': 'application/x-www-form-urlencoded' });
      tokens.push(JSON.parse(answer.body).access_token);
    },
    () => sandbox.clock.advance(below(20_000)),
    () => sandbox.clock.next(),
    () => attempt(() => sandbox.network[pick(['grant', 'refuse', 'terminate'])](pick(ids))),
    () => sandbox.use(pick([pick(sandbox.scenarios()).name, { grant: below(9000), terminate: { share: 0.25 }, notification: { copies: 2, delay: 5 } }, { name: 'mine', refuse: 7, receiver: { failFirst: 1 } }])),
    () => sandbox.configure(pick([{ dialect: 'telefonica' }, { dialect: 'camara' }, { conflictPolicy: 'strict' }, { conflictPolicy: 'flow' }, { operator: { registry: 'closed' } }, { operator: { registry: 'open', retentionSeconds: 400 } }, { delivery: { attempts: 3, backoff: 700 } }, { delivery: { reorder: below(2) === 0 } }, { profiles: [{ name: 'QOS_E', status: 'ACTIVE' }] }])),
    () => sandbox.faults.add(pick([{ status: 503, rate: 0.4, times: 2 }, { latency: { min: 1, max: 900 }, times: 3 }, { networkError: true, times: 1 }, { rateLimit: { requests: 3, per: '10s' }, times: 2 }])),
    () => below(2) && sandbox.faults.clear(),
    () => attempt(() => sandbox.devices.add({ phoneNumber: `+3460000${String(below(20)).padStart(4, '0')}`, unsupported: below(2) === 0 })),
    () => attempt(() => sandbox.devices.remove(`device-${below(6)}`)),
    () => sandbox.receive(pick(['https://app.example/hook', 'https://app.example', '*']), pick([204, 503, 'timeout', { failFirst: 2 }, { requireToken: TOKEN }])),
    () => attempt(() => sandbox.redeliver(pick(sandbox.notifications()).id)),
  ];
  sandbox.receive('https://handler.example', () => new Response(null, { status: pick([204, 500]) }));
  for (let step = 0; step < steps; step++) {
    pick(acts)();
    if (below(5) === 0) await new Promise(setImmediate);
  }
  await new Promise(setImmediate);
  return tokens;
}

test('a run that is played again gives the same answers and notifications, and the same export', async () => {
  for (let seed = 1; seed <= 25; seed++) {
    const sandbox = await start({ seed, dialect: seed % 3 === 0 ? 'telefonica' : 'camara' });
    const tokens = await live(sandbox, seed * 7919, 120);
    const run = await sandbox.exportRun();
    for (const secret of [TOKEN, 'another-token', 'of-some-length', 'password', ...tokens.slice(1)]) assert.equal(run.includes(secret), false, secret);
    const other = await createSandbox({ clock: 'manual', seed: 999 });
    const outcome = await other.replay(run);
    const { inputs, notifications } = JSON.parse(run);
    assert.deepEqual(outcome, { requests: inputs.filter(({ request }) => request).length, notifications: notifications.length }, `seed ${seed}`);
    assert.equal(await other.exportRun(), run, `seed ${seed}`);
    assert.equal(other.clock.now(), sandbox.clock.now());
    // What comes next is the same as well.
    for (const one of [sandbox, other]) {
      one.faults.clear();
      one.configure({ auth: 'off' });
    }
    assert.equal(post(other, '/qod/v0/sessions', body({})).body, post(sandbox, '/qod/v0/sessions', body({})).body);
  }
});

test('a run of 10,000 inputs, and one whose beginning is gone, are played again', async () => {
  for (const requests of [10_000, 26_000]) {
    const sandbox = await start();
    sandbox.receive('*', { failFirst: 3, requireToken: TOKEN });
    const { access_token: token } = JSON.parse(post(sandbox, '/token', 'grant_type=client_credentials&client_id=me&client_secret=mine', { 'content-type': 'application/x-www-form-urlencoded' }).body);
    const authorization = `Bearer ${token}`;
    for (let n = 0; n < requests; n++) {
      post(sandbox, '/qod/v0/sessions', body({ devicePorts: { ports: [n % 700] } }), { ...MOCK, authorization });
      sandbox.clock.advance(200);
    }
    const run = await sandbox.exportRun();
    const parsed = JSON.parse(run);
    assert.equal(parsed.start !== undefined, requests > 20_000);
    assert.ok(parsed.inputs.length >= 10_000, String(parsed.inputs.length));
    assert.equal(run.includes(token), false);
    if (parsed.start) assert.equal(atob(parsed.start.split(':')[3]).includes(TOKEN), false);
    const other = await start();
    const outcome = await other.replay(run);
    assert.equal(outcome.firstDifference, undefined);
    assert.equal(outcome.requests, parsed.inputs.filter(({ request }) => request).length);
    assert.equal(await other.exportRun(), run);
  }
});

test('a run begins with the receivers that stayed over a reset', async () => {
  const sandbox = await start({ auth: 'off' });
  const undo = sandbox.receive('https://other.example', 503);
  sandbox.receive('https://app.example', { requireToken: TOKEN });
  sandbox.reset();
  sandbox.receive('*', 202);
  undo();
  post(sandbox, '/qod/v0/sessions', body({}));
  sandbox.clock.advance('10s');
  assert.equal(sandbox.notifications()[0].deliveries[0].status, 204);
  const run = await sandbox.exportRun();
  assert.equal(run.includes(TOKEN), false);
  assert.equal(atob(JSON.parse(run).inputs[0].exactly).includes(TOKEN), false);
  const other = await start();
  assert.equal((await other.replay(run)).firstDifference, undefined);
  assert.equal(await other.exportRun(), run);
});

test('a replay is silent, keeps listeners and receivers, and asks nobody', async () => {
  const recorded = await start();
  recorded.receive('https://app.example', () => new Response(null, { status: 202 }));
  post(recorded, '/qod/v0/sessions', body({}));
  await recorded.clock.advanceAsync('10s');
  const run = await recorded.exportRun('json');
  const sandbox = await start({ seed: 5, auth: 'off' });
  let asked = 0;
  sandbox.receive('https://app.example', () => {
    asked++;
    return new Response();
  });
  const heard = [];
  for (const type of ['request', 'session', 'notification', 'delivery']) sandbox.on(type, () => heard.push(type));
  await sandbox.replay(run);
  assert.deepEqual([heard, asked], [[], 0]);
  assert.equal(sandbox.notifications()[0].deliveries[0].status, 202);
  // And on from there, with the page's own receiver.
  await sandbox.clock.advanceAsync('2m');
  assert.deepEqual([sandbox.notifications().length, asked], [2, 1]);
  assert.ok(heard.includes('notification'));
});

test('a saved run switches no real POSTs on', async () => {
  const recorded = await start({ auth: 'off', delivery: 'network' });
  const run = await recorded.exportRun();
  const sandbox = await start({ auth: 'off' });
  await sandbox.replay(run);
  post(sandbox, '/qod/v0/sessions', body({ webhook: { notificationUrl: 'http://127.0.0.1:1/' } }));
  sandbox.clock.advance('2s');
  assert.equal(sandbox.notifications()[0].deliveries[0].outcome, 'no-receiver');
});

test('what differs is told, and what cannot be played changes nothing', async () => {
  const recorded = await start();
  post(recorded, '/qod/v0/sessions', body({}));
  recorded.clock.advance('10s');
  const run = JSON.parse(await recorded.exportRun());
  const sandbox = await start({ auth: 'off' });
  const changed = structuredClone(run);
  changed.inputs[0].response.status = 200;
  assert.deepEqual((await sandbox.replay(changed)).firstDifference.input, 0);
  const fewer = { ...run, notifications: [] };
  assert.equal((await sandbox.replay(fewer)).firstDifference.notification, 0);
  await sandbox.replay(run);
  const before = await sandbox.exportRun();
  for (const [given, message] of [
    ['{', /no JSON/],
    ['[]', /replay takes what exportRun/],
    [{ ...run, version: 2 }, /version 2/],
    [{ ...run, inputs: {} }, /has no inputs/],
    [{ ...run, settings: { dialect: 'other' } }, /dialect must be/],
    [{ ...run, start: 'x' }, /no snapshot/],
    [{ ...run, inputs: [{ at: 'soon' }] }, /inputs\[0\]: at must be an ISO 8601 text.*as it was/],
    [{ ...run, inputs: [{ at: run.startAt, explode: true }] }, /inputs\[0\]: it is nothing that can be played/],
    [{ ...run, inputs: [{ at: run.startAt, network: 'grant', sessionId: 'x' }] }, /must be a UUID/],
    [{ ...run, inputs: [{ at: run.startAt, configure: { persist: 'x' } }] }, /no option 'persist'/],
    [{ ...run, endAt: undefined }, /its end: at must be/],
  ]) {
    await assert.rejects(sandbox.replay(given), message);
    assert.equal(await sandbox.exportRun(), before);
  }
  await assert.rejects(sandbox.exportRun('xml'), /the format must be 'json', 'har'/);
});

test('a link holds settings and inputs, and no secret', async () => {
  const recorded = await start({ dialect: 'telefonica' });
  post(recorded, '/token', 'grant_type=client_credentials&client_id=me&client_secret=mine-of-some-length', { 'content-type': 'application/x-www-form-urlencoded' });
  const { access_token: token } = JSON.parse(recorded.traffic()[0].response.body.replace(/•+/, '')) ?? {};
  assert.ok(token);
  post(recorded, '/qod/v0/sessions', body({}));
  recorded.clock.advance('10s');
  const url = await recorded.shareUrl('https://docs.example/sandbox?x=1#old');
  assert.match(url, /^https:\/\/docs\.example\/sandbox\?x=1#run=[\w-]+$/);
  assert.ok(url.length < 2_000, `${url.length}`);
  const sandbox = await start({ seed: 3 });
  assert.deepEqual(await sandbox.replay(new URL(url)), { requests: 2, notifications: 1 });
  assert.deepEqual(sandbox.notifications(), recorded.notifications().map((record) => ({ ...record, request: sandbox.notifications()[0].request })));
  await assert.rejects(sandbox.replay(url.slice(0, -9)), /the link is damaged/);
  for (let n = 0; n < 500; n++) post(recorded, '/qod/v0/sessions', body({ devicePorts: { ports: [n * 97 % 65_536] }, note: Math.random().toString(36) }));
  await assert.rejects(recorded.shareUrl('https://page.example/'), /no more than 8192: use exportRun/);
});

test('a run that starts in the middle has its deliveries, also those made again by hand', async () => {
  const before = await start({ auth: 'off', delivery: { attempts: 4, backoff: '1m' } });
  before.receive('https://app.example', { status: 204, failFirst: 2 });
  post(before, '/qod/v0/sessions', body({}));
  before.clock.advance('3s');
  const sandbox = await start({ auth: 'off' });
  sandbox.restore(before.snapshot());
  sandbox.redeliver(sandbox.notifications()[0].id);
  post(sandbox, '/qod/v0/sessions', body({ devicePorts: { ports: [7] }, webhook: { notificationUrl: 'https://other.example/hook' } }));
  sandbox.receive('https://other.example', 202);
  sandbox.clock.advance('10m');
  const outcomes = (one) => one.notifications().map(({ id, deliveries }) => [id, deliveries.map(({ outcome, status }) => [outcome, status])]);
  assert.deepEqual(outcomes(sandbox)[0][1], [['refused', 503], ['refused', 503], ['delivered', 204]]);
  const run = await sandbox.exportRun();
  assert.equal(run.includes(TOKEN) || atob(JSON.parse(run).start.split(':')[3]).includes(TOKEN), false);
  const other = await start();
  assert.equal((await other.replay(run)).firstDifference, undefined);
  assert.deepEqual(outcomes(other), outcomes(sandbox));
});

test('a token that is used before it is issued again makes no difference', async () => {
  const sandbox = await start();
  const token = () => JSON.parse(post(sandbox, '/token', 'grant_type=client_credentials&client_id=me&client_secret=a-secret-of-some-length', { 'content-type': 'application/x-www-form-urlencoded' }).body).access_token;
  const asks = (bearer) => sandbox.handle({ url: '/qod/v0/qos-profiles', headers: { authorization: `Bearer ${bearer}` } }).status;
  const [first] = [token(), sandbox.clock.advance('1m')];
  sandbox.reset();
  assert.equal(asks(first), 401);
  assert.equal(token(), first);
  assert.equal(asks(first), 200);
  const other = await start();
  assert.deepEqual(await other.replay(await sandbox.exportRun()), { requests: 3, notifications: 0 });
});

test('a replay that cannot be leaves alone what is under way', async () => {
  const sandbox = await start({ auth: 'off' });
  let answer;
  sandbox.receive('*', () => new Promise((resolve) => (answer = resolve)));
  const run = JSON.parse(await (await start()).exportRun());
  post(sandbox, '/qod/v0/sessions', body({}));
  sandbox.clock.advance('2s');
  const late = sandbox.fetch('/qod/v0/qos-profiles', { headers: { 'x-qod-scenario': 'slow-answer' } });
  await assert.rejects(sandbox.replay({ ...run, inputs: [{ at: run.startAt, explode: true }] }), /as it was/);
  answer(new Response(null, { status: 204 }));
  await sandbox.clock.advanceAsync('5s');
  assert.equal((await late).status, 200);
  assert.deepEqual(sandbox.notifications()[0].deliveries.map(({ outcome }) => outcome), ['delivered']);
});

test('no run and no link has what a failing handler quotes, or what stands between other bytes', async () => {
  const sandbox = await start({ auth: 'off' });
  sandbox.receive('*', ({ headers }) => {
    throw new Error(`${'x'.repeat(965)} not ${headers.get('authorization')}`);
  });
  post(sandbox, '/qod/v0/sessions', body({}));
  await sandbox.clock.advanceAsync('5s');
  sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: Uint8Array.from([...Buffer.from(body({})), 0xff]) });
  for (const format of ['json', 'har', 'ndjson', 'curl', 'mermaid', 'vitest', 'rust']) {
    const run = await sandbox.exportRun(format);
    const decoded = run.replace(/[A-Za-z0-9+/]{100,}={0,2}/g, (base64) => Buffer.from(base64, 'base64').toString('latin1'));
    assert.equal([run, decoded].some((text) => text.includes(TOKEN)), false, format);
  }
  const reason = sandbox.notifications()[0].deliveries[0].reason;
  assert.equal(reason.includes(TOKEN.slice(0, 8)), false, reason.slice(-50));
});

test('what is wrong in a run or an argument is no end of the sandboxes beside it', async () => {
  const other = await start();
  const sandbox = await start();
  const run = JSON.parse(await other.exportRun());
  let deep = {};
  for (let level = 0; level < 100_000; level++) deep = { deep };
  assert.throws(() => sandbox.faults.add({ operation: 'getStack' }), /operation must be .*got "getStack"/);
  assert.throws(() => sandbox.use({ notification: { copies: 'stack' } }), /copies/);
  assert.throws(() => sandbox.devices.add(deep));
  assert.throws(() => sandbox.clock.rewindTo('stack'), /clock.rewindTo/);
  await assert.rejects(sandbox.replay({ ...run, inputs: [{ at: run.startAt, configure: { dialect: 'stack' } }] }), /inputs\[0\]: .*dialect/);
  assert.deepEqual([other.sessions(), sandbox.sessions()], [[], []]);
});
