// The console and its backend: what an element shows.

import init, * as glue from '../glue/console.js';
import css from '../console.css.js';
import { loader } from '../instance.js';

export { Sandbox } from '../core.js';
export { Page, isFirstVisit } from '../page.js';
export { skeleton } from './skeleton.js';

export const load = loader(glue, () => init());

/** Shows a console; see `mount` of src/ui.rs. */
export const mount = glue.mount;

let sheet;

/** The style sheet, the same object for all. */
export function styles() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}
