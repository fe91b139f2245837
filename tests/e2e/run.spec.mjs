// Runs that are handed on: shared in links, saved as files, opened again; and kept by the page itself.

import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';

const region = (page, name) => page.getByRole('region', { name });
const sandbox = (page, act, argument) => page.evaluate(`(${act})(document.querySelector('qod-sandbox').sandbox, ${JSON.stringify(argument)})`);
const toast = (page) => page.locator('.toast');

test.beforeEach(async ({ page }, info) => {
  info.complaints = [];
  page.on('pageerror', (error) => info.complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && info.complaints.push(message.text()));
  await page.goto('/');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region(page, 'Notifications').getByRole('listitem')).toHaveCount(1);
});

test.afterEach(async ({}, info) => {
  expect(info.complaints).toEqual([]);
});

/** A run that was saved as a file: its path. */
async function saved(page, label = 'Run, JSON') {
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: label }).click()]);
  await expect(toast(page)).toContainText('saved as a file');
  return [await download.path(), download.suggestedFilename()];
}

async function opens(page, file) {
  await page.getByRole('button', { name: 'Export' }).click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('menuitem', { name: 'Open a run…' }).click()]);
  await chooser.setFiles(file);
}

const asFile = (text, name = 'run.json') => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

test('a link is copied, and shows the same sessions elsewhere', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Share link' }).click();
  await expect(toast(page)).toContainText(/Link copied: [\d,]+ characters, with the whole run inside/);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const [id] = await sandbox(page, (s) => s.sessions().map(({ sessionId }) => sessionId));
  const other = await context.newPage();
  await other.goto(link);
  // What the other page has is here, too.
  await other.getByRole('dialog').getByRole('button', { name: 'Replace mine' }).click();
  await expect(toast(other)).toContainText('Played 1 request and 1 notification');
  await expect(region(other, 'Notifications').getByRole('listitem')).toHaveCount(1);
  expect(await sandbox(other, (s) => s.sessions().map(({ sessionId }) => sessionId))).toEqual([id]);
  // It is kept from here on: a reload does not play it once more.
  expect(new URL(other.url()).hash).not.toContain('run=');
});

test('where the clipboard is denied the link is shown', async ({ page }) => {
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'));
  });
  await page.getByRole('button', { name: 'Share link' }).click();
  const link = page.getByRole('dialog', { name: 'Share link' }).getByRole('textbox', { name: 'Share link' });
  await expect(link).toHaveValue(/#run=/);
  await link.focus();
  expect(await link.evaluate((field) => field.selectionEnd - field.selectionStart)).toBe((await link.inputValue()).length);
});

test('a run that is too long for a link can be saved instead', async ({ page }) => {
  await sandbox(page, (s) => {
    for (let number = 0; number < 200; number++) {
      const name = Array.from({ length: 100 }, () => Math.random().toString(36)).join('');
      s.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify({ name }) });
    }
  });
  await page.getByRole('button', { name: 'Share link' }).click();
  await expect(toast(page)).toContainText(/too long for a link: it would have [\d,]+ characters, and 8,192 fit/);
  const [download] = await Promise.all([page.waitForEvent('download'), toast(page).getByRole('button', { name: 'Save as a file' }).click()]);
  expect(download.suggestedFilename()).toBe('qod-run.json');
});

test('every format is saved under a name of its own', async ({ page }) => {
  const names = [];
  for (const label of ['Run, JSON', 'HAR', 'CloudEvents, NDJSON', 'cURL script', 'Mermaid', 'Vitest test', 'Rust test']) {
    const [path, name] = await saved(page, label);
    expect((await readFile(path, 'utf8')).length).toBeGreaterThan(10);
    names.push(name);
  }
  expect(names).toEqual(['qod-run.json', 'qod-run.har', 'qod-events.ndjson', 'qod-run.sh', 'qod-run.mmd', 'qod-run.test.js', 'qod-run.rs']);
});

test('a file is opened, and what came of it is told; undo takes it back', async ({ page }) => {
  const [path] = await saved(page);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(region(page, 'Sessions')).toContainText('No sessions yet');
  await opens(page, path);
  await expect(toast(page)).toContainText('Played 1 request and 1 notification: all came out the same.');
  await expect(region(page, 'Notifications').getByRole('listitem')).toHaveCount(1);
  await toast(page).getByRole('button', { name: 'Undo' }).click();
  await expect(region(page, 'Sessions')).toContainText('No sessions yet');

  const run = JSON.parse(await readFile(path, 'utf8'));
  run.inputs.find(({ request }) => request).response.status = 202;
  await opens(page, asFile(JSON.stringify(run)));
  await expect(toast(page)).toContainText('The first that differs is request 1, POST /sessions: answered 201, and 202 when it was recorded.');
});

test('what is no run, or damaged, is refused, and nothing changes', async ({ page }) => {
  const [path] = await saved(page);
  const run = JSON.parse(await readFile(path, 'utf8'));
  const before = await sandbox(page, (s) => s.sessions());
  for (const [text, says] of [
    ['PK\u0003', /mine\.json is no run: it is not JSON/i],
    ['{"log": {}}', /mine\.json is JSON, but no run of this sandbox/i],
    [JSON.stringify({ ...run, inputs: [{ at: 'yesterday' }] }), /mine\.json is damaged: inputs\[0\]/i],
  ]) {
    await opens(page, asFile(text, 'mine.json'));
    await expect(page.getByRole('alert')).toContainText(says);
    expect(await sandbox(page, (s) => s.sessions())).toEqual(before);
    await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
  }
});

test('a file is dropped onto the console', async ({ page }) => {
  const [path] = await saved(page);
  await page.getByRole('button', { name: 'Reset' }).click();
  const text = await readFile(path, 'utf8');
  const transfer = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'run.json', { type: 'application/json' }));
    return transfer;
  }, text);
  const host = page.locator('qod-sandbox');
  await host.dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(host).toHaveAttribute('data-drop', '');
  await host.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(host).not.toHaveAttribute('data-drop');
  await expect(toast(page)).toContainText('all came out the same');
  await expect(region(page, 'Notifications').getByRole('listitem')).toHaveCount(1);
});

test('reset can be undone', async ({ page }) => {
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(region(page, 'Sessions')).toContainText('No sessions yet');
  await toast(page).getByRole('button', { name: 'Undo' }).click();
  await expect(region(page, 'Notifications').getByRole('listitem')).toHaveCount(1);
});

test('the page is there again after a reload; a link in its address takes its place if that is wanted', async ({ page }) => {
  const ids = () => sandbox(page, (s) => s.sessions().map(({ sessionId }) => sessionId));
  const [mine] = await ids();
  const link = await sandbox(page, (s) => s.shareUrl());
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByLabel('New sessions are').selectOption({ label: 'Never granted' });
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region(page, 'Response')).toContainText('201');
  const kept = await ids();
  await page.waitForTimeout(400);
  await page.reload();
  await expect(region(page, 'Sessions')).toContainText('REQUESTED');
  expect(await ids()).toEqual(kept);
  await expect(page.getByLabel('New sessions are')).toHaveValue('never-granted');
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('dialog').getByRole('button', { name: 'Replace mine' }).click();
  await expect(region(page, 'Notifications').getByRole('listitem')).toHaveCount(1);
  expect(await ids()).toEqual([mine]);
});

test('before the console comes, its frame is there, and nothing moves', async ({ page }) => {
  let go;
  const held = new Promise((resolve) => (go = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  const box = async (selector) => {
    const { y, height } = await page.locator(`qod-sandbox ${selector}`).boundingBox();
    return { y, height };
  };
  await expect(page.locator('qod-sandbox .console')).toHaveAttribute('aria-busy', 'true');
  await expect(page.getByRole('status')).toHaveText('Loading the sandbox…');
  const before = [await box('.topbar'), await box('.clock'), await box('.work')];
  go();
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  await expect(page.locator('qod-sandbox .console')).not.toHaveAttribute('aria-busy');
  expect([await box('.topbar'), await box('.clock'), await box('.work')]).toEqual(before);
});

test('on paper there are records, and no controls', async ({ page }) => {
  await page.emulateMedia({ media: 'print' });
  for (const name of ['Sessions', 'Notifications']) await expect(region(page, name)).toBeVisible();
  await expect(page.locator('.clock')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Try it' })).toBeHidden();
  await expect(region(page, 'Sessions')).toContainText('AVAILABLE');
  const [{ sessionId }] = await sandbox(page, (s) => s.sessions());
  await expect(region(page, 'Sessions').getByText(sessionId.slice(0, 8), { exact: true })).toBeVisible();
  await expect(region(page, 'Notifications').getByRole('searchbox')).toHaveCount(0);
});
