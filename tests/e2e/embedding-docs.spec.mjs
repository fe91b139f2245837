// What docs/embedding.md shows works as it stands there.

import { readFileSync } from 'node:fs';
import { FILES, SCRIPT, expect, ready, test } from './elsewhere.mjs';

const PAGE = readFileSync(new URL('../../docs/embedding.md', import.meta.url), 'utf8').replaceAll('https://cdn.example/qod-sandbox', FILES);
const blocks = (language) => [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, code]) => code);
const [element, sample, frame, ...moreHtml] = blocks('html');
const [interception, ...moreCode] = blocks('js');

test('the element', async ({ page, elsewhere }) => {
  expect([...moreHtml, ...moreCode], 'a block that is not run').toEqual([]);
  await elsewhere(element, { head: '' });
  await ready(page);
  await expect(page.getByText('What the network may take back')).toBeVisible();
  await expect(page.getByRole('group', { name: 'Traffic', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Try it' }).click();
  for (const status of ['AVAILABLE', 'UNAVAILABLE']) {
    await page.getByRole('button', { name: /^Next event/ }).click();
    await expect(page.getByRole('group', { name: 'Session', exact: true })).toContainText(status);
  }
});

test('a sample', async ({ page, elsewhere }) => {
  await elsewhere(sample);
  await page.getByRole('button', { name: 'Run it' }).click();
  await expect(page.getByRole('log', { name: 'Output' })).toContainText('"name": "QOS_E"');
});

test('an iframe, and the messages of its table', async ({ page, elsewhere }) => {
  const lines = [];
  page.on('console', (message) => lines.push(message.text()));
  const own = frame.replace('https://docs.example', elsewhere.origin).replace('  frame.on', '  globalThis.frame = frame;\n  globalThis.types = [];\n  addEventListener("message", ({ data }) => types.push(data.type));\n  frame.on');
  await elsewhere(own, { policy: '', head: '' });
  const inside = page.frameLocator('iframe');
  await inside.getByRole('button', { name: 'Try it' }).click();
  await page.evaluate(() => frame.call('clock.advance', '2s'));
  await expect.poll(() => lines).toContain('UNAVAILABLE');
  const documented = [...PAGE.matchAll(/^\| `(qod-sandbox:\w+)` \| the frame/gm)].map(([, type]) => type);
  expect(documented).toHaveLength(5);
  // What embed.spec.mjs has fail.
  documented.splice(documented.indexOf('qod-sandbox:failed'), 1);
  await expect.poll(() => page.evaluate(() => [...new Set(types)].sort())).toEqual(documented.sort());
});

test('interception', async ({ page, elsewhere }) => {
  elsewhere.put('/page.js', `${interception}\nglobalThis.done = true;`, { type: 'text/javascript' });
  await elsewhere('<qod-sandbox view="traffic"></qod-sandbox><script type="module" src="/page.js"></script>', { policy: '' });
  await page.waitForFunction('globalThis.done');
  await expect.poll(() => page.evaluate(() => fetch('https://api.example.com/gateway/qod/v0/qos-profiles').then(({ status }) => status, () => 0))).toBe(401);
  await expect(page.getByRole('group', { name: 'Traffic', exact: true })).toContainText('401');
});

test('every attribute, part and property of the tables and types is there', async ({ page, elsewhere }) => {
  const { OPTIONS } = await import('../../www/element/attributes.js');
  const types = readFileSync(new URL('../../www/element.d.ts', import.meta.url), 'utf8');
  const table = PAGE.slice(PAGE.indexOf('| attribute |'), PAGE.indexOf('* **Your words**'));
  const named = [...table.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
  const own = ['view', 'operation', 'group', 'src', 'theme', 'loading', 'fill', 'files'];
  expect(named.filter((name) => !own.includes(name) && !OPTIONS.has(name))).toEqual([]);
  expect(own.filter((name) => !named.includes(name))).toEqual([]);
  const properties = [...PAGE.matchAll(/`(--qod-[\w-]+)`/g)].map(([, name]) => name);
  const tokens = readFileSync(new URL('../../www/console/tokens.css', import.meta.url), 'utf8');
  expect([...tokens.matchAll(/var\((--qod-[\w-]+),/g)].map(([, name]) => name).sort()).toEqual(properties.sort());
  expect(properties.filter((name) => !types.includes(name))).toEqual([]);
  const parts = /`::part\(…\)` of `([^`]*)`/.exec(PAGE)[1].split(' ');
  await elsewhere('<qod-sandbox view="clock request session timeline notifications traffic"></qod-sandbox>', { head: SCRIPT });
  await ready(page);
  await expect.poll(() => page.evaluate(() => [...document.querySelector('qod-sandbox').shadowRoot.querySelectorAll('[part]')].map((one) => one.getAttribute('part')).sort())).toEqual(parts.sort());
});
