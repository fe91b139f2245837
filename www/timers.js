// The timers of an instance of the WebAssembly, in place of the platform's: when the instance is lost they go with it,
// instead of calling into what is no longer there. The build puts them before the generated glue.

/** Who hears what is thrown out of timers, by the `clearTimers` of their module. */
const hearers = new WeakMap();

/** Has `hear(thrown)` called with what is thrown out of the timers to which `clearTimers` belongs; whether that is enough. */
export function hearTimers(clearTimers, hear) {
  hearers.set(clearTimers, hear);
}

/** What stacks call the wasm of a module, by its `clearTimers`: known once it has asked for a timer. */
const names = new WeakMap();

/** Whether something was thrown out of the wasm that has these timers. */
export function isOf(clearTimers, thrown) {
  const name = names.get(clearTimers);
  return name !== undefined && String(thrown?.stack).includes(name);
}

const wasmIn = (stack) => /[^\s@(]+(?=:wasm-function)/.exec(stack)?.[0];

/** `setTimeout` and the like, of one module, and `clearTimers` for all that is pending. */
export function ownTimers() {
  const timeouts = new Set();
  const intervals = new Set();
  const run = (act) => {
    try {
      act();
    } catch (thrown) {
      if (!hearers.get(clearTimers)?.(thrown)) throw thrown;
    }
  };
  const clearTimers = () => {
    for (const timeout of timeouts) globalThis.clearTimeout(timeout);
    for (const interval of intervals) globalThis.clearInterval(interval);
    timeouts.clear();
    intervals.clear();
  };
  return {
    clearTimers,
    setTimeout(act, delay) {
      if (!names.has(clearTimers)) names.set(clearTimers, wasmIn(new Error().stack));
      const timeout = globalThis.setTimeout(() => {
        timeouts.delete(timeout);
        run(act);
      }, delay);
      timeouts.add(timeout);
      return timeout;
    },
    clearTimeout(timeout) {
      timeouts.delete(timeout);
      globalThis.clearTimeout(timeout);
    },
    setInterval(act, delay) {
      const interval = globalThis.setInterval(() => run(act), delay);
      intervals.add(interval);
      return interval;
    },
    clearInterval(interval) {
      intervals.delete(interval);
      globalThis.clearInterval(interval);
    },
  };
}
