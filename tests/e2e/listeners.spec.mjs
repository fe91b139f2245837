// Listeners of the page that throw: the others hear on, and it is reported, not swallowed.

import { expect, test } from '@playwright/test';
import { create, errors, open, uncaught } from './headless.mjs';

const THROW = "() => { throw new Error('a mistake of the page'); }";

test('where nobody listens to errors, what a listener throws is reported as the page’s own', async ({ page }) => {
  const uncaughtOnes = uncaught(page);
  await page.goto('/icon.svg');
  await page.evaluate(`import('/qod-sandbox.js').then(async ({ createSandbox }) => {
    globalThis.sandbox = await createSandbox({ auth: 'off', clock: 'manual' });
    globalThis.heard = [];
    sandbox.on('session', ${THROW});
    sandbox.on('session', ({ qosStatus }) => heard.push(qosStatus));
    sandbox.on('notification', async () => { throw new Error('a promise of the page'); });
  })`);
  await create(page, 1);
  await page.evaluate("sandbox.clock.advance('2s')");
  expect(await page.evaluate('heard')).toEqual(['REQUESTED', 'AVAILABLE']);
  await expect.poll(() => uncaughtOnes).toEqual(['a mistake of the page', 'a mistake of the page', 'a promise of the page']);
  expect(await page.evaluate('sandbox.sessions().length')).toBe(1);
});

test('where someone does, it is told there with its topic, and what that throws is reported', async ({ page }) => {
  const uncaughtOnes = uncaught(page);
  await open(page, { clock: 'manual' });
  await page.evaluate(`globalThis.heard = []; sandbox.on('notification', ${THROW}); sandbox.on('notification', ({ event }) => heard.push(event.data.qosStatus))`);
  await create(page, 1);
  await page.evaluate("sandbox.clock.advance('2s')");
  expect(await errors(page)).toEqual(['notification: a mistake of the page']);
  expect(await page.evaluate('heard')).toEqual(['AVAILABLE']);
  expect(uncaughtOnes).toEqual([]);
  await page.evaluate("sandbox.on('error', () => { throw new Error('a mistake about a mistake'); })");
  await page.evaluate("sandbox.clock.advance('25h')");
  await expect.poll(() => uncaughtOnes).toEqual(['a mistake about a mistake']);
  expect(await errors(page)).toHaveLength(2);
});

test('a listener on the console’s sandbox that throws is reported once, and the console goes on', async ({ page }) => {
  const uncaughtOnes = uncaught(page);
  await page.goto('/');
  const region = (name) => page.getByRole('region', { name });
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  await page.evaluate(`(() => {
    const element = document.querySelector('qod-sandbox');
    globalThis.heard = [];
    element.sandbox.on('notification', ${THROW});
    element.addEventListener('qod-notification', () => heard.push('qod-notification'));
    element.addEventListener('qod-error', ({ detail }) => heard.push('qod-error: ' + detail.topic));
  })()`);
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region('Notifications').getByRole('listitem').first()).toContainText('AVAILABLE');
  expect((await page.evaluate('heard')).toSorted()).toEqual(['qod-error: notification', 'qod-notification']);
  expect(uncaughtOnes).toEqual(['a mistake of the page']);
  // Who hears of errors itself is left to it.
  await page.evaluate("document.querySelector('qod-sandbox').sandbox.on('error', ({ topic }) => heard.push('on error: ' + topic))");
  await page.getByRole('button', { name: '+1 h' }).click();
  await expect.poll(() => page.evaluate('heard')).toContain('on error: notification');
  expect(uncaughtOnes).toEqual(['a mistake of the page']);
});
