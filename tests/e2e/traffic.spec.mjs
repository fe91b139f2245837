// Requests and their answers, as a person reads them.

import { expect, test } from '@playwright/test';

const pane = (page) => page.getByRole('region', { name: 'Traffic' });
const rows = (page) => pane(page).locator('tbody > [aria-rowindex]');
const filter = (page) => page.getByRole('searchbox', { name: 'Filter requests' });
const sandbox = (page, act, argument) => page.evaluate(`(${act})(document.querySelector('qod-sandbox').sandbox, ${JSON.stringify(argument)})`);

/** A session, a request that is refused, and one for the session. */
const FEW = `(sandbox) => {
  const headers = { authorization: 'Bearer mock_sandbox_access_token', 'content-type': 'application/json' };
  const create = (body) => sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', headers, body });
  create(JSON.stringify({ device: { phoneNumber: '+34600000001' }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E' }));
  create('{ "device": <b>nonsense');
  sandbox.handle({ method: 'GET', url: '/qod/v0/sessions/' + sandbox.sessions()[0].sessionId, headers });
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

test('the table tells each request, and is narrowed to what matches', async ({ page }) => {
  await sandbox(page, FEW);
  await expect(pane(page)).toContainText('3 requests');
  await expect(rows(page).nth(0)).toContainText('GET');
  await expect(rows(page).nth(1)).toContainText('400INVALID_ARGUMENT');
  await expect(rows(page).nth(2)).toContainText('201Created');
  await expect(rows(page).nth(2)).toContainText(/ms/);
  await filter(page).fill('post 400 invalid');
  await expect(pane(page)).toContainText('1 of 3');
  await expect(rows(page)).toHaveCount(1);
  await filter(page).fill('nowhere');
  await pane(page).getByRole('button', { name: 'Clear filter' }).click();
  await expect(rows(page)).toHaveCount(3);
});

test('a request is opened with the keyboard, and shown as it went over the wire', async ({ page }) => {
  await sandbox(page, FEW);
  const refused = rows(page).nth(1).locator('.log__path');
  await refused.focus();
  await page.keyboard.press('Enter');
  await expect(refused).toHaveAttribute('aria-expanded', 'true');
  const open = pane(page).locator('.log__open');
  await expect(open).toContainText('authorization: Bearer mock•••••••••••••••••oken');
  await expect(open.getByRole('group', { name: 'Request body' })).toHaveText('{ "device": <b>nonsense');
  await expect(open.getByRole('group', { name: "Answer's body" })).toContainText('"code": "INVALID_ARGUMENT"');
  await expect(open.getByRole('note', { name: 'Why' })).toBeVisible();
  await expect(open.getByRole('button', { name: 'Show session' })).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(open).toHaveCount(0);

  await rows(page).nth(0).locator('td').nth(3).click();
  await open.getByRole('button', { name: 'Show session' }).click();
  await expect(page).toHaveURL(/#\/sessions\//);
});

test('it is sent again, edited and copied from there', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await sandbox(page, FEW);
  await rows(page).nth(2).locator('.log__path').click();
  const open = pane(page).locator('.log__open');
  await open.getByRole('button', { name: 'Send again' }).click();
  await expect(pane(page)).toContainText('4 requests');
  await expect(rows(page).nth(0)).toContainText('409CONFLICT');
  await expect(page.getByRole('region', { name: 'Response' })).toContainText('409');

  await open.getByRole('button', { name: 'Copy response' }).click();
  await expect(page.getByText('Response copied.')).toBeVisible();
  expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())).qosStatus).toBe('REQUESTED');
  await rows(page).nth(1).getByRole('button', { name: /^Copy GET .* as cURL$/ }).click();
  await expect(page.getByText('cURL copied.')).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toMatch(/^curl /);
  expect(command).toContain('Bearer mock_sandbox_access_token');
  // The copy button does not open its row.
  await expect(pane(page).locator('.log__open')).toHaveCount(1);
});

test('the list is cleared, fills again, and comes back', async ({ page }) => {
  await sandbox(page, FEW);
  await pane(page).getByRole('button', { name: 'Clear' }).click();
  await expect(pane(page)).toContainText('0 requests');
  await sandbox(page, "(s) => { s.handle({ method: 'GET', url: '/qod/v0/qos-profiles' }); }");
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText('401UNAUTHENTICATED');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page)).toHaveCount(4);
  expect(await sandbox(page, '(s) => s.traffic().length')).toBe(4);
});

test('a connection that fails is told as such', async ({ page }) => {
  await sandbox(page, "(s) => { s.faults.add({ networkError: true }); }");
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(rows(page).first()).toContainText('connection failed');
  await rows(page).first().locator('.log__path').click();
  await expect(pane(page).locator('.log__open')).toContainText('Connection failed');
  await expect(pane(page).locator('.log__open')).toContainText('fault-');
});

test('it starts closed in a low window, and opens', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 800 });
  await page.reload();
  const fold = pane(page).getByRole('button', { name: 'Traffic' });
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  await expect(filter(page)).toHaveCount(0);
  await fold.click();
  await expect(pane(page)).toContainText('Requests to the mock appear here');
});

test('of ten thousand requests few are there, and hostile ones stay in their place', async ({ page }) => {
  test.slow();
  await sandbox(page, `(s) => {
    s.configure({ limits: { traffic: 20000 } });
    for (let number = 0; number < 10000; number++) s.handle({ method: 'GET', url: '/qod/v0/sessions/' + number });
    s.handle({ method: 'POST', url: '/qod/v0/sessions/<img src=x>' + '\\u202e' + 'p'.repeat(4000), headers: { authorization: 'Bearer mock_sandbox_access_token', 'x-long': 'h'.repeat(3000) }, body: '"' + '\\u{1f600}'.repeat(5000) + '"' });
  }`);
  await expect(pane(page)).toContainText('10001 requests');
  await expect(pane(page).getByRole('table')).toHaveAttribute('aria-rowcount', '10002');
  expect(await rows(page).count()).toBeLessThan(120);
  await rows(page).first().locator('.log__path').click();
  await expect(pane(page).locator('.log__open')).toBeVisible();
  expect(await pane(page).locator('img').count()).toBe(0);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await filter(page).fill('sessions/777');
  await expect(pane(page)).toContainText('11 of 10001');
  await pane(page).locator('.traffic__scroll').evaluate((list) => { list.scrollTop = list.scrollHeight; });
  await filter(page).fill('');
  await expect(pane(page)).toContainText('10001 requests');
  await pane(page).locator('.traffic__scroll').evaluate((list) => { list.scrollTop = list.scrollHeight; });
  await expect(rows(page).last()).toHaveAttribute('aria-rowindex', '10002');

  // What comes on top moves nothing, and is counted.
  await pane(page).locator('.traffic__scroll').evaluate((list) => { list.scrollTop = 100_000; });
  await expect(rows(page).first()).toHaveAttribute('aria-rowindex', /^3\d{3}$/);
  const path = await rows(page).nth(20).locator('.log__path').textContent();
  const watched = rows(page).filter({ hasText: path });
  const before = await watched.boundingBox();
  await sandbox(page, "(s) => { for (let number = 0; number < 3; number++) s.handle({ method: 'GET', url: '/qod/v0/qos-profiles' }); }");
  const fresh = pane(page).getByRole('button', { name: '3 new' });
  await expect(fresh).toBeVisible();
  expect((await watched.boundingBox()).y).toBe(before.y);
  await fresh.click();
  await expect(rows(page).first()).toHaveAttribute('aria-rowindex', '2');
  await expect(fresh).toBeHidden();
});
