// What holds whatever was handed in.

import assert from 'node:assert/strict';

const NAMES = [Object, Array, String, Function].map((one) => [one, Reflect.ownKeys(one.prototype).length]);

/** Nothing of the platform's has been added to. */
export function clean() {
  for (const [one, count] of NAMES) assert.equal(Reflect.ownKeys(one.prototype).length, count, `${one.name}.prototype has another member`);
}

/** What was thrown is an error with words, and not of a sandbox that has stopped. */
export function refused(error) {
  assert.ok(error instanceof Error, `thrown: ${String(error)}`);
  assert.ok(error.message.length > 0, 'an error without words');
  assert.doesNotMatch(error.message, /the sandbox stopped|unreachable|undefined is not|Cannot read propert|is not a function|is not iterable/);
}

/** The sandbox still answers. */
export function answers(sandbox) {
  const { status } = sandbox.handle({ method: 'GET', url: '/qod/v0/qos-profiles', headers: { authorization: 'Bearer mock_sandbox_access_token' } });
  assert.ok([200, 404, 401, 403, 429, 500, 503].includes(status), `answered with ${status}`);
}

/** Words that the doors know, and some that they must not fall for. */
const WORDS = [
  'seed', 'clock', 'speed', 'startAt', 'auth', 'dialect', 'conflictPolicy', 'operator', 'profiles', 'delivery', 'scenario', 'limits', 'identifiers', 'registry', 'retentionSeconds',
  'rateLimit', 'requests', 'per', 'to', 'attempts', 'backoff', 'timeout', 'copies', 'delay', 'reorder', 'traffic', 'bodyBytes', 'grant', 'refuse', 'terminate', 'share', 'notification',
  'receiver', 'failFirst', 'status', 'operation', 'code', 'networkError', 'latency', 'min', 'max', 'rate', 'times', 'name', 'value', 'unit', 'phoneNumber', 'ipv4Address', 'publicAddress',
  'privateAddress', 'publicPort', 'ipv6Address', 'networkAccessIdentifier', 'unsupported', '__proto__', 'constructor', 'prototype', 'toString', 'length', 'then', '',
];

const VALUES = [
  'manual', 'real', 'required', 'off', 'camara', 'telefonica', 'flow', 'strict', 'open', 'closed', 'network', 'receivers', 'at-once', 'never', 'PT2S', '2s', '-1s', 'QOS_E', 'ACTIVE', 'Minutes',
  'granted-at-once', '+34600000001', '203.0.113.7', '2001:db8::1', 'createSession', '2026-01-01T00:00:00Z', '\u0000', '\ud800', 'https://a.example/', 0, 1, -1, 0.5, 360, 1e21, 1e-9, 2 ** 53, true, null,
];

/** JSON of any shape, mostly of what the doors know. `fc` is fast-check. */
export const anyJson = (fc) => {
  const leaf = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...VALUES) }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) });
  const key = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...WORDS) }, { weight: 1, arbitrary: fc.string({ maxLength: 8 }) });
  return fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, leaf, tie('object'), fc.array(tie('value'), { maxLength: 3 })),
    // Written as text first: a member `__proto__` is one like any other.
    object: fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((members) => JSON.parse(`{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`)),
  }));
};

/** All places in a value of JSON, as lists of members. */
function places(value, at = []) {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.keys(value).flatMap((name) => places(value[name], [...at, name]))];
}

/** `value` with some of its places changed: each change says which place, by a number, and what stands there now; `undefined` takes it away. */
export function changed(value, changes) {
  const root = { value: structuredClone(value) };
  for (const [number, instead] of changes) {
    const all = places(root.value, ['value']);
    const path = all[number % all.length];
    const name = path.at(-1);
    const parent = path.slice(0, -1).reduce((inside, step) => inside[step], root);
    if (instead === undefined) delete parent[name];
    else parent[name] = instead;
  }
  return root.value;
}
