// What sessions take of memory, and whether it is free again when they have ended: live bytes, counted natively, and the
// memory of the WebAssembly, which never shrinks, in Node and in a page.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { report } from './lib/report.mjs';
import { theMemory, watchMemory } from './lib/wasm-memory.mjs';

const ROUNDS = 5;
const MANY = 100_000;
const MEGABYTE = 1_048_576;
const webhook = { notificationUrl: 'https://a.example/hook' };

/** In a module of its own, so that its memory is: bytes of it at each stage. */
const STAGES = {
  /** Many sessions, twice, each time after a run that fills what is kept. */
  async many({ createSandbox, memory, asked, count, webhook }) {
    const sandbox = await createSandbox({ clock: 'manual', seed: 1, auth: 'off', startAt: 0 });
    let n = 0;
    const create = (count) => {
      for (let made = 1; made <= count; made++) {
        const body = JSON.stringify({ ...asked, device: { phoneNumber: `+1${String(n++).padStart(12, '0')}` }, applicationServerPorts: { ports: [443] }, duration: 3_600, webhook });
        const { status } = sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body });
        if (status !== 201) throw new Error(`create: ${status}`);
        if (made % 1_000 === 0) sandbox.clock.advance('2s');
      }
    };
    const run = () => {
      for (let hour = 0; hour < 25; hour++) {
        create(1_000);
        sandbox.clock.advance('1h');
      }
    };
    const bytes = [];
    for (let time = 0; time < 2; time++) {
      run();
      bytes.push(memory.buffer.byteLength);
      create(count);
      bytes.push(memory.buffer.byteLength);
      sandbox.clock.advance('1h');
      bytes.push(memory.buffer.byteLength);
    }
    return bytes;
  },

  /** 1,000 live sessions and 10,000 notifications. */
  async usual({ createSandbox, memory, asked, webhook }) {
    const sandbox = await createSandbox({ clock: 'manual', seed: 1, auth: 'off', startAt: 0 });
    const sessions = async (from, to, duration) => {
      for (let n = from; n < to; n++) {
        const body = JSON.stringify({ ...asked, device: { phoneNumber: `+1${String(n).padStart(12, '0')}` }, duration, webhook });
        const { status } = sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body });
        if (status !== 201) throw new Error(`create: ${status}`);
        // Listeners are told in between.
        if (n % 100 === 0) await null;
      }
      sandbox.clock.advance('1h');
    };
    await sessions(0, 4_500, 600);
    await sessions(4_500, 5_500, 86_400);
    // Looking at all of them would take memory of its own.
    globalThis.kept = sandbox;
    return memory.buffer.byteLength;
  },
};

const { asked } = await import('./lib/sessions.mjs');
const given = { asked: asked(0), count: MANY, webhook };

/** A stage in a Node of its own. */
const inNode = (stage) =>
  new Promise((done, fail) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: stage });
    worker.once('message', done);
    worker.once('error', fail);
  });

/** The usual in a page: the memory of its WebAssembly, and its heap. */
async function inPage(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  const code = `(${STAGES.usual.toString().replace('async usual', 'async function')})`;
  await page.evaluate(`(${watchMemory})()`);
  const wasm = await page.evaluate(async ({ code, theMemory, given }) => {
    const { createSandbox } = await import('./qod-sandbox.js');
    await (await createSandbox()).dispose();
    return (0, eval)(code)({ createSandbox, memory: (0, eval)(theMemory)(), ...given });
  }, { code, theMemory: `(${theMemory})`, given });
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const told = await page.evaluate(() => {
    const live = globalThis.kept.sessions().filter(({ releasedAt }) => !releasedAt).length;
    return [live, globalThis.kept.notifications().length];
  });
  if (`${told}` !== '1000,10000') throw new Error(`${told} instead of 1,000 and 10,000`);
  await page.close();
  return { wasm, heap: usedSize };
}

/** Counted by the test of the same name, which holds the crate to it. */
function native() {
  const { status, stdout, stderr } = spawnSync('cargo', ['test', '--quiet', '--test', 'memory', '--', '--nocapture'], { encoding: 'utf8', cwd: fileURLToPath(new URL('..', import.meta.url)), env: { ...process.env, QOD_BENCH_SESSIONS: String(MANY) } });
  if (status !== 0) throw new Error(stdout + stderr);
  return Object.fromEntries([...stdout.matchAll(/^(bytes [^:]+): ([\d.]+)$/gm)].map(([, name, value]) => [name, Number(value)]));
}

async function main() {
  const { launch, npm, serve } = await import('./lib/chromium.mjs');
  const { turns } = await import('./lib/turns.mjs');
  const counted = native();
  const browser = await launch();
  const server = await serve(npm, { '/blank.html': '<!doctype html><title>Memory</title>' });
  const rounds = await turns({ many: () => inNode('many'), usual: () => inNode('usual'), page: () => inPage(browser, `${server.url}blank.html`) }, { rounds: ROUNDS, warmups: 0 });
  await browser.close();
  server.close();
  const many = (value) => rounds.many.map(value);
  report({
    row: 'memory',
    title: 'What sessions take of memory',
    how: `Natively, live bytes as a counting allocator has them, with all that is kept to go back in time; in WebAssembly, the growth of its memory (Node ${process.versions.node}, Chromium ${browser.version()}). Before and after, sessions came and went until all that is kept was of them.`,
    figures: [
      { name: 'a live session among 100,000, native', unit: 'bytes', values: [counted['bytes per session']], goal: { atMost: 1_024 } },
      { name: 'a live session among 100,000, WebAssembly', unit: 'bytes', values: many(([before, with1]) => (with1 - before) / MANY), goal: { atMost: 1_024 } },
      { name: 'when 100,000 have ended, native', unit: 'MB', values: [counted['bytes after'] / MEGABYTE], against: { name: 'before', values: [counted['bytes before'] / MEGABYTE] }, goal: { atMost: 1.05 } },
      { name: 'when 100,000 have ended at once, WebAssembly', unit: 'MB', values: many((bytes) => bytes[2] / MEGABYTE) },
      { name: 'when another 100,000 have, WebAssembly', unit: 'MB', values: many((bytes) => bytes[5] / MEGABYTE), against: { name: 'the first', values: many((bytes) => bytes[2] / MEGABYTE) }, goal: { atMost: 1.05 } },
      { name: '1,000 sessions and 10,000 notifications, WebAssembly in all, Node', unit: 'MB', values: rounds.usual.map((bytes) => bytes / MEGABYTE), goal: { atMost: 7 } },
      { name: 'the same in Chromium, with the heap of the page', unit: 'MB', values: rounds.page.map(({ wasm, heap }) => (wasm + heap) / MEGABYTE), goal: { atMost: 7 } },
      { name: 'the heap of the page alone', unit: 'MB', values: rounds.page.map(({ heap }) => heap / MEGABYTE) },
    ],
  });
}

if (isMainThread) await main();
else {
  watchMemory();
  const { createSandbox } = await import('../dist/npm/node.js');
  (await createSandbox()).dispose();
  parentPort.postMessage(await STAGES[workerData]({ createSandbox, memory: theMemory(), ...given }));
}
