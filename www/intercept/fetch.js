// fetch, answered by a sandbox or passed on.

import { resolved } from './urls.js';

const REDIRECTS = [301, 302, 303, 307, 308];

/** How many redirects a browser follows. */
const MOST = 20;

/** Servers see where a redirect leads that they do not follow; pages do not. */
const onServer = () => globalThis.process?.versions?.node !== undefined;

/** The original, but for what a sandbox is to answer: what passes is the very call. */
export function fetchLike(original, way) {
  return new Proxy(original, {
    apply(target, self, args) {
      const [input, init] = args;
      const isRequest = typeof input?.url === 'string' && typeof input.clone === 'function';
      const url = resolved(isRequest ? input.url : input);
      const sandbox = url && way.find(url);
      if (!sandbox) return Reflect.apply(target, self, args);
      // A Request may be one of another frame.
      return answer(way, sandbox, !isRequest ? url.href : input instanceof Request ? input : new Request(input), init);
    },
  });
}

/** The sandbox's answer, or where it leads. */
export async function answer(way, sandbox, input, init, hops = MOST) {
  const response = await sandbox.fetch(input, init);
  const location = response.headers.get('location');
  if (!REDIRECTS.includes(response.status) || location === null) return response;
  const redirect = init?.redirect ?? input.redirect ?? 'follow';
  if (redirect === 'manual') return onServer() ? response : opaque(response.url);
  if (redirect === 'error') throw new TypeError(`Failed to fetch: ${response.url} redirects, and redirect is 'error'`);
  if (hops === 0) throw new TypeError('Failed to fetch: too many redirects');
  return follow(way, new URL(location, response.url), new Request(input, init), hops - 1);
}

/** Of the sandbox's redirects, all are answers to GET or HEAD. */
async function follow(way, url, from, hops) {
  const { method, credentials, cache, referrerPolicy, signal } = from;
  const headers = new Headers(from.headers);
  if (url.origin !== new URL(from.url).origin) headers.delete('authorization');
  url.hash = '';
  const init = { method, headers, credentials, cache, referrerPolicy, signal };
  const sandbox = way.find(url);
  const response = await (sandbox ? answer(way, sandbox, url.href, init, hops) : way.pass(new Request(url, init)));
  return Object.defineProperty(response, 'redirected', { value: true });
}

/** What a page sees of a redirect that it does not follow. */
function opaque(url) {
  return Object.defineProperties(Response.error(), { type: { value: 'opaqueredirect' }, url: { value: url } });
}
