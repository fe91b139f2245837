// The console and its backend: what an element shows.

import init, * as glue from '../glue/console.js';
import { loader } from '../instance.js';

export { Sandbox } from '../core.js';
export { Page, isFirstVisit } from '../page.js';
export { skeleton } from './skeleton.js';
export { styles } from './styles.js';

export const load = loader(glue, () => init());

/** Shows a console; see `mount` of src/ui.rs. */
export const mount = glue.mount;
