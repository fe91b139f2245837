// Documents of another origin than the sandbox's files: a server of their own, and what was asked for all the while.

import { createServer } from 'node:http';
import { test as base, expect } from '@playwright/test';

export { expect };

/** Where the sandbox's files are. */
export const FILES = new URL(process.env.QOD_BASE_URL ?? 'http://127.0.0.1:8080/').origin;

/** A document may do nothing but run the sandbox. */
export const STRICT = `default-src 'none'; script-src ${FILES} 'wasm-unsafe-eval'; connect-src ${FILES}; frame-src ${FILES}`;

export const SCRIPT = `<script type="module" src="${FILES}/element.js"></script>`;

export const test = base.extend({
  /** `elsewhere(body, { policy, head, path })` opens such a document. */
  elsewhere: async ({ page, context }, use) => {
    const documents = new Map();
    const server = createServer(async (request, response) => {
      const own = documents.get(request.url);
      // Below /files the sandbox's files are of the document's own origin.
      const copied = !own && request.url.startsWith('/files/') && (await fetch(FILES + request.url.slice('/files'.length)));
      if (copied) response.writeHead(copied.status, { 'content-type': copied.headers.get('content-type'), 'access-control-allow-origin': '*' });
      else response.writeHead(own ? 200 : 404, own?.headers);
      response.end(copied ? Buffer.from(await copied.arrayBuffer()) : own?.body);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    // Another host name is another origin.
    const origin = `http://localhost:${server.address().port}`;
    const asked = [];
    context.on('request', (request) => asked.push(request.url()));
    const put = (path, body, { policy = STRICT, type = 'text/html; charset=utf-8' } = {}) =>
      documents.set(path, { body, headers: { 'content-type': type, ...(policy && { 'content-security-policy': policy }) } });
    const open = async (body, { policy = STRICT, head = SCRIPT, path = '/' } = {}) => {
      put(path, `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Docs</title>${head}<body>${body}`, { policy });
      await page.goto(origin + path);
    };
    await use(Object.assign(open, { origin, put, asked }));
    server.close();
    server.closeAllConnections();
    const foreign = asked.filter((url) => !/^(?:data|blob|about):/.test(url) && ![FILES, origin].includes(new URL(url).origin));
    expect(foreign, 'nobody else is asked for anything').toEqual([]);
  },
});

/** The sandbox of the first element, when it is shown. */
export const ready = (page, selector = 'qod-sandbox') => page.evaluate((selector) => document.querySelector(selector).ready.then(() => {}), selector);

/** A session, asked for by the page. */
export const CREATE = {
  method: 'POST',
  url: 'https://sandbox.example/qod/v0/sessions',
  headers: { authorization: 'Bearer mock_sandbox_access_token', 'content-type': 'application/json' },
  body: JSON.stringify({
    device: { phoneNumber: '+12025550117' },
    applicationServer: { ipv4Address: '198.51.100.10' },
    qosProfile: 'QOS_E',
    duration: 3600,
    webhook: { notificationUrl: 'https://application-server.com/notifications' },
  }),
};
