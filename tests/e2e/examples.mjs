// The examples, opened as their readers open them: what they complain of, and whom they ask, is written down.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test as base } from '@playwright/test';
import { build } from 'esbuild';

const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Libraries that pages take from `vendor/` beside them: their folders in `node_modules`. */
const VENDORS = {
  'swagger-ui': root('node_modules/swagger-ui-dist'),
  // The same build as that of @scalar/api-reference, in a package with a tenth of its dependencies.
  scalar: root('node_modules/@scalar/fastify-api-reference/dist/js'),
};

/** What Scalar needs beyond the server's policy; nothing else is let in or out. */
const SCALAR_POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

/** A page that asks no other host than the server, and has nothing to complain of. */
export const test = base.extend({
  page: async ({ page, baseURL }, use) => {
    const complaints = [];
    const strangers = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.context().on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      // blob: is a sample at work in its frame, data: what a style sheet brings along.
      if (origin !== new URL(baseURL).origin && !['blob:', 'data:'].includes(protocol)) strangers.push(request.url());
    });
    await page.route('**/examples/*/vendor/**', (route) => {
      const [, vendor, file] = /\/vendor\/([^/]+)\/(.+)$/.exec(new URL(route.request().url()).pathname);
      return route.fulfill({ path: `${VENDORS[vendor]}/${file}` });
    });
    await page.route('**/examples/scalar/index.html', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': SCALAR_POLICY } });
    });
    await use(page);
    expect(complaints).toEqual([]);
    expect(strangers).toEqual([]);
  },
});

/** Makes `main.js` of the example with React, by the command that its page tells, and serves it. */
export async function bundle(page) {
  const source = await readFile(root('www/examples/react/index.html'), 'utf8');
  const [, command] = /^ *npx esbuild (.*?) -->$/m.exec(source);
  expect(command).toBe('main.jsx --bundle --format=esm --jsx=automatic --outfile=main.js --external:../../element.js --alias:qod-sandbox/element=../../element.js');
  const { outputFiles } = await build({
    absWorkingDir: root('www/examples/react'),
    entryPoints: ['main.jsx'],
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    external: ['../../element.js'],
    alias: { 'qod-sandbox/element': '../../element.js' },
    write: false,
  });
  await page.route('**/examples/react/main.js', (route) => route.fulfill({ contentType: 'text/javascript', body: outputFiles[0].text }));
}

/** How far the page is wider than its window. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
