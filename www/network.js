// Real POSTs: the only place from which something leaves the page, and only if `delivery` says so.

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
    throw new Error(cause(error, origin, headers, violations.seen), { cause: error });
  } finally {
    violations.end();
  }
  response.body?.cancel().catch(() => {});
  // Of a redirect, a page learns no more than that.
  if (response.type === 'opaqueredirect') throw new Error('the receiver redirected, which is not followed');
  return response.status;
}

/** Why a request failed, as far as can be told. */
function cause(error, origin, headers, forbidden) {
  const detail = [error?.message, error?.cause?.code].filter(Boolean).join(', ');
  if (forbidden) return `this page's Content-Security-Policy forbids it: add ${origin} to its connect-src`;
  const page = globalThis.location?.origin;
  if (!page || page === origin) return `the receiver could not be reached (${detail})`;
  const names = headers.map(([name]) => name).join(', ');
  return `the receiver could not be reached, or, more likely if it runs, does not let this page read its answer (${detail}). It must answer with "Access-Control-Allow-Origin: ${page}", and the browser's OPTIONS request before that with "Access-Control-Allow-Headers: ${names}", too`;
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
