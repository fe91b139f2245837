// Between the platform's requests and responses and the backend's plain ones.

import { show } from './time.js';

/** Where relative URLs are resolved: a host that no one can own. */
const BASE = 'https://sandbox.example';

/** Methods that the platform writes in upper case, however they are given. */
const NORMALIZED = /^(?:delete|get|head|options|post|put)$/i;

/** A request of `handle`, as the backend takes it: `[method, url, headers, body]`. */
export function plainRequest(request) {
  if (typeof request !== 'object' || request === null) {
    throw new TypeError(`handle takes { method, url, headers, body }; got ${show(request)}`);
  }
  const { method = 'GET', url, headers, body } = request;
  if (typeof url !== 'string' && !(url instanceof URL)) {
    throw new TypeError(`handle: url must be a string or a URL; got ${show(url)}`);
  }
  if (typeof method !== 'string') {
    throw new TypeError(`handle: method must be a string; got ${show(method)}`);
  }
  return [normalized(method), String(url), headerLines(headers), payload(body)];
}

/** What the backend's answer says: a line with its state, header fields, an empty line, the body. */
export function answered(text) {
  const end = text.indexOf('\n');
  const [status, delay, id, tells] = text.slice(0, end).split(' ');
  const empty = text.indexOf('\n\n', end);
  return { status: Number(status), delay: Number(delay), id, tells: tells === '1', headers: text.slice(end + 1, empty + 1), body: text.slice(empty + 2) };
}

/** The backend's answer as `handle` returns it. */
export function plainResponse({ status, headers, body, delay }) {
  const response = { status, headers: fields(headers) };
  if (body !== '') response.body = body;
  if (delay > 0) response.delayMs = delay;
  return response;
}

/**
 * What `fetch` was called with, as the backend takes it: at once where all of it is at hand, else a promise.
 * Throws as the platform's `fetch` rejects.
 */
export function fetchRequest(input, init) {
  init?.signal?.throwIfAborted();
  const simple = (typeof input === 'string' || input instanceof URL) && (init?.body == null || typeof init.body === 'string');
  if (!simple) return read(input instanceof Request ? remade(input, init) : new Request(absolute(input), init));
  const method = normalized(init?.method ?? 'GET');
  const body = init?.body;
  if (body != null && /^(?:GET|HEAD)$/.test(method)) {
    throw new TypeError(`fetch: a ${method} request cannot have a body`);
  }
  let headers = headerLines(init?.headers);
  // As the platform does: text is declared as such unless the caller says what it is.
  if (body != null && !/^content-type:/im.test(headers)) headers += 'content-type: text/plain;charset=UTF-8\n';
  return [method, absolute(input), headers, body ?? ''];
}

/** The backend's answer as the platform's `Response`. */
export function platformResponse({ status, headers, body }, url) {
  return located(new Response(body === '' ? null : body, { status, headers: headerPairs(headers) }), url);
}

/** A response that came from an address, as its clones did. */
export function located(response, url) {
  const clone = () => located(Response.prototype.clone.call(response), url);
  return Object.defineProperties(response, { url: { value: url.split('#')[0] }, clone: { value: clone } });
}

/** What is sent: the request itself where nothing else is asked for. Making another takes longer than all the rest. */
function remade(request, init) {
  if (init != null) return new Request(request, init);
  request.signal?.throwIfAborted();
  if (request.bodyUsed) throw new TypeError('fetch: the body of this request was used already');
  return request;
}

/** A request, at once if it has no body. */
function read(request) {
  const head = [request.method, request.url, headerLines(request.headers)];
  return request.body === null || /^(?:GET|HEAD)$/.test(request.method) ? [...head, ''] : withBody(head, request);
}

async function withBody(head, request) {
  const body = new Uint8Array(await request.arrayBuffer());
  request.signal?.throwIfAborted();
  return [...head, body];
}

function absolute(url) {
  const text = String(url);
  return /^https?:\/\/[!-~]+$/.test(text) ? text : new URL(text, BASE).href;
}

function normalized(method) {
  return NORMALIZED.test(method) ? method.toUpperCase() : method;
}

function payload(body) {
  if (body == null) return '';
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  throw new TypeError(`a body must be a string or a Uint8Array, such as JSON.stringify(…); got ${show(body)}`);
}

/** Header fields as lines of `name: value`. */
export function headerLines(headers) {
  if (headers == null) return '';
  if (typeof headers !== 'object') throw new TypeError(`headers must be an object; got ${show(headers)}`);
  let text = '';
  for (const pair of typeof headers[Symbol.iterator] === 'function' ? headers : Object.entries(headers)) {
    if (!Array.isArray(pair) || pair.length !== 2) throw new TypeError(`headers must be an object, or pairs of a name and a value; got ${show(pair)} among them`);
    const [name, value] = pair;
    const line = `${name}: ${value}`;
    if (/[^\t -\xff]/.test(line) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      throw new TypeError(`${show(line)} is no header field`);
    }
    text += `${line}\n`;
  }
  return text;
}

/** Header fields of lines, as pairs of name and value. */
export function headerPairs(headers) {
  const pairs = [];
  for (let start = 0; start < headers.length; ) {
    const [at, end] = [headers.indexOf(': ', start), headers.indexOf('\n', start)];
    pairs.push([headers.slice(start, at), headers.slice(at + 2, end)]);
    start = end + 1;
  }
  return pairs;
}

function fields(headers) {
  return Object.fromEntries(headerPairs(headers));
}
