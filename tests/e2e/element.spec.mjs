// <qod-sandbox> in documents of other origins, under a strict policy: what their authors can say, and what comes of it.

import { readFileSync } from 'node:fs';
import { CREATE, FILES, SCRIPT, expect, ready, test } from './elsewhere.mjs';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

const REGIONS = { clock: 'Sandbox clock', request: 'Request', session: 'Session', timeline: 'Sessions', notifications: 'Notifications', traffic: 'Traffic' };

/** The parts of the console that are there. */
const parts = async (page, element = page.locator('qod-sandbox').first()) => {
  const shown = [];
  for (const [part, name] of Object.entries(REGIONS)) {
    if (await element.getByRole('group', { name, exact: true }).count()) shown.push(part);
  }
  return shown.join(' ');
};

test('the two lines of the README put a figure into a document, under a strict policy', async ({ page, elsewhere }) => {
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  const [, lines] = /^```html\n(.*?)^```$/ms.exec(README);
  await elsewhere(lines.replace('https://cdn.example/qod-sandbox', FILES), { head: '' });
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('each part of the console can be shown alone, or with others', async ({ page, elsewhere }) => {
  const views = [...Object.keys(REGIONS), 'request notifications', 'clock timeline traffic'];
  await elsewhere(views.map((view) => `<qod-sandbox view="${view}"></qod-sandbox>`).join(''));
  for (const [index, view] of views.entries()) {
    await page.evaluate((index) => document.querySelectorAll('qod-sandbox')[index].ready.then(() => {}), index);
    expect(await parts(page, page.locator('qod-sandbox').nth(index))).toBe(view);
  }
});

test('a figure without a form sends nobody to it', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox></qod-sandbox>');
  await ready(page);
  const session = page.getByRole('group', { name: 'Session', exact: true });
  await expect(session.getByText('No session yet: try the request.', { exact: true })).toBeVisible();
  await page.evaluate(() => (document.querySelector('qod-sandbox').view = 'clock session'));
  await expect(session.getByText('No session yet.', { exact: true })).toBeVisible();
});

test('what is shown follows the attributes, and the sandbox stays', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox clock="manual"></qod-sandbox>');
  await ready(page);
  expect(await parts(page)).toBe('clock request session');
  await page.evaluate((create) => {
    const element = document.querySelector('qod-sandbox');
    element.sandbox.handle(create);
    element.view = 'traffic';
  }, CREATE);
  await expect(page.getByRole('group', { name: 'Traffic', exact: true })).toContainText('201');
  expect(await parts(page)).toBe('traffic');
  await page.evaluate(() => Object.assign(document.querySelector('qod-sandbox'), { view: 'request', operation: 'getQosProfiles' }));
  await expect(page.getByText('/qod/v0/qos-profiles', { exact: true })).toBeVisible();
  await page.evaluate(() => (document.querySelector('qod-sandbox').scenario = 'granted-at-once'));
  await expect.poll(() => page.evaluate((create) => {
    const { sandbox } = document.querySelector('qod-sandbox');
    return JSON.parse(sandbox.handle({ ...create, body: create.body.replace('0117', '0118') }).body).qosStatus;
  }, CREATE)).toBe('AVAILABLE');
  // What a sandbox starts with makes another one.
  expect(await page.evaluate(async () => {
    const element = document.querySelector('qod-sandbox');
    const before = element.sandbox;
    element.setAttribute('seed', '7');
    await undefined;
    const after = await element.ready;
    return [after !== before, after.sessions().length];
  })).toEqual([true, 0]);
});

for (const [attribute, words] of [
  ['view="clocks"', 'view: there is no part "clocks"; the parts are clock, request, session, timeline, notifications, traffic'],
  ['operation="create"', 'operation: there is no "create"; the operations are createSession'],
  ['scenario="granted"', "scenario"],
  ['profiles="[{"', 'the attribute profiles is not JSON'],
  ['src="gone.json"', 'gone.json was answered 404'],
  ['src="http://["', 'src must be an address'],
  ['speed="fast"', 'speed must be a whole number from 1 to 86400; got "fast"'],
]) {
  test(`what is wrong with ${attribute} is said`, async ({ page, elsewhere }) => {
    await elsewhere(`<qod-sandbox ${attribute}><p>Read on below.</p></qod-sandbox>`, {
      policy: `default-src 'none'; script-src ${FILES} 'wasm-unsafe-eval'; connect-src ${FILES} 'self'`,
    });
    await expect(page.getByRole('alert')).toContainText(words, { ignoreCase: true });
    await expect(page.getByText('Read on below.')).toBeVisible();
    expect(await page.evaluate(() => document.querySelector('qod-sandbox').ready.catch(({ message }) => message))).toContain(words);
  });
}

test('what was wrong can be put right', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox clock="manual" scenario="granted"></qod-sandbox>');
  const set = (name, text) => page.evaluate(([name, text]) => document.querySelector('qod-sandbox').setAttribute(name, text), [name, text]);
  const works = async () => {
    await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  };
  await expect(page.getByRole('alert')).toContainText('there is no scenario "granted"', { ignoreCase: true });
  await set('scenario', 'granted-at-once');
  await works();
  await set('view', 'everything');
  await expect(page.getByRole('alert')).toContainText('there is no part "everything"');
  await set('view', 'request');
  await works();
  await set('auth', 'none');
  await expect(page.getByRole('alert')).toContainText('The sandbox could not be changed');
  await set('auth', 'off');
  await works();
});

test('what is set before the module is there counts', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox></qod-sandbox>', { head: '' });
  await page.evaluate(async (files) => {
    const element = document.querySelector('qod-sandbox');
    element.view = 'traffic';
    element.scenario = 'refused-at-once';
    await import(`${files}/element.js`);
    await element.ready;
  }, FILES);
  expect(await parts(page)).toBe('traffic');
  expect(await page.locator('qod-sandbox').getAttribute('scenario')).toBe('refused-at-once');
});

test('a key that is all digits is a key, and an answer that is not kept cannot be shown', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox persist="2024" broadcast="7"></qod-sandbox>');
  await ready(page);
  expect(await page.evaluate(() => document.querySelector('qod-sandbox').show(99).catch(({ name, message }) => `${name}: ${message}`))).toBe('RangeError: show: there is no exchange 99, or no longer');
});

test('elements of a group share a sandbox, others have their own', async ({ page, elsewhere }) => {
  await elsewhere(`
    <qod-sandbox group="a" clock="manual" seed="1" view="request"></qod-sandbox>
    <qod-sandbox group="a" view="notifications"></qod-sandbox>
    <qod-sandbox group="b" view="notifications"></qod-sandbox>`);
  await page.locator('qod-sandbox').first().getByRole('button', { name: 'Try it' }).click();
  const outcome = await page.evaluate(async () => {
    const [one, two, other] = document.querySelectorAll('qod-sandbox');
    const [first, second, third] = await Promise.all([one.ready, two.ready, other.ready]);
    first.clock.advance('2s');
    const counts = [first, second, third].map((sandbox) => sandbox.sessions().length);
    // The sandbox lives as long as one of them shows it.
    one.remove();
    await new Promise((resolve) => setTimeout(resolve));
    const lives = second.sessions().length;
    two.remove();
    await new Promise((resolve) => setTimeout(resolve));
    let gone = '';
    try {
      second.sessions();
    } catch (error) {
      gone = error.message;
    }
    return { same: first === second, counts, lives, gone };
  });
  expect(outcome).toEqual({ same: true, counts: [1, 1, 0], lives: 1, gone: expect.stringContaining('was disposed') });
});

test('a group whose elements do not agree says about what', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox group="a" scenario="refused-at-once"></qod-sandbox><qod-sandbox group="a" scenario="never-granted"></qod-sandbox>');
  await expect(page.getByRole('alert').first()).toContainText('The elements of the group "a" share one sandbox, but say of its scenario once "refused-at-once" and once "never-granted"');
});

test('a saved run, or a link to one, is there at the start', async ({ page, elsewhere }) => {
  await elsewhere('', { head: SCRIPT });
  const [run, link] = await page.evaluate(async ([files, create]) => {
    const { createSandbox } = await import(`${files}/element.js`);
    const sandbox = await createSandbox({ clock: 'manual', seed: 1 });
    sandbox.handle(create);
    sandbox.clock.advance('2s');
    return [await sandbox.exportRun('json'), await sandbox.shareUrl('https://anywhere.example/')];
  }, [FILES, CREATE]);
  elsewhere.put('/run.json', run, { type: 'application/json', policy: '' });
  await elsewhere(`<qod-sandbox clock="manual" src="run.json"></qod-sandbox><qod-sandbox clock="manual" src="${link.slice('https://anywhere.example/'.length)}"></qod-sandbox>`, {
    policy: `default-src 'none'; script-src ${FILES} 'wasm-unsafe-eval'; connect-src ${FILES} 'self'`,
    path: '/runs',
  });
  const statuses = await page.evaluate(() => Promise.all([...document.querySelectorAll('qod-sandbox')].map(async (element) => (await element.ready).sessions().map(({ qosStatus }) => qosStatus))));
  expect(statuses).toEqual([['AVAILABLE'], ['AVAILABLE']]);
});

test('the page’s code shows an answer, and puts a request into the form', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox clock="manual" view="request"></qod-sandbox>');
  await page.evaluate(async (create) => {
    const element = document.querySelector('qod-sandbox');
    const sandbox = await element.ready;
    sandbox.handle({ ...create, body: create.body.replace('QOS_E', 'QOS_Z') });
    await element.show(sandbox.traffic().at(-1));
  }, CREATE);
  await expect(page.getByRole('group', { name: 'Response', exact: true })).toContainText('400 Bad Request');
  await expect(page.getByLabel('Device', { exact: true })).toHaveValue('+12025550117');
  await page.evaluate((create) => document.querySelector('qod-sandbox').edit({ body: { ...JSON.parse(create.body), duration: 77 } }), CREATE);
  await expect(page.getByLabel('Duration')).toHaveValue('77');
});

test('a request that cannot be put into the form is refused, and the sandbox goes on', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox view="request"></qod-sandbox>');
  const told = await page.evaluate(async () => {
    const element = document.querySelector('qod-sandbox');
    const wrong = [null, 'GET', { method: 5 }, { method: 'GET IT' }, { url: 'javascript:1' }, { url: 'http://[' }, { body: () => 1 }, { body: 1n }];
    const messages = [];
    for (const request of wrong) messages.push(await element.edit(request).then(() => 'taken', ({ name, message }) => `${name}: ${message}`));
    await element.edit({ body: null });
    return [...messages, element.sandbox.sessions().length];
  });
  expect(told).toEqual([
    'TypeError: edit takes { method, url, headers, body }; got null',
    'TypeError: edit takes { method, url, headers, body }; got "GET"',
    "TypeError: edit: method must be a text such as 'POST'; got 5",
    "TypeError: edit: method must be a text such as 'POST'; got \"GET IT\"",
    'TypeError: edit: url must be an address of http or https, or a path; got "javascript:1"',
    'TypeError: edit: url must be an address of http or https, or a path; got "http://["',
    'TypeError: edit: body must be a text, or a value that JSON can be made of; got a function',
    expect.stringContaining('TypeError: edit: body cannot be written as JSON'),
    0,
  ]);
});

test('where the files are the page’s own, a policy that allows next to nothing will do', async ({ page, elsewhere }) => {
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await elsewhere('<qod-run group="a"><pre><code>console.log((await fetch("/qod/v0/qos-profiles")).status)</code></pre></qod-run><qod-sandbox group="a" view="traffic"></qod-sandbox>', {
    policy: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-src 'self'; require-trusted-types-for 'script'",
    head: SCRIPT.replace(FILES, '/files'),
  });
  await page.getByRole('button', { name: 'Run it' }).click();
  await expect(page.getByRole('log')).toContainText('401');
  await expect(page.getByRole('group', { name: 'Traffic', exact: true })).toContainText('401');
  expect(complaints).toEqual([]);
});
