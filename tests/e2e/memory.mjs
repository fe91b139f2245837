// Memory that comes to an end: WebAssembly asks for more by itself, and what it may have stands in its file.

/** Has the wasm of a page no more memory than what it begins with and so many pages of 64 KiB. `exports` are its own. */
export const confine = (page, pages) =>
  page.addInitScript((pages) => {
    const { compile, instantiate } = WebAssembly;

    /** A number of the format from a place on, and where it ends. */
    const number = (bytes, from) => {
      let [value, shift, place] = [0, 0, from];
      for (;;) {
        const byte = bytes[place++];
        value += (byte & 127) * 2 ** shift;
        if (byte < 128) return [value, place];
        shift += 7;
      }
    };
    const written = (value) => (value < 128 ? [value] : [(value % 128) | 128, ...written(Math.floor(value / 128))]);

    /** The module with a most for its one memory. */
    const confined = (bytes) => {
      for (let place = 8; place < bytes.length; ) {
        const [size, begin] = number(bytes, place + 1);
        if (bytes[place] === 5) {
          const [least] = number(bytes, begin + 2);
          const content = [1, 1, ...written(least), ...written(least + pages)];
          return new Uint8Array([...bytes.subarray(0, place), 5, ...written(content.length), ...content, ...bytes.subarray(begin + size)]);
        }
        place = begin + size;
      }
      throw new Error('this module has no memory');
    };
    WebAssembly.compile = async (bytes) => compile(confined(new Uint8Array(bytes)));
    WebAssembly.compileStreaming = async (response) => WebAssembly.compile(await (await response).arrayBuffer());
    WebAssembly.instantiate = async (...given) => {
      const instance = await instantiate(...given);
      globalThis.exports = instance.exports;
      return instance;
    };
  }, pages);

/** Takes all the memory that is left, to the last byte: whatever the wasm needs next it does not get. */
export const exhaust = (page) =>
  page.evaluate(() => {
    for (let size = 1 << 20; size >= 1; size >>= 1) {
      try {
        for (;;) exports.__wbindgen_malloc(size, 1);
      } catch (error) {
        // There is no such piece any more.
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      }
    }
  });
