// The examples for test suites run as they stand there, with what their users install.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('Vitest, MSW and axios', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qod-examples-'));
  try {
    await mkdir(join(folder, 'node_modules'));
    await symlink(join(root, 'dist/npm'), join(folder, 'node_modules/qod-sandbox'));
    for (const name of ['vitest', 'msw', 'axios']) {
      await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
      await cp(join(root, 'www/examples', name), join(folder, name), { recursive: true });
    }
    const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder, '--reporter=json', '--pool=threads'];
    const { stdout, stderr } = spawnSync(process.execPath, vitest, { encoding: 'utf8', timeout: 60_000 });
    const report = JSON.parse(stdout.slice(stdout.indexOf('{')));
    const failures = report.testResults.flatMap(({ message, assertionResults }) => [message, ...assertionResults.flatMap(({ failureMessages }) => failureMessages)]);
    assert.deepEqual([failures.filter(Boolean), report.success], [[], true], stderr);
    const counts = report.testResults.map(({ name, assertionResults }) => [relative(folder, name), assertionResults.length]);
    assert.deepEqual(counts.sort(), [['axios/qod.test.js', 3], ['msw/qod.test.js', 3], ['vitest/qod.test.js', 4]]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
