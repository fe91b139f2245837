// A request that a page puts into the form.

import { show } from '../time.js';

/** What may stand in a request as its method. */
const METHOD = /^[\w!#$%&'*+.^`|~-]+$/;

/** Its method, address, lines of headers and body, as texts. */
export function formOf(request) {
  if (typeof request !== 'object' || request === null) throw new TypeError(`edit takes { method, url, headers, body }; got ${show(request)}`);
  const { method = 'POST', url = '/qod/v0/sessions', headers = {}, body = '' } = request;
  if (typeof method !== 'string' || !METHOD.test(method)) throw new TypeError(`edit: method must be a text such as 'POST'; got ${show(method)}`);
  const lines = [...new Headers(headers)].map(([name, value]) => `${name}: ${value}\n`).join('');
  return [method, addressOf(url), lines, typeof body === 'string' ? body : json(body)];
}

function addressOf(given) {
  const url = URL.canParse(given, 'https://sandbox.example') && new URL(given, 'https://sandbox.example');
  if (!/^https?:$/.test(url.protocol)) throw new TypeError(`edit: url must be an address of http or https, or a path; got ${show(String(given))}`);
  return url.href;
}

function json(body) {
  let text;
  try {
    text = JSON.stringify(body, null, 2);
  } catch (error) {
    throw new TypeError(`edit: body cannot be written as JSON: ${error.message}`, { cause: error });
  }
  if (text === undefined) throw new TypeError(`edit: body must be a text, or a value that JSON can be made of; got ${show(body)}`);
  return text;
}
