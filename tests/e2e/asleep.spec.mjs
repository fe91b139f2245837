// Time that a page does not see: hidden, frozen, and by a clock that is set.

import { expect } from '@playwright/test';
import { changes, create, errors, keeps, open, sessions, told, uncaught } from './headless.mjs';
import { test } from './tabs.mjs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** When the tests begin. */
const START = Date.parse('2026-01-01T12:00:00Z');

/** A session is granted after two seconds, taken back one later, and released after another 360. */
const SCENARIO = { scenario: { terminate: '1s' } };
const STORY = [
  ['AVAILABLE', 2000],
  ['NETWORK_TERMINATED', 3000],
];

/** Lets time pass on a page that may be hidden, with the timers that the browser then allows it. */
async function pass(page, budget) {
  const from = await page.evaluate('Date.now()');
  await page.send('Emulation.setVirtualTimePolicy', { policy: 'advance', budget });
  await expect.poll(() => page.evaluate('Date.now()')).toBeGreaterThanOrEqual(from + budget);
}

/** No timer of a tenth of a second or more comes on a page. */
const stop = (page) =>
  page.send('Page.addScriptToEvaluateOnNewDocument', {
    source: '{ const { setTimeout } = globalThis; globalThis.setTimeout = (act, delay, ...more) => (delay >= 100 ? 0 : setTimeout(act, delay, ...more)); }',
  });

const isSeen = (page) => expect.poll(() => page.evaluate('document.visibilityState'));

const HEAR = "globalThis.heard = []; sandbox.on('notification', ({ event }) => heard.push(event.data.statusInfo ?? event.data.qosStatus)); undefined";
const heard = (page) => page.evaluate('heard');

const status = (page) => page.evaluate("sandbox.handle({ url: '/qod/v0/sessions/' + sandbox.sessions()[0].sessionId }).status");
const now = (page) => page.evaluate('sandbox.clock.now()');
const region = (page, name) => page.getByRole('region', { name });

test('a tab that is hidden for ten minutes misses nothing, each at its time, and says how late it was', async ({ openTab }) => {
  const page = await openTab();
  await open(page, { persist: 'mine', ...SCENARIO });
  await page.evaluate(HEAR);
  const session = await create(page, 1);
  const front = await openTab();
  await isSeen(page).toBe('hidden');
  await pass(page, 10 * MINUTE);
  expect(await heard(page)).toEqual(STORY.map(([status]) => status));
  expect(await told(page)).toEqual(STORY);
  expect(await status(page)).toBe(404);
  for (const { lateMs } of await page.evaluate('clocks.filter(({ lateMs }) => lateMs)')) expect(lateMs).toBeLessThanOrEqual(MINUTE);
  expect(await errors(page)).toEqual([]);
  // It was kept all the while.
  await page.close();
  await open(front, { persist: 'mine' });
  expect(await sessions(front)).toEqual([session]);
  expect(await told(front)).toEqual(STORY);
});

test('a tab whose timers did not come for ten minutes has caught up when it is seen again', async ({ page }) => {
  // Of its own accord: nothing but the event tells it.
  await page.clock.install({ time: START });
  await open(page, SCENARIO);
  await page.evaluate(HEAR);
  await page.clock.pauseAt(START + HOUR);
  await create(page, 1);
  await page.clock.setSystemTime(START + HOUR + 10 * MINUTE);
  expect(await heard(page)).toEqual([]);
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  expect(await heard(page)).toEqual(STORY.map(([status]) => status));
  expect(await told(page)).toEqual(STORY);
  expect(await page.evaluate('clocks.map(({ lateMs }) => lateMs)')).toEqual([10 * MINUTE - 2000]);
});

test('timers that come once a minute say each time how late they are', async ({ page }) => {
  await page.clock.install({ time: START });
  await open(page, SCENARIO);
  await page.clock.pauseAt(START + HOUR);
  await create(page, 1);
  for (let minute = 0; minute < 10; minute++) await page.clock.fastForward(MINUTE);
  const late = await page.evaluate('clocks.filter(({ lateMs }) => lateMs).map(({ lateMs }) => lateMs)');
  // The grant and what follows it in the first minute; the release, at 6:03, in the seventh.
  expect(late).toEqual([MINUTE - 2000, 7 * MINUTE - 363_000]);
  expect(await told(page)).toEqual(STORY);
  expect(await status(page)).toBe(404);
});

test('the console shows all of it when its tab is seen again', async ({ openTab }) => {
  const page = await openTab();
  await page.goto('/');
  const inside = "document.querySelector('qod-sandbox').shadowRoot";
  await page.evaluate("document.querySelector('qod-sandbox').ready.then(() => {})");
  await page.evaluate(`[...${inside}.querySelectorAll('button')].find(({ textContent }) => textContent.includes('Try it')).click()`);
  const shown = (name) => page.evaluate(`${inside}.querySelector('[aria-labelledby="h-${name}"]')?.innerText ?? ''`);
  await expect.poll(() => shown('sessions')).toContain('REQUESTED');
  const at = await page.evaluate("document.querySelector('qod-sandbox').sandbox.clock.now()");
  await openTab();
  await isSeen(page).toBe('hidden');
  await pass(page, 10 * MINUTE);
  await page.front();
  await isSeen(page).toBe('visible');
  await pass(page, 1000);
  await expect.poll(() => shown('notifications')).toContain('AVAILABLE');
  await expect.poll(() => shown('clock')).toContain('Running');
  const later = (minutes) => new Date(at + minutes * MINUTE).toISOString().slice(11, 16);
  expect(await shown('clock')).toMatch(new RegExp(`${later(10)}|${later(11)}`));
});

test('what has just been confirmed when a tab is hidden is kept, if it is never seen again', async ({ openTab }) => {
  const page = await openTab();
  await stop(page);
  await open(page, { persist: 'mine' });
  const session = await create(page, 1);
  const other = await changes(page, 'mine', () => openTab());
  page.send('Page.crash').catch(() => {});
  await open(other, { persist: 'mine' });
  await expect.poll(() => sessions(other)).toEqual([session]);
});

test('a page that is frozen stands, and has caught up when it is thawed', async ({ openTab }) => {
  const page = await openTab();
  await open(page, { persist: 'mine', ...SCENARIO });
  await page.evaluate(HEAR);
  const awake = await openTab();
  await open(awake, SCENARIO);
  await awake.evaluate(HEAR);
  await isSeen(page).toBe('hidden');
  // What is confirmed right before it is kept all the same.
  const session = await changes(page, 'mine', async () => {
    const made = await create(page, 1);
    await page.send('Page.setWebLifecycleState', { state: 'frozen' });
    return made;
  }, awake);
  await create(awake, 1);
  await expect.poll(() => heard(awake)).toHaveLength(2);
  expect(await heard(page)).toEqual([]);
  await page.send('Page.setWebLifecycleState', { state: 'active' });
  await expect.poll(() => heard(page)).toHaveLength(2);
  await page.front();
  expect(await told(page)).toEqual(STORY);
  expect(await sessions(page)).toEqual([session]);
  expect(await errors(page)).toEqual([]);
});

test('a wall clock that is set back by an hour takes no time back, and the sandbox goes on from there', async ({ page }) => {
  const uncaughtOnes = uncaught(page);
  await page.clock.install({ time: START });
  await open(page, { persist: 'mine', ...SCENARIO });
  await page.clock.pauseAt(START + HOUR);
  const session = await keeps(page, 'mine', async () => {
    const made = await create(page, 1);
    await page.clock.runFor(500);
    return made;
  });
  const before = await now(page);
  await page.clock.setSystemTime(START);
  expect(await now(page)).toBe(before);
  await page.clock.runFor(1000);
  expect(await now(page)).toBe(before + 1000);
  expect(await told(page)).toEqual([]);
  await page.clock.runFor(2000);
  expect(await told(page)).toEqual(STORY);
  expect(await page.evaluate('clocks.map(({ paused }) => paused)')).not.toContain('jump');
  // What was kept lies an hour ahead of the wall.
  await page.clock.setSystemTime(START - HOUR);
  await page.clock.resume();
  await open(page, { persist: 'mine' });
  expect(await sessions(page)).toEqual([session]);
  const again = await now(page);
  expect(again).toBeGreaterThanOrEqual(before);
  await page.clock.runFor(1000);
  expect(await now(page)).toBeGreaterThanOrEqual(again + 1000);
  expect(uncaughtOnes).toEqual([]);
});

test('a wall clock that is set forward by a year pauses the sandbox, which asks by an event', async ({ page }) => {
  await page.clock.install({ time: START });
  await open(page, { persist: 'mine' });
  await page.clock.pauseAt(START + HOUR);
  const session = await create(page, 1);
  const before = await now(page);
  await page.clock.setSystemTime(START + HOUR + 365 * DAY);
  // Nobody asks for the time: a timer finds it out.
  await keeps(page, 'mine', () => page.clock.runFor(2500));
  const [{ paused, missedMs }, ...more] = await page.evaluate('clocks');
  expect([paused, Math.round(missedMs / DAY), more]).toEqual(['jump', 365, []]);
  expect(await now(page)).toBe(before);
  expect(await told(page)).toEqual([]);
  await page.evaluate('sandbox.clock.resume()');
  await page.clock.runFor(2000);
  expect(await told(page)).toEqual([['AVAILABLE', 2000]]);
  // The other answer: all of it has passed.
  await page.clock.setSystemTime(START + 800 * DAY);
  expect(await page.evaluate('sandbox.clock.state().paused')).toBe('jump');
  await page.evaluate('sandbox.clock.advance(sandbox.clock.state().missedMs)');
  expect((await told(page)).at(-1)).toEqual(['DURATION_EXPIRED', DAY]);
  expect(await sessions(page)).toEqual([session]);
});

test('a page that is opened again after two days asks as well, and nothing is lost', async ({ page }) => {
  await page.clock.install({ time: START });
  await open(page, { persist: 'mine' });
  const session = await keeps(page, 'mine', () => create(page, 1));
  await page.goto('about:blank');
  await page.clock.setSystemTime(START + 2 * DAY);
  await open(page, { persist: 'mine' });
  expect(await page.evaluate('sandbox.clock.state().paused')).toBe('jump');
  expect(await sessions(page)).toEqual([session]);
  expect(await status(page)).toBe(200);
  await page.evaluate('sandbox.clock.advance(sandbox.clock.state().missedMs)');
  expect(await status(page)).toBe(404);
});

test('the console asks what is to become of a year, and does either', async ({ page }) => {
  await page.clock.install({ time: START });
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region(page, 'Response')).toContainText('201');
  const question = page.getByRole('group', { name: 'The clock jumped' });
  await page.clock.setSystemTime(START + 365 * DAY);
  await expect(question).toContainText(/36[45] d.* went by at once/);
  await expect(page.getByRole('status').filter({ hasText: 'The clock stopped: ' })).toBeAttached();
  await expect(region(page, 'Sandbox clock')).toContainText('Paused');
  await expect(region(page, 'Sandbox clock')).toContainText('12:00:');
  await question.getByRole('button', { name: 'Go on from here' }).click();
  await expect(question).toBeHidden();
  await expect(region(page, 'Notifications').getByRole('listitem').first()).toContainText('AVAILABLE');
  await page.clock.setSystemTime(START + 730 * DAY);
  await question.getByRole('button', { name: 'Catch up' }).click();
  await expect(question).toBeHidden();
  await expect(region(page, 'Notifications').getByRole('listitem').first()).toContainText('DURATION_EXPIRED');
  await expect(region(page, 'Sandbox clock')).toContainText('Running');
});
