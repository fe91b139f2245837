// A request as every language can send it.

import { absolute } from '../export/address.js';
import { NAME, OF_CLIENT } from '../export/fields.js';

/**
 * A request with what is a client's own left out, and with an address that all of them take. `notes` says what is left
 * out besides; `type` is the content type, if there is one.
 */
export function message({ method, url, headers, body }) {
  const notes = [];
  const fields = new Map();
  for (const [name, given] of headers) {
    const value = given.trim();
    if (OF_CLIENT.test(name)) continue;
    // Not every shell that is typed into knows comments: nothing that means anything goes there.
    if (!NAME.test(name)) notes.push('A header field is left out: its name cannot be sent.');
    // What is beyond ASCII, some clients send in one way, some in another, and some not at all.
    else if (/[^ -~]/.test(value)) notes.push(`${name.replace(/\W/g, '-')} is left out: its value is not printable ASCII.`);
    else add(fields, name, value);
  }
  return {
    method: method.replace(/[^!#$%&'*+.^`|~\w-]/g, '') || 'GET',
    url: address(url),
    headers: [...fields.values()],
    body: (body ?? '').replace(/\p{Cs}/gu, '\ufffd'),
    type: fields.get('content-type')?.[1],
    notes,
  };
}

/** Fields of one name are one field, with their values in a list (RFC 9110, section 5.3); tables have only room for one. */
function add(fields, name, value) {
  const key = name.toLowerCase();
  const before = fields.get(key);
  if (before) before[1] += (key === 'cookie' ? '; ' : ', ') + value;
  else fields.set(key, [name, value]);
}

/** A URL with what RFC 3986 does not allow in escapes: `URI` of Java takes no other. Brackets stay where they hold an address. */
function address(url) {
  const [, server, rest] = /^([^/?]+:\/\/[^/?]*)(.*)$/s.exec(absolute(url));
  return escaped(server, /[^\w.~:/@!$&'()*+,;=%[\]-]/g) + escaped(rest, /[^\w.~:/?@!$&'()*+,;=%-]/g);
}

const escaped = (text, forbidden) => text.replace(/%(?![\da-f]{2})/gi, '%25').replace(forbidden, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** Without the body, where a client sends none with such a method. */
export function withoutBody(given, methods, client) {
  if (!given.body || !methods.includes(given.method)) return given;
  return { ...given, body: '', notes: [...given.notes, `The body is left out: ${client} sends none with ${given.method}.`] };
}

/** The notes as comments, to stand before the code. */
export const comments = ({ notes }, mark) => notes.map((note) => `${mark} ${note}\n`).join('');
