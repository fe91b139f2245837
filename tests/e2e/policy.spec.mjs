// The policies that are promised: under exactly these, with Trusted Types, a tour of everything breaks none of them.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { STRICT, expect, test } from './elsewhere.mjs';
import { drop } from './scenes.mjs';

const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** What stands in the documents, between backticks. */
const said = async (file, pattern) => pattern.exec(await readFile(root(file), 'utf8'))?.[1];

const TYPES = "require-trusted-types-for 'script'; trusted-types 'none'";

// Before a page is opened: what is unfolded depends on it.
test.use({ viewport: { width: 1440, height: 900 } });

const region = (page, name) => page.getByRole('region', { name });
const button = (page, name) => page.getByRole('button', { name });

/** Collects what breaks a policy, in every frame; serves pages under one that is given. */
async function under(page, policy) {
  const broken = [];
  await page.exposeBinding('policyBroken', (_, told) => broken.push(told));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber, sample }) =>
      globalThis.policyBroken(`${effectiveDirective}: ${blockedURI} ${sample} (${sourceFile}:${lineNumber})`),
    );
  });
  if (!policy) return broken;
  await page.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document' || /run\.html/.test(route.request().url())) return route.fallback();
    const response = await route.fetch();
    return route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
  return broken;
}

/** Everything that the page of its own can show and do. */
async function tour(page) {
  const dialog = page.getByRole('dialog');
  const close = async () => {
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  };
  const choose = async (menu, item) => {
    await button(page, menu).first().click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  // Requests: all forms, examples, refusals with what mends them, code in every language, tokens.
  await button(page, 'Try it').click();
  await expect(region(page, 'Response')).toContainText('201 Created');
  await choose('Load example', /The portal's nested sample/);
  await button(page, 'Try it').click();
  await expect(region(page, 'Response')).toContainText('400');
  await button(page, 'Move all three').click();
  for (const name of ['Get', 'Extend', 'Delete', 'Profiles', 'Create session']) await page.getByRole('tab', { name, exact: true }).click();
  await region(page, 'Response').getByRole('tab', { name: 'Code' }).click();
  for (const name of ['cURL', 'JavaScript', 'Python', 'Java', 'Go', 'C#', 'Swift', 'Kotlin']) {
    await region(page, 'Response').getByRole('tab', { name, exact: true }).click();
    await expect(region(page, 'Response').getByRole('tabpanel', { name: `${name} code` })).toContainText('/qod/v0/sessions');
  }
  await choose('Change access token', /^New token POST/);
  await region(page, 'Request').getByRole('button', { name: 'Copy as cURL' }).click();
  // Sessions, what the network does to them, notifications, traffic, time.
  await expect(region(page, 'Notifications').getByRole('listitem').first()).toContainText('AVAILABLE');
  await region(page, 'Sessions').getByRole('button', { name: /^Actions for session/ }).first().click();
  await page.getByRole('menuitem', { name: /^Terminate/ }).click();
  await region(page, 'Notifications').getByRole('listitem').first().getByRole('button').first().click();
  await button(page, 'Redeliver').click();
  await region(page, 'Notifications').getByRole('searchbox').fill('AVAILABLE');
  await region(page, 'Traffic').locator('.log__path').first().click();
  await button(page, 'Pause').click();
  await page.getByRole('radio', { name: '3600×' }).check({ force: true });
  await button(page, /^Next event/).click();
  await page.evaluate(() => {
    const { sandbox } = document.querySelector('qod-sandbox');
    sandbox.clock.rewindTo(sandbox.clock.now() - 1_000);
    sandbox.clock.returnToPresent();
  });
  // Everything that opens over the page.
  for (const name of ['Settings', 'Keyboard', 'Guided stories', /^Receivers/]) {
    await button(page, name).first().click();
    await expect(dialog).toBeVisible();
    for (const summary of await dialog.locator('summary').all()) await summary.click();
    await close();
  }
  await page.locator('select:has(option[value=test])').first().selectOption('test');
  await expect(dialog).toBeVisible();
  await close();
  await button(page, 'Light or dark').click();
  // A story, told by its helping hand.
  await button(page, 'Guided stories').first().click();
  await button(page, 'Begin: Your first session').click();
  await button(page, 'Do it for me').click();
  // The run: as files, as a link, opened again, kept over a reload.
  for (const name of ['Run, JSON', 'HAR', 'CloudEvents, NDJSON', 'cURL script', 'Mermaid', 'Vitest test', 'Rust test']) {
    const [download] = await Promise.all([page.waitForEvent('download'), choose('Export', name)]);
    await download.path();
  }
  await button(page, 'Share link').click();
  const text = await page.evaluate(() => document.querySelector('qod-sandbox').sandbox.exportRun());
  await drop(page, text);
  await dialog.getByRole('button', { name: 'Replace mine' }).click();
  await expect(page.locator('.toast')).toContainText('Played');
  await page.waitForTimeout(400);
  await page.reload();
  await expect(region(page, 'Sessions').getByRole('row').nth(1)).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await page.emulateMedia({ media: null });
  // Code beside the console: interception, in all the ways of an XMLHttpRequest.
  await page.evaluate(async () => {
    const [{ createSandbox }] = await Promise.all([import('/qod-sandbox.js'), import('/intercept.js')]);
    const sandbox = await createSandbox({ clock: 'manual', auth: 'off' });
    const undo = sandbox.intercept();
    await fetch('https://api.example/qod/v0/qos-profiles');
    for (const type of ['', 'text', 'json', 'blob', 'arraybuffer', 'document']) {
      const request = new XMLHttpRequest();
      request.open('GET', 'https://api.example/qod/v0/qos-profiles');
      request.responseType = type;
      await new Promise((resolve) => {
        request.onloadend = resolve;
        request.send();
      });
    }
    for (const format of ['json', 'har', 'ndjson', 'curl', 'mermaid', 'vitest', 'rust']) await sandbox.exportRun(format);
    await sandbox.shareUrl();
    undo();
    sandbox.dispose();
  });
}

test('the console breaks no policy over a whole tour', async ({ page, context }) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const policy = await said('ARCHITECTURE.md', /The page runs under `([^`]+)`/);
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'; style-src 'self'");
  expect(policy).toContain(TYPES);
  const broken = await under(page, policy);
  await page.goto('/');
  await tour(page);
  expect(broken).toEqual([]);
  // It would have been seen.
  await page.evaluate(() => {
    const seen = new Promise((resolve) => document.addEventListener('securitypolicyviolation', resolve, { once: true }));
    try {
      document.createElement('p').innerHTML = '<b>text</b>';
    } catch {
      // The policy forbids it.
    }
    return seen.then(() => {});
  });
  await expect.poll(() => broken.length).toBe(1);
  expect(broken[0]).toContain('require-trusted-types-for');
});

test('the narrowest policy that the hosts of the pages are told is enough', async ({ page, context }) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const policy = await said('docs/hosting.md', /The site's other pages work under `([^`]+)`/);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(TYPES);
  const broken = await under(page, policy);
  await page.goto('/');
  await tour(page);
  await page.goto('/embed.html');
  await button(page, 'Try it').click();
  await expect(page.getByRole('group', { name: 'Response', exact: true })).toContainText('201 Created');
  expect(broken).toEqual([]);
});

test('figures and samples run in documents under Trusted Types', async ({ page, elsewhere }) => {
  const broken = await under(page);
  await elsewhere(
    `<qod-run group="a"><pre><code>console.log((await fetch('/qod/v0/sessions', { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer mock_sandbox_access_token' }, body: '{"device": {"qosProfile": "QOS_E"}}' })).status)</code></pre></qod-run>
    <qod-sandbox group="a" view="clock request session notifications traffic"></qod-sandbox>`,
    // From the server itself: a browser lets no document of unknown origin have files of this machine.
    { policy: `${STRICT}; ${TYPES}` },
  );
  await button(page, 'Run it').click();
  await expect(page.getByRole('log')).toContainText('400');
  await button(page, 'Mend it in the form').click();
  await button(page, 'Try it').click();
  await expect(page.getByRole('group', { name: 'Response', exact: true })).toContainText('400');
  expect(broken).toEqual([]);
});
