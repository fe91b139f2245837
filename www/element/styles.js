// The style sheet of what the elements show.

import css from '../console.css.js';

let sheet;

/** The same sheet for all. */
export function styles() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}
