// Runs: exported, played again, and shared in a link.

import { headerLines } from './messages.js';
import { readChanges, readOptions } from './options.js';
import { show } from './time.js';
import { fault, scenario } from './trouble.js';

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
  const { default: write } = await WRITERS[format]();
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
      call((backend) => {
        backend.replayTo(moment(input?.at));
        play(backend, input, issued);
      });
    }
    call((backend) => backend.replayTo(moment(run.endAt)));
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
  if (run.start !== undefined && typeof run.start !== 'string') throw new TypeError('replay: the start of the run must be a text');
  return run;
}

function moment(at) {
  const millis = Date.parse(at);
  if (Number.isNaN(millis)) throw new TypeError(`at must be an ISO 8601 text; got ${show(at)}`);
  return millis;
}

/** Plays one input. `issued` knows what was issued now in the place of each stand-in. */
function play(backend, input, issued) {
  if (input.request) request(backend, input, issued);
  else if (input.network) backend.network(String(input.network), String(input.sessionId));
  else if (input.configure) backend.configure(readChanges(input.configure));
  else if (input.use) backend.configure({ scenario: scenario(input.use, 'use') });
  else if (input.addDevice) backend.addDevice(JSON.stringify(input.addDevice));
  else if (input.removeDevice) backend.removeDevice(String(input.removeDevice));
  else if (input.addFault) backend.addFault(fault(input.addFault));
  else if (input.removeFault) backend.removeFault(String(input.removeFault));
  else if (input.clearFaults) backend.clearFaults();
  else if (input.addReceiver) receiver(backend, input.addReceiver);
  else if (input.removeReceiver !== undefined) backend.removeReceiver(Number(input.removeReceiver));
  else if (input.keepReceivers) backend.replayReceivers(String(input.exactly));
  else if (input.received) received(backend, input.received);
  else if (input.redeliver) backend.redeliver(String(input.redeliver));
  else throw new TypeError(`it is nothing that can be played: ${show(input).slice(0, 100)}`);
}

function request(backend, input, issued) {
  const { method, url, headers, body = '', bodyBase64 } = input.request;
  const now = (text) => restored(String(text), issued);
  const fields = headerLines(Object.entries(headers ?? {}).map(([name, value]) => [name, now(value)]));
  const answer =
    bodyBase64 === undefined
      ? backend.handle(String(method), now(url), fields, now(body))
      : backend.handleBytes(String(method), now(url), fields, Uint8Array.from(atob(bodyBase64), (byte) => byte.charCodeAt(0)));
  const { response } = input;
  const expected = input.issued ?? (response ? secrets(backend, response) : []);
  const [, lines, text] = answer;
  const got = expected.length > 0 ? backend.secretsIn(lines, text) : [];
  expected.forEach((standIn, place) => {
    if (got[place] !== undefined && got[place] !== standIn) issued.set(standIn, got[place]);
  });
}

/** The secrets of an answer in a run, in order. */
const secrets = (backend, { headers, body = '' }) => backend.secretsIn(headerLines(Object.entries(headers)), body);

/** A text with what was issued now in the place of its stand-ins. */
function restored(text, issued) {
  if (issued.size === 0 || !text.includes('stand-in-')) return text;
  return text.replace(/(?:[0-9a-f]+\.)?stand-in-\d+-x*/g, (standIn) => issued.get(standIn) ?? standIn);
}

function receiver(backend, { kind, target, answer }) {
  if (!['url', 'origin', 'pattern', 'any'].includes(kind) || typeof target !== 'string') {
    throw new TypeError(`a receiver has a kind and a target; got ${show({ kind, target })}`);
  }
  backend.addReceiver(kind, target, answer);
}

function received(backend, { delivery, status, failed, routed }) {
  const kind = status !== undefined ? 'status' : failed !== undefined ? 'failed' : routed !== undefined ? 'routed' : 'noReceiver';
  backend.replayReceived(Number(delivery), kind, Number(status ?? routed ?? 0), String(failed ?? ''));
}

/** The first answer or notification that is not as it was; nothing if the run does not say how it was. */
function difference(run, again) {
  for (const [place, { response }] of run.inputs.entries()) {
    const got = again.inputs[place]?.response;
    if (response && JSON.stringify(response) !== JSON.stringify(got)) return { input: place, expected: response, got };
  }
  for (const [place, expected] of (run.notifications ?? []).entries()) {
    const got = again.notifications[place];
    if (JSON.stringify(expected) !== JSON.stringify(got)) return { notification: place, expected, got };
  }
  const more = run.notifications && again.notifications[run.notifications.length];
  return more && { notification: run.notifications.length, got: more };
}

/** A run without what came of it: that comes of it again. What was issued is told by its stand-ins. */
export function inputsOnly(call, text) {
  const { notifications, ...run } = JSON.parse(text);
  const inputs = run.inputs.map(({ response, ...input }) => {
    const issued = response ? call((backend) => secrets(backend, response)) : [];
    return issued.length > 0 ? { ...input, issued } : input;
  });
  return { ...run, inputs };
}
