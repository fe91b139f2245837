// Exported runs: each format is held against what reads it, not against how it is written.

import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createSandbox } from '../../dist/npm/node.js';
import { TOKEN, heard, lives, nasty, operator, tokens, troubles, webhooks } from './run.fixture.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const FORMATS = ['har', 'ndjson', 'curl', 'mermaid', 'vitest', 'rust'];
const modules = await Promise.all(FORMATS.map((format) => import(`../../www/export/${format}.js`)));
const write = Object.fromEntries(FORMATS.map((format, index) => [format, modules[index].default]));

const RUNS = {};
for (const play of [lives, tokens, webhooks, troubles, operator, nasty]) RUNS[play.name] = await play();
const EMPTY = { ...RUNS.lives, inputs: [], notifications: [], endAt: RUNS.lives.startAt };
const MIDDLE = { ...RUNS.lives, start: 'opaque' };
/** After a reset, receivers stay; and a body need not be text. */
const RESET = structuredClone(RUNS.webhooks);
RESET.inputs.unshift({ at: RESET.startAt, keepReceivers: 'opaque' });
RESET.inputs.push({ ...RUNS.nasty.inputs[8], at: RESET.endAt, request: { ...RUNS.nasty.inputs[8].request, body: undefined, bodyBase64: '/wA=' } });

const exchanges = ({ inputs }) => inputs.filter(({ request }) => request);

async function inFolder(act) {
  const folder = await mkdtemp(join(tmpdir(), 'qod-export-'));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function frozen(value) {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

test('a run is only looked at, and the same text comes of it each time', () => {
  for (const run of [...Object.values(RUNS), EMPTY, MIDDLE, RESET].map(frozen)) {
    for (const format of FORMATS) assert.equal(write[format](run), write[format](structuredClone(run)), format);
  }
});

test('that a run begins in the middle is said, and nowhere else', () => {
  for (const format of FORMATS.filter((format) => format !== 'ndjson')) {
    assert.match(write[format](MIDDLE), /begins in the middle/, format);
    assert.doesNotMatch(write[format](RUNS.lives), /begins in the middle/, format);
  }
});

test('no secret of a run is in any format, and no mask where something has to be sent', () => {
  for (const run of Object.values(RUNS)) {
    for (const format of FORMATS) {
      assert.equal(write[format](run).includes(TOKEN), false, format);
      if (['curl', 'vitest', 'rust'].includes(format)) assert.equal(write[format](run).includes('•'), false, format);
    }
  }
});

test('ndjson: each line is an event', () => {
  const lines = write.ndjson(RUNS.lives).split('\n');
  assert.equal(lines.pop(), '');
  assert.deepEqual(lines.map((line) => JSON.parse(line)), RUNS.lives.notifications.map(({ event }) => event));
  assert.equal(write.ndjson(EMPTY), '');
  // As the function of the page got it, byte for byte.
  assert.equal(write.ndjson(RUNS.webhooks).includes(`${heard[0]}\n`), true, heard[0]);
});

/** HAR 1.2, as far as archives of a run go: the members of each object, optional ones with `?`. */
const pair = { name: 'string', value: 'string' };
const message = { httpVersion: 'string', cookies: [pair], headers: [pair], headersSize: 'number', bodySize: 'number' };
const postData = { mimeType: 'string', text: 'string', 'comment?': 'string' };
const content = { size: 'number', mimeType: 'string', 'text?': 'string' };
const ENTRY = {
  startedDateTime: 'string',
  time: 'number',
  request: { ...message, method: 'string', url: 'string', queryString: [pair], 'postData?': postData },
  response: { ...message, status: 'number', statusText: 'string', content, redirectURL: 'string' },
  cache: {},
  timings: { send: 'number', wait: 'number', receive: 'number' },
  'comment?': 'string',
};
const HAR = { log: { version: 'string', creator: { name: 'string', version: 'string' }, pages: [{}], entries: [ENTRY], 'comment?': 'string' } };

/** Holds a value against its shape. Members of others begin with an underscore. */
function check(value, shape, path = '$') {
  if (typeof shape === 'string') return assert.equal(typeof value, shape, path);
  if (Array.isArray(shape)) {
    assert.ok(Array.isArray(value), path);
    return value.forEach((item, index) => check(item, shape[0], `${path}[${index}]`));
  }
  const names = Object.keys(shape).map((name) => name.replace('?', ''));
  assert.deepEqual(Object.keys(value).filter((name) => !name.startsWith('_') && !names.includes(name)), [], path);
  for (const [name, member] of Object.entries(shape)) {
    const plain = name.replace('?', '');
    if (!(name.endsWith('?') && value[plain] === undefined)) check(value[plain], member, `${path}.${plain}`);
  }
}

test('har: an archive of every request and every delivery, in order', () => {
  for (const [name, run] of Object.entries({ ...RUNS, EMPTY, MIDDLE, RESET })) {
    const archive = JSON.parse(write.har(run));
    check(archive, HAR, name);
    const { version, entries } = archive.log;
    assert.equal(version, '1.2');
    const times = entries.map(({ startedDateTime }) => startedDateTime);
    assert.deepEqual(times, [...times].sort());
    assert.ok(times.every((time) => new Date(time).toISOString() === time));
    for (const { request, response, time, timings } of entries) {
      assert.match(new URL(request.url).href, /^https?:\/\/[!-~]+$/);
      assert.match(request.url, /^[!-~]+$/);
      assert.equal(time, timings.send + timings.wait + timings.receive);
      assert.equal(request.bodySize, Buffer.byteLength(request.postData?.text ?? '', request.postData?.comment ? 'base64' : 'utf8'));
      assert.equal(response.content.size, Buffer.byteLength(response.content.text ?? ''));
      assert.equal(response.status === 0, '_error' in response);
    }
    const [api, hooks] = ['fetch', 'other'].map((type) => entries.filter(({ _resourceType }) => _resourceType === type));
    assert.deepEqual(
      api.map(({ request, response }) => [request.method, request.postData?.text, response.status, response.content.text]),
      exchanges(run).map(({ request, response }) => [request.method, request.body ?? request.bodyBase64, response.status, response.body]),
    );
    const attempts = run.notifications.flatMap(({ id, deliveries }) => deliveries.map(({ at, status = 0 }) => `${at} ${id} ${status}`));
    const delivered = hooks.map(({ startedDateTime, request, response }) => {
      const event = JSON.parse(request.postData.text);
      assert.deepEqual(event, run.notifications.find(({ id }) => id === event.id).event);
      return `${startedDateTime} ${event.id} ${response.status}`;
    });
    assert.deepEqual(delivered.sort(), attempts.sort());
  }
});

test('har: what failed, what came late, and what led elsewhere', () => {
  const { entries } = JSON.parse(write.har(RUNS.troubles)).log;
  const [, failed, late, refused] = entries.filter(({ _resourceType }) => _resourceType === 'fetch');
  assert.deepEqual([failed.response.status, failed.comment], [0, 'The connection failed. Fault: fault-1.']);
  assert.deepEqual([late.time, late.timings.wait], [5_000, 5_000]);
  assert.match(refused.comment, /Scenario: refused-at-once\./);
  const redirect = JSON.parse(write.har(RUNS.tokens)).log.entries.find(({ response }) => response.status === 302).response;
  assert.match(redirect.redirectURL, /^https:\/\/app\.example\/cb\?code=/);
  const hooks = JSON.parse(write.har(RUNS.webhooks)).log.entries.filter(({ _resourceType }) => _resourceType === 'other');
  const comments = hooks.map(({ comment }) => comment).join('\n');
  for (const expected of ['1 (event): refused', '2 (retry): timeout, no answer', '(copy): no-receiver', 'failed, the receiver threw: not yet', '(redelivery): delivered']) {
    assert.ok(comments.includes(expected), expected);
  }
});

/** A server that is at the time of the run, and lets its network do the same, with another sandbox behind it. */
async function serving(run, act) {
  const sandbox = await createSandbox({ clock: 'manual', seed: 77, startAt: run.startAt, ...run.settings });
  const [got, ids, ahead] = [[], new Map(), [...run.inputs]];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    got.push({ method: request.method, url: request.url, headers: request.headers, body });
    while (ahead.length > 0 && !ahead[0].request) {
      const { at, network, sessionId } = ahead.shift();
      sandbox.clock.advanceTo(at);
      if (network) sandbox.network[network](ids.get(sessionId));
    }
    const recorded = ahead.shift();
    if (!recorded) return response.writeHead(500).end();
    sandbox.clock.advanceTo(recorded.at);
    const answer = sandbox.handle({ method: request.method, url: `http://${request.headers.host}${request.url}`, headers: request.headers, body });
    if (answer.status === 201) ids.set(JSON.parse(recorded.response.body).sessionId, JSON.parse(answer.body).sessionId);
    return response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await act(`http://127.0.0.1:${server.address().port}/somewhere/else/`, got, ids);
  } finally {
    server.close();
  }
}

/** Runs a script in a folder of its own: what it printed, and what it left there. */
const played = (script, variables) =>
  inFolder(async (folder) => {
    await writeFile(join(folder, 'run.sh'), script);
    const options = { cwd: folder, env: { PATH: process.env.PATH, ...variables }, maxBuffer: 10_000_000, timeout: 20_000 };
    const { stdout, stderr } = await promisify(execFile)('sh', ['run.sh'], options);
    assert.equal(stderr, '');
    return { stdout, files: await readdir(folder) };
  });

const curl = spawnSync('curl', ['--version']).error ? 'there is no curl' : false;

test('curl: another server answers the same', { skip: curl }, async () => {
  for (const name of ['lives', 'tokens']) {
    const run = RUNS[name];
    await serving(run, async (address, got, ids) => {
      const { stdout } = await played(write.curl(run), { QOD_API_ROOT: address, QOD_WEBHOOK_TOKEN: 'w'.repeat(20) });
      const statuses = [...stdout.matchAll(/^< (.*)$/gm)].map(([, status]) => status);
      assert.deepEqual(statuses, exchanges(run).map(({ response }) => String(response.status)));
      const itsOwn = (text) => [...ids].reduce((all, [old, id]) => all.replaceAll(old, id), text);
      const plain = (url) => url.replace(/(?<=code_challenge=)[^&]*/, '');
      const path = (url) => plain(itsOwn(url.replace(/^.*?\/operator/, '/somewhere/else')));
      assert.deepEqual(got.map(({ method, url }) => [method, plain(url)]), exchanges(run).map(({ request }) => [request.method, path(request.url)]));
      for (const [index, { request }] of exchanges(run).entries()) {
        if (/^\{/.test(request.body)) assert.equal(got[index].body, request.body.replace(/c897•+0714/, 'w'.repeat(20)));
        assert.equal(got[index].headers['content-type'], request.headers['content-type']);
      }
      assert.equal(ids.size, name === 'lives' ? 4 : 2);
    });
  }
});

test('curl: whatever was sent is sent, and nothing of it is run', { skip: curl }, async () => {
  const run = { ...RUNS.nasty, settings: { auth: 'off' } };
  await serving(run, async (address, got) => {
    const { stdout, files } = await played(write.curl(run), { QOD_API_ROOT: address, QOD_TOKEN: 't' });
    assert.deepEqual(files, ['run.sh']);
    assert.equal(stdout.includes('root:'), false);
    const looked = ({ method, headers, body = '' }) => [method, headers['x-evil'], headers['content-type'], body.replace(/c897•+0714/, 'a-webhook-token-for-trying')];
    assert.deepEqual(got.map(looked), exchanges(run).map(({ request }) => looked(request)));
    assert.ok(got.every(({ headers }) => headers.authorization === 'Bearer t'));
    assert.equal(got[4].headers['x-empty'], '');
    assert.ok(got[3].url.endsWith("?$(touch%20pwned)=`touch%20pwned`&'=;&{a,b}[1-2]"), got[3].url);
    assert.deepEqual(got.slice(5, 7).map(({ url }) => url), ['/somewhere/else/qod/v0/../v0/qos-profiles', '/somewhere/else/nowhere']);
  });
});

test('curl: scripts of any run are sound', () => {
  for (const run of [...Object.values(RUNS), EMPTY, MIDDLE, RESET]) {
    const script = write.curl(run);
    assert.ok(script.startsWith('#!/bin/sh\n'));
    execFileSync('sh', ['-n'], { input: script });
  }
  assert.match(write.curl(RUNS.troubles), /request 2, the connection failed\n# Fault: fault-1\n/);
  assert.match(write.curl(RUNS.lives), /\npace 60\n# \+1 m 2\.5 s: the network terminates session session_1\n/);
});

test('curl: a server whose root would be a command, and a token that the run does not show', () => {
  const run = structuredClone(RUNS.lives);
  for (const { request } of exchanges(run)) {
    request.url = request.url.replace('operator', "$(touch pwned)`touch pwned`'}\"");
    request.headers.authorization = 'Bearer abcd••••••••••••wxyz';
  }
  run.settings = {};
  const script = write.curl(run);
  const printed = execFileSync('sh', ['-s'], { input: `${script.slice(0, script.indexOf('\n\n# request'))}\nprintf '%s' "$QOD_API_ROOT"`, env: { QOD_TOKEN: 't' } });
  assert.equal(String(printed), "https://api.example.com/$(touch%20pwned)`touch%20pwned`'}%22".replace('%22', '"'));
  assert.throws(() => execFileSync('sh', ['-s'], { input: script, stdio: 'pipe' }), /QOD_TOKEN: is to be an access token of the server/);
});

/** The lines that a diagram has, apart from those that begin it. Messages hold letters, a few signs, and numbers of others. */
const MESSAGE = String.raw`(?:[\p{L}\p{N} /.,_()+?=…•-]|#\d+;)+`;
const LINE = new RegExp(String.raw`^  (?:(?:[CN]->>S|S-->>C|S--xC|S-\)W|S-xW|W-->>S|W--xS)|Note over (?:S|W|C,W)): (${MESSAGE})$`, 'u');

/** What a diagram says, line by line. */
function said(diagram) {
  const [comment, kind, ...lines] = diagram.trimEnd().split('\n');
  assert.match(comment, /^%% A run of QoD Sandbox/);
  assert.equal(kind, 'sequenceDiagram');
  assert.deepEqual(lines.slice(0, 4).map((line) => /^ {2}participant ([CSNW]) as [\w ()]+$/.exec(line)?.[1]), ['C', 'S', 'N', 'W']);
  return lines.slice(4).map((line) => {
    assert.match(line, LINE);
    return line.trim().replace(/#(\d+);/g, (_, code) => String.fromCodePoint(code));
  });
}

test('mermaid: who told whom what, and when', () => {
  const lines = said(write.mermaid(RUNS.lives));
  assert.deepEqual(lines.slice(0, 16), [
    'Note over C,W: +0 s (2026-01-01T00:00:00.000Z)',
    'Note over W: a receiver is there for https://app.example/webhooks/qod: it answers 204',
    'C->>S: POST /qod/v0/sessions',
    'S-->>C: 201 REQUESTED cfc5d07f',
    'C->>S: GET /qod/v0/sessions/cfc5d07f',
    'S-->>C: 200 REQUESTED cfc5d07f',
    'Note over C,W: +2 s',
    'N->>S: grants cfc5d07f',
    'S-)W: AVAILABLE cfc5d07f',
    'W-->>S: 204',
    'C->>S: GET /qod/v0/sessions/cfc5d07f',
    'S-->>C: 200 AVAILABLE cfc5d07f',
    'C->>S: POST /qod/v0/sessions',
    'S-->>C: 400 INVALID_ARGUMENT',
    'C->>S: POST /qod/v0/sessions',
    'S-->>C: 409 CONFLICT',
  ]);
  for (const expected of ['N->>S: terminates cfc5d07f', 'N->>S: refuses 16e9453e', 'Note over S: f5388254 expires', 'Note over C,W: +1 m 32 s']) {
    assert.ok(lines.includes(expected), expected);
  }
  assert.ok(lines.indexOf('C->>S: DELETE /qod/v0/sessions/fca3c795') < lines.indexOf('S-)W: UNAVAILABLE DELETE_REQUESTED fca3c795'));
});

test('mermaid: attempts, failures and what came late', () => {
  const lines = said(write.mermaid(RUNS.webhooks));
  for (const expected of [
    'S-)W: AVAILABLE cfc5d07f (attempt 3, retry)',
    'W-->>S: 500',
    'W--xS: the receiver threw: not yet',
    "Note over W: no answer within 10000 ms of the sandbox's time (19a37d57)",
    'S-xW: AVAILABLE 16e9453e (attempt 2, copy)',
    'S-)W: AVAILABLE cfc5d07f (attempt 4, redelivery)',
  ]) {
    assert.ok(lines.includes(expected), `${expected}\n${lines.join('\n')}`);
  }
  const late = said(write.mermaid(RUNS.troubles));
  assert.ok(late.includes('S--xC: the connection failed (fault-1)'));
  assert.match(late[late.indexOf('Note over C,W: +5 s') + 1], /^S-->>C: 200 REQUESTED \w{8} \(fault-2\)$/);
});

test('mermaid: nothing in a message means anything, and a long run is cut', () => {
  for (const run of [RUNS.tokens, RUNS.nasty, EMPTY, MIDDLE]) said(write.mermaid(run));
  const long = { ...RUNS.lives, inputs: Array(100).fill(RUNS.lives.inputs).flat() };
  const diagram = write.mermaid(long);
  assert.ok(diagram.length < 50_000);
  assert.match(said(diagram).at(-1), /^Note over C,W: Left out: the last \d+ of \d+ steps/);
});

test('vitest: the run again, and other answers are found', async () => {
  const wrong = structuredClone(RUNS.lives);
  exchanges(wrong)[1].response.status = 404;
  const missed = { ...RUNS.lives, notifications: RUNS.lives.notifications.slice(1) };
  const nastyRequests = { ...RUNS.nasty, inputs: exchanges(RUNS.nasty) };
  // Its id was used before there was such a session.
  const gone = exchanges(RUNS.lives).find(({ response }) => response.status === 404);
  const early = { ...RUNS.lives, inputs: [{ ...gone, at: RUNS.lives.startAt }, ...RUNS.lives.inputs] };
  const files = { ...RUNS, nasty: nastyRequests, EMPTY, MIDDLE, RESET, early, wrong, missed };
  const { numTotalTests, testResults } = await inFolder(async (folder) => {
    await mkdir(join(folder, 'node_modules'));
    await symlink(join(root, 'dist/npm'), join(folder, 'node_modules/qod-sandbox'));
    await symlink(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'));
    await Promise.all(Object.entries(files).map(([name, run]) => writeFile(join(folder, `${name}.test.js`), write.vitest(run))));
    const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder, '--reporter=json', '--pool=threads'];
    const { stdout, stderr } = spawnSync(process.execPath, vitest, { encoding: 'utf8', timeout: 30_000 });
    assert.match(stdout, /^\{/, stderr);
    return JSON.parse(stdout);
  });
  assert.equal(numTotalTests, Object.keys(files).length);
  for (const { name, assertionResults: [{ status, failureMessages }] } of testResults) {
    const [, which] = /(\w+)\.test\.js$/.exec(name);
    assert.equal(status, { MIDDLE: 'skipped', wrong: 'failed', missed: 'failed' }[which] ?? 'passed', `${which}: ${failureMessages}`);
  }
});

test('vitest: bodies are objects, unless something would be lost', () => {
  assert.match(write.vitest(RUNS.lives), /^ {6}note: 'it\\'s "quoted"; \$HOME `id`/m);
  assert.match(write.vitest(RUNS.nasty), /^ {4}body: '\{"__proto__": \{"x": 1\}, "constructor": "\$\{x\}", "big": 12345678901234567890, "big": 1\.0\}',$/m);
});

test('vitest: what is said of faults, scenarios and functions of the page', () => {
  const text = write.vitest(RUNS.troubles);
  assert.match(text, /sandbox\.faults\.add\(\{ networkError: true, operation: 'getSession', times: 1 \}\);/);
  assert.match(text, /expect\(\(\) => send\(sandbox, 'GET', `\$\{api\}\/sessions\/\$\{session1\}`, \{ headers \}\)\)\.toThrow\(\);/);
  assert.match(text, /sandbox\.use\(\{ grant: 1000, name: 'custom', terminate: 3000 \}\);/);
  assert.match(write.vitest(RUNS.webhooks), /\/\/ In the run, a receiver is there for https:\/\/page\.example\/hook: a function\./);
  const network = { ...EMPTY, settings: { delivery: { to: 'network', attempts: 2 }, speed: 60 } };
  assert.match(write.vitest(network), /createSandbox\(\{[^}]*delivery: \{ attempts: 2 \}/);
  assert.doesNotMatch(write.vitest({ ...EMPTY, settings: { delivery: 'network', speed: 60 } }), /network|speed/);
});

test('rust: the test of this repository is what comes of a run', async () => {
  const file = join(root, 'tests/exported_run.rs');
  const text = write.rust(RUNS.lives);
  if (process.env.QOD_WRITE_EXPORTED_RUN) await writeFile(file, text);
  assert.equal(await readFile(file, 'utf8'), text, 'write it anew with QOD_WRITE_EXPORTED_RUN=1, and look at what has changed');
});

test('rust: settings and their changes', () => {
  const text = write.rust(RUNS.operator);
  for (const expected of [
    '            dialect: Dialect::Telefonica,\n            auth: Auth::Off,\n            operator: Arc::new(Operator {\n                profiles: from_text(r#"[{"description":',
    '                identifiers: vec![Identifier::PhoneNumber, Identifier::Ipv6Address],\n                registry: RegistryMode::Closed,\n',
    '                retention: Retention::new(Duration::from_secs(400)).unwrap(),\n                ..Operator::default()\n            }),\n',
    '                requests: NonZeroU32::new(5).unwrap(),\n                per: Duration::from_secs(60),\n            }),\n',
    '                answer: NetworkAnswer::Grant(Duration::ZERO),\n',
    '                    delay: Duration::from_millis(100),\n                    copies: NonZeroU32::new(2).unwrap(),\n                    reorder: true,\n                },\n',
    '    let setting = Setting::Plan(NetworkPlan::default());\n',
    '        conflicts: ConflictPolicy::Strict,\n',
    '    let setting = Setting::RateLimit(None);\n',
    '    let setting = Setting::Scenario(Scenario::named("terminated-after-10s").map(Arc::new));\n',
  ]) {
    assert.ok(text.includes(expected), expected);
  }
});

test('rust: what it cannot do is said, and then the test is not run', () => {
  for (const name of ['lives', 'tokens', 'webhooks', 'operator']) assert.doesNotMatch(write.rust(RUNS[name]), /#\[ignore|Left out/, name);
  assert.match(write.rust(MIDDLE), /#\[ignore = "This run begins in the middle/);
  assert.doesNotMatch(write.rust(RESET), /#\[ignore|deliveries/);
  const text = write.rust({ ...RUNS.troubles, settings: { auth: 'off', telepathy: true, speed: 60 } });
  assert.match(text, /#\[ignore = "some of the run is left out: see the comments"\]/);
  assert.match(text, /\/\/ Left out: these settings: telepathy\n/);
  assert.match(text, /\/\/ Left out: a fault is switched on: \{"networkError":true,"operation":"getSession","times":1\}\n/);
});
