// Storage that is full, denied, cleared, damaged, or another version's; and two pages that want the same of it.

import { expect, test } from '@playwright/test';
import { begin, create, errors, keeps, open, ports, sessions, stored, uncaught } from './headless.mjs';

const origin = (page) => new URL(page.url()).origin;
const toast = (page) => page.getByRole('alert').filter({ hasText: /kept/ });
const region = (page, name) => page.getByRole('region', { name });

/** The browser gives the site so many bytes, or what it would without this. */
async function quota(page, context, quotaSize) {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: origin(page), quotaSize });
}

/** Requests that are recorded with a megabyte of what they carry. */
const FILL = "(sandbox) => { for (let part = 0; part < 2; part++) sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify({ note: 'x'.repeat(600_000) }) }); }";

test('where storage is full that is told, what was kept stays, and what changes next is kept when there is room', async ({ page, context }) => {
  const uncaughtOnes = uncaught(page);
  await page.goto('/icon.svg');
  await quota(page, context, 1_000_000);
  await begin(page, { persist: 'mine', clock: 'manual' });
  await keeps(page, 'mine', () => create(page, 1));
  const before = await stored(page, 'mine');
  await page.evaluate(`(${FILL})(sandbox)`);
  await create(page, 2);
  await expect.poll(() => errors(page)).toEqual([expect.stringMatching(/^persist: this sandbox cannot be kept as 'mine', and goes on without: .*\w/)]);
  expect(await ports(page)).toEqual([1, 2]);
  expect(await stored(page, 'mine')).toBe(before);
  await quota(page, context);
  await keeps(page, 'mine', () => create(page, 3));
  expect((await errors(page)).length).toBe(1);
  await open(page, { persist: 'mine', clock: 'manual' });
  expect(await ports(page)).toEqual([1, 2, 3]);
  expect(uncaughtOnes).toEqual([]);
});

test('the console says that storage is full, and goes on', async ({ page, context }) => {
  await page.goto('/icon.svg');
  await quota(page, context, 1_000_000);
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  await page.evaluate(`(${FILL})(document.querySelector('qod-sandbox').sandbox)`);
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(toast(page)).toContainText("cannot be kept as 'qod-sandbox:page', and goes on without");
  await expect(region(page, 'Notifications').getByRole('listitem').first()).toContainText('AVAILABLE');
});

test('where the browser denies storage, code and console say so once, and go on', async ({ page }) => {
  // A document without an origin may keep nothing.
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const isPage = route.request().resourceType() === 'document';
    await route.fulfill({ response, headers: { ...response.headers(), 'access-control-allow-origin': '*', ...(isPage && { 'content-security-policy': 'sandbox allow-scripts' }) } });
  });
  await page.goto('/');
  await expect(toast(page)).toContainText('cannot be kept');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region(page, 'Notifications').getByRole('listitem').first()).toContainText('AVAILABLE');
  await expect(toast(page)).toHaveCount(1);
  await open(page, { persist: 'mine' });
  await create(page, 1);
  expect(await errors(page)).toEqual([expect.stringContaining("persist: this sandbox cannot be kept as 'mine', and goes on without: ")]);
  expect((await sessions(page)).length).toBe(1);
});

const DAMAGES = [
  ['garbage', () => 'garbage', 'this is no snapshot of a QoD Sandbox'],
  ['nothing but a mark', (text) => text.slice(0, 20), 'this is no snapshot of a QoD Sandbox'],
  ['an empty text', () => '', 'this is no snapshot of a QoD Sandbox'],
  ['no text', () => ({ state: [1, 2, 3] }), 'this is no snapshot of a QoD Sandbox'],
  ['half of it', (text) => text.slice(0, text.length / 2), 'this snapshot is damaged'],
  ['a wrong digest', (text) => text.replace(/^(\w[^:]*:\d+:)./, (_, mark) => `${mark}!`), 'this snapshot is damaged'],
  ['another byte inside', (text) => `${text.slice(0, -9)}${text.at(-9) === 'A' ? 'B' : 'A'}${text.slice(-8)}`, 'this snapshot is damaged'],
  ['a newer version’s', (text) => text.replace(/^([^:]*):\d+:/, '$1:99:'), 'this snapshot is of version 99; this sandbox reads version 1'],
];

for (const [what, damage, reason] of DAMAGES) {
  test(`what is kept, but is ${what}, is set aside as it is, and told; what comes then is kept`, async ({ page }) => {
    await open(page, { persist: 'mine', clock: 'manual' });
    await keeps(page, 'mine', () => create(page, 1));
    const damaged = damage(await stored(page, 'mine'));
    await page.goto('/icon.svg');
    await stored(page, 'mine', damaged);
    await begin(page, { persist: 'mine', clock: 'manual' });
    await expect.poll(() => errors(page)).toEqual([`persist: what was kept as 'mine' cannot be restored (${reason}); it is kept as 'mine:unreadable', and this sandbox begins anew`]);
    expect(await stored(page, 'mine:unreadable')).toEqual(damaged);
    await keeps(page, 'mine', () => create(page, 2));
    await open(page, { persist: 'mine', clock: 'manual' });
    expect(await ports(page)).toEqual([2]);
    expect(await errors(page)).toEqual([]);
  });
}

test('the console says that what was kept cannot be read, and begins anew', async ({ page }) => {
  await page.goto('/icon.svg');
  await stored(page, 'qod-sandbox:page', 'qod-sandbox-snapshot:99:x:y');
  await page.goto('/');
  await expect(toast(page)).toContainText("(this snapshot is of version 99; this sandbox reads version 1); it is kept as 'qod-sandbox:page:unreadable', and this sandbox begins anew");
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region(page, 'Response')).toContainText('201');
});

/** A newer version changes the database, as soon as nobody uses the old one. */
const upgrade = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('qod-sandbox', 2);
        opening.onerror = () => reject(opening.error);
        opening.onblocked = () => reject(new Error('an older version is in the way'));
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
      }),
  );

test('a database of a newer version is not waited for, nor kept from it, and that is told', async ({ page, context }) => {
  const uncaughtOnes = uncaught(page);
  await open(page, { persist: 'mine', clock: 'manual' });
  await keeps(page, 'mine', () => create(page, 1));
  const newer = await context.newPage();
  await newer.goto('/icon.svg');
  await upgrade(newer);
  await create(page, 2);
  const told = "persist: this sandbox cannot be kept as 'mine', and goes on without: a newer version of the sandbox keeps its own here: use that one, or clear what this site keeps";
  await expect.poll(() => errors(page)).toEqual([told]);
  expect(await ports(page)).toEqual([1, 2]);
  await page.goto('/icon.svg');
  await begin(page, { persist: 'mine' });
  await expect.poll(() => errors(page)).toEqual([told]);
  expect(uncaughtOnes).toEqual([]);
});

test('a site whose storage is cleared while it is open keeps what changes then, and all before', async ({ page, context }) => {
  await open(page, { persist: 'mine', clock: 'manual' });
  await keeps(page, 'mine', () => create(page, 1));
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: origin(page), storageTypes: 'indexeddb' });
  expect(await stored(page, 'mine')).toBe(null);
  await keeps(page, 'mine', () => create(page, 2));
  await open(page, { persist: 'mine', clock: 'manual' });
  expect(await ports(page)).toEqual([1, 2]);
});

test('the second console of a browser says who keeps, and takes over from a tab that crashed', async ({ page, context }) => {
  await page.goto('/');
  await keeps(page, 'qod-sandbox:page', () => page.getByRole('button', { name: 'Try it' }).click());
  const other = await context.newPage();
  await other.goto('/');
  await expect(toast(other)).toContainText('Another page has the sandbox');
  await expect(toast(other)).toContainText('what is done here is not kept until that page is closed');
  await expect(region(other, 'Sessions')).toContainText('1 open');
  await keeps(page, 'qod-sandbox:page', () => page.getByRole('textbox', { name: 'Server ports' }).fill('8443').then(() => page.getByRole('button', { name: 'Try it' }).click()));
  await expect(region(page, 'Sessions')).toContainText('2 open');
  await page.goto('chrome://crash').catch(() => {});
  await expect(region(other, 'Sessions')).toContainText('2 open');
  await keeps(other, 'qod-sandbox:page', () => other.getByRole('button', { name: 'Reset' }).click());
});

test('a sandbox that follows another of the same page under its key has what that kept last, and keeps', async ({ page }) => {
  await open(page, { persist: 'mine', clock: 'manual' });
  await create(page, 1);
  await page.evaluate('sandbox.dispose()');
  await begin(page, { persist: 'mine', clock: 'manual' });
  expect(await ports(page)).toEqual([1]);
  await keeps(page, 'mine', () => create(page, 2));
  expect(await errors(page)).toEqual([]);
});
