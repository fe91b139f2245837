// <qod-run>: a document's own sample, run as it is printed.

import { FILES, SCRIPT, STRICT, expect, test } from './elsewhere.mjs';

/** The body that the portal prints: everything stands inside of the device. */
const NESTED = `const response = await fetch('https://sandbox.opengateway.telefonica.com/apigateway/qod/v0/sessions', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Authorization: 'Bearer mock_sandbox_access_token' },
  body: JSON.stringify({
    device: {
      ipv4Address: { publicAddress: '203.0.113.25', publicPort: 8080 },
      applicationServer: { ipv4Address: '0.0.0.0/0' },
      qosProfile: 'QOS_E',
      duration: 300, // seconds
    },
  }),
});
console.log(response.status, (await response.json()).code);`;

const block = (code, attributes = '') => `<qod-run ${attributes}><pre><code>${code.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</code></pre></qod-run>`;
const output = (page) => page.getByRole('log', { name: 'Output' }).first();
const run = (page) => page.getByRole('button', { name: 'Run it' }).first().click();

/** From the refusal to AVAILABLE, by what the page offers. */
async function mend(page) {
  await run(page);
  await expect(output(page)).toContainText('applicationServer stands inside device: move it one level up.');
  await expect(output(page)).toContainText('400 INVALID_ARGUMENT');
  await page.getByRole('button', { name: 'Mend it in the form' }).click();
  await page.getByRole('button', { name: 'Move all three' }).click();
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByRole('group', { name: 'Response', exact: true })).toContainText('201 Created');
  await page.getByRole('button', { name: /^Next event/ }).click();
  await expect(page.getByRole('group', { name: 'Session', exact: true })).toContainText('AVAILABLE');
}

test('the portal’s sample runs as printed, is refused, mended in the form, and granted', async ({ page, elsewhere }) => {
  await elsewhere(block(NESTED));
  await mend(page);
});

test('the same in a frame that may do nothing but run scripts', async ({ page, elsewhere }) => {
  elsewhere.put('/docs', `<!doctype html>${SCRIPT}${block(NESTED)}`, { policy: '' });
  await elsewhere('<iframe sandbox="allow-scripts" src="/docs" width="900" height="1600"></iframe>', { policy: "default-src 'none'; frame-src 'self'", head: '' });
  const inside = page.frameLocator('iframe');
  await mend(Object.assign(inside, { frameLocator: undefined }));
});

test('what it prints stands below it, also what goes wrong, with the line', async ({ page, elsewhere }) => {
  await elsewhere(block(`console.log('one', { two: [2] }, null);
console.warn('careful');
setTimeout(() => console.log('later'));
await new Promise((resolve) => setTimeout(resolve, 20));
undefined.three;`));
  await run(page);
  await expect(output(page)).toContainText(/one \{\s*"two": \[\s*2\s*\]\s*\} null\s*careful\s*later\s*TypeError: .* \(line 5\)/);
});

for (const [name, code, words] of [
  ['a mistake of syntax', 'const = 1;', 'SyntaxError'],
  ['silence', 'const quiet = 1;', 'It ran, and printed nothing.'],
  ['other ways to print', 'console.group("G"); console.dir({ a: 1 }); console.assert(1 > 2, "no"); console.log(new Headers({ b: "2" }));', 'Assertion failed no{'],
  ['a rejection that nobody minds', 'Promise.reject(new Error("lost"));', 'Error: lost'],
  ['a request for somebody else', "await fetch('https://elsewhere.example/data');", 'samples that run here reach the sandbox alone'],
  ['an XMLHttpRequest', "const x = new XMLHttpRequest(); x.open('GET', '/qod/v0/qos-profiles/QOS_E'); x.setRequestHeader('Authorization', 'Bearer mock_sandbox_access_token'); x.onload = () => console.log(x.status, JSON.parse(x.responseText).name); x.send(); await new Promise((resolve) => (x.onloadend = resolve));", '200 QOS_E'],
  ['a token of its own', "const { access_token } = await (await fetch('https://api.example/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'a', client_secret: 'b' }) })).json(); console.log((await fetch('https://api.example/qod/v0/qos-profiles', { headers: { authorization: 'Bearer ' + access_token } })).status);", '200'],
  ['a look at the page around', 'console.log(parent.document.title);', 'SecurityError'],
  ['a look at storage', 'console.log(localStorage.length);', 'SecurityError'],
]) {
  test(`${name} is told`, async ({ page, elsewhere }) => {
    await elsewhere(block(code));
    await run(page);
    await expect(output(page)).toContainText(words);
  });
}

test('run again it does the same; with a console in its group it goes on from there', async ({ page, elsewhere }) => {
  const create = NESTED.replace('device: {', 'device: { phoneNumber: "+12025550117" }, ...{').replace('0.0.0.0/0', '198.51.100.10').replace(/\n.*ipv4Address: \{ publicAddress.*\n/, '\n').replace('.code', '.qosStatus ?? "refused"');
  await elsewhere(`${block(create)}<qod-sandbox group="a" view="timeline" clock="manual"></qod-sandbox>${block(create, 'group="a"')}`);
  for (let turn = 0; turn < 2; turn++) {
    await run(page);
    await expect(output(page)).toContainText('201 REQUESTED');
  }
  await page.getByRole('button', { name: 'Run it' }).nth(1).click();
  await expect(page.getByRole('group', { name: 'Sessions', exact: true })).toContainText('REQUESTED');
  const second = page.getByRole('log', { name: 'Output' }).nth(1);
  await expect(second).toContainText('201 REQUESTED');
  await page.getByRole('button', { name: 'Run it' }).nth(1).click();
  await expect(second).toContainText('409');
});

test('beside a figure of its group that has no form, it gets one of its own', async ({ page, elsewhere }) => {
  await elsewhere(`${block(NESTED, 'group="a"')}<qod-sandbox group="a" view="clock session" clock="manual"></qod-sandbox>`);
  await run(page);
  await page.getByRole('button', { name: 'Mend it in the form' }).click();
  const form = page.locator('qod-run qod-sandbox');
  await form.getByRole('button', { name: 'Move all three' }).click();
  await form.getByRole('button', { name: 'Try it' }).click();
  await expect(page.locator('body > qod-sandbox').getByRole('group', { name: 'Session', exact: true })).toContainText('REQUESTED');
});

for (const [where, policy] of [
  ['the page', STRICT.replace(/; frame-src .*/, '')],
  ['the page, by frame-src', STRICT.replace(/frame-src .*/, "frame-src 'none'")],
]) {
  test(`where the policy of ${where} forbids it, it says so and offers the form`, async ({ page, elsewhere }) => {
    await elsewhere(block(NESTED), { policy });
    await run(page);
    await expect(page.getByRole('alert')).toContainText(`frame-src must allow ${FILES}`);
    await page.getByRole('button', { name: 'Try it in the form' }).click();
    await expect(page.getByText('Also in the body')).toContainText('device.applicationServer');
    await page.getByRole('button', { name: 'Try it', exact: true }).click();
    await expect(page.getByRole('group', { name: 'Response', exact: true })).toContainText('400 Bad Request');
  });
}

test('where the host of the files forbids it, too; and other languages can be tried by hand', async ({ page, elsewhere }) => {
  const own = { policy: "script-src 'self' 'wasm-unsafe-eval'", head: SCRIPT.replace(FILES, '/files') };
  const text = await (await page.request.get(`${FILES}/run.html`)).text();
  elsewhere.put('/files/run.html', text, { policy: "script-src 'self'" });
  await elsewhere(block(NESTED), { ...own, path: '/host' });
  await run(page);
  await expect(page.getByRole('alert')).toContainText('its script-src must allow blob:');
  elsewhere.put('/files/run.html', text, { policy: "frame-ancestors 'none'" });
  await elsewhere(block(NESTED), { ...own, path: '/framed' });
  await run(page);
  await expect(page.getByRole('alert')).toContainText('run.html did not start');
  await elsewhere(block("curl -X POST -d '{}'").replace('<code>', '<code class="language-bash">'), { path: '/bash' });
  await run(page);
  await expect(page.getByRole('alert')).toContainText('Only JavaScript runs here, and this is bash.');
});

test('where not even its button can be had, that is said, and tried again', async ({ page, elsewhere }) => {
  await page.route('**/element/styles.js', (route) => route.abort());
  await elsewhere(block('console.log(1);'));
  await expect(page.getByRole('alert')).toContainText('This sample cannot be run here');
  await page.unroute('**/element/styles.js');
});

test('by the keyboard alone', async ({ page, elsewhere }) => {
  await elsewhere(block(NESTED));
  await expect(page.getByRole('button', { name: 'Run it' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Run it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(output(page)).toContainText('400');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Mend it in the form' })).toBeFocused();
});

/** What becomes of each, when there is nothing left to wait for. */
const outcomes = (page, act) => page.evaluate(`(${act})(document.querySelector('qod-run'))`);

test('a run that another takes the place of, or that is taken out, comes to an end', async ({ page, elsewhere }) => {
  await elsewhere(block("console.log('begun'); await new Promise(() => {});"));
  await outcomes(page, async (element) => {
    await customElements.whenDefined('qod-run');
    globalThis.runs = [element.run()];
  });
  await expect(output(page)).toHaveText('begun');
  await outcomes(page, async (element) => {
    runs.push(element.run());
    await runs[0];
  });
  await expect(output(page)).toHaveText('begun');
  const told = await outcomes(page, async (element) => {
    const frames = element.shadowRoot.querySelectorAll('iframe').length;
    element.remove();
    await runs[1];
    const alone = await document.createElement('qod-run').run().catch(({ message }) => message);
    return { frames, left: element.shadowRoot.childNodes.length, sandbox: element.sandbox, alone };
  });
  expect(told).toEqual({ frames: 1, left: 0, sandbox: undefined, alone: expect.stringContaining('put it into one first') });
});

test('put back it runs again, and its group may be named later', async ({ page, elsewhere }) => {
  await elsewhere(`${block("console.log('here');")}<qod-sandbox group="late" view="clock" loading="eager"></qod-sandbox>`);
  const told = await outcomes(page, async (element) => {
    await customElements.whenDefined('qod-run');
    await element.run();
    const before = element.sandbox;
    element.setAttribute('group', 'late');
    await undefined;
    await element.run();
    const shared = element.sandbox === (await document.querySelector('qod-sandbox').ready);
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    document.body.append(element);
    await element.run();
    return { shared, another: before !== element.sandbox };
  });
  expect(told).toEqual({ shared: true, another: true });
  await expect(output(page)).toHaveText('here');
});

test('a sandbox that is replaced meanwhile stays that of the run', async ({ page, elsewhere }) => {
  await elsewhere(`${block("console.log('begun'); await new Promise((go) => (globalThis.go = go, addEventListener('message', go))); console.log(await fetch('https://api.example/qod/v0/qos-profiles').catch(({ message }) => message));", 'group="a"')}<qod-sandbox group="a" view="clock" loading="eager"></qod-sandbox>`);
  await run(page);
  await expect(output(page)).toContainText('begun');
  await page.evaluate(async (files) => {
    const { createSandbox } = await import(`${files}/element.js`);
    document.querySelector('qod-sandbox').sandbox = await createSandbox();
    document.querySelector('qod-run').shadowRoot.querySelector('iframe').contentWindow.postMessage('go', '*');
  }, FILES);
  await expect(output(page)).toContainText('this sandbox was disposed');
});

test('what goes on and on is cut off, and the page stays usable', async ({ page, elsewhere }) => {
  await elsewhere(block("console.log('x'.repeat(1_000_000)); for (let turn = 0; turn < 100_000; turn++) console.log('line', turn);"));
  await run(page);
  await expect(output(page)).toContainText('There is more; the first 1,000 lines are shown.');
  expect(await output(page).evaluate((log) => log.childElementCount)).toBe(1001);
  await expect(output(page).locator('pre').first()).toContainText('x… (980,000 more characters)');
  await expect(output(page).locator('pre').last()).toHaveText('line 998');
});

test('a sample cannot say more to the page around than lines and requests', async ({ page, elsewhere }) => {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await elsewhere(block(`const { postMessage } = MessagePort.prototype;
let port;
MessagePort.prototype.postMessage = function (...given) { port = this; return postMessage.apply(this, given); };
console.log('first');
for (const forged of [null, 5, {}, { type: 'output', level: 'log app app--page', text: 'disguised' }, { type: 'output', level: 'log', text: ['list'] }, { type: 'other' }]) postMessage.call(port, forged);
console.log('last');`));
  await run(page);
  await expect(output(page)).toContainText('last');
  await expect(output(page)).toHaveText(/^firstlast$/);
  expect(complaints).toEqual([]);
});

test('a sample that leads its frame away is ended; a policy keeps it from going', async ({ page, elsewhere }) => {
  elsewhere.put('/away', 'Away', { policy: '' });
  const away = block(`location.href = '${elsewhere.origin}/away'; await new Promise(() => {});`);
  await elsewhere(away, { policy: '' });
  await run(page);
  await expect(output(page)).toHaveText('the sample led its frame to another page, and was ended');
  expect(elsewhere.asked).toContain(`${elsewhere.origin}/away`);
  elsewhere.asked.length = 0;
  await elsewhere(away, { path: '/strict' });
  await run(page);
  await expect(output(page)).toHaveText('the sample led its frame to another page, and was ended');
  expect(elsewhere.asked).not.toContain(`${elsewhere.origin}/away`);
});
