// The console and its backend: what an element shows.

import * as glue from './glue/console.js';
import { console as integrity } from './glue/integrity.js';
import { loader } from './instance.js';
import { compiled } from './wasm.js';

export { Sandbox } from './core.js';
export { Page, isFirstVisit } from './page.js';
export { skeleton } from './element/skeleton.js';
export { styles } from './element/styles.js';

const url = () => new URL('./glue/console_bg.wasm', import.meta.url);

export const load = loader(glue, (wasm) => compiled(wasm, { name: 'console', url, integrity }));

/** Shows a console; see `mount` of src/ui.rs. */
export const mount = glue.mount;
