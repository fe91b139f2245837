// Secrets in the console: masked wherever something is shown, copied or saved of what is recorded.

import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';

const region = (page, name) => page.getByRole('region', { name });

/** One for each place, so that it is told which was seen. */
const SECRETS = {
  webhook: 'WEBHOOK-token-0123456789-0123456789',
  password: 'PASSWORD-0123456789-0123456789',
  query: 'QUERY-token-0123456789-0123456789',
  cookie: 'COOKIE-0123456789-0123456789',
  key: 'KEY-0123456789-0123456789',
  client: 'CLIENT-secret-0123456789-0123456789',
  basic: 'BASIC-secret-0123456789',
  proxy: 'PROXY-0123456789-0123456789',
  receiver: 'RECEIVER-token-0123456789-0123456789',
};

/** Everything that the document of the console holds: text, attributes, values of fields. */
const held = (page) =>
  page.evaluate(() => {
    const { shadowRoot } = document.querySelector('qod-sandbox');
    const all = [...shadowRoot.querySelectorAll('*')];
    const attributes = all.flatMap((one) => [...one.attributes].map(({ name, value }) => `${name}=${value}`));
    const values = all.map((one) => one.value ?? '');
    return [shadowRoot.textContent, ...attributes, ...values, location.href, document.title, JSON.stringify({ ...localStorage })].join('\n');
  });

async function seen(page, about) {
  const text = await held(page);
  for (const [place, secret] of Object.entries(SECRETS)) expect(text.includes(secret), `${place}: ${about}`).toBe(false);
}

test('no secret is in the page, the clipboard, or a file', async ({ page, context }) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  const bearer = await page.evaluate(async (secrets) => {
    const { sandbox } = document.querySelector('qod-sandbox');
    sandbox.use('granted-at-once');
    sandbox.receive('https://app.example', { status: 204, requireToken: secrets.receiver });
    const form = (fields) => new URLSearchParams(fields).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const url = 'https://api.example/token';
    const { body } = sandbox.handle({ method: 'POST', url, headers: type, body: form({ grant_type: 'client_credentials', client_id: 'me', client_secret: secrets.client }) });
    const basic = { ...type, authorization: `Basic ${btoa(`me:${secrets.basic}`)}` };
    sandbox.handle({ method: 'POST', url, headers: basic, body: form({ grant_type: 'client_credentials' }) });
    const bearer = JSON.parse(body).access_token;
    const hook = `https://me:${secrets.password}@app.example/hook?access_token=${secrets.query}`;
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', cookie: `sid=${secrets.cookie}`, 'x-api-key': secrets.key, 'proxy-authorization': secrets.proxy };
    const create = (token) => JSON.stringify({ device: { phoneNumber: '+34600000001' }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E', duration: 600, webhook: { notificationUrl: hook, notificationAuthToken: token } });
    // Taken; refused for a conflict; refused for a token that is none.
    for (const token of [secrets.webhook, secrets.webhook, [secrets.webhook]]) {
      sandbox.handle({ method: 'POST', url: `https://me:${secrets.password}@api.example/qod/v0/sessions?access_token=${secrets.query}`, headers, body: create(token) });
    }
    sandbox.handle({ method: 'POST', url: 'https://api.example/qod/v0/sessions', headers, body: `{"webhook": {"notificationAuthToken": "${secrets.webhook}"` });
    return bearer;
  }, SECRETS);
  SECRETS.bearer = bearer;
  SECRETS.encoded = Buffer.from(`me:${SECRETS.basic}`).toString('base64');
  await seen(page, 'at once');

  const rows = region(page, 'Traffic').locator('.log__path');
  const count = 6;
  await expect(rows).toHaveCount(count);
  for (let row = 0; row < count; row++) {
    await rows.nth(row).click();
    await seen(page, `traffic, row ${row}`);
    for (const name of ['Copy as cURL', 'Copy response']) {
      const copy = region(page, 'Traffic').locator('.log__open').getByRole('button', { name });
      if (!(await copy.count())) continue;
      await copy.click();
      await expect(page.locator('.toast')).toContainText('copied');
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      for (const [place, secret] of Object.entries(SECRETS)) expect(copied.includes(secret), `${place}: ${name}, row ${row}`).toBe(false);
    }
    await rows.nth(row).click();
  }
  await region(page, 'Notifications').getByRole('listitem').first().getByRole('button').first().click();
  await seen(page, 'a notification');
  await region(page, 'Notifications').getByRole('button', { name: 'Copy as cURL' }).click();
  await expect(page.locator('.toast')).toContainText('cURL copied.');
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toContain('Bearer SECRET');
  for (const [place, secret] of Object.entries(SECRETS)) expect(command.includes(secret), `${place}: cURL of a notification`).toBe(false);
  const id = await page.evaluate(() => document.querySelector('qod-sandbox').sandbox.sessions()[0].sessionId);
  await page.evaluate((id) => (location.hash = `#/sessions/${id}`), id);
  await expect(page.locator('.kv')).toBeVisible();
  await seen(page, 'a session');
  await page.getByRole('button', { name: /^Receivers/ }).click();
  await expect(page.getByRole('dialog')).toContainText('https://app.example');
  await seen(page, 'receivers');
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Receiver' }).selectOption({ label: 'real POSTs…' });
  await expect(page.getByRole('group', { name: 'Let notifications leave this tab?' })).toContainText('app.example/hook');
  await seen(page, 'before real POSTs');
  await page.getByRole('button', { name: 'Stay in the tab' }).click();

  for (const label of ['Run, JSON', 'HAR', 'CloudEvents, NDJSON', 'cURL script', 'Mermaid', 'Vitest test', 'Rust test']) {
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: label }).click()]);
    const text = await readFile(await download.path(), 'utf8');
    for (const [place, secret] of Object.entries(SECRETS)) expect(text.includes(secret), `${place}: ${label}`).toBe(false);
  }
  const link = await page.evaluate(async () => {
    const { sandbox } = document.querySelector('qod-sandbox');
    const packed = new URL(await sandbox.shareUrl()).hash.slice('#run='.length);
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
  });
  for (const [place, secret] of Object.entries(SECRETS)) expect(link.includes(secret), `${place}: a link`).toBe(false);
});
