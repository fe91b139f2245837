// Time in the console: speeds, jumps, the next event, the line of time, and the way back.

import { expect, test } from '@playwright/test';
import { act, open, sixStates } from './scenes.mjs';

const clock = (page) => page.getByRole('region', { name: 'Sandbox clock' });
const line = (page) => page.getByRole('slider', { name: 'Rewind the run' });
const create = (page) => page.getByRole('button', { name: 'Try it' }).click();

test.beforeEach(async ({ page }) => {
  await open(page);
});

test('the next event says what it is, and what comes then', async ({ page }) => {
  await act(page, 'sandbox.clock.pause()');
  await create(page);
  const next = page.getByRole('button', { name: /^Next event/ });
  await expect(next).toContainText(/Next event: \w{4}… granted in 2\.0 s/);
  await expect(next).toContainText(/then \w{4}… expires in 1 h/);
  await next.click();
  await expect(clock(page)).toContainText('13:35:02');
  await page.getByRole('button', { name: '+10 m' }).click();
  await expect(clock(page)).toContainText('13:45:02');
});

test('what was is shown again, and left for the present', async ({ page }) => {
  await sixStates(page);
  await line(page).focus();
  await page.keyboard.press('Home');
  await expect(clock(page)).toContainText('Viewing the past');
  await expect(page.getByRole('region', { name: 'Sessions' })).toContainText('No sessions yet');
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('No notifications yet');
  await line(page).fill(String(20 * 60));
  await expect(clock(page)).toContainText('13:55:00');
  await expect(page.getByRole('region', { name: 'Sessions' })).toContainText('3 open, 1 ended');
  await page.keyboard.press('PageDown');
  await expect(clock(page)).toContainText('13:54:00');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowRight');
  await expect(clock(page)).toContainText('13:55:01');
  await page.getByRole('button', { name: 'Return to 14:03:27' }).click();
  await expect(clock(page)).not.toContainText('Viewing the past');
  await expect(clock(page)).toContainText('14:03:27');
  await expect(page.getByRole('region', { name: 'Sessions' })).toContainText('4 open, 2 ended');
});

test('going on from an earlier moment loses nothing', async ({ page }) => {
  await sixStates(page);
  await line(page).fill(String(20 * 60));
  await create(page);
  const toast = page.getByRole('status').filter({ hasText: 'Continuing from 13:55:00' });
  await expect(toast).toContainText('What came later is kept');
  await expect(page.getByRole('region', { name: 'Sessions' })).toContainText('4 open, 1 ended');
  await toast.getByRole('button', { name: 'Return to 14:03:27' }).click();
  await expect(page.getByRole('region', { name: 'Sessions' })).toContainText('4 open, 2 ended');
});

test('marks are gone to by key', async ({ page }) => {
  await sixStates(page);
  await expect(clock(page)).toContainText('14:03:27');
  await page.keyboard.press('[');
  await expect(clock(page)).toContainText('14:03:04');
  await page.keyboard.press('[');
  await expect(clock(page)).toContainText('14:03:02');
  await page.keyboard.press(']');
  await expect(clock(page)).toContainText('14:03:04');
  await page.keyboard.press(']');
  await expect(clock(page)).toContainText('14:03:27');
  await expect(clock(page)).not.toContainText('Viewing the past');
});

test('single keys do what the list says, but where something is written', async ({ page }) => {
  await act(page, 'sandbox.clock.pause()');
  await create(page);
  await page.locator('body').click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('n');
  await expect(clock(page)).toContainText('13:35:02');
  await page.keyboard.press('3');
  await expect(page.getByRole('radio', { name: '60×' })).toBeChecked();
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await page.keyboard.press(' ');
  await page.keyboard.press('t');
  await expect(page.getByRole('region', { name: 'Sessions' })).toContainText('UNAVAILABLE');
  await page.keyboard.press('/');
  await page.keyboard.type('n?');
  await expect(page.getByRole('searchbox', { name: 'Filter notifications' })).toHaveValue('n?');
  await page.keyboard.press('Tab');
  await page.locator('body').click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard' });
  await dialog.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('1');
  await expect(page.getByRole('radio', { name: '60×' })).toBeChecked();
  await page.keyboard.press('?');
  await expect(dialog).toBeVisible();
});

test('reset can be taken back', async ({ page }) => {
  await sixStates(page);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page.getByRole('region', { name: 'Sessions' })).toContainText('No sessions yet');
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('region', { name: 'Sessions' })).toContainText('4 open, 2 ended');
});

test('the theme is switched and kept', async ({ page }) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.querySelector('qod-sandbox').shadowRoot.querySelector('.console')).color);
  const before = await ground();
  await page.getByRole('button', { name: 'Light or dark' }).click();
  expect(await ground()).not.toBe(before);
  await page.reload();
  await page.getByRole('button', { name: 'Try it' }).waitFor();
  expect(await ground()).not.toBe(before);
});
