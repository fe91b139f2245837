// What breaks off in the middle: a page that is closed while a webhook is under way, and a network that goes.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from '@playwright/test';
import { create, errors, keeps, open, uncaught } from './headless.mjs';

const START = Date.parse('2026-01-01T12:00:00Z');

const region = (page, name) => page.getByRole('region', { name });
const deliveries = (page) => page.evaluate('sandbox.notifications().flatMap(({ deliveries }) => deliveries.map(({ cause, outcome, status, reason }) => [cause, outcome, status ?? reason]))');
const outcomes = async (page) => (await deliveries(page)).map(([cause, outcome]) => `${cause} ${outcome}`);

const HANG = "globalThis.got = 0; sandbox.receive('https://app.example/hook', () => { got++; return new Promise(() => {}); })";
const ANSWER = "globalThis.got = 0; sandbox.receive('https://app.example/hook', () => { got++; return new Response(null, { status: 204 }); })";

/** A page is closed while its receiver has not answered yet. */
async function closeInTheMiddle(page, options) {
  await page.clock.install({ time: START });
  await open(page, { persist: 'mine', ...options });
  await page.evaluate(HANG);
  await page.clock.pauseAt(START + 3_600_000);
  await create(page, 1);
  await keeps(page, 'mine', () => page.clock.runFor(2500));
  expect(await outcomes(page)).toEqual(['event pending']);
  expect(await page.evaluate('got')).toBe(1);
  await page.goto('about:blank');
}

test('a delivery whose page was closed times out ten seconds after it was made', async ({ page }) => {
  await closeInTheMiddle(page);
  await open(page, { persist: 'mine' });
  await page.evaluate(ANSWER);
  expect(await outcomes(page)).toEqual(['event pending']);
  const { kind, at } = await page.evaluate('sandbox.clock.state().next');
  const sent = await page.evaluate('sandbox.notifications()[0].deliveries[0].at');
  expect([kind, Date.parse(at) - Date.parse(sent)]).toEqual(['timeout', 10_000]);
  const told = page.evaluate("new Promise((resolve) => sandbox.on('delivery', ({ outcome }) => resolve(outcome)))");
  await page.clock.runFor(10_000);
  expect(await told).toBe('timeout');
  expect(await deliveries(page)).toEqual([['event', 'timeout', "no answer within 10000 ms of the sandbox's time"]]);
  expect(await errors(page)).toEqual([]);
});

test('a delivery whose page was closed is tried again in the next, where the policy says so', async ({ page }) => {
  await closeInTheMiddle(page, { delivery: { attempts: 2, backoff: '1s' } });
  // Longer than the receiver has: it is settled when the page is there again.
  await page.clock.setSystemTime(START + 3_700_000);
  await open(page, { persist: 'mine' });
  await page.evaluate(ANSWER);
  await expect.poll(() => outcomes(page)).toEqual(['event timeout', expect.stringMatching(/^retry /)]);
  await page.evaluate('sandbox.redeliver(sandbox.notifications()[0].id)');
  await expect.poll(async () => (await outcomes(page)).at(-1)).toBe('redelivery delivered');
  expect(await errors(page)).toEqual([]);
});

test('a real POST whose page was closed is told of, and made once more by the next', async ({ page }) => {
  const posts = [];
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*').setHeader('access-control-allow-headers', 'content-type, authorization');
    if (request.method === 'OPTIONS') return response.end();
    // The first is never answered.
    if (posts.push(request.url) > 1) response.writeHead(204).end();
    return undefined;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await page.clock.install({ time: START });
  const options = { persist: 'mine', delivery: { to: 'network', attempts: 2, backoff: '1s' } };
  await open(page, options);
  await page.clock.pauseAt(START + 3_600_000);
  await page.evaluate(`sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify({
    device: { phoneNumber: '+34600000001' }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E',
    webhook: { notificationUrl: 'http://127.0.0.1:${server.address().port}/hook' } }) })`);
  await keeps(page, 'mine', () => page.clock.runFor(2500));
  await expect.poll(() => posts.length).toBe(1);
  await open(page, options);
  expect(await outcomes(page)).toEqual(['event pending']);
  await page.clock.runFor(11_000);
  await expect.poll(() => outcomes(page)).toEqual(['event timeout', 'retry delivered']);
  expect(posts).toHaveLength(2);
  server.closeAllConnections();
  server.close();
});

test('the console tells what became of a delivery whose page was closed', async ({ page }) => {
  await page.clock.install({ time: START });
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  await page.evaluate("document.querySelector('qod-sandbox').sandbox.receive('https://application-server.com/notifications', () => new Promise(() => {}))");
  await page.getByRole('button', { name: 'Try it' }).click();
  const first = region(page, 'Notifications').getByRole('listitem').first();
  await keeps(page, 'qod-sandbox:page', () => page.clock.runFor(2500));
  await expect(first).toContainText('sending');
  await page.reload();
  await expect(first).toContainText('AVAILABLE');
  await page.clock.runFor(11_000);
  await expect(first).toContainText('timed out');
});

test('offline, everything goes on: sessions, webhooks in the page, time, and what is kept', async ({ page, context }) => {
  const uncaughtOnes = uncaught(page);
  await page.clock.install({ time: START });
  await open(page, { persist: 'mine' });
  await page.evaluate(ANSWER);
  await context.setOffline(true);
  await keeps(page, 'mine', () => create(page, 1));
  await page.clock.runFor(2500);
  await expect.poll(() => outcomes(page)).toEqual(['event delivered']);
  expect(await page.evaluate("sandbox.exportRun('json').then((run) => JSON.parse(run).notifications.length)")).toBe(1);
  expect(await page.evaluate("sandbox.shareUrl('https://docs.example/').then((url) => url.includes('#run='))")).toBe(true);
  expect(await errors(page)).toEqual([]);
  expect(uncaughtOnes).toEqual([]);
});

test('offline, a real POST fails and says why; online, it arrives', async ({ page, context }) => {
  await page.clock.install({ time: START });
  await open(page, { delivery: 'network' });
  await page.evaluate("globalThis.heard = []; sandbox.on('delivery', ({ outcome }) => heard.push(outcome))");
  await context.setOffline(true);
  await page.evaluate(`sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', headers: { 'x-qod-scenario': 'granted-at-once' }, body: JSON.stringify({
    device: { phoneNumber: '+34600000001' }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E', webhook: { notificationUrl: 'https://receiver.example/hook' } }) })`);
  await expect.poll(() => page.evaluate('heard')).toEqual(['pending', 'failed']);
  expect(await deliveries(page)).toEqual([['event', 'failed', expect.stringMatching(/^the receiver could not be reached: this browser is offline/)]]);
  await context.setOffline(false);
  await context.route('https://receiver.example/**', (route) => route.fulfill({ status: 204, headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type, authorization' } }));
  await page.evaluate('sandbox.redeliver(sandbox.notifications()[0].id)');
  await expect.poll(() => page.evaluate('heard')).toEqual(['pending', 'failed', 'pending', 'delivered']);
});

test('offline, what has to be loaded first says so, and comes when the browser is online again', async ({ page, context }) => {
  await open(page, { clock: 'manual' });
  await create(page, 1);
  const har = () => page.evaluate("sandbox.exportRun('har').then((text) => JSON.parse(text).log.entries.length, ({ message }) => message)");
  const document = () => page.evaluate("sandbox.fetch('/qod/v0/openapi.json').then(({ status }) => status, ({ message }) => message)");
  await context.setOffline(true);
  expect(await har()).toBe("exportRun('har'): a module of the package could not be loaded: this browser is offline");
  expect(await document()).toBe('Failed to fetch: the OpenAPI document: a module of the package could not be loaded: this browser is offline');
  await context.setOffline(false);
  expect(await har()).toBe(1);
  expect(await document()).toBe(200);
});

test('the console goes on offline, says what cannot be loaded, and loads it when it is online again', async ({ page, context }) => {
  await page.setViewportSize({ width: 1440, height: 700 });
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region(page, 'Notifications').getByRole('listitem').first()).toContainText('AVAILABLE');
  await page.getByRole('button', { name: 'Share link' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
  await expect(alert).toContainText('A module of the package could not be loaded: this browser is offline.');
  await region(page, 'Response').getByRole('tab', { name: 'Code' }).click();
  await expect(region(page, 'Response')).toContainText('The code cannot be shown: a module of the package could not be loaded: this browser is offline');
  await context.setOffline(false);
  await expect(region(page, 'Response').getByRole('tabpanel', { name: 'cURL code' })).toContainText('curl ');
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.resolve();
  });
  await page.getByRole('button', { name: 'Share link' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeVisible();
});

test('a console that is shown first while the browser is offline says so, and starts when it is online again', async ({ page, context }) => {
  await page.route('**/article.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Article</title><script type="module" src="element.js"></script><div style="height: 5000px"></div><qod-sandbox></qod-sandbox>' }));
  await page.goto('/article.html');
  await context.setOffline(true);
  await page.locator('qod-sandbox').scrollIntoViewIfNeeded();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The sandbox could not be loaded: this browser is offline');
  await context.setOffline(false);
  await alert.getByRole('button', { name: 'Start afresh' }).click();
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
});
