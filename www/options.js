// Options of a sandbox: what is allowed, what is meant when it is left out.

import { duration, instant, show } from './time.js';

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

const list = (...allowed) => {
  const one = oneOf(...allowed);
  return (value, name) => {
    if (!Array.isArray(value) || value.length === 0) {
      throw new TypeError(`${name} must be an array of at least one of ${allowed.map((one) => `'${one}'`).join(', ')}; got ${show(value)}`);
    }
    return [...new Set(value.map((item, index) => one(item, `${name}[${index}]`)))];
  };
};

/** Reads an object of members that are all optional. */
const record = (members) => (value, name) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${name} must be an object; got ${show(value)}`);
  }
  const read = {};
  for (const [member, given] of Object.entries(value)) {
    if (!Object.hasOwn(members, member)) {
      throw new TypeError(`${name} has no member '${member}'; its members are ${Object.keys(members).join(', ')}`);
    }
    if (given !== undefined) read[member] = members[member](given, `${name}.${member}`);
  }
  return read;
};

/** The profiles as text: the backend reads them, and says what is wrong with which. */
const profiles = (value, name) => {
  if (!Array.isArray(value)) throw new TypeError(`${name} must be an array of QosProfile; got ${show(value)}`);
  return JSON.stringify(value);
};

const limit = record({
  requests: integer(1, 1_000_000_000),
  per: (value, name) => duration(value, name),
});

/** A rate limit needs both members; null stands for none. */
const rateLimit = (value, name) => {
  if (value === null) return { requests: 0, per: 0 };
  const read = limit(value, name);
  if (!read.requests || !read.per) throw new TypeError(`${name} needs requests and per, such as { requests: 100, per: '1m' }; got ${show(value)}`);
  return read;
};

const operator = record({
  identifiers: list('phoneNumber', 'networkAccessIdentifier', 'ipv4Address', 'ipv6Address'),
  registry: oneOf('open', 'closed'),
  grant: oneOf('asynchronous', 'synchronous'),
  retentionSeconds: integer(360, 31_536_000),
  rateLimit,
});

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
};

/** What `configure` can change. */
const CHANGEABLE = ['speed', 'auth', 'dialect', 'conflictPolicy', 'operator', 'profiles'];

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
