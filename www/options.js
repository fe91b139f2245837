// Options of a sandbox: what is allowed, what is meant when it is left out.

import { instant, show } from './time.js';

const oneOf = (...allowed) => (value, name) => {
  if (!allowed.includes(value)) {
    throw new RangeError(`${name} must be ${allowed.map((one) => `'${one}'`).join(' or ')}; got ${show(value)}`);
  }
  return value;
};

const integer = (least, most) => (value, name) => {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}; got ${show(value)}`);
  }
  return value;
};

/** How each option is read, and what stands for it when it is not given. */
const OPTIONS = {
  seed: { read: integer(0, Number.MAX_SAFE_INTEGER), standard: randomSeed },
  clock: { read: oneOf('real', 'manual'), standard: () => 'real' },
  speed: { read: integer(1, 86_400), standard: () => 1 },
  startAt: { read: instant, standard: () => undefined },
  auth: { read: oneOf('required', 'off'), standard: () => 'required' },
};

/** What `configure` can change. */
const CHANGEABLE = ['speed', 'auth'];

/** All options, read; what is not given has its default. */
export function readOptions(given = {}) {
  const read = readGiven(given, Object.keys(OPTIONS), 'createSandbox');
  for (const [name, { standard }] of Object.entries(OPTIONS)) read[name] ??= standard();
  return read;
}

/** The options that are given, read, of those that can be changed. */
export function readChanges(given) {
  return readGiven(given, CHANGEABLE, 'configure');
}

/** Names of the options, for attributes. */
export const optionNames = Object.keys(OPTIONS);

function readGiven(given, names, caller) {
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(`${caller} takes an object of options; got ${show(given)}`);
  }
  const read = {};
  for (const [name, value] of Object.entries(given)) {
    if (!names.includes(name)) {
      throw new TypeError(`${caller}: there is no option '${name}'; the options are ${names.join(', ')}`);
    }
    if (value !== undefined) read[name] = OPTIONS[name].read(value, `${caller}: ${name}`);
  }
  return read;
}

function randomSeed() {
  return Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
}
