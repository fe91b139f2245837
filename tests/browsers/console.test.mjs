// The published console in browsers that Playwright does not drive, as a person uses it.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Key } from 'selenium-webdriver';
import { ask, launch, seek, shows, SITE } from './browser.mjs';

let driver;
let quit;
let complaints;

before(async () => ({ driver, quit, complaints } = await launch()));
after(() => quit?.());
afterEach(() => assert.deepEqual(complaints.splice(0), [], 'nothing to complain of'));

const click = async (selector, name) => (await seek(driver, selector, name)).click();

/** The statuses that were notified, oldest first. */
const statuses = () => ask(driver, (sandbox) => sandbox.notifications().map(({ event }) => event.data.statusInfo ?? event.data.qosStatus));

test('from Try it to AVAILABLE two seconds later', async () => {
  await driver.get(SITE);
  await click('button', 'Try it');
  await shows(driver, 'section.response', '201 Created');
  await shows(driver, '#notifications li', 'AVAILABLE');
  const [asked, granted] = await ask(driver, ({ traffic, notifications }) => [traffic()[0].at, notifications()[0].at]);
  assert.equal(Date.parse(granted) - Date.parse(asked), 2_000);
  await shows(driver, '#sessions', 'AVAILABLE');
});

test('pause, advance, extend, delete', async () => {
  await click('button', 'Pause');
  const before = await ask(driver, ({ clock }) => clock.now());
  await click('button', '+1 m');
  assert.equal(await ask(driver, ({ clock }) => clock.now()), before + 60_000);

  await click('#sessions button', 'Actions for session');
  await click('[role=menuitem]', 'Extend');
  await click('button', 'Try it');
  await shows(driver, 'section.response', '200 OK');
  const [duration] = await ask(driver, ({ sessions }) => sessions().map(({ duration }) => duration));
  assert.ok(duration > 3_600, `${duration}`);

  await click('#sessions button', 'Delete');
  await shows(driver, 'section.response', '204');
  await shows(driver, '#notifications li', 'DELETE_REQUESTED');
  assert.deepEqual(await statuses(), ['AVAILABLE', 'DELETE_REQUESTED']);
});

test('a session and its notifications are there again after a reload', async () => {
  const seen = await statuses();
  await driver.navigate().refresh();
  await shows(driver, '#notifications li', 'DELETE_REQUESTED');
  assert.deepEqual(await statuses(), seen);
});

test('with the keyboard alone', async () => {
  await click('[role=tab]', 'Create');
  const field = await seek(driver, '#server');
  await driver.executeScript((field) => field.focus(), field);
  await driver.actions().keyDown(Key.CONTROL).sendKeys(Key.ENTER).keyUp(Key.CONTROL).perform();
  await shows(driver, 'section.response', '201 Created');

  const first = await seek(driver, 'button', 'Reset');
  await driver.executeScript((first) => first.focus(), first);
  const wanted = new Set(['+1 m', 'Try it', 'Get', 'Actions for session', 'Delete']);
  const reached = [];
  for (let presses = 0; presses < 150 && wanted.size > 0; presses++) {
    await driver.actions().sendKeys(Key.TAB).perform();
    const label = await driver.executeScript(() => {
      const focused = document.querySelector('qod-sandbox').shadowRoot.activeElement;
      return focused ? (focused.getAttribute('aria-label') ?? focused.textContent).trim() : '';
    });
    reached.push(label);
    for (const name of wanted) if (label.startsWith(name)) wanted.delete(name);
  }
  assert.deepEqual([...wanted], [], `not among ${reached.join(', ')}`);
});
