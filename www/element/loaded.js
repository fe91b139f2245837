// What elements need once they are to be seen: loaded with the first of them, for all of them.

import { fetchAhead, own } from '../ahead.js';

let loading;

/** The sandboxes of that module. */
const ours = new WeakSet();

/** The module of the console, with the backend in it. */
export function loaded() {
  loading ??= import('../console.js').catch((error) => {
    loading = undefined;
    if (globalThis.navigator?.onLine === false) throw new Error('the sandbox could not be loaded: this browser is offline', { cause: error });
    throw new Error(
      `the sandbox could not be loaded: its files must all be in one folder, and be sent with Access-Control-Allow-Origin where the page is of another origin; with an import map, they must be those of its hashes (${error.message})`,
      { cause: error },
    );
  });
  return loading;
}

/** The instance of the backend. */
export const loadBackend = async (wasm) => (await loaded()).load({ wasm, own });

/** Starts a sandbox that elements can show. */
export async function startSandbox(options) {
  if (!globalThis.customElements) throw new Error("createSandbox of 'qod-sandbox/element' needs a page: where there is none, take that of 'qod-sandbox'");
  fetchAhead(options?.wasm);
  const { Sandbox } = await loaded();
  const sandbox = await Sandbox.start(await loadBackend(options?.wasm), options);
  ours.add(sandbox);
  return sandbox;
}

/** Whether elements can show it: its backend is the console's. */
export const isOwn = (sandbox) => ours.has(sandbox);
