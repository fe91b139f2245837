// A run as a sequence diagram for Mermaid: who told whom what, and how much time passed between.

import { split } from './address.js';
import { json } from './json.js';
import { timeline } from './timeline.js';
import { IN_THE_MIDDLE, VERBS, describe, oneLine, since, title } from './words.js';

const HEAD = ['sequenceDiagram', 'participant C as Client', 'participant S as Sandbox (API)', 'participant N as Network', 'participant W as Webhook'];

/** Mermaid draws texts of 50,000 characters; this leaves room for the last note. */
const LONGEST = 49_000;

const LONGEST_MESSAGE = 100;

export default function write(run) {
  const lines = [`%% ${oneLine(title(run))}`, ...HEAD];
  if (run.start) lines.push(note('S', IN_THE_MIDDLE));
  let length = lines.join('\n').length;
  let now;
  const steps = timeline(run);
  for (const [index, step] of steps.entries()) {
    const drawn = draw(step);
    // Time is told where something is drawn.
    if (drawn.length > 0 && step.at !== now) {
      drawn.unshift(note('C,W', now === undefined ? `${since(run, step.at)} (${new Date(step.at).toISOString()})` : since(run, step.at)));
      now = step.at;
    }
    length += drawn.reduce((sum, line) => sum + line.length + 3, 0);
    if (length > LONGEST) {
      lines.push(note('C,W', `Left out: the last ${steps.length - index} of ${steps.length} steps. Mermaid draws no more.`));
      break;
    }
    lines.push(...drawn);
  }
  return `${lines.map((line, index) => (index < 2 ? line : `  ${line}`)).join('\n')}\n`;
}

function draw({ input, answer, change, by, isFirst, attempt, of, outcome }) {
  if (input?.request) return [arrow('C->>S', `${input.request.method} ${split(input.request.url)[1]}`)];
  if (input?.network) return [arrow('N->>S', `${VERBS[input.network]} ${input.sessionId}`)];
  // What became of an attempt is drawn where it ends.
  if (input) return input.received ? [] : [note(input.addReceiver || input.redeliver ? 'W' : 'S', describe(input))];
  if (answer) return [answered(answer)];
  if (change) return by ? [] : [happened(change, isFirst)];
  if (attempt) return [told(attempt, of)];
  return [ended(outcome, of)];
}

function answered({ response, scenario, fault }) {
  const why = [scenario, fault].filter(Boolean).map((one) => ` (${one})`).join('');
  if (response.status === 0) return arrow('S--xC', `the connection failed${why}`);
  const body = json(response.body) ?? {};
  const members = [body.qosStatus ?? body.code ?? body.error, body.sessionId].filter((member) => typeof member === 'string');
  return arrow('S-->>C', `${[response.status, ...members].join(' ')}${why}`);
}

/** What happened by itself. */
function happened({ sessionId, event: { data } }, isFirst) {
  if (data.qosStatus === 'AVAILABLE') return arrow('N->>S', `grants ${sessionId}`);
  // The event is the same: what has not been granted is refused.
  if (data.statusInfo === 'NETWORK_TERMINATED') return arrow('N->>S', `${isFirst ? 'refuses' : 'terminates'} ${sessionId}`);
  return note('S', `${sessionId} ${data.statusInfo === 'DURATION_EXPIRED' ? 'expires' : 'is deleted'}`);
}

function told({ attempt, cause, outcome }, { sessionId, event: { data } }) {
  const which = attempt === 1 ? '' : ` (attempt ${attempt}, ${cause})`;
  const what = [data.qosStatus, data.statusInfo, sessionId].filter(Boolean).join(' ');
  return arrow(outcome === 'no-receiver' ? 'S-xW' : 'S-)W', what + which);
}

function ended({ outcome, status, reason = 'no answer yet', durationMs }, { sessionId }) {
  // What comes later may be taken for an answer to something else.
  const which = durationMs ? ` (${sessionId})` : '';
  if (outcome === 'delivered' || outcome === 'refused') return arrow('W-->>S', `${status}${which}`);
  return outcome === 'failed' ? arrow('W--xS', reason + which) : note('W', reason + which);
}

const arrow = (between, message) => `${between}: ${text(message)}`;

const note = (over, message) => `Note over ${over}: ${text(message)}`;

/** A message in which nothing has a meaning for Mermaid, with the first 8 characters of identifiers. */
function text(message) {
  const short = oneLine(message).replace(/\b([\da-f]{8})(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi, '$1');
  const characters = [...short];
  const cut = characters.length > LONGEST_MESSAGE ? [...characters.slice(0, LONGEST_MESSAGE), '…'] : characters;
  return cut.map((one) => (/[\p{L}\p{N} /.,_()+?=…•-]/u.test(one) ? one : `#${one.codePointAt(0)};`)).join('') || ' ';
}
