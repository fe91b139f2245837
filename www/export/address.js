// Addresses of requests: the part that is a server's own, and the path that all servers share.

/** Where relative URLs are resolved. */
const BASE = 'https://sandbox.example';

const ENDPOINTS = ['/token', '/bc-authorize', '/authorize', '/.well-known/openid-configuration'];

/** A URL as it is sent: absolute, without its fragment, in ASCII. */
export function absolute(url) {
  const [text] = url.split('#');
  const whole = /^[^/?]+:\/\//.test(text) ? text : text.startsWith('//') ? `https:${text}` : `${BASE}/${text.replace(/^\/+/, '')}`;
  return whole.replace(/[^!-~]/gu, (one) => encodeURIComponent(/\p{Cs}/u.test(one) ? '\ufffd' : one));
}

/** A URL in two: what stands before `/qod/v0`, or before an address of the authorization server, and the rest with its query. */
export function split(url) {
  const text = absolute(url);
  const [address] = text.split('?');
  const from = address.indexOf('/', address.indexOf('://') + 3);
  if (from < 0) return [address, text.slice(address.length)];
  const api = address.lastIndexOf('/qod/v0');
  const endpoint = ENDPOINTS.find((path) => address.endsWith(path));
  const at = api >= from ? api : endpoint ? address.length - endpoint.length : from;
  return [text.slice(0, at), text.slice(at)];
}

/** The server of a run: that of its first request. */
export function rootOf(run) {
  const first = run.inputs.find(({ request }) => request);
  return first ? split(first.request.url)[0] : BASE;
}
