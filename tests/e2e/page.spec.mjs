// The page, as a person uses it, in the system's browser.

import { expect, test } from '@playwright/test';

const region = (page, name) => page.getByRole('region', { name });
const sandbox = (page, act) => page.evaluate(`(${act})(document.querySelector('qod-sandbox').sandbox)`);

/** Opens the page; every complaint of the browser's fails the test. */
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

test('from the form to AVAILABLE two seconds later, deleted, gone', async ({ page }) => {
  await page.getByRole('button', { name: 'Try it' }).click();
  const response = region(page, 'Response');
  await expect(response).toContainText('201 Created');
  await expect(response.getByRole('group', { name: 'Response body' })).toContainText('"qosStatus": "REQUESTED"');
  const sessions = region(page, 'Sessions');
  const row = sessions.getByRole('row').nth(1);
  await expect(row).toContainText('REQUESTED');

  const notifications = region(page, 'Notifications');
  const first = notifications.getByRole('listitem').first();
  await expect(first).toContainText('AVAILABLE');
  const [asked, granted] = await sandbox(page, '(s) => [s.traffic()[0].at, s.notifications()[0].at].map(Date.parse)');
  expect(granted - asked).toBe(2000);
  await first.getByRole('button').first().click();
  await expect(first.getByRole('group', { name: 'CloudEvent' })).toContainText('"type": "org.camaraproject.qod.v0.qos-status-changed"');
  await expect(row).toContainText('AVAILABLE');

  await sessions.getByRole('button', { name: 'Delete' }).click();
  await expect(response).toContainText('204');
  await expect(notifications.getByRole('listitem').first()).toContainText('DELETE_REQUESTED');
  await expect(sessions).toContainText('Deleted');
  await sessions.getByRole('button', { name: 'Get' }).click();
  await expect(response).toContainText('404');
  await expect(response).toContainText('Session Id does not exist');
});

test('the network terminates a session, keeps it for 360 s, and releases it', async ({ page }) => {
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Try it' }).click();
  const next = page.getByRole('button', { name: /^Next event/ });
  await expect(next).toContainText('grant');
  await next.click();
  const sessions = region(page, 'Sessions');
  await sessions.getByRole('button', { name: /^Actions for session/ }).click();
  await page.getByRole('menuitem', { name: /^Terminate/ }).click();
  await expect(region(page, 'Notifications').getByRole('listitem').first()).toContainText('NETWORK_TERMINATED');
  await expect(sessions.getByRole('row').nth(1)).toContainText('released in 6 m');
  await sessions.getByRole('button', { name: /^Actions for session/ }).click();
  await expect(page.getByRole('menuitem', { name: /^Grant now/ })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await next.click();
  await expect(sessions).toContainText('Released');
  await expect(next).toBeDisabled();
  await expect(next).toContainText('Nothing scheduled');
});

test('a refused request is explained', async ({ page }) => {
  await page.getByRole('button', { name: 'Load example' }).click();
  await page.getByRole('menuitem', { name: /The portal's nested sample/ }).click();
  await page.getByRole('button', { name: 'Try it' }).click();
  const response = region(page, 'Response');
  await expect(response).toContainText('400');
  await expect(response).toContainText('Expected property is missing: applicationServer');
  await expect(response).toContainText('Move it up one level');

  await page.getByRole('button', { name: 'Load example' }).click();
  await page.getByRole('menuitem', { name: /The portal's example/ }).click();
  await page.getByRole('textbox', { name: 'Access token' }).fill('expired');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(response).toContainText('401');
  await expect(response).toContainText('Bearer mock_sandbox_access_token');
});

test('with the keyboard alone', async ({ page, browserName }) => {
  expect(browserName).toBe('chromium');
  await page.getByRole('textbox', { name: 'Device', exact: true }).focus();
  await page.keyboard.press('Control+Enter');
  await expect(region(page, 'Response')).toContainText('201 Created');
  const reached = new Set();
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    reached.add(
      await page.evaluate(() => {
        const focused = document.querySelector('qod-sandbox').shadowRoot.activeElement;
        return focused ? (focused.getAttribute('aria-label') ?? focused.textContent).trim() : '';
      }),
    );
  }
  for (const name of ['Reset', 'Pause', '+1 m', 'Try it', 'Get', 'Actions for session', 'Delete']) {
    expect([...reached].some((label) => label.startsWith(name)), `${name} among ${[...reached].join(', ')}`).toBe(true);
  }
});

test('the speed changes, and reset starts over', async ({ page }) => {
  await page.getByRole('radio', { name: '3600×' }).check({ force: true });
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region(page, 'Notifications')).toContainText('DURATION_EXPIRED');
  await expect(region(page, 'Sessions')).toContainText('Expired');
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(region(page, 'Sessions')).toContainText('No sessions yet');
  await expect(region(page, 'Notifications')).toContainText('No notifications yet');
});

test('nothing scrolls sideways down to 320 pixels', async ({ page }) => {
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region(page, 'Notifications').getByRole('listitem').first()).toContainText('AVAILABLE');
  for (const width of [320, 390, 720, 820, 1100, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `at ${width} pixels`).toBeLessThanOrEqual(0);
  }
});

test('text at twice its size, and a page that reads from right to left, hide nothing', async ({ page }) => {
  await page.getByRole('button', { name: 'Try it' }).click();
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  expect(await sideways(), 'from right to left').toBeLessThanOrEqual(0);
  // The user's own size of text: that of the page's root does not count.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  await page.reload();
  await expect(page.getByRole('button', { name: 'Try it' })).toHaveCSS('font-size', '26px');
  for (const width of [1440, 820, 640]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await sideways(), `at ${width} pixels`).toBeLessThanOrEqual(0);
    for (const name of ['Try it', 'Pause', /^Next event/]) {
      const button = page.getByRole('button', { name }).first();
      await button.scrollIntoViewIfNeeded();
      await expect(button).toBeInViewport({ ratio: 0.9 });
    }
  }
});

test('after a fault of its own the page says so, and starts afresh with what it kept', async ({ page }) => {
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region(page, 'Notifications').getByRole('listitem').first()).toContainText('AVAILABLE');
  // It is kept 200 ms after it changed.
  await page.waitForTimeout(400);
  // The code is handed memory that does not exist: WebAssembly traps, as it does after a panic.
  await sandbox(page, "(s) => { s[Symbol.for('qod-sandbox.backend')].__wbg_ptr = 0x7fffffff; try { s.sessions(); } catch {} }");
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The sandbox stopped');
  await expect(alert).toContainText('its sessions with it');
  await alert.getByRole('button', { name: 'Start afresh' }).click();
  await expect(region(page, 'Notifications').getByRole('listitem').first()).toContainText('AVAILABLE');
  await page.getByRole('textbox', { name: 'Server ports' }).fill('8443');
  await page.keyboard.press('Control+Enter');
  await expect(region(page, 'Response')).toContainText('201 Created');
});

test('an address that was broken on its way names no place', async ({ page }) => {
  await page.goto('/#/%E0%A4');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  await page.evaluate(() => { location.hash = '#/%'; });
  await expect(region(page, 'Sessions')).toBeVisible();
});
