// The pictures in docs/, made by `cargo xtask shots`.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { act, open, sixStates } from './scenes.mjs';

const folder = fileURLToPath(new URL('../../docs/', import.meta.url));
const webdriver = JSON.parse(readFileSync(new URL('../../webdriver.json', import.meta.url), 'utf8'));
const browser = await chromium.launch({ executablePath: process.env.QOD_CHROMIUM, args: webdriver['goog:chromeOptions'].args });

/** The page of a document, as an embed stands in it. */
const article = (element) => `<style>body { font: 15px/1.6 system-ui, sans-serif; color-scheme: light dark } article { max-width: 720px; margin: 40px auto; padding: 0 16px }</style>
  <article><h2>Create QoD session</h2><p>Asks the network for a stable latency or throughput between one device and one application server.</p>${element}
  <h2>Callback</h2><p>When a webhook is given, each change of qosStatus is sent to it as a CloudEvent.</p></article>`;

const running = (page) => act(page, "sandbox.clock.setSpeed(10); sandbox.clock.resume();");

/** The session that the network terminated, and its notification, as a person would have them open. */
async function lookAt(page, id) {
  await page.evaluate((id) => (location.hash = `#/sessions/${id}`), id);
  await page.waitForTimeout(100);
  const notification = await act(page, "return sandbox.notifications().find((one) => one.sessionId === argument && one.event.data.statusInfo).id", id);
  await page.evaluate((id) => (location.hash = `#/notifications/${id}`), notification);
}

const console_ = async (page) => {
  await open(page);
  await lookAt(page, await sixStates(page));
  await running(page);
};

const SHOTS = [
  { name: 'console-light', size: [1440, 900], scene: console_ },
  { name: 'console-dark', size: [1440, 900], dark: true, scene: console_ },
  { name: 'console-tablet', size: [820, 1180], scene: console_ },
  { name: 'console-phone', size: [390, 844], scene: console_ },
  {
    name: 'console-phone-sessions',
    size: [390, 844],
    there: true,
    async scene(page) {
      await console_(page);
      await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Sessions' }).click();
    },
  },
  {
    name: 'console-error',
    size: [1440, 900],
    async scene(page) {
      await console_(page);
      await page.getByRole('button', { name: /example/ }).first().click();
      await page.getByRole('menuitem', { name: /nested sample/ }).click();
      await page.getByRole('button', { name: 'Try it' }).click();
    },
  },
  {
    name: 'console-menu',
    size: [1440, 900],
    dark: true,
    async scene(page) {
      await console_(page);
      await page.getByRole('button', { name: /^Actions for session/ }).nth(1).click();
    },
  },
  { name: 'console-empty', size: [1440, 900], scene: (page) => open(page) },
  ...[false, true].map((dark) => ({
    name: dark ? 'embed-dark' : 'embed-light',
    size: [900, 900],
    dark,
    async scene(page) {
      await open(page, { attributes: '', around: article });
      await page.getByRole('button', { name: 'Try it' }).click();
      await act(page, "sandbox.clock.advance('25m'); sandbox.clock.setSpeed(60)");
    },
  })),
];

for (const { name, size: [width, height], dark, there, scene } of SHOTS) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', baseURL: process.env.QOD_BASE_URL });
  const page = await context.newPage();
  await scene(page);
  await page.mouse.move(0, 0);
  if (!there) await page.evaluate(() => scrollTo(0, 0));
  // Until what came last has faded in.
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: `${folder}${name}.png` });
  await context.close();
  console.log(`docs/${name}.png`);
}
await browser.close();
