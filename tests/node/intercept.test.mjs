// Interception in Node: the global fetch, answered by a sandbox or passed on.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, test } from 'node:test';
import { promisify } from 'node:util';
import { createSandbox } from '../../dist/npm/node.js';

const original = globalThis.fetch;
const PROFILES = 'https://api.example.com/gateway/qod/v0/qos-profiles';

// Before the module is there: tests of a file run in their order.
test('without its module, intercept says what to import', async () => {
  const sandbox = await start();
  assert.throws(() => sandbox.intercept(), { message: /import 'qod-sandbox\/intercept' first/ });
  const { intercept } = await import('../../dist/npm/intercept.js');
  // What was made before it works, too.
  intercept(sandbox)();
  assert.throws(() => intercept({}), { name: 'TypeError', message: /takes a sandbox of createSandbox.*got {}/ });
});

const sandboxes = [];

afterEach(() => {
  for (const sandbox of sandboxes.splice(0)) sandbox.dispose();
  assert.equal(globalThis.fetch, original);
});

async function start(options) {
  const sandbox = await createSandbox({ clock: 'manual', seed: 1, auth: 'off', ...options });
  sandboxes.push(sandbox);
  return sandbox;
}

/** A server of this machine that says what it got. */
async function real() {
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ url: request.url, method: request.method, body: Buffer.concat(chunks).toString() }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

test('unchanged code is answered, and seen once', async () => {
  const sandbox = await start();
  const heard = [];
  sandbox.on('request', ({ request }) => heard.push(request.url));
  const undo = sandbox.intercept();
  assert.notEqual(fetch, original);
  assert.deepEqual([fetch.name, fetch.length], [original.name, original.length]);
  const headers = { 'content-type': 'application/json', 'x-correlator': 'c-1' };
  const body = JSON.stringify({ device: { phoneNumber: '+34600000001' }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E' });
  const url = 'https://api.example.com/gateway/qod/v0/sessions#part';
  const created = await fetch(new Request(url, { method: 'POST', headers, body }));
  assert.deepEqual([created.status, created.url, created.redirected], [201, url.split('#')[0], false]);
  assert.equal(created.clone().url, created.url);
  assert.equal(created.headers.get('x-correlator'), 'c-1');
  const location = created.headers.get('location');
  assert.equal((await fetch(new URL(location))).status, 200);
  const head = await fetch(location, { method: 'HEAD' });
  assert.deepEqual([head.status, head.body], [200, null]);
  const document = await fetch('https://api.example.com/gateway/qod/v0/openapi.json');
  assert.deepEqual([document.url, (await document.json()).servers], [PROFILES.replace('qos-profiles', 'openapi.json'), [{ url: PROFILES.replace('/qos-profiles', '') }]]);
  assert.equal(sandbox.traffic().length, 3);
  assert.equal(heard.length, 3);
  undo();
  assert.equal(fetch, original);
  undo();
  assert.equal(fetch, original);
});

test('everything else is the original call', async () => {
  const calls = [];
  const answer = {};
  globalThis.fetch = function (...args) {
    calls.push([this, ...args]);
    return answer;
  };
  const patched = globalThis.fetch;
  const sandbox = await start();
  const undo = sandbox.intercept();
  const init = { method: 'POST', body: new ReadableStream(), duplex: 'half', signal: AbortSignal.abort() };
  const strange = { toString: () => { throw new Error('mine'); } };
  const self = {};
  for (const args of [['https://a.example/qod/v1/sessions', init], [new URL('https://a.example/tokens')], ['nonsense'], [], [strange], ['https://a.example/?x=/qod/v0/']]) {
    // The very promise, or whatever else the original returns.
    assert.equal(fetch.apply(self, args), answer);
    const [that, ...got] = calls.at(-1);
    assert.equal(that, self);
    assert.deepEqual(got.map((arg, index) => arg === args[index]), args.map(() => true));
  }
  assert.equal(sandbox.traffic().length, 0);
  undo();
  assert.equal(globalThis.fetch, patched);
  globalThis.fetch = original;
});

test('a real request with a streamed body, and its abort', async () => {
  const there = await real();
  const sandbox = await start();
  sandbox.intercept();
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('one, '));
      controller.enqueue(new TextEncoder().encode('two'));
      controller.close();
    },
  });
  const response = await fetch(`${there.url}/echo`, { method: 'POST', body, duplex: 'half' });
  assert.deepEqual(await response.json(), { url: '/echo', method: 'POST', body: 'one, two' });
  const abort = new AbortController();
  const aborted = fetch(`${there.url}/echo`, { signal: abort.signal });
  abort.abort();
  await assert.rejects(aborted, { name: 'AbortError' });
  there.close();
});

test('the token endpoints, and where they are not meant', async () => {
  const sandbox = await start({ auth: 'required' });
  sandbox.intercept();
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'me', client_secret: 'x' });
  const { access_token: token } = await (await fetch('https://login.example.com/oauth2/token', { method: 'POST', body })).json();
  assert.equal((await fetch(PROFILES, { headers: { authorization: `Bearer ${token}` } })).status, 200);
  assert.equal((await fetch(PROFILES)).status, 401);
  const { token_endpoint: endpoint } = await (await fetch('https://login.example.com/oauth2/.well-known/openid-configuration')).json();
  assert.equal(endpoint, 'https://login.example.com/oauth2/token');
  globalThis.location = { href: 'https://login.example.com/page', origin: 'https://login.example.com' };
  try {
    assert.equal((await fetch('/qod/v0/qos-profiles', { headers: { authorization: `Bearer ${token}` } })).url, 'https://login.example.com/qod/v0/qos-profiles');
    const before = sandbox.traffic().length;
    await assert.rejects(fetch('/token'), TypeError, 'the page has one of its own, which no one answers here');
    assert.equal(sandbox.traffic().length, before);
  } finally {
    delete globalThis.location;
  }
});

/** Which of these a sandbox answers. */
async function taken(urls, addresses) {
  globalThis.fetch = async (input) => new Response(null, { status: 599, headers: { input: String(input) } });
  try {
    const sandbox = await start();
    const undo = sandbox.intercept({ urls });
    const taken = [];
    for (const address of addresses) if ((await fetch(address)).status !== 599) taken.push(address);
    undo();
    return taken;
  } finally {
    globalThis.fetch = original;
  }
}

test('API roots and patterns say what is answered', async () => {
  const of = (root) => ['/qod/v0/qos-profiles', '/qod/v0/openapi.json', '/token', '/bc-authorize', '/.well-known/openid-configuration'].map((path) => root + path);
  const gateway = of('https://api.example.com/gateway');
  const others = [...of('https://api.example.com'), ...of('https://api.example.com/gateway/v2'), ...of('https://api.example.com:8443/gateway'), ...of('http://api.example.com/gateway'), 'https://api.example.com/gateway', 'https://api.example.com/gateway/qod/v0', 'https://api.example.com/gateways/token'];
  for (const root of ['https://api.example.com/gateway', 'https://api.example.com/gateway/', 'https://api.example.com/gateway/qod/v0', new URL('https://api.example.com/gateway/qod/v0/')]) {
    assert.deepEqual(await taken(root, [...gateway, ...others]), gateway, String(root));
  }
  assert.deepEqual(await taken('https://api.example.com', [...others, ...gateway]), of('https://api.example.com'));
  assert.deepEqual(await taken([/v2.*token$/g, { test: (url) => url.includes(':8443') }], [...others, ...others]), [...others, ...others].filter((url) => url.includes(':8443') || /v2.*token$/.test(url)));
  assert.deepEqual(await taken(undefined, ['https://a.example/token', 'https://a.example/qod/v0/x', 'https://a.example/tokens', 'https://a.example/qod/v0', 'https://a.example/QOD/v0/x']), ['https://a.example/token', 'https://a.example/qod/v0/x']);
});

test('wrong choices are named', async () => {
  const sandbox = await start();
  const wrong = (options, message) => assert.throws(() => sandbox.intercept(options), { name: 'TypeError', message });
  wrong({ urls: 'gateway' }, /intercept\.urls must be an API root such as .*got "gateway"/);
  wrong({ urls: ['https://a.example', 'ftp://a.example'] }, /intercept\.urls\[1\] must be .*got "ftp:/);
  wrong({ urls: 'https://a.example/?q' }, /no query/);
  wrong({ urls: 'https://me:secret@a.example/' }, /must be an API root/);
  wrong({ urls: 5 }, /got 5/);
  wrong({ urls: [] }, /at least one/);
  wrong({ url: 'https://a.example' }, /intercept has no member 'url'; its members are urls/);
  wrong('https://a.example', /intercept must be an object/);
  assert.equal(fetch, original);
});

test('several at once: the last one answers first, and they are undone in any order', async () => {
  for (const order of [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]]) {
    const all = await Promise.all([start(), start(), start()]);
    const undos = all.map((sandbox) => sandbox.intercept());
    const left = new Set([0, 1, 2]);
    for (const next of order) {
      await fetch(PROFILES);
      const last = Math.max(...left);
      assert.equal(all[last].traffic().length, 1, `${order} before ${next}`);
      all[last].reset();
      undos[next]();
      left.delete(next);
    }
    assert.equal(fetch, original, String(order));
  }
});

test('what was put on top of it works on, and is not removed', async () => {
  const sandbox = await start();
  const undo = sandbox.intercept();
  const below = globalThis.fetch;
  const seen = [];
  const top = (...args) => {
    seen.push(args[0]);
    return below(...args);
  };
  globalThis.fetch = top;
  assert.equal((await fetch(PROFILES)).status, 200);
  undo();
  assert.equal(globalThis.fetch, top);
  const there = await real();
  assert.equal((await (await fetch(`${there.url}/qod/v0/x`)).json()).url, '/qod/v0/x');
  // Once more, on top of that.
  const again = sandbox.intercept();
  assert.equal((await fetch(PROFILES)).status, 200);
  again();
  assert.equal(globalThis.fetch, top);
  assert.deepEqual(seen, [PROFILES, `${there.url}/qod/v0/x`]);
  there.close();
  globalThis.fetch = original;
});

test('dispose undoes', async () => {
  const sandbox = await start();
  const undo = sandbox.intercept();
  sandbox.intercept({ urls: 'https://a.example' });
  sandbox.dispose();
  assert.equal(fetch, original);
  undo();
  assert.throws(() => sandbox.intercept(), { message: /was disposed/ });
});

test('globals are put back as they were defined', async () => {
  const sandbox = await start();
  const got = class {};
  Object.defineProperty(globalThis, 'XMLHttpRequest', { configurable: true, get: () => got });
  const undo = sandbox.intercept();
  assert.equal(Object.getPrototypeOf(XMLHttpRequest), got);
  undo();
  assert.equal(XMLHttpRequest, got);
  assert.equal(typeof Object.getOwnPropertyDescriptor(globalThis, 'XMLHttpRequest').get, 'function');
  delete globalThis.XMLHttpRequest;
});

test('a global that cannot be replaced is named, and the other is put back', async () => {
  // In a process of its own: it cannot be undone.
  const code = `
    import { createSandbox } from '${new URL('../../dist/npm/node.js', import.meta.url)}';
    import '${new URL('../../dist/npm/intercept.js', import.meta.url)}';
    const original = fetch;
    Object.defineProperty(globalThis, 'XMLHttpRequest', { value: class {} });
    const sandbox = await createSandbox({ clock: 'manual' });
    try {
      sandbox.intercept();
    } catch ({ name, message }) {
      console.log(JSON.stringify([name, message, fetch === original]));
    }`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], { timeout: 20_000 });
  const [name, message, same] = JSON.parse(stdout);
  assert.equal(name, 'TypeError');
  assert.match(message, /XMLHttpRequest cannot be replaced.*Hand sandbox\.fetch/);
  assert.equal(same, true);
});

test('latency runs on the sandbox’s clock; a cut connection and an abort reject', async () => {
  const sandbox = await start();
  sandbox.intercept();
  sandbox.faults.add({ latency: '5s', times: 2 });
  let answered = false;
  const late = fetch(PROFILES).then((response) => {
    answered = true;
    return response;
  });
  const abort = new AbortController();
  const aborted = fetch(PROFILES, { signal: abort.signal });
  abort.abort(new Error('enough'));
  await assert.rejects(aborted, { message: 'enough' });
  assert.equal(answered, false);
  sandbox.clock.advance('5s');
  assert.equal((await late).status, 200);
  sandbox.faults.add({ networkError: true, times: 1 });
  await assert.rejects(fetch(PROFILES), { name: 'TypeError', message: /Failed to fetch/ });
  await assert.rejects(fetch(PROFILES, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  assert.equal(sandbox.traffic().length, 3);
});

test('/authorize redirects as the platform follows redirects', async () => {
  const there = await real();
  const sandbox = await start();
  sandbox.intercept();
  const ask = (to, init) => fetch(`https://login.example.com/authorize?${new URLSearchParams({ response_type: 'code', client_id: 'me', redirect_uri: to, state: 's', scope: 'openid' })}`, init);
  const followed = await ask(`${there.url}/callback`, { headers: { authorization: 'Basic bWU6eA==' } });
  const { url, method } = await followed.json();
  assert.match(url, /^\/callback\?code=[^&]+&state=s$/);
  assert.deepEqual([method, followed.redirected, followed.url], ['GET', true, there.url + url]);
  const manual = await ask(`${there.url}/callback`, { redirect: 'manual' });
  assert.deepEqual([manual.status, manual.headers.get('location').startsWith(`${there.url}/callback?code=`)], [302, true]);
  await assert.rejects(ask(`${there.url}/callback`, { redirect: 'error' }), { name: 'TypeError', message: /redirect/ });
  // To what a sandbox answers, too.
  const inside = await ask('https://app.example/qod/v0/qos-profiles');
  assert.deepEqual([inside.status, inside.redirected, inside.url.startsWith('https://app.example/qod/v0/qos-profiles?code=')], [200, true, true]);
  there.close();
});
