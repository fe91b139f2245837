// The console's WebAssembly, which is fetched while the modules of the console are still on their way.

import { unbundled } from './beside.js';
import { console as integrity } from './glue/integrity.js';

const url = () => new URL('./glue/console_bg.wasm', import.meta.url);

let asked = false;
let coming;

/** Begins, the first time; not where another file was handed in, which then is the one that counts. */
export function fetchAhead(given) {
  if (asked) return;
  asked = true;
  if (given !== undefined) return;
  coming = fetch(unbundled(url()), { integrity });
  // Whoever takes it hears of it.
  coming.catch(() => {});
}

/** The file, for `compiled` of wasm.js. What was fetched ahead is taken once. */
export const own = {
  name: 'console',
  url,
  integrity,
  ahead() {
    const taken = coming;
    coming = undefined;
    return taken;
  },
};
