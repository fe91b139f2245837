// Answers the page's own fetch and XMLHttpRequest, for code that takes no `fetch`. A module of its own: not everybody needs it.

import { Sandbox, provideInterceptor } from './core.js';
import { install } from './intercept/install.js';
import { chosenBy } from './intercept/urls.js';
import { record } from './readers.js';
import { show } from './time.js';

/** Those in force, the last one first: it is asked first. */
let interceptions = [];

/** Puts back what was there before the first of them. */
let restore;

const options = record({ urls: chosenBy });

/** The same as `sandbox.intercept(options)`. */
export function intercept(sandbox, options) {
  if (!(sandbox instanceof Sandbox)) {
    throw new TypeError(`intercept takes a sandbox of createSandbox, from the same copy of qod-sandbox; got ${show(sandbox)}`);
  }
  return sandbox.intercept(options);
}

provideInterceptor((sandbox, given = {}) => {
  const { urls = chosenBy() } = options(given, 'intercept');
  if (interceptions.length === 0) restore = install(find);
  const interception = { sandbox, takes: urls };
  interceptions = [interception, ...interceptions];
  return () => {
    if (!interceptions.includes(interception)) return;
    interceptions = interceptions.filter((one) => one !== interception);
    if (interceptions.length === 0) restore();
  };
});

/** The sandbox that answers a URL, if one does. */
function find(url) {
  return interceptions.find(({ takes }) => takes(url))?.sandbox;
}
