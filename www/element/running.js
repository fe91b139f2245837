// The page that a document's sample runs in: a frame that may run scripts and nothing else. What the sample prints and
// asks for goes to the page around, which has the sandbox.

import { install } from '../intercept/install.js';
import { LINES } from './run-bounds.js';

/** How lines are shown, by the calls that print them. */
const LEVELS = { log: 'log', info: 'log', debug: 'log', dir: 'log', table: 'log', group: 'log', groupCollapsed: 'log', trace: 'log', warn: 'warn', error: 'error' };

/** Answers under way, by number. */
const waiting = new Map();
let port;
let printed = 0;

addEventListener('message', ({ source, data, ports: [given] }) => {
  if (source !== parent || data?.type !== 'qod-run:run' || port) return;
  port = given;
  port.onmessage = ({ data: { id, answer, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new TypeError(error));
    else resolve(responseOf(answer));
  };
  run(data.code);
});
parent.postMessage({ type: 'qod-run:ready' }, '*');

async function run(code) {
  for (const [call, level] of Object.entries(LEVELS)) console[call] = (...values) => print(level, values.map(shown).join(' '));
  console.assert = (holds, ...values) => holds || print('error', ['Assertion failed', ...values.map(shown)].join(' '));
  addEventListener('error', ({ error, message }) => fail(error ?? message));
  addEventListener('unhandledrejection', ({ reason }) => fail(reason));
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, originalPolicy }) => {
    if (!effectiveDirective.startsWith('script-src') || !blockedURI.startsWith('blob')) return;
    port.postMessage({ type: 'forbidden', text: `the host of the files does not let ${location.pathname} run samples: its Content-Security-Policy there is ‘${originalPolicy}’, and its script-src must allow blob:` });
  });
  install(() => around);
  const module = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  try {
    await import(module);
  } catch (error) {
    fail(error);
  }
  port.postMessage({ type: 'done' });
}

/** The sandbox, as far as it can be reached from here. */
const around = {
  fetch: ask,
  handle() {
    throw new Error('a frame cannot wait for the page around: make the request asynchronous');
  },
};

/** A request, answered by the page around. */
async function ask(input, init) {
  const request = new Request(input, init);
  const { method, url } = request;
  const body = ['GET', 'HEAD'].includes(method) ? undefined : await request.text();
  const id = waiting.size === 0 ? 1 : Math.max(...waiting.keys()) + 1;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    port.postMessage({ type: 'ask', id, request: { method, url, headers: [...request.headers], body } });
  });
}

/** With its address, which the constructor does not take. */
function responseOf({ body, url, ...init }) {
  return Object.defineProperty(new Response(body, init), 'url', { value: url });
}

/** One line more than is shown: the page around is to know that there are more. */
function print(level, text) {
  if (++printed <= LINES + 1) port.postMessage({ type: 'output', level, text });
}

function fail(error) {
  // Only the line in the sample is of interest: the rest of the stack is this page's.
  const [, line] = /blob:[^\s)]*:(\d+):\d+/.exec(error?.stack ?? '') ?? [];
  print('error', `${error instanceof Error ? `${error.name}: ${error.message}` : shown(error)}${line ? ` (line ${line})` : ''}`);
}

/** A value as text, the way consoles show it. */
function shown(value) {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Response) return `Response { status: ${value.status} }`;
  if (value instanceof Headers) return shown(Object.fromEntries(value));
  if (typeof value === 'function') return `function ${value.name}`;
  try {
    return JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}n` : one instanceof Map || one instanceof Set ? [...one] : one), 2) ?? String(value);
  } catch {
    return String(value);
  }
}
