// The console in a frame that may run scripts and nothing else: no forms to send, no storage, no windows to open.

import { expect, test } from '@playwright/test';

test.beforeEach(async ({ page }, info) => {
  info.complaints = [];
  page.on('pageerror', (error) => info.complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && info.complaints.push(message.text()));
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.route('**/around.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Around</title><iframe sandbox="allow-scripts" title="Console" src="/embed.html?fill" width="1400" height="860"></iframe>' }),
  );
  await page.goto('/around.html');
});

test.afterEach(async ({}, info) => {
  expect(info.complaints).toEqual([]);
});

test('requests are sent by the button and by Enter', async ({ page }) => {
  const frame = page.frameLocator('iframe');
  const traffic = frame.getByRole('region', { name: 'Traffic' });
  await frame.getByRole('button', { name: 'Try it' }).click();
  await expect(frame.getByRole('region', { name: 'Response' })).toContainText('201 Created');
  await frame.getByRole('textbox', { name: 'Application server' }).fill('198.51.100.77');
  await frame.getByRole('textbox', { name: 'Application server' }).press('Enter');
  await expect(traffic).toContainText('2');
  // Once each.
  expect(await frame.locator('qod-sandbox').evaluate(({ sandbox }) => sandbox.traffic().map(({ response }) => response.status))).toEqual([201, 201]);
});

test('a fault and a receiver are added', async ({ page }) => {
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Settings' }).click();
  const faults = frame.getByRole('dialog', { name: 'Settings' }).getByRole('region', { name: 'When requests go wrong' });
  await faults.getByText('Add a fault', { exact: true }).click();
  await faults.getByLabel('Status answered').fill('503');
  await faults.getByRole('button', { name: 'Add fault' }).click();
  const inside = (act) => frame.locator('qod-sandbox').evaluate(act);
  expect(await inside(({ sandbox }) => sandbox.faults.list().map(({ status }) => status))).toEqual([503]);
  await frame.getByRole('dialog', { name: 'Settings' }).press('Escape');

  await frame.getByRole('button', { name: /^Receivers/ }).click();
  const receivers = frame.getByRole('dialog');
  await receivers.getByLabel('URL', { exact: true }).last().fill('https://app.example/events');
  await receivers.getByLabel('URL', { exact: true }).last().press('Enter');
  await expect(receivers).toContainText('https://app.example/events');
});
