// The picture of the sessions, its table, menus and details.

import { expect, test } from '@playwright/test';

const region = (page, name) => page.getByRole('region', { name, exact: true });
const sandbox = (page, act) => page.evaluate(`(${act})(document.querySelector('qod-sandbox').sandbox)`);
const rows = (page) => region(page, 'Sessions').getByRole('row').filter({ has: page.getByRole('rowheader') });
const create = (device = { phoneNumber: '+12025550117' }, more = {}) => `(s) => {
  const body = ${JSON.stringify({ device, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E', duration: 3600, ...more })};
  const answer = s.handle({ method: 'POST', url: '/qod/v0/sessions', headers: { authorization: 'Bearer mock_sandbox_access_token' }, body: JSON.stringify(body) });
  return JSON.parse(answer.body);
}`;

/** Opens the page with a clock that stands; every complaint of the browser's fails the test. */
test.beforeEach(async ({ page }, info) => {
  info.complaints = [];
  page.on('pageerror', (error) => info.complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && info.complaints.push(message.text()));
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  await sandbox(page, '(s) => s.clock.pause()');
});

test.afterEach(async ({}, info) => {
  expect(info.complaints).toEqual([]);
});

test('the example from the empty pane, told as a picture in words', async ({ page }) => {
  const sessions = region(page, 'Sessions');
  await expect(sessions).toContainText('No sessions yet');
  await sessions.getByRole('button', { name: 'Try the example' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).getByRole('img')).toHaveAccessibleName(/^Requested \d\d:\d\d:\d\d, will be available \d\d:\d\d:\d\d, expires \d\d:\d\d:\d\d$/);
  await sandbox(page, "(s) => s.clock.advance('2s')");
  await expect(rows(page).first()).toContainText('AVAILABLE');
  await expect(rows(page).first()).toContainText('expires in 59 m');
  await expect(sessions.getByRole('table')).toHaveAttribute('aria-rowcount', '2');
});

test('details of the one selected, also by a link to it', async ({ page }) => {
  const { sessionId, startedAt } = await sandbox(page, create({ phoneNumber: '+12025550117' }, { webhook: { notificationUrl: 'ftp://files.example/hook' } }));
  const sessions = region(page, 'Sessions');
  await expect(sessions).toContainText('Select a session');
  await rows(page).getByRole('button', { name: sessionId.slice(0, 8), exact: true }).click();
  await expect(rows(page).first()).toHaveAttribute('aria-current', 'true');
  const details = region(page, sessionId);
  for (const text of ['+12025550117', 'all device ports', '198.51.100.10', 'QOS_E', String(startedAt), String(startedAt + 3600), '1 h', 'ftp://files.example/hook', '201, no notification', 'in 2 s, AVAILABLE', 'WARNING']) {
    await expect(details).toContainText(text);
  }
  await expect(details.getByRole('button', { name: 'Extend…' })).toBeDisabled();
  await sandbox(page, `(s) => { s.clock.advance('10s'); s.network.terminate('${sessionId}'); }`);
  await expect(details.getByRole('list', { name: 'State history' })).toContainText('NETWORK_TERMINATED');
  await details.getByText('Polling beside callback').click();
  await expect(details.getByRole('table')).toContainText('200 UNAVAILABLE');
  await expect(details.getByRole('table')).toContainText('not why');
  await rows(page).getByRole('button', { name: sessionId.slice(0, 8), exact: true }).click();
  await expect(sessions).toContainText('Select a session');
  await page.evaluate((id) => { location.hash = `#/sessions/${id}`; }, sessionId);
  await expect(region(page, sessionId)).toBeVisible();
});

test('open and ended ones apart', async ({ page }) => {
  await sandbox(page, create());
  await sandbox(page, create({ phoneNumber: '+12025550118' }, { duration: 60 }));
  await sandbox(page, "(s) => s.clock.advance('2m')");
  const sessions = region(page, 'Sessions');
  await expect(sessions).toContainText('1 open, 1 ended');
  await sessions.getByRole('radio', { name: 'Ended' }).check({ force: true });
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText('Expired');
  await expect(rows(page).first()).toContainText('1 m ago');
  await sessions.getByRole('radio', { name: 'Open' }).check({ force: true });
  await expect(rows(page).first()).toContainText('AVAILABLE');
});

test('another span, another stretch, and back to now', async ({ page }) => {
  await sandbox(page, create());
  const sessions = region(page, 'Sessions');
  const shown = sessions.getByRole('slider', { name: 'Time shown' });
  const text = () => shown.getAttribute('aria-valuetext');
  await sessions.getByRole('radio', { name: '15 m' }).check({ force: true });
  await expect(shown).toHaveAttribute('aria-valuetext', /follows now$/);
  const begin = await text();
  await shown.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(shown).not.toHaveAttribute('aria-valuetext', /follows now$/);
  expect(await text()).not.toBe(begin);
  await sessions.getByRole('button', { name: 'Follow' }).click();
  await expect(shown).toHaveAttribute('aria-valuetext', begin);
  await shown.focus();
  await page.keyboard.press('-');
  await expect(sessions.getByRole('radio', { name: '15 m' })).not.toBeChecked();

  // By hand: a drag moves it and selects nothing.
  const box = await rows(page).getByRole('img').boundingBox();
  await page.mouse.move(box.x + 200, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 100, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await expect(sessions.getByRole('button', { name: 'Follow' })).toBeVisible();
  await expect(sessions).toContainText('Select a session');
  const dragged = await text();
  await page.keyboard.down('Shift');
  await page.mouse.wheel(0, 200);
  await page.keyboard.up('Shift');
  await expect.poll(text).not.toBe(dragged);
  await sessions.getByRole('radio', { name: 'Fit' }).check({ force: true });
  await expect(shown).toHaveAttribute('aria-valuetext', /follows now$/);
  await page.mouse.move(box.x + 200, box.y + 20);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 100);
  await page.keyboard.up('Control');
  await expect(sessions.getByRole('radio', { name: 'Fit' })).not.toBeChecked();
});

test('the menu of a row with the keyboard; deleted and taken back', async ({ page }) => {
  const { sessionId } = await sandbox(page, create());
  const short = sessionId.slice(0, 8);
  const button = region(page, 'Sessions').getByRole('button', { name: `Actions for session ${short}` });
  await button.focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu', { name: `Session ${sessionId.slice(0, 4)}…` });
  await expect(menu.getByRole('menuitem', { name: /^Grant now/ })).toBeFocused();
  await expect(menu.getByRole('menuitem', { name: /^Terminate/ })).toHaveAttribute('aria-disabled', 'true');
  await expect(menu.getByRole('menuitem', { name: /^Terminate/ })).toContainText('Only while it is AVAILABLE');
  await expect(menu.getByRole('menuitem', { name: /^Extend/ })).toContainText('Answers 400');
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(rows(page).first()).toContainText('AVAILABLE');
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('d');
  await expect(menu.getByRole('menuitem', { name: /^Delete/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rows(page).first()).toContainText('Deleted');
  await expect(region(page, 'Response')).toContainText('204');
  await expect(page.getByText(`Session ${sessionId.slice(0, 4)}… deleted.`)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page).first()).toContainText('AVAILABLE');
});

test('the same as a table', async ({ page }) => {
  const { sessionId } = await sandbox(page, create());
  await sandbox(page, `(s) => { s.clock.advance('10s'); s.network.terminate('${sessionId}'); }`);
  const sessions = region(page, 'Sessions');
  await sessions.getByRole('button', { name: 'Table', exact: true }).click();
  const row = sessions.getByRole('table').getByRole('row').last();
  for (const text of [sessionId, 'QOS_E', '+12025550117', 'UNAVAILABLE', 'NETWORK_TERMINATED']) await expect(row).toContainText(text);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await sessions.getByRole('button', { name: 'Copy table' }).click();
  await expect(page.getByText('The table copied.')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n').map((line) => line.split('\t').length)).toEqual([8, 8]);
});

test('of ten thousand sessions those in sight are there, at once', async ({ page }) => {
  test.setTimeout(120_000);
  await sandbox(page, `(s) => {
    for (let n = 0; n < 10_000; n++) s.handle({ method: 'POST', url: '/qod/v0/sessions', headers: { authorization: 'Bearer mock_sandbox_access_token' },
      body: JSON.stringify({ device: { phoneNumber: '+1' + (2000000000 + n) }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E', duration: n % 2 ? 60 : 3600 }) });
    s.clock.advance('90s');
  }`);
  const sessions = region(page, 'Sessions');
  await expect(sessions).toContainText('5000 open, 5000 ended');
  await expect(sessions.getByRole('table')).toHaveAttribute('aria-rowcount', '10001');
  expect(await rows(page).count()).toBeLessThan(100);
  await sessions.getByRole('table').evaluate((table) => { table.closest('.scroll').scrollTop = 200_000; });
  await expect(rows(page).first()).toHaveAttribute('aria-rowindex', /^4\d\d\d$/);
  expect(await rows(page).count()).toBeLessThan(100);
  await sessions.getByRole('radio', { name: 'Ended' }).check({ force: true });
  await expect(sessions.getByRole('table')).toHaveAttribute('aria-rowcount', '5001');
  expect(await rows(page).count()).toBeLessThan(100);
});

test('whatever a session is called, it stays in its place', async ({ page }) => {
  const name = `<b>x</b>\u202Eevil\u202C${'é'.repeat(300)}@${'a'.repeat(200)}.example`;
  const { sessionId } = await sandbox(page, create({ networkAccessIdentifier: name }, { webhook: { notificationUrl: `https://${'h'.repeat(60)}.example/${'p'.repeat(2_000)}` } }));
  await rows(page).getByRole('button', { name: sessionId.slice(0, 8), exact: true }).click();
  await expect(region(page, sessionId)).toContainText('<b>x</b>');
  for (const width of [320, 390, 720, 820, 1200, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await page.evaluate(() => {
      const pane = document.querySelector('qod-sandbox').shadowRoot.querySelector('.sessions');
      return Math.max(pane.scrollWidth - pane.clientWidth, document.documentElement.scrollWidth - document.documentElement.clientWidth);
    });
    expect(overflow, `at ${width} pixels`).toBeLessThanOrEqual(0);
  }
});

test('the picture moves with a fast clock, and no row with it', async ({ page }) => {
  await sandbox(page, create());
  await sandbox(page, "(s) => { s.clock.advance('5s'); s.clock.setSpeed(600); s.clock.resume(); }");
  await expect(rows(page)).toHaveCount(1);
  const now = () => page.evaluate(() => document.querySelector('qod-sandbox').shadowRoot.querySelector('.sess__list').style.getPropertyValue('--past'));
  const seen = new Set();
  for (let look = 0; look < 10; look++) {
    seen.add(await now());
    await page.waitForTimeout(40);
  }
  expect(seen.size).toBeGreaterThan(7);
});

test('in a document one session is a line', async ({ page }) => {
  await page.goto('/embed.html');
  await page.getByRole('button', { name: 'Try it' }).click();
  const sessions = page.getByRole('group', { name: 'Session', exact: true });
  await expect(sessions.getByRole('img')).toHaveAccessibleName(/^Requested/);
  const feed = sessions.getByRole('list', { name: 'What happened, newest first' });
  await expect(feed.getByRole('listitem').first()).toContainText('AVAILABLE, granted', { timeout: 8_000 });
  await expect(feed.getByRole('listitem').first()).toContainText('204 delivered');
  await expect(feed.getByRole('listitem').last()).toContainText('no notification');
});
