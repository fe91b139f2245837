// The example of a portal's guide: its three stories and its sample, as a reader lives through them.

import AxeBuilder from '@axe-core/playwright';
import { expect, test as plain } from '@playwright/test';
import { test } from './examples.mjs';

const GUIDE = '/examples/docs/index.html';

/** The sandbox under a heading; `place` is the page or a frame. */
const embed = (place, title) => place.locator('qod-sandbox').filter({ has: place.getByText(title, { exact: true }) });

/** A sample that is refused, mended by the reader, and granted. */
async function mend(place) {
  await place.getByRole('button', { name: 'Run it' }).click();
  const output = place.getByRole('log', { name: 'Output' });
  await expect(output).toContainText('400 {');
  await expect(output).toContainText('"message": "Expected property is missing: applicationServer"');
  await expect(output.getByRole('listitem')).toContainText([
    'applicationServer stands inside device: move it one level up.',
    'qosProfile stands inside device: move it one level up.',
    'duration stands inside device: move it one level up.',
  ]);
  await output.getByRole('button', { name: 'Mend it in the form' }).click();
  const form = embed(place, 'Create a session');
  const response = form.getByRole('group', { name: 'Response', exact: true });
  await expect(response).toContainText('400 Bad Request');
  await form.getByRole('button', { name: 'Move all three' }).click();
  await expect(form.getByLabel(/^Application server/).first()).toHaveValue('0.0.0.0/0');
  await expect(form.getByRole('combobox', { name: 'QoS profile' })).toHaveValue('QOS_E');
  await form.getByRole('button', { name: 'Try it' }).click();
  // Any server is a network of servers, and taken.
  await expect(response).toContainText('201 Created');
  await form.getByRole('button', { name: /^Next event/ }).click();
  const session = form.getByRole('group', { name: 'Session', exact: true });
  await expect(session).toContainText('REQUESTED, created');
  await expect(session).toContainText('AVAILABLE, granted');
}

/** A session that the network takes back, kept for 360 s, and released. */
async function takenBack(place) {
  const figure = embed(place, 'Terminated by the network');
  await figure.scrollIntoViewIfNeeded();
  const next = figure.getByRole('button', { name: /^Next event/ });
  const session = figure.getByRole('group', { name: 'Session', exact: true });
  const notifications = figure.getByRole('group', { name: 'Notifications', exact: true }).getByRole('listitem');
  await expect(next).toContainText('granted in 2.0 s');
  await next.click();
  await expect(notifications).toHaveCount(1);
  await expect(next).toContainText('terminated in 10 s');
  await next.click();
  await expect(notifications).toHaveCount(2);
  await expect(notifications.first()).toContainText('NETWORK_TERMINATED');
  await expect(next).toContainText('released in 6 m');
  await next.click();
  await expect(session).toContainText('09:06:12');
  await expect(session.getByRole('listitem').first()).toContainText('UNAVAILABLE, released');
  await expect(notifications).toHaveCount(2);
}

/** The same flow twice is refused and explained; another port is another flow. */
async function twice(place) {
  const figure = embed(place, 'The same flow, twice');
  await figure.scrollIntoViewIfNeeded();
  const tryIt = figure.getByRole('button', { name: 'Try it', exact: true });
  const response = figure.getByRole('group', { name: 'Response', exact: true });
  await tryIt.click();
  await expect(response).toContainText('201 Created');
  await tryIt.click();
  await expect(response).toContainText('409 Conflict');
  await expect(response).toContainText('Delete that session first, or ask for other servers or ports.');
  await figure.getByRole('button', { name: /more fields/ }).click();
  await figure.getByLabel('Server ports').fill('8443');
  await tryIt.click();
  await expect(response).toContainText('201 Created');
  await expect(figure.getByRole('group', { name: 'Sessions', exact: true })).toContainText('2 open');
}

test('a reader mends the sample, sees a session taken back, and a conflict', async ({ page }) => {
  await page.goto(GUIDE);
  await mend(page);
  await takenBack(page);
  await twice(page);
  // The first story's sandbox is the sample's, and nobody else's.
  const counts = await page.locator('qod-sandbox').evaluateAll((all) => all.map(({ sandbox }) => sandbox.sessions().length));
  expect(counts).toEqual([1, 1, 2]);
});

test('the same in an iframe that may run scripts and nothing else', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 1000 });
  await page.route('**/around.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Around</title><iframe sandbox="allow-scripts" title="Guide" src="${GUIDE}" width="1200" height="900"></iframe>` }),
  );
  await page.goto('/around.html');
  const guide = page.frameLocator('iframe');
  await mend(guide);
  await takenBack(guide);
  await twice(guide);
});

test('without a connection, once it was read to its end and its sample ran', async ({ page, context }) => {
  await page.goto(GUIDE);
  await mend(page);
  await page.evaluate(() => Promise.all([...document.querySelectorAll('qod-sandbox')].map(({ ready }) => ready.then(() => {}))));
  await context.setOffline(true);
  await takenBack(page);
  await twice(page);
  await context.setOffline(false);
});

// The browser writes down that it has no connection, which is a complaint elsewhere.
plain('a sample that cannot run without a connection leads to the form', async ({ page, context }) => {
  await page.goto(GUIDE);
  const form = embed(page, 'Create a session');
  await form.evaluate(({ ready }) => ready.then(() => {}));
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Run it' }).click();
  await page.getByRole('alert').getByRole('button', { name: 'Try it in the form' }).click();
  await form.getByRole('button', { name: 'Try it', exact: true }).click();
  await expect(form.getByRole('group', { name: 'Response', exact: true })).toContainText('201 Created');
});

for (const theme of ['light', 'dark']) {
  for (const width of [390, 1440]) {
    test(`axe finds nothing, ${theme}, ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.goto(GUIDE);
      await mend(page);
      await takenBack(page);
      await twice(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target, any }) => [id, String(target), any[0]?.message]))).toEqual([]);
    });
  }
}

test('the button for light and dark takes the sandboxes along', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(GUIDE);
  const ground = embed(page, 'Create a session').locator('[part~=console]');
  await expect(ground).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(ground).toHaveCSS('background-color', 'rgb(17, 20, 26)');
  await page.getByRole('button', { name: 'Light' }).click();
  await expect(ground).toHaveCSS('background-color', 'rgb(255, 255, 255)');
});
