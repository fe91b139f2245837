// The style sheet of what the elements show.

import css from '../console.css.js';

/** As the build writes lengths in the console's own unit (see xtask/src/style.rs). */
const LENGTH = /calc\((-?[\d.]+)\*var\(--rem\)\)/g;

/** A sheet for each size of text that a user has, most likely one. */
const sheets = new Map();

/** The sheet for elements in a root: the same for all, in pixels, which cost nothing where much moves. */
export function styles(root) {
  const unit = unitIn(root);
  if (!sheets.has(unit)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css.replace(LENGTH, (_, length) => `${length * unit}px`));
    sheets.set(unit, sheet);
  }
  return sheets.get(unit);
}

/** The user's own size of text, in pixels, whatever the page's root is like. */
function unitIn(root) {
  const probe = document.createElement('div');
  probe.style.fontSize = 'medium';
  root.append(probe);
  const size = parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  return size || 16;
}
