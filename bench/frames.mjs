// How smooth the console is with 10,000 sessions and notifications: the time between two frames while a person scrolls
// and filters, at the wall's speed and at 3600 times that; and what an idle page costs.

import { crowd, open } from '../tests/e2e/scenes.mjs';
import { launch, serve, site } from './lib/chromium.mjs';
import { report } from './lib/report.mjs';
import { median, part, turns } from './lib/turns.mjs';

const COUNT = 10_000;
const ROUNDS = 5;
const SECONDS = 3;
const SPEEDS = [1, 3_600];
/** What a person does; where the pointer is for each list. */
const PLACES = { sessions: '.sessions .scroll', notifications: '.notify .scroll', traffic: '.traffic .scroll' };
const DOINGS = ['idle', ...Object.keys(PLACES), 'filter'];

const browser = await launch();
const server = await serve(site);
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, baseURL: server.url });
await open(page, { still: false });
await crowd(page, COUNT);
await page.evaluate(() => (globalThis.full = document.querySelector('qod-sandbox').sandbox.snapshot()));

/** From the full lists on: does something for some seconds, as a hand would; the times between frames. */
async function frames(speed, what) {
  await page.evaluate(async () => {
    document.querySelector('qod-sandbox').sandbox.restore(globalThis.full);
    await new Promise((settled) => setTimeout(settled, 1_000));
  });
  if (what in PLACES) await page.locator(PLACES[what]).hover();
  await page.evaluate((speed) => {
    const { clock } = document.querySelector('qod-sandbox').sandbox;
    clock.setSpeed(speed);
    clock.resume();
    const times = (globalThis.frameTimes = []);
    let last;
    globalThis.counting = true;
    requestAnimationFrame(function frame(now) {
      if (last !== undefined) times.push(now - last);
      last = now;
      if (globalThis.counting) requestAnimationFrame(frame);
    });
  }, speed);
  await act(what, Date.now() + SECONDS * 1_000);
  return page.evaluate(() => {
    globalThis.counting = false;
    document.querySelector('qod-sandbox').sandbox.clock.pause();
    return globalThis.frameTimes.slice(2);
  });
}

async function act(what, end) {
  if (what in PLACES) {
    // A hard fling: some 8,000 pixels a second, down and up again.
    for (let turn = 0; Date.now() < end; turn++) {
      await page.mouse.wheel(0, turn % 240 < 160 ? 130 : -130);
      await page.waitForTimeout(6);
    }
  } else if (what === 'filter') {
    for (const word of ['346', 'AVAILABLE', 'UNAVAIL', 'x']) {
      await page.locator('#filter').fill('');
      await page.locator('#filter').pressSequentially(word, { delay: 60 });
    }
    await page.locator('#filter').fill('');
  }
  await page.waitForTimeout(Math.max(0, end - Date.now()));
}

const session = await page.context().newCDPSession(page);
await session.send('Performance.enable');
const busy = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;

/** The share of one core that an idle page takes at the wall's speed, in percent. */
async function idle() {
  await page.evaluate(() => {
    const { clock } = document.querySelector('qod-sandbox').sandbox;
    clock.setSpeed(1);
    clock.resume();
  });
  const before = await busy();
  await page.waitForTimeout(5_000);
  return ((await busy()) - before) * 20;
}

const cases = SPEEDS.flatMap((speed) => DOINGS.map((what) => [`${speed === 1 ? '1' : '3,600'}x, ${what}`, () => frames(speed, what)]));
const measured = await turns({ ...Object.fromEntries(cases), cost: idle }, { rounds: ROUNDS, warmups: 0 });
await browser.close();
server.close();

const slow = (times) => times.filter((time) => time > 50).length;
report({
  row: 'frames',
  title: 'Frames of the console with 10,000 sessions and notifications',
  how: `Headless Chromium ${browser.version()}, 1,440 by 900; the time between two animation frames, ${SECONDS} s of each in a round: nothing, a hard fling up and down a list, or typing a filter.`,
  figures: [
    ...cases.flatMap(([name]) => {
      const of = (what) => measured[name].map(what);
      return [
        { name: `${name}: median`, unit: 'ms', values: of(median) },
        { name: `${name}: 99 of 100 within`, unit: 'ms', values: of((times) => part(times, 0.99)) },
        { name: `${name}: the longest`, unit: 'ms', values: of((times) => Math.max(...times)) },
        { name: `${name}: over 50 ms`, unit: 'frames', values: of(slow), goal: { atMost: 0 } },
      ];
    }),
    { name: 'a page that is idle at 1x, of one core', unit: '%', values: measured.cost },
  ],
});
