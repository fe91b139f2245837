// The modules in workers of every kind, taken from another origin, unbundled.

import { expect } from '@playwright/test';
import { folder, OPEN, OUTCOME, PACKAGE, page as html, script, test, USE } from './host.mjs';

/** A page whose workers take the package from another origin. */
async function open(page, host, worker) {
  const cdn = await host(folder(PACKAGE, OPEN));
  const site = await host((path) => (path === '/' ? html('') : path === '/worker.js' ? script(worker(cdn)) : undefined));
  await page.goto(`${site}/`);
}

test('a dedicated worker', async ({ page, host }) => {
  await open(page, host, (cdn) => `import { createSandbox } from '${cdn}/qod-sandbox.js'; postMessage(await (${USE})(createSandbox));`);
  const outcome = await page.evaluate(() => new Promise((resolve, reject) => {
    const worker = new Worker('/worker.js', { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  }));
  expect(outcome).toEqual(OUTCOME);
});

test('a shared worker, whose sandbox pages share', async ({ page, host, context }) => {
  await open(page, host, (cdn) => `
    import { createSandbox } from '${cdn}/qod-sandbox.js';
    const sandbox = createSandbox({ clock: 'manual', auth: 'off' });
    const answer = async ({ data }) => {
      const response = await (await sandbox).fetch('/qod/v0/' + data);
      return [response.status, (await sandbox).traffic().length];
    };
    globalThis.onconnect = ({ ports: [port] }) => {
      port.onmessage = async (event) => port.postMessage(await answer(event));
    };`);
  const ask = (page) => page.evaluate(() => new Promise((resolve) => {
    const { port } = new SharedWorker('/worker.js', { type: 'module' });
    port.onmessage = ({ data }) => resolve(data);
    port.postMessage('qos-profiles');
  }));
  expect(await ask(page)).toEqual([200, 1]);
  const other = await context.newPage();
  await other.goto(page.url());
  expect(await ask(other)).toEqual([200, 2]);
});

test('a service worker, which answers for the page; what needs another module says so', async ({ page, host }) => {
  await open(page, host, (cdn) => `
    import { createSandbox } from '${cdn}/qod-sandbox.js';
    const use = ${USE};
    const ready = createSandbox({ clock: 'manual', auth: 'off' });
    const tell = (promise) => promise.then(JSON.stringify, ({ name, message }) => name + ': ' + message);
    addEventListener('install', (event) => event.waitUntil(ready.then(() => skipWaiting())));
    addEventListener('activate', (event) => event.waitUntil(clients.claim()));
    addEventListener('fetch', (event) => {
      if (event.request.url.includes('/qod/v0/')) event.respondWith(ready.then((sandbox) => sandbox.fetch(event.request)));
    });
    addEventListener('message', async ({ data, ports: [port] }) => {
      const sandbox = await ready;
      const acts = {
        use: () => use(createSandbox),
        run: () => sandbox.exportRun('json').then((run) => JSON.parse(run).inputs.length),
        har: () => sandbox.exportRun('har'),
        document: () => sandbox.fetch('/qod/v0/openapi.json'),
      };
      port.postMessage(await tell(acts[data]()));
    });`);
  await page.evaluate(async () => {
    const controlled = new Promise((resolve) => {
      navigator.serviceWorker.oncontrollerchange = resolve;
    });
    await navigator.serviceWorker.register('/worker.js', { type: 'module' });
    await controlled;
  });
  const ask = (act) => page.evaluate((act) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    navigator.serviceWorker.controller.postMessage(act, [port2]);
  }), act);
  expect(await page.evaluate(async () => (await fetch('/qod/v0/qos-profiles')).status)).toBe(200);
  expect(JSON.parse(await ask('use'))).toEqual(OUTCOME);
  expect(await ask('run')).toBe('1');
  expect(await ask('har')).toMatch(/^Error: exportRun\('har'\): a service worker cannot load modules later/);
  expect(await ask('document')).toMatch(/^TypeError: Failed to fetch: the OpenAPI document: a service worker cannot load modules later/);
});

test('a page, unbundled, from another origin', async ({ page, host }) => {
  const cdn = await host(folder(PACKAGE, OPEN));
  const site = await host(() => html(`<script type="importmap">{ "imports": { "qod-sandbox": "${cdn}/qod-sandbox.js" } }</script>`));
  await page.goto(`${site}/`);
  expect(await page.evaluate(`import('qod-sandbox').then(({ createSandbox }) => (${USE})(createSandbox))`)).toEqual(OUTCOME);
});
