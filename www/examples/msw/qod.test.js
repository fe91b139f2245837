// npm install --save-dev qod-sandbox msw vitest && npx vitest run

import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { createSandbox } from 'qod-sandbox';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

const sandbox = await createSandbox({ clock: 'manual', auth: 'off' });

// Connections that are to fail do.
const answer = ({ request }) => sandbox.fetch(request).catch(() => HttpResponse.error());

const server = setupServer(
  http.all('*/qod/v0/*', answer),
  http.post('*/token', answer), // for applications that fetch their tokens
  http.get('https://app.example.com/me', () => HttpResponse.json({ name: 'Ada' })),
);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => sandbox.reset());
afterAll(() => {
  server.close();
  sandbox.dispose();
});

const api = 'https://api.example.com/qod/v0';

const create = () =>
  fetch(`${api}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      device: { phoneNumber: '+34600000001' },
      applicationServer: { ipv4Address: '198.51.100.10' },
      qosProfile: 'QOS_E',
      duration: 60,
    }),
  });

test('a session lives a minute', async () => {
  const { sessionId } = await (await create()).json();
  const status = async () => {
    const response = await fetch(`${api}/sessions/${sessionId}`);
    return response.ok ? (await response.json()).qosStatus : response.status;
  };
  expect(await status()).toBe('REQUESTED');
  sandbox.clock.advance('2s');
  expect(await status()).toBe('AVAILABLE');
  sandbox.clock.advance('1m');
  expect(await status()).toBe(404);
});

test('a connection fails', async () => {
  sandbox.faults.add({ networkError: true, times: 1 });
  await expect(create()).rejects.toThrow(TypeError);
  expect((await create()).status).toBe(201);
});

test('other handlers are not touched', async () => {
  expect(await (await fetch('https://app.example.com/me')).json()).toEqual({ name: 'Ada' });
});
