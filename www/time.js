// Durations and moments, as users write them, in milliseconds.

/** The end of RFC 3339, and of the sandbox's time: 9999-12-31T23:59:59.999Z. */
const LATEST = 253_402_300_799_999;

const UNITS = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
  milliseconds: 1,
};

const SHORT = { ms: 1, s: UNITS.seconds, m: UNITS.minutes, h: UNITS.hours, d: UNITS.days };

const ISO = /^P(?=\d|T\d)(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?=\d)(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/;

/**
 * Milliseconds of a duration: a number of them, `'2s'` (ms, s, m, h, d), ISO 8601 `'PT1H'`, or `{ hours: 1 }`.
 * Throws where it is none, or negative; `what` names the argument.
 */
export function duration(value, what = 'a duration') {
  const millis = read(value);
  if (millis === undefined || Number.isNaN(millis)) {
    throw new TypeError(`${what} must be milliseconds, a text such as '2s' or 'PT1H' (weeks to seconds), or { hours: 1 }; got ${show(value)}`);
  }
  if (millis < 0 || millis > LATEST) {
    throw new RangeError(`${what} must not be negative, nor reach past the year 9999; got ${show(value)}`);
  }
  return Math.round(millis);
}

/** Milliseconds since the Unix epoch of a `Date`, an ISO 8601 text, or that number itself. */
export function instant(value, what = 'a moment') {
  const millis = value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : value;
  if (typeof millis !== 'number' || Number.isNaN(millis)) {
    throw new TypeError(`${what} must be a Date, an ISO 8601 text such as '2026-01-01T00:00:00Z', or milliseconds since the epoch; got ${show(value)}`);
  }
  if (millis < 0 || millis > LATEST) {
    throw new RangeError(`${what} must lie in the years 1970 to 9999; got ${show(value)}`);
  }
  return Math.round(millis);
}

/** A value for an error message. */
export function show(value) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  try {
    return typeof value === 'object' ? JSON.stringify(value) ?? String(value) : String(value);
  } catch {
    return 'an object';
  }
}

function read(value) {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return readText(value.trim());
  if (typeof value !== 'object' || value === null) return undefined;
  let millis = 0;
  for (const [unit, count] of Object.entries(value)) {
    if (!Object.hasOwn(UNITS, unit) || typeof count !== 'number') return undefined;
    millis += count * UNITS[unit];
  }
  return Object.keys(value).length > 0 ? millis : undefined;
}

function readText(text) {
  const short = /^(-?[\d.]+)\s*(ms|s|m|h|d)$/.exec(text);
  if (short) return Number(short[1]) * SHORT[short[2]];
  const iso = ISO.exec(text);
  if (!iso) return undefined;
  const [weeks, days, hours, minutes, seconds] = iso.slice(1).map((part) => Number(part ?? 0));
  return (
    weeks * UNITS.weeks + days * UNITS.days + hours * UNITS.hours + minutes * UNITS.minutes + seconds * UNITS.seconds
  );
}
