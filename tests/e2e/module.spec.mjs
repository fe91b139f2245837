// The published modules in a real browser: in a page, in a worker, from another origin, and where something is in the way.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const PACKAGE = fileURLToPath(new URL('../../dist/npm/', import.meta.url));
const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** Creates a session, lets two seconds pass, and says what became of it. For pages and workers alike. */
const USE = `async (createSandbox) => {
  const sandbox = await createSandbox({ clock: 'manual', seed: 1, auth: 'off' });
  const response = await sandbox.fetch('/qod/v0/sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      device: { phoneNumber: '+12025550117' },
      applicationServer: { ipv4Address: '198.51.100.10' },
      qosProfile: 'QOS_E',
    }),
  });
  const { sessionId, qosStatus } = await response.json();
  sandbox.clock.advance('2s');
  const later = await (await sandbox.fetch('/qod/v0/sessions/' + sessionId)).json();
  return [response.status, qosStatus, later.qosStatus];
}`;

const OUTCOME = [201, 'REQUESTED', 'AVAILABLE'];

test('in a page', async ({ page }) => {
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto('/blank.html');
  const outcome = await page.evaluate(`import('/qod-sandbox.js').then(({ createSandbox }) => (${USE})(createSandbox))`);
  expect(outcome).toEqual(OUTCOME);
});

test('in a worker', async ({ page }) => {
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.route('**/worker.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `import { createSandbox } from '/qod-sandbox.js'; postMessage(await (${USE})(createSandbox));`,
    }),
  );
  await page.goto('/blank.html');
  const outcome = await page.evaluate(
    () => new Promise((resolve, reject) => {
      const worker = new Worker('/worker.js', { type: 'module' });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (error) => reject(new Error(error.message));
    }),
  );
  expect(outcome).toEqual(OUTCOME);
});

test('a wrong media type of the wasm does not matter', async ({ page }) => {
  await page.route('**/*.wasm', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } });
  });
  await page.goto('/');
  await page.waitForFunction(() => document.querySelector('qod-sandbox').sandbox);
});

/** A document of another origin that has the README's two lines in it. */
async function document(page, policy, around = (snippet) => snippet) {
  const [, snippet] = /^```html\n(.*?)^```$/ms.exec(README);
  await page.route('https://docs.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'content-security-policy': policy },
      body: `<!doctype html><title>Docs</title><h1>Create a session</h1>${around(snippet)}`,
    }),
  );
  await page.route('https://cdn.example/qod-sandbox/**', (route) => {
    const path = new URL(route.request().url()).pathname.replace('/qod-sandbox/', PACKAGE);
    return route.fulfill({ path, headers: { 'access-control-allow-origin': '*' } });
  });
  await page.goto('https://docs.example/');
}

const STRICT = "default-src 'none'; script-src https://cdn.example 'wasm-unsafe-eval'; connect-src https://cdn.example";

test('two lines put the console into a document of another origin, under a strict policy', async ({ page }) => {
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await document(page, STRICT);
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
});

test('elements do not know of each other, and leave nothing behind', async ({ page }) => {
  await document(page, STRICT, (snippet) => `${snippet}<qod-sandbox clock="manual" start-at="2026-01-01T00:00:00Z"></qod-sandbox>`);
  const outcome = await page.evaluate(async () => {
    const [first, second] = globalThis.document.querySelectorAll('qod-sandbox');
    await Promise.all([first.ready, second.ready]);
    first.sandbox.handle({ url: '/qod/v0/qos-profiles' });
    const heard = [];
    globalThis.document.addEventListener('qod-clock', ({ detail, target }) => heard.push([detail.now, target === second]));
    second.sandbox.clock.advance('1h');
    const { sandbox } = second;
    const counts = [first.sandbox.traffic().length, second.sandbox.traffic().length];
    // Moved, it keeps its sandbox; taken out, it disposes of it.
    globalThis.document.body.prepend(second);
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
    globalThis.document.body.append(second);
    const again = await second.ready;
    return { heard, counts, moved, disposed, again: again !== sandbox && again.traffic().length === 0 };
  });
  expect(outcome).toEqual({
    heard: [['2026-01-01T01:00:00.000Z', true]],
    counts: [1, 0],
    moved: true,
    disposed: expect.stringContaining('was disposed'),
    again: true,
  });
});

test('an element shows a sandbox that it is given', async ({ page }) => {
  await page.goto('/');
  const same = await page.evaluate(async () => {
    const { createSandbox } = await import('/element.js');
    const sandbox = await createSandbox({ clock: 'manual', auth: 'off' });
    sandbox.handle({ url: '/qod/v0/qos-profiles' });
    const element = globalThis.document.querySelector('qod-sandbox');
    await element.ready;
    element.sandbox = sandbox;
    const shown = (await element.ready) === sandbox;
    element.remove();
    await undefined;
    // It is not the element's to dispose of.
    return shown && sandbox.traffic().length === 1;
  });
  expect(same).toBe(true);
});

test('a policy that forbids WebAssembly is named, with what to add', async ({ page }) => {
  await document(page, "script-src https://cdn.example; connect-src https://cdn.example");
  await expect(page.getByRole('alert')).toContainText("add 'wasm-unsafe-eval' to its script-src");
});

test('a wrong attribute is named', async ({ page }) => {
  await document(page, STRICT, (snippet) => snippet.replace('<qod-sandbox>', '<qod-sandbox speed="fast">'));
  await expect(page.getByRole('alert')).toContainText('speed must be a whole number from 1 to 86400; got "fast"');
});
