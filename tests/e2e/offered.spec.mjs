// Runs that come from others: what they hold is shown before they take the place of what is here.

import { expect, test } from './elsewhere.mjs';
import { drop } from './scenes.mjs';

const region = (page, name) => page.getByRole('region', { name });
const sandbox = (page, act, argument) => page.evaluate(`(${act})(document.querySelector('qod-sandbox').sandbox, ${JSON.stringify(argument)})`);
const ids = (page) => sandbox(page, '(s) => s.sessions().map(({ sessionId }) => sessionId)');
const dialog = (page) => page.getByRole('dialog', { name: 'Open this run?' });
const hash = (page) => new URL(page.url()).hash;

/** A run of someone else's: two sessions, one of them granted, with settings of its own, and made with real POSTs. */
async function theirs(page) {
  return page.evaluate(async () => {
    const { createSandbox } = await import('/qod-sandbox.js');
    const other = await createSandbox({ clock: 'manual', startAt: '2026-01-01T09:00:00Z', auth: 'off', delivery: 'network', scenario: 'granted-after-2s' });
    const create = (phoneNumber) =>
      other.handle({
        method: 'POST',
        url: '/qod/v0/sessions',
        body: JSON.stringify({
          device: { phoneNumber },
          applicationServer: { ipv4Address: '198.51.100.10' },
          qosProfile: 'QOS_E',
          duration: 3600,
          webhook: { notificationUrl: 'http://127.0.0.1:1/hook' },
        }),
      });
    // What is sent leaves nothing here: the receiver is this sandbox's own.
    other.receive('*', 204);
    create('+34600000001');
    other.clock.advance('5m');
    create('+34600000002');
    const run = JSON.parse(await other.exportRun());
    const link = await other.shareUrl(new URL('/', location.href).href);
    const sessions = other.sessions().map(({ sessionId }) => sessionId);
    other.dispose();
    return { run, link, sessions };
  });
}

/** Something of the user's own, which is kept. */
async function mine(page) {
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(region(page, 'Notifications').getByRole('listitem')).toHaveCount(1);
  // It is kept 200 ms after it changed.
  await page.waitForTimeout(400);
  return ids(page);
}

const asFile = (run, name = 'their run.json') => ({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(run)) });

async function opens(page, file) {
  await page.getByRole('button', { name: 'Export' }).click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('menuitem', { name: 'Open a run…' }).click()]);
  await chooser.setFiles(file);
}

const drops = (page, run) => drop(page, JSON.stringify(run), 'dropped.json');

test.beforeEach(async ({ page }, info) => {
  info.complaints = [];
  page.on('pageerror', (error) => info.complaints.push(String(error)));
  // Of documents that have no icon browsers complain, too.
  page.on('console', (message) => message.type() === 'error' && !message.location().url.endsWith('/favicon.ico') && info.complaints.push(message.text()));
});

test.afterEach(async ({}, info) => {
  expect(info.complaints).toEqual([]);
});

test.describe('on the page of its own', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  });

  test('a link opens at once where nothing has happened', async ({ page }) => {
    const { link, sessions } = await theirs(page);
    await page.goto('about:blank');
    await page.goto(link);
    await expect(region(page, 'Sessions')).toContainText('AVAILABLE');
    expect(await ids(page)).toEqual(sessions);
    await expect(dialog(page)).toHaveCount(0);
    expect(hash(page)).not.toContain('run=');
  });

  test('a link shows what it holds first, and Escape keeps what is here', async ({ page }) => {
    const { link } = await theirs(page);
    const own = await mine(page);
    await page.goto('about:blank');
    await page.goto(link);
    await expect(dialog(page)).toBeVisible();
    // The user's own is there, behind it.
    expect(await ids(page)).toEqual(own);
    for (const [what, text] of [
      ['Here now', '1 request, 1 session and 1 notification'],
      ['In the link', '2 requests, 2 sessions and 1 notification'],
      ['Its time', '2026-01-01 09:00:00 to 09:05:00 UTC'],
      ['Its settings', 'others than here: access tokens'],
      ['Real POSTs', 'here they stay off'],
    ]) {
      await expect(dialog(page).locator('dt', { hasText: what }).locator('xpath=following-sibling::dd')).toContainText(text);
    }
    await expect(dialog(page).getByRole('button', { name: 'Keep mine' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
    expect(await ids(page)).toEqual(own);
    expect(hash(page)).toBe('');
    await page.reload();
    await expect(region(page, 'Sessions')).toContainText('AVAILABLE');
    expect(await ids(page)).toEqual(own);
    await expect(dialog(page)).toHaveCount(0);
  });

  test('a link takes its place if that is wanted, can be taken back, and posts nothing', async ({ page }) => {
    const { link, sessions } = await theirs(page);
    const own = await mine(page);
    await page.goto('about:blank');
    await page.goto(link);
    await dialog(page).getByRole('button', { name: 'Replace mine' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Played 2 requests and 1 notification' })).toBeVisible();
    expect(await ids(page)).toEqual(sessions);
    await expect(region(page, 'Notifications').getByText('Real POSTs are on')).toHaveCount(0);
    await expect(page.locator('qod-sandbox')).not.toContainText('sends real POSTs');
    expect(hash(page)).not.toContain('run=');
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    expect(await ids(page)).toEqual(own);
  });

  test('a link that is followed while the page is open is asked about, too', async ({ page }) => {
    const { link, sessions } = await theirs(page);
    await mine(page);
    const follow = () => page.evaluate((link) => { location.hash = new URL(link).hash; }, link);
    await follow();
    await dialog(page).getByRole('button', { name: 'Keep mine' }).click();
    await expect(dialog(page)).toHaveCount(0);
    await follow();
    await dialog(page).getByRole('button', { name: 'Replace mine' }).click();
    await expect.poll(() => ids(page)).toEqual(sessions);
    // Where nothing has happened it opens at once.
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect(region(page, 'Sessions')).toContainText('No sessions yet');
    await follow();
    await expect.poll(() => ids(page)).toEqual(sessions);
    await expect(dialog(page)).toHaveCount(0);
  });

  test('a setting alone is worth a question', async ({ page }) => {
    const { link } = await theirs(page);
    await page.getByLabel('New sessions are').selectOption({ label: 'Never granted' });
    await page.waitForTimeout(400);
    await page.goto('about:blank');
    await page.goto(link);
    await expect(dialog(page)).toContainText('what becomes of new sessions');
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await expect(page.getByLabel('New sessions are')).toHaveValue('never-granted');
  });

  test('a damaged link says so, and keeps nobody from what is here', async ({ page }) => {
    const own = await mine(page);
    await page.goto('about:blank');
    await page.goto('/#run=AAAA');
    await expect(page.getByRole('alert')).toContainText('The link is damaged');
    expect(await ids(page)).toEqual(own);
    expect(hash(page)).toBe('');
  });

  test('a file that is opened or dropped shows what it holds; the focus goes back to where it was', async ({ page }) => {
    const { run, sessions } = await theirs(page);
    const own = await mine(page);
    await opens(page, asFile(run, 'their\u202enosj.run'));
    await expect(dialog(page).locator('dt').nth(1)).toHaveText('theirnosj.run');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Export' })).toBeFocused();
    expect(await ids(page)).toEqual(own);

    await drops(page, run);
    await expect(dialog(page)).toContainText('dropped.json');
    await page.keyboard.press('Shift+Tab');
    await expect(dialog(page).getByRole('button', { name: 'Replace mine' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect.poll(() => ids(page)).toEqual(sessions);
  });

  test('what cannot be played is not asked about', async ({ page }) => {
    const { run } = await theirs(page);
    const own = await mine(page);
    await opens(page, asFile({ ...run, inputs: [{ at: run.startAt, network: 'grant', sessionId: '<img src=x onerror=alert(1)>' }] }));
    await expect(page.getByRole('alert')).toContainText('Their run.json is damaged');
    await expect(dialog(page)).toHaveCount(0);
    expect(await ids(page)).toEqual(own);
  });
});

test.describe('in a document', () => {
  const put = async (page, elsewhere, run) => {
    elsewhere.put('/run.json', JSON.stringify(run), { type: 'application/json', policy: '' });
  };
  const shown = (page) => page.evaluate(() => document.querySelector('qod-sandbox').ready.then((s) => s.sessions().map(({ sessionId }) => sessionId)));
  const POLICY = { policy: '' };

  test('an author’s run is what is shown, and nobody is asked; what a reader has done and kept goes before it', async ({ page, elsewhere }) => {
    await page.goto('/icon.svg');
    const { run, sessions } = await theirs(page);
    await put(page, elsewhere, run);
    const open = () => elsewhere('<qod-sandbox src="/run.json" persist="figure" view="clock request session notifications"></qod-sandbox>', POLICY);
    await open();
    expect(await shown(page)).toEqual(sessions);
    await expect(dialog(page)).toHaveCount(0);
    await page.evaluate(() => {
      const { sandbox } = document.querySelector('qod-sandbox');
      sandbox.network.terminate(sandbox.sessions()[0].sessionId);
    });
    await page.waitForTimeout(400);
    await page.goto('about:blank');
    await open();
    await shown(page);
    expect(await sandbox(page, (s) => s.sessions()[0].qosStatus)).toBe('UNAVAILABLE');
    await expect(dialog(page)).toHaveCount(0);
    // Without a key nothing is kept, and the author's run is there each time.
    await elsewhere('<qod-sandbox src="/run.json"></qod-sandbox>', { ...POLICY, path: '/fresh' });
    expect(await shown(page)).toEqual(sessions);
    expect(await sandbox(page, (s) => s.sessions()[0].qosStatus)).toBe('AVAILABLE');
  });

  test('an author’s run posts nothing by itself', async ({ page, elsewhere }) => {
    await page.goto('/icon.svg');
    const { run } = await theirs(page);
    run.inputs = run.inputs.filter(({ addReceiver }) => !addReceiver);
    await put(page, elsewhere, run);
    await elsewhere('<qod-sandbox src="/run.json" fill></qod-sandbox>', POLICY);
    await shown(page);
    await expect(page.locator('qod-sandbox')).not.toContainText('sends real POSTs');
    await sandbox(page, (s) => {
      s.clock.rewindTo(s.clock.now() - 60_000);
      s.handle({ method: 'POST', url: '/qod/v0/sessions', body: JSON.stringify({ device: { phoneNumber: '+34600000003' }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E', webhook: { notificationUrl: 'http://127.0.0.1:1/hook' } }) });
      return s.clock.advanceAsync('1m');
    });
    // Whom the page asks at all is held against its list when the test ends.
    await expect(page.locator('qod-sandbox')).not.toContainText('sends real POSTs');
  });

  test('a run that is dropped onto a figure in which something happened is asked about', async ({ page, elsewhere }) => {
    await page.goto('/icon.svg');
    const { run, sessions } = await theirs(page);
    await elsewhere('<qod-sandbox></qod-sandbox>', POLICY);
    await shown(page);
    await drops(page, run);
    await expect.poll(() => ids(page)).toEqual(sessions);
    await drops(page, { ...run, seed: 7 });
    await expect(dialog(page)).toContainText('dropped.json');
    await page.keyboard.press('Escape');
    expect(await ids(page)).toEqual(sessions);
  });
});

test.describe('in a frame', () => {
  const refuses = async (page) => expect(page.getByRole('alert')).toContainText('an address switches none on');

  test('no address switches real POSTs on, but of a page of the same origin', async ({ page, elsewhere }) => {
    for (const delivery of ['network', '{"to":"network","attempts":3}']) {
      await page.goto(`/embed.html?delivery=${encodeURIComponent(delivery)}`);
      await refuses(page);
      const query = `delivery=${encodeURIComponent(delivery)}&parent=${elsewhere.origin}`;
      await elsewhere(`<iframe src="${new URL(page.url()).origin}/embed.html?${query}"></iframe>`, { policy: '', head: '', path: `/${delivery.length}` });
      await refuses(page.frameLocator('iframe'));
    }
    await page.route('**/around.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Around</title><iframe src="/embed.html?delivery=network&fill"></iframe>' }));
    await page.goto('/around.html');
    await expect(page.frameLocator('iframe').locator('qod-sandbox')).toContainText('Real POSTs are on');
  });

  test('a page of another origin switches none on by a call, a run or a snapshot', async ({ page, elsewhere }) => {
    await page.goto('/icon.svg');
    const files = new URL(page.url()).origin;
    const { run } = await theirs(page);
    const snapshot = await page.evaluate(async () => {
      const { createSandbox } = await import('/qod-sandbox.js');
      return (await createSandbox({ delivery: 'network' })).snapshot();
    });
    await elsewhere(
      `<iframe src="${files}/embed.html?fill&parent=${elsewhere.origin}"></iframe>
      <script type="module">import { connect } from '${files}/frame.js'; globalThis.frame = connect(document.querySelector('iframe'));</script>`,
      { policy: '', head: '' },
    );
    const inside = page.frameLocator('iframe').locator('qod-sandbox');
    await expect(inside).toContainText('runs in this tab');
    const told = await page.evaluate(
      async ([run, snapshot]) => {
        await frame.ready;
        const reason = ({ message }) => message;
        const told = [];
        for (const delivery of ['network', { to: 'network' }]) told.push(await frame.call('configure', { delivery }).catch(reason));
        await frame.call('configure', { delivery: { attempts: 2 } });
        await frame.call('replay', run);
        await frame.call('restore', snapshot);
        return told;
      },
      [run, snapshot],
    );
    expect(told).toEqual(Array(2).fill(expect.stringContaining('a page of another origin switches no real POSTs on')));
    await expect(inside).not.toContainText('Real POSTs are on');
    await expect(inside).not.toContainText('sends real POSTs');
  });

  test('a frame that is kept goes on with what was done in it, whatever its address brings', async ({ page }) => {
    await page.goto('/icon.svg');
    const { run, sessions } = await theirs(page);
    await page.route(({ pathname }) => pathname === '/their.json', (route) => route.fulfill({ json: run }));
    await page.goto('/embed.html?fill&persist=frame');
    const own = await mine(page);
    await page.goto('/embed.html?fill&persist=frame&src=/their.json');
    await expect(region(page, 'Sessions')).toContainText('AVAILABLE');
    expect(await ids(page)).toEqual(own);
    await expect(dialog(page)).toHaveCount(0);
    await page.goto('/embed.html?fill&persist=another&src=/their.json');
    await expect(region(page, 'Sessions')).toContainText('AVAILABLE');
    expect(await ids(page)).toEqual(sessions);
  });
});
