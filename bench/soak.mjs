// A long life in a browser: 30 days of sandbox time in ten minutes. In one page the console is open, on a clock that runs at
// 4,320 times the speed; in another, code alone sets a manual clock forward as fast, and a receiver of the page's own takes
// each notification when it comes for the second time. In both a session comes every 10 s.
//
// It fails if a notification is missing, comes twice, or bears another time than it was due at; if an id is given twice; or
// if memory grows after the first minute. QOD_SOAK_DAYS makes it shorter.

import { readFile } from 'node:fs/promises';
import { launch, npm, serve, site } from './lib/chromium.mjs';
import { report } from './lib/report.mjs';
import { watchMemory } from './lib/wasm-memory.mjs';
import { Ledger } from './soak/ledger.mjs';

const DAYS = Number(process.env.QOD_SOAK_DAYS ?? 30);
const DAY = 86_400_000;
const SPEED = 4_320;
/** The first minute: memory fills. */
const WARM = 3;
const MEGABYTE = 1_048_576;
const LOOKS = 5;
/** How much larger the least of the last third may be than that of the first, after the first minute. */
const GROWTH = 1.1;
if (!(DAYS >= 2)) throw new Error(`QOD_SOAK_DAYS is ${process.env.QOD_SOAK_DAYS}: the last day only ends what has begun, so it takes 2 at the least`);

const load = await readFile(new URL('./soak/load.js', import.meta.url), 'utf8');
const servers = [await serve(site, { '/load.js': load }), await serve(npm, { '/load.js': load, '/blank.html': '<!doctype html><title>Soak</title><link rel="icon" href="data:,">' })];
const browser = await launch();

/** Each in a context, and so in a process, of its own. */
async function open(url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('crash', () => complaints.push('the page crashed'));
  await page.addInitScript(watchMemory);
  await page.goto(url);
  return { page, complaints, devtools: await context.newCDPSession(page), samples: [] };
}

const consoleTries = (at) => [[at, 'delivered']];
const codeTries = (at) => [[at, 'refused'], [at + 1_000, 'delivered']];
const watched = {
  console: { ...(await open(servers[0].url)), ledger: new Ledger(consoleTries) },
  code: { ...(await open(`${servers[1].url}blank.html`)), ledger: new Ledger(codeTries) },
};

await watched.console.page.getByRole('button', { name: 'Try it' }).waitFor();
await watched.console.page.evaluate(async ([days, day, speed]) => {
  const { Load } = await import('/load.js');
  const { sandbox } = document.querySelector('qod-sandbox');
  sandbox.configure({ speed });
  const start = sandbox.clock.now();
  globalThis.load = new Load(sandbox);
  globalThis.come = () => (sandbox.clock.now() - start) / day;
  globalThis.load.follow(start + (days - 1) * day);
}, [DAYS, DAY, SPEED]);
await watched.code.page.evaluate(async ([days, day, speed]) => {
  const [{ Load }, { createSandbox }] = [await import('/load.js'), await import('/qod-sandbox.js')];
  const sandbox = await createSandbox({ clock: 'manual', seed: 1, startAt: '2026-01-01T00:00:00Z', delivery: { attempts: 3, backoff: '1s' } });
  const start = sandbox.clock.now();
  globalThis.load = new Load(sandbox, { refuse: true });
  globalThis.come = () => (sandbox.clock.now() - start) / day;
  globalThis.driven = globalThis.load.drive(start + (days - 1) * day, start + days * day, speed).catch((error) => console.error(String(error)));
}, [DAYS, DAY, SPEED]);

/** How far a page has come, in days, and what it has noted. */
async function look({ page, ledger }) {
  const [day, notes] = await page.evaluate(() => [globalThis.come(), globalThis.load.take()]);
  ledger.enter(JSON.parse(notes));
  return day;
}

/** What a page takes when all that can be is freed: the least of some looks. */
async function weigh({ page, devtools }) {
  const looks = [];
  for (let look = 0; look < LOOKS; look++) {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    const { nodes } = await devtools.send('Memory.getDOMCounters');
    looks.push([usedSize, nodes]);
  }
  const [heap, nodes] = [0, 1].map((place) => Math.min(...looks.map((look) => look[place])));
  const wasm = await page.evaluate(() => globalThis.started.reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
  return { wasm: wasm / MEGABYTE, heap: heap / MEGABYTE, nodes };
}

const rounded = (value) => Number(value.toFixed(1));
const begun = performance.now();
const going = new Set(Object.keys(watched));
const told = (name) => watched[name].complaints.concat(watched[name].ledger.complaints());
while (going.size > 0 && Object.keys(watched).every((name) => told(name).length === 0)) {
  for (const name of going) {
    const one = watched[name];
    const day = await look(one);
    if (Math.floor(day) > one.samples.length && day < DAYS) {
      const sample = { day: Math.floor(day), ...(await weigh(one)) };
      // A page that was busy may have skipped one.
      while (one.samples.length < sample.day) one.samples.push(sample);
      const { sessions, notifications, deliveries } = one.ledger;
      console.log(`${Math.round((performance.now() - begun) / 1_000)} s, ${name}, day ${sample.day}: ${rounded(sample.wasm)} MB of WebAssembly, ${rounded(sample.heap)} MB of heap, ${sample.nodes} nodes; ${sessions} sessions, ${notifications} notifications, ${deliveries} attempts`);
    }
    // A moment more, in which all is told.
    if (day >= DAYS + (name === 'console' ? 0.05 : 0)) going.delete(name);
  }
  await new Promise((done) => setTimeout(done, 250));
}
const took = (performance.now() - begun) / 60_000;
const wrong = [];
for (const [name, one] of Object.entries(watched)) {
  if (going.size === 0) await look(one).catch((error) => one.complaints.push(String(error)));
  for (const text of [...one.complaints, ...one.ledger.complaints({ atEnd: going.size === 0 })]) wrong.push(`${name}: ${text}`);
}
const { received, notifications } = watched.code.ledger;
if (going.size === 0 && received !== 2 * notifications) wrong.push(`code: the receiver was called ${received} times for ${notifications} notifications`);
const version = browser.version();
await browser.close();
for (const server of servers) server.close();

/** What must not grow. */
const KINDS = { wasm: ['WebAssembly', 'MB'], heap: ['the heap', 'MB'], nodes: ['nodes of the page', 'nodes'] };

/**
 * The least of the last third beside the least of the first, after the first minute: what is under way when it is looked at, as
 * the text of a snapshot, comes on top and goes again; what is never let go does not.
 */
function growth(name, samples) {
  const steady = samples.slice(WARM);
  const third = Math.floor(steady.length / 3);
  return Object.entries(third > 0 ? KINDS : {}).map(([kind, [what, unit]]) => {
    const [first, last] = [steady.slice(0, third), steady.slice(-third)].map((part) => Math.min(...part.map((sample) => sample[kind])));
    if (last > GROWTH * first) wrong.push(`${name}: ${what} grew from ${rounded(first)} to ${rounded(last)} ${unit}`);
    return { name: `${name}: ${what}, the least of the last third`, unit, values: [last], against: { name: 'that of the first', values: [first] }, goal: { atMost: GROWTH } };
  });
}

report({
  row: 'soak',
  title: `A long life: ${DAYS} days of the sandbox's time in ${rounded(took)} minutes`,
  how: `Headless Chromium ${version}: the console on a clock at ${SPEED.toLocaleString('en')} times the speed, and in another page code alone on a manual clock, with a receiver that takes each notification when it comes for the second time. A session every 10 s, which is granted and expires, is refused, terminated, extended or deleted. Each notification has to be there once, at exactly its time, each attempt too. Memory after the garbage is collected, once a day, after the first minute: the least of each third, for what is under way comes on top.`,
  figures: Object.entries(watched).flatMap(([name, { ledger, samples }]) => [
    { name: `${name}: sessions`, unit: 'sessions', values: [ledger.sessions] },
    { name: `${name}: notifications, each at its time`, unit: 'notifications', values: [ledger.notifications] },
    { name: `${name}: attempts to deliver them`, unit: 'attempts', values: [ledger.deliveries] },
    ...growth(name, samples),
  ]),
});
if (wrong.length > 0) {
  console.error(`\nIt did not hold:\n  ${wrong.join('\n  ')}`);
  process.exitCode = 1;
}
