// Readers: each takes a value as a user gave it and its name, and returns it as it is used, or throws with what is allowed.

import { duration, show } from './time.js';

/** One of some texts. */
export const oneOf = (...allowed) => (value, name) => {
  if (!allowed.includes(value)) {
    throw new RangeError(`${name} must be ${allowed.map((one) => `'${one}'`).join(' or ')}; got ${show(value)}`);
  }
  return value;
};

/** A whole number. */
export const integer = (least, most) => (value, name) => {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}; got ${show(value)}`);
  }
  return value;
};

/** An array of at least one of some texts; each counts once. */
export const list = (...allowed) => {
  const one = oneOf(...allowed);
  return (value, name) => {
    if (!Array.isArray(value) || value.length === 0) {
      throw new TypeError(`${name} must be an array of at least one of ${allowed.map((one) => `'${one}'`).join(', ')}; got ${show(value)}`);
    }
    return [...new Set(value.map((item, index) => one(item, `${name}[${index}]`)))];
  };
};

/** An object of members that are all optional. */
export const record = (members) => (value, name) => {
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

/** `true` or `false`. */
export const flag = (value, name) => {
  if (typeof value !== 'boolean') throw new TypeError(`${name} must be true or false; got ${show(value)}`);
  return value;
};

/** A text of a length. */
export const text = (least, most) => (value, name) => {
  if (typeof value !== 'string' || value.length < least || value.length > most) {
    throw new TypeError(`${name} must be a text of ${least} to ${most} characters; got ${show(value)}`);
  }
  return value;
};

/** That, or `false` for none. */
export const optional = (read) => (value, name) => (value === false ? undefined : read(value, name));

/** A duration of at least so many milliseconds, in milliseconds. */
export const lasting = (least) => (value, name) => {
  const millis = duration(value, name);
  if (millis < least) throw new RangeError(`${name} must be ${least} ms or more; got ${show(value)}`);
  return millis;
};

/** A number from 0 to 1. */
export const fraction = (value, name) => {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
    throw new RangeError(`${name} must be a number from 0 to 1; got ${show(value)}`);
  }
  return value;
};
