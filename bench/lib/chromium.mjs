// The system's Chromium, and a server for what it is to open.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { chromium } from '@playwright/test';

export const site = fileURLToPath(new URL('../../dist/site/', import.meta.url));
export const npm = fileURLToPath(new URL('../../dist/npm/', import.meta.url));

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.json': 'application/json', '.yaml': 'application/yaml' };

/** A slow line, and a processor a fourth as fast. */
export const SLOW = { bytesPerSecond: 125_000, latency: 40, processor: 4 };

/** Starts the browser that the tests use. */
export async function launch() {
  const webdriver = JSON.parse(await readFile(new URL('../../webdriver.json', import.meta.url), 'utf8'));
  const executablePath = process.env.QOD_CHROMIUM ?? '/usr/bin/chromium';
  // Nothing that a page names elsewhere is asked for.
  const local = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1';
  return chromium.launch({ executablePath, args: [...webdriver['goog:chromeOptions'].args, local] });
}

/** Makes what a page loads come slowly, and what it does take its time. */
export async function slowDown(page, { bytesPerSecond, latency, processor } = SLOW) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond });
  await session.send('Emulation.setCPUThrottlingRate', { rate: processor });
}

/**
 * Serves a folder, and texts by their path, over loopback: `{ url, sent, close }`, where `sent()` is how many requests were
 * answered, with how many bytes, since it was asked for the last time. With `published`, as a host of static files does:
 * compressed beforehand as well as Brotli can, to be kept by browsers.
 */
export async function serve(folder, texts = {}, { published = false } = {}) {
  let [requests, bytes] = [0, 0];
  const ready = new Map();
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x/').pathname);
    const type = TYPES[extname(path)] ?? 'text/html';
    const read = async () => texts[path] ?? readFile(join(folder, path.endsWith('/') ? `${path}index.html` : path));
    requests++;
    try {
      if (published && !ready.has(path)) ready.set(path, read().then(compressed));
      const body = await (ready.get(path) ?? read());
      const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body) };
      if (published) Object.assign(headers, { 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable' });
      bytes += headers['content-length'];
      response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const sent = () => {
    const told = { requests, bytes };
    [requests, bytes] = [0, 0];
    return told;
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, sent, close: () => server.close() };
}

const compressed = (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } });
