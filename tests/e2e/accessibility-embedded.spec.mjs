// What axe finds in figures, and in samples that ran, in documents of other origins: nothing.

import AxeBuilder from '@axe-core/playwright';
import { CREATE, SCRIPT, expect, ready, test } from './elsewhere.mjs';

const SAMPLE = `const response = await fetch('/qod/v0/sessions', { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer mock_sandbox_access_token' }, body: '{"device": {"qosProfile": "QOS_E"}}' });
console.log(response.status);
console.warn('careful');
undefined.x;`;

const STATES = {
  'a figure': ['<qod-sandbox clock="manual"></qod-sandbox>', () => {}],
  'a session in a figure': [
    '<qod-sandbox clock="manual"><b slot="title">Create a session</b><p slot="intro">Try it.</p><p slot="caption">Figure 1</p></qod-sandbox>',
    async (page) => {
      await page.getByRole('button', { name: 'Try it' }).click();
      await page.getByRole('button', { name: /^Next event/ }).click();
    },
  ],
  'all parts in a figure': [
    '<qod-sandbox clock="manual" view="clock request session timeline notifications traffic"></qod-sandbox>',
    (page) =>
      page.evaluate((create) => {
        const { sandbox } = document.querySelector('qod-sandbox');
        sandbox.handle(create);
        sandbox.clock.advance('3s');
      }, CREATE),
  ],
  'a sample that ran': [
    `<qod-run><pre tabindex="0" style="overflow: auto"><code>${SAMPLE}</code></pre></qod-run>`,
    async (page) => {
      await page.getByRole('button', { name: 'Run it' }).click();
      await expect(page.getByRole('log')).toContainText('TypeError');
    },
  ],
  'what is in the way': ['<qod-sandbox view="nonsense"></qod-sandbox>', (page) => page.getByRole('alert').waitFor()],
};

for (const [theme, width] of [
  ['light', 900],
  ['dark', 900],
  ['dark', 390],
]) {
  test.describe(`${theme}, ${width} pixels`, () => {
    test.use({ colorScheme: theme, viewport: { width, height: 900 }, contextOptions: { reducedMotion: 'reduce' } });
    for (const [state, [body, reach]] of Object.entries(STATES)) {
      test(`axe finds nothing: ${state}`, async ({ page, elsewhere }) => {
        // The checker brings a script of its own into the page.
        await elsewhere(`<main><h1>Docs</h1>${body}</main>`, { policy: '', head: `<meta name="color-scheme" content="light dark">${SCRIPT}` });
        if (body.includes('clock=')) await ready(page);
        await reach(page);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`);
        expect(told).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'sideways').toBeLessThanOrEqual(0);
      });
    }
  });
}
