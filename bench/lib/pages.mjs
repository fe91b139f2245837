// Pages that answer a first request, or let a person make one: ours, and what else there is for that.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { npm, serve, site } from './chromium.mjs';
import { asked } from './sessions.mjs';

const root = new URL('../../', import.meta.url);
const file = (path) => readFile(new URL(path, root), 'utf8');

/** The specification that all pages are about: as it is published where it is at hand, else ours. */
const published = new URL('../shared/spec/camara-qod-v0.10.1.yaml', root);
export const specification = existsSync(published)
  ? { path: '/openapi.yaml', text: await readFile(published, 'utf8'), name: 'the specification as CAMARA publishes it' }
  : { path: '/openapi.json', text: await file('www/openapi.json'), name: 'www/openapi.json' };

/** Under which createSession stands in it, the first operation. */
const tag = /"?tags"?:\s*(?:- |\["?)([^"\n\]]+)"?\]?\s*,?\s*"?(?:summary|operationId)/.exec(specification.text)[1];

const html = (head, body = '') => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">${head}<body>${body}</body></html>`;

const script = async (contents) => {
  const nodePaths = ['node_modules', 'bench/node_modules'].map((path) => fileURLToPath(new URL(path, root)));
  const stdin = { contents, resolveDir: fileURLToPath(root) };
  const { outputFiles } = await build({ stdin, nodePaths, bundle: true, minify: true, format: 'esm', platform: 'browser', conditions: ['browser'], define: { 'process.env.NODE_ENV': '"production"' }, write: false, logLevel: 'error' });
  return outputFiles[0].text;
};

/** Asks for a session, reads the answer, and notes when that was. */
const FIRST_CALL = `
  const response = await fetch('https://api.example.com/qod/v0/sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer mock_sandbox_access_token' },
    body: '${JSON.stringify(asked(1, { duration: 3_600 }))}',
  });
  const session = await response.json();
  if (response.status !== 201 || !session.sessionId) throw new Error('no session');
  globalThis.answeredAt = performance.now();`;

/** What a mock by hand does at the least: it checks that the members are there, and keeps the session. */
const HANDLER = `
  const sessions = new Map();
  function create(asked) {
    if (!asked.device || !asked.applicationServer || !asked.qosProfile) return [400, { status: 400, code: 'INVALID_ARGUMENT', message: 'Schema validation failed' }];
    const startedAt = Math.floor(Date.now() / 1000);
    const session = { ...asked, sessionId: crypto.randomUUID(), qosStatus: 'REQUESTED', startedAt, expiresAt: startedAt + asked.duration, messages: [] };
    sessions.set(session.sessionId, session);
    return [201, session];
  }`;

const msw = `
  import { http, HttpResponse } from 'msw';
  import { setupWorker } from 'msw/browser';
  ${HANDLER}
  const find = ({ params }, act) => (sessions.has(params.id) ? act(params.id) : HttpResponse.json({ status: 404, code: 'NOT_FOUND', message: 'Session not found' }, { status: 404 }));
  const worker = setupWorker(
    http.post('*/qod/v0/sessions', async ({ request }) => {
      const [status, body] = create(await request.json());
      return HttpResponse.json(body, { status });
    }),
    http.get('*/qod/v0/sessions/:id', (call) => find(call, (id) => HttpResponse.json(sessions.get(id)))),
    http.delete('*/qod/v0/sessions/:id', (call) => find(call, (id) => (sessions.delete(id), new HttpResponse(null, { status: 204 })))),
  );
  await worker.start({ quiet: true });
  ${FIRST_CALL}`;

const mirage = `
  import { createServer, Response } from 'miragejs';
  ${HANDLER}
  const find = ({ params }, act) => (sessions.has(params.id) ? act(params.id) : new Response(404, {}, { status: 404, code: 'NOT_FOUND', message: 'Session not found' }));
  createServer({
    routes() {
      this.logging = false;
      this.timing = 0;
      this.urlPrefix = 'https://api.example.com';
      this.post('/qod/v0/sessions', (schema, request) => {
        const [status, body] = create(JSON.parse(request.requestBody));
        return new Response(status, {}, body);
      });
      this.get('/qod/v0/sessions/:id', (schema, call) => find(call, (id) => sessions.get(id)));
      this.delete('/qod/v0/sessions/:id', (schema, call) => find(call, (id) => (sessions.delete(id), new Response(204))));
    },
  });
  ${FIRST_CALL}`;

const headless = `
  import { createSandbox } from './qod-sandbox.js';
  const sandbox = await createSandbox();
  const { fetch } = sandbox;
  ${FIRST_CALL}`;

const rapidoc = html(
  '<script type="module" src="rapidoc-min.js"></script>',
  `<rapi-doc spec-url="${specification.path.slice(1)}" render-style="read" theme="light" load-fonts="false"></rapi-doc>`,
);

/** One operation is open, as ours shows one. */
const swagger = html(
  '<link rel="stylesheet" href="swagger-ui.css"><script src="swagger-ui-bundle.js" defer></script><script type="module" src="begin.js"></script>',
  '<div id="ui"></div>',
);
const beginSwagger = `SwaggerUIBundle({ url: '${specification.path.slice(1)}', dom_id: '#ui', deepLinking: true, tryItOutEnabled: true, validatorUrl: null });`;

const nowhere = fileURLToPath(new URL('nowhere', root));
const about = (texts) => ({ [specification.path]: specification.text, ...texts });
const page = (code) => html(`<script type="module" src="first.js"></script>`, code);

/** How each page is served, its address, and what says in it that it is ready: \`answeredAt\`, or what a person can press. */
export const PAGES = {
  sandbox: { folder: npm, texts: async () => ({ '/first.html': page(''), '/first.js': headless }), path: 'first.html' },
  msw: { folder: nowhere, texts: async () => ({ '/first.html': page(''), '/first.js': await script(msw), '/mockServiceWorker.js': await file('node_modules/msw/lib/mockServiceWorker.js') }), path: 'first.html' },
  mirage: { folder: nowhere, texts: async () => ({ '/first.html': page(''), '/first.js': await script(mirage) }), path: 'first.html' },
  console: { folder: site, texts: async () => ({}), path: '', button: () => [...(document.querySelector('qod-sandbox')?.shadowRoot?.querySelectorAll('button') ?? [])].find((button) => button.textContent.trim() === 'Try it') },
  rapidoc: {
    folder: nowhere,
    texts: async () => about({ '/page.html': rapidoc, '/rapidoc-min.js': await file('bench/node_modules/rapidoc/dist/rapidoc-min.js') }),
    path: 'page.html',
    button: () => [...(document.querySelector('rapi-doc')?.shadowRoot?.querySelectorAll('api-request') ?? [])].map((request) => request.shadowRoot?.querySelector('[part~="btn-try"]')).find(Boolean),
  },
  swagger: {
    folder: nowhere,
    texts: async () => about({ '/page.html': swagger, '/begin.js': beginSwagger, '/swagger-ui-bundle.js': await file('node_modules/swagger-ui-dist/swagger-ui-bundle.js'), '/swagger-ui.css': await file('node_modules/swagger-ui-dist/swagger-ui.css') }),
    path: `page.html#/${encodeURIComponent(tag)}/createSession`,
    button: () => document.querySelector('button.execute'),
  },
};

/** Serves a page as a host of static files does. */
export async function served({ folder, texts, path }) {
  const server = await serve(folder, await texts(), { published: true });
  return { ...server, url: server.url + path };
}
