// Interception in the system's browser: unchanged code is answered by a sandbox, and everything else is the platform's own.

import { expect, test } from '@playwright/test';
import { serve } from './intercept.fixture.mjs';

let there;

test.beforeAll(async () => {
  there = await serve();
});

test.beforeEach(() => (there.got.length = 0));

test.afterAll(() => there.close());

/** Runs `act(sandbox, argument)` in a page in which a sandbox intercepts; what the page complains of is a failure. */
async function run(page, act, argument, { at = '/strict.html', before = '' } = {}) {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => /Content.Security/.test(message.text()) && complaints.push(message.text()));
  await page.goto(there.url + at);
  const outcome = await page.evaluate(`(async () => {
    ${before}
    const before = { fetch, XMLHttpRequest };
    const { createSandbox } = await import('/qod-sandbox.js');
    await import('/intercept.js');
    const sandbox = await createSandbox({ clock: 'manual', seed: 1, auth: 'off', startAt: '2026-01-01T00:00:00Z' });
    const undo = sandbox.intercept();
    const outcome = await (${act})(sandbox, ${JSON.stringify(argument)}, undo);
    undo();
    undo();
    if (fetch !== before.fetch || XMLHttpRequest !== before.XMLHttpRequest) throw new Error('not put back');
    return outcome;
  })()`);
  expect(complaints).toEqual([]);
  return outcome;
}

const SESSION = { device: { phoneNumber: '+34600000001' }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E' };

test('fetch, axios, ky and openapi-fetch, as they are, under a strict policy', async ({ page }) => {
  const outcome = await run(page, async (sandbox, body) => {
    const { axios, ky, createClient } = await import('/clients.js');
    const json = { 'content-type': 'application/json' };
    const api = 'https://api.example.com/gateway/qod/v0';
    const plain = await fetch('/qod/v0/sessions', { method: 'POST', headers: json, body: JSON.stringify(body) });
    const created = await axios.post(`${api}/sessions`, { ...body, device: { phoneNumber: '+34600000002' } });
    sandbox.clock.advance('2s');
    const got = await ky.get(`${api}/sessions/${created.data.sessionId}`).json();
    const client = createClient({ baseUrl: api });
    const { data, error, response } = await client.GET('/qos-profiles/{name}', { params: { path: { name: 'QOS_E' } } });
    const gone = await axios.delete(`${api}/sessions/${created.data.sessionId}`);
    const missing = await axios.get(`${api}/sessions/${created.data.sessionId}`).catch((error) => error.response);
    const unknown = await ky.get(`${api}/sessions/x`, { retry: 0 }).catch((error) => [error.name, error.response.status, error.response.url]);
    const token = await axios.post('https://login.example.com/token', new URLSearchParams({ grant_type: 'client_credentials', client_id: 'me', client_secret: 'x' }));
    return {
      plain: [plain.status, plain.url.replace(location.origin, '')],
      created: [created.status, created.request.responseURL, created.headers.get('location') === `${api}/sessions/${created.data.sessionId}`],
      got: got.qosStatus,
      typed: [data.name, error, response.status],
      gone: [gone.status, gone.data],
      missing: [missing.status, missing.data.code],
      unknown,
      token: token.data.token_type,
      traffic: sandbox.traffic().map(({ request, response }) => `${request.method} ${response.status}`),
    };
  }, SESSION);
  expect(outcome).toEqual({
    plain: [201, '/qod/v0/sessions'],
    created: [201, 'https://api.example.com/gateway/qod/v0/sessions', true],
    got: 'AVAILABLE',
    typed: ['QOS_E', undefined, 200],
    gone: [204, ''],
    missing: [404, 'NOT_FOUND'],
    unknown: ['HTTPError', 400, 'https://api.example.com/gateway/qod/v0/sessions/x'],
    token: 'Bearer',
    traffic: ['POST 201', 'POST 201', 'GET 200', 'GET 200', 'DELETE 204', 'GET 404', 'GET 400', 'POST 200'],
  });
  expect(there.got).toEqual([]);
});

/** Sends an XMLHttpRequest and records all that it tells. Runs in the page. */
const WATCH = `async (xhr, method, url, { body, headers = {}, set = {}, during } = {}) => {
  const log = [];
  const stop = new AbortController();
  const see = (target, name) => {
    for (const type of ['readystatechange', 'loadstart', 'progress', 'load', 'error', 'abort', 'timeout', 'loadend']) {
      target.addEventListener(type, (event) => {
        const { loaded, total, lengthComputable } = event;
        if (event.target !== target) log.push('another target');
        log.push([name + type, xhr.readyState, ...(type === 'readystatechange' ? [] : [loaded, total, lengthComputable])].join(' '));
      }, { signal: stop.signal });
    }
  };
  see(xhr, '');
  see(xhr.upload, 'upload ');
  const done = new Promise((resolve) => xhr.addEventListener('loadend', resolve, { once: true }));
  xhr.open(method, url);
  for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
  Object.assign(xhr, set);
  xhr.send(body);
  log.push('sent');
  await Promise.race([done, during?.(xhr) ?? done]);
  await new Promise((resolve) => setTimeout(resolve));
  stop.abort();
  const text = /^(text)?$/.test(xhr.responseType) ? xhr.responseText : undefined;
  const { response } = xhr;
  return { log, state: xhr.readyState, status: xhr.status, text, type: Object.prototype.toString.call(response), same: xhr.responseType === 'json' || response === xhr.response, all: xhr.getAllResponseHeaders().replace(/^(?!content-type).*\\r\\n/gm, ''), none: xhr.getResponseHeader('x-none') };
}`;

test('an XMLHttpRequest that is answered tells what a real one tells', async ({ page }) => {
  const outcome = await run(page, `async (sandbox, session, undo) => {
    const watch = ${WATCH};
    const pairs = {};
    /** The same to a sandbox and to a real server that answers the same. */
    const both = async (name, method, path, options = () => ({})) => {
      const ours = new XMLHttpRequest();
      const answered = await watch(ours, method, '/qod/v0/' + path, options());
      const last = sandbox.traffic().at(-1).response;
      const query = new URLSearchParams({ status: last.status });
      if (last.body !== undefined && method !== 'HEAD') query.set('body', typeof last.body === 'string' ? last.body : JSON.stringify(last.body));
      if (options().fault) query.set(options().fault, '');
      pairs[name] = [answered, await watch(new XMLHttpRequest(), method, '/real/x?' + query, options())];
    };
    await both('GET', 'GET', 'qos-profiles/QOS_E');
    await both('not found', 'GET', 'sessions/x');
    await both('HEAD', 'HEAD', 'qos-profiles');
    await both('text', 'POST', 'sessions', () => ({ body: JSON.stringify({ ...session, device: { phoneNumber: '+34600000001' } }), headers: { 'content-type': 'application/json' } }));
    await both('form', 'POST', 'sessions', () => ({ body: new URLSearchParams({ a: 'b' }) }));
    await both('multipart', 'POST', 'sessions', () => {
      const body = new FormData();
      body.append('a', new Blob(['b']), 'a.txt');
      return { body };
    });
    await both('blob', 'POST', 'sessions', () => ({ body: new Blob(['{}'], { type: 'application/json' }) }));
    await both('no content', 'DELETE', 'sessions/' + sandbox.sessions()[0].sessionId);
    for (const responseType of ['json', 'arraybuffer', 'blob', 'text', 'document']) await both('as ' + responseType, 'GET', 'qos-profiles/QOS_E', () => ({ set: { responseType } }));
    for (const state of [2, 4]) {
      const during = (xhr) =>
        new Promise((resolve) => {
          xhr.addEventListener('readystatechange', () => {
            if (xhr.readyState !== state) return;
            xhr.abort();
            resolve();
          });
        });
      await both('aborted when it is ' + state, 'GET', 'qos-profiles/QOS_E', () => ({ during }));
    }
    sandbox.faults.add({ networkError: true, times: 1 });
    await both('cut', 'POST', 'sessions', () => ({ fault: 'cut', body: '{}' }));
    sandbox.faults.add({ latency: '1h' });
    const early = { during: (xhr) => void xhr.abort(), fault: 'never' };
    await both('aborted at once', 'POST', 'sessions', () => ({ ...early, body: '{}' }));
    const tick = () => new Promise((resolve) => setTimeout(resolve, 50));
    await both('aborted', 'GET', 'qos-profiles', () => ({ fault: 'never', during: (xhr) => void tick().then(() => xhr.abort()) }));
    await both('timeout', 'GET', 'qos-profiles', () => ({ fault: 'never', set: { timeout: 50 } }));
    return pairs;
  }`, SESSION);
  expect(Object.keys(outcome).length).toBe(19);
  // How large a form is, is known a moment later than to the platform.
  for (const { log } of outcome.multipart) log.splice(log.indexOf('sent'), 1);
  // Chromium tells of an upload that fails, where there is none; the standard does not.
  for (const name of ['aborted', 'aborted when it is 2', 'timeout']) {
    const [, platform] = outcome[name];
    platform.log = platform.log.filter((line) => !line.startsWith('upload'));
  }
  for (const [name, [ours, platform]] of Object.entries(outcome)) expect(ours, name).toEqual(platform);
});

test('an XMLHttpRequest is used again, called at the wrong time, in sync, extended', async ({ page }) => {
  const outcome = await run(page, `async (sandbox, session, undo) => {
    const watch = ${WATCH};
    const seen = {};
    const xhr = new XMLHttpRequest();
    const urls = ['/qod/v0/qos-profiles/QOS_E', '/real/a', '/qod/v0/qos-profiles/QOS_S', '/qod/v0/sessions/x', '/real/b'];
    seen.again = [];
    for (const url of urls) {
      const { log, status } = await watch(xhr, 'GET', url);
      seen.again.push([status, log[0], xhr.responseURL === location.origin + url]);
    }
    const wrong = (act) => {
      try {
        return act();
      } catch ({ name }) {
        return name;
      }
    };
    xhr.open('get', '/qod/v0/qos-profiles?a#b');
    xhr.setRequestHeader('x-one', 'a');
    xhr.setRequestHeader('X-One', 'b');
    xhr.setRequestHeader('cookie', 'not to be set');
    const sent = new Promise((resolve) => (xhr.onload = resolve));
    xhr.send('ignored');
    seen.wrong = [() => xhr.send(), () => xhr.setRequestHeader('a', 'b'), () => (xhr.withCredentials = true)].map(wrong);
    await sent;
    seen.wrong.push(...[() => (xhr.responseType = 'json'), () => xhr.overrideMimeType('text/xml'), () => xhr.open('B A D', '/'), () => xhr.open('TRACE', '/'), () => xhr.open('GET', 'http://'), () => xhr.open('GET')].map(wrong));
    seen.still = [xhr.status, xhr.responseURL.replace(location.origin, '')];
    const { request } = sandbox.traffic().at(-1);
    seen.request = [request.method, request.body, Object.entries(request.headers).filter(([name]) => /one|cookie/i.test(name))];
    const typed = new XMLHttpRequest();
    typed.open('GET', '/qod/v0/qos-profiles');
    typed.responseType = 'json';
    seen.wrong.push(...[() => typed.responseText, () => typed.responseXML, () => new XMLHttpRequest().send()].map(wrong));

    const sync = (method, url, body) => {
      const xhr = new XMLHttpRequest();
      const events = [];
      for (const type of ['readystatechange', 'loadstart', 'load', 'loadend']) xhr.addEventListener(type, () => events.push(type + xhr.readyState));
      xhr.open(method, url, false);
      xhr.setRequestHeader('content-type', 'application/json');
      return [wrong(() => xhr.send(body)), xhr.status, xhr.responseText.slice(0, 4), events.join()];
    };
    seen.sync = [
      sync('POST', '/qod/v0/sessions', JSON.stringify(session)),
      sync('POST', '/qod/v0/sessions', new TextEncoder().encode('{')),
      sync('POST', '/qod/v0/sessions', new Blob(['{'])),
      sync('POST', '/real/sync?body=real', 'x'),
    ];
    sandbox.faults.add({ networkError: true, times: 1 });
    seen.sync.push(sync('GET', '/qod/v0/qos-profiles'));

    class Mine extends XMLHttpRequest {}
    const mine = await watch(new Mine(), 'GET', '/qod/v0/qos-profiles');
    const older = Object.getPrototypeOf(XMLHttpRequest);
    seen.classes = [mine.status, new Mine() instanceof XMLHttpRequest, new older() instanceof XMLHttpRequest, new XMLHttpRequest() instanceof Mine, {} instanceof XMLHttpRequest, XMLHttpRequest.name, XMLHttpRequest.DONE];

    // One that is under way when the interception ends is answered to the end; the next is not.
    sandbox.faults.add({ latency: '1s', times: 1 });
    const last = new XMLHttpRequest();
    const late = watch(last, 'GET', '/qod/v0/qos-profiles/QOS_M');
    undo();
    sandbox.clock.advance('1s');
    seen.late = [(await late).status, (await watch(last, 'GET', '/qod/v0/qos-profiles/QOS_M')).status];
    return seen;
  }`, SESSION);
  const opened = 'readystatechange 1';
  expect(outcome).toEqual({
    again: [[200, opened, true], [200, opened, true], [200, opened, true], [400, opened, true], [200, opened, true]],
    wrong: ['InvalidStateError', 'InvalidStateError', 'InvalidStateError', 'InvalidStateError', 'InvalidStateError', 'SyntaxError', 'SecurityError', 'SyntaxError', 'TypeError', 'InvalidStateError', 'InvalidStateError', 'InvalidStateError'],
    still: [200, '/qod/v0/qos-profiles?a'],
    request: ['GET', undefined, [['x-one', 'a, b']]],
    sync: [
      [undefined, 201, '{"se', 'readystatechange1,readystatechange4,load4,loadend4'],
      [undefined, 400, '{"st', 'readystatechange1,readystatechange4,load4,loadend4'],
      ['NetworkError', 0, '', 'readystatechange1'],
      [undefined, 200, 'real', 'readystatechange1,readystatechange4,load4,loadend4'],
      ['NetworkError', 0, '', 'readystatechange1'],
    ],
    classes: [200, true, true, false, false, 'XMLHttpRequest', 4],
    late: [200, 404],
  });
});

test('everything else is the platform’s own', async ({ page, context }) => {
  await context.addCookies([{ name: 'mine', value: '1', url: there.url }]);
  const outcome = await run(page, `async (sandbox) => {
    const watch = ${WATCH};
    const Original = Object.getPrototypeOf(XMLHttpRequest);
    const pairs = {};
    const both = async (name, method, path, options = () => ({})) => {
      pairs[name] = [await watch(new XMLHttpRequest(), method, path, options()), await watch(new Original(), method, path, options())];
    };
    await both('GET', 'GET', '/real/x?body=hello');
    await both('upload', 'POST', '/real/x?body=1', () => ({ body: new Blob(['x'.repeat(100_000)]), headers: { 'x-mine': '1' } }));
    await both('json', 'GET', '/real/x?body={}', () => ({ set: { responseType: 'json' } }));
    await both('cut', 'POST', '/real/x?cut', () => ({ body: 'x' }));
    await both('timeout', 'GET', '/real/x?never', () => ({ set: { timeout: 50 } }));
    await both('aborted', 'GET', '/real/x?never', () => ({ during: (xhr) => xhr.abort() }));

    const abort = new AbortController();
    const never = fetch('/real/abort?never', { signal: abort.signal }).catch(({ name }) => name);
    const upload = await fetch(new Request('/real/upload?body=done', { method: 'PUT', body: new Blob(['one, ', 'two']), credentials: 'include' }));
    const reader = upload.body.getReader();
    const { value } = await reader.read();
    const bare = await fetch('/real/bare', { credentials: 'omit', mode: 'same-origin', cache: 'no-store' });
    abort.abort();
    return { pairs, never: await never, upload: [upload.status, upload.type, new TextDecoder().decode(value)], bare: bare.type, traffic: sandbox.traffic().length };
  }`);
  const { pairs, ...rest } = outcome;
  expect(Object.keys(pairs).length).toBe(6);
  for (const [name, [through, platform]] of Object.entries(pairs)) expect(through, name).toEqual(platform);
  expect(rest).toEqual({ never: 'AbortError', upload: [200, 'basic', 'done'], bare: 'basic', traffic: 0 });
  const got = (path) => there.got.find(({ url }) => url.startsWith(`/real/${path}`));
  expect(got('upload')).toMatchObject({ method: 'PUT', body: 'one, two', headers: { cookie: 'mine=1' } });
  expect(got('bare').headers.cookie).toBeUndefined();
  await expect.poll(() => got('abort').aborted).toBe(true);
});

test('redirects of /authorize, as a page sees them', async ({ page }) => {
  const outcome = await run(page, async () => {
    const ask = (to) => `https://login.example.com/authorize?${new URLSearchParams({ response_type: 'code', client_id: 'me', redirect_uri: to, state: 's', scope: 'openid' })}`;
    const back = `${location.origin}/real/callback`;
    const followed = await fetch(ask(back));
    const manual = await fetch(ask(back), { redirect: 'manual' });
    const refused = await fetch(ask(back), { redirect: 'error' }).catch(({ name }) => name);
    const send = (to) => new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.onloadend = ({ type }) => resolve([type, xhr.status, xhr.responseURL.split('?')[0].replace(location.origin, '')]);
      xhr.open('GET', ask(to));
      xhr.send();
    });
    return {
      followed: [followed.status, followed.redirected, followed.url.startsWith(`${back}?code=`)],
      manual: [manual.type, manual.status, manual.ok, manual.url === ask(back), [...manual.headers]],
      refused,
      real: await send(back),
      inside: await send('https://app.example/qod/v0/qos-profiles'),
      broken: await send(`${back}?cut=1`),
    };
  });
  expect(outcome).toEqual({
    followed: [200, true, true],
    manual: ['opaqueredirect', 0, false, true, []],
    refused: 'TypeError',
    real: ['loadend', 200, '/real/callback'],
    inside: ['loadend', 200, 'https://app.example/qod/v0/qos-profiles'],
    broken: ['loadend', 0, ''],
  });
});

const HOSTILE = `
  globalThis.calls = [];
  const real = fetch;
  globalThis.fetch = function fetch(...args) {
    calls.push(String(args[0]));
    return real.apply(this, args);
  };
  Object.freeze(Array.prototype);
  Object.freeze(Object.prototype);
  Object.freeze(XMLHttpRequest.prototype);`;

test('on a page that has patched fetch, and frozen what others build upon', async ({ page }) => {
  const outcome = await run(page, `async (sandbox, session) => {
    const watch = ${WATCH};
    const created = await fetch('/qod/v0/sessions', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(session) });
    const { status } = await watch(new XMLHttpRequest(), 'GET', '/qod/v0/sessions/' + (await created.json()).sessionId);
    const real = await fetch('/real/x?body=real');
    return [created.status, status, await real.text(), (await watch(new XMLHttpRequest(), 'GET', '/real/x?body=real')).text, calls.filter((url) => !url.endsWith('.wasm'))];
  }`, SESSION, { before: HOSTILE });
  expect(outcome).toEqual([201, 200, 'real', 'real', ['/real/x?body=real']]);
});

test('bundled, and in a worker', async ({ page }) => {
  await page.goto(`${there.url}/plain.html`);
  const outcome = await page.evaluate(async () => {
    const use = `
      const { createSandbox } = await import('/bundled/own.js');
      const sandbox = await createSandbox({ clock: 'manual', auth: 'off' });
      const original = fetch;
      const undo = sandbox.intercept();
      const status = (await fetch('/qod/v0/qos-profiles')).status;
      const xhr = new XMLHttpRequest();
      xhr.open('GET', 'https://api.example.com/qod/v0/qos-profiles');
      await new Promise((resolve) => {
        xhr.onload = resolve;
        xhr.send();
      });
      const real = await (await fetch(new URL('/real/x?body=real', location.origin))).text();
      const own = Object.hasOwn(globalThis, 'fetch');
      undo();
      const outcome = [status, xhr.status, real, sandbox.traffic().length, own, fetch === original, Object.hasOwn(globalThis, 'fetch')];`;
    const inPage = await new (async () => {}).constructor(`${use}; return outcome;`)();
    const worker = new Worker(URL.createObjectURL(new Blob([`${use.replace('/bundled', `${location.origin}/bundled`).replace("'/qod", `'${location.origin}/qod`)}; postMessage(outcome);`], { type: 'text/javascript' })), { type: 'module' });
    const inWorker = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    return { inPage, inWorker };
  });
  expect(outcome).toEqual({
    inPage: [200, 200, 'real', 2, true, true, true],
    // A worker inherits its fetch.
    inWorker: [200, 200, 'real', 2, true, true, false],
  });
});

test('the element shows what is intercepted', async ({ page }) => {
  await page.goto(`${there.url}/index.html`);
  await page.evaluate(async (session) => {
    const { createSandbox } = await import('/element.js');
    const { intercept } = await import('/intercept.js');
    const element = document.querySelector('qod-sandbox');
    await element.ready;
    const sandbox = await createSandbox({ clock: 'manual', auth: 'off' });
    element.sandbox = sandbox;
    await element.ready;
    const heard = [];
    const first = new Promise((resolve) => element.addEventListener('qod-request', resolve));
    element.addEventListener('qod-request', ({ detail }) => heard.push(detail.request.url));
    intercept(sandbox, { urls: 'https://api.example.com/gateway' });
    await fetch('https://api.example.com/gateway/qod/v0/sessions', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(session) });
    await first;
    if (heard.length !== 1) throw new Error(`${heard.length} requests were told of`);
  }, SESSION);
  const traffic = page.getByRole('region', { name: 'Traffic' });
  await traffic.getByRole('button', { name: 'Traffic' }).click();
  await expect(traffic).toContainText('POST/qod/v0/sessions201');
  await expect(page.getByRole('region', { name: 'Sessions' })).toContainText('REQUESTED');
});
