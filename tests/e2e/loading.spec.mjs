// What keeps the WebAssembly from a page, and what the page is then told: the line that takes it out of the way.

import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { folder, OPEN, OUTCOME, PACKAGE, page as html, test, USE } from './host.mjs';

const files = folder(PACKAGE, OPEN);
const isWasm = (path) => path.endsWith('.wasm');

/** A page of one origin that takes the package from another; `wasm` answers in the place of the file. */
async function open(page, host, { policy = () => ({}), wasm } = {}) {
  const cdn = await host((path) => (wasm && isWasm(path) ? wasm(path) : files(path)));
  const site = await host((path) => path === '/' && html('', policy(cdn)));
  await page.goto(`${site}/`);
  const load = () => page.evaluate(`import('${cdn}/qod-sandbox.js').then(({ createSandbox }) => (${USE})(createSandbox)).catch((error) => error.message)`);
  return { cdn, site, load };
}

const csp = (...directives) => ({ 'content-security-policy': directives.join('; ') });

test('a policy without WebAssembly: the directive as it should be', async ({ page, host }) => {
  const { load, cdn } = await open(page, host, { policy: (cdn) => csp(`script-src 'self' ${cdn}`) });
  expect(await load()).toContain(`so that it says \`Content-Security-Policy: script-src 'self' ${cdn} 'wasm-unsafe-eval'\``);
});

test('a policy that only default-src speaks of scripts in', async ({ page, host }) => {
  const { load, cdn } = await open(page, host, { policy: (cdn) => csp(`default-src ${cdn}`) });
  expect(await load()).toContain(`\`Content-Security-Policy: script-src ${cdn} 'wasm-unsafe-eval'\``);
});

test('a policy that only reports is in nobody\'s way', async ({ page, host }) => {
  const { load } = await open(page, host, { policy: () => ({ 'content-security-policy-report-only': "default-src 'none'" }) });
  expect(await load()).toEqual(OUTCOME);
});

test('a policy that forbids the connection: which one to allow', async ({ page, host }) => {
  const { load, cdn } = await open(page, host, { policy: (cdn) => csp(`script-src ${cdn} 'wasm-unsafe-eval'`, "connect-src 'self'") });
  expect(await load()).toContain(`forbids loading ${cdn}/glue/headless_bg.wasm: add ${cdn} to its connect-src, so that it says \`Content-Security-Policy: connect-src 'self' ${cdn}\``);
});

test('the policy of a worker is told as well', async ({ page, host }) => {
  const answer = (path) => {
    if (path === '/') return html('');
    if (path !== '/worker.js') return files(path);
    const body = "import { createSandbox } from './qod-sandbox.js'; createSandbox().then(() => 'works', ({ message }) => message).then(postMessage);";
    return { headers: { 'content-type': 'text/javascript', ...csp("script-src 'self' 'wasm-unsafe-eval'", "connect-src 'none'") }, body };
  };
  await page.goto(`${await host(answer)}/`);
  const told = await page.evaluate(() => new Promise((resolve) => {
    new Worker('worker.js', { type: 'module' }).onmessage = ({ data }) => resolve(data);
  }));
  expect(told).toContain("`Content-Security-Policy: connect-src 'self'`");
});

test('another origin that does not let it be read', async ({ page, host }) => {
  const { load, cdn, site } = await open(page, host, { wasm: folder(PACKAGE) });
  expect(await load()).toBe(`${cdn}/glue/headless_bg.wasm is there, but its server does not let ${site} read it: have it say \`Access-Control-Allow-Origin: *\``);
});

test('nothing there, or the page that stands for everything', async ({ page, host }) => {
  let answer;
  const { load, cdn } = await open(page, host, { wasm: () => answer });
  expect(await load()).toContain(`${cdn}/glue/headless_bg.wasm answered 404: the file glue/headless_bg.wasm of the package must be there`);
  answer = html('An application', OPEN);
  const told = await load();
  expect(told).toContain('is a page of HTML');
  expect(told).toContain("import wasm from 'qod-sandbox/headless.wasm'");
  // What was in the way is gone: the same page goes on.
  answer = await files('/glue/headless_bg.wasm');
  expect(await load()).toEqual(OUTCOME);
});

test('another media type works, and is told once', async ({ page, host }) => {
  const warnings = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  const { load, cdn } = await open(page, host, { wasm: folder(PACKAGE, { ...OPEN, 'content-type': 'application/octet-stream' }) });
  expect(await load()).toEqual(OUTCOME);
  await page.evaluate(`import('${cdn}/element.js').then(({ createSandbox }) => createSandbox())`);
  expect(warnings.filter((text) => text.includes('`Content-Type: application/wasm`'))).toHaveLength(1);
});

test('a browser without a network', async ({ page, host, context }) => {
  const { load, cdn } = await open(page, host);
  await page.evaluate(`import('${cdn}/qod-sandbox.js').then(() => true)`);
  await context.setOffline(true);
  expect(await load()).toBe(`${cdn}/glue/headless_bg.wasm could not be loaded: this browser is offline`);
  await context.setOffline(false);
  expect(await load()).toEqual(OUTCOME);
});

test('a server that hangs up', async ({ page, host }) => {
  const { load, cdn } = await open(page, host);
  await page.route('**/*.wasm', (route) => route.abort('connectionreset'));
  expect(await load()).toContain(`${cdn}/glue/headless_bg.wasm could not be loaded: its server does not answer`);
});

test('a file that is not that of the module is refused, whatever its type', async ({ page, host }) => {
  let type = 'application/wasm';
  const wasm = async (path) => ({ headers: { ...OPEN, 'content-type': type }, body: Buffer.concat([await readFile(PACKAGE + path), Buffer.from([0, 2, 1, 0x78])]) });
  const { load, cdn } = await open(page, host, { wasm });
  const refused = `${cdn}/glue/headless_bg.wasm is not the file that this module was built with (sha384-`;
  expect(await load()).toContain(refused);
  type = 'text/plain';
  expect(await load()).toContain(refused);
});

test('pages with a console ask at once for all that it takes, and once', async ({ page, host }) => {
  const needed = ['/glue/console_bg.wasm', '/console.js', '/core.js', '/shared.js', '/element/styles.js'];
  const warnings = [];
  page.on('console', (message) => message.type() !== 'log' && warnings.push(message.text()));
  for (const name of ['index', 'embed']) {
    const asked = [];
    let complete;
    const all = new Promise((resolve) => (complete = resolve));
    const site = await host(async (path) => {
      asked.push(path);
      if (needed.every((path) => asked.includes(path))) complete();
      // The scripts that need the rest come when that was asked for.
      if (/^\/(?:element|embed)\.js$/.test(path)) await all;
      return files(path);
    });
    await page.goto(`${site}/${name}.html`);
    await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
    expect(asked.filter((path, index) => asked.indexOf(path) < index), name).toEqual([]);
  }
  expect(warnings).toEqual([]);
});

test('so do pages of others with the links of the build', async ({ page, host }) => {
  const asked = [];
  const cdn = await host((path) => {
    asked.push(path);
    return files(path);
  });
  const links = (await readFile(new URL('../../dist/preload.html', import.meta.url), 'utf8')).replaceAll('/qod-sandbox/', `${cdn}/`);
  const site = await host((path) => path === '/' && html(links));
  await page.goto(`${site}/`);
  await expect.poll(() => asked.length).toBe(links.match(/<link/g).length);
  const ahead = [...asked];
  expect(await page.evaluate(`import('${cdn}/qod-sandbox.js').then(({ createSandbox }) => (${USE})(createSandbox))`)).toEqual(OUTCOME);
  expect(asked).toEqual(ahead);
  expect(asked).toContain('/glue/headless_bg.wasm');
});

test('the wasm of an element does not wait for the modules of the console', async ({ page, host }) => {
  const origin = await host((path) => (path === '/' ? html('<script type="module" src="element.js"></script><qod-sandbox loading="eager"></qod-sandbox>') : files(path)));
  const wasm = page.waitForRequest('**/*.wasm');
  await page.route('**/console.js', async (route) => {
    await wasm;
    await route.continue();
  });
  await page.goto(`${origin}/`);
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
});

test('a policy that forbids the connection is told in the element’s place, too', async ({ page, host }) => {
  const body = '<script type="module" src="element.js"></script><qod-sandbox></qod-sandbox>';
  const origin = await host((path) => (path === '/' ? html(body, csp("script-src 'self' 'wasm-unsafe-eval'", "connect-src 'none'")) : files(path)));
  await page.goto(`${origin}/`);
  await expect(page.getByRole('alert')).toContainText("so that it says `Content-Security-Policy: connect-src 'self'`");
});

test('the console says the same as code is told', async ({ page, host }) => {
  const origin = await host((path) => (path === '/' ? html('<script type="module" src="element.js"></script><qod-sandbox></qod-sandbox>') : isWasm(path) ? undefined : files(path)));
  await page.goto(`${origin}/`);
  await expect(page.getByRole('alert')).toContainText("import wasm from 'qod-sandbox/console.wasm', then createSandbox({ wasm }) or the attribute wasm");
});

test('the option takes an address, an answer, bytes or a module; the attribute an address', async ({ page, host }) => {
  const elsewhere = await host((path) => (path === '/h.wasm' ? files('/glue/headless_bg.wasm') : path === '/c.wasm' ? files('/glue/console_bg.wasm') : undefined));
  const bare = (path) => (path === '/' ? html(`<script type="module" src="element.js"></script><qod-sandbox wasm="${elsewhere}/c.wasm"></qod-sandbox>`) : isWasm(path) ? undefined : files(path));
  const kinds = [
    'url',
    'new URL(url)',
    'await fetch(url)',
    'fetch(url)',
    '(await (await fetch(url)).arrayBuffer())',
    'new Uint8Array(await (await fetch(url)).arrayBuffer())',
    'await WebAssembly.compileStreaming(fetch(url))',
  ];
  const site = await host(bare);
  for (const kind of kinds) {
    await page.goto(`${site}/`);
    const outcome = await page.evaluate(`(async (url) => (${USE})((await import('/qod-sandbox.js')).createSandbox, { wasm: ${kind} }))('${elsewhere}/h.wasm')`);
    expect(outcome, kind).toEqual(OUTCOME);
  }
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  await page.goto(`${site}/`);
  const wrong = (wasm) => page.evaluate(`import('/qod-sandbox.js').then(({ createSandbox }) => createSandbox({ wasm: ${wasm} })).catch(({ message }) => message)`);
  expect(await wrong('5')).toContain('wasm must be an address');
  expect(await wrong(`'${elsewhere}/c.wasm'`)).toContain('headless.wasm for createSandbox and console.wasm for the element');
});
