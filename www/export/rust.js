// A run as a Rust test: it plays the run again with the crate, and expects the same statuses, codes and events.

import { Issued } from './issued.js';
import { json, keyMembers, rewritable, summary, texts } from './json.js';
import { literal } from './literal.js';
import { apiOf, partsOf, requestsOf, settled, underApi } from './replay.js';
import { act } from './rust-acts.js';
import { FUNCTIONS } from './rust-functions.js';
import { fields, unknownMembers } from './rust-settings.js';
import { call, imports, letChain, letIs, scalar, string, struct, template } from './rust-text.js';
import { withCredentials } from './secrets.js';
import { changed, differing } from './settings.js';
import { IN_THE_MIDDLE, count, describe, oneLine, remarks, since, title } from './words.js';

/** `json!` goes deeper with each member, and the compiler does not follow for ever. */
const LONGEST_JSON = 2_000;

export default function write(run) {
  const test = new Test(run);
  const lines = settled([...test.start(), ...run.inputs.flatMap((input) => test.step(input)), ...test.end()]);
  return `${[...test.head(), ...lines.map((line) => (line ? `    ${line}` : '')), '}', ...test.functions()].join('\n')}\n`;
}

class Test {
  #run;
  #issued;
  #api;
  #now;
  #settings;
  #imports = new Map();
  #functions = new Set();
  /** Why the test would fail, if it would. */
  #ignored;

  constructor(run) {
    this.#run = run;
    this.#issued = new Issued(run);
    this.#api = apiOf(run);
    this.#now = run.startAt;
    this.#settings = changed({}, run.settings);
    this.#ignored = run.start && IN_THE_MIDDLE;
  }

  head() {
    const standard = imports([...this.#imports].filter(([module]) => module.startsWith('std::')));
    const others = imports([...this.#imports].filter(([module]) => !module.startsWith('std::')));
    return [
      `//! ${oneLine(title(this.#run))}`,
      '//!',
      '//! It needs the crates `qod-sandbox` and `serde_json`.',
      '#![cfg(not(target_arch = "wasm32"))]',
      '#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]',
      '',
      ...(standard.length > 0 ? [...standard, ''] : []),
      ...others,
      '',
      ...(this.#api ? [`const API: &str = ${string(this.#api)};`, ''] : []),
      '#[test]',
      ...(this.#ignored ? [`#[ignore = ${string(this.#ignored)}]`] : []),
      `fn a_run_of_${count(requestsOf(this.#run).length, 'request').replace(' ', '_')}() {`,
    ];
  }

  start() {
    const { seed, startAt } = this.#run;
    const settings = differing(this.#run.settings);
    const given = fields(settings, this.#settings, this.#use, 12).map(({ field, value }) => [field, value]);
    const options = [
      ['seed', String(Number(seed))],
      ['start_at', 'now'],
      ['settings', struct(this.#use('sandbox::Settings'), given, 8, Infinity)],
    ];
    return [
      ...this.#unsaid(settings),
      `let now = ${this.#time(startAt)};`,
      `let mut sandbox = ${this.#use('sandbox::Sandbox')}::new(&${struct(this.#use('sandbox::Options'), options, 4, 3)});`,
    ];
  }

  step(input) {
    const lines = input.request ? this.#exchange(input) : this.#act(input);
    // An input that is only a comment needs no time.
    const moved = input.at !== this.#now && lines.some((line) => !line.startsWith?.('//'));
    if (moved) this.#now = input.at;
    return ['', moved && `let now = ${this.#time(input.at)}; // ${since(this.#run, input.at)}`, ...lines];
  }

  end() {
    const { endAt, notifications } = this.#run;
    const lines = ['', `sandbox.handle_timeout(${this.#time(endAt)}); // ${since(this.#run, endAt)}`];
    if (notifications.length === 0) return [...lines, 'assert_eq!(sandbox.notifications().count(), 0);'];
    const exact = !this.#run.inputs.some(({ keepReceivers }) => keepReceivers);
    const told = notifications.map(summary).map(({ deliveries, ...event }) => (exact ? { ...event, deliveries } : event));
    const events = told.flatMap((event) => [
      `let expected = ${this.#json(event, 'let expected = '.length)};`,
      'assert_eq!(told.next(), Some(expected));',
    ]);
    const short = this.#function(exact ? 'summary' : 'event');
    return [...lines, `let mut told = sandbox.notifications().map(|told| ${short}(told));`, ...events, 'assert_eq!(told.next(), None);'];
  }

  functions() {
    return Object.keys(FUNCTIONS).filter((name) => this.#functions.has(name)).map((name) => FUNCTIONS[name].code);
  }

  #exchange(input) {
    const { method, url, headers, body } = withCredentials(input);
    const calls = Object.entries(headers).map(([name, value]) => ['.header', [string(name), this.#text(value)]]);
    const lines = [];
    if (body) {
      const value = isShort(body) ? rewritable(body) : undefined;
      lines.push(letIs('body', value ? this.#json(value, 'let body = '.length) : this.#owned(body)));
      calls.push(['.body', [value ? 'body.to_string()' : 'body']]);
    }
    const address = template(underApi(this.#parts(url), this.#api, 'API'));
    const create = (url) => call(`${this.#use('http::Request')}::new`, [string(method), url], 4, 'let request = '.length + 4);
    let first = create(address);
    if (first.includes('\n') && address.startsWith('&format!')) {
      lines.push(letIs('url', address.slice(1)));
      first = create('&url');
    }
    lines.push(letChain('request', first, calls), 'let answer = sandbox.request(now, request);');
    return [...remarks(input).map((remark) => `// ${remark}`), ...lines, ...this.#expected(input.response), ...this.#kept(input)];
  }

  #expected({ status, body }) {
    const members = texts(keyMembers(json(body)));
    const expected = members.map(([pointer, text]) => `${call('assert_eq!', [`${this.#function('member')}(&answer, ${string(pointer)})`, string(text)])};`);
    return [`assert_eq!(answer.status, ${Number(status)});`, ...expected];
  }

  #kept(input) {
    return this.#issued.of(input).map((value) => () => {
      if (!value.used) return undefined;
      const [taken, ...args] = TAKEN[value.kind];
      return `let ${this.#issued.name(value, '_')} = ${this.#function(taken)}(${['&answer', ...args].join(', ')});`;
    });
  }

  #act(input) {
    if (input.configure || typeof input.use === 'string') return this.#configure(input.configure ?? { scenario: input.use });
    // What deliveries come to is then not looked at.
    if (input.keepReceivers) return [`// ${describe(input)}`];
    const tools = { run: this.#run, text: this.#text, json: this.#json, use: this.#use, called: this.#function };
    return act(input, tools) ?? this.#leftOut(describe(input));
  }

  #configure(options) {
    this.#settings = changed(this.#settings, options);
    const changes = fields(options, this.#settings, this.#use, 4).flatMap(({ variant, value }) => [
      `let setting = ${this.#use('sandbox::Setting')}::${variant}(${value});`,
      'sandbox.configure(now, setting);',
    ]);
    return [...this.#unsaid(options), ...changes];
  }

  #unsaid(options) {
    const names = unknownMembers(options);
    return names.length > 0 ? this.#leftOut(`these settings: ${names.join(', ')}`) : [];
  }

  #leftOut(what) {
    this.#ignored ??= 'some of the run is left out: see the comments';
    return [`// Left out: ${oneLine(this.#issued.named(what, '_'))}`];
  }

  #time(at) {
    return `${this.#function('time')}(${string(at)})`;
  }

  /** A value for `json!`, behind so many characters. */
  #json = (value, before) => {
    const language = { text: this.#text, key: string, scalar, step: 4, width: 98 };
    return `${this.#use('serde_json::json')}!(${literal(value, language, 4, 4 + before + 6)})`;
  };

  #text = (text) => template(this.#parts(text));

  /** The same as a value of its own. */
  #owned(text) {
    const parts = this.#parts(text);
    return parts.length === 1 && parts[0].variable ? `${parts[0].variable}.clone()` : template(parts, true).replace(/^&/, '');
  }

  #parts(text) {
    return partsOf(text, this.#issued, '_');
  }

  /** Has something imported, by its path in the crate or its whole path; returns its name. */
  #use = (path) => {
    const whole = /^(?:std|serde_json)::/.test(path) ? path : `qod_sandbox::${path}`;
    const [, module, name] = /^(.*)::(\w+)$/.exec(whole);
    this.#imports.set(module, (this.#imports.get(module) ?? new Set()).add(name));
    return name;
  };

  /** Has a function written that is called; returns its name. */
  #function = (name) => {
    this.#functions.add(name);
    FUNCTIONS[name].uses.forEach(this.#use);
    return name;
  };
}

/** How what an answer gives is taken from it. */
const TAKEN = {
  session: ['member', '"/sessionId"'],
  token: ['member', '"/access_token"'],
  authReqId: ['member', '"/auth_req_id"'],
  code: ['redirected_code'],
};

/** Whether a body is one for `json!`. */
const isShort = (body) => body.length <= LONGEST_JSON && !/\d{16}/.test(body);
