// The OpenAPI document of what the sandbox serves: an extra of `fetch`, loaded when it is asked for.

import { later } from './later.js';
import { located } from './messages.js';

const ADDRESS = /^([^?#]*\/qod\/v0)\/openapi\.json(?:[?#]|$)/;

/** Whether a request asks for the document. */
export function asksForDocument([method, url]) {
  return (method === 'GET' || method === 'HEAD') && ADDRESS.test(url);
}

/** The document, with the address at which it was asked for as its server. */
export async function documentResponse([method, url]) {
  const { default: document } = await later('the OpenAPI document', () => import('./openapi.js')).catch((error) => {
    throw new TypeError(`Failed to fetch: ${error.message}`, { cause: error });
  });
  const servers = [{ url: new URL(ADDRESS.exec(url)[1], 'https://sandbox.example').href }];
  const body = JSON.stringify({ ...document, servers });
  return located(new Response(method === 'HEAD' ? null : body, { headers: { 'content-type': 'application/json' } }), url);
}
