// The request that a sample of code makes, as far as it can be read without running it.

import JSON5 from '../vendor/json5.js';

/** Members by which the body of a request is known. */
const MEMBERS = ['device', 'applicationServer', 'qosProfile', 'requestedAdditionalDuration'];

/** The first request of the sample, as a form takes it; nothing where none can be read. */
export function requestIn(code) {
  const url = /(['"`])([^'"`\s]*\/qod\/v0\/[^'"`\s$]*)\1/.exec(code)?.[2];
  const body = literals(code).find((value) => MEMBERS.some((name) => Object.hasOwn(value, name)));
  if (!url && !body) return undefined;
  const method = /\bmethod\s*:\s*['"`](\w+)/.exec(code)?.[1] ?? (body ? 'POST' : 'GET');
  return { method: method.toUpperCase(), url: url ?? '/qod/v0/sessions', headers: headersIn(code), body: body ?? '' };
}

/** Objects that stand in the code as they are, the outer ones first. */
function literals(code) {
  const found = [];
  for (const { index } of code.matchAll(/\{/g)) {
    const text = balanced(code, index);
    try {
      if (text) found.push(JSON5.parse(text));
    } catch {
      // It is a block, or there are expressions in it.
    }
  }
  return found;
}

/** From a bracket to the one that closes it. */
function balanced(code, start) {
  let depth = 0;
  for (const { 0: bracket, index } of code.slice(start).matchAll(/["'`](?:\\.|[^\\])*?["'`]|[{}]/g)) {
    depth += bracket === '{' ? 1 : bracket === '}' ? -1 : 0;
    if (depth === 0) return code.slice(start, start + index + 1);
  }
  return undefined;
}

function headersIn(code) {
  const token = /['"`]Bearer ([\w.~+/-]+)/.exec(code)?.[1];
  return token ? { authorization: `Bearer ${token}`, 'content-type': 'application/json' } : { 'content-type': 'application/json' };
}
