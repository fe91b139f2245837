// QoD Sandbox without a user interface, for Node, whose fetch does not read files; and for Deno and Bun, which take its way.

import { readFile } from 'node:fs/promises';
import * as glue from './glue/headless.js';
import { Sandbox } from './core.js';
import { loader } from './instance.js';
import { compiled } from './wasm.js';

const url = () => new URL('./glue/headless_bg.wasm', import.meta.url);
const load = loader(glue, (wasm) => compiled(wasm === undefined ? read(url) : onDisk(wasm), { name: 'headless' }));

/** Starts a sandbox. */
export async function createSandbox(options) {
  return Sandbox.start(await load(options?.wasm), options);
}

/** A path, or the address of a file, becomes its bytes; what else there is, is loaded as everywhere. */
function onDisk(wasm) {
  const isPath = typeof wasm === 'string' && wasm !== '' && !/^[a-z][a-z\d+.-]+:/i.test(wasm);
  const isFile = /^file:/i.test(wasm instanceof URL || typeof wasm === 'string' ? wasm : '');
  if (isPath) return read(() => wasm);
  return isFile ? read(() => new URL(wasm)) : wasm;
}

async function read(place) {
  try {
    return await readFile(place());
  } catch (error) {
    throw new Error(`the wasm could not be read: the file glue/headless_bg.wasm of the package must be beside its modules. Where a bundler moved them, give it: createSandbox({ wasm: new URL('…', import.meta.url) }), its path, or its bytes (${error.message})`, { cause: error });
  }
}
