// QoD Sandbox without a user interface, for pages and workers. Node has its own way to the file: see node.js.

import init, * as glue from './glue/headless.js';
import { Sandbox } from './core.js';
import { loader } from './instance.js';

const load = loader(glue, () => init());

/** Starts a sandbox. */
export async function createSandbox(options) {
  return Sandbox.start(await load(), options);
}
