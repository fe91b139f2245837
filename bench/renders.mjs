// What one event changes in the console with 10,000 sessions and notifications: nodes that are touched, as the document
// sees them. A row in which nothing changed must not be.

import { crowd, open } from '../tests/e2e/scenes.mjs';
import { mutations } from '../tests/e2e/mutations.mjs';
import { launch, serve, site } from './lib/chromium.mjs';
import { report } from './lib/report.mjs';
import { asked, headers } from './lib/sessions.mjs';
import { turns } from './lib/turns.mjs';

const COUNT = 10_000;
const ROUNDS = 5;

const browser = await launch();
const server = await serve(site);
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, baseURL: server.url });
await open(page, { still: false });
await crowd(page, COUNT);
await mutations(page, () => {});

let n = 0;
/** Code that makes a session of a device that has none. */
const create = () => `(sandbox) => sandbox.handle({ method: 'POST', url: '/qod/v0/sessions', headers: ${JSON.stringify(headers)}, body: ${JSON.stringify(JSON.stringify(asked(n++, { duration: 3_600 })))} })`;

const EVENTS = {
  'a session is created and granted': () => create(),
  'a second passes': () => (sandbox) => sandbox.clock.advance(1_000),
  'a session ends': () => (sandbox) => sandbox.clock.next(),
};

const measured = await turns(Object.fromEntries(Object.entries(EVENTS).map(([name, code]) => [name, () => mutations(page, code())])), { rounds: ROUNDS });
await browser.close();
server.close();
report({
  row: 'renders',
  title: 'What one event changes in the console',
  how: `Headless Chromium ${browser.version()}, ${COUNT.toLocaleString('en')} sessions and as many notifications; records of a MutationObserver until nothing changes any more. In vain: touched, and as it was.`,
  figures: Object.entries(measured).flatMap(([name, rounds]) => [
    { name: `${name}: changes of the document`, unit: 'changes', values: rounds.map(({ changes }) => changes) },
    { name: `${name}: rows that changed, of those that are rendered`, unit: 'rows', values: rounds.map(({ rows }) => rows) },
    { name: `${name}: rows touched in vain`, unit: 'rows', values: rounds.map(({ inVain }) => inVain), goal: { atMost: 0 } },
  ]),
});
