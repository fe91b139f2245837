// npm install --save-dev qod-sandbox vitest && npx vitest run

import { createSandbox } from 'qod-sandbox';
import 'qod-sandbox/intercept';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boost, onNotification } from './boost.js';

let sandbox;
let known;

beforeEach(async () => {
  sandbox = await createSandbox({ clock: 'manual' }); // time stands still until advance()
  sandbox.intercept(); // answers the global fetch
  known = new Map();
  sandbox.receive('https://app.example.com/notifications', (request) => onNotification(request, known));
});

afterEach(() => sandbox.dispose());

test('a boost is granted, and ends after its hour', async () => {
  const id = await boost('203.0.113.25');
  await sandbox.clock.advanceAsync('2s');
  expect(known.get(id)).toBe('AVAILABLE');
  await sandbox.clock.advanceAsync('1h');
  expect(known.get(id)).toBe('DURATION_EXPIRED');
});

test('the network takes it back', async () => {
  const id = await boost('203.0.113.25');
  sandbox.network.grant(id);
  sandbox.network.terminate(id);
  await sandbox.clock.advanceAsync('1s');
  expect(known.get(id)).toBe('NETWORK_TERMINATED');
});

test('a second boost of the same device is a conflict', async () => {
  await boost('203.0.113.25');
  await expect(boost('203.0.113.25')).rejects.toThrow('already');
});

test('the operator is down once', async () => {
  sandbox.faults.add({ operation: 'createSession', status: 503, times: 1 });
  await expect(boost('203.0.113.25')).rejects.toThrow('try again later (503)');
  await boost('203.0.113.25');
});
