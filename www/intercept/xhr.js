// XMLHttpRequest, answered by a sandbox or left to what was there before: `open` decides, and what is not for a sandbox is
// not touched in any respect. Either way the original checks what it is called with, and has the listeners.
//
// Not by @mswjs/interceptors: what passes through it is sent later than it was called, and an object that was answered cannot
// be used again; and no timeout fires while an answer is awaited (0.45, 0.41).

import { members } from './members.js';

/**
 * A class in the place of the original. `way.open(address)` is `{ url, sandbox }` where a sandbox answers, and
 * `way.ask(sandbox, url, init)` its answer as a `Response`.
 */
export function xhrLike(Original, way) {
  /** Of each object: `opened`, what `open` and `setRequestHeader` said, and from `send` on its `exchange`. */
  const states = new WeakMap();
  const define = (object, original) => Object.defineProperties(object, members(original, states, way));

  class XMLHttpRequest extends Original {
    constructor(...args) {
      super(...args);
      // Another library's hide those of the class behind members of their own.
      if (Object.hasOwn(this, 'open')) {
        define(this, Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this)));
      }
    }

    static [Symbol.hasInstance](value) {
      // Those that were made before, too.
      return this === XMLHttpRequest ? value instanceof Original : super[Symbol.hasInstance](value);
    }
  }
  define(XMLHttpRequest.prototype, Original.prototype);
  return XMLHttpRequest;
}
