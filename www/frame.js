// For pages that show a sandbox in an iframe of embed.html: the frame as high as what is in it, its events, and calls.

/**
 * Connects an iframe. It is kept as high as its content. Where its address names this page's origin as `parent`,
 * its events are heard, and the sandbox can be called.
 */
export function connect(iframe) {
  // A frame that may not be of its own origin has none.
  const sandboxed = iframe.sandbox?.length > 0 && !iframe.sandbox.contains('allow-same-origin');
  const origin = sandboxed ? 'null' : new URL(iframe.src, document.baseURI).origin;
  const listeners = new Map();
  const waiting = new Map();
  let closed = false;
  let last = 0;
  let settle;
  const ready = new Promise((resolve, reject) => (settle = { resolve, reject }));
  // Whoever calls hears of it; who does not is not to be warned.
  ready.catch(() => {});

  function hear(event) {
    if (event.source !== iframe.contentWindow || event.origin !== origin) return;
    const { type, height, id, value, error, event: name, detail } = event.data ?? {};
    if (type === 'qod-sandbox:height' && Number.isFinite(height)) iframe.style.height = `${height}px`;
    else if (type === 'qod-sandbox:ready') settle.resolve();
    else if (type === 'qod-sandbox:failed') settle.reject(new Error('the sandbox could not be started: the frame shows why'));
    else if (type === 'qod-sandbox:event') for (const listener of listeners.get(name) ?? []) listener(detail);
    else if (type === 'qod-sandbox:result') {
      const { resolve, reject } = waiting.get(id) ?? {};
      waiting.delete(id);
      if (error) reject?.(Object.assign(new Error(error.message), { name: error.name }));
      else resolve?.(value);
    }
  }
  const letGo = () => new Error('the frame was let go');
  addEventListener('message', hear);
  // The frame may be there already, and have said all that it says by itself.
  iframe.contentWindow?.postMessage({ type: 'qod-sandbox:hello' }, '*');

  return {
    /** Fulfilled when the sandbox is there, rejected where it cannot be. */
    ready,
    /** Calls the sandbox by a name such as `'clock.advance'`: what it gives, in time. */
    async call(name, ...given) {
      if (closed) throw letGo();
      const id = ++last;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        const send = () => {
          if (!waiting.has(id)) return;
          if (!iframe.contentWindow) throw new Error('the frame is no longer in the document');
          // An opaque origin cannot be named; the frame is ours.
          iframe.contentWindow.postMessage({ type: 'qod-sandbox:call', id, call: name, arguments: given }, sandboxed ? '*' : origin);
        };
        ready.then(send).catch((error) => {
          waiting.delete(id);
          reject(error);
        });
      });
    },
    /** Hears events of the sandbox; returns the undo. */
    on(name, listener) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(listener));
      return () => all.delete(listener);
    },
    /** Ends it; calls under way fail. */
    close() {
      closed = true;
      removeEventListener('message', hear);
      for (const { reject } of waiting.values()) reject(letGo());
      waiting.clear();
    },
  };
}
