// The request pane, as a person uses it, in the system's browser.

import { expect, test } from '@playwright/test';

const sandbox = (page, act, argument) => page.evaluate(`(${act})(document.querySelector('qod-sandbox').sandbox, ${JSON.stringify(argument)})`);
const last = (page) => sandbox(page, '(s) => s.traffic().at(-1)');
const request = (page) => page.getByRole('region', { name: 'Request' });
const response = (page) => page.getByRole('region', { name: 'Response' });
const tryIt = (page) => page.getByRole('button', { name: 'Try it' }).click();
const tab = (page, name) => request(page).getByRole('tab', { name, exact: true }).click();
const view = (page, name) => request(page).getByRole('radio', { name, exact: true }).check({ force: true });
const field = (page, name) => request(page).getByRole('textbox', { name, exact: true });
const editor = (page) => request(page).getByRole('textbox', { name: 'Request body, JSON' });
const body = async (page) => JSON.parse((await last(page)).request.body);

async function example(page, name) {
  await request(page).getByRole('button', { name: 'Load example' }).click();
  await page.getByRole('menuitem', { name }).click();
}

test.beforeEach(async ({ page }, info) => {
  info.complaints = [];
  page.on('pageerror', (error) => info.complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && info.complaints.push(message.text()));
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
});

test.afterEach(async ({}, info) => {
  expect(info.complaints).toEqual([]);
});

const DOCUMENTED = {
  'Create session': [201, 400, 401, 403, 409, 500, 501, 503],
  Get: [200, 400, 401, 403, 404, 500, 503],
  Extend: [200, 400, 401, 403, 404, 500, 503],
  Delete: [204, 400, 401, 403, 404, 500, 503],
  Profiles: [200, 400, 401, 403, 404, 500, 503],
  'One by name': [200, 400, 401, 403, 404, 500, 503],
};

for (const [operation, statuses] of Object.entries(DOCUMENTED)) {
  test(`each example of ${operation} gets the response that it says`, async ({ page }) => {
    test.slow();
    if (operation === 'One by name') {
      await tab(page, 'Profiles');
      await view(page, operation);
    } else {
      await tab(page, operation);
    }
    const open = () => request(page).getByRole('button', { name: 'Load example' }).click();
    await open();
    const labels = await page.getByRole('menuitem').locator('> span:nth-child(2)').allTextContents();
    await page.keyboard.press('Escape');
    const seen = new Set();
    for (const [place, label] of labels.entries()) {
      await open();
      await page.getByRole('menuitem').nth(place).click();
      await tryIt(page);
      const [, status, code] = /^(\d+) (.*)$/.exec(label);
      const exchange = await last(page);
      const answer = exchange.response.body ? JSON.parse(exchange.response.body) : {};
      expect([exchange.response.status, answer.code ?? code], `${place}: ${label}`).toEqual([Number(status), code]);
      await expect(response(page).locator('.resline .chip')).toContainText(status);
      seen.add(Number(status));
    }
    expect([...seen].sort()).toEqual(statuses);
  });
}

test('form and JSON are two views of one body', async ({ page }) => {
  await field(page, 'Duration').fill('60x');
  await field(page, 'Server ports').fill('443, 5000-5010');
  await field(page, 'Webhook token').fill('');
  await view(page, 'JSON');
  const text = JSON.parse(await editor(page).inputValue());
  expect(Object.keys(text)).toEqual(['device', 'applicationServer', 'applicationServerPorts', 'qosProfile', 'webhook', 'duration']);
  expect([text.duration, text.webhook, text.applicationServerPorts]).toEqual([
    '60x',
    { notificationUrl: 'https://application-server.com/notifications' },
    { ranges: [{ from: 5000, to: 5010 }], ports: [443] },
  ]);
  text.device.applicationServer = { ipv4Address: '1.2.3.4' };
  text.device.phoneNumber = '+12025550117';
  text.duration = 60;
  await editor(page).fill(JSON.stringify(text));
  await view(page, 'Form');
  await expect(field(page, 'Duration')).toHaveValue('60');
  await expect(field(page, 'Phone number')).toHaveValue('+12025550117');
  await expect(field(page, 'Public port')).toHaveValue('8080');
  await expect(request(page)).toContainText('Also in the body: device.applicationServer');
  await field(page, 'Duration').fill('61');
  await request(page).getByRole('button', { name: 'Show JSON' }).click();
  const after = JSON.parse(await editor(page).inputValue());
  expect([after.duration, after.device.applicationServer]).toEqual([61, { ipv4Address: '1.2.3.4' }]);

  await editor(page).fill('{\n  "duration": 1,\n}');
  await view(page, 'Form');
  await expect(request(page)).toContainText('The body is no JSON: trailing comma in line 3, column 1.');
  await tryIt(page);
  await expect(response(page)).toContainText('400 Bad Request');
  expect((await last(page)).request.body).toBe('{\n  "duration": 1,\n}');
});

test('a field says what the mock will answer, and sends it all the same', async ({ page }) => {
  const duration = field(page, 'Duration');
  await duration.fill('90001');
  await expect(duration).toHaveAttribute('aria-invalid', 'true');
  await expect(duration).toHaveAccessibleDescription('Use 1 to 86,400. The mock will answer 400 INVALID_ARGUMENT.');
  await tryIt(page);
  await expect(response(page)).toContainText('"code": "INVALID_ARGUMENT"');
  await duration.fill('3600');
  await expect(duration).not.toHaveAttribute('aria-invalid');
  await request(page).getByRole('combobox', { name: 'QoS profile' }).selectOption('BURST_UPLOAD');
  await expect(duration).toHaveAccessibleDescription(/400 OUT_OF_RANGE/);
  await field(page, 'Public port').fill('70000');
  await expect(field(page, 'Public port')).toHaveAccessibleDescription('Use 0 to 65535. The mock will answer 400 OUT_OF_RANGE.');
  await field(page, 'Device').fill('');
  await field(page, 'Public port').fill('');
  await expect(field(page, 'Device')).toHaveAccessibleDescription('Give at least one. The mock will answer 400 INVALID_ARGUMENT.');
});

test('what is wrong is marked in the body, and put right with a press', async ({ page }) => {
  await example(page, /nested sample/);
  await view(page, 'JSON');
  await tryIt(page);
  await expect(response(page)).toContainText('applicationServer is inside device');
  await expect(request(page).locator('.eln.err')).toHaveCount(5);
  await response(page).getByRole('button', { name: 'Go to line 7' }).click();
  await expect(editor(page)).toBeFocused();
  expect(await editor(page).evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd))).toMatch(/^"applicationServer": \{/);
  await response(page).getByRole('button', { name: 'Move all three' }).click();
  await expect(page.getByRole('button', { name: 'Try it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(response(page)).toContainText('201 Created');
  expect(await body(page)).toEqual({
    device: { ipv4Address: { publicAddress: '203.0.113.25', publicPort: 8080 } },
    applicationServer: { ipv4Address: '0.0.0.0/0' },
    qosProfile: 'QOS_E',
    duration: 300,
  });

  for (const [wrong, name, place, right] of [
    ['{"ports": ["443"]}', 'Write 443', 'devicePorts', { ports: [443] }],
    ['{"ranges": [{"from": 9, "to": 5}]}', 'Swap them', 'devicePorts', { ranges: [{ from: 5, to: 9 }] }],
  ]) {
    await editor(page).fill(`{"device": {"phoneNumber": "+34600000001"}, "applicationServer": {"ipv4Address": "1.2.3.4"}, "qosProfile": "QOS_E", "devicePorts": ${wrong}}`);
    await tryIt(page);
    await response(page).getByRole('button', { name }).click();
    expect(JSON.parse(await editor(page).inputValue())[place]).toEqual(right);
  }
  await editor(page).fill('{"device": {"phoneNumber": "+34600000001"}, "applicationServer": {"ipv4Address": "1.2.3.4"}, "qosprofile": "QOS_E"}');
  await tryIt(page);
  await response(page).getByRole('button', { name: 'Rename to qosProfile' }).click();
  await view(page, 'Form');
  await field(page, 'Duration').fill('3600000');
  await tryIt(page);
  await response(page).getByRole('button', { name: 'Go to Duration' }).click();
  await expect(field(page, 'Duration')).toBeFocused();
  await response(page).getByRole('button', { name: 'Write 3600' }).click();
  await expect(field(page, 'Duration')).toHaveValue('3600');
});

test('another identifier is asked for, or all', async ({ page }) => {
  const pick = request(page).getByRole('combobox', { name: 'Identify the device by' });
  await pick.selectOption('Phone number');
  await expect(field(page, 'Device')).toHaveValue('+12025550117');
  await tryIt(page);
  expect((await body(page)).device).toEqual({ phoneNumber: '+12025550117' });
  await pick.selectOption('All identifiers');
  await field(page, 'Network access identifier').fill('a@b.example');
  await field(page, 'Private IPv4 address').fill('10.0.0.1');
  await field(page, 'Public IPv4 address').fill('203.0.113.1');
  await request(page).getByRole('combobox', { name: 'Address family' }).selectOption('Both');
  await field(page, 'Server IPv6').fill('2001:db8::/32');
  await tryIt(page);
  const sent = await body(page);
  expect(sent.device).toEqual({
    phoneNumber: '+12025550117',
    networkAccessIdentifier: 'a@b.example',
    ipv4Address: { publicAddress: '203.0.113.1', privateAddress: '10.0.0.1' },
  });
  expect(sent.applicationServer).toEqual({ ipv4Address: '198.51.100.10', ipv6Address: '2001:db8::/32' });
});

test('tokens are minted, left out, or written by hand', async ({ page }) => {
  const choose = async (name) => {
    await request(page).getByRole('button', { name: 'Change access token' }).click();
    await page.getByRole('menuitem', { name }).click();
    await tryIt(page);
    return last(page);
  };
  const minted = await choose('New token POST /token');
  expect(minted.response.status).toBe(201);
  expect((await sandbox(page, '(s) => s.traffic().at(-2)')).request.url).toBe('https://sandbox.example/token');
  expect((await choose('to read only')).response.status).toBe(403);
  const without = await choose('No token');
  expect([without.response.status, without.request.headers.authorization]).toEqual([401, undefined]);
  expect((await choose('Expired or unknown')).response.status).toBe(401);
  expect((await choose('Mock token')).response.status).toBe(409);
});

test('get, extend and delete are about the session that is selected, until another one is written', async ({ page }) => {
  await tryIt(page);
  const [{ sessionId }] = await sandbox(page, '(s) => s.sessions()');
  await tab(page, 'Get');
  await expect(request(page).getByRole('combobox', { name: 'Session' })).toHaveValue(sessionId);
  await tryIt(page);
  await expect(response(page)).toContainText('200 OK');
  await sandbox(page, '(s, id) => s.network.grant(id)', sessionId);
  await tab(page, 'Extend');
  await field(page, 'Additional duration').fill('60');
  await tryIt(page);
  await expect(response(page)).toContainText('"duration": 3660');
  await tab(page, 'Delete');
  await request(page).getByRole('combobox', { name: 'Session' }).fill('nonsense');
  await expect(request(page).getByRole('combobox', { name: 'Session' })).toHaveAccessibleDescription('Use a UUID. The mock will answer 400 INVALID_ARGUMENT.');
  await request(page).getByRole('combobox', { name: 'Session' }).fill(sessionId);
  await tryIt(page);
  await expect(response(page)).toContainText('204 No Content');
  await expect(response(page)).toContainText('No body');
  await response(page).getByRole('list', { name: 'Earlier' }).getByRole('button').first().click();
  await expect(response(page)).toContainText('"duration": 3660');
});

test('the form is there again after a reload, but for tokens', async ({ page }) => {
  await field(page, 'Webhook token').fill('a-secret-of-my-own-and-long');
  await field(page, 'Duration').fill('77');
  await request(page).getByRole('textbox', { name: 'access token' }).fill('another-secret');
  await tab(page, 'Extend');
  await field(page, 'Additional duration').fill('5');
  await page.goto('/');
  await expect(field(page, 'Additional duration')).toHaveValue('5');
  await tab(page, 'Create session');
  await expect(field(page, 'Duration')).toHaveValue('77');
  await expect(field(page, 'Webhook token')).toHaveValue('');
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('secret-');
});

test('the request is code in eight languages', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await field(page, 'Duration').fill('123');
  await response(page).getByRole('tab', { name: 'Code' }).click();
  for (const language of ['cURL', 'JavaScript', 'Python', 'Java', 'Go', 'C#', 'Swift', 'Kotlin']) {
    await response(page).getByRole('tab', { name: language, exact: true }).click();
    const code = response(page).getByRole('tabpanel', { name: `${language} code` });
    await expect(code).toContainText('https://sandbox.example/qod/v0/sessions');
    await expect(code).toContainText('123');
  }
  await request(page).getByRole('button', { name: 'Copy as cURL' }).click();
  await expect(page.getByText('cURL copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^curl .*mock_sandbox_access_token/s);
  await page.setViewportSize({ width: 1440, height: 1200 });
  await expect(response(page).getByRole('tab', { name: 'Code' })).toBeHidden();
  await expect(response(page)).toContainText('No answer yet');
});

test('answers that fail or come late say so', async ({ page }) => {
  await sandbox(page, '(s) => s.faults.add({ networkError: true, times: 1 })');
  await tryIt(page);
  await expect(response(page)).toContainText('No answer');
  await expect(response(page)).toContainText('the connection fail');
  await request(page).getByRole('button', { name: 'Header fields' }).click();
  await request(page).getByRole('combobox', { name: 'x-qod-scenario' }).selectOption('slow-answer');
  await field(page, 'x-correlator').fill('abc');
  await tryIt(page);
  await expect(response(page)).toContainText('comes 5.0 s later');
  await response(page).getByRole('button', { name: /headers/ }).click();
  await expect(response(page)).toContainText('x-correlator:abc');
});

test('as a figure it has four fields, and more when asked', async ({ page }) => {
  await page.goto('/embed.html');
  await page.setViewportSize({ width: 700, height: 900 });
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  const figure = page.getByRole('group', { name: 'Request', exact: true });
  await expect(figure.getByLabel('Webhook URL')).toHaveCount(0);
  await figure.getByRole('button', { name: '5 more fields' }).click();
  await expect(figure.getByLabel('Webhook URL', { exact: true })).toBeVisible();
});

test('hostile text stays in its place', async ({ page }) => {
  const hostile = `<img src=x onerror=alert(1)>\u202e${'W'.repeat(256)}😀`;
  await field(page, 'Device').fill(hostile);
  await field(page, 'Webhook URL').fill(hostile);
  await tryIt(page);
  for (const width of [320, 390, 820, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `at ${width} pixels`).toBeLessThanOrEqual(0);
    const wide = await request(page).evaluate((pane) => pane.scrollWidth - pane.clientWidth);
    expect(wide, `in the pane at ${width} pixels`).toBeLessThanOrEqual(0);
  }
});
