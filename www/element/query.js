// A page's query as attributes of the element in it.

import { OPTIONS } from './attributes.js';

/** What is said of the element alone. */
const OWN = ['view', 'operation', 'theme', 'src', 'fill'];

/** The attributes that a query names: in kebab case, as options are named in code, or both. */
export function attributesOf(query) {
  const names = new Map([...OWN, ...OPTIONS.keys()].map((name) => [name, name]));
  for (const [attribute, option] of OPTIONS) names.set(option, attribute);
  const attributes = [];
  for (const [given, text] of new URLSearchParams(query)) {
    // Whom the page talks with is no matter of the element.
    if (given === 'parent') continue;
    const name = names.get(given);
    if (!name) throw new TypeError(`The address has an option ‘${given}’ that there is not: the options are ${[...new Set(names.values()), 'parent'].join(', ')}.`);
    attributes.push([name, text]);
  }
  return attributes;
}
