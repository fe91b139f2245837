// QoD Sandbox without a user interface, for Node, whose fetch does not read files.

import { readFile } from 'node:fs/promises';
import init, * as glue from './glue/headless.js';
import { Sandbox } from './core.js';
import { loader } from './instance.js';

const load = loader(glue, async () => {
  const wasm = await readFile(new URL('./glue/headless_bg.wasm', import.meta.url));
  await init({ module_or_path: wasm });
});

/** Starts a sandbox. */
export async function createSandbox(options) {
  return Sandbox.start(await load(), options);
}
