// Real POSTs: the only place from which something leaves the page, and only if `delivery` says so.

import { later } from './listeners.js';

// Taken here, so that a page may replace the global by a sandbox's.
const { fetch } = globalThis;

const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/;

/** The status that a receiver out there answers with. Throws with the reason where there is none. */
export async function post({ url, headers, body, signal }) {
  const { protocol, hostname, origin, username, password } = new URL(url);
  if (username || password) throw new Error('a URL with a user or a password in it cannot be posted to');
  if (protocol !== 'https:' && !LOOPBACK.test(hostname)) {
    throw new Error('over http, only this machine is posted to (localhost, 127.0.0.1, [::1]): use https');
  }
  const violations = watchPolicy(origin);
  let response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
      cache: 'no-store',
    });
  } catch (error) {
    // A violation of the page's policy is told in a task of its own.
    await new Promise(later);
    throw new Error(violations.seen ? forbidden(origin) : unreached(error, url, headers), { cause: error });
  } finally {
    violations.end();
  }
  response.body?.cancel().catch(() => {});
  // Of a redirect, a page learns no more than that.
  if (response.type === 'opaqueredirect') throw new Error('the receiver redirected, which is not followed');
  return response.status;
}

const forbidden = (origin) => `this page's Content-Security-Policy forbids it: add ${origin} to its connect-src`;

/** Why a request failed, as far as can be told: the browser tells a page no more than that it did. */
function unreached(error, url, headers) {
  const detail = [error?.message, error?.cause?.code].filter(Boolean).join(', ');
  const { origin, hostname } = new URL(url);
  if (globalThis.navigator?.onLine === false && !LOOPBACK.test(hostname)) return `the receiver could not be reached: this browser is offline (${detail})`;
  const page = globalThis.location;
  if (!page || page.origin === origin) return `the receiver could not be reached (${detail})`;
  const names = headers.map(([name]) => name).join(', ');
  const local = LOOPBACK.test(hostname) && !LOOPBACK.test(page.hostname) ? '. A browser that asks whether this page may reach this device must be told yes' : '';
  return `the receiver could not be reached, or, more likely if it runs, does not let this page read its answer (${detail}). It must answer with "Access-Control-Allow-Origin: ${page.origin}", and the browser's OPTIONS request before that with "Access-Control-Allow-Headers: ${names}", too${local}`;
}

/** Sees whether the page's policy forbids requests to an origin. */
function watchPolicy(origin) {
  const watch = { seen: false, end() {} };
  if (typeof document === 'undefined') return watch;
  const see = ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === 'connect-src' && blockedURI.startsWith(origin)) watch.seen = true;
  };
  document.addEventListener('securitypolicyviolation', see);
  watch.end = () => document.removeEventListener('securitypolicyviolation', see);
  return watch;
}
