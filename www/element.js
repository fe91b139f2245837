// The elements: <qod-sandbox>, the console, and <qod-run>, samples that run. What they show is loaded when the first of
// them comes near.

import { startSandbox } from './element/loaded.js';
import { QodRunElement } from './element/qod-run.js';
import { QodSandboxElement } from './element/qod-sandbox.js';

export { QodRunElement, QodSandboxElement };

/** Starts a sandbox that an element can show. */
export const createSandbox = (options) => startSandbox(options);

// On a server there are no elements, and in a page another copy of this module may have been first.
const elements = globalThis.customElements;
for (const [name, element] of [['qod-sandbox', QodSandboxElement], ['qod-run', QodRunElement]]) {
  if (elements && !elements.get(name)) elements.define(name, element);
}
