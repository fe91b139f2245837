// Anything at all, handed in by every door of the modules: it is taken, or refused with words; nothing else changes.
//
// `QOD_SECONDS` says for how long each of them; without it, some hundred times.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { createSandbox } from '../../dist/npm/node.js';
import { sharedRun } from '../../www/share.js';
import { anyJson, answers, changed, clean, refused } from './anything.fixture.mjs';

const SECONDS = Number(process.env.QOD_SECONDS ?? 0);
const { value: json, object } = anyJson(fc);

/** Looks for what fails; says how often it did not. */
async function holds(t, arbitrary, property) {
  let times = 0;
  const counted = fc.asyncProperty(arbitrary, async (given) => {
    times++;
    await property(given);
    clean();
  });
  await fc.assert(counted, SECONDS > 0 ? { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: SECONDS * 1_000 } : { numRuns: 300, seed: 1 });
  t.diagnostic(`${times} executions`);
}

const create = (options) => createSandbox({ clock: 'manual', seed: 1, startAt: '2026-01-01T00:00:00Z', ...options });

/** A run in which everything has happened that a run can tell of. */
async function aRun() {
  const sandbox = await create({ delivery: { attempts: 3 }, scenario: 'terminated-after-10s' });
  sandbox.receive('https://app.example/hook', { status: 204, failFirst: 1 });
  sandbox.faults.add({ operation: 'getSession', status: 503, times: 1 });
  const device = sandbox.devices.add({ phoneNumber: '+34600000009', ipv4Address: { publicAddress: '203.0.113.9', publicPort: 9 } });
  const headers = { authorization: 'Bearer mock_sandbox_access_token', 'content-type': 'application/json' };
  const body = JSON.stringify({
    device: { phoneNumber: '+34600000009' },
    applicationServer: { ipv4Address: '198.51.100.10' },
    qosProfile: 'QOS_E',
    webhook: { notificationUrl: 'https://app.example/hook', notificationAuthToken: 'c8974e592c2fa383d4a3960714' },
  });
  const { sessionId } = JSON.parse(sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', headers, body }).body);
  sandbox.clock.advance('5s');
  sandbox.handle({ method: 'GET', url: `/qod/v0/sessions/${sessionId}`, headers });
  sandbox.configure({ speed: 2, limits: { traffic: 50 }, auth: 'off' });
  sandbox.network.terminate(sessionId);
  sandbox.redeliver(sandbox.notifications()[0].id);
  sandbox.faults.remove(sandbox.faults.add({ operation: 'getSession', latency: '1s' }));
  sandbox.devices.remove(device);
  sandbox.use('refused-at-once');
  sandbox.clock.advance('7m');
  return JSON.parse(await sandbox.exportRun('json'));
}

test('a saved run is played, or refused and leaves no trace', async (t) => {
  const run = await aRun();
  const sandbox = await create();
  sandbox.handle({ method: 'GET', url: '/qod/v0/qos-profiles' });
  const seen = () => JSON.stringify([sandbox.sessions(), sandbox.notifications(), sandbox.traffic(), sandbox.clock.now()]);
  const mine = sandbox.snapshot();
  const change = fc.tuple(fc.nat(10_000), fc.option(json, { nil: undefined }));
  const texts = fc.oneof(
    { weight: 8, arbitrary: fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => JSON.stringify(changed(run, changes)) ?? '') },
    { weight: 1, arbitrary: fc.string() },
  );
  await holds(t, texts, async (text) => {
    sandbox.restore(mine);
    const before = seen();
    try {
      await sandbox.replay(text);
    } catch (error) {
      refused(error);
      assert.equal(seen(), before);
    }
    await sandbox.exportRun('json');
  });
});

test('what a link holds is a run, or the link is damaged', async (t) => {
  const link = (bytes) => `https://sandbox.example/#run=${Buffer.from(bytes).toString('base64url')}`;
  await holds(t, fc.tuple(fc.boolean(), fc.oneof(fc.uint8Array(), json.map((value) => JSON.stringify(value)))), async ([packed, content]) => {
    const bytes = Buffer.from(content);
    try {
      const held = await sharedRun(link(packed ? deflateRawSync(bytes) : bytes));
      if (packed) assert.deepEqual(held, JSON.parse(bytes.toString()));
    } catch (error) {
      assert.match(error.message, /^the link is damaged: /);
    }
  });
});

test('options, faults, devices and scenarios are taken, or refused by name', async (t) => {
  const shared = await create();
  await holds(t, json, async (given) => {
    try {
      const sandbox = await createSandbox({ ...given, clock: 'manual' });
      answers(sandbox);
      sandbox.clock.advance('1h');
      sandbox.dispose();
    } catch (error) {
      refused(error);
      assert.match(error.message, /^createSandbox|^there is no scenario|profile/);
    }
    for (const act of [
      () => shared.configure(given),
      () => shared.use(given),
      () => shared.faults.add(given),
      () => shared.devices.add(given),
      () => shared.receive('https://app.example/hook', given)(),
    ]) {
      try {
        act();
      } catch (error) {
        refused(error);
      }
    }
    shared.faults.clear();
    shared.reset();
    answers(shared);
  });
});

test('a request of any shape is answered, or refused with words', async (t) => {
  const sandbox = await create({ auth: 'off' });
  const url = fc.oneof(fc.constantFrom('/qod/v0/sessions', '/qod/v0/qos-profiles', '/token', '/bc-authorize'), fc.webUrl(), fc.string());
  const method = fc.oneof(fc.constantFrom('GET', 'POST', 'DELETE', 'OPTIONS', 'HEAD'), fc.string({ maxLength: 8 }), json);
  const body = fc.oneof(object.map((value) => JSON.stringify(value)), fc.string(), fc.uint8Array(), json);
  const headers = fc.oneof(fc.dictionary(fc.string({ maxLength: 12 }), fc.string({ maxLength: 30 }), { maxKeys: 4 }), json);
  await holds(t, fc.record({ method, url, headers, body }, { requiredKeys: [] }), async (request) => {
    for (const act of [() => sandbox.handle(request), () => sandbox.receive(request.url, 204)(), () => sandbox.intercept({ urls: request.url })()]) {
      try {
        act();
      } catch (error) {
        refused(error);
      }
    }
    answers(sandbox);
  });
});

test('a snapshot of any text is refused, and nothing changes', async (t) => {
  const sandbox = await create();
  sandbox.handle({ method: 'GET', url: '/qod/v0/qos-profiles' });
  const text = sandbox.snapshot();
  const damages = fc.oneof(
    fc.tuple(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 3 })).map(([place, other]) => text.slice(0, place) + other + text.slice(place + other.length)),
    fc.nat(text.length - 1).map((length) => text.slice(0, length)),
    fc.string(),
  );
  await holds(t, damages, (damaged) => {
    const before = JSON.stringify(sandbox.traffic());
    try {
      sandbox.restore(damaged);
      assert.equal(damaged.trim(), text);
    } catch (error) {
      refused(error);
      assert.equal(JSON.stringify(sandbox.traffic()), before);
    }
  });
});
