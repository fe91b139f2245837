// How smooth the console is with 10,000 sessions and 10,000 notifications: the time between two frames while a person
// scrolls and filters, at the wall's speed and at 3600 times that. Goal: no frame over 50 ms, a median under 17 ms.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { crowd, open } from '../tests/e2e/scenes.mjs';

const COUNT = 10_000;
const SECONDS = 6;
const site = fileURLToPath(new URL('../dist/site/', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };

const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://x/').pathname;
  try {
    const body = await readFile(join(site, path.endsWith('/') ? 'index.html' : path));
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/html' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));

const webdriver = JSON.parse(await readFile(new URL('../webdriver.json', import.meta.url), 'utf8'));
const browser = await chromium.launch({ executablePath: process.env.QOD_CHROMIUM ?? '/usr/bin/chromium', args: webdriver['goog:chromeOptions'].args });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, baseURL: `http://127.0.0.1:${server.address().port}` });
await open(page, { still: false });
await crowd(page, COUNT);

/** Where the pointer is for each list. */
const PLACES = { sessions: '.sessions .scroll', notifications: '.notify .scroll', traffic: '.traffic .scroll' };

/** Does something for some seconds, as a hand would; the times between frames. */
async function frames(speed, what) {
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
  const end = Date.now() + SECONDS * 1000;
  if (what in PLACES) {
    await page.locator(PLACES[what]).hover();
    // A hard fling: some 8,000 pixels a second, down and up again.
    for (let turn = 0; Date.now() < end; turn++) {
      await page.mouse.wheel(0, turn % 240 < 160 ? 130 : -130);
      await page.waitForTimeout(6);
    }
  } else if (what === 'filter') {
    for (const word of ['346', 'AVAILABLE', 'UNAVAIL', 'x']) {
      await page.locator('#filter').fill('');
      await page.locator('#filter').pressSequentially(word, { delay: 100 });
    }
    await page.locator('#filter').fill('');
  }
  await page.waitForTimeout(Math.max(0, end - Date.now()));
  return page.evaluate(() => {
    globalThis.counting = false;
    document.querySelector('qod-sandbox').sandbox.clock.pause();
    return globalThis.frameTimes.slice(2);
  });
}

const part = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1).padStart(7);
console.log(`Frames in ms, ${COUNT} sessions and notifications, ${SECONDS} s each, headless ${browser.version()}`);
console.log('speed  what           frames  median     p95     p99     max  over 50 ms');
let bad = 0;
for (const speed of [1, 3600]) {
  for (const what of ['idle', 'sessions', 'notifications', 'traffic', 'filter']) {
    const times = await frames(speed, what);
    const sorted = times.toSorted((a, b) => a - b);
    const slow = sorted.filter((time) => time > 50).length;
    bad += slow;
    console.log(`${String(speed).padEnd(6)} ${what.padEnd(14)} ${String(times.length).padStart(6)} ${part(sorted, 0.5)} ${part(sorted, 0.95)} ${part(sorted, 0.99)} ${part(sorted, 1)} ${String(slow).padStart(6)}`);
  }
}
// What an idle page costs: the share of one core while nothing is done at the wall's own speed.
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable');
const busy = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
await page.evaluate(() => {
  const { clock } = document.querySelector('qod-sandbox').sandbox;
  clock.setSpeed(1);
  clock.resume();
});
const before = await busy();
await page.waitForTimeout(10_000);
console.log(`Idle at 1x: ${(((await busy()) - before) * 10).toFixed(1)} % of one core`);
console.log(bad === 0 ? 'No frame over 50 ms.' : `${bad} frames over 50 ms.`);
await browser.close();
server.close();
