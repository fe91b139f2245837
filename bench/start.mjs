// How long a page takes, from the navigation on, until a first request is answered, and until a person can make one:
// at hand, and on a slow line. Beside it, other mocks, and other pages to try an API in.

import { launch, slowDown, SLOW } from './lib/chromium.mjs';
import { PAGES, served, specification } from './lib/pages.mjs';
import { report } from './lib/report.mjs';
import { turns } from './lib/turns.mjs';

const ROUNDS = 5;
const ANSWERING = ['sandbox', 'msw', 'mirage'];
const SHOWING = ['console', 'rapidoc', 'swagger'];
const NAMES = { sandbox: 'createSandbox', msw: 'MSW', mirage: 'Mirage', console: 'console', rapidoc: 'RapiDoc', swagger: 'Swagger UI' };
const GOALS = { local: { answer: 150, usable: 400 }, slow: { answer: 850, usable: 2_500 } };

const browser = await launch();
const servers = Object.fromEntries(await Promise.all(Object.entries(PAGES).map(async ([name, page]) => [name, await served(page)])));

/** Opens a page with nothing kept: when it was ready, when it first painted, and what came over the wire. */
async function visit(name, slow) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const faults = [];
    page.on('pageerror', (error) => faults.push(error));
    if (slow) await slowDown(page);
    const { button } = PAGES[name];
    if (button) await page.addInitScript({ content: `(${watch})(${button})` });
    servers[name].sent();
    await page.goto(servers[name].url, { waitUntil: 'commit' });
    const ready = await page.waitForFunction(() => globalThis.answeredAt ?? globalThis.usableAt, undefined, { polling: 100, timeout: 60_000 }).then((handle) => handle.jsonValue());
    if (faults.length > 0) throw new Error(`${name}: ${faults[0]}`);
    const sent = servers[name].sent();
    if (name === 'console') await pressed(page);
    if (button) await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    const painted = await page.evaluate(() => Object.fromEntries(performance.getEntriesByType('paint').map(({ name, startTime }) => [name, startTime])));
    return { ready, painted: painted['first-paint'], content: painted['first-contentful-paint'], ...sent };
  } finally {
    await context.close();
  }
}

/** Notes when what a person would press is there, and can be. It is looked for in tasks of their own, after what is at work. */
function watch(find) {
  const timer = setInterval(() => {
    const button = find();
    if (!button || button.disabled || button.getClientRects().length === 0) return;
    globalThis.usableAt = performance.now();
    clearInterval(timer);
  }, 4);
}

/** It was no empty promise: a press makes a session. */
async function pressed(page) {
  await page.getByRole('button', { name: 'Try it' }).first().click();
  await page.waitForFunction(() => document.querySelector('qod-sandbox').sandbox.sessions().length === 1);
}

const measured = {};
for (const line of ['local', 'slow']) {
  measured[line] = await turns(Object.fromEntries([...ANSWERING, ...SHOWING].map((name) => [name, () => visit(name, line === 'slow')])), { rounds: ROUNDS });
}
await browser.close();
for (const server of Object.values(servers)) server.close();

const of = (line, name, what) => measured[line][name].map((visit) => visit[what]);

/** The faster of the peers in each round. */
const best = (line, peers) => of(line, peers[0], 'ready').map((_, round) => Math.min(...peers.map((peer) => of(line, peer, 'ready')[round])));

function row(line, what, [ours, ...peers], goal) {
  const values = of(line, ours, 'ready');
  const against = { name: 'the faster of the others', values: best(line, peers) };
  return [
    { name: `${line}: ${what}, ${NAMES[ours]}`, unit: 'ms', values, goal: { atMost: goal } },
    ...peers.map((peer) => ({ name: `${line}: ${what}, ${NAMES[peer]}`, unit: 'ms', values: of(line, peer, 'ready') })),
    { name: `${line}: ${what}, ${NAMES[ours]} beside the others`, unit: 'ms', values, against, goal: { atMost: 1 } },
  ];
}

const paints = (line) =>
  SHOWING.flatMap((name) => [
    { name: `${line}: first paint, ${NAMES[name]}`, unit: 'ms', values: of(line, name, 'painted') },
    { name: `${line}: first contentful paint, ${NAMES[name]}`, unit: 'ms', values: of(line, name, 'content') },
  ]);

const wire = (names) =>
  names.flatMap((name) => [
    { name: `over the wire, ${NAMES[name]}`, unit: 'KB', values: of('local', name, 'bytes').map((bytes) => bytes / 1_000) },
    { name: `requests, ${NAMES[name]}`, unit: 'requests', values: of('local', name, 'requests') },
  ]);

const conditions = `Headless Chromium ${browser.version()}, nothing cached, files compressed beforehand with Brotli. Slow: ${(SLOW.bytesPerSecond * 8) / 1e6} Mbit/s both ways, ${SLOW.latency} ms, a processor ${SLOW.processor} times as slow.`;
report({
  row: 'start-answer',
  title: 'From the navigation to a first answer',
  how: `${conditions} Until the body of an answer to createSession is read; MSW and Mirage with handlers by hand that keep sessions, bundled and minified.`,
  figures: ['local', 'slow'].flatMap((line) => row(line, 'first answer', ANSWERING, GOALS[line].answer)).concat(wire(ANSWERING)),
});
report({
  row: 'start-console',
  title: 'From the navigation to a page in which a request can be made',
  how: `${conditions} Until the button that sends is there and enabled; RapiDoc and Swagger UI, with one operation open, show ${specification.name}.`,
  figures: ['local', 'slow'].flatMap((line) => [...row(line, 'usable', SHOWING, GOALS[line].usable), ...paints(line)]).concat(wire(SHOWING)),
});
