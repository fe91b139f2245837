// Sandboxes over reloads, in two pages, in pages that sleep, and in links: in the system's browser.

import { expect, test } from '@playwright/test';
import { CREATE, create, errors, open, ports, sessions, stored, told } from './headless.mjs';

test('a sandbox is there again after a reload, with what has happened meanwhile', async ({ page }) => {
  await open(page, { persist: 'mine' });
  const session = await create(page, 1);
  await page.waitForTimeout(400);
  await open(page, { persist: 'mine' });
  expect(await sessions(page)).toEqual([session]);
  await expect.poll(() => page.evaluate('sandbox.notifications().map(({ event }) => event.data.qosStatus)')).toEqual(['AVAILABLE']);
  const [at, started] = await page.evaluate('[sandbox.notifications()[0].at, sandbox.sessions()[0].history[0].at]');
  expect(Date.parse(at) - Date.parse(started)).toBe(2000);
  expect(await errors(page)).toEqual([]);
});

test('what was done right before a reload is kept, too', async ({ page }) => {
  await open(page, { persist: 'mine', clock: 'manual' });
  const made = [];
  for (const port of [1, 2, 3]) {
    made.push(await create(page, port));
    await open(page, { persist: 'mine', clock: 'manual' });
    expect(await sessions(page)).toEqual(made);
  }
});

test('what is done right before a page goes, while something else is being written, is not held up by that', async ({ page }) => {
  await open(page, { persist: 'mine', clock: 'manual' });
  await page.evaluate(`globalThis.create = ${CREATE}`);
  await page.evaluate(() => {
    globalThis.writes = [];
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...given) {
      const begun = transaction.apply(this, given);
      begun.addEventListener('complete', () => writes.push('kept'));
      if (writes.push('asked') === 1) {
        queueMicrotask(() => {
          create(2);
          document.dispatchEvent(new Event('freeze'));
        });
      }
      return begun;
    };
    create(1);
  });
  await expect.poll(() => page.evaluate('writes.slice(0, 3)')).toEqual(['asked', 'asked', 'kept']);
  await open(page, { persist: 'mine', clock: 'manual' });
  expect(await ports(page)).toEqual([1, 2]);
});

test('what a page keeps as it goes lies in local storage until IndexedDB has it, where that leaves room for the site', async ({ page }) => {
  const local = () => page.evaluate('Object.keys(localStorage)');
  /** IndexedDB hears of nothing, as where a browser drops what a page that goes asks for. */
  const deaf = () => page.evaluate('IDBDatabase.prototype.transaction = () => { throw new Error("dropped"); }');
  await open(page, { persist: 'mine', clock: 'manual' });
  await create(page, 1);
  await deaf();
  await open(page, { persist: 'mine', clock: 'manual' });
  expect(await ports(page)).toEqual([1]);
  await expect.poll(local).toEqual([]);
  expect(await stored(page, 'mine')).toContain('qod-sandbox-snapshot');

  // What was there before is older than what has no room.
  await create(page, 2);
  await deaf();
  await page.evaluate("document.dispatchEvent(new Event('freeze'))");
  expect(await local()).toEqual(['qod-sandbox:last:mine']);
  await page.evaluate("sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify({ note: 'x'.repeat(1_000_000) }) })");
  await page.evaluate("document.dispatchEvent(new Event('freeze'))");
  expect(await local()).toEqual([]);
});

test('the receiver that was chosen in the console is kept', async ({ page }) => {
  const shown = async () => {
    await page.goto('/');
    await page.evaluate(`(() => {
      const element = document.createElement('qod-sandbox');
      element.setAttribute('persist', 'mine');
      element.setAttribute('fill', '');
      document.querySelector('qod-sandbox').replaceWith(element);
      return element.ready.then(() => {});
    })()`);
    return page.getByRole('combobox', { name: 'Receiver' });
  };
  await expect(await shown()).toHaveValue('204');
  for (const chosen of ['503', 'nobody']) {
    await page.getByRole('combobox', { name: 'Receiver' }).selectOption(chosen);
    await page.waitForTimeout(400);
    await expect(await shown()).toHaveValue(chosen);
  }
});

test('of two pages one keeps the sandbox, and they take turns', async ({ context, page }) => {
  await open(page, { persist: 'mine', clock: 'manual' });
  await create(page, 1);
  await page.waitForTimeout(400);
  const other = await context.newPage();
  await open(other, { persist: 'mine', clock: 'manual' });
  await expect.poll(() => errors(other)).toEqual([expect.stringContaining("another page has the sandbox that is kept as 'mine'")]);
  await create(other, 2);
  await create(page, 3);
  await page.waitForTimeout(400);
  expect(await ports(other)).toEqual([1, 2]);
  await page.close();
  // What was done in the page that did not have it is not kept, as it said.
  await expect.poll(() => ports(other)).toEqual([1, 3]);
  await create(other, 4);
  await other.waitForTimeout(400);
  // The page before may have it for a moment still: then this one gets it after that.
  await open(other, { persist: 'mine', clock: 'manual' });
  await expect.poll(() => ports(other)).toEqual([1, 3, 4]);
});

test('where storage is denied, that is told once, and the sandbox goes on', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('not here', 'SecurityError');
    };
  });
  await open(page, { persist: 'mine' });
  await create(page, 1);
  await page.waitForTimeout(400);
  expect(await errors(page)).toEqual([expect.stringContaining('cannot be kept')]);
  expect((await sessions(page)).length).toBe(1);
});

const STORY = [
  ['AVAILABLE', 2000],
  ['NETWORK_TERMINATED', 3000],
];

test('a page whose timers come late makes up for what was due, each at its time, and says how late', async ({ page }) => {
  await open(page, { scenario: { terminate: '1s' } });
  await page.evaluate("globalThis.late = []; sandbox.on('clock', ({ lateMs }) => lateMs && late.push(lateMs))");
  await create(page, 1);
  await page.evaluate(() => {
    const end = performance.now() + 4500;
    while (performance.now() < end);
  });
  await expect.poll(() => told(page)).toEqual(STORY);
  const [late, ...rest] = await page.evaluate('late');
  expect(late).toBeGreaterThanOrEqual(1000);
  expect(late).toBeLessThan(60_000);
  expect(rest).toEqual([]);
});

test('a page whose timers slept makes up for it as soon as it is shown again', async ({ page }) => {
  await page.addInitScript(() => {
    const { setTimeout } = globalThis;
    globalThis.asleep = false;
    globalThis.setTimeout = (act, delay) => setTimeout(() => globalThis.asleep || act(), delay);
  });
  await open(page, { scenario: { terminate: '1s' } });
  await create(page, 1);
  await page.evaluate('asleep = true');
  await page.waitForTimeout(3500);
  await page.evaluate("asleep = false; document.dispatchEvent(new Event('visibilitychange'))");
  expect(await told(page)).toEqual(STORY);
});

test('a link shows its run in the page', async ({ page }) => {
  await open(page, { clock: 'manual', seed: 7, startAt: '2026-01-01T00:00:00Z' });
  await create(page, 1);
  await page.evaluate("sandbox.clock.advance('5s')");
  const url = await page.evaluate("sandbox.shareUrl(new URL('/', location))");
  await page.goto('about:blank');
  await page.goto(url);
  const list = page.getByRole('region', { name: 'Notifications' }).getByRole('listitem');
  await expect(list).toHaveCount(1);
  await expect(list.first()).toContainText('AVAILABLE');
  expect(await page.evaluate("document.querySelector('qod-sandbox').sandbox.notifications()[0].at")).toBe('2026-01-01T00:00:02.000Z');
});

test('in the console, time that was set back can be returned to', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: '+1 m' }).click();
  const list = page.getByRole('region', { name: 'Notifications' }).getByRole('listitem');
  await expect(list).toHaveCount(1);
  await page.evaluate("(({ clock, traffic }) => clock.rewindTo(traffic()[0].at))(document.querySelector('qod-sandbox').sandbox)");
  await expect(list).toHaveCount(0);
  await page.getByRole('button', { name: /^Return to \d/ }).click();
  await expect(list).toHaveCount(1);
  await expect(page.getByRole('button', { name: /^Return to \d/ })).toHaveCount(0);
});
