// Scenes to look at: a page whose sandbox always comes out the same, and what happened in it.

/** Where every scene's clock starts. */
const START = '2025-06-12T13:35:00.000Z';

/** What the wall shows in all of them: nothing on a picture may change by itself. */
const WALL = '2025-06-12T13:41:12.000Z';

/** Opens a page with an element of its own; `attributes` are the element's. The wall stands `still` in it. */
export async function open(page, { attributes = 'fill', around = (element) => `<main><h1>QoD Sandbox</h1>${element}</main>`, still = true } = {}) {
  if (still) {
    await page.clock.setFixedTime(WALL);
    // Nor how long an answer took.
    await page.addInitScript(() => (performance.now = () => 0));
  }
  // Not the first visit: the invitation to guided stories is a test's of its own.
  await page.addInitScript(() => localStorage.setItem('qod-sandbox:console:visited', 'yes'));
  await page.route('**/scene.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Scene</title>
        <link rel="stylesheet" href="page.css"><script type="module" src="element.js"></script>
        <body>${around(`<qod-sandbox seed="1" start-at="${START}" ${attributes}></qod-sandbox>`)}</body></html>`,
    }),
  );
  await page.goto('/scene.html');
  await page.evaluate(() => document.querySelector('qod-sandbox').ready.then(() => {}));
  await page.getByRole('button', { name: 'Try it' }).first().waitFor();
}

/** Runs code against the sandbox of the page. */
export const act = (page, code, argument) =>
  page.evaluate(
    ([code, argument]) => new Function('sandbox', 'argument', `return (async () => { ${code} })()`)(document.querySelector('qod-sandbox').sandbox, argument),
    [code, argument],
  );

/** Drops a saved run onto the console. */
export async function drop(page, text, name = 'run.json') {
  const transfer = await page.evaluateHandle(
    ([text, name]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], name, { type: 'application/json' }));
      return transfer;
    },
    [text, name],
  );
  await page.locator('qod-sandbox').first().dispatchEvent('drop', { dataTransfer: transfer });
}

/** Calls for the code of scenes. */
const CALLS = `
  const at = (time) => sandbox.clock.advanceTo('2025-06-12T' + time + 'Z');
  const call = async (method, path, body) => {
    const response = await sandbox.fetch('https://sandbox.example/qod/v0' + path, {
      method,
      headers: { authorization: 'Bearer mock_sandbox_access_token', ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    return response.status === 204 ? undefined : response.json();
  };
  const create = (device, qosProfile, duration, more) =>
    call('POST', '/sessions', {
      device,
      applicationServer: { ipv4Address: '198.51.100.10' },
      qosProfile,
      duration,
      webhook: { notificationUrl: 'https://tab.sandbox.example/hook', notificationAuthToken: 'c8974e592c2fa383d4a3960714' },
      ...more,
    });
`;

/** Six sessions in six states: expired, extended, terminated and held, deleted, asked for, available. */
export const sixStates = (page) =>
  act(
    page,
    `${CALLS}
    sandbox.clock.pause();
    at('13:41:00');
    await create({ ipv6Address: '2001:db8:85a3::8a2e' }, 'QOS_L', 600);
    at('13:44:40');
    const extended = await create({ ipv4Address: { publicAddress: '203.0.113.9', publicPort: 49152 } }, 'QOS_L', 3000, { applicationServerPorts: { ports: [443], ranges: [{ from: 5000, to: 5010 }] } });
    at('13:47:20');
    const deleted = await create({ networkAccessIdentifier: 'drone-7@iot.example' }, 'QOS_S', 1200);
    at('13:52:10');
    const terminated = await create({ phoneNumber: '+12025550142' }, 'QOS_L', 1800, { applicationServer: { ipv4Address: '10.0.8.21' }, applicationServerPorts: { ports: [443], ranges: [{ from: 5000, to: 5010 }] } });
    at('13:55:40');
    sandbox.use('never-granted');
    await create({ ipv4Address: { publicAddress: '203.0.113.24', publicPort: 59765 } }, 'QOS_M', 7200);
    sandbox.use('granted-after-2s');
    at('13:56:20');
    await call('POST', '/sessions/' + extended.sessionId + '/extend', { requestedAdditionalDuration: 600 });
    at('13:58:40');
    await call('DELETE', '/sessions/' + deleted.sessionId);
    at('14:00:16');
    sandbox.network.terminate(terminated.sessionId);
    at('14:01:40');
    await call('GET', '/sessions/' + terminated.sessionId);
    at('14:02:51');
    await call('POST', '/sessions', { device: { phoneNumber: '+12025550117', applicationServer: { ipv4Address: '198.51.100.10' }, qosProfile: 'QOS_E', duration: 3600 } });
    at('14:03:02');
    await create({ phoneNumber: '+12025550117' }, 'QOS_E', 3600);
    at('14:03:27');
    return terminated.sessionId;`,
  );

/** A session whose every text is hostile: markup, right-to-left marks, emoji, and as long as can be. */
export const hostile = (page) =>
  act(
    page,
    `${CALLS}
    sandbox.clock.pause();
    const name = ('<img src=x onerror=alert(1)>\\u202egnp.txe\\u2066"\\'&amp;' + '👩‍👩‍👧‍👦'.repeat(8))+ 'x'.repeat(130) + '@e.example';
    sandbox.configure({ profiles: [{ name: 'Q'.repeat(256), status: 'ACTIVE' }, { name: 'QOS_E', status: 'ACTIVE', description: '<b>bold</b>'.repeat(200) }] });
    await create({ networkAccessIdentifier: name }, 'Q'.repeat(256), 3600, { webhook: { notificationUrl: 'https://h.example/' + '%3Cscript%3E'.repeat(200) } });
    await call('POST', '/sessions', { '</script><script>alert(1)</script>': '\\u202e' + 'y'.repeat(10000) });
    await sandbox.clock.advanceAsync('3s');`,
  );

/** So many sessions, each with a notification, spread over a day. */
export const crowd = (page, count) =>
  act(
    page,
    `sandbox.clock.pause();
    sandbox.use('granted-at-once');
    for (let n = 0; n < argument; n++) {
      sandbox.handle({
        method: 'POST',
        url: '/qod/v0/sessions',
        headers: { authorization: 'Bearer mock_sandbox_access_token' },
        body: JSON.stringify({
          device: { phoneNumber: '+' + (346000000000 + n) },
          applicationServer: { ipv4Address: '198.51.100.10' },
          qosProfile: 'QOS_E',
          duration: 3600 + ((n * 7919) % 82_000),
          webhook: { notificationUrl: 'https://tab.sandbox.example/hook' },
        }),
      });
      if (n % 100 === 0) await new Promise((done) => setTimeout(done));
    }`,
    count,
  );
