// Interception beside MSW, which answers requests of the same page.

import { expect, test } from '@playwright/test';
import { serve } from './intercept.fixture.mjs';

let there;

test.beforeAll(async () => {
  there = await serve();
});

test.afterAll(() => there.close());

/**
 * A page that runs MSW, too, by a service worker or, where there is none, by patches of its own: who answers fetch and
 * XMLHttpRequest for MSW's, for the sandbox's and for no one's, with both, with the one that is left, and with neither.
 */
async function besideMsw(page, first, last) {
  await page.goto(`${there.url}/plain.html`);
  return page.evaluate(async ([first, last]) => {
    const original = { fetch, XMLHttpRequest };
    const { setupWorker, http, HttpResponse } = await import('/msw.js');
    const { createSandbox } = await import('/qod-sandbox.js');
    await import('/intercept.js');
    const sandbox = await createSandbox({ clock: 'manual', auth: 'off' });
    const worker = setupWorker(http.get('*/real/mocked', () => HttpResponse.text('MSW')));
    let undo;
    const start = {
      MSW: () => worker.start({ quiet: true, onUnhandledRequest: 'bypass' }),
      sandbox: () => (undo = sandbox.intercept()),
    };
    const stop = {
      async MSW() {
        worker.stop();
        // A service worker hears of it a moment later.
        while ((await (await fetch('/real/mocked?body=real')).text()) !== 'real');
      },
      sandbox: () => undo(),
    };
    const other = (name) => (name === 'MSW' ? 'sandbox' : 'MSW');
    const get = (url) => new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.onloadend = function () {
        resolve(this.responseText);
      };
      xhr.open('GET', url);
      xhr.send();
    });
    const who = async () => {
      const all = [];
      for (const url of ['/real/mocked?body=real', '/qod/v0/qos-profiles/QOS_E', '/real/x?body=real']) {
        for (const text of [await (await fetch(url)).text(), await get(url)]) all.push(/QOS_E/.test(text) ? 'sandbox' : text);
      }
      return all.join(' ');
    };
    await start[first]();
    await start[other(first)]();
    const seen = [await who()];
    await stop[other(last)]();
    seen.push(await who());
    await stop[last]();
    seen.push(await who(), fetch === original.fetch && XMLHttpRequest === original.XMLHttpRequest);
    return seen;
  }, [first, last]);
}

const BOTH = 'MSW MSW sandbox sandbox real real';
const LEFT = { MSW: 'MSW MSW none none real real', sandbox: 'real real sandbox sandbox real real', none: 'real real none none real real' };

for (const first of ['MSW', 'sandbox']) {
  for (const last of ['MSW', 'sandbox']) {
    test(`beside MSW's service worker, ${first} first and ${last} last`, async ({ page }) => {
      expect(await besideMsw(page, first, last)).toEqual([BOTH, LEFT[last], LEFT.none, true]);
    });

    test(`beside MSW that patches, too, ${first} first and ${last} last`, async ({ page }) => {
      await page.addInitScript(() => delete Navigator.prototype.serviceWorker);
      // Of two patches, the lower one that goes first takes the other along (MSW), or is left and passes all on (ours).
      const left = first === 'MSW' && last === 'sandbox' ? 'none' : last;
      const restored = first !== 'sandbox' || last !== 'MSW';
      expect(await besideMsw(page, first, last)).toEqual([BOTH, LEFT[left], LEFT.none, restored]);
    });
  }
}
