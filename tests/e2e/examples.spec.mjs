// The examples under www/examples/: each used as a reader would use it.

import { readdir } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { bundle, overflow, test } from './examples.mjs';

const EXAMPLES = ['docs', 'html', 'iframe', 'react', 'swagger-ui', 'scalar'];

/** What is there when a page of another's library is; else its title. */
const READY = { 'react/': 'qod-sandbox', 'swagger-ui/': '#operations-Sessions-createSession', 'scalar/': '#reference h1' };

test('the list of examples leads to each of them', async ({ page }) => {
  await page.goto('/examples/index.html');
  const links = await page.locator('dl a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  const folders = (await readdir(new URL('../../www/examples/', import.meta.url), { withFileTypes: true })).filter((one) => one.isDirectory());
  expect([...new Set(links.map((link) => link.split('/')[0]))].sort()).toEqual(folders.map(({ name }) => name).sort());
  for (const link of links) expect((await page.request.get(`/examples/${link}`)).status(), link).toBe(200);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

for (const width of [390, 1440]) {
  for (const name of ['', ...EXAMPLES.map((name) => `${name}/`)]) {
    test(`nothing scrolls sideways in ${name || 'the list'} at ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await bundle(page);
      await page.goto(`/examples/${name}index.html`);
      await expect(page.locator(READY[name] ?? 'h1')).toBeVisible();
      await page.evaluate(() => Promise.all([...document.querySelectorAll('qod-sandbox')].map(({ ready }) => ready.then(() => {}))));
      expect(await overflow(page)).toBe(0);
    });
  }
}

test('plain HTML: the page hears what happens, and gives the element its colours', async ({ page }) => {
  await page.goto('/examples/html/index.html');
  const tryIt = page.getByRole('button', { name: 'Try it' });
  await tryIt.click();
  await expect(tryIt).toHaveCSS('background-color', 'rgb(116, 32, 196)');
  const next = page.getByRole('button', { name: /^Next event/ });
  await next.click();
  await next.click();
  await expect(page.locator('#heard li')).toHaveText([/: AVAILABLE$/, /: UNAVAILABLE, NETWORK_TERMINATED$/]);
  const bar = page.locator('qod-sandbox').locator('[part~=bar]');
  await expect(bar).toHaveCSS('border-top-color', 'rgb(138, 43, 226)');
});

test('an iframe: as high as its content, called and heard by the page around', async ({ page }) => {
  // All of it is in sight: a press while the page scrolls may reach the frame that was there before.
  await page.setViewportSize({ width: 1000, height: 1400 });
  await page.goto('/examples/iframe/index.html');
  const clock = page.locator('#clock');
  await expect(clock).toHaveText('It is 09:00:00 in the sandbox');
  const frame = page.frameLocator('iframe');
  const height = () => page.locator('iframe').evaluate((iframe) => iframe.getBoundingClientRect().height);
  const before = await height();
  await frame.getByRole('button', { name: 'Try it' }).click();
  await expect(frame.getByRole('group', { name: 'Response', exact: true })).toContainText('201 Created');
  // It never scrolls inside: the answer made it higher.
  await expect.poll(height).toBeGreaterThan(before);
  const inside = await frame.locator('body').evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
  expect(inside[0]).toBeLessThanOrEqual(inside[1]);
  await page.getByRole('button', { name: 'Two seconds later' }).click();
  await expect(clock).toHaveText('It is 09:00:02 in the sandbox');
  await expect(page.locator('#heard li')).toHaveText(['2026-03-02T09:00:02.000Z: AVAILABLE']);
  await page.getByRole('button', { name: 'An hour later' }).click();
  await expect(page.locator('#heard li').last()).toHaveText('2026-03-02T10:00:00.000Z: UNAVAILABLE, DURATION_EXPIRED');
});

test('React: options as properties, events as callbacks, taken out and put back', async ({ page }) => {
  await bundle(page);
  await page.goto('/examples/react/index.html');
  const element = page.locator('qod-sandbox');
  const tryIt = page.getByRole('button', { name: 'Try it' });
  const later = page.getByRole('button', { name: 'Ten seconds later' });
  await tryIt.click();
  await later.click();
  await expect(page.locator('#heard li')).toHaveText(['AVAILABLE']);
  // Options that are objects are JSON; what changes goes to the sandbox that is there.
  await expect(element).toHaveAttribute('operator', '{"retentionSeconds":600}');
  await page.getByLabel('New sessions are').selectOption('refused-after-2s');
  await page.getByLabel(/^Application server/).first().fill('198.51.100.20');
  await tryIt.click();
  await later.click();
  await expect(page.locator('#heard li')).toHaveText(['AVAILABLE', 'UNAVAILABLE, NETWORK_TERMINATED']);
  expect(await element.evaluate(({ sandbox }) => sandbox.traffic().length)).toBe(2);

  const before = await element.evaluateHandle(({ sandbox }) => sandbox);
  await page.getByRole('button', { name: 'Take it away' }).click();
  await expect(element).toHaveCount(0);
  expect(await before.evaluate((sandbox) => {
    try {
      return sandbox.traffic().length;
    } catch (error) {
      return error.message;
    }
  })).toContain('was disposed');
  await page.getByRole('button', { name: 'Show it' }).click();
  await expect(tryIt).toBeVisible();
  expect(await element.evaluate(({ sandbox }) => sandbox.traffic().length)).toBe(0);
});

test('Swagger UI: its document and what is executed are answered by the sandbox', async ({ page }) => {
  await page.goto('/examples/swagger-ui/index.html');
  const operation = page.locator('#operations-Sessions-createSession');
  await operation.getByRole('button').first().click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  await operation.getByRole('button', { name: 'Execute' }).click();
  const answer = operation.locator('.live-responses-table');
  await expect(answer).toContainText('"qosStatus": "REQUESTED"');
  await expect(answer.locator('.response-col_status').last()).toContainText('201');
  const network = page.getByRole('group', { name: 'Session', exact: true });
  await page.getByRole('button', { name: /^Next event/ }).click();
  await expect(network).toContainText('AVAILABLE, granted');
  // Again, without the token.
  await operation.getByRole('button', { name: /authorization/i }).click();
  const dialog = page.locator('.dialog-ux');
  await dialog.getByRole('button', { name: 'Remove authorization' }).click();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await operation.getByRole('button', { name: 'Execute' }).click();
  await expect(answer).toContainText('"code": "UNAUTHENTICATED"');
});

test('Scalar: its document and what is sent are answered by the sandbox', async ({ page }) => {
  await page.goto('/examples/scalar/index.html');
  await page.getByRole('button', { name: /^Test Request/ }).first().click();
  const client = page.getByRole('dialog');
  await client.getByRole('button', { name: /^Send/ }).first().click();
  await expect(client).toContainText('201 Created');
  await expect(client).toContainText('"qosStatus": "REQUESTED"');
  await client.getByRole('button', { name: /^Send/ }).first().click();
  await expect(client).toContainText('409 Conflict');
});
