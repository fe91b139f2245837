// What one event changes in the console: nothing that stays as it is. Counted, for it does not show.

import { expect, test } from '@playwright/test';
import { mutations } from './mutations.mjs';
import { crowd, open } from './scenes.mjs';

/** Enough for lists of which only the rows in sight are rendered. */
const MANY = 1_000;

test('no row is touched in which nothing changed', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, { still: false });
  await crowd(page, MANY);
  await mutations(page, () => {});

  const created = await mutations(page, (sandbox) => {
    const { status } = sandbox.handle({
      method: 'POST',
      url: '/qod/v0/sessions',
      headers: { authorization: 'Bearer mock_sandbox_access_token' },
      body: JSON.stringify({ device: { phoneNumber: '+12025550117' }, applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E', duration: 3600 }),
    });
    if (status !== 201) throw new Error(`create: ${status}`);
  });
  const passed = await mutations(page, (sandbox) => sandbox.clock.advance(1_000));
  const ended = await mutations(page, (sandbox) => sandbox.clock.next());

  for (const { changes, rows, inVain, shown } of [created, passed, ended]) {
    expect(shown, 'rows are rendered as far as they are in sight').toBeLessThan(200);
    expect(rows, 'something changed').toBeGreaterThan(0);
    expect(inVain, 'rows touched in vain').toBe(0);
    expect(changes, 'changes of the document').toBeLessThan(5 * shown);
  }
});
