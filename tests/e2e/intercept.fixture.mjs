// What the tests of interception stand on: the site at an origin of its own, clients as their users bundle them, and a real
// server beside it that records what it gets.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SITE = join(root, 'dist/site');
const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.html': 'text/html', '.wasm': 'application/wasm', '.json': 'application/json' };

/** The strictest policy that the sandbox runs under. */
export const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Code as users bundle it for a page. */
async function bundled(contents, resolveDir = root) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0].contents;
}

const CLIENTS = `
  export { default as axios } from 'axios';
  export { default as ky } from 'ky';
  export { default as createClient } from 'openapi-fetch';`;

const MSW = `
  export { http, HttpResponse } from 'msw';
  export { setupWorker } from 'msw/browser';`;

const OWN = `
  import 'qod-sandbox/intercept';
  export { createSandbox } from 'qod-sandbox';`;

/** Starts it; `got` is what came to `/real/…`. */
export async function serve() {
  const npm = join(root, 'dist/npm');
  const made = {
    '/clients.js': () => bundled(CLIENTS),
    '/msw.js': () => bundled(MSW),
    // A package finds itself by its name.
    '/bundled/own.js': () => bundled(OWN, npm),
  };
  const files = {
    '/mockServiceWorker.js': join(root, 'node_modules/msw/lib/mockServiceWorker.js'),
    '/bundled/glue/headless_bg.wasm': join(npm, 'glue/headless_bg.wasm'),
  };
  const got = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    try {
      if (pathname.startsWith('/real/')) return await real(got, request, response, searchParams);
      if (pathname === '/strict.html' || pathname === '/plain.html') {
        response.setHeader('content-type', 'text/html');
        if (pathname === '/strict.html') response.setHeader('content-security-policy', STRICT);
        return response.end('<!doctype html><title>A page</title>');
      }
      const content = made[pathname] ? await made[pathname]() : await readFile(files[pathname] ?? join(SITE, pathname));
      response.setHeader('content-type', TYPES[extname(pathname)] ?? 'application/octet-stream');
      response.end(content);
    } catch {
      response.writeHead(404).end('none');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    got,
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers as the query says, after having recorded the request. */
async function real(got, request, response, query) {
  const record = { method: request.method, url: request.url, headers: request.headers, body: '' };
  got.push(record);
  request.on('aborted', () => (record.aborted = true));
  response.on('close', () => (record.aborted ||= !response.writableFinished));
  for await (const chunk of request) record.body += chunk;
  if (query.has('cut')) return request.socket.destroy();
  // Until the client gives up.
  if (query.has('never')) return undefined;
  const status = Number(query.get('status') ?? 200);
  response.writeHead(status, status === 204 ? {} : { 'content-type': 'application/json' });
  if (query.has('body')) response.write(query.get('body'));
  return response.end();
}
