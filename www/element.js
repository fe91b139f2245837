// The elements: <qod-sandbox>, the console. What they show is loaded when the first of them comes near.

import { startSandbox } from './element/loaded.js';
import { QodSandboxElement } from './element/qod-sandbox.js';

export { QodSandboxElement };

/** Starts a sandbox that an element can show. */
export const createSandbox = (options) => startSandbox(options);

// On a server there are no elements, and in a page another copy of this module may have been first.
const elements = globalThis.customElements;
if (elements && !elements.get('qod-sandbox')) elements.define('qod-sandbox', QodSandboxElement);
