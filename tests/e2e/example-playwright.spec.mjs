// The example for Playwright runs as it stands there, as its users run it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('the fixture for Playwright', async ({}, { project }) => {
  test.slow();
  const folder = await mkdtemp(join(tmpdir(), 'qod-playwright-'));
  try {
    await cp(join(root, 'www/examples/playwright'), folder, { recursive: true });
    await mkdir(join(folder, 'node_modules/@playwright'), { recursive: true });
    await symlink(join(root, 'dist/npm'), join(folder, 'node_modules/qod-sandbox'));
    await symlink(join(root, 'node_modules/@playwright/test'), join(folder, 'node_modules/@playwright/test'));
    // Users have a browser of Playwright's own; the tests, the system's.
    const config = { workers: 1, use: { launchOptions: project.use.launchOptions } };
    await writeFile(join(folder, 'playwright.config.mjs'), `export default ${JSON.stringify(config)};`);
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    // A run inside a run is to know nothing of the outer one.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:PLAYWRIGHT|PW|TEST|QOD)_/.test(name)));
    const report = join(folder, 'report.json');
    const playwright = join(root, 'node_modules/@playwright/test/cli.js');
    const run = spawn(process.execPath, [playwright, 'test', '--reporter=json'], { cwd: folder, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }, stdio: ['ignore', 'ignore', 'inherit'] });
    await once(run, 'close');
    const { stats, errors, suites } = JSON.parse(await readFile(report, 'utf8'));
    expect(errors).toEqual([]);
    expect(stats, JSON.stringify(suites)).toMatchObject({ expected: 2, unexpected: 0, flaky: 0, skipped: 0 });
  } finally {
    await rm(folder, { recursive: true });
  }
});
