// <qod-sandbox> and the page around it: what enters, what leaves, and what is seen where it cannot run.

import { CREATE, FILES, SCRIPT, STRICT, expect, ready, test } from './elsewhere.mjs';

/** How everything inside of an element looks and where it is. */
const looks = (page) =>
  page.evaluate(() => {
    const element = document.querySelector('qod-sandbox');
    const { x, y } = element.getBoundingClientRect();
    const seen = ['color', 'background-color', 'font-family', 'font-size', 'font-weight', 'line-height', 'letter-spacing', 'text-transform', 'text-align', 'visibility', 'opacity', 'cursor', 'white-space', 'border-top-width', 'padding-left', 'list-style-type', 'text-shadow', 'direction'];
    const all = [...element.shadowRoot.querySelectorAll('*')].filter((one) => one.getClientRects().length > 0);
    return all.map((one) => {
      const [box, style] = [one.getBoundingClientRect(), getComputedStyle(one)];
      const place = [box.x - x, box.y - y, box.width, box.height].map((length) => Math.round(length));
      return [one.localName, one.className.baseVal ?? one.className, ...place, ...seen.map((name) => style.getPropertyValue(name))].join(' ');
    });
  });

const FIGURE = '<div id="column"><qod-sandbox clock="manual" seed="1" start-at="2026-01-01T00:00:00Z"></qod-sandbox></div>';

const LOUD = `
  * { color: red !important; background: yellow !important; font: italic 900 40px/3 fantasy !important; letter-spacing: 1em !important;
      text-transform: uppercase !important; text-align: right !important; white-space: pre !important; cursor: wait !important; visibility: visible !important;
      border-radius: 50% !important; text-shadow: 2px 2px red !important; list-style: square !important; word-spacing: 3em !important;
      --accent: red !important; --surface: red !important; --rem: 40px !important; --ctl: 90px !important; direction: rtl !important; display: inline !important;
      box-sizing: content-box !important; transition: all 3s !important; text-indent: 4em !important; quotes: none !important; tab-size: 20 !important; }
  html { font-size: 62.5% !important; }
  button, input, p, h2 { margin: 40px !important; width: 400px !important; }
  #column { display: block !important; width: 720px !important; letter-spacing: normal; }`;

test('no style of the page comes in', async ({ page, elsewhere }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // How long an answer took would be another each time.
  await page.addInitScript(() => (performance.now = () => 0));
  const open = async (style) => {
    await elsewhere(FIGURE, { policy: '', head: `<style>#column { width: 720px } ${style}</style>${SCRIPT}`, path: style ? '/loud' : '/quiet' });
    await ready(page);
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.evaluate(() => document.fonts.ready.then(() => document.querySelector('qod-sandbox').sandbox.clock.advance('3s')));
    await expect(page.getByRole('list', { name: 'What happened, newest first' })).toContainText('AVAILABLE');
    await page.mouse.move(0, 0);
    return looks(page);
  };
  const quiet = await open('');
  expect(quiet.length).toBeGreaterThan(100);
  const loud = await open(LOUD);
  // How long the answer took is another each time.
  // Toasts stand in the window, not in the element.
  const different = loud.filter((line, index) => line !== quiet[index] && !line.startsWith('div toasts '));
  expect(different).toEqual([]);
  expect(loud).toHaveLength(quiet.length);
});

test('nothing goes out: no style, no global, no change of the platform', async ({ page, elsewhere }) => {
  await elsewhere(`<h1>Docs</h1><p>Text <button>Button</button><input value="x"></p>`, { policy: '', head: '' });
  const state = () =>
    page.evaluate(() => {
      const styles = [...document.querySelectorAll('h1, p, button, input')].map((one) => [...getComputedStyle(one)].map((name) => getComputedStyle(one).getPropertyValue(name)).join());
      return {
        styles,
        globals: Object.getOwnPropertyNames(globalThis).sort(),
        sheets: [document.styleSheets.length, document.adoptedStyleSheets.length],
        head: document.head.innerHTML,
        platform: [fetch, XMLHttpRequest, setTimeout, Promise, console.log].map((one) => Function.prototype.toString.call(one).includes('[native code]')),
        storage: [localStorage.length, sessionStorage.length, document.cookie],
      };
    });
  const before = await state();
  await page.evaluate(async ([files, create]) => {
    await import(`${files}/element.js`);
    const element = document.createElement('qod-sandbox');
    document.querySelector('p').after(element);
    (await element.ready).handle(create);
  }, [FILES, CREATE]);
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  expect(await state()).toEqual(before);
});

test('it works where the page has replaced fetch, and frozen what everybody stands on', async ({ page, elsewhere }) => {
  const head = `<script>
    // As old polyfills do it: a Response that is not the platform's.
    const original = fetch;
    window.fetch = async (...args) => {
      const response = await original(...args);
      return { ok: response.ok, status: response.status, url: response.url, headers: response.headers, arrayBuffer: () => response.arrayBuffer(), text: () => response.text() };
    };
    for (const one of [Array, Object, Function, Promise, Map, Set, String]) { Object.freeze(one.prototype); Object.freeze(one); }
    Object.freeze(JSON);
    Object.freeze(Math);
  </script>${SCRIPT}`;
  await elsewhere(FIGURE, { policy: '', head });
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByRole('group', { name: 'Response', exact: true })).toContainText('201 Created');
  const status = await page.evaluate(async ([files, create]) => {
    const { createSandbox } = await import(`${files}/qod-sandbox.js`);
    const sandbox = await createSandbox({ clock: 'manual' });
    return (await sandbox.fetch(create.url, create)).status;
  }, [FILES, CREATE]);
  expect(status).toBe(201);
});

test('its theme is the page’s to set, by properties and parts', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox theme="dark" view="request"></qod-sandbox>', {
    policy: '',
    head: `<style>qod-sandbox { --qod-accent: rgb(1, 2, 3); --qod-font: Georgia; } qod-sandbox::part(try) { border-radius: 99px } qod-sandbox::part(bar) { display: none }</style>${SCRIPT}`,
  });
  const button = page.getByRole('button', { name: 'Try it' });
  await expect(button).toHaveCSS('background-color', 'rgb(1, 2, 3)');
  await expect(button).toHaveCSS('border-radius', '99px');
  await expect(button).toHaveCSS('font-family', 'Georgia');
  await expect(page.getByText('Mock', { exact: false }).first()).toBeHidden();
  await expect(page.getByRole('group', { name: 'Request', exact: true })).toHaveCSS('color', 'rgb(238, 241, 246)');
  await page.evaluate(() => {
    document.documentElement.style.colorScheme = 'light';
    document.querySelector('qod-sandbox').theme = 'inherit';
  });
  await expect(page.getByRole('group', { name: 'Request', exact: true })).toHaveCSS('color', 'rgb(17, 21, 28)');
});

test('the author’s own words stand in its slots', async ({ page, elsewhere }) => {
  await elsewhere('<qod-sandbox><b slot="title">Create a session</b><p slot="intro">Press the button.</p><p slot="caption">Figure 1</p><p>Loading …</p></qod-sandbox>');
  await ready(page);
  for (const text of ['Create a session', 'Press the button.', 'Figure 1']) await expect(page.getByText(text)).toBeVisible();
  await expect(page.getByText('QoD Sandbox')).toBeHidden();
  await expect(page.getByText('Loading …')).toBeHidden();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('what the author put into it can be read', async ({ page, elsewhere }) => {
    await elsewhere('<qod-sandbox><p>See the reference instead.</p></qod-sandbox>');
    await expect(page.getByText('See the reference instead.')).toBeVisible();
  });
});

test('where scripts or WebAssembly are blocked, too, and it says what is missing', async ({ page, elsewhere }) => {
  const body = '<qod-sandbox><p>See the reference instead.</p></qod-sandbox>';
  await elsewhere(body, { policy: "default-src 'none'", path: '/no-scripts' });
  await expect(page.getByText('See the reference instead.')).toBeVisible();
  await elsewhere(body, { policy: STRICT.replace(" 'wasm-unsafe-eval'", ''), path: '/no-wasm' });
  await expect(page.getByRole('alert')).toContainText("add 'wasm-unsafe-eval' to its script-src");
  await expect(page.getByText('See the reference instead.')).toBeVisible();
  await page.route('**/console.js', (route) => route.abort());
  await elsewhere(body, { path: '/cut-off' });
  await expect(page.getByRole('alert')).toContainText('its files must all be in one folder');
  await expect(page.getByText('See the reference instead.')).toBeVisible();
});
