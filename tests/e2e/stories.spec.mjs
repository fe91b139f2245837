// The guided stories, each played as a reader does.

import { expect, test } from '@playwright/test';

const region = (page, name) => page.getByRole('region', { name });
const story = (page, title) => page.getByRole('complementary', { name: title });
const done = (page, title) => expect(story(page, title).getByRole('status')).toContainText('Done: ');

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

async function begin(page, title) {
  await page.getByRole('button', { name: 'Guided stories' }).first().click();
  await page.getByRole('button', { name: `Begin: ${title}` }).click();
  await expect(story(page, title).getByRole('heading', { level: 3 })).toBeFocused();
}

async function next(page, title) {
  await done(page, title);
  await story(page, title).getByRole('button', { name: /^Next/ }).click();
}

/** Plays a story by its helping hand alone. */
async function helped(page, title, steps) {
  const panel = story(page, title);
  for (let step = 1; step <= steps; step++) {
    await expect(panel).toContainText(`Step ${step} of ${steps}`);
    await panel.getByRole('button', { name: 'Do it for me' }).click();
    await next(page, title);
  }
  await expect(panel).toContainText('What you know now');
}

test('the first, with the keyboard alone', async ({ page }) => {
  const title = 'Your first session';
  const press = async (name) => {
    for (let presses = 0; presses < 80; presses++) {
      const focused = await page.evaluate(() => {
        const { activeElement } = document.querySelector('qod-sandbox').shadowRoot;
        return activeElement ? (activeElement.getAttribute('aria-label') ?? activeElement.textContent).trim() : '';
      });
      if (focused.startsWith(name)) return page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
    }
    throw new Error(`${name} was not reached`);
  };
  await press('Begin with the first');
  const panel = story(page, title);
  await expect(panel.getByRole('heading', { name: 'Ask for a session' })).toBeFocused();
  await press('Show me');
  await expect(page.getByRole('button', { name: 'Try it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await done(page, title);
  await press('Next');
  await expect(panel.getByRole('heading', { name: 'See it granted' })).toBeFocused();
  await page.keyboard.press('n');
  await done(page, title);
  await press('Next');
  await press('Show me');
  await page.keyboard.press('Enter');
  await done(page, title);
  await press('Next');
  await press('Show me');
  await press('Get');
  await done(page, title);
  await press('Next');
  await page.keyboard.press('Delete');
  await done(page, title);
  await press('Next');
  await expect(panel).toContainText('What you know now');
  await press('Next story: Why did it end?');
  await expect(story(page, 'Why did it end?').getByRole('heading', { name: 'Have a session' })).toBeFocused();
  await press('End the story');
  await expect(page.locator('.story')).toHaveCount(0);
});

test('why it ended', async ({ page }) => {
  const title = 'Why did it end?';
  await begin(page, title);
  await page.getByRole('button', { name: 'Try it' }).click();
  await next(page, title);
  await page.keyboard.press('t');
  await next(page, title);
  await region(page, 'Sessions').getByRole('button', { name: 'Get' }).first().click();
  await next(page, title);
  await page.getByRole('button', { name: '+10 m' }).click();
  await next(page, title);
  await region(page, 'Sessions').getByRole('button', { name: 'Get' }).first().click();
  await next(page, title);
  await expect(story(page, title)).toContainText('Only notifications carry them');
});

test('conflict', async ({ page }) => {
  const title = 'Conflict';
  const attempt = page.getByRole('button', { name: 'Try it' });
  await begin(page, title);
  await attempt.click();
  await next(page, title);
  await attempt.click();
  await next(page, title);
  const ports = page.getByRole('textbox', { name: 'Server ports' });
  await ports.fill('8443');
  await ports.press('Control+Enter');
  await next(page, title);
  // The newest comes first.
  await region(page, 'Sessions').locator('.sid__id').last().click();
  await region(page, 'Sessions').getByRole('button', { name: 'Delete' }).first().click();
  await ports.fill('443');
  await ports.press('Control+Enter');
  await next(page, title);
  await expect(story(page, title)).toContainText('What you know now');
});

test('polling or callback', async ({ page }) => {
  const title = 'Polling or callback?';
  await begin(page, title);
  const scenario = page.getByLabel('New sessions are');
  await scenario.selectOption({ label: 'Terminated after 10 s' });
  await next(page, title);
  await page.getByRole('button', { name: 'Try it' }).click();
  await next(page, title);
  const get = region(page, 'Sessions').getByRole('button', { name: 'Get' }).first();
  await get.click();
  await next(page, title);
  const event = page.getByRole('button', { name: /^Next event/ });
  await expect(event).toBeEnabled();
  await event.click();
  await expect(region(page, 'Notifications')).toContainText('AVAILABLE');
  await event.click();
  await next(page, title);
  await get.click();
  await next(page, title);
  await scenario.selectOption({ label: 'Granted after 2 s' });
  await next(page, title);
  await expect(story(page, title)).toContainText('Use a webhook');
});

test('a failing webhook', async ({ page }) => {
  const title = 'A failing webhook';
  await begin(page, title);
  const receiver = page.getByRole('combobox', { name: 'Receiver' });
  await receiver.selectOption('503');
  await next(page, title);
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region(page, 'Notifications').getByRole('listitem').first()).toContainText('AVAILABLE');
  await next(page, title);
  await region(page, 'Notifications').getByRole('listitem').first().getByRole('button').first().click();
  await next(page, title);
  await receiver.selectOption('204');
  await next(page, title);
  await region(page, 'Notifications').getByRole('button', { name: /Redeliver|Deliver again/ }).click();
  await next(page, title);
  await story(page, title).getByRole('button', { name: 'Finish' }).click();
  await expect(story(page, title)).toHaveCount(0);
});

test('each can be done for the reader, one after the other', async ({ page }) => {
  test.slow();
  await begin(page, 'Your first session');
  for (const [title, steps, following] of [
    ['Your first session', 5, 'Why did it end?'],
    ['Why did it end?', 5, 'Conflict'],
    ['Conflict', 4, 'Polling or callback?'],
    ['Polling or callback?', 6, 'A failing webhook'],
    ['A failing webhook', 5],
  ]) {
    await helped(page, title, steps);
    if (following) await story(page, title).getByRole('button', { name: `Next story: ${following}` }).click();
  }
});

test('what stands in the way is said, and nothing blocks', async ({ page }) => {
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region(page, 'Response')).toContainText('201');
  await begin(page, 'Conflict');
  await page.getByRole('button', { name: 'Try it' }).click();
  const panel = story(page, 'Conflict');
  await expect(panel).toContainText('409: an older session is in the way');
  await expect(panel.getByRole('status')).toContainText('Waiting for');
  await panel.getByRole('button', { name: 'Skip' }).click();
  await expect(panel).toContainText('Step 2 of 4');
  await panel.getByRole('button', { name: 'Back' }).click();
  await expect(panel).toContainText('Step 1 of 4');
  await panel.getByRole('button', { name: 'Make the story small' }).click();
  await expect(panel.getByRole('button', { name: 'Skip' })).toBeHidden();
  await panel.getByRole('button', { name: 'Show the story' }).click();
  await expect(panel.getByRole('button', { name: 'Skip' })).toBeVisible();
});

test('the invitation comes once, and goes when it is told to', async ({ page }) => {
  const invitation = page.getByRole('complementary', { name: 'For your first visit' });
  await expect(invitation).toContainText('Five guided stories');
  await invitation.getByRole('button', { name: 'Hide the invitation' }).click();
  await expect(invitation).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  await expect(invitation).toHaveCount(0);
});

test('on a phone it is a strip above the bar of sections', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Begin with the first' }).click();
  const box = (locator) => locator.boundingBox();
  // It comes from below.
  await expect(async () => {
    const [strip, bar] = await Promise.all([box(page.locator('.story')), box(page.getByRole('navigation', { name: 'Sections' }))]);
    expect(strip.y + strip.height).toBeLessThanOrEqual(bar.y + 1);
    expect(strip.width).toBe(390);
  }).toPass();
  await helped(page, 'Your first session', 5);
});
