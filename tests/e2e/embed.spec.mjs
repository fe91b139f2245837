// embed.html: a console in an iframe of a page of another origin, and their talk.

import { CREATE, FILES, expect, test } from './elsewhere.mjs';

const OPEN = `default-src 'none'; script-src 'self' 'unsafe-inline' ${FILES}; frame-src ${FILES}; style-src-attr 'none'`;

/** A page with such a frame, connected to it by frame.js as `globalThis.frame`. */
const framed = (query, attributes = '') => `
  <h1>Docs</h1><iframe src="${FILES}/embed.html?${query}" ${attributes}></iframe><p>After</p>
  <script type="module">
    import { connect } from '${FILES}/frame.js';
    globalThis.frame = connect(document.querySelector('iframe'));
    globalThis.heard = [];
    frame.on('notification', ({ event }) => heard.push(event.data.qosStatus));
  </script>`;

for (const attributes of ['', 'sandbox="allow-scripts"']) {
  test(`a frame ${attributes} is as high as its console, tells what happens and can be called`, async ({ page, elsewhere }) => {
    const complaints = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await elsewhere(framed(`clock=manual&startAt=2026-01-01T00:00:00Z&view=clock+request+session&parent=${elsewhere.origin}`, attributes), { policy: OPEN, head: '' });
    const inside = page.frameLocator('iframe');
    await expect(inside.getByRole('group', { name: 'Session', exact: true })).toBeVisible();
    const outcome = await page.evaluate(async (create) => {
      const { status } = await frame.call('handle', create);
      const fired = await frame.call('clock.advance', '2s');
      const error = await frame.call('use', 'nothing').catch(({ name, message }) => `${name}: ${message}`);
      const unknown = await frame.call('dispose').catch(({ message }) => message);
      return { status, kinds: fired.map(({ kind }) => kind), error, unknown };
    }, CREATE);
    expect(outcome).toEqual({ status: 201, kinds: ['granted'], error: expect.stringContaining('there is no scenario "nothing"'), unknown: expect.stringContaining('there is no call "dispose"') });
    await expect.poll(() => page.evaluate(() => heard)).toEqual(['AVAILABLE']);
    await expect(inside.getByRole('group', { name: 'Session', exact: true })).toContainText('AVAILABLE');
    const sizes = () => Promise.all([page.locator('iframe').evaluate(({ clientHeight }) => clientHeight), inside.locator('body').evaluate(({ scrollHeight }) => scrollHeight)]);
    await expect.poll(async () => {
      const [frame, content] = await sizes();
      return Math.abs(frame - content) <= 1;
    }).toBe(true);
    expect((await sizes())[0]).toBeGreaterThan(400);
    expect(complaints).toEqual([]);
  });
}

test('a page that the address does not name gets heights, and nothing else', async ({ page, elsewhere }) => {
  const warnings = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  for (const query of ['', '&parent=https://other.example']) {
    await elsewhere(`<iframe src="${FILES}/embed.html?view=clock${query}"></iframe><script>
      globalThis.got = [];
      addEventListener('message', ({ data }) => got.push(data.type));
    </script>`, { policy: OPEN, head: '', path: `/${query}` });
    await expect.poll(() => page.evaluate(() => got.includes('qod-sandbox:height'))).toBe(true);
    await expect(page.frameLocator('iframe').getByRole('group', { name: 'Sandbox clock', exact: true })).toBeVisible();
    await page.evaluate(() => document.querySelector('iframe').contentWindow.postMessage({ type: 'qod-sandbox:call', id: 1, call: 'clock.advance', arguments: ['1h'] }, '*'));
    await expect.poll(() => warnings.length).toBe(query ? 2 : 1);
    expect(await page.evaluate(() => new Set(got).size)).toBe(1);
  }
  expect(warnings[0]).toContain(`the address of the frame must name it, as parent=${elsewhere.origin}`);
});

test('another window than the page around is not heeded', async ({ page, elsewhere }) => {
  await elsewhere(`${framed(`clock=manual&parent=${elsewhere.origin}`)}<iframe id="sibling" srcdoc="<p>Sibling"></iframe>`, { policy: '', head: '' });
  const unchanged = await page.evaluate(async () => {
    await frame.ready;
    const before = await frame.call('clock.now');
    // The sibling is of the trusted origin, but it is not the page around.
    const script = `parent.frames[0].postMessage({ type: 'qod-sandbox:call', id: 'x', call: 'clock.advance', arguments: ['1h'] }, '*')`;
    document.querySelector('#sibling').contentWindow.eval(script);
    return (await frame.call('clock.now')) === before;
  });
  expect(unchanged).toBe(true);
});

test('what another frame says is not taken for the frame’s own word', async ({ page, elsewhere }) => {
  await elsewhere(`${framed(`clock=manual&parent=${elsewhere.origin}`)}<iframe id="sibling" srcdoc="<p>Sibling"></iframe>`, { policy: '', head: '' });
  const got = await page.evaluate(async () => {
    await frame.ready;
    const forged = `{ type: 'qod-sandbox:event', event: 'notification', detail: { event: { data: { qosStatus: 'FORGED' } } } }`;
    document.querySelector('#sibling').contentWindow.eval(`parent.postMessage(${forged}, '*')`);
    // What is answered comes after it.
    await frame.call('clock.now');
    return heard;
  });
  expect(got).toEqual([]);
});

test('no name and no member of a call reaches a prototype, on either side', async ({ page, elsewhere }) => {
  await elsewhere(framed(`clock=manual&parent=${elsewhere.origin}`), { policy: '', head: '' });
  const told = await page.evaluate(async () => {
    await frame.ready;
    const told = [];
    const reason = ({ message }) => message;
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      for (const call of [name, `clock.${name}`, `${name}.${name}`, `handle.${name}`]) told.push(await frame.call(call, { polluted: true }).catch(reason));
      const evil = JSON.parse(`{"${name}": {"polluted": true}}`);
      for (const call of ['configure', 'use', 'faults.add', 'replay']) told.push(await frame.call(call, evil).catch(reason));
      frame.on(name, () => {});
      const { status } = await frame.call('handle', { url: '/qod/v0/qos-profiles', headers: evil, ...evil });
      if (status !== 401) told.push(status);
    }
    return told.filter((one) => !/there is no (?:call|option)|has no member|replay takes/.test(one));
  });
  expect(told).toEqual([]);
  expect(await page.evaluate(() => ({}).polluted)).toBeUndefined();
  expect(await page.frameLocator('iframe').locator('body').evaluate(() => ({}).polluted)).toBeUndefined();
});

test('a page that comes late hears what was said before', async ({ page, elsewhere }) => {
  await elsewhere(`<iframe src="${FILES}/embed.html?clock=manual&parent=${elsewhere.origin}"></iframe>`, { policy: '', head: '' });
  await expect(page.frameLocator('iframe').getByRole('button', { name: 'Try it' })).toBeVisible();
  const now = await page.evaluate(async (files) => {
    const { connect } = await import(`${files}/frame.js`);
    return connect(document.querySelector('iframe')).call('clock.now');
  }, FILES);
  expect(now).toBeGreaterThan(0);
  await expect.poll(() => page.locator('iframe').evaluate(({ clientHeight }) => clientHeight)).toBeGreaterThan(400);
});

test('a page hears that the sandbox of its frame cannot start', async ({ page, elsewhere }) => {
  await elsewhere(framed(`scenario=nothing&parent=${elsewhere.origin}`), { policy: OPEN, head: '' });
  const told = await page.evaluate(async () => {
    const reason = ({ message }) => message;
    return [await frame.ready.catch(reason), await frame.call('clock.now').catch(reason)];
  });
  expect(told).toEqual(Array(2).fill('the sandbox could not be started: the frame shows why'));
  await expect(page.frameLocator('iframe').getByRole('alert')).toContainText('there is no scenario "nothing"', { ignoreCase: true });
});

test('what is wrong with the address is said', async ({ page }) => {
  for (const [query, words] of [
    ['scenarios=granted', 'The address has an option ‘scenarios’ that there is not: there are view, operation'],
    ['wasm=https://elsewhere.example/mine.wasm', 'The address has an option ‘wasm’ that there is not'],
    ['parent=docs.example', 'parent must be an origin, such as https://docs.example'],
    ['speed=fast', 'speed must be a whole number'],
    ['persist=mine&parent=https://docs.example', 'The address has both persist and parent'],
    ['parent=https://docs.example&broadcast=mine', 'The address has both broadcast and parent'],
  ]) {
    await page.goto(`${FILES}/embed.html?${query}`);
    await expect(page.getByRole('alert')).toContainText(words);
  }
});

test('where the frame may keep nothing, the console works all the same', async ({ page, elsewhere }) => {
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(globalThis, name, { get: () => { throw new DOMException('denied', 'SecurityError'); } });
    }
  });
  await elsewhere(framed('clock=manual&fill'), { policy: OPEN, head: '' });
  const inside = page.frameLocator('iframe');
  await inside.getByRole('button', { name: 'Try it' }).click();
  await expect(inside.getByRole('region', { name: 'Response' })).toContainText('201 Created');
  await inside.getByRole('button', { name: 'Light or dark' }).click();
});

test('the host of the files asks for nothing of the page around but a frame', async ({ page, elsewhere }) => {
  await elsewhere(`<iframe src="${FILES}/embed.html?view=clock"></iframe>`, { policy: `default-src 'none'; frame-src ${FILES}`, head: '' });
  await expect(page.frameLocator('iframe').getByRole('group', { name: 'Sandbox clock', exact: true })).toBeVisible();
});

test('why a run could not be loaded is not told to the page around, which perhaps may not read it', async ({ page, elsewhere }) => {
  await elsewhere(`<iframe src="${FILES}/embed.html?src=openapi.json&parent=${elsewhere.origin}"></iframe><script>
    globalThis.got = [];
    addEventListener('message', ({ data }) => got.push(data));
  </script>`, { policy: '', head: '' });
  await expect(page.frameLocator('iframe').getByRole('alert')).toContainText('replay takes what', { ignoreCase: true });
  await page.evaluate(() => document.querySelector('iframe').contentWindow.postMessage({ type: 'qod-sandbox:call', id: 1, call: 'sessions' }, '*'));
  await expect.poll(() => page.evaluate(() => got.find(({ id }) => id === 1)?.error.message)).toBe('the sandbox could not be started: the frame shows why');
});

test('calls that nobody will answer fail', async ({ page, elsewhere }) => {
  await elsewhere(framed(`clock=manual&view=clock&parent=${elsewhere.origin}`), { policy: OPEN, head: '' });
  const told = await page.evaluate(async (files) => {
    const { connect } = await import(`${files}/frame.js`);
    const iframe = document.querySelector('iframe');
    const message = (promise) => promise.then(() => 'answered', ({ message }) => message);
    const early = connect(iframe);
    const waiting = message(early.call('clock.now'));
    early.close();
    const messages = [await waiting, await message(early.call('clock.now'))];
    await frame.ready;
    messages.push(await message(frame.call('handle', () => {})));
    iframe.remove();
    return [...messages, await message(frame.call('clock.now'))];
  }, FILES);
  expect(told).toEqual(['the frame was let go', 'the frame was let go', expect.stringContaining('could not be cloned'), 'the frame is no longer in the document']);
});
