// How long a page is blocked at the most while very much happens in its sandbox, on a clock that runs: the longest time
// between two tasks of a loop that does nothing else.

import { launch, npm, serve } from './lib/chromium.mjs';
import { report } from './lib/report.mjs';
import { asked } from './lib/sessions.mjs';
import { turns } from './lib/turns.mjs';

const ROUNDS = 5;
const MANY = 100_000;
const GOAL = { atMost: 50 };
const webhook = { notificationUrl: 'https://application-server.com/notifications' };

/** All sessions end in one second, which the timer meets a second after the clock has begun to run. */
const second = (more) => ({ sessions: MANY, durations: [3_600, 0], advance: 3_599_000, speed: 1, ...more });
/** Sessions end all over a day. */
const day = (sessions, more) => ({ sessions, durations: [60, 86_000 / sessions], speed: 1, ...more });

const STORMS = {
  '100,000 expire in a second': second(),
  '100,000 expire in a second, someone listens': second({ listens: true }),
  '100,000 expire in a second, webhooks with a set answer': second({ webhook, receiver: 204 }),
  '100,000 expire in a second, webhooks with a handler': second({ webhook, receiver: 'handler' }),
  'a day of 1,000 at 86,400 times the speed': day(1_000, { speed: 86_400 }),
  'a day of 100,000 at 86,400 times the speed': day(MANY, { speed: 86_400 }),
  'a day of 1,000 made up for: the page slept': day(1_000, { sleep: 86_390_000 }),
  'a day of 100,000 made up for: the page slept': day(MANY, { sleep: 86_390_000 }),
};

/** In the page. */
async function storm({ sessions, durations: [least, step], advance, speed, webhook, receiver, listens, sleep, asked }) {
  const { createSandbox } = await import('./qod-sandbox.js');
  const sandbox = await createSandbox({ seed: 1, auth: 'off', scenario: 'granted-at-once', delivery: { timeout: '10m' } });
  sandbox.clock.pause();
  let taken = 0;
  if (receiver) sandbox.receive('*', receiver === 'handler' ? () => (taken++, new Response(null, { status: 204 })) : receiver);
  let heard = 0;
  for (let n = 0; n < sessions; n++) {
    const body = JSON.stringify({ ...asked, device: { phoneNumber: `+1${String(n).padStart(12, '0')}` }, duration: Math.floor(least + n * step), webhook });
    const { status } = sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body });
    if (status !== 201) throw new Error(`create ${n}: ${status}`);
  }
  const settled = (count) => new Promise((done) => {
    const look = setInterval(() => taken >= count && (clearInterval(look), done()), 100);
  });
  // The grants are delivered first.
  if (receiver === 'handler') await settled(sessions);
  if (advance) sandbox.clock.advance(advance);
  if (listens) sandbox.on('session', () => heard++);
  const wall = Date.now;
  let slept = 0;
  Date.now = () => wall() + slept;

  let [longest, going] = [0, true];
  const { port1, port2 } = new MessageChannel();
  const tasks = new Promise((ended) => {
    let last;
    port1.onmessage = () => {
      const now = performance.now();
      if (last !== undefined) longest = Math.max(longest, now - last);
      last = now;
      if (going) port2.postMessage(0);
      else ended();
    };
  });
  port2.postMessage(0);
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  await pause(500);
  const calm = longest;
  longest = 0;

  sandbox.clock.setSpeed(speed);
  sandbox.clock.resume();
  if (sleep) {
    slept = sleep;
    document.dispatchEvent(new Event('visibilitychange'));
  }
  // Nothing is asked of the sandbox meanwhile: it would make up for all that is due.
  if (receiver === 'handler') await settled(2 * sessions);
  await pause(2_000 + sessions / 50);
  going = false;
  port2.postMessage(0);
  await tasks;
  const begin = performance.now();
  const { next } = sandbox.clock.state();
  if (performance.now() - begin > 50 && next === undefined) throw new Error('it was not over yet');
  if (listens && heard !== sessions) throw new Error(`${heard} heard`);
  const left = sandbox.sessions().filter(({ releasedAt }) => !releasedAt).length;
  // At the end of the day the last ones may live on.
  if (left > sessions / 100) throw new Error(`${left} are live`);
  return { longest, calm };
}

const browser = await launch();
const server = await serve(npm, { '/blank.html': '<!doctype html><title>Storm</title>' });

async function measure(it) {
  const page = await browser.newPage();
  try {
    await page.goto(`${server.url}blank.html`);
    return await page.evaluate(storm, { ...it, asked: asked(0) });
  } finally {
    await page.close();
  }
}

const chosen = Object.entries(STORMS).filter(([name]) => !process.env.QOD_BENCH_STORM || name.includes(process.env.QOD_BENCH_STORM));
const measured = await turns(Object.fromEntries(chosen.map(([name, it]) => [name, () => measure(it)])), { rounds: ROUNDS, warmups: 0 });
await browser.close();
server.close();
report({
  row: 'blocked',
  title: 'How long the page is blocked at the most while very much happens',
  how: `Headless Chromium ${browser.version()}, a clock that runs; the longest time between two tasks of a MessageChannel that posts to itself. Pages that slept are made believe so by their \`Date.now\`.`,
  figures: [
    ...Object.entries(measured).map(([name, rounds]) => ({ name, unit: 'ms', values: rounds.map(({ longest }) => longest), goal: GOAL })),
    { name: 'before, when nothing happens', unit: 'ms', values: Object.values(measured).flat().map(({ calm }) => calm) },
  ],
});
