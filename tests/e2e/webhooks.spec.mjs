// Webhooks in the system's browser: real requests, receivers in the page, and what other pages hear.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from '@playwright/test';

const TOKEN = 'c8974e592c2fa383d4a3960714';

const notifications = (page) => page.getByRole('region', { name: 'Notifications' });
const sandbox = (page, act, argument) => page.evaluate(`(${act})(document.querySelector('qod-sandbox').sandbox, ${JSON.stringify(argument)})`);

/** A receiver on this machine that keeps what it gets. */
async function receiver(headers) {
  const got = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    got.push({ method: request.method, headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(204, headers(request)).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const posts = () => got.filter(({ method }) => method === 'POST');
  return { got, posts, url: `http://127.0.0.1:${server.address().port}/hook`, close: () => new Promise((resolve) => server.close(resolve)) };
}

const shared = ({ headers }) => ({ 'access-control-allow-origin': headers.origin, 'access-control-allow-headers': 'content-type, authorization' });

/** A page without a console. It comes from the server: a browser lets no page of unknown origin post to this machine. */
const blank = (page) => page.goto('/icon.svg');

/** Has a session's notification delivered to `url` by a sandbox on that page, and returns the record. */
const DELIVER = `async (url, options) => {
  const { createSandbox } = await import('/qod-sandbox.js');
  const sandbox = await createSandbox({ clock: 'manual', auth: 'off', ...options });
  sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify({
    device: { phoneNumber: '+34600000001' }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E',
    webhook: { notificationUrl: url, notificationAuthToken: '${TOKEN}' },
  }) });
  const settled = new Promise((resolve) => sandbox.on('delivery', ({ outcome }) => outcome !== 'pending' && resolve()));
  sandbox.clock.advance('2s');
  await settled;
  return sandbox.notifications()[0];
}`;

const deliver = (page, url, options) => page.evaluate(`(${DELIVER})(${JSON.stringify(url)}, ${JSON.stringify(options)})`);

test('a real POST is what an operator sends', async ({ page }) => {
  const there = await receiver(shared);
  await blank(page);
  const record = await deliver(page, there.url, { delivery: 'network' });
  expect(record.deliveries[0]).toMatchObject({ outcome: 'delivered', status: 204 });
  expect(there.got.map(({ method }) => method)).toEqual(['OPTIONS', 'POST']);
  const [{ headers, body }] = there.posts();
  expect(headers).toMatchObject({ 'content-type': 'application/cloudevents+json', authorization: `Bearer ${TOKEN}` });
  expect([headers.cookie, headers.referer]).toEqual([undefined, undefined]);
  expect(JSON.parse(body)).toEqual(record.event);
  await there.close();
});

test('nothing is posted where that is not switched on', async ({ page }) => {
  const there = await receiver(shared);
  await blank(page);
  const record = await deliver(page, there.url);
  expect(record.deliveries[0].outcome).toBe('no-receiver');
  expect(there.got).toEqual([]);
  await there.close();
});

test('a receiver that does not let the page in is told which headers it lacks', async ({ page }) => {
  const there = await receiver(() => ({}));
  await blank(page);
  const { deliveries } = await deliver(page, there.url, { delivery: 'network' });
  expect(deliveries[0].outcome).toBe('failed');
  const origin = new URL(page.url()).origin;
  expect(deliveries[0].reason).toContain('more likely');
  expect(deliveries[0].reason).toContain(`"Access-Control-Allow-Origin: ${origin}"`);
  expect(deliveries[0].reason).toContain('"Access-Control-Allow-Headers: content-type, authorization"');
  expect(there.got.map(({ method }) => method)).toEqual(['OPTIONS']);
  await there.close();
});

test('a redirect is not followed', async ({ page }) => {
  const elsewhere = await receiver(shared);
  const redirecting = createServer((request, response) => {
    const status = request.method === 'POST' ? 307 : 204;
    response.writeHead(status, { ...shared(request), location: elsewhere.url }).end();
  });
  redirecting.listen(0, '127.0.0.1');
  await once(redirecting, 'listening');
  await blank(page);
  const { deliveries } = await deliver(page, `http://127.0.0.1:${redirecting.address().port}/`, { delivery: 'network' });
  expect(deliveries[0]).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('not followed') });
  expect(elsewhere.got).toEqual([]);
  redirecting.close();
  await elsewhere.close();
});

test('a policy that forbids the request is named', async ({ page }) => {
  const there = await receiver(shared);
  await page.goto('/');
  await page.evaluate(() => {
    const policy = Object.assign(document.createElement('meta'), { httpEquiv: 'content-security-policy', content: "connect-src 'self'" });
    document.head.append(policy);
  });
  const { deliveries } = await deliver(page, there.url, { delivery: 'network' });
  expect(deliveries[0].reason).toBe(`this page's Content-Security-Policy forbids it: add ${new URL(there.url).origin} to its connect-src`);
  expect(there.got).toEqual([]);
  await there.close();
});

test('a URLPattern of the platform receives what it matches', async ({ page }) => {
  await blank(page);
  const outcomes = await page.evaluate(`(async () => {
    const { createSandbox } = await import('/qod-sandbox.js');
    const outcomes = [];
    for (const handler of [{ failFirst: 1 }, (request) => new Response(null, { status: request.headers.has('authorization') ? 202 : 401 })]) {
      const sandbox = await createSandbox({ clock: 'manual', auth: 'off', delivery: { attempts: 2 } });
      sandbox.receive(new URLPattern({ hostname: '*.app.example', pathname: '/hooks/:client' }), handler);
      for (const url of ['https://a.app.example/hooks/me', 'https://a.app.example/hooks/me/more']) {
        sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify({
          device: { phoneNumber: '+34600000001' }, devicePorts: { ports: [url.length] }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E',
          webhook: { notificationUrl: url, notificationAuthToken: '${TOKEN}' },
        }) });
      }
      await sandbox.clock.advanceAsync('10s');
      outcomes.push(sandbox.notifications().map(({ deliveries }) => deliveries.map(({ outcome, status }) => [outcome, status].filter(Boolean).join(' '))));
    }
    return outcomes;
  })()`);
  const nobody = ['no-receiver', 'no-receiver'];
  expect(outcomes).toEqual([
    [['refused 503', 'delivered 204'], nobody],
    [['delivered 202'], nobody],
  ]);
});

test('another page of the origin hears of it, without the token', async ({ context, page }) => {
  await blank(page);
  const other = await context.newPage();
  await blank(other);
  await other.evaluate(() => {
    globalThis.heard = [];
    new BroadcastChannel('qod').onmessage = ({ data }) => globalThis.heard.push(data);
  });
  await deliver(page, 'https://app.example/hook', { broadcast: 'qod' });
  await expect.poll(() => other.evaluate(() => globalThis.heard.map(({ source, type }) => `${source} ${type}`))).toEqual(
    ['session', 'session', 'notification', 'delivery'].map((type) => `qod-sandbox ${type}`),
  );
  expect(await other.evaluate(() => JSON.stringify(globalThis.heard))).not.toContain(TOKEN);
});

test.describe('in the console', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Try it' }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
  });

  const next = (page) => page.getByRole('button', { name: /^Next event/ }).click();
  const choose = (page, label) => page.getByRole('combobox', { name: 'Receiver' }).selectOption({ label });

  test('a receiver answers as chosen, and a notification is delivered again', async ({ page }) => {
    await page.getByRole('button', { name: 'Try it' }).click();
    await choose(page, '503');
    await next(page);
    const item = notifications(page).getByRole('listitem').first();
    await expect(item).toContainText('503 refused');
    await item.getByRole('button').first().click();
    await choose(page, '204');
    await item.getByRole('button', { name: 'Redeliver' }).click();
    const attempts = item.getByRole('list', { name: 'Attempts' }).getByRole('listitem');
    await expect(attempts).toHaveCount(2);
    await expect(attempts.nth(1)).toContainText('204 delivered');
    await expect(attempts.nth(1)).toContainText('redelivery');
    await choose(page, 'no receiver');
    await item.getByRole('button', { name: 'Redeliver' }).click();
    await expect(attempts.nth(2)).toContainText('no receiver');
    // The page's code goes before the choice, and is not undone by it.
    await sandbox(page, "(s) => s.receive('https://application-server.com', () => new Response(null, { status: 201 })) && undefined");
    await item.getByRole('button', { name: 'Redeliver' }).click();
    await expect(attempts.nth(3)).toContainText('201 delivered');
  });

  test('a choice made in code is shown', async ({ page }) => {
    const receiver = page.getByRole('combobox', { name: 'Receiver' });
    await expect(receiver).toHaveValue('204');
    await sandbox(page, "(s) => s.receive('*', 'timeout') && undefined");
    await expect(receiver).toHaveValue('never');
    await sandbox(page, "(s) => s.receive('*', () => new Response()) && undefined");
    await expect(receiver).toHaveValue('own');
  });

  test('real POSTs are made only after their receivers were shown', async ({ page }) => {
    const there = await receiver(shared);
    await page.getByRole('textbox', { name: 'Webhook URL' }).fill(there.url);
    await page.getByRole('button', { name: 'Try it' }).click();
    const question = page.getByRole('group', { name: 'Let notifications leave this tab?' });

    await choose(page, 'real POSTs…');
    await expect(question).toContainText(there.url);
    await expect(question).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    await expect(page.getByRole('combobox', { name: 'Receiver' })).toBeFocused();
    await expect(page.getByRole('combobox', { name: 'Receiver' })).toHaveValue('204');
    await next(page);
    await expect(notifications(page).getByRole('listitem').first()).toContainText('204 delivered');
    expect(there.got).toEqual([]);

    await choose(page, 'real POSTs…');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(notifications(page)).toContainText('Real POSTs are on');
    await expect(page.locator('qod-sandbox')).toContainText('sends real POSTs');
    const item = notifications(page).getByRole('listitem').first();
    await item.getByRole('button').first().click();
    await item.getByRole('button', { name: 'Redeliver' }).click();
    await expect.poll(() => there.posts().length).toBe(1);
    await expect(item.getByRole('list', { name: 'Attempts' }).getByRole('listitem').nth(1)).toContainText('204 delivered');
    expect(there.posts()[0].headers.authorization).toBe(`Bearer ${TOKEN}`);

    await choose(page, '500');
    await expect(notifications(page)).not.toContainText('Real POSTs are on');
    await item.getByRole('button', { name: 'Redeliver' }).click();
    await expect(item).toContainText('500 refused');
    expect(there.posts().length).toBe(1);
    await there.close();
  });

  test('tokens are masked wherever they are shown, and told to nobody', async ({ page }) => {
    await page.evaluate(() => {
      globalThis.told = [];
      for (const type of ['request', 'session', 'notification', 'delivery']) {
        document.addEventListener(`qod-${type}`, ({ detail }) => globalThis.told.push(detail));
      }
    });
    await page.getByRole('button', { name: 'Try it' }).click();
    await next(page);
    const item = notifications(page).getByRole('listitem').first();
    await item.getByRole('button').first().click();
    await expect(item).toContainText('c897••••••••••••••••••0714');
    await expect(page.getByRole('region', { name: 'Response' })).toContainText('c897••••••••••••••••••0714');
    // Fields for credentials aside, where a person has typed them.
    const shown = await page.evaluate(() => document.querySelector('qod-sandbox').shadowRoot.querySelector('.app').innerHTML.replaceAll(/<input[^>]*>/g, ''));
    const told = await page.evaluate(() => JSON.stringify(globalThis.told));
    expect(told).toContain('0714');
    for (const secret of [TOKEN, 'mock_sandbox_access_token']) {
      expect(shown).not.toContain(secret);
      expect(told).not.toContain(secret);
    }
  });
});
