// An instance of the backend's WebAssembly: loaded once, used by many sandboxes, and dead after a panic.

import { unfit } from './obstacles.js';

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

  constructor(glue) {
    this.#glue = glue;
    glue.onPanic((message) => this.#die(message));
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
      if (this.dead) throw this.dead;
      if (lost(thrown)) {
        this.#die(thrown.message);
        throw this.dead;
      }
      throw thrown instanceof Error ? thrown : new Error(String(thrown));
    }
  }

  #die(message) {
    if (this.dead) return;
    this.dead = new Error(`the sandbox stopped after a fault of its own, and its sessions with it: create another with createSandbox(). Please report it: ${message}`);
    this.#life.abort();
    this.#glue.clearTimers();
    for (const mourner of this.mourners) mourner(this.dead);
  }
}

/** Whether the instance is lost: WebAssembly trapped, or ran out of stack, as each engine says it. */
function lost(thrown) {
  return thrown instanceof WebAssembly.RuntimeError || /^(?:RangeError: Maximum call stack size exceeded|InternalError: too much recursion)/.test(String(thrown));
}
