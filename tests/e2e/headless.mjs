// A page without a console and a sandbox on it, which may be kept; and what lies in the page's storage.

import { expect } from '@playwright/test';

/** Has `sandbox` there, with what it tells as `errors` and `clocks`. */
const START = `async (options) => {
  const { createSandbox } = await import('/qod-sandbox.js');
  globalThis.createSandbox = createSandbox;
  globalThis.errors = [];
  globalThis.clocks = [];
  globalThis.sandbox = await createSandbox({ auth: 'off', ...options });
  sandbox.on('error', ({ topic, error }) => errors.push(topic + ': ' + error.message));
  sandbox.on('clock', (state) => clocks.push(state));
}`;

/** Makes a session of that device's port on the page's `sandbox`. */
export const CREATE = `(port) => JSON.parse(sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify({
  device: { phoneNumber: '+34600000001' }, devicePorts: { ports: [port] }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E',
  webhook: { notificationUrl: 'https://app.example/hook', notificationAuthToken: 'c8974e592c2fa383d4a3960714' },
}) }).body).sessionId`;

/** Opens the page anew, with a sandbox of these options. */
export async function open(page, options) {
  await page.goto('/icon.svg');
  await begin(page, options);
}

/** Starts a sandbox on the page that is open. */
export const begin = (page, options) => page.evaluate(`(${START})(${JSON.stringify(options)})`);

/** The id of a session, whose 201 has come. */
export const create = (page, port) => page.evaluate(`(${CREATE})(${port})`);

export const sessions = (page) => page.evaluate('sandbox.sessions().map(({ sessionId }) => sessionId)');
export const ports = (page) => page.evaluate('sandbox.sessions().map(({ devicePorts }) => devicePorts.ports[0])');
export const errors = (page) => page.evaluate('errors');

/** The status of each notification, and how many milliseconds after the creation of its session it happened. */
export const told = (page) =>
  page.evaluate(`sandbox.notifications().map(({ at, sessionId, event }) => {
    const { history } = sandbox.sessions().find((session) => session.sessionId === sessionId);
    return [event.data.statusInfo ?? event.data.qosStatus, Date.parse(at) - Date.parse(history[0].at)];
  })`);

/** What lies under a key in IndexedDB: read, or put there instead of all that is kept, without the sandbox. */
export const stored = (page, key, ...put) =>
  page.evaluate(
    ([key, put]) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('qod-sandbox', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const store = opening.result.transaction('kept', put.length > 0 ? 'readwrite' : 'readonly').objectStore('kept');
          if (put.length > 0) {
            store.put(put[0], key);
            localStorage.removeItem(`qod-sandbox:last:${key}`);
          }
          const got = store.get(key);
          store.transaction.oncomplete = () => {
            opening.result.close();
            resolve(got.result ?? null);
          };
          store.transaction.onabort = () => reject(store.transaction.error);
        };
      }),
    [key, put],
  );

/** Does something, and waits until something else lies under a key than before. */
export async function changes(page, key, act, at = page) {
  const before = await stored(at, key);
  const done = await act();
  await expect.poll(async () => (await stored(at, key)) !== before).toBe(true);
  return done;
}

/** Does something to the sandbox that is kept under a key, and waits until that is kept. */
export async function keeps(page, key, act) {
  // What was under way before may come first: then what comes with this event is after it.
  const done = await changes(page, key, act);
  await changes(page, key, () => page.evaluate("document.dispatchEvent(new Event('freeze'))"));
  return done;
}

/** What goes wrong on a page and is caught by nobody. */
export function uncaught(page) {
  const seen = [];
  page.on('pageerror', (error) => seen.push(error.message));
  return seen;
}
