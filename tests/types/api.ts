// What users write must type-check, and what is wrong must not.

import { createSandbox, type CloudEvent, type SessionInfo } from '../../dist/npm/qod-sandbox.js';
import { intercept, type InterceptOptions } from '../../dist/npm/intercept.js';
import { createSandbox as createForElement, QodRunElement, QodSandboxElement } from '../../dist/npm/element.js';
import { connect } from '../../dist/npm/frame.js';

const sandbox = await createSandbox({ clock: 'manual', seed: 1, startAt: new Date(0), speed: 60, auth: 'off' });

const client = (fetch: typeof globalThis.fetch) => fetch('/qod/v0/qos-profiles');
const response: Response = await client(sandbox.fetch);
const info: SessionInfo = await response.json();

const off: () => void = sandbox.on('notification', ({ event, deliveries }) => {
  const typed: CloudEvent = event;
  typed.data.statusInfo satisfies 'DURATION_EXPIRED' | 'NETWORK_TERMINATED' | 'DELETE_REQUESTED' | undefined;
  deliveries[0]?.outcome satisfies string | undefined;
});
off();
for await (const { request, explanations } of sandbox.stream('request')) {
  request.url satisfies string;
  explanations.map(({ suggestion }) => suggestion);
}
sandbox.clock.advance({ hours: 1 }).map(({ kind, at }) => `${kind} ${at}`);
sandbox.network.terminate(info.sessionId);
const { body } = sandbox.handle({ url: new URL('https://a/qod/v0/qos-profiles') });
body satisfies string | undefined;

sandbox.configure({ dialect: 'telefonica', operator: { registry: 'closed', identifiers: ['ipv4Address'] } });
sandbox.configure({ profiles: [{ name: 'GOLD', status: 'ACTIVE', minDuration: { value: 1, unit: 'Days' } }] });
sandbox.devices.remove(sandbox.devices.add({ phoneNumber: '+34600000001', unsupported: true }));
sandbox.devices.list().map(({ id, ipv4Address }) => `${id} ${ipv4Address?.publicPort}`);

const undo: () => void = sandbox.receive('https://app.example/hook', async (request) => {
  await request.json();
  return new Response(null, { status: 204 });
});
undo();
sandbox.receive(new URL('https://app.example'), { status: 204, failFirst: 2, failWith: 'timeout', requireToken: 'token' });
sandbox.receive({ pathname: '/hooks/*', test: (url) => url.length > 0 }, 'timeout');
const roots: InterceptOptions = { urls: ['https://api.example.com/gateway', new URL('https://a.example'), /qod/, { test: (url) => url.length > 0 }] };
const restore: () => void = sandbox.intercept(roots);
restore();
intercept(sandbox, { urls: '/gateway' })();
sandbox.configure({ delivery: 'network' });
sandbox.configure({ delivery: { attempts: 5, backoff: '2s', timeout: { seconds: 3 }, delay: 5, copies: 2, reorder: true } });
sandbox.redeliver(sandbox.notifications()[0]!.id);
for (const { polling, callback, differences } of sandbox.perspectives(info.sessionId)) {
  if (polling.status === 200) polling.qosStatus satisfies 'REQUESTED' | 'AVAILABLE' | 'UNAVAILABLE';
  differences.includes('not-found') satisfies boolean;
  callback.statusInfo satisfies string | undefined;
}

sandbox.clock.rewindTo('2026-01-01T00:00:00Z');
sandbox.clock.returnToPresent();
const { paused, horizon, present } = sandbox.clock.state();
if (paused === 'jump') sandbox.clock.resume();
`${horizon} ${present ?? ''}`;
sandbox.restore(sandbox.snapshot());
await createSandbox({ persist: 'mine' });
await createSandbox({ persist: { key: 'mine', storage: { get: async () => undefined, set: async () => {}, delete: async () => {} } } });
const har: string = await sandbox.exportRun('har');
const { requests, firstDifference } = await sandbox.replay(await sandbox.shareUrl('https://docs.example/'));
`${har} ${requests} ${firstDifference?.input}`;
sandbox.use('terminated-halfway');
sandbox.use({ grant: '1s', terminate: { share: 0.5 }, notification: { copies: 2 }, receiver: { failFirst: 2 } });
sandbox.scenarios().map(({ name, testValues }) => `${name} ${testValues.phoneNumber}`);
sandbox.faults.remove(sandbox.faults.add({ operation: 'getSession', status: 503, rate: 0.1, latency: { min: 5, max: '1s' } }));
sandbox.configure({ limits: { traffic: 100 }, scenario: 'conflict' });

const element = document.querySelector('qod-sandbox');
element satisfies QodSandboxElement | null;
if (element) {
  element.sandbox = await createForElement();
  element.addEventListener('qod-notification', ({ detail }) => detail.event.id);
  Object.assign(element, { view: 'clock session', group: 'a', scenario: 'refused-at-once' });
  (await element.ready).clock.now() satisfies number;
  await element.show(sandbox.traffic()[0]!);
  await element.edit({ body: { duration: 60 } });
  document.addEventListener('qod-notification', ({ detail }) => detail.event.id);
}
const sample = document.querySelector('qod-run');
sample satisfies QodRunElement | null;
await sample?.run();
const frame = connect(document.querySelector('iframe')!);
await frame.call('clock.advance', '2s');
frame.on('session', ({ qosStatus }) => qosStatus satisfies string)();
frame.close();
// @ts-expect-error a response cannot be copied
await frame.call('fetch', '/');

// @ts-expect-error there is no such option
await createSandbox({ colour: 'red' });
// @ts-expect-error there is no such format
await sandbox.exportRun('xml');
// @ts-expect-error there is no such scenario
sandbox.use('granted');
// @ts-expect-error a channel is chosen at the start
sandbox.configure({ broadcast: 'channel' });
// @ts-expect-error a receiver returns a Response
sandbox.receive('https://app.example', () => 204);
// @ts-expect-error there is no such choice of URLs
sandbox.intercept({ urls: 5 });
// @ts-expect-error there is no such event
sandbox.on('notifications', () => {});
// @ts-expect-error a body is text or bytes
sandbox.handle({ url: '/', body: {} });

// WebAssembly comes in many forms, and as whatever a bundler makes of the file.
const wasm: typeof import('../../dist/npm/file.wasm.js').default = '/headless.wasm';
for (const one of [wasm, new URL('https://a/h.wasm'), fetch('/h.wasm'), new ArrayBuffer(8), new Uint8Array(8), await WebAssembly.compileStreaming(fetch('/h.wasm'))]) {
  await createSandbox({ wasm: one });
}
// @ts-expect-error null is none
await createSandbox({ wasm: null });
// @ts-expect-error it is loaded once
sandbox.configure({ wasm });
