// Answers the page's own fetch and XMLHttpRequest, for code that takes no `fetch`. A module of its own: not everybody needs it.

import { Sandbox, provideInterceptor } from './core.js';
import { answer, fetchLike } from './intercept/fetch.js';
import { replace } from './intercept/replace.js';
import { chosenBy, resolved } from './intercept/urls.js';
import { xhrLike } from './intercept/xhr.js';
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
  if (interceptions.length === 0) restore = install();
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

function install() {
  const before = globalThis.fetch;
  // As it is called in a page: some look at what `this` is.
  const way = { find, pass: (request) => Reflect.apply(before, globalThis, [request]) };
  const undo = [];
  try {
    undo.push(replace('fetch', (original) => fetchLike(original, way)));
    undo.push(replace('XMLHttpRequest', (original) => xhrLike(original, { open, ask: (...args) => answer(way, ...args) })));
  } catch (error) {
    for (const one of undo) one();
    throw error;
  }
  return () => {
    for (const one of undo) one();
  };
}

/** Where an XMLHttpRequest goes, and the sandbox that answers it, if one does. */
function open(address) {
  const url = resolved(address);
  const sandbox = url && find(url);
  return sandbox && { url: url.href, sandbox };
}
