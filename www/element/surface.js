// The frame inside an element's shadow root: what is around the console, and what stands in its place.

/** Makes an element; texts and elements as children. */
export const made = (name, className, ...children) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
};

/** The ground that everything stands on; nothing of the page's style reaches it. */
export function surface(...children) {
  const ground = made('div', 'console', ...children);
  ground.part = 'console';
  // The console speaks English, wherever it stands; foreign texts in it are set apart.
  ground.lang = 'en';
  ground.dir = 'ltr';
  return ground;
}

/** A place for the author's own text. */
export function place(name) {
  const slot = made('slot');
  slot.name = name;
  const around = made('div', `said said--${name}`, slot);
  around.hidden = true;
  return around;
}

/** Shows places for the author's text while there is some. */
export function showPlaces({ target }) {
  const around = target.closest('.said');
  if (around) around.hidden = target.assignedNodes().length === 0;
}

/** A message as people read it; the name that it may begin with stays as it is. */
export const sentence = (text) => (/^\S+:/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1)) + (/[.!?]$/.test(text) ? '' : '.');

/** What went wrong, and a way on. */
export function failure(error, title, onAgain) {
  const again = made('button', 'btn btn--primary', 'Start afresh');
  again.type = 'button';
  again.addEventListener('click', onAgain);
  const panel = made('div', 'failure', made('h2', '', title), made('p', '', sentence(error?.message ?? String(error))), again);
  panel.setAttribute('role', 'alert');
  return surface(panel);
}

/** How high the parts of a figure are, about, in rem. */
const HEIGHTS = { clock: 3.5, request: 33.25, session: 3.5, timeline: 12, notifications: 8, traffic: 8 };

/** How much room a figure takes that shows these parts, about: nothing below is to jump far when it comes. */
export function roomFor(view) {
  const names = view?.split(/\s+/).filter(Boolean) ?? [];
  const shown = names.length > 0 ? names : ['clock', 'request', 'session'];
  return shown.reduce((sum, name) => sum + (HEIGHTS[name] ?? 0), 2.75);
}

let sheet;

/** All that an element needs of style until its own is there. */
export function block() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(':host { display: block } :host(:not([fill])) { margin-block: 1em } :host([hidden]) { display: none }');
  }
  return sheet;
}
