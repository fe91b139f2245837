// A run as a test for Vitest: it plays the run again, and expects the same statuses, codes and events.

import { Issued } from './issued.js';
import { key, string, template } from './javascript.js';
import { json, keyMembers, rewritable, summary } from './json.js';
import { Code, literal } from './literal.js';
import { apiOf, partsOf, requestsOf, settled, underApi } from './replay.js';
import { withCredentials } from './secrets.js';
import { differing } from './settings.js';
import { act, isSet, leaves, setAnswer, staying } from './vitest-acts.js';
import { IN_THE_MIDDLE, count, describe, oneLine, remarks, since, title } from './words.js';

export default function write(run) {
  const test = new Test(run);
  const lines = settled(run.inputs.flatMap((input) => test.step(input)).concat(test.end()));
  return `${[...test.head(), ...lines.map((line) => (line ? `  ${line}` : '')), '});', ...test.functions()].join('\n')}\n`;
}

class Test {
  #run;
  #issued;
  #now;
  /** What URLs begin with, and the headers that most requests have: each has a name. */
  #api;
  #headers;
  #answered = false;
  #receivers = [];
  /** Whether webhooks are answered as they were in the run. */
  #exact;

  constructor(run) {
    this.#run = run;
    this.#issued = new Issued(run);
    this.#now = run.startAt;
    this.#api = apiOf(run);
    const headers = requestsOf(run).map((input) => this.#message(input).headers ?? {});
    const plain = headers.filter((fields) => Object.keys(fields).length > 0 && !Object.values(fields).some((value) => this.#issued.awaits(value)));
    this.#headers = commonest(plain.map((fields) => this.#code('', fields, '')));
    const strange = ({ received, keepReceivers, addReceiver }) => received || keepReceivers || (addReceiver && !isSet(addReceiver));
    this.#exact = !run.inputs.some(strange) && !leaves(run);
  }

  head() {
    const { seed, startAt, settings, start } = this.#run;
    const constants = [this.#api && `const api = ${string(this.#api)};`, this.#headers && `const headers = ${this.#headers};`].filter(Boolean);
    return [
      `// ${oneLine(title(this.#run))}`,
      ...(start ? [`// ${IN_THE_MIDDLE} So this test is skipped.`] : []),
      '',
      "import { createSandbox } from 'qod-sandbox';",
      "import { expect, test } from 'vitest';",
      '',
      ...(constants.length > 0 ? [...constants, ''] : []),
      `test${start ? '.skip' : ''}('a run of ${count(requestsOf(this.#run).length, 'request')}', async () => {`,
      this.#code('  const sandbox = await createSandbox(', { clock: 'manual', seed, startAt, ...staying(differing(settings)) }, ');'),
    ];
  }

  step(input) {
    const lines = input.request ? this.#exchange(input) : this.#act(input);
    // What is only a comment needs no time.
    const moved = lines.some((line) => !line.startsWith?.('//')) && this.#move(input.at);
    return ['', moved, ...lines];
  }

  end() {
    const events = this.#run.notifications.map(summary).map(({ deliveries, ...event }) => (this.#exact ? { ...event, deliveries } : event));
    const summarised = events.length > 0 ? '.map(summary)' : '';
    return ['', this.#move(this.#run.endAt), this.#code(`expect(sandbox.notifications()${summarised}).toEqual(`, events, ');')];
  }

  functions() {
    const told = this.#run.notifications.length > 0;
    return [...(requestsOf(this.#run).length > 0 ? [SEND] : []), ...(told ? [this.#exact ? SUMMARY : SHORT_SUMMARY] : [])];
  }

  #move(at) {
    const moved = at !== this.#now && `sandbox.clock.advanceTo(${string(at)}); // ${since(this.#run, at)}`;
    this.#now = at;
    return moved;
  }

  #exchange(input) {
    const { method, url, headers, body } = this.#message(input);
    const named = headers && this.#code('', headers, '') === this.#headers ? new Code('headers') : headers;
    const options = { ...(headers && { headers: named }), ...(body && { body }) };
    const target = `${string(method)}, ${template(underApi(this.#parts(url), this.#api, 'api'))}`;
    const call = (before, after) => {
      const start = `${before}send(sandbox, ${target}`;
      return headers || body ? this.#code(`${start}, `, options, `)${after}`) : `${start})${after}`;
    };
    const comments = remarks(input).map((remark) => `// ${remark}`);
    const { status } = input.response;
    if (status === 0) return [...comments, call('expect(() => ', ').toThrow(); // The connection failed.')];
    const members = keyMembers(json(input.response.body));
    const sent = call(this.#answered ? 'answer = ' : 'let answer = ', ';');
    this.#answered = true;
    const expected = this.#code('expect(answer).toMatchObject(', { status, ...(members && { body: members }) }, ');');
    const kept = this.#issued.of(input).map((value) => () => value.used && `const ${this.#issued.name(value)} = ${TAKEN[value.kind]};`);
    return [...comments, sent, expected, ...kept];
  }

  /** A request as `send` takes it: an object is sent as JSON, and said to be. */
  #message(input) {
    const { method, url, headers: given, body } = withCredentials(input);
    const { 'content-type': type, ...others } = given;
    const value = type === 'application/json' ? rewritable(body) : undefined;
    const headers = value ? others : given;
    return { method, url, headers: Object.keys(headers).length > 0 ? headers : undefined, body: value ?? body };
  }

  #act(input) {
    const { addReceiver, removeReceiver } = input;
    const code = addReceiver ? this.#receive(addReceiver) : act(input, this.#run, this.#text, this.#code);
    const gone = removeReceiver !== undefined && isSet(this.#receivers[removeReceiver]) && this.#isRemoved(removeReceiver) && `undo${removeReceiver}();`;
    return [code || gone || `// In the run, ${this.#issued.named(describe(input))}.`];
  }

  #receive(receiver) {
    const number = this.#receivers.push(receiver) - 1;
    const { kind, target, answer } = receiver;
    if (!isSet(receiver)) return `// In the run, ${oneLine(describe({ addReceiver: receiver }))}. Yours goes here: sandbox.receive(url, handler).`;
    const undo = this.#isRemoved(number) ? `const undo${number} = ` : '';
    return this.#code(`${undo}sandbox.receive(${this.#text(kind === 'any' ? '*' : target)}, `, setAnswer(answer), ');');
  }

  /** Receivers have numbers in the order of their coming, unless some were there before the run. */
  #isRemoved(number) {
    return this.#run.inputs.some(({ removeReceiver }) => removeReceiver === number) && !this.#run.inputs.some(({ keepReceivers }) => keepReceivers);
  }

  #text = (text) => template(this.#parts(text));

  #parts(text) {
    return partsOf(text, this.#issued, '');
  }

  /** Code with a value in it. */
  #code = (before, value, after) => {
    const language = { text: this.#text, key, scalar: JSON.stringify, step: 2, width: 120 };
    return before + literal(value, language, 2, 2 + before.length + after.length) + after;
  };
}

/** What comes most often of some texts, if it comes more than once. */
function commonest(texts) {
  const counts = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [[text, count] = []] = [...counts].sort(([, one], [, other]) => other - one);
  return count > 1 ? text : undefined;
}

/** How what an answer gives is taken from it. */
const TAKEN = {
  session: 'answer.body.sessionId',
  token: 'answer.body.access_token',
  authReqId: 'answer.body.auth_req_id',
  code: "new URL(answer.headers.location).searchParams.get('code')",
};

const SEND = `
/** Makes a request, an object as its body in JSON; reads the body of the answer. */
function send(sandbox, method, url, { headers, body } = {}) {
  const json = typeof body === 'object' && { 'content-type': 'application/json' };
  const answer = sandbox.handle({ method, url, headers: { ...json, ...headers }, body: json ? JSON.stringify(body) : body });
  return { ...answer, body: answer.headers['content-type'] === 'application/json' && answer.body ? JSON.parse(answer.body) : answer.body };
}`;

const SUMMARY = `
/** A notification in short, and what became of each attempt to deliver it. */
function summary({ event: { time, data }, deliveries }) {
  return { time, ...data, deliveries: deliveries.map(({ outcome, status }) => (status ? \`\${outcome} \${status}\` : outcome)) };
}`;

const SHORT_SUMMARY = `
/** A notification in short. */
function summary({ event: { time, data } }) {
  return { time, ...data };
}`;
