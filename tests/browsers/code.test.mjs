// The modules of the package in browsers that Playwright does not drive: for code, in workers, and in documents of others.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { OUTCOME, page, script, start, USE } from '../e2e/origin.mjs';
import { ask, launch, origin, seek, shows, SITE, until } from './browser.mjs';

let driver;
let quit;
let complaints;
let site;

before(async () => {
  ({ driver, quit, complaints } = await launch());
  site = await origin(driver);
});
after(async () => {
  await quit?.();
  site?.stop();
});
afterEach(() => assert.deepEqual(complaints.splice(0), [], 'nothing to complain of'));

const SESSION = {
  device: { phoneNumber: '+12025550117' },
  applicationServer: { ipv4Address: '198.51.100.10' },
  qosProfile: 'QOS_E',
  duration: 3_600,
  webhook: { notificationUrl: 'https://application-server.com/notifications' },
};

test('the fetch of a sandbox', async () => {
  assert.deepEqual(await site.run(`async () => (${USE})((await import('/qod-sandbox.js')).createSandbox)`), OUTCOME);
});

test("the page's own fetch and XMLHttpRequest are answered while intercepted", async () => {
  const outcome = await site.run(async (body) => {
    const [{ createSandbox }] = await Promise.all([import('/qod-sandbox.js'), import('/intercept.js')]);
    const before = { fetch, XMLHttpRequest };
    const sandbox = await createSandbox({ clock: 'manual', seed: 1, auth: 'off' });
    const undo = sandbox.intercept();
    const url = 'https://api.example.com/gateway/qod/v0/sessions';
    const json = { 'content-type': 'application/json' };
    const created = await fetch(url, { method: 'POST', headers: json, body: JSON.stringify(body) });
    const { sessionId } = await created.json();
    const got = await new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const events = [];
      for (const type of ['loadstart', 'readystatechange', 'load', 'loadend']) request.addEventListener(type, () => events.push(type === 'readystatechange' ? request.readyState : type));
      request.addEventListener('loadend', () => resolve([request.status, request.response.sessionId === sessionId, request.getResponseHeader('content-type'), ...events]));
      request.open('GET', `${url}/${sessionId}`);
      request.responseType = 'json';
      request.send();
    });
    const passed = await fetch('/qod-sandbox.js').then(({ status }) => status);
    undo();
    return { created: created.status, got, passed, back: fetch === before.fetch && XMLHttpRequest === before.XMLHttpRequest };
  }, SESSION);
  assert.deepEqual(outcome, { created: 201, got: [200, true, 'application/json', 1, 'loadstart', 2, 3, 4, 'load', 'loadend'], passed: 200, back: true });
});

test('a receiver with a handler gets requests, and is tried again', async () => {
  const outcome = await site.run(async (body) => {
    const { createSandbox } = await import('/qod-sandbox.js');
    const sandbox = await createSandbox({ clock: 'manual', seed: 1, auth: 'off', delivery: { attempts: 3 } });
    const got = [];
    sandbox.receive('https://application-server.com', async (request) => {
      got.push([request instanceof Request, request.method, (await request.json()).data.qosStatus]);
      return new Response(null, { status: got.length === 1 ? 503 : 204 });
    });
    sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify(body) });
    await sandbox.clock.advanceAsync('5s');
    const { at, deliveries } = sandbox.notifications()[0];
    return { got, deliveries: deliveries.map((one) => [one.outcome, one.status, Date.parse(one.at) - Date.parse(at)]) };
  }, SESSION);
  const request = [true, 'POST', 'AVAILABLE'];
  assert.deepEqual(outcome, { got: [request, request], deliveries: [['refused', 503, 0], ['delivered', 204, 1_000]] });
});

test('a sandbox is there again after a reload, with what was done right before and what has happened meanwhile', async () => {
  const open = async (body) => {
    const { createSandbox } = await import('/qod-sandbox.js');
    const sandbox = await createSandbox({ auth: 'off', persist: 'mine' });
    const known = sandbox.sessions().map(({ sessionId }) => sessionId);
    if (body) {
      sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify(body) });
      return sandbox.sessions().map(({ sessionId }) => sessionId);
    }
    if (sandbox.notifications().length === 0) await new Promise((heard) => sandbox.on('notification', heard));
    const [{ at, event }] = sandbox.notifications();
    return [...known, event.data.qosStatus, Date.parse(at) - Date.parse(sandbox.sessions()[0].history[0].at)];
  };
  const [id] = await site.run(open, SESSION);
  assert.deepEqual(await site.run(open), [id, 'AVAILABLE', 2_000]);
});

test('a link shows its run in the page', async () => {
  const link = await site.run(async (body, page) => {
    const { createSandbox } = await import('/qod-sandbox.js');
    const sandbox = await createSandbox({ clock: 'manual', seed: 7, auth: 'off', startAt: '2026-01-01T00:00:00Z' });
    sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify(body) });
    sandbox.clock.advance('5s');
    return sandbox.shareUrl(page);
  }, SESSION, SITE);
  await driver.get(link);
  await shows(driver, '#notifications li', 'AVAILABLE');
  assert.deepEqual(await ask(driver, ({ notifications }) => notifications().map(({ at }) => at)), ['2026-01-01T00:00:02.000Z']);
});

test('in workers, dedicated and shared', async () => {
  site.put('/worker.js', script(`import { createSandbox } from '/qod-sandbox.js';
    const use = () => (${USE})(createSandbox);
    if (globalThis.postMessage) postMessage(await use());
    else globalThis.onconnect = ({ ports: [port] }) => use().then((outcome) => port.postMessage(outcome));`));
  const outcomes = await site.run(() => {
    const { port } = new SharedWorker('/worker.js', { type: 'module' });
    const heard = (from) => new Promise((resolve) => (from.onmessage = ({ data }) => resolve(data)));
    return Promise.all([heard(new Worker('/worker.js', { type: 'module' })), heard(port)]);
  });
  assert.deepEqual(outcomes, [OUTCOME, OUTCOME]);
});

test('<qod-sandbox> in a document of another origin, under a strict policy', async () => {
  const policy = `default-src 'none'; script-src ${site.origin} 'wasm-unsafe-eval'; connect-src ${site.origin}; img-src data:`;
  const document = page(`<h1>Docs</h1><qod-sandbox clock="manual" seed="1" scenario="terminated-after-10s"></qod-sandbox>
    <script type="module" src="${site.origin}/element.js"></script>`, { 'content-security-policy': policy });
  const docs = await start((path) => (path === '/' ? document : undefined));
  try {
    await driver.get(`${docs.origin}/`);
    await (await seek(driver, 'button', 'Try it')).click();
    await until(driver, () => document.querySelector('qod-sandbox').sandbox.sessions().length === 1);
    const kinds = await ask(driver, ({ clock }) => clock.advance('20s').map(({ kind }) => kind));
    assert.deepEqual(kinds, ['granted', 'terminated']);
    await shows(driver, '*', 'NETWORK_TERMINATED');
  } finally {
    docs.stop();
  }
});
