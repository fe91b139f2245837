// Playwright's `test` with origins of its own.

import { test as base } from '@playwright/test';
import { start } from './origin.mjs';

export * from './origin.mjs';

/** `test` with `host(answer)`, which starts an origin for the time of the test. */
export const test = base.extend({
  host: async ({}, use) => {
    const started = [];
    await use(async (answer) => {
      started.push(await start(answer));
      return started.at(-1).origin;
    });
    for (const { stop } of started) stop();
  },
});
