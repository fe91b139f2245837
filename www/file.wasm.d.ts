import type { SandboxOptions } from './qod-sandbox.js';

/** What a bundler makes of the file: its address, its bytes or a module. The option `wasm` takes them all. */
declare const wasm: NonNullable<SandboxOptions['wasm']>;
export default wasm;
