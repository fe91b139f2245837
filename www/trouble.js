// Scenarios and faults, as users write them.

import { flag, fraction, integer, lasting, oneOf, record, text } from './readers.js';
import { show } from './time.js';

const limit = record({ requests: integer(1, 1_000_000_000), per: lasting(1) });

/** So many requests in so much time. */
export const rateLimit = (value, name) => {
  const read = limit(value, name);
  if (!read.requests || !read.per) throw new TypeError(`${name} needs requests and per, such as { requests: 100, per: '1m' }; got ${show(value)}`);
  return read;
};

/** A duration, or a word that stands for one. */
const lastingOr = (words) => (value, name) => (Object.hasOwn(words, value) ? words[value] : lasting(0)(value, name));

const share = record({ share: fraction });

const own = record({
  name: text(1, 100),
  grant: lastingOr({ 'at-once': 0, never: -1 }),
  refuse: lastingOr({ 'at-once': 0 }),
  terminate: (value, name) => (value !== null && typeof value === 'object' && 'share' in value ? share(value, name) : lasting(0)(value, name)),
  notification: record({ delay: lasting(0), copies: integer(1, 10), reorder: flag }),
  receiver: record({ failFirst: integer(0, 99), status: integer(200, 599) }),
});

/** A scenario of the catalogue by its name, or one of the user's own, as the backend takes it. */
export function scenario(value, name) {
  if (typeof value === 'string') return value;
  const { grant, refuse, terminate, notification, receiver, ...read } = own(value, name);
  if (grant !== undefined && refuse !== undefined) {
    throw new TypeError(`${name} either grants or refuses: give one of grant and refuse`);
  }
  if (receiver && receiver.failFirst === undefined) {
    throw new TypeError(`${name}.receiver needs failFirst, such as { failFirst: 2 }`);
  }
  return {
    name: 'custom',
    ...read,
    ...(refuse === undefined ? grant !== -1 && { grant: grant ?? 2_000 } : { refuse }),
    ...(typeof terminate === 'number' ? { terminate } : terminate && { share: Math.round((terminate.share ?? 0) * 1_000_000) }),
    ...(notification && { delay: 0, copies: 1, reorder: false, ...notification }),
    ...(receiver && { failFirst: receiver.failFirst, failStatus: receiver.status ?? 503 }),
  };
}

const range = record({ min: lasting(0), max: lasting(0) });

const given = record({
  operation: oneOf('createSession', 'getSession', 'deleteSession', 'extendQosSessionDuration', 'getQosProfiles', 'getQosProfile'),
  status: integer(400, 599),
  code: text(1, 100),
  networkError: flag,
  latency: (value, name) => (value !== null && typeof value === 'object' && ('min' in value || 'max' in value) ? range(value, name) : lasting(0)(value, name)),
  rateLimit,
  rate: fraction,
  times: integer(1, 1_000_000_000),
});

/** A fault, as the backend takes it. */
export function fault(value) {
  const name = 'faults.add: the fault';
  const { latency, ...read } = given(value, name);
  const { min = 0, max = min } = typeof latency === 'number' ? { min: latency } : (latency ?? {});
  if (max < min) throw new RangeError(`${name}.latency: max must not be less than min; got ${show(value.latency)}`);
  if (read.rateLimit && (read.status !== undefined || read.networkError)) {
    throw new TypeError(`${name} answers with 429 what is over its rateLimit, and lets the rest pass: add status or networkError as a fault of its own; got ${show(value)}`);
  }
  if (read.code !== undefined && read.status === undefined) throw new TypeError(`${name} has a code without a status`);
  if (read.status === undefined && !read.networkError && !read.rateLimit && latency === undefined) {
    throw new TypeError(`${name} does nothing: give status, networkError, latency or rateLimit; got ${show(value)}`);
  }
  return latency === undefined ? read : { ...read, latencyMin: min, latencyMax: max };
}
