// What elements need once they are to be seen: loaded with the first of them, for all of them.

let loading;

/** The sandboxes of that module. */
const own = new WeakSet();

/** The module of the console, with the backend in it. */
export function loaded() {
  loading ??= import('../console.js').catch((error) => {
    loading = undefined;
    throw new Error(
      `the sandbox could not be loaded: its files must all be in one folder, and be sent with Access-Control-Allow-Origin where the page is of another origin; with an import map, they must be those of its hashes (${error.message})`,
      { cause: error },
    );
  });
  return loading;
}

/** Starts a sandbox that elements can show. */
export async function startSandbox(options) {
  if (!globalThis.customElements) throw new Error("createSandbox of 'qod-sandbox/element' needs a page: where there is none, take that of 'qod-sandbox'");
  const { load, Sandbox } = await loaded();
  const sandbox = await Sandbox.start(await load(options?.wasm), options);
  own.add(sandbox);
  return sandbox;
}

/** Whether elements can show it: its backend is the console's. */
export const isOwn = (sandbox) => own.has(sandbox);
