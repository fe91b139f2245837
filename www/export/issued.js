// What answers of a run gave and later requests bring back: session ids, tokens, codes. A run that is played again gets others.

import { json } from './json.js';
import { MASKED_MOCK_TOKEN, standIn } from './secrets.js';

/** Where such a value may stand: a UUID, a secret with its ends shown, the id of a request that waits for its user. */
const CANDIDATE = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[!-~]{4}•{8,}[!-~]{4}|[\da-f]{1,16}\.[\da-f]{32}/gi;

/**
 * Values by their kind: `'session'`, `'token'`, `'code'`, `'authReqId'`; and two that no answer gives, the token that is
 * always valid (`'mock'`), and a client's own for its webhook (`'webhook'`).
 */
export class Issued {
  #values = new Map([[MASKED_MOCK_TOKEN, { kind: 'mock', text: MASKED_MOCK_TOKEN, known: true }]]);
  #byInput = new Map();
  #counts = {};

  constructor(run) {
    for (const input of run.inputs.filter(({ request }) => request)) {
      for (const [kind, text] of given(input)) this.#add(input, kind, text);
      const { notificationAuthToken: token } = json(input.request.body)?.webhook ?? {};
      // One of another length is a breach of the schema, and should stay one.
      if (typeof token === 'string' && token.length >= 20 && token.length <= 256) this.#add(input, 'webhook', token);
    }
  }

  /** What the answer of an exchange gave, for the first time. From now on it is known. */
  of(input) {
    const values = this.#byInput.get(input) ?? [];
    for (const value of values) value.known = true;
    return values;
  }

  /** Whether there is something in a text that an answer is yet to give. */
  awaits(text) {
    return Array.from(text.matchAll(CANDIDATE), ([candidate]) => this.#values.get(candidate)).some((value) => value && !value.known);
  }

  /** A text in parts: strings, and values that are known. What is masked otherwise gets letters in its place. */
  parts(text) {
    const parts = [];
    let end = 0;
    for (const { 0: candidate, index } of text.matchAll(CANDIDATE)) {
      const value = this.#values.get(candidate);
      if (!value?.known) continue;
      value.used = true;
      if (index > end) parts.push(standIn(text.slice(end, index)));
      parts.push(value);
      end = index + candidate.length;
    }
    if (end < text.length) parts.push(standIn(text.slice(end)));
    return parts;
  }

  /** A text for people, with the names of such values. */
  named(text, join) {
    return text.replace(CANDIDATE, (candidate) => {
      const value = this.#values.get(candidate);
      return value ? this.name(value, join) : candidate;
    });
  }

  /** A name for a value: with a number, if there are several of its kind. `join` stands between its words. */
  name({ kind, number }, join = '') {
    const words = kind.replace(/[A-Z]/g, (letter) => (join ? join + letter.toLowerCase() : letter));
    return this.#counts[kind] > 1 ? words + join + number : words;
  }

  #add(input, kind, text) {
    if (this.#values.has(text)) return;
    const number = (this.#counts[kind] = (this.#counts[kind] ?? 0) + 1);
    const value = { kind, text, number, known: kind === 'webhook', used: false };
    this.#values.set(text, value);
    if (kind !== 'webhook') this.#byInput.set(input, [...(this.#byInput.get(input) ?? []), value]);
  }
}

function given({ request, response }) {
  const body = json(response.body) ?? {};
  const location = response.status === 302 && /[?&]code=([^&#]*)/.exec(response.headers.location ?? '');
  return [
    ['session', request.method === 'POST' && response.status === 201 && body.sessionId],
    ['token', body.access_token],
    ['authReqId', body.auth_req_id],
    ['code', location && location[1]],
  ].filter(([, text]) => typeof text === 'string' && text !== '');
}
