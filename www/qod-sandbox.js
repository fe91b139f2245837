// QoD Sandbox without a user interface, for pages and workers. Node has its own way to the file: see node.js.

import * as glue from './glue/headless.js';
import { headless as integrity } from './glue/integrity.js';
import { Sandbox } from './core.js';
import { loader } from './instance.js';
import { compiled } from './wasm.js';

const url = () => new URL('./glue/headless_bg.wasm', import.meta.url);
const load = loader(glue, (wasm) => compiled(wasm, { name: 'headless', url, integrity }));

/** Starts a sandbox. */
export async function createSandbox(options) {
  return Sandbox.start(await load(options?.wasm), options);
}
