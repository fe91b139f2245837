// The memory of the WebAssembly, which the glue keeps to itself. Both functions are sent to pages, too.

/** Notes the memory of what is started from now on. */
export function watchMemory() {
  const { instantiate } = WebAssembly;
  globalThis.started = [];
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate.apply(WebAssembly, given);
    const { exports } = made.instance ?? made;
    // Node has small ones of its own.
    const memory = Object.values(exports).find((one) => one instanceof WebAssembly.Memory && one.buffer.byteLength > 1_000_000);
    if (memory) globalThis.started.push(memory);
    return made;
  };
}

/** The one memory of the WebAssembly. */
export function theMemory() {
  if (globalThis.started.length !== 1) throw new Error(`${globalThis.started.length} memories instead of one`);
  return globalThis.started[0];
}
