// Notifications and their receivers, as a person reads and sets them up.

import { expect, test } from '@playwright/test';

const TOKEN = 'c8974e592c2fa383d4a3960714';

const pane = (page) => page.getByRole('region', { name: 'Notifications', exact: true });
const stream = (page) => pane(page).getByRole('list', { name: 'Notifications, newest first' });
const rows = (page) => stream(page).locator('.nt');
const filter = (page) => page.getByRole('searchbox', { name: 'Filter notifications' });
const sandbox = (page, act, argument) => page.evaluate(`(${act})(document.querySelector('qod-sandbox').sandbox, ${JSON.stringify(argument)})`);

/** As many sessions, granted at once on the sandbox's clock, each with a webhook. */
const MANY = `(sandbox, count) => {
  for (let number = 0; number < count; number++) {
    sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', headers: { authorization: 'Bearer mock_sandbox_access_token' }, body: JSON.stringify({
      device: { phoneNumber: '+' + (34600000000 + number) }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E',
      webhook: { notificationUrl: 'https://app.example/hook/' + number, notificationAuthToken: '${TOKEN}' },
    }) });
  }
  sandbox.clock.advance('3s');
}`;

test.beforeEach(async ({ page }, info) => {
  info.complaints = [];
  page.on('pageerror', (error) => info.complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && info.complaints.push(message.text()));
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/');
  await page.getByRole('button', { name: 'Pause' }).click();
});

test.afterEach(async ({}, info) => {
  expect(info.complaints).toEqual([]);
});

test('the list is narrowed to what matches all words', async ({ page }) => {
  await sandbox(page, MANY, 3);
  await sandbox(page, "(s) => s.network.terminate(s.sessions()[0].sessionId)");
  await expect(rows(page)).toHaveCount(4);
  await page.keyboard.press('/');
  await expect(filter(page)).toBeFocused();
  const meant = async (text, count) => {
    await filter(page).fill(text);
    await expect(pane(page).locator('.count').first()).toHaveText(`${count} of 4`);
    await expect(rows(page)).toHaveCount(count);
  };
  await meant('available', 3);
  await meant('UNAVAIL terminated', 1);
  await meant('204 delivered', 4);
  await meant('hook/1', 1);
  await meant((await sandbox(page, '(s) => s.sessions()[0].sessionId')).slice(0, 8), 2);
  await meant('drone-9', 0);
  await expect(pane(page)).toContainText('Nothing matches “drone-9”.');
  await pane(page).getByRole('button', { name: 'Clear filter' }).click();
  await expect(rows(page)).toHaveCount(4);
  await filter(page).fill('x');
  await page.keyboard.press('Escape');
  await expect(rows(page)).toHaveCount(4);
});

test('one at a time is read, with the request as it was sent', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await sandbox(page, MANY, 2);
  const [first, second] = [rows(page).nth(0), rows(page).nth(1)];
  await first.locator('.nt__row').click();
  await expect(first).toContainText('POST https://app.example/hook/1');
  await expect(first).toContainText('authorization: Bearer c897••••••••••••••••••0714');
  await expect(first.getByRole('group', { name: 'CloudEvent' })).toContainText('"qosStatus": "AVAILABLE"');
  await expect(first).toContainText('answered 204 at once');
  await second.locator('.nt__row').click();
  await expect(stream(page).locator('.nt__body')).toHaveCount(1);
  await expect(second).toContainText('hook/0');
  await expect(page).toHaveURL(/#\/notifications\//);

  await second.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByText('CloudEvent copied.')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(copied)).toEqual(await sandbox(page, '(s) => s.notifications()[0].event'));
  await second.getByRole('button', { name: 'Copy as cURL' }).click();
  await expect(page.getByText('cURL copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("'https://app.example/hook/0'");

  const session = await sandbox(page, '(s) => s.sessions()[0].sessionId');
  await second.getByRole('button', { name: session }).click();
  await expect(page).toHaveURL(new RegExp(`#/sessions/${session}`));
});

test('a link leads to one far down among ten thousand, of which few are there', async ({ page }) => {
  test.slow();
  await sandbox(page, MANY, 10_000);
  await expect(pane(page).locator('.count').first()).toHaveText('10000');
  const there = () => rows(page).count();
  expect(await there()).toBeLessThan(120);
  const id = await sandbox(page, '(s) => s.notifications()[2500].id');
  await page.evaluate((id) => { location.hash = `#/notifications/${id}`; }, id);
  const open = stream(page).locator('.nt.open');
  await expect(open).toBeInViewport();
  await expect(open).toContainText('hook/2500');
  await expect(open).toHaveAttribute('aria-posinset', '7500');
  await expect(open).toHaveAttribute('aria-setsize', '10000');
  expect(await there()).toBeLessThan(120);

  await filter(page).fill('hook/77');
  await expect(pane(page).locator('.count').first()).toHaveText('111 of 10000');
  // What is opened from elsewhere is shown, whatever the filter says.
  const other = await sandbox(page, '(s) => s.notifications()[9000].id');
  await page.evaluate((id) => { location.hash = `#/notifications/${id}`; }, other);
  await expect(filter(page)).toHaveValue('');
  await expect(stream(page).locator('.nt.open')).toBeInViewport();
});

test('the list stands still while it is read, and says how many are new', async ({ page }) => {
  await sandbox(page, MANY, 40);
  const list = pane(page).locator('.notify__list');
  const top = () => rows(page).filter({ hasText: 'AVAILABLE' }).nth(0);
  await expect(top()).not.toHaveClass(/is-new/);
  await list.evaluate((list) => { list.scrollTop = 530; });
  const id = await sandbox(page, '(s) => s.notifications()[20].sessionId');
  const watched = rows(page).filter({ hasText: id.slice(0, 8) });
  const before = await watched.boundingBox();
  await sandbox(page, "(s) => { for (const { sessionId } of s.sessions().slice(0, 3)) s.network.terminate(sessionId); }");
  const fresh = pane(page).getByRole('button', { name: '3 new' });
  await expect(fresh).toBeVisible();
  expect((await watched.boundingBox()).y).toBe(before.y);
  await fresh.click();
  await expect(fresh).toBeHidden();
  await expect(rows(page).first()).toContainText('NETWORK_TERMINATED');
  await expect(rows(page).first()).toHaveClass(/is-new/);
  await expect(rows(page).nth(3)).not.toHaveClass(/is-new/);
});

test('a failed delivery of a session made here is told, and redelivered from there', async ({ page }) => {
  await page.getByRole('combobox', { name: 'Receiver' }).selectOption('503');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByRole('button', { name: /^Next event/ }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'Receiver answered 503 to' });
  await expect(alert).toBeVisible();
  await page.getByRole('combobox', { name: 'Receiver' }).selectOption('204');
  await alert.getByRole('button', { name: 'Redeliver' }).click();
  await expect(rows(page).first()).toContainText('204 delivered');
  await expect(rows(page).first()).toContainText('×2');
  await rows(page).first().locator('.nt__row').click();
  const attempts = rows(page).first().getByRole('list', { name: 'Attempts' }).getByRole('listitem');
  await expect(attempts.nth(0)).toContainText('503 refused');
  await expect(attempts.nth(0)).toContainText('the receiver answered with something else than 2xx');
  await expect(attempts.nth(1)).toContainText('redelivery');
});

test('receivers are added, seen and removed, and the policy changes', async ({ page }) => {
  await page.getByRole('button', { name: 'Receivers and delivery' }).click();
  const dialog = page.getByRole('dialog');
  const list = dialog.getByRole('list', { name: 'Receivers' }).getByRole('listitem');
  await expect(list).toHaveCount(1);
  await sandbox(page, "(s) => { s.receive('https://code.example', () => new Response()); }");
  await expect(list.nth(1)).toContainText('your code');
  await dialog.getByRole('button', { name: 'Add receiver' }).click();
  await expect(dialog.getByRole('alert')).toContainText('absolute address');
  await dialog.getByRole('textbox', { name: 'URL' }).fill('https://app.example/hook/0');
  await dialog.getByRole('textbox', { name: 'Wants the token' }).fill(TOKEN);
  await dialog.getByRole('textbox', { name: 'Fails the first' }).fill('1');
  await dialog.getByRole('combobox', { name: 'Answers' }).selectOption('202');
  await dialog.getByRole('button', { name: 'Add receiver' }).click();
  await expect(list.nth(2)).toContainText('https://app.example/hook/0');
  await expect(list.nth(2)).toContainText('Answers 202, after failing 1 with 503. Wants the token c897••••••••••••••••••0714, else 401.');

  const attempts = dialog.getByRole('textbox', { name: 'Attempts' });
  await attempts.fill('0');
  await attempts.blur();
  await expect(attempts).toHaveAttribute('aria-invalid', 'true');
  await attempts.fill('3');
  await attempts.blur();
  await expect(attempts).not.toHaveAttribute('aria-invalid');
  await dialog.getByRole('textbox', { name: 'Wait after the first' }).fill('0.5');
  await dialog.getByRole('textbox', { name: 'Wait after the first' }).blur();
  const run = await sandbox(page, '(s) => s.exportRun()');
  expect(run).toContain('"attempts": 3');
  expect(run).toContain('"backoff": 500');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await sandbox(page, MANY, 2);
  const [other, mine] = [rows(page).nth(0), rows(page).nth(1)];
  await expect(other).toContainText('204 delivered');
  await expect(mine).toContainText('202 delivered');
  await expect(mine).toContainText('×2');

  await page.getByRole('button', { name: 'Receivers and delivery' }).click();
  await dialog.getByRole('button', { name: 'Remove the receiver for https://app.example/hook/0' }).click();
  await expect(list).toHaveCount(2);
  // Out of reach behind the dialog, it waits.
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Receivers and delivery' }).click();
  await expect(list).toHaveCount(3);
});

test('where there is none, this tab can be the webhook', async ({ page }) => {
  await page.getByRole('combobox', { name: 'Receiver' }).selectOption('nobody');
  await pane(page).getByRole('button', { name: 'Use this tab as the webhook' }).click();
  await expect(page.getByRole('combobox', { name: 'Receiver' })).toHaveValue('204');
});

test('hostile texts stay in their place', async ({ page }) => {
  const nasty = `https://x.example/<img src=x onerror=alert(1)>/${'a'.repeat(3_000)}`;
  await sandbox(page, `(s, url) => {
    s.receive('https://x.example', () => { throw new Error('<b>\\u202egnol</b> ' + 'w'.repeat(5000)); });
    s.handle({ method: 'POST', url: '/qod/v0/sessions', headers: { authorization: 'Bearer mock_sandbox_access_token' }, body: JSON.stringify({
      device: { networkAccessIdentifier: '\\u202e<script>' }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E',
      webhook: { notificationUrl: encodeURI(url) },
    }) });
    s.clock.advance('3s');
  }`, nasty);
  await expect(rows(page).first()).toContainText('failed');
  await rows(page).first().locator('.nt__row').click();
  await expect(rows(page).first()).toContainText('<b>');
  expect(await pane(page).locator('img, script, b:not(.verb)').count()).toBe(0);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  }
  await filter(page).fill('<img');
  await expect(pane(page)).toContainText('Nothing matches “<img”.');
});
