// The system's Chromium, and a server for what it is to open.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

export const site = fileURLToPath(new URL('../../dist/site/', import.meta.url));
export const npm = fileURLToPath(new URL('../../dist/npm/', import.meta.url));

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.json': 'application/json' };

/** Starts the browser that the tests use. */
export async function launch() {
  const webdriver = JSON.parse(await readFile(new URL('../../webdriver.json', import.meta.url), 'utf8'));
  const executablePath = process.env.QOD_CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: webdriver['goog:chromeOptions'].args });
}

/** Serves a folder, and texts by their path, over loopback: `{ url, close }`. */
export async function serve(folder, texts = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x/').pathname);
    const type = TYPES[extname(path)] ?? 'text/html';
    try {
      const body = texts[path] ?? (await readFile(join(folder, path.endsWith('/') ? `${path}index.html` : path)));
      response.writeHead(200, { 'content-type': type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
