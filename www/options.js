// Options of a sandbox: what is allowed, what is meant when it is left out.

import { flag, integer, lasting, list, oneOf, optional, record, text } from './readers.js';
import { instant, show } from './time.js';
import { rateLimit, scenario } from './trouble.js';
import { readWasm } from './wasm.js';

/** How many profiles a catalogue may have. */
const MOST_PROFILES = 1_000;

/** The profiles as text: the backend reads them, and says what is wrong with which. */
const profiles = (value, name) => {
  if (!Array.isArray(value)) throw new TypeError(`${name} must be an array of QosProfile; got ${show(value)}`);
  if (value.length > MOST_PROFILES) throw new RangeError(`${name} must have no more than ${MOST_PROFILES} of them; got ${value.length}`);
  return JSON.stringify(value);
};

/** A rate limit; null stands for none. */
const optionalLimit = (value, name) => (value === null ? { requests: 0, per: 0 } : rateLimit(value, name));

const operator = record({
  identifiers: list('phoneNumber', 'networkAccessIdentifier', 'ipv4Address', 'ipv6Address'),
  registry: oneOf('open', 'closed'),
  grant: oneOf('asynchronous', 'synchronous'),
  retentionSeconds: integer(360, 31_536_000),
  rateLimit: optionalLimit,
});

const destination = oneOf('receivers', 'network');

const policy = record({
  to: destination,
  attempts: integer(1, 100),
  backoff: lasting(0),
  timeout: lasting(1),
  delay: lasting(0),
  copies: integer(1, 10),
  reorder: flag,
});

/** A policy, or just where to. */
const delivery = (value, name) => (typeof value === 'string' ? { to: destination(value, name) } : policy(value, name));

const limits = record({
  traffic: integer(0, 10_000_000),
  notifications: integer(0, 10_000_000),
  releasedSessions: integer(0, 10_000_000),
  bodyBytes: integer(0, 100_000_000),
});

const key = text(1, 200);

/** A key, or with the storage that is handed in. */
const persist = (value, name) => {
  if (typeof value === 'string') return { key: key(value, name) };
  const { storage } = value ?? {};
  if (!['get', 'set', 'delete'].every((call) => typeof storage?.[call] === 'function')) {
    throw new TypeError(`${name} must be a key, or { key, storage } with get, set and delete; got ${show(value)}`);
  }
  return { key: key(value.key, `${name}.key`), storage };
};

/** How each option is read, and what stands for it when it is not given. */
const OPTIONS = {
  seed: { read: integer(0, Number.MAX_SAFE_INTEGER), standard: randomSeed },
  clock: { read: oneOf('real', 'manual'), standard: () => 'real' },
  speed: { read: integer(1, 86_400), standard: () => 1 },
  startAt: { read: instant, standard: () => undefined },
  auth: { read: oneOf('required', 'off'), standard: () => 'required' },
  dialect: { read: oneOf('camara', 'telefonica'), standard: () => 'camara' },
  conflictPolicy: { read: oneOf('flow', 'strict'), standard: () => 'flow' },
  operator: { read: operator, standard: () => ({}) },
  profiles: { read: profiles, standard: () => undefined },
  delivery: { read: delivery, standard: () => ({}) },
  scenario: { read: scenario, standard: () => undefined },
  limits: { read: limits, standard: () => ({}) },
  persist: { read: optional(persist), standard: () => undefined },
  broadcast: { read: optional(text(1, 200)), standard: () => undefined },
  // Whoever loads the module looks at it.
  wasm: { read: readWasm, standard: () => undefined },
};

/** What `configure` can change. */
const CHANGEABLE = ['speed', 'auth', 'dialect', 'conflictPolicy', 'operator', 'profiles', 'delivery', 'scenario', 'limits'];

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

/** Names of those that can be changed. */
export const changeableNames = CHANGEABLE;

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
