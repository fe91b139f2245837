// The timers of an instance of the WebAssembly, in place of the platform's: when the instance is lost they go with it,
// instead of calling into what is no longer there. The build puts them before the generated glue.

/** `setTimeout` and the like, of one module, and `clearTimers` for all that is pending. */
export function ownTimers() {
  const timeouts = new Set();
  const intervals = new Set();
  return {
    setTimeout(act, delay) {
      const timeout = globalThis.setTimeout(() => {
        timeouts.delete(timeout);
        act();
      }, delay);
      timeouts.add(timeout);
      return timeout;
    },
    clearTimeout(timeout) {
      timeouts.delete(timeout);
      globalThis.clearTimeout(timeout);
    },
    setInterval(act, delay) {
      const interval = globalThis.setInterval(act, delay);
      intervals.add(interval);
      return interval;
    },
    clearInterval(interval) {
      intervals.delete(interval);
      globalThis.clearInterval(interval);
    },
    clearTimers() {
      for (const timeout of timeouts) globalThis.clearTimeout(timeout);
      for (const interval of intervals) globalThis.clearInterval(interval);
      timeouts.clear();
      intervals.clear();
    },
  };
}
