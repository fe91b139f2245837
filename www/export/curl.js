// A run as a POSIX shell script: its requests, played with curl against any server.

import { absolute, rootOf, split } from './address.js';
import { NAME, OF_CLIENT } from './fields.js';
import { Issued } from './issued.js';
import { settled } from './replay.js';
import { MOCK_TOKEN, isMasked, withCredentials } from './secrets.js';
import { FUNCTIONS } from './shell-functions.js';
import { word } from './shell.js';
import { IN_THE_MIDDLE, describe, oneLine, remarks, since, title } from './words.js';

/** A token that webhooks may have. */
const STAND_IN = 'QOD_WEBHOOK_TOKEN=${QOD_WEBHOOK_TOKEN:-a-webhook-token-for-trying}';

export default function write(run) {
  const script = new Script(run);
  const steps = run.inputs.map((input) => script.step(input));
  // What an answer gives is kept only if it is needed later: known when all is written.
  const body = steps.map((lines) => settled(lines).join('\n')).join('\n\n');
  const functions = Object.keys(FUNCTIONS).filter((name) => new RegExp(`(?:^|\\()${name} `, 'm').test(body));
  return [...script.head(body), ...functions.map((name) => FUNCTIONS[name]), '', body].join('\n').trimEnd() + '\n';
}

class Script {
  #run;
  #issued;
  #root;
  #at;
  #requests = 0;
  #needsToken = false;

  constructor(run) {
    this.#run = run;
    this.#issued = new Issued(run);
    this.#root = rootOf(run);
    this.#at = run.inputs[0]?.at;
  }

  head(body) {
    const token = this.#needsToken ? ': "${QOD_TOKEN:?is to be an access token of the server}"' : `QOD_TOKEN=\${QOD_TOKEN:-${MOCK_TOKEN}}`;
    const variables = [
      ['QOD_API_ROOT', 'the server: what stands before /qod/v0', `QOD_API_ROOT=\${QOD_API_ROOT:-${word([this.#root])}}`],
      ['QOD_TOKEN', `the access token${this.#needsToken ? ', which the run does not show' : ''}`, token],
      ['QOD_WEBHOOK_TOKEN', 'the notificationAuthToken, 20 to 256 characters; the run does not show it', STAND_IN],
      ['QOD_PACE', 'if set, the waits of the run are kept, in whole seconds'],
    ].filter(([name]) => /ROOT|PACE/.test(name) || new RegExp(`\\$\\{?${name}\\b`).test(body));
    return [
      '#!/bin/sh',
      '# shellcheck disable=SC2016  # What is sent is sent as it is.',
      `# ${oneLine(title(this.#run))}`,
      ...(this.#run.start ? [`# ${IN_THE_MIDDLE}`] : []),
      '#',
      ...variables.map(([name, meaning]) => `# ${name.padEnd(17)}  ${meaning}`),
      'set -eu',
      '',
      ...variables.map(([, , line]) => line).filter(Boolean),
    ];
  }

  /** The lines of an input; a function stands for one that may be left out. */
  step(input) {
    const waited = Math.ceil((Date.parse(input.at) - Date.parse(this.#at)) / 1_000);
    this.#at = input.at;
    const wait = waited > 0 && `pace ${waited}`;
    const when = `# ${since(this.#run, input.at)}:`;
    if (!input.request) return [wait, `${when} ${this.#issued.named(describe(input), '_')}`];
    const { request, response } = input;
    const which = `${when} request ${++this.#requests}`;
    if (!NAME.test(request.method)) return [wait, `${which} has a method that curl does not send: ${oneLine(request.method)}`];
    const outcome = response.status === 0 ? 'the connection failed' : `answered with ${response.status}`;
    const comments = remarks(input).concat(hasCredentials(request) ? 'Its credentials are stand-ins: the run does not show them.' : []);
    return [wait, `${which}, ${outcome}`, ...comments.map((one) => `# ${one}`), this.#request(withCredentials(input), response), ...this.#kept(input)];
  }

  #request({ method, url, headers, body = '' }, { status }) {
    const fields = Object.entries(headers).filter(([name]) => NAME.test(name) && !OF_CLIENT.test(name));
    const options = fields.map(([name, value]) => this.#field(name, oneLine(value), status));
    const has = (field) => Object.keys(headers).some((name) => name.toLowerCase() === field);
    // Other servers want a token, also where this sandbox wanted none.
    if (this.#run.settings.auth === 'off' && !has('authorization')) options.push(word(['authorization: Bearer ', { variable: 'QOD_TOKEN' }]));
    // Else curl would say that a form comes.
    if (body && !has('content-type')) options.push(word(['content-type:']));
    const call = ['request', word([method]), this.#word(this.#path(url)), word([String(status)]), this.#word(body)].join(' ');
    return [call, ...options.map((option) => `  --header ${option}`)].join(' \\\n');
  }

  /** The path behind the root of the server; all servers of a run become one. */
  #path(url) {
    const [root, path] = split(url);
    const inside = absolute(url).startsWith(`${this.#root}/`) && root.length < this.#root.length;
    return inside ? absolute(url).slice(this.#root.length) : path;
  }

  #field(name, value, status) {
    const parts = this.#issued.parts(value);
    const unknown = /^authorization$/i.test(name) && /^bearer .*•/i.test(value) && parts.every(({ kind }) => !kind);
    if (unknown && status !== 401 && this.#run.settings.auth !== 'off') {
      this.#needsToken = true;
      return word([`${name}: Bearer `, { variable: 'QOD_TOKEN' }]);
    }
    // With a colon alone, curl would take the field away.
    return value === '' ? word([`${name};`]) : word([`${name}: `, ...this.#variables(parts)]);
  }

  #word(text) {
    return word(this.#variables(this.#issued.parts(text)));
  }

  #variables(parts) {
    return parts.map((part) => (part.kind ? { variable: this.#variable(part) } : part));
  }

  #variable(value) {
    return { mock: 'QOD_TOKEN', webhook: 'QOD_WEBHOOK_TOKEN' }[value.kind] ?? this.#issued.name(value, '_');
  }

  #kept(input) {
    return this.#issued.of(input).map((value) => () => value.used && `${this.#variable(value)}=$(${TAKEN[value.kind]})`);
  }
}

/** How what an answer gives is taken from it. */
const TAKEN = { session: 'member sessionId', token: 'member access_token', authReqId: 'member auth_req_id', code: 'parameter code' };

function hasCredentials({ url, headers, body = '' }) {
  const secrets = isMasked(body) || /^basic .*•/i.test(headers.authorization);
  return secrets && /\/(?:token|bc-authorize)(?:[?#]|$)/.test(url);
}
