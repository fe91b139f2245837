// A browser of a test's own, spoken to without Playwright, which has every page taken for one that is seen: in this one, a
// tab that another covers is hidden, and can be frozen.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, test as base } from '@playwright/test';

/** Speaks the DevTools protocol over the pipe of a browser: messages end with a zero. */
function protocol([, , , input, output]) {
  const waiting = new Map();
  let number = 0;
  let text = '';
  output.setEncoding('utf8').on('data', (chunk) => {
    const messages = (text + chunk).split('\0');
    text = messages.pop();
    for (const { id, result, error } of messages.map((message) => JSON.parse(message))) {
      const [resolve, reject] = waiting.get(id) ?? [];
      waiting.delete(id);
      if (error) reject?.(new Error(error.message));
      else resolve?.(result);
    }
  });
  return (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      waiting.set(++number, [resolve, reject]);
      input.write(`${JSON.stringify({ id: number, method, params, sessionId })}\0`);
    });
}

/** A tab: `evaluate`, `goto` and `close` as Playwright's pages have them; `send` for the protocol. */
async function tab(send) {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const own = (method, params) => send(method, params, sessionId);
  const evaluate = async (act, argument) => {
    const expression = typeof act === 'function' ? `(${act})(${JSON.stringify(argument)})` : act;
    const { result, exceptionDetails } = await own('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await own('Page.enable');
  return {
    send: own,
    evaluate,
    async goto(path) {
      const url = new URL(path, process.env.QOD_BASE_URL ?? 'http://127.0.0.1:8080/').href;
      await own('Page.navigate', { url });
      while ((await evaluate('location.href + document.readyState').catch(() => '')) !== `${url}complete`);
    },
    front: () => send('Target.activateTarget', { targetId }),
    close: () => send('Target.closeTarget', { targetId }),
  };
}

/** `test` with `openTab()`, which opens tabs of one window: the last that came is seen. */
export const test = base.extend({
  openTab: async ({}, use) => {
    const { args } = JSON.parse(await readFile(new URL('../../webdriver.json', import.meta.url), 'utf8'))['goog:chromeOptions'];
    const profile = await mkdtemp(join(tmpdir(), 'qod-tabs-'));
    const browser = spawn(process.env.QOD_CHROMIUM ?? chromium.executablePath(), [...args, '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    const ended = new Promise((resolve) => browser.on('exit', resolve));
    const send = protocol(browser.stdio);
    await use(() => tab(send));
    browser.kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  },
});
