// Which requests a sandbox answers.

import { show } from '../time.js';

/** What stands beside `/qod/v0` under an API root. */
const BESIDE = /\/(?:token|bc-authorize|authorize|\.well-known\/openid-configuration)$/;

const API = '/qod/v0/';

/** An address as the page means it, without what stands behind `#`; nothing where it is none. */
export function resolved(address) {
  try {
    const url = new URL(address, globalThis.document?.baseURI ?? globalThis.location?.href);
    url.hash = '';
    return url;
  } catch {
    return undefined;
  }
}

/** A function that says whether a URL is one of those; without any, the usual ones. */
export function chosenBy(urls, name) {
  if (urls === undefined) return usual;
  const list = Array.isArray(urls) ? urls : [urls];
  if (list.length === 0) throw new TypeError(`${name} must name at least one API root or pattern; got []`);
  const tests = list.map((one, index) => chosen(one, list === urls ? `${name}[${index}]` : name));
  return (url) => tests.some((test) => test(url));
}

/** The API anywhere; tokens from anywhere but the page's own origin, which has a `/token` of its own perhaps. */
function usual({ protocol, origin, pathname }) {
  if (protocol !== 'https:' && protocol !== 'http:') return false;
  return pathname.includes(API) || (BESIDE.test(pathname) && origin !== globalThis.location?.origin);
}

function chosen(value, name) {
  if (typeof value?.test === 'function') {
    return ({ href }) => {
      // A RegExp with the flag g goes on from where it was.
      if (value instanceof RegExp) value.lastIndex = 0;
      return Boolean(value.test(href));
    };
  }
  const root = typeof value === 'string' || value instanceof URL ? resolved(value) : undefined;
  if (!root || !/^https?:$/.test(root.protocol) || root.search || root.username || root.password) {
    throw new TypeError(
      `${name} must be an API root such as 'https://api.example.com/gateway' (http or https, no query), a URLPattern or a RegExp; got ${show(value)}`,
    );
  }
  const base = root.pathname.replace(/\/(?:qod\/v0\/?)?$/, '');
  return ({ origin, pathname }) => {
    if (origin !== root.origin || !pathname.startsWith(base)) return false;
    const rest = pathname.slice(base.length);
    return rest.startsWith(API) || BESIDE.exec(rest)?.index === 0;
  };
}
