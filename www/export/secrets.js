// Secrets: a run shows them masked. What stands for them where the run is to be played again.

import { json, textOf } from './json.js';

const MASK = '•';

/** How records show the token that is always valid. */
export const MASKED_MOCK_TOKEN = `mock${MASK.repeat(17)}oken`;
export const MOCK_TOKEN = 'mock_sandbox_access_token';

/** A verifier of RFC 7636, and its S256 challenge. */
const VERIFIER = 'a-code-verifier-in-the-place-of-a-masked-one';
const CHALLENGE = '4glBfkQCuJFRQsWQj7mMYkSp8vc4Vvd--yJNqJqbXXE';

export const isMasked = (text) => text.includes(MASK);

/** The same with letters for what is masked: as long as the secret, and the same for the same secret. */
export const standIn = (text) => text.replaceAll(MASK, 'x');

/**
 * The request of an exchange, with something that the authorization server takes in the place of what it took: credentials,
 * assertions and verifiers. Other masked parts stay as they are.
 */
export function withCredentials({ request, response }) {
  const { method, url, headers } = request;
  const body = textOf(request);
  if (/\/authorize\?/.test(url)) return { method, url: url.replace(/\?[^#]*/, (query) => `?${pairs(query.slice(1), challenge)}`), headers, body };
  const error = json(response.body)?.error;
  if (!/\/(?:token|bc-authorize)(?:[?#]|$)/.test(url) || error === 'invalid_client' || error === 'invalid_request') return { method, url, headers, body };
  const [scheme, basic = ''] = (headers.authorization ?? '').split(' ');
  const client = new URLSearchParams(body).get('client_id');
  const name = client ?? `client-${basic.replace(/\W/g, '')}`;
  return {
    method,
    url,
    headers: isMasked(basic) && /^basic$/i.test(scheme) ? { ...headers, authorization: `${scheme} ${btoa(`${name}:secret`)}` } : headers,
    body: body && pairs(body, (...pair) => credential(client ?? 'client', response, ...pair)),
  };
}

/** A form with other values. */
function pairs(form, change) {
  const values = new URLSearchParams(form);
  return form
    .split('&')
    .map((pair) => {
      const [name, value = ''] = pair.split('=');
      const changed = change(name, value, values);
      return changed === undefined ? pair : `${name}=${changed}`;
    })
    .join('&');
}

function challenge(name, _, query) {
  if (name !== 'code_challenge') return undefined;
  return query.get('code_challenge_method') === 'S256' ? CHALLENGE : VERIFIER;
}

function credential(client, { status }, name, value, form) {
  if (!isMasked(value)) return undefined;
  if (name === 'client_assertion') return assertion(client, client);
  // What was not taken is to be refused again.
  if (status >= 400) return undefined;
  if (name === 'code_verifier') return VERIFIER;
  // Without a scope, only a token of the client's own is good for anything.
  return name === 'assertion' ? assertion(client, form.get('scope') ? 'user' : client) : undefined;
}

/** A JSON web token (RFC 7523) that expires at the end of the sandbox's time. */
function assertion(iss, sub) {
  const claims = { iss, sub, aud: 'qod-sandbox', exp: 253_402_300_799 };
  return [{ alg: 'RS256' }, claims].map((part) => base64url(JSON.stringify(part))).concat('signature').join('.');
}

function base64url(text) {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
