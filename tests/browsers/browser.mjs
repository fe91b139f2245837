// The system's Firefox by way of geckodriver, or its WebKit by way of WebKitWebDriver. `cargo xtask test` names the browser's
// driver, and where the site is served, in the environment; to run these by hand: cargo xtask serve --dist, then
// QOD_GECKODRIVER=… node --test tests/browsers/*.test.mjs, or
// QOD_WEBKITDRIVER=/usr/bin/WebKitWebDriver xvfb-run -a node --test tests/browsers/*.test.mjs

import { Builder } from 'selenium-webdriver';
import { Options, ServiceBuilder } from 'selenium-webdriver/firefox.js';
import { DriverService } from 'selenium-webdriver/remote/index.js';
import { folder, OPEN, page, PACKAGE, script, start } from '../e2e/origin.mjs';

const { QOD_BASE_URL, QOD_FIREFOX = '/usr/bin/firefox-esr', QOD_GECKODRIVER = 'geckodriver', QOD_WEBKITDRIVER } = process.env;

export const SITE = QOD_BASE_URL ?? 'http://127.0.0.1:8080/';

/** How long something may take, in milliseconds: a small machine is slow, not broken. */
const PATIENCE = 60_000;

/** A browser with a profile of its own: its driver, what ends it, and what its console has of errors, where the browser tells. */
export async function launch() {
  const complaints = [];
  const { driver, quit } = await (QOD_WEBKITDRIVER ? webkit() : firefox(complaints));
  await driver.manage().setTimeouts({ script: PATIENCE, pageLoad: PATIENCE });
  await driver.manage().window().setRect({ width: 1440, height: 900 });
  return { driver, quit, complaints };
}

async function firefox(complaints) {
  const options = new Options().setBinary(QOD_FIREFOX).addArguments('-headless').enableBidi();
  const driver = await new Builder().forBrowser('firefox').setFirefoxOptions(options).setFirefoxService(new ServiceBuilder(QOD_GECKODRIVER)).build();
  await driver.script().addJavaScriptErrorHandler(({ text }) => complaints.push(text));
  await driver.script().addConsoleMessageHandler(({ level, text }) => level === 'error' && complaints.push(text));
  return { driver, quit: () => driver.quit() };
}

/** It tells nobody what is in its console. */
async function webkit() {
  const service = new DriverService.Builder(QOD_WEBKITDRIVER).setLoopback(true).build();
  const driver = await new Builder().usingServer(await service.start()).withCapabilities({ browserName: 'MiniBrowser' }).build();
  const quit = async () => {
    await driver.quit();
    await service.kill();
  };
  return { driver, quit };
}

/** Waits for what `look(...given)` finds in the page. */
export async function until(driver, look, ...given) {
  return driver.wait(() => driver.executeScript(look, ...given), PATIENCE, `${look} (${given})`);
}

/** The first element of the console that a selector finds, is seen, and whose name or text begins with this. */
export const seek = (driver, selector, name = '') =>
  until(driver, (selector, name) => {
    const all = document.querySelector('qod-sandbox').shadowRoot?.querySelectorAll(selector) ?? [];
    const named = (one) => (one.getAttribute('aria-label') ?? one.textContent).trim().startsWith(name);
    return [...all].find((one) => one.checkVisibility() && named(one));
  }, selector, name);

/** Waits until a part of the console has this text. */
export const shows = (driver, selector, text) =>
  until(driver, (selector, text) => {
    const all = document.querySelector('qod-sandbox')?.shadowRoot?.querySelectorAll(selector) ?? [];
    return [...all].some((one) => one.textContent.includes(text));
  }, selector, text);

/** Calls `act(sandbox, ...given)` in a page with a console. */
export const ask = (driver, act, ...given) => driver.executeScript(`return (${act})(document.querySelector('qod-sandbox').sandbox, ...arguments)`, ...given);

const RUN = page('<script type="module" src="/case.js"></script>');

/** An origin with the package; `run(act, ...given)` calls `act` in a page of it, in a module, and hands on what comes of it. */
export async function origin(driver) {
  const files = folder(PACKAGE, OPEN);
  const cases = { '/': RUN };
  const { origin, stop } = await start((path) => cases[path] ?? files(path));
  const run = async (act, ...given) => {
    cases['/case.js'] = script(`Promise.resolve((${act})(...${JSON.stringify(given)}))
      .then((outcome) => ({ outcome }), (error) => ({ error: String(error) })).then((came) => (globalThis.came = came));`);
    await driver.get(`${origin}/`);
    const { outcome, error } = await until(driver, () => globalThis.came);
    if (error) throw new Error(error);
    return outcome;
  };
  return { origin, put: (path, what) => (cases[path] = what), run, stop };
}
