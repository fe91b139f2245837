// npm install --save-dev qod-sandbox @playwright/test && npx playwright install chromium && npx playwright test
// Its package.json says "type": "module".

import { fileURLToPath } from 'node:url';
import { expect, test } from './fixture.js';

test.beforeEach(async ({ page }) => {
  // In the place of your application's server.
  await page.route('https://app.example/*', (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ path: fileURLToPath(new URL(`.${pathname}`, import.meta.url)) });
  });
  await page.goto('https://app.example/app.html');
});

test('a boost is granted, and ends', async ({ page, sandbox }) => {
  await page.getByRole('button', { name: 'Boost' }).click();
  await expect(page.getByRole('status')).toHaveText('REQUESTED');
  sandbox.clock.advance('2s');
  await expect(page.getByRole('status')).toHaveText('AVAILABLE');
  sandbox.clock.advance('10m'); // no waiting
  await expect(page.getByRole('status')).toHaveText('Over');
  expect(sandbox.sessions()).toHaveLength(1);
});

test('the connection fails, and then the operator', async ({ page, sandbox }) => {
  sandbox.faults.add({ networkError: true, times: 1 });
  await page.getByRole('button', { name: 'Boost' }).click();
  await expect(page.getByRole('status')).toHaveText('No connection');
  sandbox.use('unavailable');
  await page.getByRole('button', { name: 'Boost' }).click();
  await expect(page.getByRole('status')).toHaveText(/unavailable/i);
});
