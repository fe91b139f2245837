// An instance of the backend's WebAssembly: loaded once, used by many sandboxes, and dead after a panic, or out of memory.

import { unfit } from './obstacles.js';
import { hearTimers, isOf } from './timers.js';

/**
 * Makes the loader of a module: the same promise of an instance while that lives, a fresh one after. `open` compiles what
 * the first call hands in; what later ones hand in is not needed.
 */
export function loader(glue, open) {
  let loading;
  let current;
  return async (wasm) => {
    if (current?.dead) {
      // The same compiled module, a fresh memory.
      glue.__wbg_reset_state();
      current = new Instance(glue);
    }
    loading ??= Promise.resolve()
      .then(() => open(wasm))
      .then((module) => instantiated(glue, module))
      .catch((error) => {
        loading = undefined;
        throw error;
      });
    await loading;
    return (current ??= new Instance(glue));
  };
}

async function instantiated(glue, module) {
  try {
    await glue.default({ module_or_path: module });
  } catch (error) {
    throw unfit(error);
  }
}

class Instance {
  /** Why it cannot be used any more. */
  dead;
  /** Called with the reason when it dies. Whoever is listened to stands here, and so is not collected. */
  mourners = new Set();
  /** Whatever the instance listens to ends with it. */
  #life = new AbortController();
  #glue;
  #told = false;

  constructor(glue) {
    this.#glue = glue;
    glue.onPanic((message) => this.#die(message));
    hearTimers(glue.clearTimers, (thrown) => this.#hear(thrown));
    // What the page calls without this module: events of the console, and its renderings. Others have wasm, too.
    const hear = ({ error }) => isOf(glue.clearTimers, error) && this.#hear(error);
    globalThis.addEventListener?.('error', hear, { signal: this.life });
  }

  /** Aborted when it dies. */
  get life() {
    return this.#life.signal;
  }

  /** Runs something of the backend's. What it throws becomes an `Error`. */
  run(act) {
    if (this.dead) throw this.dead;
    try {
      return act(this.#glue);
    } catch (thrown) {
      this.#hear(thrown);
      if (this.dead) throw this.dead;
      throw thrown instanceof Error ? thrown : new Error(String(thrown));
    }
  }

  /** Hears of what was thrown out of it; whether that was its end, and someone was told. */
  #hear(thrown) {
    if (lost(thrown)) this.#die(thrown.message);
    return this.dead !== undefined && this.#told;
  }

  #die(message) {
    if (this.dead) return;
    this.dead = new Error(epitaph(message, this.#glue));
    this.#told = this.mourners.size > 0;
    this.#life.abort();
    this.#glue.clearTimers();
    for (const mourner of [...this.mourners]) mourner(this.dead);
  }
}

/** Whether the instance is lost: WebAssembly trapped, or ran out of stack, as each engine says it. */
function lost(thrown) {
  return thrown instanceof WebAssembly.RuntimeError || /^(?:RangeError: Maximum call stack size exceeded|InternalError: too much recursion)/.test(String(thrown));
}

/** What is said of the dead. */
function epitaph(message, glue) {
  // Rust gives up so where it gets no more memory; of all else it panics.
  if (/unreachable/i.test(message) && !/panicked/.test(message)) {
    const size = Math.round(glue.initSync().memory.buffer.byteLength / 1_048_576).toLocaleString('en');
    return `the sandbox ran out of memory at ${size} MiB, and stopped, and its sessions with it: create another with createSandbox(). Its option limits says how much is kept of what is over`;
  }
  return `the sandbox stopped after a fault of its own, and its sessions with it: create another with createSandbox(). Please report it: ${message}`;
}
