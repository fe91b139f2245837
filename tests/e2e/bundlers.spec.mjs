// An application that was bundled: with each of the bundlers, the backend answers and the element shows.

import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { build as esbuild } from 'esbuild';
import { build as vite, createServer } from 'vite';
import webpack from 'webpack';
import { folder, OUTCOME, PACKAGE, test as base, USE } from './host.mjs';

/** What people write; `imports` and `options` hand in the wasm where a bundler leaves it behind. */
const app = (imports = '', options = '{}', attribute = '') => `
import { createSandbox } from 'qod-sandbox';
import 'qod-sandbox/element';
${imports}
globalThis.outcome = (${USE})(createSandbox, ${options});
globalThis.exported = () => createSandbox({ clock: 'manual' }).then((sandbox) => sandbox.exportRun('curl'));
const element = document.createElement('qod-sandbox');
${attribute}
document.body.append(element);
`;

const HTML = (script) => `<!doctype html><title>App</title><link rel="icon" href="data:,"><body><script type="module" src="${script}"></script></body>`;

const test = base.extend({
  /** A folder with the package installed in it. */
  place: async ({}, use) => {
    const place = await mkdtemp(join(tmpdir(), 'qod-bundled-'));
    await cp(PACKAGE, join(place, 'node_modules/qod-sandbox'), { recursive: true });
    await writeFile(join(place, 'package.json'), '{ "type": "module" }');
    await use(place);
    await rm(place, { recursive: true });
  },
});

async function works(page, address) {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  await page.goto(address);
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  expect(await page.evaluate('outcome')).toEqual(OUTCOME);
  expect(await page.evaluate('exported()')).toMatch(/^#!/);
  expect(complaints).toEqual([]);
}

test('Vite', async ({ page, host, place }) => {
  await writeFile(join(place, 'main.js'), app());
  await writeFile(join(place, 'index.html'), HTML('/main.js'));
  await vite({ root: place, logLevel: 'error', configFile: false });
  await works(page, `${await host(folder(join(place, 'dist')))}/`);
});

test('Vite, while one works on it', async ({ page, place }) => {
  await writeFile(join(place, 'main.js'), app());
  await writeFile(join(place, 'index.html'), HTML('/main.js'));
  const server = await createServer({ root: place, logLevel: 'error', configFile: false, server: { host: '127.0.0.1', port: 0 } });
  try {
    await server.listen();
    await works(page, server.resolvedUrls.local[0]);
  } finally {
    await server.close();
  }
});

test('webpack', async ({ page, host, place }) => {
  await writeFile(join(place, 'main.js'), app());
  const path = join(place, 'dist');
  const stats = await promisify(webpack)({ mode: 'production', context: place, entry: './main.js', output: { path, publicPath: '/' }, performance: false });
  expect(stats.toString({ all: false, errors: true, warnings: true })).toBe('');
  await writeFile(join(path, 'index.html'), HTML('/main.js'));
  await works(page, `${await host(folder(path))}/`);
});

const bundle = (place, more) => esbuild({ absWorkingDir: place, entryPoints: ['main.js'], bundle: true, splitting: true, format: 'esm', minify: true, outdir: 'dist', logLevel: 'silent', ...more });

test('esbuild, which is handed the wasm', async ({ page, host, place }) => {
  const imports = "import headless from 'qod-sandbox/headless.wasm';\nimport console_ from 'qod-sandbox/console.wasm';";
  await writeFile(join(place, 'main.js'), app(imports, '{ wasm: headless }', "element.setAttribute('wasm', console_);"));
  const { warnings } = await bundle(place, { loader: { '.wasm': 'file' }, publicPath: '/' });
  expect(warnings).toEqual([]);
  await writeFile(join(place, 'dist/index.html'), HTML('/main.js'));
  await works(page, `${await host(folder(join(place, 'dist')))}/`);
});

test('esbuild, which is not: what to do is told', async ({ page, host, place }) => {
  await writeFile(join(place, 'main.js'), app());
  await bundle(place);
  await writeFile(join(place, 'dist/index.html'), HTML('/main.js'));
  await page.goto(`${await host(folder(join(place, 'dist')))}/`);
  expect(await page.evaluate('outcome.catch(({ message }) => message)')).toContain("import wasm from 'qod-sandbox/headless.wasm', then createSandbox({ wasm })");
});

test('who imports code alone gets no console', async ({ place }) => {
  await writeFile(join(place, 'code.js'), "import { createSandbox } from 'qod-sandbox';\nconsole.log(createSandbox);\n");
  await vite({ root: place, logLevel: 'error', configFile: false, build: { rollupOptions: { input: join(place, 'code.js') } } });
  const wasm = (await readdir(join(place, 'dist/assets'))).filter((name) => name.endsWith('.wasm'));
  expect(wasm).toEqual([expect.stringMatching(/^headless_bg/)]);
  // What is imported and not used leaves nothing behind.
  await writeFile(join(place, 'code.js'), "import { createSandbox } from 'qod-sandbox';\nconsole.log('nothing');\n");
  const { outputFiles: [{ text }] } = await bundle(place, { entryPoints: ['code.js'], splitting: false, write: false });
  expect(text).toBe('console.log("nothing");\n');
});
