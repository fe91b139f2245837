// The console's main states as pictures, compared with those in `pictures/` with a tolerance. Fonts are the system's:
// where Liberation's are not installed the comparison says nothing, and is skipped. After a change that is wanted:
// cargo xtask serve --dist, then playwright test … --update-snapshots (see playwright.config.mjs).

import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { open, sixStates } from './scenes.mjs';

const fonts = (() => {
  try {
    return execFileSync('fc-list', [':', 'family'], { encoding: 'utf8' });
  } catch {
    return '';
  }
})();

test.skip(!/Liberation Sans/.test(fonts) || !/Liberation Mono/.test(fonts), 'the fonts of the pictures (Debian: fonts-liberation) are not installed');

const look = async (page, name) => {
  await page.mouse.move(0, 0);
  await expect(page).toHaveScreenshot(`${name}.png`, { maxDiffPixelRatio: 0.01, animations: 'disabled', caret: 'hide' });
};

for (const colorScheme of ['light', 'dark']) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 1440, height: 900 }, contextOptions: { reducedMotion: 'reduce' } });

    test('nothing yet', async ({ page }) => {
      await open(page);
      await look(page, `empty-${colorScheme}`);
    });

    test('six sessions in six states', async ({ page }) => {
      await open(page);
      const id = await sixStates(page);
      await page.evaluate((id) => (location.hash = `#/sessions/${id}`), id);
      await look(page, `sessions-${colorScheme}`);
    });

    test('a refusal, explained', async ({ page }) => {
      await open(page);
      await page.getByRole('button', { name: /example/ }).first().click();
      await page.getByRole('menuitem', { name: /nested sample/ }).click();
      await page.getByRole('button', { name: 'Try it' }).click();
      await look(page, `refusal-${colorScheme}`);
    });

    test('on a phone', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await open(page);
      await sixStates(page);
      await look(page, `phone-${colorScheme}`);
    });

    test('in a document', async ({ page }) => {
      await page.setViewportSize({ width: 760, height: 900 });
      await open(page, { attributes: '' });
      await page.getByRole('button', { name: 'Try it' }).click();
      await look(page, `embed-${colorScheme}`);
    });
  });
}
