// The console and its backend: what an element shows.

import * as glue from './glue/console.js';
import { loader } from './instance.js';
import { compiled } from './wasm.js';

export { Sandbox } from './core.js';
export { Page, isFirstVisit } from './page.js';
export { skeleton } from './element/skeleton.js';
export { styles } from './element/styles.js';

/** Loads the backend: from what was handed in, or from the package's own file, as ahead.js knows it. */
export const load = loader(glue, ({ wasm, own }) => compiled(wasm, own));

/** Shows a console; see `mount` of src/ui.rs. */
export const mount = glue.mount;
