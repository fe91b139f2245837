// Modules that are loaded when they are asked for.

/** The module, or why there is none: `what` is what it was asked for, where that is not known anyway. */
export async function later(what, load) {
  try {
    return await load();
  } catch (error) {
    throw new Error(`${what ? `${what}: ` : ''}${reason(error)}`, { cause: error });
  }
}

function reason(error) {
  const worker = globalThis.ServiceWorkerGlobalScope && globalThis instanceof globalThis.ServiceWorkerGlobalScope;
  if (worker) return 'a service worker cannot load modules later: do this in a page or in another worker';
  const why = globalThis.navigator?.onLine === false ? 'this browser is offline' : error.message;
  return `a module of the package could not be loaded: ${why}`;
}
