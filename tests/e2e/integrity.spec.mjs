// Pages that take the package from elsewhere with the import map of the build: what was changed on the way does not run.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { folder, OPEN, OUTCOME, PACKAGE, page as html, test, USE } from './host.mjs';

const DIST = new URL('../../dist/', import.meta.url);
const files = folder(PACKAGE, OPEN);

/** A page with the build's import map under its policy's hash; `changed` is the file that something is added to. */
async function open(page, host, changed) {
  const cdn = await host(async (path) => {
    const file = await files(path);
    return path === changed ? { ...file, body: Buffer.concat([file.body, Buffer.from('\n')]) } : file;
  });
  const snippet = (await readFile(new URL('importmap.html', DIST), 'utf8')).replaceAll('/qod-sandbox/', `${cdn}/`);
  const module = "import { createSandbox } from 'qod-sandbox'; globalThis.createSandbox = createSandbox;";
  const site = await host((path) => path === '/' && html(`${snippet}<script type="module">${module}</script><script type="module">import 'qod-sandbox/element';</script><qod-sandbox></qod-sandbox>`));
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(`${site}/`);
  return { cdn, complaints };
}

const use = (page) => page.evaluate(`(${USE})(createSandbox).catch((error) => error.message)`);

test('what is as it was built runs, with nothing to complain of', async ({ page, host }) => {
  const { complaints } = await open(page, host);
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  expect(await use(page)).toEqual(OUTCOME);
  expect(complaints).toEqual([]);
});

test('the map and the list name every module and file, with the hashes that they have', async () => {
  const { files: list, content } = JSON.parse(await readFile(new URL('integrity.json', DIST), 'utf8'));
  expect(content).toMatch(/^[0-9a-f]{16}$/);
  for (const [path, hash] of Object.entries(list)) {
    expect(hash, path).toBe(`sha384-${createHash('sha384').update(await readFile(PACKAGE + path)).digest('base64')}`);
  }
  const [, map] = /<script type="importmap">(.*)<\/script>/s.exec(await readFile(new URL('importmap.html', DIST), 'utf8'));
  const { imports, integrity } = JSON.parse(map);
  const mapped = Object.keys(integrity).map((url) => url.replace('/qod-sandbox/', ''));
  expect(mapped).toEqual(Object.keys(list).filter((path) => path.endsWith('.js')));
  const { exports } = JSON.parse(await readFile(`${PACKAGE}package.json`, 'utf8'));
  const entries = Object.entries(exports).flatMap(([name, { default: file }]) => (file?.endsWith('.js') ? [[name.replace('.', 'qod-sandbox'), file.replace('./', '/qod-sandbox/')]] : []));
  expect(imports).toEqual(Object.fromEntries(entries));
});

test('a module that was changed is refused', async ({ page, host }) => {
  const { cdn, complaints } = await open(page, host, '/core.js');
  await expect.poll(() => complaints.join()).toContain(`digest in the 'integrity' attribute for resource '${cdn}/core.js'`);
  expect(await page.evaluate('typeof createSandbox')).toBe('undefined');
});

test('so is one that is loaded later', async ({ page, host }) => {
  await open(page, host, '/export/har.js');
  const told = await page.evaluate("createSandbox({ clock: 'manual' }).then((sandbox) => sandbox.exportRun('har')).catch(({ message }) => message)");
  expect(told).toContain("exportRun('har'): a module of the package could not be loaded");
});

test('so is wasm', async ({ page, host }) => {
  const { cdn } = await open(page, host, '/glue/headless_bg.wasm');
  expect(await use(page)).toContain(`${cdn}/glue/headless_bg.wasm is not the file that this module was built with`);
});
