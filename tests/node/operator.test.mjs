// The operator as users configure it: dialect, rules, profiles, devices.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSandbox } from '../../dist/npm/node.js';

const start = (options) => createSandbox({ clock: 'manual', seed: 1, startAt: 0, auth: 'off', ...options });

const request = (members) => ({
  device: { phoneNumber: '+34600000001' },
  applicationServer: { ipv4Address: '198.51.100.10' },
  qosProfile: 'QOS_E',
  ...members,
});

const create = (sandbox, members) => {
  const { status, body } = sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify(request(members)) });
  return { status, ...JSON.parse(body) };
};

const profiles = (sandbox) => JSON.parse(sandbox.handle({ url: '/qod/v0/qos-profiles' }).body);

test('a dialect from the start, and another later', async () => {
  const sandbox = await start({ dialect: 'telefonica' });
  assert.deepEqual(profiles(sandbox), ['QOS_E', 'QOS_S', 'QOS_M', 'QOS_L']);
  const nine = { device: { phoneNumber: '+34600000009' } };
  assert.equal(create(sandbox, nine).message, 'Another session is created for the same UE');
  sandbox.configure({ dialect: 'camara' });
  assert.equal(profiles(sandbox).length, 7);
  assert.equal(create(sandbox, nine).status, 201);
  sandbox.dispose();
});

test('an operator that answers at once, takes addresses only, and keeps for longer', async () => {
  const sandbox = await start({ operator: { grant: 'synchronous', identifiers: ['ipv4Address', 'ipv6Address'], retentionSeconds: 600 } });
  assert.match(create(sandbox).message, /Unable to identify device/);
  const device = { ipv6Address: '2001:db8::1' };
  const { qosStatus, sessionId } = create(sandbox, { device });
  assert.equal(qosStatus, 'AVAILABLE');
  sandbox.network.terminate(sessionId);
  assert.deepEqual(sandbox.clock.next().map(({ kind, at }) => `${kind} ${at}`), ['released 1970-01-01T00:10:00.000Z']);
  // What is not given stays.
  sandbox.configure({ operator: { grant: 'asynchronous' } });
  assert.match(create(sandbox).message, /Unable to identify device/);
  assert.equal(create(sandbox, { device }).qosStatus, 'REQUESTED');
  sandbox.dispose();
});

test('a rate limit, on the sandbox\'s clock', async () => {
  const sandbox = await start({ operator: { rateLimit: { requests: 1, per: '1m' } } });
  const status = () => sandbox.handle({ url: '/qod/v0/qos-profiles' }).status;
  assert.deepEqual([status(), status()], [200, 429]);
  sandbox.clock.advance('1m');
  assert.deepEqual([status(), status()], [200, 429]);
  sandbox.configure({ operator: { rateLimit: null } });
  assert.equal(status(), 200);
  assert.throws(() => sandbox.configure({ operator: { rateLimit: { requests: 1 } } }), /rateLimit needs requests and per/);
  sandbox.dispose();
});

test('one session for each device', async () => {
  const sandbox = await start({ conflictPolicy: 'strict' });
  const elsewhere = { applicationServer: { ipv6Address: '::1' } };
  assert.equal(create(sandbox).status, 201);
  assert.equal(create(sandbox, elsewhere).status, 409);
  sandbox.configure({ conflictPolicy: 'flow' });
  assert.equal(create(sandbox, elsewhere).status, 201);
  sandbox.dispose();
});

test('a catalogue of the user', async () => {
  const own = [
    { name: 'GOLD', status: 'ACTIVE', minDuration: { value: 1500, unit: 'Milliseconds' }, maxDuration: { value: 1, unit: 'Minutes' } },
    { name: 'LEAD', status: 'DEPRECATED' },
  ];
  const sandbox = await start({ profiles: own });
  assert.deepEqual(profiles(sandbox), own);
  assert.match(create(sandbox).message, /there is no QoS profile QOS_E/);
  for (const [duration, status] of [[1, 400], [2, 201], [60, 201], [61, 400]]) {
    const device = { phoneNumber: `+3460000000${duration % 10}` };
    assert.equal(create(sandbox, { device, qosProfile: 'GOLD', duration }).status, status, `${duration} s`);
  }
  sandbox.reset();
  assert.deepEqual(profiles(sandbox), own);
  assert.throws(() => sandbox.configure({ profiles: [{ name: 'GOLD' }] }), /profiles\[0\].status is required/);
  assert.deepEqual(profiles(sandbox), own);
  await assert.rejects(start({ profiles: [...own, own[0]] }), /profiles\[2\] must have a name of its own/);
  sandbox.dispose();
});

test('devices: whose identifiers belong together, and which cannot be served', async () => {
  const sandbox = await start({ operator: { registry: 'closed' } });
  assert.deepEqual(sandbox.devices.list().map(({ id, unsupported }) => `${id} ${unsupported}`), ['device-1 false', 'device-2 false', 'device-3 true']);
  assert.match(create(sandbox).message, /Unable to identify device/);
  const device = { phoneNumber: '+34600000001', networkAccessIdentifier: 'a@b.example' };
  const id = sandbox.devices.add(device);
  assert.deepEqual(sandbox.devices.list().at(-1), { id, ...device, unsupported: false });
  assert.equal(create(sandbox).status, 201);
  assert.equal(create(sandbox, { device: { networkAccessIdentifier: 'a@b.example' } }).status, 409);
  assert.throws(() => sandbox.devices.add({ phoneNumber: '34600000001' }), /phoneNumber belongs to device-4/);
  sandbox.devices.remove(id);
  assert.throws(() => sandbox.devices.remove(id), /no device-4/);
  sandbox.devices.add({ phoneNumber: '+34600000002', unsupported: true });
  assert.equal(create(sandbox, { device: { phoneNumber: '+34600000002' } }).status, 501);
  sandbox.reset();
  assert.equal(sandbox.devices.list().length, 3);
  sandbox.dispose();
});

test('fetch serves an OpenAPI document of the API, where it was asked for', async () => {
  const sandbox = await start();
  const answer = await sandbox.fetch('https://op.example/some/qod/v0/openapi.json');
  assert.equal(answer.headers.get('content-type'), 'application/json');
  const document = await answer.json();
  assert.deepEqual(document.servers, [{ url: 'https://op.example/some/qod/v0' }]);
  assert.deepEqual(Object.keys(document.paths).sort(), ['/qos-profiles', '/qos-profiles/{name}', '/sessions', '/sessions/{sessionId}', '/sessions/{sessionId}/extend']);
  const { default: shipped } = await import('../../dist/npm/openapi.json', { with: { type: 'json' } });
  assert.deepEqual({ ...document, servers: shipped.servers }, shipped);
  const head = await sandbox.fetch('/qod/v0/openapi.json', { method: 'HEAD' });
  assert.equal(await head.text(), '');
  // `handle` is synchronous, and has only what is in the wasm.
  assert.equal(sandbox.handle({ url: '/qod/v0/openapi.json' }).status, 404);
  sandbox.dispose();
  await assert.rejects(sandbox.fetch('/qod/v0/openapi.json'), /was disposed/);
});

test('misuse says what is wrong and what to do', async () => {
  const sandbox = await start();
  for (const [act, message] of [
    [() => sandbox.configure({ dialect: 'orange' }), /dialect must be 'camara' or 'telefonica'; got "orange"/],
    [() => sandbox.configure({ conflictPolicy: 1 }), /conflictPolicy must be 'flow' or 'strict'/],
    [() => sandbox.configure({ operator: [] }), /operator must be an object/],
    [() => sandbox.configure({ operator: { retention: 1 } }), /operator has no member 'retention'; its members are identifiers/],
    [() => sandbox.configure({ operator: { retentionSeconds: 359 } }), /operator.retentionSeconds must be a whole number from 360/],
    [() => sandbox.configure({ operator: { identifiers: [] } }), /at least one of 'phoneNumber'/],
    [() => sandbox.configure({ operator: { identifiers: ['msisdn'] } }), /operator.identifiers\[0\] must be 'phoneNumber'/],
    [() => sandbox.configure({ profiles: {} }), /profiles must be an array/],
    [() => sandbox.configure({ profiles: [] }), /profiles must be an array of at least one/],
    [() => sandbox.devices.add(), /devices.add takes a Device/],
    [() => sandbox.devices.add({}), /device needs at least one of phoneNumber/],
    [() => sandbox.devices.add({ phoneNumber: 1 }), /device.phoneNumber must be a string; got 1/],
    [() => sandbox.devices.add({ phoneNumber: '+34600000001', label: '' }), /device.label is no member of Device/],
    [() => sandbox.devices.remove('4'), /"4" is no device's id/],
    [() => sandbox.devices.remove(4), /takes a device's id/],
  ]) {
    assert.throws(act, message, String(act));
  }
  assert.equal(sandbox.devices.list().length, 3);
  sandbox.dispose();
});
