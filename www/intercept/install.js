// fetch and XMLHttpRequest of the page, in whose place ours stand.

import { answer, fetchLike } from './fetch.js';
import { replace } from './replace.js';
import { resolved } from './urls.js';
import { xhrLike } from './xhr.js';

/** Has `find(url)` say which sandbox answers, if one does; what is returned puts the originals back. */
export function install(find) {
  const before = globalThis.fetch;
  // As it is called in a page: some look at what `this` is.
  const way = { find, pass: (request) => Reflect.apply(before, globalThis, [request]) };
  const undo = [];
  const restore = () => {
    for (const one of undo) one();
  };
  /** Where an XMLHttpRequest goes, and the sandbox that answers it, if one does. */
  const open = (address) => {
    const url = resolved(address);
    const sandbox = url && find(url);
    return sandbox && { url: url.href, sandbox };
  };
  try {
    undo.push(replace('fetch', (original) => fetchLike(original, way)));
    undo.push(replace('XMLHttpRequest', (original) => xhrLike(original, { open, ask: (...args) => answer(way, ...args) })));
  } catch (error) {
    restore();
    throw error;
  }
  return restore;
}
