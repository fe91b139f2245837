// Snippets: each language's own tools run or read them, as far as they are at hand.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { highlight, languages, snippet } from '../../www/snippets/index.js';
import { fieldMap, fieldsOf, requests } from './snippets.fixture.mjs';
import { RUNNERS } from './snippets.runners.mjs';

const IDS = ['curl', 'javascript', 'python', 'java', 'go', 'csharp', 'swift', 'kotlin'];
const NOWHERE = requests('http://127.0.0.1:1');

test('the languages have ids and names', () => {
  assert.deepEqual(languages.map(({ id }) => id), IDS);
  assert.deepEqual(languages.map(({ name }) => name), ['cURL', 'JavaScript', 'Python', 'Java', 'Go', 'C#', 'Swift', 'Kotlin']);
});

test('a request is only looked at', () => {
  for (const { request } of NOWHERE) {
    const frozen = Object.freeze({ ...request, headers: Object.freeze(request.headers.map((field) => Object.freeze([...field]))) });
    for (const id of IDS) assert.equal(snippet(id, frozen), snippet(id, structuredClone(frozen)), id);
  }
});

test('what is left out is said, and so is a body that a client would not send', () => {
  for (const id of IDS) {
    const said = snippet(id, NOWHERE.find(({ name }) => name === 'hostile fields').request);
    assert.match(said, /^(?:#|\/\/) X-Split is left out/, id);
    assert.doesNotMatch(said, /Injected|elsewhere|100-continue/, id);
    // A shell that takes commands may not know of comments.
    assert.doesNotMatch(said.split('\n').filter((line) => / is left out/.test(line)).join(), /["'`$\\]/, id);
  }
  for (const [method, clients] of [['GET', ['javascript', 'swift']], ['HEAD', ['curl', 'javascript', 'swift']]]) {
    for (const id of IDS) {
      const code = snippet(id, { method, url: 'http://127.0.0.1:1/', headers: [], body: 'the content' });
      assert.equal(code.includes('the content'), !clients.includes(id), `${id} ${method}`);
      assert.equal(/The body is left out/.test(code), clients.includes(id), `${id} ${method}`);
    }
  }
});

test('no control character and nothing that does not show is in code', () => {
  for (const { name, request } of NOWHERE) {
    for (const id of IDS) assert.doesNotMatch(snippet(id, request), /[^\P{C}\n\t]|[\u2028\u2029]/u, `${id}, ${name}`);
    // At a prompt, a tab would be a key.
    assert.doesNotMatch(snippet('curl', request), /\t/, name);
    // What encoding `javac` takes a file for is up to the system.
    assert.match(snippet('java', request), /^[\t\n -~]*$/, name);
  }
});

test('code is as people write it', () => {
  const [{ request }] = NOWHERE;
  assert.match(snippet('curl', request), /^curl --include --request POST 'http.*' \\\n/);
  assert.match(snippet('curl', request), /--data-raw '\{\n {2}"duration": 3600,/);
  assert.match(snippet('javascript', request), /^ {2}body: JSON\.stringify\(\{\n {4}duration: 3600,$/m);
  assert.match(snippet('python', request), /^body = """\{\n {2}"duration": 3600,/m);
  assert.match(snippet('java', request), /^ {8}var body = """\n {16}\{\n {18}"duration": 3600,/m);
  assert.match(snippet('go', request), /NewReader\(`\{\n {2}"duration": 3600,/);
  assert.match(snippet('csharp', request), /StringContent\("""\n {4}\{\n {6}"duration": 3600,/);
  assert.match(snippet('swift', request), /Data\(#"""\n {4}\{\n {6}"duration": 3600,/);
  assert.match(snippet('kotlin', request), /val body = """\n {8}\{\n {10}"duration": 3600,/);
});

test('colours: pieces are the text, and literals are whole', () => {
  for (const { name, request } of NOWHERE) {
    for (const id of IDS) {
      const text = snippet(id, request);
      const pieces = highlight(id, text);
      assert.equal(pieces.map(([, piece]) => piece).join(''), text);
      assert.equal(pieces.every(([kind, piece]) => ['s', 'k', 'n', 'c', ''].includes(kind) && piece), true);
      const others = pieces.filter(([kind]) => kind !== 's' && kind !== 'c').map(([, piece]) => piece);
      assert.doesNotMatch(others.join(''), /["'`]/, `${id}, ${name}`);
      assert.equal(pieces.some(([kind]) => kind === 'k'), true, id);
    }
  }
  assert.deepEqual(highlight('javascript', "f({ a: -1.5, b: 'x' }); // c"), [['', 'f({ a: '], ['n', '-1.5'], ['', ', b: '], ['s', "'x'"], ['', ' }); '], ['c', '// c']]);
});

/** A server that keeps what arrives. */
async function listen() {
  const arrived = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    arrived.push({ method: request.method, url: request.url, headers: fieldMap(pairs(request.rawHeaders)), body: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(201, { 'content-type': 'text/plain' }).end('The answer.');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { arrived, server, root: `http://127.0.0.1:${server.address().port}` };
}

const pairs = (list) => list.flatMap((name, index) => (index % 2 ? [] : [[name, list[index + 1]]]));

const wellFormed = (text) => text.replace(/\p{Cs}/gu, '\ufffd');

/** A URL with what its escapes stand for, byte by byte. */
const decoded = (text) => Buffer.from(text).toString('latin1').replace(/%([\da-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));

function assertArrived(id, { name, path, request }, { method, url, headers, body }) {
  const about = `${id}, ${name}`;
  assert.equal(method, request.method, about);
  assert.equal(decoded(url), decoded(path.split('#')[0]), about);
  const fields = fieldsOf(request);
  for (const [field, value] of fields) assert.equal(headers.get(field), value, `${about}, ${field}`);
  for (const field of ['injected', 'x-split', 'x-umlaut', 'x-tab']) assert.equal(headers.has(field), false, about);
  if (!fields.has('content-type')) assert.equal(headers.get('content-type') || undefined, undefined, about);
  const sent = wellFormed(request.body ?? '');
  if (body !== sent) {
    assert.equal(id, 'javascript', `${about}: ${JSON.stringify(body).slice(0, 1000)} for ${JSON.stringify(sent).slice(0, 1000)}`);
    assert.equal(body, JSON.stringify(JSON.parse(sent)), about);
  }
}

describe('run, snippets send what they say', { concurrency: true }, () => {
  for (const [id, runner] of Object.entries(RUNNERS)) {
    test(id, { skip: !runner.isThere() && 'its tools are not here' }, async () => {
      const { arrived, server, root } = await listen();
      const folder = await mkdtemp(join(tmpdir(), `qod-snippets-${id}-`));
      try {
        const cases = requests(root);
        const files = cases.map((_, number) => join(folder, runner.file(number)));
        for (const [number, { request }] of cases.entries()) {
          const text = snippet(id, request);
          await mkdir(dirname(files[number]), { recursive: true });
          await writeFile(files[number], runner.text?.(text, number) ?? text);
        }
        const outputs = await runner.run(files, folder);
        assert.equal(arrived.length, cases.length);
        for (const [number, one] of cases.entries()) {
          assertArrived(id, one, arrived[number]);
          assert.match(outputs[number], one.request.method === 'HEAD' ? /\b201\b/ : /\b201\b[^]*The answer\.\s*$/, `${id}, ${one.name}`);
        }
      } finally {
        server.closeAllConnections();
        server.close();
        await rm(folder, { recursive: true });
      }
    });
  }
});

/** Nothing where the packages with the grammars have no build for the platform. */
const reader = await import('./snippets.reader.mjs').catch((error) => {
  if (!/No parser found|Cannot find|Failed to load/.test(error.message)) throw error;
});

describe('read, snippets are code and say what they should', () => {
  for (const id of ['go', 'csharp', 'swift', 'kotlin']) {
    test(id, { skip: !reader && 'its grammar is not here' }, () => {
      for (const { name, path, request } of NOWHERE) {
        const about = `${id}, ${name}`;
        const text = reader.readable(id, snippet(id, request));
        const { written, said } = reader.literals(id, text);
        const strings = highlight(id, text).filter(([kind]) => kind === 's').map(([, piece]) => piece);
        assert.deepEqual(strings, written, about);
        assert.equal(said.some((one) => decoded(one) === decoded(`http://127.0.0.1:1${path.split('#')[0]}`)), true, about);
        for (const [field, value] of fieldsOf(request)) {
          const beside = said.flatMap((one, index) => (one.toLowerCase() === field ? [said[index - 1], said[index + 1]] : []));
          assert.equal((field === 'content-type' ? said : beside).includes(value), true, `${about}, ${field}`);
        }
        assert.equal(!request.body || said.includes(wellFormed(request.body)), true, `${about}\n${text.slice(0, 1000)}`);
      }
    });
  }
});
