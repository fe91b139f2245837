// What one call costs: through `fetch` and through `handle`, in Node and in Chromium, beside MSW, Prism and the floors.

import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { createSandbox } from '../dist/npm/node.js';
import { launch, npm, serve } from './lib/chromium.mjs';
import { report } from './lib/report.mjs';
import { measure } from './calls/measure.mjs';
import { startPrism } from './calls/prism.mjs';

const NAMES = { 'fetch, floor': 'floor: the Response', 'request, floor': 'floor: Request and Response', msw: 'MSW', server: 'Prism', 'handle, floor': 'floor: JSON' };

const prism = await startPrism();
const sandbox = await createSandbox();
tell('node', `Node ${process.versions.node}`, await measure(sandbox, prism?.url));
sandbox.dispose();

const page = fileURLToPath(new URL('calls/measure.mjs', import.meta.url));
const { outputFiles } = await build({ entryPoints: [page], bundle: true, format: 'esm', write: false });
const files = await serve(npm, { '/measure.mjs': outputFiles[0].text, '/': '<!doctype html>' });
const browser = await launch();
const tab = await browser.newPage();
await tab.goto(files.url);
const measured = await tab.evaluate(async (server) => {
  const [{ createSandbox }, { measure }] = await Promise.all([import('/qod-sandbox.js'), import('/measure.mjs')]);
  return measure(await createSandbox(), server);
}, prism?.url);
tell('chromium', `Chromium ${browser.version()}`, measured);
await browser.close();
files.close();
prism?.stop();

/** Two rows of the table: through the platform's objects, and without. */
function tell(where, title, took) {
  const against = (name) => ({ name: NAMES[name].replace('floor: ', ''), values: took[name] });
  const unit = 'µs a call';
  report({
    row: `fetch-${where}`,
    title: `One call through \`fetch\`, ${title}`,
    how: `Create, get and delete, one after the other, the answers read as JSON. Floor: the same Responses made and read; with a Request first, that made and its body read too. MSW: \`getResponse\` with a handler for each operation and a Map. ${prism ? `Prism: \`prism mock\` on ${prism.specification}, over loopback; it keeps no sessions.` : 'Prism: not installed.'}`,
    figures: [
      { name: '`fetch(url, init)`', unit, values: took.fetch, against: against('fetch, floor'), goal: { atMost: 1.3 } },
      { name: '`fetch(new Request(…))`', unit, values: took.request, against: against('request, floor'), goal: { atMost: 1.25 } },
      { name: '`fetch(url, init)`, beside MSW', unit, values: took.fetch, against: against('msw'), goal: { atLeast: 6 } },
      ...(prism ? [{ name: '`fetch(url, init)`, beside Prism', unit, values: took.fetch, against: against('server'), goal: { atLeast: 80 } }] : []),
      ...['fetch, floor', 'request, floor', 'msw', ...(prism ? ['server'] : [])].map((name) => ({ name: NAMES[name], unit, values: took[name] })),
    ],
  });
  report({
    row: `handle-${where}`,
    title: `One call through \`handle\`, ${title}`,
    how: 'The same three calls as plain objects. Floor: `JSON.parse` and `JSON.stringify` of the bodies that go in and out.',
    figures: [
      { name: '`handle`', unit, values: took.handle, against: against('handle, floor'), goal: { atMost: 2 } },
      { name: NAMES['handle, floor'], unit, values: took['handle, floor'] },
    ],
  });
}
