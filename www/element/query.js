// The query of an iframe's address: attributes of the element in it, and whom its page talks with.

import { OPTIONS, valueOf } from './attributes.js';

/** What is said of the element alone. */
const OWN = ['view', 'operation', 'theme', 'src', 'fill'];

/** What pages of the files' origin have in common. */
const SHARED = ['persist', 'broadcast'];

/** The attributes that a query names, in kebab case or as options are named in code; and the origin of the page around. */
export function attributesOf(query) {
  const names = new Map(OWN.map((name) => [name, name]));
  for (const [attribute, option] of OPTIONS) {
    // Whoever writes an address is not to bring code of his into the origin of the files.
    if (option !== 'wasm') names.set(attribute, attribute).set(option, attribute);
  }
  const attributes = [];
  let parent;
  for (const [given, text] of new URLSearchParams(query)) {
    const name = names.get(given);
    if (name) attributes.push([name, text]);
    else if (given === 'parent') parent = origin(text);
    else throw new TypeError(`The address has an option ‘${given}’ that there is not: there are ${[...new Set(names.values()), 'parent'].join(', ')}.`);
  }
  const [shared] = attributes.find(([name]) => SHARED.includes(name)) ?? [];
  if (shared && parent !== undefined && parent !== location.origin) {
    throw new TypeError(`The address has both ${shared} and parent: pages of another origin are not to reach what those of ${location.origin} share.`);
  }
  const posts = attributes.some(([name, text]) => name === 'delivery' && asksToPost(valueOf(text, name)));
  if (posts && !isAtHome()) {
    throw new TypeError('The address asks for real POSTs, by delivery: an address switches none on, unless the page around is of the origin of the files. Whoever sees the console can, as its receiver.');
  }
  return { attributes, parent };
}

/** Whether notifications would leave the page. */
export const asksToPost = (delivery) => delivery === 'network' || delivery?.to === 'network';

/** Whether the page around is of the files' own origin, and so may ask for what they may. */
export function isAtHome() {
  try {
    return window.parent !== window && window.parent.location.origin === globalThis.origin;
  } catch {
    // Another origin's address is not to be seen.
    return false;
  }
}

function origin(text) {
  try {
    if (new URL(text).origin === text) return text;
  } catch {
    // It is no address at all.
  }
  throw new TypeError(`In the address, parent must be an origin, such as https://docs.example; it is ‘${text}’.`);
}
