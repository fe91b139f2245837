// npm install --save-dev qod-sandbox axios vitest && npx vitest run
//
// In a page, axios stays as it is: import 'qod-sandbox/intercept', and sandbox.intercept() answers its XMLHttpRequest. In Node
// it would speak by `node:http`: from axios 1.12 on, its fetch adapter takes the sandbox's fetch instead.

import axios from 'axios';
import { createSandbox } from 'qod-sandbox';
import { afterEach, beforeEach, expect, test } from 'vitest';

let sandbox;
let client;

beforeEach(async () => {
  sandbox = await createSandbox({ clock: 'manual' });
  client = axios.create({
    baseURL: 'https://api.example.com/qod/v0',
    headers: { authorization: 'Bearer mock_sandbox_access_token' },
    adapter: 'fetch',
    env: { fetch: sandbox.fetch },
  });
});

afterEach(() => sandbox.dispose());

const body = {
  device: { phoneNumber: '+34600000001' },
  applicationServer: { ipv4Address: '198.51.100.10' },
  qosProfile: 'QOS_E',
  duration: 60,
};

test('a session is created, granted and extended', async () => {
  const { data, status } = await client.post('/sessions', body);
  expect(status).toBe(201);
  sandbox.clock.advance('2s');
  expect((await client.get(`/sessions/${data.sessionId}`)).data.qosStatus).toBe('AVAILABLE');
  const extended = await client.post(`/sessions/${data.sessionId}/extend`, { requestedAdditionalDuration: 60 });
  expect(extended.data.duration).toBe(120);
});

test('refusals are errors of axios', async () => {
  const error = await client.post('/sessions', { ...body, qosProfile: 'QOS_X' }).catch((error) => error);
  expect(axios.isAxiosError(error)).toBe(true);
  expect(error.response.status).toBe(400);
  // What was wrong, as the console explains it.
  expect(sandbox.traffic()[0].explanations[0].pointer).toBe('/qosProfile');
});

test('a timeout', async () => {
  sandbox.faults.add({ latency: '1h' });
  await expect(client.get('/qos-profiles', { timeout: 10 })).rejects.toMatchObject({ code: 'ETIMEDOUT' });
});
