// What the README shows runs as it stands there.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = await readFile(join(root, 'README.md'), 'utf8');
const blocks = (language) => [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, code]) => code);

test('the JavaScript runs, one block after the other, and prints what it says', async () => {
  const [use, client, life, webhook, unchanged, trouble, ...rest] = blocks('js');
  assert.deepEqual(rest, [], 'a block that is not run');
  const folder = await mkdtemp(join(tmpdir(), 'qod-readme-'));
  try {
    await mkdir(join(folder, 'node_modules'));
    await symlink(join(root, 'dist/npm'), join(folder, 'node_modules/qod-sandbox'));
    const [imports, ...code] = use.split('\n\n');
    const [moreImports, ...more] = unchanged.split('\n\n');
    await writeFile(join(folder, 'use.mjs'), [imports, moreImports, client, ...code, life, webhook, ...more, trouble].join('\n'));
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['use.mjs'], { cwd: folder, timeout: 20_000 });
    assert.equal(stderr, '');
    assert.match(stdout, /qosStatus: 'AVAILABLE'/);
    assert.match(stdout, /\[ 'AVAILABLE', 'NETWORK_TERMINATED' \]/);
    assert.match(stdout, /^7 1$/m);
    assert.match(stdout, /^UNAVAILABLE$/m);
    const [, printed] = /^\/\/ (\[ \[.*)$/m.exec(webhook);
    assert.equal(stdout.replace(/\s+/g, ' ').includes(printed), true, stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the scenarios are those of the catalogue, with their numbers', async () => {
  const { createSandbox } = await import('../../dist/npm/node.js');
  const table = readme.split('## Scenarios and faults')[1].split('## ')[0];
  const rows = [...table.matchAll(/^\| (`[^|]*) \| ([^|]*) \|/gm)].flatMap(([, names, values]) => {
    const numbers = values.includes('`') ? [/\.?(\d+)`?, `…?2001|\.(\d+)`/.exec(values)?.[0].match(/\d+/)[0]] : values.split(', ');
    return [...names.matchAll(/`([\w-]+)`/g)].map(([, name], place) => [name, Number(numbers[place])]);
  });
  const catalogue = (await createSandbox({ clock: 'manual' })).scenarios();
  assert.deepEqual(rows, catalogue.map(({ name, testValues }) => [name, Number(testValues.phoneNumber.slice(-3))]));
});

test('every option and call of the tables exists', async () => {
  const { createSandbox } = await import('../../dist/npm/node.js');
  const sandbox = await createSandbox({ clock: 'manual', speed: 1, startAt: 0, seed: 1, auth: 'off' });
  const named = [...readme.matchAll(/^\| `([\w.]+)\(.*$/gm)].flatMap(([row]) => {
    const calls = [...row.split('|')[1].matchAll(/`(\.?[\w.]+)\(/g)].map(([, call]) => call);
    const group = calls[0].split('.')[0];
    return calls.map((call) => (call.startsWith('.') ? group + call : call));
  });
  assert.ok(named.length > 15, named.join());
  for (const name of named) {
    assert.equal(typeof name.split('.').reduce((object, member) => object?.[member], sandbox), 'function', name);
  }
});

test('the table of options is whole', async () => {
  const { createSandbox } = await import('../../dist/npm/node.js');
  const error = await createSandbox({ nonsense: 1 }).catch((error) => error);
  const [, options] = /the options are (.*)$/.exec(error.message);
  const table = /^\| option \|.*?\n\n/ms.exec(readme)[0];
  const named = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  assert.deepEqual(named.sort(), options.split(', ').sort());
});
