// What axe, an accessibility checker, finds in the console: nothing, in whatever state it is.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { act, drop, hostile, open, sixStates } from './scenes.mjs';

const press = (name) => (page) => page.getByRole('button', { name }).first().click();
/** Something of the top bar; where that is narrow it is in a menu. */
const tool = (name, item = name) => async (page) => {
  const button = page.getByRole('button', { name }).first();
  // Not by what is visible: before the style sheet is there, that is everything.
  if (page.viewportSize().width > 820) return button.click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const tab = (name) => (page) => page.getByRole('tab', { name, exact: true }).click();

/** States, and the way to each from six sessions in six states. */
const STATES = {
  empty: null,
  'six sessions': async () => {},
  'a session and its notification open': async (page, id) => {
    await page.evaluate((id) => (location.hash = `#/sessions/${id}`), id);
    const notification = await act(page, 'return sandbox.notifications().find((one) => one.sessionId === argument).id', id);
    await page.evaluate((id) => (location.hash = `#/notifications/${id}`), notification);
  },
  'a menu open': press(/^Actions for session/),
  'the keys': tool('Keyboard'),
  settings: tool('Settings'),
  'test values': async (page) => {
    await page.locator('select:has(option[value=test])').first().selectOption('test');
    await page.getByRole('dialog', { name: 'Test values' }).waitFor();
  },
  'stories to choose from': tool('Stories', 'Guided stories'),
  'the form of Get': tab('Get'),
  'the form of Extend': tab('Extend'),
  'the form of Delete': tab('Delete'),
  'the form of Profiles': tab('Profiles'),
  'a refusal, explained': async (page) => {
    await page.getByRole('tab', { name: 'Create session' }).click();
    await page.getByRole('button', { name: /example/ }).first().click();
    await page.getByRole('menuitem', { name: /nested sample/ }).click();
    await page.getByRole('button', { name: 'Try it' }).click();
  },
  'the code of a request': async (page) => {
    const code = page.getByRole('tab', { name: 'Code', exact: true });
    // Where it is narrow the code stands under the response.
    if (await code.isVisible()) await code.click();
    await page.getByRole('tab', { name: 'Kotlin' }).click();
  },
  'an earlier moment': (page) => act(page, "sandbox.clock.rewindTo('2025-06-12T13:50:00Z')"),
  'a run that would take the place of another': async (page) => {
    const run = await act(page, "return sandbox.exportRun('json')");
    await drop(page, run);
    await page.getByRole('dialog', { name: 'Open this run?' }).waitFor();
  },
  'a toast with a way back': tool('Reset'),
  'hostile texts': (page) => hostile(page),
};

for (const [theme, width] of [
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
]) {
  test.describe(`${theme}, ${width} pixels`, () => {
    test.use({ colorScheme: theme, viewport: { width, height: 900 }, contextOptions: { reducedMotion: 'reduce' } });
    for (const [state, reach] of Object.entries(STATES)) {
      test(`axe finds nothing: ${state}`, async ({ page }) => {
        await open(page);
        if (reach) {
          const id = await sixStates(page);
          await reach(page, id);
        }
        const { violations } = await new AxeBuilder({ page }).analyze();
        const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`);
        expect(told).toEqual([]);
      });
    }
  });
}
