// When a <qod-sandbox> begins, what it loads, whose sandbox it shows, and what it leaves behind.

import { CREATE, FILES, SCRIPT, expect, test } from './elsewhere.mjs';

test('elements without a group do not know of each other; moved, one keeps its sandbox, taken out it disposes of it', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox loading="eager"></qod-sandbox><qod-sandbox clock="manual" start-at="2026-01-01T00:00:00Z"></qod-sandbox>');
  const outcome = await page.evaluate(async () => {
    const [first, second] = document.querySelectorAll('qod-sandbox');
    await Promise.all([first.ready, second.ready]);
    first.sandbox.handle({ url: '/qod/v0/qos-profiles' });
    const heard = [];
    document.addEventListener('qod-clock', ({ detail, target }) => heard.push([detail.now, target === second]));
    second.sandbox.clock.advance('1h');
    const { sandbox } = second;
    const counts = [first.sandbox.traffic().length, second.sandbox.traffic().length];
    document.body.prepend(second);
    await undefined;
    const moved = second.sandbox === sandbox;
    second.remove();
    await new Promise((resolve) => setTimeout(resolve));
    let disposed = '';
    try {
      sandbox.sessions();
    } catch (error) {
      disposed = error.message;
    }
    document.body.append(second);
    const again = await second.ready;
    return { heard, counts, moved, disposed, again: again !== sandbox && again.traffic().length === 0 };
  });
  expect(outcome).toEqual({ heard: [['2026-01-01T01:00:00.000Z', true]], counts: [1, 0], moved: true, disposed: expect.stringContaining('was disposed'), again: true });
});

test('an element shows a sandbox that it is given, and leaves it to whoever gave it', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox view="traffic"></qod-sandbox>');
  const shown = await page.evaluate(async (files) => {
    const { createSandbox } = await import(`${files}/element.js`);
    const sandbox = await createSandbox({ clock: 'manual', auth: 'off' });
    sandbox.handle({ url: '/qod/v0/qos-profiles' });
    const element = document.querySelector('qod-sandbox');
    await element.ready;
    element.sandbox = sandbox;
    globalThis.given = { element, sandbox };
    return (await element.ready) === sandbox;
  }, FILES);
  expect(shown).toBe(true);
  await expect(page.locator('qod-sandbox')).toContainText('/qod/v0/qos-profiles');
  const outcome = await page.evaluate(async (files) => {
    const { element, sandbox } = globalThis.given;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    const { createSandbox: another } = await import(`${files}/qod-sandbox.js`);
    let refused = '';
    try {
      element.sandbox = await another();
    } catch (error) {
      refused = error.message;
    }
    return { kept: sandbox.traffic().length, refused };
  }, FILES);
  expect(outcome).toEqual({ kept: 1, refused: expect.stringContaining("createSandbox of 'qod-sandbox/element'") });
});

test('an element begins when it comes near, or when it is asked for', async ({ page, elsewhere }) => {
  await elsewhere('<div class="far"></div><qod-sandbox></qod-sandbox><div class="far"></div><qod-sandbox id="asked"></qod-sandbox>', {
    policy: `script-src ${FILES} 'wasm-unsafe-eval'`,
    head: `<style>.far { height: 5000px }</style>${SCRIPT}`,
  });
  const loaded = () => elsewhere.asked.some((url) => url.endsWith('.wasm'));
  await page.evaluate(() => customElements.whenDefined('qod-sandbox').then(() => new Promise((resolve) => setTimeout(resolve, 300))));
  expect(loaded()).toBe(false);
  // The room that it will take is kept.
  expect(await page.locator('qod-sandbox').first().evaluate((element) => element.clientHeight)).toBeGreaterThan(500);
  await page.evaluate(() => document.querySelector('#asked').ready.then(() => {}));
  expect(loaded()).toBe(true);
  await expect(page.locator('qod-sandbox').first().getByRole('button', { name: 'Try it' })).toHaveCount(0);
  await page.mouse.wheel(0, 4800);
  await expect(page.locator('qod-sandbox').first().getByRole('button', { name: 'Try it' })).toBeVisible();
});

test('twenty elements on a page are one download', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox view="clock" loading="eager"></qod-sandbox>'.repeat(20));
  await page.evaluate(() => Promise.all([...document.querySelectorAll('qod-sandbox')].map((element) => element.ready)).then(() => {}));
  const files = elsewhere.asked.filter((url) => url.startsWith(FILES));
  expect(files.length).toBe(new Set(files).size);
  expect(files.filter((url) => url.endsWith('.wasm'))).toHaveLength(1);
});

test('fifty come and go, and leave nothing behind', async ({ page, elsewhere }) => {
  test.slow();
  await elsewhere('<p>Docs</p>');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.enable');
  const mounts = (count) =>
    page.evaluate(async ([count, create]) => {
      for (let turn = 0; turn < count; turn++) {
        const element = document.createElement('qod-sandbox');
        element.setAttribute('view', 'clock request session timeline notifications traffic');
        document.body.append(element);
        const sandbox = await element.ready;
        sandbox.handle(create);
        sandbox.clock.advance('3s');
        await new Promise((resolve) => setTimeout(resolve, 30));
        element.remove();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }, [count, CREATE]);
  const measure = async () => {
    for (let turn = 0; turn < 3; turn++) await devtools.send('HeapProfiler.collectGarbage');
    const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
    const { usedSize, backingStorageSize } = await devtools.send('Runtime.getHeapUsage');
    return { nodes, jsEventListeners, usedSize, backingStorageSize };
  };
  await mounts(10);
  const before = await measure();
  await mounts(50);
  const after = await measure();
  expect(after.nodes - before.nodes).toBeLessThan(50);
  expect(after.jsEventListeners - before.jsEventListeners).toBeLessThan(10);
  // One console is some 2,000 nodes and 200 KB: not one of fifty stayed.
  expect(after.usedSize - before.usedSize).toBeLessThan(400_000);
  expect(after.backingStorageSize - before.backingStorageSize).toBeLessThan(400_000);
});

test('who waits for an element that is changed, moved or not yet in a document is not forgotten', async ({ page, elsewhere }) => {
  await elsewhere('');
  const told = await page.evaluate(async () => {
    await customElements.whenDefined('qod-sandbox');
    const element = document.createElement('qod-sandbox');
    document.body.append(element);
    const waiting = element.ready;
    element.setAttribute('seed', '5');
    const changed = (await waiting) === element.sandbox;
    element.setAttribute('seed', '6');
    await undefined;
    const moved = element.ready;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    document.body.append(element);
    const back = (await moved) === element.sandbox;
    const other = document.createElement('qod-sandbox');
    await other.begin();
    const text = other.shadowRoot.textContent;
    document.body.append(other);
    return { changed, back, text, begun: (await other.ready).sessions() };
  });
  expect(told).toEqual({ changed: true, back: true, text: '', begun: [] });
});

test('an element that is given the sandbox that it shows keeps it', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox group="a" view="clock"></qod-sandbox><qod-sandbox group="a" view="timeline"></qod-sandbox>');
  const sessions = await page.evaluate(async () => {
    const [one, other] = document.querySelectorAll('qod-sandbox');
    one.sandbox = await one.ready;
    await other.ready;
    other.sandbox = one.sandbox;
    return (await one.ready).sessions();
  });
  expect(sessions).toEqual([]);
});
