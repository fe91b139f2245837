// A fixture for Playwright: a sandbox in Node answers what the page asks of the API. The page needs nothing of it.

import { test as base } from '@playwright/test';
import { createSandbox } from 'qod-sandbox';

export { expect } from '@playwright/test';

export const test = base.extend({
  sandbox: async ({ page }, use) => {
    const sandbox = await createSandbox({ clock: 'manual' });
    const answer = async (route) => {
      const request = route.request();
      const method = request.method();
      try {
        const response = await sandbox.fetch(request.url(), { method, headers: request.headers(), body: request.postData() });
        await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() });
      } catch {
        await route.abort(); // a connection that is to fail
      }
    };
    await page.route('**/qod/v0/**', answer);
    await page.route('**/token', answer); // for applications that fetch their tokens
    await use(sandbox);
    sandbox.dispose();
  },
});
