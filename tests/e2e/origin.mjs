// Origins of a test's own: what a server says in its headers cannot be told from a route of the browser's.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PACKAGE = fileURLToPath(new URL('../../dist/npm/', import.meta.url));

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm' };

/** Any origin may read it. */
export const OPEN = { 'access-control-allow-origin': '*' };

/** Answers with a folder's files, with these headers. */
export const folder = (root, headers = {}) => async (asked) => {
  const path = asked.endsWith('/') ? `${asked}index.html` : asked;
  return { headers: { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', ...headers }, body: await readFile(join(root, path)) };
};

/** Answers with a page. */
export const page = (body, headers = {}) => ({ headers: { 'content-type': 'text/html', ...headers }, body: `<!doctype html><title>Test</title><link rel="icon" href="data:,">${body}` });

/** Answers with a module. */
export const script = (body) => ({ headers: { 'content-type': 'text/javascript', ...OPEN }, body });

/** Starts an origin: `answer(path)` gives `{ status, headers, body }`, or nothing for 404. */
export async function start(answer) {
  const server = createServer(async (request, response) => {
    const found = await Promise.resolve(new URL(request.url, 'http://host').pathname).then(answer).catch(() => undefined);
    const { status = 200, headers = {}, body } = found || { status: 404, headers: OPEN, body: 'Not found' };
    response.writeHead(status, { 'cache-control': 'no-store', ...headers });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, stop };
}

/** Creates a session, lets two seconds pass, and says what became of it. For pages and workers alike. */
export const USE = `async (createSandbox, options) => {
  const sandbox = await createSandbox({ clock: 'manual', seed: 1, auth: 'off', ...options });
  const heard = [];
  sandbox.on('notification', ({ event }) => heard.push(event.data.qosStatus));
  const response = await sandbox.fetch('https://api.example/qod/v0/sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      device: { phoneNumber: '+12025550117' },
      applicationServer: { ipv4Address: '198.51.100.10' },
      qosProfile: 'QOS_E',
      webhook: { notificationUrl: 'https://application-server.com/notifications' },
    }),
  });
  const { sessionId, qosStatus } = await response.json();
  sandbox.clock.advance('2s');
  const { status } = sandbox.handle({ url: '/qod/v0/sessions/' + sessionId });
  return [response.status, qosStatus, status, ...heard];
}`;

export const OUTCOME = [201, 'REQUESTED', 200, 'AVAILABLE'];
