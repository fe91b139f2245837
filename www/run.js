// Runs: exported, played again, and shared in a link.

import { later } from './later.js';
import { answered, headerLines } from './messages.js';
import { readChanges, readOptions } from './options.js';
import { setAnswer } from './receivers.js';
import { show } from './time.js';
import { fault, scenario } from './trouble.js';

/** How many inputs a run may have: many more than the sandbox keeps of one. */
const MOST_INPUTS = 100_000;

/** The formats beside JSON, each a module that is loaded when it is asked for. */
const WRITERS = {
  har: () => import('./export/har.js'),
  ndjson: () => import('./export/ndjson.js'),
  curl: () => import('./export/curl.js'),
  mermaid: () => import('./export/mermaid.js'),
  vitest: () => import('./export/vitest.js'),
  rust: () => import('./export/rust.js'),
};

/** The run in a format. `call(act)` runs `act(backend)`. */
export async function exportRun(call, format) {
  if (format === 'json') return `${JSON.stringify(JSON.parse(call((backend) => backend.exportRun(false))), null, 2)}\n`;
  if (!Object.hasOwn(WRITERS, format)) {
    throw new RangeError(`exportRun: the format must be 'json', '${Object.keys(WRITERS).join("', '")}'; got ${show(format)}`);
  }
  const { default: write } = await later(`exportRun('${format}')`, WRITERS[format]);
  return write(JSON.parse(call((backend) => backend.exportRun(true))));
}

/** Plays a run, in JSON or as an object, in the place of what the sandbox holds; says whether the same came of it. */
export function replayRun(call, given) {
  const run = readRun(given);
  const options = readOptions({ ...run.settings, seed: run.seed, startAt: run.startAt, clock: 'manual' });
  call((backend) => backend.beginReplay(options, run.start));
  let again;
  let place = 0;
  try {
    const issued = new Map();
    for (; place < run.inputs.length; place++) {
      const input = run.inputs[place];
      const at = moment(input?.at);
      call((backend) => backend.replayTo(at));
      play(call, input, issued);
    }
    const end = moment(run.endAt);
    call((backend) => backend.replayTo(end));
    again = JSON.parse(call((backend) => backend.exportRun(false)));
  } catch (error) {
    call((backend) => backend.abortReplay());
    const where = place < run.inputs.length ? `inputs[${place}]` : 'its end';
    throw new Error(`replay: ${where}: ${error.message}; the sandbox is as it was`, { cause: error });
  }
  call((backend) => backend.endReplay());
  const requests = again.inputs.filter(({ request }) => request).length;
  const firstDifference = difference(run, again);
  return { requests, notifications: again.notifications.length, ...(firstDifference && { firstDifference }) };
}

function readRun(given) {
  let run = given;
  if (typeof given === 'string') {
    try {
      run = JSON.parse(given);
    } catch (error) {
      throw new TypeError(`replay: this is no JSON: ${error.message}`, { cause: error });
    }
  }
  if (run?.format !== 'qod-sandbox/run') throw new TypeError(`replay takes what exportRun('json') or shareUrl() returned; got ${show(run).slice(0, 100)}`);
  if (run.version !== 1) throw new RangeError(`replay: this run is of version ${show(run.version)}; this sandbox plays version 1`);
  if (!Array.isArray(run.inputs)) throw new TypeError('replay: the run has no inputs');
  if (run.notifications !== undefined && !Array.isArray(run.notifications)) throw new TypeError('replay: the notifications of the run must be a list');
  if (run.inputs.length > MOST_INPUTS) throw new RangeError(`replay: the run has ${run.inputs.length} inputs; no more than ${MOST_INPUTS} are played`);
  if (run.start !== undefined && typeof run.start !== 'string') throw new TypeError('replay: the start of the run must be a text');
  return run;
}

function moment(at) {
  const millis = Date.parse(at);
  if (Number.isNaN(millis)) throw new TypeError(`at must be an ISO 8601 text; got ${show(at)}`);
  return millis;
}

/** Plays one input, which is read before the backend is called. `issued` knows what was issued now in the place of each stand-in. */
function play(call, input, issued) {
  if (input.request) request(call, input, issued);
  else call(act(input));
}

function act(input) {
  const { network, sessionId, addDevice, removeDevice, addFault, removeFault, clearFaults, redeliver } = input;
  if (network) return does('network', String(network), String(sessionId));
  if (input.configure) return does('configure', readChanges(input.configure));
  if (input.use) return does('configure', { scenario: scenario(input.use, 'use') });
  if (addDevice) return does('addDevice', JSON.stringify(addDevice));
  if (removeDevice) return does('removeDevice', String(removeDevice));
  if (addFault) return does('addFault', fault(addFault));
  if (removeFault) return does('removeFault', String(removeFault));
  if (clearFaults) return does('clearFaults');
  if (input.addReceiver) return does('addReceiver', ...receiver(input.addReceiver));
  if (input.removeReceiver !== undefined) return does('removeReceiver', Number(input.removeReceiver));
  if (input.keepReceivers) return does('replayReceivers', String(input.exactly));
  if (input.received) return does('replayReceived', ...received(input.received));
  if (redeliver) return does('redeliver', String(redeliver));
  throw new TypeError(`it is nothing that can be played: ${show(input).slice(0, 100)}`);
}

const does = (name, ...given) => (backend) => backend[name](...given);

function request(call, input, issued) {
  const { method, url, headers, body = '', bodyBase64 } = input.request;
  if (typeof method !== 'string' || typeof url !== 'string') throw new TypeError(`a request has a method and a url; got ${show({ method, url })}`);
  const now = (text) => restored(String(text), issued);
  const fields = headerLines(Object.entries(headers ?? {}).map(([name, value]) => [name, now(value)]));
  const sent =
    bodyBase64 === undefined
      ? does('handle', method, now(url), fields, now(body))
      : does('handleBytes', method, now(url), fields, Uint8Array.from(atob(bodyBase64), (byte) => byte.charCodeAt(0)));
  const { headers: lines, body: text } = answered(call(sent));
  const { response, issued: named } = input;
  if (named !== undefined && !Array.isArray(named)) throw new TypeError(`issued must be a list of stand-ins; got ${show(named)}`);
  const expected = named ?? (response ? secrets(call, response) : []);
  const got = expected.length > 0 ? call((backend) => backend.secretsIn(lines, text)) : [];
  expected.forEach((standIn, place) => {
    if (got[place] !== undefined && got[place] !== standIn) issued.set(standIn, got[place]);
  });
}

/** The secrets of an answer in a run, in order. */
function secrets(call, { headers, body = '' }) {
  if (typeof headers !== 'object' || headers === null || typeof body !== 'string') throw new TypeError(`a response has headers and a body of text; got ${show({ headers, body })}`);
  const lines = headerLines(Object.entries(headers));
  return call((backend) => backend.secretsIn(lines, body));
}

/** A text with what was issued now in the place of its stand-ins. */
function restored(text, issued) {
  if (issued.size === 0 || !text.includes('stand-in-')) return text;
  return text.replace(/(?:[0-9a-f]+\.)?stand-in-\d+-x*/g, (standIn) => issued.get(standIn) ?? standIn);
}

function receiver({ kind, target, answer }) {
  if (!['url', 'origin', 'pattern', 'any'].includes(kind) || typeof target !== 'string') {
    throw new TypeError(`a receiver has a kind and a target; got ${show({ kind, target })}`);
  }
  return [kind, target, answer && setAnswer(recorded(answer))];
}

/** A set answer as the backend writes it: 0 stands for never. */
const recorded = ({ status, failWith, ...rest }) => ({ ...rest, ...some('status', status), ...some('failWith', failWith) });
const some = (name, reply) => reply !== undefined && { [name]: reply === 0 ? 'timeout' : reply };

function received({ delivery, status, failed, routed }) {
  const kind = status !== undefined ? 'status' : failed !== undefined ? 'failed' : routed !== undefined ? 'routed' : 'noReceiver';
  return [Number(delivery), kind, Number(status ?? routed ?? 0), String(failed ?? '')];
}

/** The first answer or notification that is not as it was; nothing if the run does not say how it was. */
function difference(run, again) {
  for (const [place, { response }] of run.inputs.entries()) {
    const got = again.inputs[place]?.response;
    if (response && !same(response, got)) return { input: place, expected: response, got };
  }
  for (const [place, expected] of (run.notifications ?? []).entries()) {
    const got = again.notifications[place];
    if (!same(expected, got)) return { notification: place, expected, got };
  }
  const more = run.notifications && again.notifications[run.notifications.length];
  return more && { notification: run.notifications.length, got: more };
}

/** Whether two texts of JSON are the same, whatever the numbers of their stand-ins: those are of the order of their coming. */
const same = (expected, got) => plain(expected) === plain(got);
const plain = (value) => JSON.stringify(value)?.replace(/stand-in-\d+-x*/g, 'stand-in');

/** A run without what came of it: that comes of it again. What was issued is told by its stand-ins. */
export function inputsOnly(call, text) {
  const { notifications, ...run } = JSON.parse(text);
  const inputs = run.inputs.map(({ response, ...input }) => {
    const issued = response ? secrets(call, response) : [];
    return issued.length > 0 ? { ...input, issued } : input;
  });
  return { ...run, inputs };
}
