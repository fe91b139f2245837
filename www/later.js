// Modules that are loaded when they are asked for.

/** The module, or why there is none: `what` is what it was asked for. */
export async function later(what, load) {
  try {
    return await load();
  } catch (error) {
    const worker = globalThis.ServiceWorkerGlobalScope && globalThis instanceof globalThis.ServiceWorkerGlobalScope;
    const why = worker ? 'a service worker cannot load modules later: do this in a page or in another worker' : `a module of the package could not be loaded: ${error.message}`;
    throw new Error(`${what}: ${why}`, { cause: error });
  }
}
