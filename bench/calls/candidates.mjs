// What answers, in Node as in a page: the sandbox, MSW, a server over loopback, and the floors beside them.

import { http, HttpResponse, getResponse } from 'msw';
import { BASE, HEADERS, REQUEST, round } from './bodies.mjs';

const json = (response) => (response.status === 204 ? undefined : response.json());

const init = (method, body) => (body === undefined ? { method, headers: HEADERS } : { method, headers: HEADERS, body });

/** Rounds of three calls through something. */
const rounds = (send) => async (calls) => {
  for (let n = 0; n < calls / 3; n++) await round(send);
};

/** By name, what makes so many calls one after the other. */
export function candidates(sandbox, server) {
  const mock = handlers();
  const answers = recorded(sandbox);
  const made = (method) => {
    const { status, headers, body } = answers[method];
    return json(new Response(body ?? null, { status, headers }));
  };
  return {
    fetch: rounds(async (method, url, body) => json(await sandbox.fetch(url, init(method, body)))),
    'fetch, floor': async (calls) => {
      for (let n = 0; n < calls / 3; n++) for (const method in answers) await made(method);
    },
    request: rounds(async (method, url, body) => json(await sandbox.fetch(new Request(url, init(method, body))))),
    'request, floor': async (calls) => {
      for (let n = 0; n < calls / 3; n++) {
        for (const method in answers) {
          const request = new Request(`${BASE}/sessions`, init(method, method === 'POST' ? REQUEST : undefined));
          if (method === 'POST') await request.text();
          await made(method);
        }
      }
    },
    msw: rounds(async (method, url, body) => json(await getResponse(mock, new Request(url, init(method, body))))),
    ...(server && { server: (calls) => overLoopback(server, calls) }),
    handle: (calls) => handleAll(sandbox, calls),
    'handle, floor': (calls) => parseAll(answers, calls),
  };
}

/** The least that a mock of three operations has to do with MSW. */
function handlers() {
  const sessions = new Map();
  return [
    http.post(`${BASE}/sessions`, async ({ request }) => {
      const session = { ...(await request.json()), sessionId: crypto.randomUUID(), qosStatus: 'REQUESTED', startedAt: 0, expiresAt: 3600 };
      sessions.set(session.sessionId, session);
      return HttpResponse.json(session, { status: 201 });
    }),
    http.get(`${BASE}/sessions/:id`, ({ params }) => {
      const session = sessions.get(params.id);
      return session ? HttpResponse.json(session) : HttpResponse.json({ status: 404 }, { status: 404 });
    }),
    http.delete(`${BASE}/sessions/:id`, ({ params }) => new HttpResponse(null, { status: sessions.delete(params.id) ? 204 : 404 })),
  ];
}

/** A server that answers by the specification alone: it knows no sessions, so the id is any. */
async function overLoopback(server, calls) {
  for (let n = 0; n < calls / 3; n++) {
    const send = async (method, path, body) => {
      const response = await fetch(server + path, init(method, body));
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return json(response);
    };
    await send('POST', '/sessions', REQUEST);
    await send('GET', '/sessions/3fa85f64-5717-4562-b3fc-2c963f66afa6');
    await send('DELETE', '/sessions/3fa85f64-5717-4562-b3fc-2c963f66afa6');
  }
}

function handleAll(sandbox, calls) {
  for (let n = 0; n < calls / 3; n++) {
    const { headers } = sandbox.handle({ method: 'POST', url: `${BASE}/sessions`, headers: HEADERS, body: REQUEST });
    sandbox.handle({ method: 'GET', url: headers.location, headers: HEADERS });
    const { status } = sandbox.handle({ method: 'DELETE', url: headers.location, headers: HEADERS });
    if (status !== 204) throw new Error(`delete: ${status}`);
  }
}

/** JSON alone: the bodies that go in and out, read and written once each. */
function parseAll(answers, calls) {
  const bodies = [REQUEST, answers.POST.body, answers.GET.body];
  let length = 0;
  for (let n = 0; n < calls / 3; n++) for (const body of bodies) length += JSON.stringify(JSON.parse(body)).length;
  if (length === 0) throw new Error('nothing was written');
}

/** The answers of one round, by the method. */
function recorded(sandbox) {
  const POST = sandbox.handle({ method: 'POST', url: `${BASE}/sessions`, headers: HEADERS, body: REQUEST });
  const url = POST.headers.location;
  const GET = sandbox.handle({ method: 'GET', url, headers: HEADERS });
  return { POST, GET, DELETE: sandbox.handle({ method: 'DELETE', url, headers: HEADERS }) };
}
