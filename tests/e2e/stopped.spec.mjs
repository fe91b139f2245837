// The end of an instance of the WebAssembly, by a panic or out of memory: who is told, and how it goes on.

import { expect, test } from '@playwright/test';
import { begin, create, errors, keeps, open, ports, sessions, stored, uncaught } from './headless.mjs';
import { confine, exhaust } from './memory.mjs';

const region = (page, name) => page.getByRole('region', { name });

/** A receiver whose pattern looks into the backend in the middle of its work: what is in use already is used again. */
const PANIC = `(sandbox) => {
  const backend = sandbox[Symbol.for('qod-sandbox.backend')];
  sandbox.receive({ protocol: 'https', hostname: '*', port: '', pathname: '/panic', search: '', test: () => backend.sessions() }, 204);
}`;

/** Requests that are recorded with what they carry, until there is no memory for another. */
const FILL = `(sandbox) => {
  for (let number = 0; number < 10_000; number++) sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify({ note: String(number).padEnd(100_000, 'x') }) });
}`;

const message = (page, code) => page.evaluate(`Promise.resolve().then(() => ${code}).then(() => 'nothing', (error) => error.message)`);

/** Another sandbox of the same instance, which is not kept. */
const neighbour = (page) =>
  page.evaluate(`createSandbox({ auth: 'off', clock: 'manual' }).then((made) => {
    globalThis.neighbour = made;
    made.on('error', ({ topic, error }) => errors.push('neighbour, ' + topic + ': ' + error.message));
    made.faults.add({ latency: '1h', times: 1 });
    globalThis.waiting = made.fetch('/qod/v0/qos-profiles').then(() => 'answered', (error) => error.message);
    globalThis.streamed = (async () => {
      const seen = [];
      for await (const { topic } of made.stream('error')) seen.push(topic);
      return seen;
    })();
  })`);

/** All of an instance's sandboxes are dead, for that reason, and a fresh one has what was kept. */
async function isOverAndGoesOn(page, reason, kept) {
  await expect.poll(() => errors(page)).toHaveLength(2);
  expect((await errors(page)).toSorted()).toEqual([expect.stringMatching(`^neighbour, sandbox: .*${reason}`), expect.stringMatching(`^sandbox: .*${reason}`)]);
  for (const call of ['sandbox.sessions()', 'neighbour.clock.advance(1)', "neighbour.fetch('/')", "sandbox.on('session', () => {})", 'waiting.then((told) => { throw new Error(told); })']) {
    expect(await message(page, call), call).toMatch(new RegExp(`${reason}.*|.*create another with createSandbox`));
  }
  expect(await page.evaluate('streamed')).toEqual(['sandbox']);
  // The key is free, though nobody disposed of what died.
  await begin(page, { persist: 'mine', clock: 'manual' });
  expect(await sessions(page)).toEqual(kept);
  await keeps(page, 'mine', () => create(page, 2));
  expect(await errors(page)).toEqual([]);
  await open(page, { persist: 'mine', clock: 'manual' });
  expect(await ports(page)).toEqual([1, 2]);
}

test('a panic is told to all sandboxes of the instance, and a fresh one has what was kept', async ({ page }) => {
  const uncaughtOnes = uncaught(page);
  await open(page, { persist: 'mine', clock: 'manual' });
  const session = await keeps(page, 'mine', () => create(page, 1));
  await neighbour(page);
  await page.evaluate(`(${PANIC})(neighbour)`);
  // By the timer: nobody stands there to catch it.
  await page.evaluate(`neighbour.handle({ method: 'POST', url: '/qod/v0/sessions', headers: { 'x-qod-scenario': 'granted-at-once' }, body: JSON.stringify({
    device: { phoneNumber: '+34600000001' }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E', webhook: { notificationUrl: 'https://app.example/panic' } }) })`).catch(() => {});
  await isOverAndGoesOn(page, 'stopped after a fault of its own, .*Please report it: panicked at src/', [session]);
  expect(uncaughtOnes).toEqual([]);
});

test('a panic in a timer is told, and nothing else is thrown', async ({ page }) => {
  const uncaughtOnes = uncaught(page);
  await open(page, { speed: 1000 });
  await page.evaluate(`(${PANIC})(sandbox)`);
  await page.evaluate(`sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify({
    device: { phoneNumber: '+34600000001' }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E', webhook: { notificationUrl: 'https://app.example/panic' } }) })`);
  await expect.poll(() => errors(page)).toEqual([expect.stringContaining('Please report it: panicked at src/')]);
  expect(uncaughtOnes).toEqual([]);
});

test('out of memory is told to all sandboxes of the instance, and a fresh one has what was kept', async ({ page }) => {
  const uncaughtOnes = uncaught(page);
  await confine(page, 64);
  await open(page, { persist: 'mine', clock: 'manual' });
  const session = await keeps(page, 'mine', () => create(page, 1));
  await neighbour(page);
  expect(await message(page, `(${FILL})(neighbour)`)).toMatch(/ran out of memory at \d+ MiB.*create another with createSandbox\(\)/);
  await isOverAndGoesOn(page, 'ran out of memory at \\d+ MiB', [session]);
  expect(uncaughtOnes).toEqual([]);
});

test('out of memory in a timer is told as well', async ({ page }) => {
  const uncaughtOnes = uncaught(page);
  await confine(page, 16);
  await open(page, { persist: 'mine' });
  const session = await keeps(page, 'mine', () => create(page, 1));
  await exhaust(page);
  await expect.poll(() => errors(page)).toEqual([expect.stringMatching(/^sandbox: .*ran out of memory/)]);
  expect(uncaughtOnes).toEqual([]);
  await begin(page, { persist: 'mine' });
  expect(await sessions(page)).toEqual([session]);
});

test('what takes more memory to restore than there is, is set aside, and the next sandbox begins anew', async ({ page, context }) => {
  await open(page, { persist: 'mine', clock: 'manual' });
  await keeps(page, 'mine', async () => {
    await create(page, 1);
    await page.evaluate(`(${FILL.replace('10_000', '60')})(sandbox)`);
  });
  await page.close();
  const small = await context.newPage();
  await confine(small, 64);
  await small.goto('/icon.svg');
  const kept = await stored(small, 'mine');
  const refused = await begin(small, { persist: 'mine' }).catch(({ message }) => message);
  expect(refused).toMatch(/what was kept as 'mine' cannot be restored \(the sandbox ran out of memory.*\); it is kept as 'mine:unreadable', and the next sandbox begins anew/);
  expect((await stored(small, 'mine:unreadable')) === kept).toBe(true);
  await begin(small, { persist: 'mine', clock: 'manual' });
  await keeps(small, 'mine', () => create(small, 2));
  expect(await errors(small)).toEqual([]);
});

/** The console says so, and starts afresh with what was kept. */
async function startsAfresh(page, reason, kept = 1) {
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The sandbox stopped');
  await expect(alert).toContainText(reason);
  await alert.getByRole('button', { name: 'Start afresh' }).click();
  await expect(region(page, 'Sessions')).toContainText(`${kept} open`);
  await page.getByRole('textbox', { name: 'Server ports' }).fill('8443');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region(page, 'Response')).toContainText('201');
  await expect(region(page, 'Sessions')).toContainText(`${kept + 1} open`);
  await expect(page.getByRole('alert')).toHaveCount(0);
}

test('the console says that it ran out of memory, and starts afresh with what was kept', async ({ page }) => {
  await confine(page, 64);
  await page.goto('/');
  await keeps(page, 'qod-sandbox:page', () => page.getByRole('button', { name: 'Try it' }).click());
  await message(page, `(${FILL})(document.querySelector('qod-sandbox').sandbox)`);
  await startsAfresh(page, /ran out of memory at \d+ MiB/);
});

test('the console says so where a person’s own doing was the last straw', async ({ page }) => {
  await page.clock.install();
  await confine(page, 64);
  await page.goto('/');
  await keeps(page, 'qod-sandbox:page', () => page.getByRole('button', { name: 'Try it' }).click());
  // No timer is to find it out before.
  await page.clock.pauseAt(Date.now() + 60_000);
  await exhaust(page);
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.clock.resume();
  await startsAfresh(page, /ran out of memory/);
});

test('the console says that it panicked, and starts afresh with what was kept', async ({ page }) => {
  await page.goto('/');
  await keeps(page, 'qod-sandbox:page', () => page.getByRole('button', { name: 'Try it' }).click());
  await page.evaluate(`(${PANIC})(document.querySelector('qod-sandbox').sandbox)`);
  await page.getByRole('textbox', { name: 'Webhook URL' }).fill('https://app.example/panic');
  await page.getByRole('textbox', { name: 'Server ports' }).fill('9443');
  await page.getByRole('button', { name: 'Try it' }).click();
  // The session that it came of was kept by then.
  await startsAfresh(page, 'Please report it: panicked at src/', 2);
});
