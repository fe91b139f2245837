// What comes from others and means harm: names that reach for prototypes, runs that would post, and more than there may be.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { createSandbox } from '../../dist/npm/node.js';
import { requestIn } from '../../dist/site/element/sample.js';

const TOKEN = 'c8974e592c2fa383d4a3960714';

const start = (options) => createSandbox({ clock: 'manual', seed: 1, startAt: '2026-01-01T00:00:00Z', auth: 'off', ...options });

const body = (changes) => ({
  device: { phoneNumber: '+34600000001' },
  applicationServer: { ipv4Address: '198.51.100.10' },
  qosProfile: 'QOS_E',
  duration: 100,
  webhook: { notificationUrl: 'https://app.example/hook', notificationAuthToken: TOKEN },
  ...changes,
});

const post = (sandbox, sent) => sandbox.handle({ method: 'POST', url: 'https://api.example.com/qod/v0/sessions', body: typeof sent === 'string' ? sent : JSON.stringify(sent) });

/** Members that would change what every object has, if they were set as any other. */
const NAMES = ['__proto__', 'constructor', 'prototype'];

/** An object with such a member of its own, as JSON makes it. */
const evil = (name, value = '{"polluted": true}') => JSON.parse(`{"${name}": ${value}}`);

/** What every object has, name by name. */
const everybodys = () => JSON.stringify([Object.prototype, Array.prototype, Function.prototype, Error.prototype, Map.prototype].map((one) => Reflect.ownKeys(one).map(String)));

const CLEAN = everybodys();

function clean(about) {
  assert.equal({}.polluted, undefined, about);
  assert.equal(everybodys(), CLEAN, about);
}

/** Refused, and said of what. */
async function refused(act, about) {
  await assert.rejects(async () => act(), (error) => error instanceof Error && !/Cannot|undefined is not/.test(error.message), about);
  clean(about);
}

test('no option, scenario, fault, device, profile or receiver has such a member', async () => {
  const sandbox = await start();
  for (const name of NAMES) {
    for (const [about, act] of Object.entries({
      option: () => createSandbox(evil(name)),
      configure: () => sandbox.configure(evil(name)),
      operator: () => sandbox.configure({ operator: evil(name) }),
      delivery: () => sandbox.configure({ delivery: evil(name) }),
      limits: () => sandbox.configure({ limits: evil(name) }),
      scenario: () => sandbox.use(evil(name)),
      'a part of a scenario': () => sandbox.use({ notification: evil(name) }),
      'a name of a scenario': () => sandbox.use(name),
      grant: () => sandbox.use({ grant: name }),
      fault: () => sandbox.faults.add({ status: 503, ...evil(name) }),
      latency: () => sandbox.faults.add({ latency: { min: 1, ...evil(name) } }),
      duration: () => sandbox.clock.advance(evil(name, '1')),
      answer: () => sandbox.receive('*', evil(name)),
      format: () => sandbox.exportRun(name),
      event: () => sandbox.on(name, () => {}),
      profiles: () => sandbox.configure({ profiles: [evil(name)] }),
    })) {
      await refused(act, `${about}: ${name}`);
    }
  }
  assert.equal((await start()).faults.list().length, 0);
});

test('in a body, a header or a URL such a member is a member like any other', async () => {
  const sandbox = await start();
  for (const name of NAMES) {
    const text = JSON.stringify(body()).replace('{', `{"${name}": {"polluted": true}, `);
    assert.equal(post(sandbox, text).status === 201 || post(sandbox, text).status === 409, true);
    assert.equal(sandbox.handle({ url: `/qod/v0/qos-profiles?${name}=polluted`, headers: { [name]: 'polluted' } }).status, 200);
  }
  // They are recorded, and handed on.
  const { headers } = sandbox.traffic().at(-1).request;
  assert.equal(Object.hasOwn(headers, 'prototype'), true);
  for (const format of ['json', 'har', 'ndjson', 'curl', 'mermaid', 'vitest', 'rust']) await sandbox.exportRun(format);
  clean('bodies');
});

test('a run with such members is refused, or plays as if they were not there', async () => {
  const recorded = await start();
  post(recorded, body());
  recorded.faults.add({ status: 503, operation: 'deleteSession' });
  recorded.receive('https://app.example/hook', { status: 204, failFirst: 1 });
  recorded.configure({ delivery: { attempts: 2 } });
  recorded.clock.advance('10s');
  const text = await recorded.exportRun();
  const sandbox = await start();
  for (const name of NAMES) {
    const member = `"${name}": {"polluted": true}, `;
    // One more member in each object of the run, one after the other.
    for (const { index } of text.matchAll(/\{(?=\s*")/g)) {
      const run = `${text.slice(0, index + 1)}${member}${text.slice(index + 1)}`;
      await sandbox.replay(JSON.parse(run)).catch((error) => assert.match(error.message, /^replay: |^createSandbox: /));
      clean(`${name} at ${index}`);
    }
    // And in the place of each member.
    for (const { 1: word, index } of text.matchAll(/"(\w+)":/g)) {
      const run = `${text.slice(0, index)}"${name}"${text.slice(index + word.length + 2)}`;
      await sandbox.replay(JSON.parse(run)).catch((error) => assert.ok(error instanceof Error));
      clean(`${name} for ${word}`);
    }
  }
  await sandbox.replay(JSON.parse(text));
  assert.equal(sandbox.sessions().length, 1);
});

test('a link with such members, and a sample of code', async () => {
  const sandbox = await start();
  const stream = new Blob([JSON.stringify({ ...evil('__proto__'), format: 'qod-sandbox/run' })]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const packed = Buffer.from(await new Response(stream).arrayBuffer()).toString('base64url');
  await refused(() => sandbox.replay(`https://sandbox.example/#run=${packed}`), 'link');
  for (const name of NAMES) {
    const request = requestIn(`fetch('/qod/v0/sessions', { method: 'POST', body: JSON.stringify({ ${name}: { polluted: true }, device: {} }) })`);
    assert.equal(request.method, 'POST');
    clean(name);
  }
});

/** A server that counts who comes. */
async function listening(act) {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await act(`http://127.0.0.1:${server.address().port}/hook`, () => asked);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Until whatever would leave has left. */
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

test('no door of a run leads out: its settings, its inputs, its snapshot, or time set back in it', async () => {
  await listening(async (url, asked) => {
    const session = body({ webhook: { notificationUrl: url } });
    const recorded = await start();
    recorded.receive('*', 204);
    recorded.configure({ delivery: 'network' });
    post(recorded, session);
    recorded.clock.advance('10s');
    const byInput = JSON.parse(await recorded.exportRun());
    const bySettings = structuredClone(byInput);
    bySettings.settings.delivery = { to: 'network' };
    // With receivers of its own, a run would not need the network.
    const bare = (run) => ({ ...run, inputs: run.inputs.filter(({ addReceiver, keepReceivers }) => !addReceiver && !keepReceivers) });
    // One that would post, and has nobody here to post to.
    const snapshot = (await start({ delivery: 'network' })).snapshot();
    const kept = await start();
    kept.restore(snapshot);
    post(kept, { ...session, device: { phoneNumber: '+34600000002' } });
    const inTheMiddle = JSON.parse(await kept.exportRun());

    for (const [about, run] of Object.entries({ byInput: bare(byInput), bySettings: bare(bySettings), inTheMiddle: bare(inTheMiddle) })) {
      // Also where real POSTs were on: those were agreed to for other webhooks.
      for (const delivery of ['receivers', 'network']) {
        const sandbox = await start({ delivery });
        await sandbox.replay(run);
        const end = sandbox.clock.now();
        const goOn = async () => {
          post(sandbox, { ...session, device: { phoneNumber: `+3461${Math.floor(sandbox.clock.now() / 1000) % 1e8}` } });
          for (const { id } of sandbox.notifications()) sandbox.redeliver(id);
          await sandbox.clock.advanceAsync('1m');
        };
        await goOn();
        for (const back of [30_000, 9_000, 0]) {
          sandbox.clock.rewindTo(Math.max(Date.parse(run.startAt), end - back));
          await goOn();
        }
        sandbox.clock.returnToPresent();
        await goOn();
        await settle();
        assert.equal(asked(), 0, `${about}, ${delivery}`);
        assert.ok(sandbox.notifications().length > 0);
        sandbox.dispose();
      }
    }
    const sandbox = await start();
    sandbox.restore(snapshot);
    post(sandbox, { ...session, device: { phoneNumber: '+34600000003' } });
    await sandbox.clock.advanceAsync('1m');
    sandbox.clock.rewindTo(sandbox.clock.now() - 59_000);
    await sandbox.clock.advanceAsync('1m');
    await settle();
    assert.equal(asked(), 0, 'a snapshot');

    // It is no accident: who switches it on here has it, and has it again where time is set back to then.
    sandbox.configure({ delivery: 'network' });
    post(sandbox, { ...session, device: { phoneNumber: '+34600000004' } });
    sandbox.clock.advance('2s');
    await settle();
    while (asked() < 1) await new Promise((resolve) => setImmediate(resolve));
    const then = sandbox.clock.now();
    sandbox.clock.advance('5s');
    sandbox.clock.rewindTo(then);
    post(sandbox, { ...session, device: { phoneNumber: '+34600000005' } });
    sandbox.clock.advance('2s');
    while (asked() < 2) await new Promise((resolve) => setImmediate(resolve));
  });
});

test('a reset is to the options that the sandbox was made with, whatever was played since', async () => {
  const recorded = await start({ delivery: 'network' });
  const run = await recorded.exportRun();
  const sandbox = await start();
  await sandbox.replay(run);
  sandbox.reset();
  post(sandbox, body({ webhook: { notificationUrl: 'http://127.0.0.1:1/' } }));
  sandbox.clock.advance('2s');
  assert.equal(sandbox.notifications()[0].deliveries[0].outcome, 'no-receiver');
});

test('of everything there is only so much, and that is said', async () => {
  const sandbox = await start();
  const most = (act, count, message) => {
    for (let n = 0; n < count; n++) act(n);
    assert.throws(() => act(count), message);
  };
  most(() => sandbox.faults.add({ status: 503, operation: 'deleteSession' }), 1_000, /there are 1000 faults already, and no more are kept: take some away first/);
  sandbox.faults.clear();
  sandbox.faults.add({ status: 503, times: 1 });
  most((n) => sandbox.receive(`https://app.example/${n}`, 204), 1_000, /there are 1000 receivers already/);
  const known = sandbox.devices.list().length;
  most((n) => sandbox.devices.add({ phoneNumber: `+34${600_000_000 + n}` }), 10_000 - known, /there are 10000 devices already/);
  assert.throws(() => sandbox.configure({ profiles: Array(1_001).fill({}) }), /profiles must have no more than 1000 of them; got 1001/);

  const run = JSON.parse(await (await start()).exportRun());
  const long = { ...run, inputs: Array(100_001).fill({ at: run.startAt, clearFaults: true }) };
  await assert.rejects(sandbox.replay(long), /the run has 100001 inputs; no more than 100000 are played/);
  const bomb = new Blob([`{"format":"${'x'.repeat(5_000_000)}"}`]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const packed = Buffer.from(await new Response(bomb).arrayBuffer()).toString('base64url');
  await assert.rejects(sandbox.replay(`https://sandbox.example/#run=${packed}`), /the link is damaged: it holds more than 4194304 characters/);
});

test('clients are counted for a rate limit, so many at a time', async () => {
  const sandbox = await createSandbox({ clock: 'manual', operator: { rateLimit: { requests: 1, per: '1d' } } });
  const token = (name) => {
    const form = `grant_type=client_credentials&client_id=${name}&client_secret=s`;
    const answer = sandbox.handle({ method: 'POST', url: '/token', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form });
    return JSON.parse(answer.body).access_token;
  };
  const asks = (bearer) => sandbox.handle({ url: '/qod/v0/qos-profiles', headers: { authorization: `Bearer ${bearer}` } }).status;
  const first = token('first');
  assert.deepEqual([asks(first), asks(first)], [200, 429]);
  for (let n = 0; n < 5; n++) assert.equal(asks(token(`client-${n}`)), 200);
  assert.equal(asks(first), 429);
});

test('what is handed on has stand-ins for secrets in URLs, too, and plays the same', async () => {
  const secret = 'a-secret-of-some-length-0123456789';
  const hook = `https://me:${secret}@app.example/hook?access_token=${secret}&b=c`;
  const recorded = await start();
  recorded.receive(`https://app.example/hook?access_token=${secret}&b=c`, { status: 204, failFirst: 1 });
  recorded.configure({ delivery: { attempts: 2 } });
  const headers = { cookie: `sid=${secret}`, 'x-api-key': secret, 'content-type': 'application/json' };
  const create = (session) => recorded.handle({ method: 'POST', url: `https://me:${secret}@api.example.com/qod/v0/sessions?token=${secret}`, headers, body: JSON.stringify(session) });
  create(body({ webhook: { notificationUrl: hook } }));
  create(body({ webhook: { notificationUrl: 'https://short:pw@app.example/hook' }, device: { phoneNumber: '+34600000002' } }));
  recorded.clock.advance('20s');
  assert.deepEqual(recorded.notifications()[0].deliveries.map(({ status }) => status), [503, 204]);
  const texts = [JSON.stringify([recorded.traffic(), recorded.sessions(), recorded.notifications()])];
  for (const format of ['json', 'har', 'ndjson', 'curl', 'mermaid', 'vitest', 'rust']) texts.push(await recorded.exportRun(format));
  for (const text of texts) assert.doesNotMatch(text, new RegExp(`${secret}|short:pw`));
  const sandbox = await start();
  const run = await recorded.exportRun();
  assert.equal((await sandbox.replay(run)).firstDifference, undefined);
  assert.equal(await sandbox.exportRun(), run);
  // From the middle of a run, and as a link.
  const kept = await start();
  kept.restore(recorded.snapshot());
  post(kept, body({ webhook: { notificationUrl: hook }, device: { phoneNumber: '+34600000003' } }));
  kept.clock.advance('1m');
  const middle = await kept.exportRun();
  assert.doesNotMatch(Buffer.from(JSON.parse(middle).start.split(':')[3], 'base64').toString('latin1'), new RegExp(secret));
  const other = await start();
  assert.equal((await other.replay(middle)).firstDifference, undefined);
  const link = await recorded.shareUrl('https://sandbox.example/');
  await (await start()).replay(link);
});
