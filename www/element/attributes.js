// Attributes of the elements: the options of `createSandbox` in kebab case, and those of the elements alone.

import { changeableNames, optionNames } from '../options.js';

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The name of each option's attribute, and of that of a saved run. */
export const OPTIONS = new Map(optionNames.map((name) => [kebab(name), name]));

/** Names of keys and places, which may be all digits. */
const TEXTS = ['persist', 'broadcast', 'wasm'];

/** What else a sandbox starts with. */
const SOURCES = ['src', 'shared'];

/** Attributes that change a sandbox without a fresh start. */
export const CHANGEABLE = new Set(changeableNames.map(kebab));

/** Attributes that decide what a sandbox starts with. */
export const STARTING = [...OPTIONS.keys(), ...SOURCES];

/** Events of the sandbox that elements tell on, as `qod-…`. */
export const EVENTS = ['request', 'session', 'notification', 'delivery', 'clock', 'error'];

/** What an element says of its sandbox: the texts of its attributes, by name. */
export function said(element) {
  const texts = STARTING.map((name) => [name, element.getAttribute(name)]);
  return new Map(texts.filter(([, text]) => text !== null));
}

/** Options from texts of attributes. */
export function optionsOf(texts) {
  const options = {};
  for (const [attribute, text] of texts) {
    const name = OPTIONS.get(attribute);
    if (name) options[name] = valueOf(text, attribute);
  }
  return options;
}

/** An attribute's value: a whole number, JSON where it begins as an object or a list does, else text. */
export function valueOf(text, attribute) {
  if (TEXTS.includes(attribute) && !/^\s*\{/.test(text)) return text;
  if (!/^\s*(\d+\s*$|[[{])/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TypeError(`the attribute ${attribute} is not JSON: ${error.message}`, { cause: error });
  }
}
