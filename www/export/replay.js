// What tests that play a run again have in common, whichever language they are in.

import { split } from './address.js';
import { MOCK_TOKEN, standIn } from './secrets.js';

export const requestsOf = ({ inputs }) => inputs.filter(({ request }) => request);

/** What URLs of the API begin with, up to `/qod/v0`, by the first of them; nothing if that is a relative one. */
export function apiOf(run) {
  const url = requestsOf(run).find(({ request }) => split(request.url)[1].startsWith('/qod/v0/'))?.request.url;
  const api = url && `${split(url)[0]}/qod/v0`;
  return url?.startsWith(`${api}/`) ? api : undefined;
}

/** A text in strings and variables, `{ variable }`, for what answers gave; `join` stands between the words of their names. */
export function partsOf(text, issued, join) {
  return issued.parts(text).map((part) => {
    if (!part.kind) return part;
    if (part.kind === 'mock') return MOCK_TOKEN;
    return part.kind === 'webhook' ? standIn(part.text) : { variable: issued.name(part, join) };
  });
}

/** The parts of a URL with a variable in the place of what URLs of the API begin with. */
export function underApi(parts, api, variable) {
  const [first, ...rest] = parts;
  return api && typeof first === 'string' && first.startsWith(`${api}/`) ? [{ variable }, first.slice(api.length), ...rest] : parts;
}

/** Lines of code for lines that may be functions: what an answer gives is kept only if it is needed, which is known at the end. */
export function settled(lines) {
  return lines.map((line) => (typeof line === 'function' ? line() : line)).filter((line) => line !== false && line !== undefined);
}
