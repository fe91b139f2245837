// The settings and the test values of the console: each change applies at once, and what is wrong is said where it stands.

import { expect, test } from '@playwright/test';

const sandbox = (page, act) => page.evaluate(`(${act})(document.querySelector('qod-sandbox').sandbox)`);
const CREATE = `({ handle }) => handle({ method: 'POST', url: '/qod/v0/sessions', headers: { authorization: 'Bearer mock_sandbox_access_token' }, body: JSON.stringify({
  device: { phoneNumber: '+34600000001' }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E',
}) }).status`;

test.beforeEach(async ({ page }, info) => {
  info.complaints = [];
  page.on('pageerror', (error) => info.complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && info.complaints.push(message.text()));
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
});

test.afterEach(async ({}, info) => {
  expect(info.complaints).toEqual([]);
});

const dialog = (page) => page.getByRole('dialog', { name: 'Settings' });
const part = (page, name) => dialog(page).getByRole('region', { name });

test('a scenario of the catalogue, and one of your own', async ({ page }) => {
  const part_ = part(page, 'What becomes of new sessions');
  await part_.getByLabel('New sessions are').selectOption({ label: 'Terminated halfway' });
  await expect(part_).toContainText('taken back when half of the duration is over');
  await part_.getByText('Make your own').click();
  await part_.getByLabel('After', { exact: true }).fill('5');
  await part_.getByRole('button', { name: 'Use it' }).click();
  await expect(part_.getByRole('alert')).toHaveText('5 of what? Write 5s or 5ms.');
  await expect(part_.getByLabel('After', { exact: true })).toBeFocused();
  await expect(part_.getByLabel('After', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await part_.getByLabel('After', { exact: true }).fill('5s');
  await part_.getByLabel('Name').fill('mine');
  await part_.getByLabel('Taken back').selectOption({ label: 'at a share of its duration' });
  await part_.getByLabel('When').fill('12.5 %');
  await part_.getByLabel('Each sent').fill('2');
  await part_.getByLabel('Webhook fails first').fill('1');
  await part_.getByRole('button', { name: 'Use it' }).click();
  await expect(part_).toContainText('New sessions follow it.');
  await expect(part_.getByLabel('New sessions are')).toHaveValue('mine');
  // It stands in the form as it was written.
  await expect(part_.getByLabel('After', { exact: true })).toHaveValue('5s');
  await expect(part_.getByLabel('When')).toHaveValue('12.5 %');
  const run = JSON.parse(await sandbox(page, (s) => s.exportRun('json')));
  expect(run.inputs.at(-1).configure?.scenario ?? run.inputs.at(-1).use).toMatchObject({ name: 'mine', grant: 5000, terminate: { share: 0.125 }, notification: { copies: 2 }, receiver: { failFirst: 1, status: 503 } });
  await part_.getByRole('button', { name: 'As the operator grants' }).click();
  await expect(part_.getByLabel('New sessions are')).toHaveValue('granted-after-2s');
});

test('faults come and go', async ({ page }) => {
  const faults = part(page, 'When requests go wrong');
  await faults.getByText('Add a fault', { exact: true }).click();
  const add = faults.getByRole('button', { name: 'Add fault' });
  await add.click();
  await expect(faults.getByRole('alert')).toContainText('Nothing goes wrong yet');
  await faults.getByLabel('Status answered').fill('418');
  await add.click();
  await expect(faults.getByRole('alert')).toContainText('No code belongs to the status 418');
  await faults.getByLabel('Status answered').fill('503');
  await faults.getByLabel('Operation').selectOption({ label: 'create session' });
  await faults.getByLabel('Only the next').fill('2');
  await add.click();
  await expect(faults.getByRole('listitem')).toHaveText(/Create session: 503 UNAVAILABLE, 2 more times/);
  await expect(faults.getByLabel('Status answered')).toHaveValue('');
  expect(await sandbox(page, CREATE)).toBe(503);
  await expect(faults.getByRole('listitem')).toHaveText(/1 more time$/);
  await faults.getByLabel('Late by at least').fill('1s');
  await faults.getByLabel('At most').fill('500ms');
  await add.click();
  await expect(faults.getByRole('alert')).toContainText('less than the least');
  await faults.getByLabel('At most').fill('PT2S');
  await faults.getByLabel('Share of requests').fill('25');
  await add.click();
  await expect(faults.getByRole('listitem').last()).toHaveText(/All requests: 1 s to 2 s late, 25 % of requests/);
  await faults.getByRole('button', { name: 'Remove fault-1' }).click();
  await expect(faults.getByRole('listitem')).toHaveCount(1);
  await faults.getByRole('button', { name: 'Clear all faults' }).click();
  await expect(faults).toContainText('No fault is on.');
  expect(await sandbox(page, CREATE)).toBe(201);
});

test('the edition, access, and the operator', async ({ page }) => {
  await part(page, 'Edition of the API').getByLabel(/Telefónica/).check();
  await part(page, 'Access').getByLabel(/^Off/).check();
  expect(await sandbox(page, "({ handle }) => JSON.parse(handle({ method: 'GET', url: '/qod/v0/qos-profiles' }).body)")).toContain('QOS_E');
  const operator = part(page, 'The operator');
  await operator.getByLabel(/A device has one session/).check();
  await operator.getByLabel(/Others are 400/).check();
  await operator.getByLabel(/AVAILABLE already/).check();
  await expect(page.locator('#scenario')).toHaveValue('granted-at-once');
  expect(await sandbox(page, CREATE)).toBe(400);
  for (const name of ['networkAccessIdentifier', 'ipv4Address', 'ipv6Address']) await operator.getByLabel(name).uncheck();
  await expect(operator.getByLabel('phoneNumber')).toBeDisabled();
  const keeps = operator.getByLabel('Keeps what it took back for');
  await keeps.fill('359s');
  await keeps.press('Tab');
  await expect(operator.getByRole('alert')).toContainText('360 s');
  await expect(keeps).toHaveValue('359s');
  await keeps.fill('10m');
  await keeps.press('Tab');
  await expect(keeps).toHaveValue('600s');
  await operator.getByLabel('Answers each client').fill('1');
  await operator.getByLabel('Answers each client').press('Tab');
  await expect(operator.getByLabel('In each')).toHaveValue('1m');
  await sandbox(page, CREATE);
  expect(await sandbox(page, CREATE)).toBe(429);
});

test('devices, profiles and limits', async ({ page }) => {
  const devices = part(page, 'Devices');
  await expect(devices.getByRole('listitem')).toHaveCount(3);
  await devices.getByText('Add a device', { exact: true }).click();
  await devices.getByLabel('Phone number').fill('+447700900101');
  await devices.getByRole('button', { name: 'Add device' }).click();
  await expect(devices.getByRole('alert')).toContainText('device-1');
  await devices.getByLabel('Phone number').fill('+34600000009');
  await devices.getByLabel('IPv4, public').fill('203.0.113.9');
  await devices.getByRole('button', { name: 'Add device' }).click();
  await expect(devices.getByRole('alert')).toContainText('give the port');
  await devices.getByLabel('Public port').fill('5000');
  await devices.getByLabel(/cannot serve/).check();
  await devices.getByRole('button', { name: 'Add device' }).click();
  await expect(devices.getByRole('listitem').last()).toHaveText(/device-4.*\+34600000009 · 203.0.113.9:5000.*not served/);
  await devices.getByRole('button', { name: 'Remove device-4' }).click();
  await expect(devices.getByRole('listitem')).toHaveCount(3);

  const profiles = part(page, 'Profiles');
  await expect(profiles.getByRole('row')).toHaveCount(8);
  await profiles.getByText('Replace them').click();
  const text = profiles.getByLabel('Profiles, as JSON');
  const all = JSON.parse(await text.inputValue());
  await text.fill('[{');
  await profiles.getByRole('button', { name: 'Replace the catalogue' }).click();
  await expect(profiles.getByRole('alert')).toContainText('This is not JSON');
  await text.fill(JSON.stringify([{ ...all[0], priority: 500 }]));
  await profiles.getByRole('button', { name: 'Replace the catalogue' }).click();
  await expect(profiles.getByRole('alert')).toContainText('profiles[0].priority');
  await text.fill(JSON.stringify([{ ...all[0], name: 'MINE' }]));
  await profiles.getByRole('button', { name: 'Replace the catalogue' }).click();
  await expect(profiles.getByRole('row')).toHaveCount(2);
  await expect(profiles.getByRole('rowheader')).toHaveText('MINE');
  await profiles.getByRole('button', { name: 'Back to the default' }).click();
  await expect(profiles.getByRole('row')).toHaveCount(8);

  const limits = part(page, 'Limits');
  await limits.getByLabel('Requests kept').fill('many');
  await limits.getByLabel('Requests kept').press('Tab');
  await expect(limits.getByRole('alert')).toContainText('whole number from 0 to 10000000');
  await limits.getByLabel('Requests kept').fill('1');
  await limits.getByLabel('Requests kept').press('Tab');
  await expect(limits).toContainText('Applied.');
  await sandbox(page, CREATE);
  await sandbox(page, CREATE);
  expect(await sandbox(page, (s) => s.traffic().length)).toBe(1);
});

test('the title and the ways to the sections stay, the focus goes back', async ({ page }) => {
  await dialog(page).getByRole('button', { name: 'Limits' }).click();
  await expect(part(page, 'Limits')).toBeFocused();
  await expect(dialog(page).getByRole('heading', { name: 'Settings' })).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Settings' })).toBeFocused();
});

test('test values are found and used', async ({ page }) => {
  await dialog(page).getByRole('button', { name: 'test value' }).click();
  const values = page.getByRole('dialog', { name: 'Test values' });
  await expect(values.getByRole('row')).toHaveCount(23);
  await values.getByRole('searchbox').fill('halfway');
  await expect(values.getByRole('row')).toHaveCount(2);
  await values.getByRole('searchbox').fill('no such thing');
  await expect(values).toContainText('No scenario has that in it.');
  await values.getByRole('searchbox').fill('409');
  await values.getByRole('button', { name: 'Use Phone number +99900000012' }).click();
  await expect(values).toHaveCount(0);
});

test('on a phone nothing scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const sideways = () => page.evaluate(() => {
    const body = document.querySelector('qod-sandbox').shadowRoot.querySelector('.dialog__body');
    return body.scrollWidth - body.clientWidth;
  });
  expect(await sideways()).toBeLessThanOrEqual(0);
  await dialog(page).getByRole('button', { name: 'test value' }).click();
  await expect(page.getByRole('dialog', { name: 'Test values' })).toBeVisible();
  expect(await sideways()).toBeLessThanOrEqual(0);
});
